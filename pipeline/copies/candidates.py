"""Candidates: pairs of articles that share enough fingerprints, found by sorting postings.

No step is quadratic: an article meets, through each of its fingerprints, at most a fixed number of
earlier articles, the earliest ones within the horizon. Whatever is widely reprinted therefore stays
findable through its first appearances. What was left out is counted.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from pipeline.copies.order import DAY, UNDATED_START
from pipeline.copies.tokens import Hashes, Offsets, ranges

# Articles are grouped by how exactly their date is known: within a group, those within the horizon
# of a given article lie side by side in the order of time. The last group holds everything longer
# than a year, undated articles too.
_CLASS_LENGTHS = (0, DAY, 31 * DAY, 366 * DAY)
_FAR = np.int64(2**62)
# Of the fingerprints of a short text a longer one holds a fourth even if it contains it whole, so
# that ten words may share but one.
_PER_SHARED = 6
# Postings sorted and expanded at a time; bounds the memory.
_CHUNK = 2_000_000


class Timeline(NamedTuple):
    """Publication intervals of articles in rank order (see `order.in_order`).

    Attributes:
        starts: Microseconds; `UNDATED_START` where unknown.
        ends: Microseconds, inclusive.
    """

    starts: Offsets
    ends: Offsets


class Candidates(NamedTuple):
    """Pairs to be verified, as ranks, sorted by the later and then the earlier article.

    Attributes:
        later: Rank of the later article.
        earlier: Rank of the earlier one.
        shared: Fingerprints they share.
        overflow: Postings, or pairs, left out by the cap.
    """

    later: Offsets
    earlier: Offsets
    shared: Offsets
    overflow: int


def shared_counts(
    values: Hashes,
    ranks: Offsets,
    timeline: Timeline,
    horizon: int,
    max_postings: int,
) -> Candidates:
    """Counts shared fingerprints of all pairs within the horizon.

    Args:
        values: Fingerprint of each posting.
        ranks: Rank of the article of each posting.
        timeline: Intervals of all articles.
        horizon: Microseconds that two intervals may lie apart.
        max_postings: Earlier articles that one fingerprint of one article leads to, for each class
            of date precision.

    Returns:
        Every pair with at least one shared fingerprint, and the postings left out.
    """
    order = np.lexsort((ranks, values))
    values, ranks = values[order], ranks[order].astype(np.int64)
    repeated = np.zeros(len(values), dtype=np.bool_)
    same = values[1:] == values[:-1]
    repeated[1:] |= same
    repeated[:-1] |= same
    values, ranks = values[repeated], ranks[repeated]
    groups = np.zeros(len(values), dtype=np.int64)
    np.cumsum(values[1:] != values[:-1], out=groups[1:])

    parts: list[Candidates] = []
    first = 0
    while first < len(groups):
        last = min(first + _CHUNK, len(groups))
        if last < len(groups):  # do not cut a group in two
            last = int(np.searchsorted(groups, groups[last - 1], side="right"))
        parts.append(
            _expand(groups[first:last], ranks[first:last], timeline, horizon, max_postings)
        )
        if len(parts) > 8:
            parts = [add_up(parts)]
        first = last
    return add_up(parts)


def _expand(
    groups: Offsets, ranks: Offsets, timeline: Timeline, horizon: int, max_postings: int
) -> Candidates:
    size = len(timeline.starts)
    undated = timeline.starts == UNDATED_START
    # In rank order undated articles come last, whatever their interval.
    sorted_starts = np.where(undated, _FAR, timeline.starts)
    lengths = timeline.ends - timeline.starts
    classes = np.searchsorted(np.array(_CLASS_LENGTHS), lengths)
    composite = groups * size + ranks
    later: list[Offsets] = []
    earlier: list[Offsets] = []
    overflow = 0
    for kind in range(len(_CLASS_LENGTHS) + 1):
        members = classes[ranks] == kind
        if not members.any():
            continue
        if kind < len(_CLASS_LENGTHS):
            reach = np.where(undated, -_FAR, timeline.starts - horizon - _CLASS_LENGTHS[kind])
            lowest = np.searchsorted(sorted_starts, reach)
        else:
            lowest = np.zeros(size, dtype=np.int64)
        listed = composite[members]
        low = np.searchsorted(listed, groups * size + lowest[ranks])
        high = np.searchsorted(listed, composite)
        found = np.maximum(high - low, 0)
        counts = np.minimum(found, max_postings)
        overflow += int((found - counts).sum())
        ours = np.repeat(ranks, counts)
        theirs = listed[ranges(low, counts)] % size
        near = timeline.ends[theirs] >= timeline.starts[ours] - horizon
        later.append(ours[near])
        earlier.append(theirs[near])
    ones = np.concatenate(later) if later else np.empty(0, np.int64)
    others = np.concatenate(earlier) if earlier else np.empty(0, np.int64)
    return _count(ones, others, np.ones(len(ones), dtype=np.int64), overflow)


def _count(later: Offsets, earlier: Offsets, shared: Offsets, overflow: int) -> Candidates:
    order = np.lexsort((earlier, later))
    later, earlier, shared = later[order], earlier[order], shared[order]
    firsts = np.flatnonzero(
        np.concatenate([[True], (later[1:] != later[:-1]) | (earlier[1:] != earlier[:-1])])[
            : len(later)
        ]
    )
    if not len(firsts):
        return Candidates(later, earlier, shared, overflow)
    totals = np.add.reduceat(shared, firsts)
    return Candidates(later[firsts], earlier[firsts], totals, overflow)


def add_up(parts: list[Candidates]) -> Candidates:
    """Adds the counts of the same pair in several parts."""
    empty: npt.NDArray[np.int64] = np.empty(0, dtype=np.int64)
    return _count(
        np.concatenate([empty, *(part.later for part in parts)]),
        np.concatenate([empty, *(part.earlier for part in parts)]),
        np.concatenate([empty, *(part.shared for part in parts)]),
        sum(part.overflow for part in parts),
    )


def select(
    counted: Candidates, totals: Offsets, min_shared: int, max_candidates: int
) -> Candidates:
    """Keeps pairs that share enough, and of each later article the best.

    Args:
        counted: As `shared_counts` gives them.
        totals: Fingerprints of each article, by rank.
        min_shared: Fingerprints that a pair must share; fewer where one of the two has fewer than
            `_PER_SHARED` times as many.
        max_candidates: Earlier articles kept for one article: those that share most, the earliest
            of equals.

    Returns:
        The pairs, and how many were left out by `max_candidates`.
    """
    fewest = np.minimum(totals[counted.later], totals[counted.earlier])
    enough = counted.shared >= np.clip(fewest // _PER_SHARED, 1, min_shared)
    later, earlier = counted.later[enough], counted.earlier[enough]
    shared = counted.shared[enough]
    order = np.lexsort((earlier, -shared, later))
    ranked = later[order]
    place = np.arange(len(ranked)) - np.searchsorted(ranked, ranked)
    kept = np.sort(order[place < max_candidates])
    return Candidates(later[kept], earlier[kept], shared[kept], len(order) - len(kept))
