"""One record a happening of a story."""

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.records import CopyPair, Count, Entity, Event, Story, StoryEvent, Tags
from pipeline.stories.events import merge_events
from pipeline.stories.member import Member

CITY = Entity("city:XX/port", "CITY", "Port", "XX", 1.5, 2.5)
ARMY = Entity("org:army", "ORGANIZATION", "the army", "XX")


def strike(article: str = "a", **changes: object) -> Event:
    event = Event(
        event_id=f"e-{article}",
        type="ASSAULT",
        mode="aerial",
        trigger_start=0,
        trigger_end=6,
        trigger="frappe",
        actors=("org:army",),
        actor_countries=("XX",),
        recipient_countries=("YY",),
    )
    return event._replace(**changes)


def member(article_id: str, *events: Event, **changes: object) -> Member:
    found = Member(article_id, (), (), Tags((CITY, ARMY), events))
    return found._replace(**changes)


def story(*article_ids: str) -> Story:
    ids = tuple(sorted(article_ids))
    return Story("s", "", ids, ids[0], len(ids), (), (), (), None, None)


def merged(*members: Member) -> tuple[StoryEvent, ...]:
    return merge_events(story(*(m.article_id for m in members)), members)


def copy(later: str, earlier: str) -> CopyPair:
    return CopyPair(later, earlier, "reprint", 0.9, 0.9, 90, 90, 90, ())


def test_two_articles_that_tell_one_happening_make_one_record() -> None:
    (event,) = merged(member("a", strike("a")), member("b", strike("b")))
    assert (event.article_ids, event.article_count, event.origin_count) == (("a", "b"), 2, 2)
    assert event.actor_names == ("the army",)


def test_a_copy_adds_an_article_but_no_origin() -> None:
    (event,) = merged(member("a", strike("a")), member("b", strike("b"), pairs=(copy("b", "a"),)))
    assert (event.article_count, event.origin_count) == (2, 1)


def test_empty_slots_are_filled_from_the_other_article() -> None:
    (event,) = merged(
        member("a", strike("a")),
        member("b", strike("b", date_edtf="2020-01-02", location_id=CITY.entity_id, country="XX")),
    )
    assert (event.date_edtf, event.location_name) == ("2020-01-02", "Port")
    assert (event.latitude, event.longitude) == (1.5, 2.5)


def test_numbers_that_differ_are_kept_as_a_range_with_their_articles() -> None:
    (event,) = merged(
        member("a", strike("a", counts=(Count(20, "killed"),))),
        member("b", strike("b", counts=(Count(25, "killed", True),))),
    )
    (count,) = event.counts
    assert (count.value, count.high, count.article_ids) == (20, 25, ("a", "b"))
    assert not count.approximate


def test_dates_that_exclude_each_other_are_two_happenings() -> None:
    events = merged(
        member("a", strike("a", date_edtf="2020-01-02")),
        member("b", strike("b", date_edtf="2020-01-05")),
    )
    assert len(events) == 2


def test_a_coarser_date_that_holds_the_finer_is_the_same_happening() -> None:
    (event,) = merged(
        member("a", strike("a", date_edtf="2020-01")),
        member("b", strike("b", date_edtf="2020-01-05")),
    )
    assert event.date_edtf == "2020-01-05"


def test_other_actors_are_another_happening() -> None:
    events = merged(
        member("a", strike("a")),
        member("b", strike("b", actors=("org:rebels",), actor_countries=("ZZ",))),
    )
    assert len(events) == 2


def test_an_accusation_needs_both_sides_to_agree() -> None:
    accusation = strike("a", type="ACCUSE", mode="allege", recipient_countries=())
    events = merged(member("a", accusation), member("b", accusation._replace(event_id="e-b")))
    assert len(events) == 2


def test_events_of_one_article_are_never_merged_here() -> None:
    events = merged(member("a", strike("a"), strike("a2")))
    assert len(events) == 2


def test_what_most_articles_tell_comes_first() -> None:
    other = strike("x", type="PROTEST", mode="demo", actors=(), actor_countries=("YY",))
    events = merged(member("a", other, strike("a")), member("b", strike("b")))
    assert [event.article_count for event in events] == [2, 1]


@settings(max_examples=30)
@given(st.permutations(["a", "b", "c", "d"]))
def test_the_order_of_the_articles_changes_nothing(order: list[str]) -> None:
    members = {
        "a": member("a", strike("a")),
        "b": member("b", strike("b", date_edtf="2020-01-02")),
        "c": member("c", strike("c", type="PROTEST", mode="demo")),
        "d": member("d", strike("d", date_edtf="2020-01-03")),
    }
    assert merged(*(members[i] for i in order)) == merged(*members.values())
