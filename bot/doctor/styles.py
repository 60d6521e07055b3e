"""Can the style files be used?"""

from bot import styles
from bot.doctor.findings import Finding
from bot.errors import SettingsError


def style_findings() -> list[Finding]:
    """Which styles there are, or which file is none and why."""
    try:
        named = ", ".join(styles.titles().values())
    except SettingsError as error:
        return [Finding("Styles", "mend", error.message)]
    return [Finding("Styles", "good", f"Briefings are written in these styles: {named}.")]
