"""Pairs that share fingerprints, within the horizon, under the cap."""

from collections import Counter

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.copies.candidates import Timeline, select, shared_counts
from pipeline.copies.order import DAY, UNDATED, Interval

HORIZON = 14 * DAY


def _count(postings, intervals, cap=1000):
    """`postings`: the fingerprints of each article, articles in rank order."""
    values = np.array([v for own in postings for v in own], dtype=np.uint64)
    ranks = np.repeat(np.arange(len(postings)), [len(own) for own in postings])
    timeline = Timeline(
        np.array([i.start for i in intervals], dtype=np.int64),
        np.array([i.end for i in intervals], dtype=np.int64),
    )
    return shared_counts(values, ranks, timeline, HORIZON, cap)


def _pairs(counted):
    return {
        (j, i): n
        for j, i, n in zip(
            counted.later.tolist(), counted.earlier.tolist(), counted.shared.tolist(), strict=True
        )
    }


def _day(number, length=1):
    return Interval(number * DAY, (number + length) * DAY - 1)


def test_shared_fingerprints_are_counted_pair_by_pair():
    counted = _count([[1, 2, 3], [2, 3, 4], [9]], [_day(0), _day(1), _day(2)])
    assert _pairs(counted) == {(1, 0): 2}


def test_articles_beyond_the_horizon_never_meet():
    assert _pairs(_count([[1], [1]], [_day(0), _day(15)])) == {}
    assert _pairs(_count([[1], [1]], [_day(0), _day(14)])) == {(1, 0): 1}


def test_a_month_meets_every_day_that_it_may_be_near_to():
    assert _pairs(_count([[1], [1]], [_day(0, 31), _day(40)])) == {(1, 0): 1}


def test_an_article_without_date_meets_every_article():
    counted = _count([[1], [1], [1]], [_day(0), _day(900), UNDATED])
    assert _pairs(counted) == {(2, 0): 1, (2, 1): 1}


def test_a_hot_fingerprint_leads_to_the_earliest_articles_and_the_rest_is_counted():
    counted = _count([[1]] * 50, [_day(0)] * 50, cap=3)
    assert {i for _, i in _pairs(counted)} == {0, 1, 2}
    assert counted.overflow == sum(max(0, j - 3) for j in range(50))


def test_the_cap_counts_within_the_horizon_only():
    counted = _count([[1]] * 4, [_day(0), _day(1), _day(100), _day(101)], cap=1)
    assert _pairs(counted) == {(1, 0): 1, (3, 2): 1}


def test_of_too_many_candidates_those_that_share_most_are_kept_then_the_earliest():
    counted = _count([[1, 2], [1, 2, 3], [4], [1, 2, 3, 4]], [_day(0)] * 4)
    chosen = select(counted, np.array([9, 9, 9, 9]), 1, 2)
    assert _pairs(chosen) == {(1, 0): 2, (3, 0): 2, (3, 1): 3}
    assert chosen.overflow == 1


def test_short_texts_need_fewer_shared_fingerprints():
    counted = _count([[1], [1]], [_day(0), _day(0)])
    assert _pairs(select(counted, np.array([6, 100]), 3, 9)) == {(1, 0): 1}
    assert _pairs(select(counted, np.array([100, 100]), 3, 9)) == {}


_articles = st.lists(
    st.tuples(
        st.integers(0, 80), st.sampled_from([1, 31, 365]), st.sets(st.integers(0, 6), max_size=4)
    ),
    max_size=12,
)


@settings(max_examples=80, deadline=None)
@given(_articles, st.booleans())
def test_without_a_cap_the_counts_are_those_of_comparing_all_pairs(articles, some_undated):
    ordered = sorted(articles, key=lambda a: a[0])
    intervals = [_day(start, length) for start, length, _ in ordered]
    values = [own for _, _, own in ordered]
    if some_undated:
        intervals.append(UNDATED)
        values.append({0, 1})
    expected = Counter()
    for j, one in enumerate(intervals):
        for i, other in enumerate(intervals[:j]):
            near = one.start - other.end <= HORIZON and other.start - one.end <= HORIZON
            if near and values[i] & values[j]:
                expected[(j, i)] = len(values[i] & values[j])
    assert _pairs(_count(values, intervals)) == expected
