"""A Slack on localhost: what the demo and the tests run the real Bolt app against."""

from sandbox.slack.page import Tried
from sandbox.slack.server import LocalSlack
from sandbox.slack.state import Fault, LocalFile, Rules

__all__ = ["Fault", "LocalFile", "LocalSlack", "Rules", "Tried"]
