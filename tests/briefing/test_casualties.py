"""Where the dead and the injured are counted."""

import pytest

from bot.briefing.differences import casualties
from bot.briefing.numbering import numbered


@pytest.mark.parametrize(
    ("text", "language", "figure"),
    [
        ("The flood killed 37 people.", "en", "37"),
        ("At least three people died.", "en", "three"),
        ("The death toll rose to 1,204.", "en", "1,204"),
        ("Погибли 12 человек.", "ru", "12"),
        ("L'attaque a fait 12 morts.", "fr", "12"),
        ("Զոհվել է 7 մարդ։", "hy", "7"),
        ("The firm sold 37 boats.", "en", None),
        ("Do not say that 37 people died.", "en", None),
        ("Es waren 12 Tote.", "xx", None),
    ],
)
def test_the_figure_is_found_as_written(text: str, language: str, figure: str | None) -> None:
    found = [figure for _, figure in casualties(numbered("A", text, language=language))]
    assert found == ([figure] if figure else [])
