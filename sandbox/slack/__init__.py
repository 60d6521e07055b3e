"""A simulated Slack on localhost, for the demo and the tests."""

from sandbox.slack.page import InstalledApp
from sandbox.slack.server import LocalSlack
from sandbox.slack.state import Fault, LocalFile, Rules

__all__ = ["Fault", "InstalledApp", "LocalFile", "LocalSlack", "Rules"]
