"""Months: where a row lies, and how far a change is felt."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.months import (
    EVERYTHING,
    UNKNOWN_MONTH,
    Reach,
    month_of,
    months_over,
    name_of,
    number_of,
    reach_of,
)

MONTHS = st.integers(number_of("1990-01"), number_of("2100-12")).map(name_of)


@pytest.mark.parametrize(
    ("edtf", "month"),
    [
        ("2019-12-31T18:05:00Z", "2019-12"),
        ("2019-12-31", "2019-12"),
        ("2019-12", "2019-12"),
        ("2019", UNKNOWN_MONTH),
        ("", UNKNOWN_MONTH),
        ("2019-13", UNKNOWN_MONTH),
        ("2019-21", UNKNOWN_MONTH),
        ("2019-12-28/2019-12-29", "2019-12"),
        ("2019-12-28/2020-01-02", UNKNOWN_MONTH),
        ("2019-12-28/", UNKNOWN_MONTH),
    ],
)
def test_a_date_belongs_to_its_month(edtf: str, month: str) -> None:
    assert month_of(edtf) == month


@given(MONTHS)
def test_a_month_has_the_number_after_that_of_the_month_before(month: str) -> None:
    assert name_of(number_of(month)) == month
    assert month < name_of(number_of(month) + 1)


@pytest.mark.parametrize(("days", "months"), [(0.5, 1), (14, 1), (28, 1), (29, 2), (60, 3)])
def test_days_reach_over_as_many_months_as_the_shortest_need(days: float, months: int) -> None:
    assert months_over(days) == months


def test_a_new_article_is_felt_in_the_months_around_it_alone() -> None:
    reach = reach_of(["2021-06"], 14, 1)
    assert sorted(reach.written) == ["2021-05", "2021-06", "2021-07", "2021-08"]
    assert sorted(reach.read) == [f"2021-{month:02}" for month in range(3, 10)]
    assert not reach.reads("2021-02")


def test_nothing_new_reaches_nothing() -> None:
    assert reach_of([], 14, 1) == Reach()


def test_an_article_of_an_unknown_month_reaches_everything() -> None:
    assert reach_of(["2021-06", UNKNOWN_MONTH], 14, 1) == EVERYTHING
    assert EVERYTHING.reads("1999-01")
    assert EVERYTHING.writes(UNKNOWN_MONTH)


@given(st.sets(MONTHS, max_size=4), st.floats(1, 90), st.integers(1, 4))
def test_what_is_written_is_read_and_holds_what_was_touched(months, horizon, window) -> None:
    reach = reach_of(months, horizon, window)
    assert months <= reach.written <= reach.read
