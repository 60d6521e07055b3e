"""Text comes out of bytes as it was written, whatever the label says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sources.files import decode

RUSSIAN = "Министры договорились открыть мост через реку до первого июня, сказал представитель."
FRENCH = "L’été dernier, les ministres ont décidé de rouvrir la ligne : « enfin », dit-elle."
JAPANESE = "大臣たちは月曜日に鉄道の再開で合意した。橋の検査が終わり次第、列車は走り始める。"
TURKISH = "Bakanlar köprünün açılmasında anlaştı, ışıklar söndü."


@pytest.mark.parametrize(
    ("text", "encoding", "label"),
    [
        pytest.param(RUSSIAN, "utf-8", None, id="utf-8"),
        pytest.param(RUSSIAN, "utf-8", "iso-8859-1", id="utf-8-goes-before-a-label"),
        pytest.param(RUSSIAN, "utf-8-sig", "windows-1251", id="utf-8-with-mark"),
        pytest.param(RUSSIAN, "utf-16", None, id="utf-16-with-mark"),
        pytest.param(RUSSIAN, "utf-32", None, id="utf-32-with-mark"),
        pytest.param(RUSSIAN, "cp1251", "windows-1251", id="label"),
        pytest.param(RUSSIAN, "cp1251", "utf-8", id="wrong-label"),
        pytest.param(RUSSIAN, "cp1251", "no-such-encoding", id="unknown-label"),
        pytest.param(RUSSIAN, "cp1251", "hex", id="label-that-is-no-text"),
        pytest.param(RUSSIAN, "koi8-r", None, id="detected"),
        pytest.param(FRENCH, "cp1252", "iso-8859-1", id="latin-1-means-windows-1252"),
        pytest.param(TURKISH, "cp1254", "iso-8859-9", id="latin-5-means-windows-1254"),
        pytest.param(JAPANESE + "①", "cp932", "shift_jis", id="shift-jis-means-cp932"),
        pytest.param("各国部长同意重新开放铁路。镕", "gbk", "gb2312", id="gb2312-means-gb18030"),
        pytest.param(
            "장관들은 철도 재개에 합의했다. 똠", "cp949", "euc-kr", id="euc-kr-means-cp949"
        ),
    ],
)
def test_text_is_read_as_it_was_written(text: str, encoding: str, label: str | None) -> None:
    assert decode(text.encode(encoding), label) == text


def test_the_label_inside_a_page_is_heard() -> None:
    page = f'<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">{RUSSIAN}'

    assert decode(page.encode("cp1251")) == page


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_utf_8_is_never_taken_for_anything_else(text: str) -> None:
    assert decode(text.encode(), "windows-1251") == text.removeprefix("\ufeff")


@given(st.binary(), st.none() | st.text(max_size=20))
def test_any_bytes_give_some_text(content: bytes, label: str | None) -> None:
    decode(content, label)
