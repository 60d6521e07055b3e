"""One article under two addresses is one witness; two about one subject are two."""

from dataclasses import replace

from bot.briefing.comparison import Alike, alike, runs, shared
from bot.briefing.numbering import numbered

STORY = (
    "The harbour council of Westmere voted late on Thursday to close the old pier from the first "
    "of March, because divers had found that eleven of its forty piles no longer carry any load. "
    "Fishing boats will land at the new quay in the north until the work is done, the harbour "
    "master said, and the ferry to the islands will leave from there as well. The repair is put "
    "at four million crowns, half of which the province has promised to pay before the summer. "
    "Shopkeepers near the pier asked for a footbridge and were told that there was no money for "
    "one this year. The pier was built in 1911 and last repaired after the storm of 1987."
)
OTHER = (
    "Shopkeepers at the old pier of Westmere have started a petition against its closing. More "
    "than nine hundred people had signed by Friday evening, according to Lena Holt, who sells "
    "smoked fish a few steps from the landing. She says that half of her customers come by boat "
    "and will not walk twenty minutes from the new quay. The council answered that it has to "
    "follow the report of the divers and that nothing can be changed before the piles have been "
    "replaced. A meeting with the harbour master is planned for the coming week in the school."
)


def test_a_story_that_was_shortened_and_put_under_another_heading_is_the_same() -> None:
    taken = f"WESTMERE (Agency) - {STORY[: len(STORY) * 6 // 10]} Reporting by the desk."

    found = alike([numbered("A", STORY), numbered("B", OTHER), numbered("C", taken)])

    assert found == (Alike("A", "C", "text"),)


def test_one_address_is_one_article_whatever_was_read_there() -> None:
    first = replace(numbered("A", STORY), key="https://a.example/1")
    second = replace(numbered("B", OTHER), key="https://a.example/1")

    assert alike([first, second]) == (Alike("A", "B", "address"),)


def test_documents_without_addresses_are_not_alike_for_that() -> None:
    assert alike([numbered("A", STORY), numbered("B", OTHER)]) == ()


def test_a_few_words_in_common_say_nothing() -> None:
    assert alike([numbered("A", "The pier is closed today."), numbered("B", STORY)]) == ()


def test_a_script_without_spaces_is_compared_by_its_characters() -> None:
    story = (
        "市议会周四晚间表决通过，从三月一日起关闭旧码头，因为潜水员发现四十根桩中有十一根已不再承重。"
        * 2
    )

    assert shared(runs(story), runs(f"本报讯 {story[:60]}")) > 0.9
