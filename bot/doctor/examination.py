"""Everything the doctor looks at, in the order in which it is best fixed."""

from bot.doctor.database import database_findings
from bot.doctor.findings import Finding, credential_findings
from bot.doctor.judge import judge_findings
from bot.doctor.model import model_findings
from bot.doctor.slack import token_findings
from bot.doctor.styles import style_findings
from bot.doctor.watching import watching_findings
from bot.settings import Settings
from bot.writers import Judge


async def examine(settings: Settings, judge: Judge | None = None) -> list[Finding]:
    """Return what was found, asking Slack, the model's endpoint and the database. ``judge`` is the
    one that is configured."""
    first_sight = credential_findings(settings)
    wrong = frozenset(finding.subject for finding in first_sight)
    return [
        *first_sight,
        *await token_findings(settings, wrong),
        *await model_findings(settings),
        *judge_findings(settings, judge),
        *await database_findings(settings),
        *watching_findings(settings),
        *style_findings(),
    ]
