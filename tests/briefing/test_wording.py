"""Where a source is from stands in one line, the same wherever a briefing goes."""

from dataclasses import replace

from bot.briefing.catalogue import catalogue
from bot.briefing.numbering import numbered
from bot.briefing.wording import SourceLine, source_lines

_EN, _DE = catalogue("en"), catalogue("de")
_TEXT = numbered("A", "The line opens on 1 June.", title="The line opens")
_PAGE = replace(
    _TEXT, outlet="Velm Courier", published="2025-05-14", published_basis="stated",
    url="https://velm.example/line", has_fragments=True,
)  # fmt: skip


def test_a_page_is_from_its_outlet_on_its_day_with_its_address() -> None:
    assert source_lines((_PAGE,), _EN, has_title=True) == (
        SourceLine("Velm Courier · 14 May 2025", "https://velm.example/line"),
    )
    assert source_lines((_PAGE,), _DE, has_title=True)[0].text == "Velm Courier · 14. Mai 2025"


def test_a_day_that_was_only_hinted_at_is_not_told() -> None:
    page = replace(_PAGE, published_basis="about")

    assert source_lines((page,), _EN, has_title=True)[0].text == "Velm Courier"


def test_a_text_pasted_for_a_page_is_called_after_the_page_and_leads_there() -> None:
    address = "https://www.velm.example/line/"
    text = replace(_TEXT, pasted_for=address, url=address)

    assert source_lines((text,), _EN, has_title=True) == (
        SourceLine("velm.example/line (pasted text, 6 words)", address),
    )
    assert source_lines((text,), _DE, has_title=True)[0].text.startswith("velm.example/line (ein")


def test_a_pasted_text_is_called_so_with_its_length_and_the_day_of_its_dateline() -> None:
    dated = replace(_TEXT, published="2025-05-14", published_basis="dateline")

    assert source_lines((_TEXT,), _EN, has_title=True) == (
        SourceLine("Pasted text, 6 words", None),
    )
    assert (
        source_lines((dated,), _EN, has_title=True)[0].text == "Pasted text, 6 words · 14 May 2025"
    )


def test_a_file_is_called_by_its_name() -> None:
    file = replace(_TEXT, file="line.pdf")

    assert source_lines((file,), _EN, has_title=True)[0].text == "line.pdf, 6 words"


def test_a_file_behind_an_address_is_from_its_host() -> None:
    file = replace(_TEXT, url="https://velm.example/line.pdf", has_fragments=True)

    assert source_lines((file,), _EN, has_title=True)[0].text == "velm.example"


def test_several_sources_have_a_line_each_with_label_and_title() -> None:
    told = source_lines((_PAGE, replace(_TEXT, label="B")), _EN, has_title=True)

    assert [each.text for each in told] == [
        "A · The line opens · Velm Courier · 14 May 2025",
        "B · The line opens · Pasted text, 6 words",
    ]
