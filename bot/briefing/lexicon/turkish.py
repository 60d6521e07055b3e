"""Turkish: by which words a sentence shows that somebody says it."""

from bot.briefing.lexicon.words import Lexicon

TURKISH = Lexicon(
    speaking=(
        r"söyle\w+|belirt\w+|açıkla\w+|ifade\w*|anlat\w+|iddia\w*|savun\w+|öne sür\w+|ded[iı]\w*|"
        r"doğrula\w*|vurgula\w*|göre"
    ),
)
