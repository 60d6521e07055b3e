"""Is a line a sentence at all?"""

import re

from bot.briefing.checks.statement import Statement
from bot.briefing.lines import Reason

_FEWEST_WORDS = 4

# A character of a script without spaces counts as a word.
_WORD = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]"
    r"|[^\W\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]+"
)


def words(statement: Statement) -> list[Reason]:
    """Why ``statement`` is no sentence ("A1", as small models answer)."""
    if statement.is_detail or len(_WORD.findall(statement.text)) >= _FEWEST_WORDS:
        return []
    return [Reason("words", "It is too short to state anything.")]
