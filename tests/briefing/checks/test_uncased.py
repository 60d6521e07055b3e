"""Where a script has no capitals, every content word that the passages lack counts as a name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.briefing.checks.all import findings
from bot.briefing.checks.names import names
from bot.briefing.checks.uncased import uncased
from tests.statements import about, document, statement

ARABIC = "وقال وزير النقل سامر حداد في مدينة ربوة يوم الاثنين إن الجسر قد يغلق إذا ارتفع النهر."
SAID = {
    "ar": ARABIC,
    "he": "שר החוץ דוד לוי נפגש עם אנה כהן בירושלים ביום שני.",
    "fa": "وزیر خارجه حسن رضایی روز دوشنبه در تهران با مریم احمدی دیدار کرد.",
    "ka": "მინისტრი ირაკლი ბერიძე თბილისში შეხვდა ელენე ლომიძეს.",
    "hi": "मंत्री राजेश शर्मा ने सोमवार को दिल्ली में अनीता वर्मा से मुलाकात की।",
    "ko": "김민수 총리는 월요일 서울에서 이영희 장관을 만났다.",
    "zh": "外交部长王伟星期一在北京会见了李娜。",
    "ja": "スミス首相は月曜日、東京でジョーンズ氏と会談した。",
    "th": "นายสมชายพบกับนางสาวมาลีที่กรุงเทพเมื่อวันจันทร์",
    "el": "Ο υπουργός Νίκος Παπαδάκης συνάντησε τη Μαρία Λάμπρου στην Αθήνα.",
}


@pytest.mark.parametrize(
    ("language", "line"),
    [
        pytest.param("ar", "سامر حداد، وزير النقل، قال إن جسرا قد يغلق.", id="article-gone"),
        pytest.param("ar", "لسامر حداد أن الجسر بالمدينة قد يغلق.", id="prefixes"),
        pytest.param("ar", "قال الوزير إن جسر ربوة قد يغلق بعد ارتفاع النهر.", id="of-one-root"),
        pytest.param("ar", "قَالَ سامر حدّاد إنّ الجسر قد يغلق.", id="signs"),
        pytest.param("ar", "صرح سامر حداد بأن الجسر قد يغلق لاحقا.", id="verbs-of-speech"),
        pytest.param("he", "דוד לוי ואנה כהן נפגשו בירושלים.", id="hebrew"),
        pytest.param("fa", "حسن رضایی در تهران با مریم احمدی دیدار کرد.", id="persian"),
        pytest.param("ka", "ელენე ლომიძე თბილისში შეხვდა ირაკლი ბერიძეს.", id="georgian"),
        pytest.param("hi", "राजेश शर्मा ने दिल्ली में अनीता वर्मा से मुलाकात की।", id="hindi"),
        pytest.param("ko", "김민수 총리가 서울에서 이영희 장관과 만났다.", id="korean"),
        pytest.param("zh", "王伟在北京会见了李娜。", id="chinese"),
        pytest.param("ja", "スミス首相は東京でジョーンズ氏と会談した。", id="japanese"),
        pytest.param("th", "นายสมชายพบกับนางสาวมาลีที่กรุงเทพ", id="thai"),
        pytest.param("el", "Ο γιος του Νίκου Παπαδάκη είναι στην Αθήνα.", id="greek-cases"),
    ],
)
def test_the_words_of_the_passages_stand_with_what_is_written_onto_them(
    language: str, line: str
) -> None:
    assert names(about(line, SAID[language], language)) == []


@pytest.mark.parametrize(
    ("language", "line", "lacking"),
    [
        pytest.param("ar", "وقال وزير النقل ماهر حداد إن الجسر قد يغلق.", "ماهر", id="another"),
        pytest.param("ar", "وقال وزير النقل سامر حداد في بانياس.", "بانياس", id="place"),
        pytest.param("ar", "وقال وزير النقل سامر حدار إن الجسر قد يغلق.", "حدار", id="misspelt"),
        pytest.param("ar", "وقال وزير النقل سامر حداد في ربون.", "ربون", id="one-letter-else"),
        pytest.param("he", "דוד ברק נפגש בירושלים עם אנה כהן.", "ברק", id="hebrew"),
        pytest.param("fa", "حسن رضایی در شیراز با مریم احمدی دیدار کرد.", "شیراز", id="persian"),
        pytest.param("ka", "ელენე ლომიძე ბათუმში შეხვდა ირაკლი ბერიძეს.", "ბათუმში", id="georgian"),
        pytest.param("hi", "राजेश शर्मा ने मुंबई में मुलाकात की।", "मुंबई", id="hindi"),
        pytest.param("ko", "김민수 총리가 부산에서 이영희 장관과 만났다.", "부산에서", id="korean"),
        pytest.param("zh", "外交部长张建国星期一在北京会见了李娜。", "张建国", id="chinese"),
        pytest.param(
            "ja", "ブラウン首相は東京でジョーンズ氏と会談した。", "ブラウン", id="japanese"
        ),
        pytest.param("th", "นายสมศักดิ์พบกับนางสาวมาลีที่กรุงเทพ", "ศักดิ์", id="thai"),
        pytest.param("el", "Η Μαρία Λάμπρου είδε τον Παπαδόκη.", "Παπαδόκη", id="greek"),
    ],
)
def test_what_the_passages_lack_is_named(language: str, line: str, lacking: str) -> None:
    found = names(about(line, SAID[language], language))
    assert [reason.message.split("”")[0] for reason in found] == [f"“{lacking}"]


@given(st.sampled_from(sorted(SAID)))
def test_a_passage_lacks_no_word_of_its_own(language: str) -> None:
    assert uncased(about(SAID[language], SAID[language], language)) == []


def test_a_translation_is_not_held_against_words_of_another_script() -> None:
    english = document("Samer Haddad spoke on Monday.")
    assert uncased(statement(ARABIC, english, language="ar", is_translation=True)) == []


@pytest.mark.parametrize(
    ("line", "passage", "check"),
    [
        pytest.param("سيغلق الجسر غدا.", "قد يغلق الجسر غدا.", "hedges", id="may-is-lost"),
        pytest.param("وستفتح المدرسة يوم الأحد.", "ولن تفتح المدرسة يوم الأحد.", "negation"),
        pytest.param("ولم تفتح المدرسة أبوابها.", "وتفتح المدرسة أبوابها.", "negation"),
        pytest.param("وانخفضت أسعار الخبز بشدة.", "وارتفعت أسعار الخبز بشدة.", "direction"),
        pytest.param("بلغت الكلفة 5 مليارات دولار.", "بلغت الكلفة 5 ملايين دولار.", "numbers"),
        pytest.param("بلغت الكلفة أقل من 5 ملايين.", "بلغت الكلفة أكثر من 5 ملايين.", "numbers"),
    ],
)
def test_what_arabic_writes_onto_a_word_hides_nothing(line: str, passage: str, check: str) -> None:
    assert check in {reason.check for reason in findings(about(line, passage, "ar"))}
