"""Articles about one story are one entry of a digest, and nothing is reported twice."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.briefing.comparison import compare_sources
from bot.briefing.digest import DigestHistory, Entry
from bot.briefing.documents import Document, whole_excerpts
from bot.briefing.lines import Briefing, Commitment, Line, Receipt
from bot.briefing.numbering import numbered
from bot.briefing.stories import (
    Article,
    StoryCandidate,
    dated_commitments_in,
    group_by_story,
    new_entries,
    rank_entries,
    stories_in,
    story_of,
    update_history,
)
from tests.news import BRIDGE, BRIDGE_LATER, BRIDGE_TOO, MUSEUM, OTHER_ORU

NOW = 1_772_438_400.0  # 2 March 2026, 8:00 UTC
DAY = 86_400.0


def entry(name: str, published: float | None = NOW - 3_600, title: str = "") -> Entry:
    url = f"https://{name}.example.org/a"
    return Entry(url, url, title or name, "", published)


def feeds(*each: list[Entry]) -> dict[str, list[Entry]]:
    return {f"feed {number}": entries for number, entries in enumerate(each)}


def article(name: str, text: str, published: float | None = NOW - 3_600) -> Article:
    document = numbered("A", text, language="en", url=f"https://{name}.example.org/a")
    return Article(entry(name, published), document)


def line(text: str, document: Document) -> Line:
    return Line(text, "event", None, (document.passage(1),))


def briefing_of(*texts: str) -> Briefing:
    document = numbered("A", BRIDGE, language="en")
    headline, *points = (line(text, document) for text in texts)
    receipt = Receipt("extractive", "1")
    return Briefing((document,), (9,), receipt, headline=headline, key_points=tuple(points))


def names(articles: tuple[Article, ...]) -> list[str]:
    return [each.entry.title for each in articles]


def test_articles_of_one_story_are_one_group() -> None:
    given = [
        article(name, text)
        for name, text in zip(
            ("one", "two", "three", "four"), (BRIDGE, MUSEUM, BRIDGE_TOO, OTHER_ORU), strict=True
        )
    ]

    assert list(map(names, group_by_story(given))) == [["one", "three"], ["two"], ["four"]]


def test_a_story_of_most_articles_is_still_one_group() -> None:
    given = [article(f"n{n}", text) for n, text in enumerate([BRIDGE, BRIDGE_TOO] * 4)]

    assert len(group_by_story([*given, article("two", MUSEUM)])) == 2


@given(st.lists(st.sampled_from([BRIDGE, BRIDGE_TOO, MUSEUM, OTHER_ORU]), max_size=8))
def test_each_article_is_in_one_group(texts: list[str]) -> None:
    given = [article(f"n{n}", text) for n, text in enumerate(texts)]

    found = [name for group in group_by_story(given) for name in names(group)]

    assert sorted(found) == sorted(f"n{n}" for n in range(len(texts)))


def test_what_more_outlets_carry_comes_first_and_copies_are_one_outlet() -> None:
    copies = [article(f"copy{n}", f"{MUSEUM} Part {n}.") for n in range(3)]

    found = stories_in(
        [*copies, article("one", BRIDGE_LATER), article("two", BRIDGE)], DigestHistory(), None, NOW
    )

    assert found[0].outlets == ("one.example.org", "two.example.org")


def test_a_focus_leaves_out_other_stories() -> None:
    given = [article("one", BRIDGE), article("two", MUSEUM)]

    assert [s.outlets for s in stories_in(given, DigestHistory(), "paintings, museum", NOW)] == [
        ("two.example.org",)
    ]
    assert stories_in(given, DigestHistory(), "elections", NOW) == []


def test_in_a_story_the_newest_article_comes_first_and_undated_ones_keep_their_order() -> None:
    ages = {"old": 9, "undated": None, "new": 2, "as-new": 2, "to-come": -99}
    given = [
        article(name, BRIDGE, None if hours is None else NOW - hours * 3_600)
        for name, hours in ages.items()
    ]

    (story,) = stories_in(given, DigestHistory(), None, NOW)

    assert names(story.articles) == ["new", "as-new", "old", "undated", "to-come"]


def history_of(
    *articles: Article, at: float = NOW - DAY, lines: tuple[str, ...] = ("x",)
) -> DigestHistory:
    found = stories_in(articles, DigestHistory(), None, at)
    shown = [(each, story_of(each, briefing_of(*lines))) for each in found]
    return update_history(DigestHistory(), feeds([a.entry for a in articles]), articles, shown, at)


def test_the_same_text_elsewhere_is_not_reported_again() -> None:
    history = history_of(article("one", BRIDGE))

    assert stories_in([article("elsewhere", BRIDGE.upper())], history, None, NOW) == []


def test_more_of_a_known_story_is_a_change_of_it() -> None:
    history = history_of(article("one", BRIDGE))

    (found,) = stories_in([article("two", BRIDGE_LATER)], history, None, NOW)
    story = story_of(found, briefing_of("Put off to 1 July"))

    assert story is not None
    assert (story.status, story.id) == ("changed", history.stories[0].id)


def test_lines_that_were_shown_are_not_shown_again() -> None:
    history = history_of(
        article("one", BRIDGE), lines=("The bridge reopens", "It costs 48 million")
    )
    (found,) = stories_in([article("two", BRIDGE_LATER)], history, None, NOW)

    story = story_of(found, briefing_of("The bridge reopens", "It costs 48 million", "Not yet"))
    nothing = story_of(found, briefing_of("The bridge reopens", "It costs 48 million."))

    assert story is not None
    assert [each.text for each in story.lines] == ["Not yet"]
    assert nothing is None


def test_a_story_has_no_note_about_unused_articles() -> None:
    (found,) = stories_in(
        [article("one", BRIDGE), article("two", BRIDGE_TOO)], DigestHistory(), None, NOW
    )
    a, b = (
        replace(each, label=label) for each, label in zip(found.documents(2), "AB", strict=True)
    )
    briefing = replace(briefing_of("It reopens"), documents=(a, b), words_read=(9, 9), notes=("x",))
    held = compare_sources(briefing, whole_excerpts((a, b)))

    story = story_of(found, held)

    assert held.notes == ("x", "Nothing in this briefing comes from B.")
    assert story is not None
    assert story.notes == ("x",)


def test_a_muted_story_is_no_longer_reported() -> None:
    history = history_of(article("one", BRIDGE))

    muted = history.mute(history.stories[0].id)

    assert stories_in([article("two", BRIDGE_LATER)], muted, None, NOW) == []


def test_a_story_without_a_valid_line_does_not_count_as_reported() -> None:
    one = article("one", BRIDGE)
    (found,) = stories_in([one], DigestHistory(), None, NOW)

    history = update_history(DigestHistory(), feeds([one.entry]), [one], [(found, None)], NOW)

    assert new_entries(feeds([one.entry]), history, NOW + 60) == [one.entry]
    assert len(stories_in([one], history, None, NOW + 60)) == 1


def test_entries_of_two_feeds_alternate_without_duplicates() -> None:
    first = [entry(name) for name in "abc"]
    second = [entry(name) for name in "xay"]

    assert [e.title for e in new_entries(feeds(first, second), DigestHistory(), NOW)] == list(
        "axbcy"
    )


@pytest.mark.parametrize(
    ("published", "is_candidate"),
    [(NOW - 3_600, True), (NOW - 3 * DAY, False), (NOW + 60, True), (NOW + 400 * DAY, True)],
)
def test_a_first_digest_covers_two_days(published: float, is_candidate: bool) -> None:
    assert bool(new_entries(feeds([entry("a", published)]), DigestHistory(), NOW)) is is_candidate


def test_after_a_week_without_a_digest_the_week_is_covered() -> None:
    history = replace(DigestHistory(), at=NOW - 6 * DAY)

    found = new_entries(feeds([entry("a", NOW - 5 * DAY), entry("b", NOW - 9 * DAY)]), history, NOW)

    assert [each.title for each in found] == ["a"]


def test_a_feed_that_was_down_is_covered_since_it_was_last_read() -> None:
    history = replace(DigestHistory(), at=NOW - DAY, down={"feed 0": NOW - 6 * DAY})
    old = NOW - 5 * DAY

    found = new_entries(feeds([entry("a", old)], [entry("b", old)]), history, NOW)

    assert [each.title for each in found] == ["a"]


def test_in_a_feed_without_dates_the_first_entries_are_new_and_later_the_unseen_ones() -> None:
    old = [entry(f"n{n}", None) for n in range(30)]

    assert len(new_entries(feeds(old), DigestHistory(), NOW)) == 10
    history = update_history(DigestHistory(), feeds(old), [], [], NOW)
    history = update_history(history, feeds(old), [], [], NOW + 2 * DAY)
    later = new_entries(feeds([entry("new", None), *old]), history, NOW + 3 * DAY)
    assert [each.title for each in later] == ["new"]


def test_an_undated_entry_that_was_left_out_stays_a_candidate_for_two_days() -> None:
    one = entry("one", None)
    history = update_history(DigestHistory(), feeds([one]), [], [], NOW)

    again = update_history(history, feeds([one]), [], [], NOW + 2 * DAY)

    assert new_entries(feeds([one]), history, NOW + DAY) == [one]
    assert new_entries(feeds([one]), again, NOW + 3 * DAY) == []


def test_a_reported_entry_is_read_again_if_its_feed_changes_it() -> None:
    one = article("one", BRIDGE)
    history = history_of(one)
    other = replace(one.entry, title="Reopening put off", published=NOW)

    assert new_entries(feeds([one.entry]), history, NOW) == []
    assert new_entries(feeds([other]), history, NOW) == [other]
    changed = Article(other, numbered("A", BRIDGE_LATER, language="en"))
    assert [s.before for s in stories_in([changed], history, None, NOW)] == [history.stories[0]]


def test_a_changed_entry_with_the_same_text_is_read_once() -> None:
    one = article("one", BRIDGE)
    history = history_of(one)
    other = replace(one.entry, title="Reopening put off")
    again = Article(other, one.document)

    assert stories_in([again], history, None, NOW) == []
    assert (
        new_entries(feeds([other]), update_history(history, feeds([other]), [again], [], NOW), NOW)
        == []
    )


def test_entries_that_are_in_no_feed_are_forgotten_after_two_months() -> None:
    history = history_of(article("one", BRIDGE))

    later = update_history(history, feeds(), [], [], NOW + 61 * DAY)

    assert (later.entries, later.texts, later.stories) == ({}, {}, ())


def test_the_focus_decides_what_is_read_first() -> None:
    entries = [entry("a", title="A painting"), entry("b", title="The bridge at Karatobe")]

    assert [e.key for e in rank_entries(entries, "bridges", 1)] == [entries[1].key]


def test_of_identical_articles_one_is_briefed() -> None:
    candidate = StoryCandidate((article("one", BRIDGE), article("two", BRIDGE)), None)

    assert len(candidate.documents(6)) == 1


def test_only_commitments_with_a_certain_day_are_dated() -> None:
    document = numbered("A", BRIDGE, language="en")
    fixed = Commitment(
        BRIDGE, "event", None, (document.passage(1),), actor="Oru", action="reopen",
        deadline="1 June", condition=None, status="pledged", deadline_date="2026-06-01",
    )  # fmt: skip
    some_day = replace(fixed, deadline_date=None)
    briefing = replace(briefing_of("x"), commitments=(fixed, some_day), documents=(document,))

    assert [each.line for each in dated_commitments_in(briefing)] == [fixed]
