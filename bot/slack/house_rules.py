"""How are a desk's rules typed, and how are they shown for editing?"""

from bot.briefing.house import House


def banned_in(text: str) -> tuple[str, ...]:
    """The words in a list with commas or on lines."""
    words = (word.strip() for word in text.replace("\n", ",").split(","))
    return tuple(dict.fromkeys(word for word in words if word))


def banned_as_text(house: House) -> str:
    """The words as they are typed."""
    return ", ".join(house.banned)


def spellings_in(text: str) -> tuple[tuple[str, str], ...]:
    """The pairs, one a line: as sources have it = as this desk writes it.

    Raises:
        ValueError: a line isn't a pair; the error's words are the line.
    """
    pairs = []
    for line in filter(None, map(str.strip, text.split("\n"))):
        theirs, _, ours = (part.strip() for part in line.partition("="))
        if not (theirs and ours):
            raise ValueError(line)
        pairs.append((theirs, ours))
    return tuple(dict.fromkeys(pairs))


def spellings_as_text(house: House) -> str:
    """The pairs as they are typed."""
    return "\n".join(f"{theirs} = {ours}" for theirs, ours in house.spellings)
