"""How sure an event is: more evidence never makes it less."""

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.records import Event
from pipeline.tagging.event_confidence import MOST, merged_confidence

_EVENT = Event("e", "ASSAULT", "", 0, 6, "frappe")


def _sure(value: float | None) -> Event:
    return _EVENT._replace(confidence=value)


def test_a_second_mention_makes_an_event_surer() -> None:
    assert merged_confidence([_sure(0.6), _sure(0.5)]) == 0.63


def test_mentions_without_confidence_give_none() -> None:
    assert merged_confidence([_sure(None)]) is None


@settings(max_examples=30)
@given(st.lists(st.floats(0.0, 0.95), min_size=1, max_size=40))
def test_no_number_of_mentions_makes_it_certain(values: list[float]) -> None:
    merged = merged_confidence([_sure(value) for value in values])
    assert merged is not None
    assert merged <= MOST
