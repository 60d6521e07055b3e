"""A damaged file or page is refused with what is wrong with it, whatever its parser raises."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.briefing.requests import AttachedFile
from bot.service.errors import SourceError
from bot.sources.local_files import LocalFiles
from bot.sources.parser_processes import ParserProcesses
from bot.sources.readers import source_reader
from bot.sources.reading import SourceReader
from tests.sources import papers, samples

PDF = papers.printed(samples.PARAGRAPHS * 12)
WORD = papers.word(*samples.PARAGRAPHS)
NESTED = samples.page("<div>" * 100_000 + samples.STORY + "</div>" * 100_000)


pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def real() -> AsyncIterator[SourceReader]:
    workers = ParserProcesses(1)
    yield source_reader(frozenset(), workers, LocalFiles())
    workers.close()


async def read(real: SourceReader, path: Path, content: bytes) -> str:
    """The text of the file ``path``, or the message of the refusal."""
    path.write_bytes(content)
    try:
        document = await real.read(AttachedFile(name=path.name, location=str(path)), "A")
    except SourceError as error:
        return f"{error.verdict}: {error.message}"
    return document.text


def without(content: bytes, member: str) -> bytes:
    return papers.changed(content, lambda name, part: None if name == member else part)


def cut(content: bytes, member: str) -> bytes:
    return papers.changed(content, lambda name, part: part[:300] if name == member else part)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        pytest.param("a.pdf", PDF[:400], "corrupt: The PDF is damaged", id="pdf-cut-short"),
        pytest.param("a.pdf", b"%PDF-1.7\n" + bytes(999), "corrupt: The PDF is", id="pdf-blank"),
        pytest.param(
            "a.pdf", papers.pdf(["x" * 30], password="secret"), "encrypted: The file", id="locked"
        ),
        pytest.param("a.docx", WORD[:-200], "corrupt: The Word file is damaged", id="docx-cut"),
        pytest.param(
            "a.docx", cut(WORD, "word/document.xml"), "corrupt: The Word file", id="docx-broken-xml"
        ),
        pytest.param(
            "a.docx", without(WORD, "_rels/.rels"), "corrupt: The Word file", id="docx-without-rels"
        ),
        pytest.param(
            "a.docx", cut(WORD, "_rels/.rels"), "corrupt: The Word file", id="docx-broken-rels"
        ),
        pytest.param(
            "a.docx",
            papers.changed(WORD, lambda _, part: part.replace(b"officeDocument", b"x")),
            "corrupt: The Word file",
            id="docx-without-a-main-part",
        ),
        pytest.param(
            "a.docx", WORD.replace(b"\x08\x00", b"\x63\x00"), "corrupt: The Word", id="docx-packed"
        ),
        pytest.param(
            "a.docx",
            papers.zipped(word__document_xml=b" " * 5_000_000),
            "unsupported: The file unpacks to far more",
            id="docx-bomb",
        ),
        pytest.param(
            "a.docx",
            papers.zipped(a_docx=WORD, note_txt=b"see word/document"),
            "unsupported: This is an archive",
            id="archive-of-word-files",
        ),
        pytest.param("a.docx", b"\x89PNG\r\n\x1a\n\0", "unsupported: This is a pic", id="picture"),
        pytest.param("a.html", NESTED.encode(), "thin: The page is nested", id="page-nested"),
        pytest.param(
            "a.eml",
            papers.mail(None, html=NESTED, From="Dana Oru"),
            "thin: It is nested too deeply",
            id="mail-nested",
        ),
    ],
)
async def test_an_unreadable_file_is_refused_with_what_it_is(
    real: SourceReader, tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    found = await read(real, tmp_path / name, content)

    assert found.startswith(said)
    assert re.search(r"\b[Pp]aste\b", found)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        pytest.param("a.docx", PDF, id="pdf-called-docx"),
        pytest.param("a.pdf", WORD, id="docx-called-pdf"),
        pytest.param(
            "a.pdf", re.sub(rb"startxref\s+\d+", b"startxref\n7", PDF), id="pdf-with-a-broken-xref"
        ),
        pytest.param(
            "a.eml",
            papers.mail("\n\n".join(samples.PARAGRAPHS)).replace(b"Mess", b"From: oru@\nMess", 1),
            id="mail-with-a-broken-header",
        ),
        pytest.param(
            "a.eml",
            papers.mail(None, html=f"<p>{samples.PARAGRAPHS[0]}</p>"),
            id="mail-of-one-paragraph",
        ),
    ],
)
async def test_what_can_still_be_read_is_read(
    real: SourceReader, tmp_path: Path, name: str, content: bytes
) -> None:
    found = await read(real, tmp_path / name, content)

    assert samples.PARAGRAPHS[0] in " ".join(found.split())
