"""What are a desk's own rules? `house_style` holds them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class House:
    """``banned`` words; ``spellings`` as pairs: as sources have it, as this desk writes it."""

    banned: tuple[str, ...] = ()
    spellings: tuple[tuple[str, str], ...] = ()
