"""Repeated mentions in an article become one event."""

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.records import Count, Event
from pipeline.tagging.event_merge import merge_events


def event(start: int, **changes: object) -> Event:
    made = Event(
        event_id=f"e{start}",
        type="ASSAULT",
        mode="",
        trigger_start=start,
        trigger_end=start + 7,
        trigger="attaque",
        actor_countries=("XX",),
    )
    return made._replace(**changes)


def test_a_second_mention_fills_the_slots_of_the_first() -> None:
    (merged,) = merge_events([event(0), event(90, date_edtf="2020-01-02", country="YY")])
    assert (merged.trigger_start, merged.date_edtf, merged.country) == (0, "2020-01-02", "YY")


def test_other_actors_make_another_event() -> None:
    assert len(merge_events([event(0), event(90, actor_countries=("ZZ",))])) == 2


def test_other_days_make_another_event() -> None:
    one, other = event(0, date_edtf="2020-01-02"), event(90, date_edtf="2020-01-03")
    assert len(merge_events([one, other])) == 2


def test_other_troop_numbers_make_another_event() -> None:
    one = event(0, type="MOBILIZE", counts=(Count(750, "troops"),))
    other = event(90, type="MOBILIZE", counts=(Count(500, "troops"),))
    assert len(merge_events([one, other])) == 2


def test_a_rising_toll_is_the_same_event() -> None:
    one, other = event(0, counts=(Count(20, "killed"),)), event(90, counts=(Count(25, "killed"),))
    assert len(merge_events([one, other])) == 1


def test_a_storming_crowd_is_one_event_whether_riot_or_attack() -> None:
    riot = event(0, type="PROTEST", mode="riot", recipient_countries=("YY",))
    attack = event(90, recipient_countries=("YY",))
    (merged,) = merge_events([riot, attack])
    assert merged.type == "PROTEST"


def test_accusations_in_other_words_stay_apart() -> None:
    accuse = event(0, type="ACCUSE", trigger="accuse", recipients=("country:YY",))
    denounce = event(90, type="ACCUSE", trigger="dénonce", recipients=("country:YY",))
    assert len(merge_events([accuse, denounce])) == 2


def test_an_event_that_did_not_happen_is_not_the_one_that_did() -> None:
    assert len(merge_events([event(0), event(90, status="negated")])) == 2


@settings(max_examples=30)
@given(st.permutations(range(5)))
def test_the_order_of_input_changes_nothing(order: list[int]) -> None:
    events = [
        event(0),
        event(10, date_edtf="2020-01-02"),
        event(20, actor_countries=("ZZ",)),
        event(30, date_edtf="2020-01-03"),
        event(40, type="PROTEST", mode="demo"),
    ]
    assert merge_events([events[i] for i in order]) == merge_events(events)
