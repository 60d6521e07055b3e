"""Everything the doctor looks at, in the order in which it is best mended."""

from bot.doctor.database import database_findings
from bot.doctor.findings import Finding, credential_findings
from bot.doctor.model import model_findings
from bot.doctor.slack import app_token_findings, bot_token_findings
from bot.settings import Settings


async def examine(settings: Settings) -> list[Finding]:
    """Return what was found, asking Slack, the model's endpoint and the database."""
    return [
        *await _slack(settings),
        *await model_findings(settings),
        *await database_findings(settings),
    ]


async def _slack(settings: Settings) -> list[Finding]:
    first_sight = credential_findings(settings)
    wrong = {finding.subject for finding in first_sight}
    found = list(first_sight)
    if "SLACK_BOT_TOKEN" not in wrong:
        found += await bot_token_findings(settings)
    if settings.slack_mode == "socket" and "SLACK_APP_TOKEN" not in wrong:
        found += await app_token_findings(settings)
    return found
