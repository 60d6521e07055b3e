"""Where the model is, and what it may cost in time, tokens and money."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from bot.turns import Gate

_OPENAI_HOSTS = ("api.openai.com", ".openai.azure.com")


@dataclass(frozen=True)
class Endpoint:
    """An OpenAI-compatible endpoint and one model of it.

    ``window`` and ``max_output`` are tokens, prices are US dollars a million tokens, times are
    seconds. ``read_timeout`` is the longest silence, before the first word and between two;
    ``total_timeout`` the longest answer. ``retries`` are those of the client, for 408, 409, 429
    and 5xx and only before the first word. The requests of all that have the same ``gate`` take
    turns there.
    """

    model: str
    base_url: str | None = None
    api_key: str | None = field(default=None, repr=False)
    window: int = 128_000
    max_output: int = 8_192
    price_input: float | None = None
    price_output: float | None = None
    connect_timeout: float = 5.0
    read_timeout: float = 60.0
    total_timeout: float = 300.0
    retries: int = 2
    gate: Gate = field(default_factory=lambda: Gate(16), repr=False)

    @property
    def is_openai(self) -> bool:
        """Whether OpenAI or Azure serves it, where newer names of parameters are the only ones."""
        host = urlsplit(self.base_url or "https://api.openai.com").hostname or ""
        return host.endswith(_OPENAI_HOSTS)

    def cost(self, tokens_in: int, tokens_out: int) -> float | None:
        """US dollars, None unless both prices are set."""
        if self.price_input is None or self.price_output is None:
            return None
        return (tokens_in * self.price_input + tokens_out * self.price_output) / 1_000_000
