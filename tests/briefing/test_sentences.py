"""Where sentences end, and where they do not."""

import pytest

from bot.briefing.numbering import numbered


def _cut(text: str, language: str | None = "en") -> list[str]:
    document = numbered("A", text, language=language)
    return [document.sentence(number) for number in range(1, len(document.sentences) + 1)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        pytest.param("It rained. We left.", ["It rained.", "We left."], id="two"),
        pytest.param("Mr. Oru and Dr. Velk met. They ate.", None, id="titles"),
        pytest.param("J. R. Oru left. He ran.", ["J. R. Oru left.", "He ran."], id="initials"),
        pytest.param(
            "It cost 3.5 million. That is much.",
            ["It cost 3.5 million.", "That is much."],
            id="a decimal point",
        ),
        pytest.param(
            "“Will you pay?” she asked. He left.",
            ["“Will you pay?” she asked.", "He left."],
            id="a question and who asks it",
        ),
        pytest.param(
            "They came from the U.S. The talks began.",
            ["They came from the U.S.", "The talks began."],
            id="an abbreviation at the end",
        ),
        pytest.param("Wait … what? No!", ["Wait … what?", "No!"], id="an ellipsis"),
        pytest.param("It shut in May. He left.", ["It shut in May.", "He left."], id="a month"),
        pytest.param(
            "It ran for longer.The line shut.", ["It ran for longer.", "The line shut."],
            id="read without the space",
        ),
        pytest.param(
            "They held on longer.NTRA’s line shut.",
            ["They held on longer.", "NTRA’s line shut."], id="an acronym without the space",
        ),
        pytest.param("We use node.Js and booking.Com here.",
                     ["We use node.Js and booking.Com here."], id="a domain"),
        pytest.param("It does 50 km/h. Rain slows it.",
                     ["It does 50 km/h.", "Rain slows it."], id="a speed"),
        pytest.param("See No. 7 on the quay.", ["See No. 7 on the quay."], id="a number"),
        pytest.param("!!! ??? ...", None, id="punctuation alone"),
    ],
)  # fmt: skip
def test_sentences_end_at_their_marks(text: str, parts: list[str] | None) -> None:
    found = _cut(text)
    if parts is not None:
        assert found == parts
    assert "".join("".join(found).split()) == "".join(text.split())


def test_a_long_quotation_is_cut_at_its_own_sentences() -> None:
    words = "this is one of many words that were said at the table by the river "
    first = f"“{words.capitalize()}then."
    text = f"{first} {words.capitalize()}again,” said Oru. He left."
    assert _cut(text) == [first, f"{words.capitalize()}again,” said Oru.", "He left."]


def test_a_short_quotation_stays_with_who_says_it() -> None:
    text = "“It rained. We left,” said Oru."
    assert _cut(text) == [text]


@pytest.mark.parametrize(
    ("language", "text", "count"),
    [
        ("ru", "В 2020 г. мост закрыли. Это было давно.", 2),
        ("ru", "Ремонт стоил 48 млн. крон за год. Много.", 2),
        ("fr", "M. Morel est parti. Il pleuvait.", 2),
        ("zh", "他说：“我们会付款。”部长表示同意。", 2),
        ("ar", "هل يكفي ذلك؟ لا أحد يعرف.", 2),
        ("hy", "Կամուրջը փակ է։ Գնացք չկա։", 2),
        ("xx", "One. Two.", 2),
    ],
)
def test_sentences_of_many_languages(language: str, text: str, count: int) -> None:
    assert len(_cut(text, language)) == count


@pytest.mark.parametrize(
    ("language", "marked"),
    [
        ("de", "Die Frist endet am Donnerstag, dem 6. November, in Brandenburg."),
        ("de", "Die 3. Große Strafkammer tagt."),
        ("de", "Sie landete auf Platz 14.| Ihre Trainerin war zufrieden."),
        ("de", "Das Treffen ist am 2./3. Juni.| Der Rat tagt im Jahr 2031.| Eintritt ist frei."),
        ("tr", "Danıştay 6. Dairesi kararı bozdu.| Puanı 12.| Bu yetmedi."),
        ("tr", "II. Abdülhamid döneminde yapıldı."),
        ("da", "Den 5. Maj mødes de."),
        ("sr", "Седница је 5. Маја у Нишу."),
        (None, "Die Frist läuft bis zum 31. Januar."),
        (None, "It was in World War II.| The town had 30.| They fled."),
        ("de", "1. Die Stadt zahlt."),
        ("en", "1. The city pays."),
        ("en", "The ban began at 11 p.m. Lind said so."),
        ("en", "The ban began at 11 p.m.| The mayor left."),
        ("ru", "Это случилось на глубине 480 м.| В момент аварии там были люди."),
        ("ru", "Осталось пройти 5 км.| Это далеко."),
        ("ru", "Весил он 12 г.| Он пропал."),
        ("ru", "Адрес завода: г. Москва, ул. Мира."),
        ("ru", "Победили ученики школы № 5 г. Москвы."),
        ("ru", "В 2023 г. Министерство выделило деньги."),
        ("ru", "Завтра в 15 ч. МСК начнётся матч."),
        ("uk", "Перемогли учні ліцею № 7 м. Києва."),
        ("uk", "До села лишалося 7 км.| Далі йшли пішки."),
        ("pl", "Szkołę zamknięto w 2019 r.| Budynek stoi."),
        ("pl", "W 2019 r. Sejm przyjął ustawę."),
        ("es", "El pozo mide 210 m.| Abastece a tres pueblos."),
        ("hy", "2015–2019 թթ. Երևանում կառուցվել է երկու կամուրջ։"),
        ("hy", "Նա վարչապետ էր 2015–2019 թթ. Հայաստանի Հանրապետությունում։"),
        ("zh", "“这是一个分水岭。”董事长沈立明在业绩说明会上表示。|股价下跌。"),
        ("zh", "“我很失望。”|法院周三驳回上诉。"),
        ("ja", "「なぜ今なのか？」と記者が尋ねた。"),
        ("pl", "„Nie ustąpimy. Mamy rację” – powiedział minister."),
        ("pl", "„Nie ustąpimy.| Mamy rację."),
        ("en", "“It rained.| We left."),
    ],
)
def test_a_full_stop_is_read_as_the_language_uses_it(language: str | None, marked: str) -> None:
    assert _cut(marked.replace("|", ""), language) == [part.strip() for part in marked.split("|")]
