"""A briefing as a Word document: complete, and without foreign links or markup."""

import io
from dataclasses import replace

import docx
from docx.document import Document as WordDocument

from bot.briefing.composition import Composition
from bot.briefing.documents import Document, whole_excerpts
from bot.briefing.extractive.engine import extract
from bot.briefing.lines import Answer, Briefing, Line, Receipt
from bot.briefing.numbering import numbered
from bot.briefing.rendering import render_paragraphs
from bot.briefing.requests import Wishes
from bot.operations.exports import export_files, word_document
from tests.drafts import take
from tests.texts import article

_RECEIPT = Receipt("extractive", "0.1.0", words_read=718, lines=1, seconds=0.04)


def _briefed(document: Document) -> Briefing:
    excerpts = whole_excerpts((document,))
    composition = Composition(excerpts, Wishes())
    for item in extract(excerpts, Wishes()):
        take(composition, item)
    return composition.briefing(_RECEIPT, (), ("A note.",))


def _opened(content: bytes) -> WordDocument:
    return docx.Document(io.BytesIO(content))


def _targets(document: WordDocument) -> set[str]:
    return {r.target_ref for r in document.part.rels.values() if r.reltype.endswith("/hyperlink")}


def test_every_paragraph_of_the_briefing_is_in_the_document() -> None:
    briefing = _briefed(article("demo"))
    written = [paragraph.text for paragraph in _opened(word_document(briefing)).paragraphs]
    expected = render_paragraphs(briefing)
    assert len(written) == len(expected)
    for there, ours in zip(written, expected, strict=True):
        assert ours.text in there
        assert ours.number is None or there.startswith(f"[{ours.number}] ")
        assert all(f"[{reference.place}]" in there for reference in ours.references)


def test_links_lead_only_to_the_source() -> None:
    document = replace(article("demo"), url="https://news.example/a", has_fragments=True)
    targets = _targets(_opened(word_document(_briefed(document))))
    assert "https://news.example/a" in targets
    others = targets - {"https://news.example/a"}
    assert others
    assert all(target.startswith("https://news.example/a#:~:text=") for target in others)


def test_foreign_markup_is_plain_text() -> None:
    hostile = "<w:p>Oru</w:p> said https://evil.example & <script> \x0bnow."
    source = numbered("A", "Oru spoke.", language="en")
    line = Line(hostile, "event", None, (source.passage(1),))
    opened = _opened(word_document(Answer((source,), "Who?", _RECEIPT, lines=(line,))))
    written = "<w:p>Oru</w:p> said https://evil.example & <script> now. [1]"
    assert opened.paragraphs[2].text == written
    assert _targets(opened) == set()


def test_arabic_runs_right_to_left() -> None:
    opened = _opened(word_document(_briefed(article("arabic"))))
    first = opened.paragraphs[0]
    assert first._p.get_or_add_pPr().xpath("w:bidi")
    assert all(run.font.rtl for run in first.runs if run.text.strip())


def test_an_answer_is_named_after_its_question() -> None:
    document = article("wire")
    line = Line("Two ferries collided.", "event", None, (document.passage(1),))
    answer = Answer((document,), "What happened: /etc/passwd?", _RECEIPT, lines=(line,))
    assert [file.name for file in export_files(answer)] == [
        "what-happened-etc-passwd.md", "what-happened-etc-passwd.docx",
        "what-happened-etc-passwd.txt",
    ]  # fmt: skip


def test_a_long_file_name_ends_with_a_whole_word() -> None:
    document = article("wire")
    line = Line("Two ferries collided.", "event", None, (document.passage(1),))
    asked = "Will Kestria and Ambria agree to reopen the Hallin line to freight?"
    for question, name in (
        (asked, "will-kestria-and-ambria-agree-to-reopen-the-hallin-line-to"),
        ("渡" * 80, "渡" * 60),
    ):
        answer = Answer((document,), question, _RECEIPT, lines=(line,))
        assert export_files(answer)[0].name == f"{name}.md"
