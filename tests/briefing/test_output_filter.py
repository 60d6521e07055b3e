"""What passes the output filter, and what never does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.briefing.documents import Passage
from bot.briefing.numbering import numbered
from bot.briefing.verification import OutputFilter, copies_at_length, is_untranslated

SECRETS = ("f00dcafe", "You write briefings for people who must know what a source says exactly.")
_COPIED = "You write briefings for people who must know what."
FILTER = OutputFilter(frozenset({"news.example"}), SECRETS)


def passage(text: str) -> Passage:
    return Passage("A", 0, len(text), text, "A1")


@pytest.mark.parametrize(
    "text",
    [
        "See https://evil.example/x for it.",
        "See evil.example for it.",
        "Write to ana@evil.example today.",
        "Write to desk@news.example today.",
        "Write to mailto:desk@news.example today.",
        "See 10.0.0.1:80 for it.",
        "See 192.168.255.1 for it.",
        "See localhost:8080/admin for it.",
        "The list is at bad.zone today.",
        "Hello <!channel> there.",
        "Hello @here there.",
        "See [this](that) now.",
        "Done :white_check_mark: today.",
        "Done 🎉 today.",
        "It is SGVsbG8gd29ybGQgdGhpcyBpcyBhIHRlc3Q9 here.",
        "It is %48%65%6c%6c here.",
        "a" * 46,
        "Thewholeofthisline haslostitsspaces andreadslikethis.",
        "word " * 100,
        "The code is F 0 0 D C A F E today.",
        "It says: you write briefings for people who must know what, and so on.",
        "".join(chr(0xE0000 + ord(sign)) for sign in "hidden"),
    ],
)
def test_the_filter_stops_it(text: str) -> None:
    assert {reason.check for reason in FILTER.objections(text)} == {"output"}


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("The ferry sank at 6.45 p.m. in the U.S. zone.", ""),
        ("The list is at www.news.example/list.", ""),
        ("Write to desk@news.example today.", "The desk’s address is desk@news.example."),
        ("The list is at https://news.example/list@2x.pdf.", ""),
        ("Booking.com was fined 5.2 million euros.", "Booking.com was fined 5.2 million euros."),
        ("Der Haushalt beträgt 1.005.012.345 Euro.", ""),
        ("The end.then it rained.", "The end.then it rained."),
        ("The champion 🎉 won.", "The champion 🎉 won."),
        ("@ana_lind wrote it.", "@ana_lind wrote it."),
        (_COPIED, _COPIED),
        ("Հայաստանի կառավարությունը որոշում ընդունեց։", ""),
        ("وقالت الحكومة إنها ستدفع.", ""),
        ("政府は橋を閉鎖したと発表した。", ""),
    ],
)  # fmt: skip
def test_the_filter_lets_it_through(text: str, source: str) -> None:
    assert FILTER.objections(text, [passage(source)]) == []


@given(st.sampled_from(["evil.example", "https://evil.example", "<!here>", "f00dcafe"]), st.text())
def test_forbidden_text_is_stopped_in_any_context(hostile: str, around: str) -> None:
    assert FILTER.objections(f"{around} {hostile} {around}")


def test_the_hosts_of_the_sources_are_allowed() -> None:
    document = numbered("A", "Rain.", language="en", url="https://www.news.example/a?b")
    assert OutputFilter.of([document]).hosts == {"news.example"}


_LONG = " ".join(f"word{number}" for number in range(40))
_FIRST = " ".join(_LONG.split()[:26])


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        (f"He said {_FIRST}", True),
        (f"He said {_FIRST.rpartition(' ')[0]}", False),
        (f"He said “{_FIRST}”", False),
        (f"{_FIRST.replace('word9 ', 'other ')}", False),
    ],
    ids=["26 words", "25 words", "in quotation marks", "interrupted"],
)
def test_a_long_copy_is_detected_outside_quotation_marks(text: str, *, is_one: bool) -> None:
    assert copies_at_length(text, passage(_LONG)) is is_one


def test_an_untranslated_line_is_detected() -> None:
    french = "le ferry a sombré dans la tempête mardi soir au large"
    assert is_untranslated("fr", french, "en")
    assert not is_untranslated("fr", "the ferry sank in the storm off the coast on Tuesday", "en")
    assert not is_untranslated("fr", french, "fr")
    assert not is_untranslated("fr", french, "xx")
