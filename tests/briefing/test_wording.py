"""The line about each source and the receipt are the same wherever a briefing is shown."""

from dataclasses import replace

import pytest

from bot.briefing.catalogue import catalogue
from bot.briefing.lines import Receipt
from bot.briefing.numbering import numbered
from bot.briefing.wording import SourceLine, effort_line, receipt_line, source_lines
from tests.texts import article

_EN, _DE = catalogue("en"), catalogue("de")
_TEXT = numbered("A", "The line opens on 1 June.", title="The line opens")
_PAGE = replace(
    _TEXT, outlet="Velm Courier", published="2025-05-14", published_basis="stated",
    url="https://velm.example/line", has_fragments=True,
)  # fmt: skip


def test_a_page_is_named_with_its_outlet_date_and_address() -> None:
    assert source_lines((_PAGE,), _EN, has_title=True) == (
        SourceLine("Velm Courier · 14 May 2025", "https://velm.example/line"),
    )
    assert source_lines((_PAGE,), _DE, has_title=True)[0].text == "Velm Courier · 14. Mai 2025"


def test_an_approximate_date_is_not_shown() -> None:
    page = replace(_PAGE, published_basis="about")

    assert source_lines((page,), _EN, has_title=True)[0].text == "Velm Courier"


def test_a_text_pasted_for_a_page_is_named_after_the_page_and_links_to_it() -> None:
    address = "https://www.velm.example/line/"
    text = replace(_TEXT, pasted_for=address, url=address)

    assert source_lines((text,), _EN, has_title=True) == (
        SourceLine("velm.example/line (pasted text, 6 words)", address),
    )
    assert source_lines((text,), _DE, has_title=True)[0].text.startswith("velm.example/line (ein")


def test_a_pasted_text_is_named_with_its_length_and_the_date_of_its_dateline() -> None:
    dated = replace(_TEXT, published="2025-05-14", published_basis="dateline")

    assert source_lines((_TEXT,), _EN, has_title=True) == (
        SourceLine("Pasted text, 6 words", None),
    )
    assert (
        source_lines((dated,), _EN, has_title=True)[0].text == "Pasted text, 6 words · 14 May 2025"
    )


def test_a_file_is_named_by_its_name() -> None:
    file = replace(_TEXT, file="line.pdf")

    assert source_lines((file,), _EN, has_title=True)[0].text == "line.pdf, 6 words"


def test_a_linked_file_is_named_after_its_host() -> None:
    file = replace(_TEXT, url="https://velm.example/line.pdf", has_fragments=True)

    assert source_lines((file,), _EN, has_title=True)[0].text == "velm.example"


def test_several_sources_have_a_line_each_with_label_and_title() -> None:
    told = source_lines((_PAGE, replace(_TEXT, label="B")), _EN, has_title=True)

    assert [each.text for each in told] == [
        "A · The line opens · Velm Courier · 14 May 2025",
        "B · The line opens · Pasted text, 6 words",
    ]


# The receipt says in one line who wrote, what was checked and what it cost.


@pytest.mark.parametrize(
    ("receipt", "line"),
    [
        pytest.param(
            Receipt("extractive", "0.1.0", words_read=718, lines=1, seconds=0.04),
            "Quoted from the source, no model · 1 line checked",
            id="extracted",
        ),
        pytest.param(
            Receipt(
                "openai", "0.1.0", "m-1", words_read=718, lines=9, withheld=1, tokens_in=2000,
                tokens_out=50, tokens_estimated=True, cost_usd=0.0123, seconds=2.25,
            ),
            "AI-written, checked against the source · m-1 · 9 lines checked · 1 withheld · "
            "$0.0123 (estimated)",
            id="written-by-a-model-that-tells-no-usage",
        ),
        pytest.param(
            Receipt("openai", "0.1.0", "m-1", words_read=718, withheld=2, seconds=1.0),
            "Read by m-1 · 2 withheld",
            id="read-by-a-model-of-which-no-line-is-shown",
        ),
        pytest.param(
            Receipt("extractive", "0.1.0", words_read=100, seconds=1.0),
            "Quoted from the source, no model · 100 of 718 words",
            id="read-in-part",
        ),
    ],
)  # fmt: skip
def test_the_receipt_is_one_line(receipt: Receipt, line: str) -> None:
    assert receipt_line(receipt, (article("demo"),), catalogue("en")) == line


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("fr", "1 ligne vérifiée · 2 écartées · environ 2\u202f050 jetons"),
        ("de", "1 Zeile geprüft · 2 zurückgehalten · etwa 2.050 Token"),
        ("ru", "проверено строк: 1 · снято: 2 · токенов: около 2\u00a0050"),
        ("tr", "1 line checked · 2 withheld · about 2,050 tokens"),
    ],
)
def test_numbers_and_plurals_are_those_of_the_language(language: str, line: str) -> None:
    receipt = Receipt(
        "extractive", "0.1.0", lines=1, withheld=2, tokens_in=2050, tokens_estimated=True
    )
    words = catalogue(language)
    told = f"{receipt_line(receipt, (), words)} · {effort_line(receipt, words)}"
    assert line in told


def test_the_words_of_a_page_are_counted_in_the_receipt() -> None:
    page = replace(article("demo"), outlet="The Daily")
    receipt = Receipt("extractive", "0.1.0", words_read=718, lines=1)
    assert receipt_line(receipt, (page,), catalogue("en")).endswith("1 line checked · 718 words")


def test_tokens_and_seconds_are_in_the_effort_line() -> None:
    receipt = Receipt("openai", "0.1.0", "m-1", tokens_in=2000, tokens_out=50, seconds=2.25)
    assert effort_line(receipt, catalogue("en")) == "2,050 tokens · 2.2 s"
