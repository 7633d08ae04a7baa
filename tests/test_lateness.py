from hypothesis import given
from hypothesis import strategies as st

from pipeline.lateness import Lateness, look_at

DAYS = st.lists(st.one_of(st.none(), st.integers(0, 1000)))


def test_an_article_a_horizon_behind_the_newest_is_late() -> None:
    assert look_at(100, [90, 89, None, 120], horizon=10, now=1000) == Lateness(120, 2)


def test_a_date_in_the_future_moves_nothing() -> None:
    assert look_at(100, [5000], horizon=10, now=1000) == Lateness(100, 0)


@given(DAYS, st.randoms(use_true_random=False))
def test_the_order_within_a_pane_is_chance(days: list[int | None], random) -> None:
    shuffled = list(days)
    random.shuffle(shuffled)
    assert look_at(500, days, 100, 1000) == look_at(500, shuffled, 100, 1000)
