"""What do the API, the person's side and the control address share?"""

import time
from dataclasses import dataclass, field

from bot.local.delivery import Outbox
from bot.local.events import Events
from bot.local.faults import Faults
from bot.local.rate_limits import RateLimits
from bot.local.rules import Credentials, Rules
from bot.local.shapes import Shapes
from bot.local.state import JsonObject, State


@dataclass(frozen=True)
class ApiCall:
    """One call of the app; ``outcome`` is "ok" or the error, ``at`` seconds since the epoch."""

    method: str
    args: JsonObject
    at: float
    outcome: str


@dataclass
class ResponseUrl:
    """Where the app may answer an interaction: five times within 30 minutes."""

    channel: str
    person: str
    message_ts: str
    thread_ts: str = ""
    expires: float = field(default_factory=lambda: time.time() + 1800)
    uses_left: int = 5


@dataclass
class Trigger:
    """A right to open one modal soon after the person acted."""

    team: str
    person: str
    expires: float
    view_id: str = ""
    used: bool = False


@dataclass
class Workspace:
    """Everything of one running Slack; ``url`` is its address, with a slash at the end. The
    ``answers`` are what the app said to commands and interactions, at once or at a response_url.
    """

    url: str
    rules: Rules
    app: Credentials
    state: State
    shapes: Shapes
    outbox: Outbox
    events: Events
    faults: Faults = field(default_factory=Faults)
    rates: RateLimits = field(default_factory=RateLimits)
    calls: list[ApiCall] = field(default_factory=list)
    answers: list[JsonObject] = field(default_factory=list)
    response_urls: dict[str, ResponseUrl] = field(default_factory=dict)
    triggers: dict[str, Trigger] = field(default_factory=dict)

    def new_trigger(self, team: str, person: str, view_id: str = "") -> str:
        trigger_id = self.state.new_id("13345224609.")
        expires = time.time() + self.rules.trigger_seconds
        self.triggers[trigger_id] = Trigger(team, person, expires, view_id)
        return trigger_id

    def new_response_url(self, target: ResponseUrl) -> str:
        key = self.state.new_id("R")
        self.response_urls[key] = target
        return f"{self.url}response/{key}"
