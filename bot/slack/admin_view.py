"""What do admins see on their Home tab: how much is asked, what it costs, which limits are set?

Nobody is named, and direct messages are one figure.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.briefing.tasks import Usage
from bot.home import AskedIn, Limits, TeamFigures
from bot.slack.buttons import header, note
from bot.slack.payloads import JsonObject
from bot.slack.rich_text import bullets, rich_text, section, words

MOST_CHANNELS = 15

_FOR_WHOM = (
    "Only admins and owners of the workspace see this. The month is in UTC. Deleted and expired "
    "requests are not counted by channel, but their model usage is."
)


@dataclass(frozen=True)
class ForAdmins:
    """The ``figures`` of this month, and what is set."""

    figures: TeamFigures
    limits: Limits


def admin_blocks(shown: ForAdmins) -> Iterator[JsonObject]:
    """The part of the Home tab that admins see."""
    figures = shown.figures
    yield header("This month (for admins)")
    yield rich_text(section([words(_asked(figures))]), *_channels(figures.channels))
    yield rich_text(section([words(_taken(figures))]), section([words(_limits(shown.limits))]))
    yield note(_FOR_WHOM)


def _asked(figures: TeamFigures) -> str:
    if not figures.channels and not figures.direct:
        return "No requests this month, or none that are still stored."
    written = sum(each.briefings + each.answers for each in figures.channels)
    channels = _counted(len(figures.channels), "channel", "channels")
    replies = _counted(written, "reply", "replies")
    return f"{replies} in {channels}, {figures.direct:,} in direct messages."


def _channels(channels: Sequence[AskedIn]) -> Iterator[JsonObject]:
    items = [[_named(each.channel), words(_written(each))] for each in channels[:MOST_CHANNELS]]
    if rest := len(channels) - MOST_CHANNELS:
        items += [[words(f"and {rest:,} more")]] if rest > 0 else []
    if items:
        yield bullets(items)


def _named(channel: str) -> JsonObject:
    """The channel, named by Slack to those who may know its name."""
    return {"type": "channel", "channel_id": channel}


def _written(asked: AskedIn) -> str:
    briefings = _counted(asked.briefings, "briefing", "briefings")
    return f": {briefings}, {_counted(asked.answers, 'answer', 'answers')}"


def _taken(figures: TeamFigures) -> str:
    if not figures.requests:
        return "No model was used."
    used: Usage = figures.usage
    about = "about " if used.estimated else ""
    cost = "" if used.cost_usd is None else f", {about}${used.cost_usd:,.2f}"
    tokens = f"{about}{used.tokens_in:,} tokens read and {used.tokens_out:,} written"
    requests = _counted(figures.requests, "request", "requests")
    return f"Model usage: {tokens}{cost}, in {requests}."


def _limits(limits: Limits) -> str:
    person, team = limits.tokens_per_person, limits.tokens_per_workspace
    return (
        f"Daily limits: {_tokens(person)} per person, {_tokens(team)} for the workspace. Replies "
        f"and sources are kept for {_counted(limits.days_kept, 'day', 'days')}."
    )


def _tokens(limit: int | None) -> str:
    return "none" if limit is None else _counted(limit, "token", "tokens")


def _counted(count: int, one: str, more: str) -> str:
    return f"{count:,} {one if count == 1 else more}"
