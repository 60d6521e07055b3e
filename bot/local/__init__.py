"""A Slack on localhost: what the demo and the tests run the real Bolt app against."""

from bot.local.faults import Fault
from bot.local.files import LocalFile
from bot.local.page import Tried
from bot.local.rules import Rules
from bot.local.server import LocalSlack

__all__ = ["Fault", "LocalFile", "LocalSlack", "Rules", "Tried"]
