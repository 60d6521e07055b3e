"""Chinese: by which words a sentence shows that somebody says it."""

from bot.briefing.lexicon.words import Lexicon

CHINESE = Lexicon(
    speaking=r"\w*(?:说|表示|称|认为|指出|否认|透露|据)\w*",
)
