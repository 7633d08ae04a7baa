"""Candidate pairs: articles close in time that share several of their heaviest terms."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from pipeline.stories.interval import is_precise
from pipeline.stories.signature import StoryInput

Pairs = npt.NDArray[np.int64]

# A pair shares this many of the heaviest terms of each article.
_TERMS = 20
_SHARED = 3
# Under one term an article meets this many articles that follow it in time. A story told more
# often than that still hangs together, link by link.
_NEIGHBOURS = 40
# An article that knows no day meets all that carry a term, unless they are more than this.
_UNDATED_NEIGHBOURS = 200


def candidate_pairs(inputs: Sequence[StoryInput], horizon: float) -> Pairs:
    """Finds pairs worth comparing, without looking at all of them.

    Work is bounded by articles x terms x neighbours.

    Args:
        inputs: Signatures, sorted by start of the interval and article_id.
        horizon: Days that may lie between two articles.

    Returns:
        Array of shape (pairs, 2): places in `inputs`, the lower first, sorted, without repeats.
    """
    if len(inputs) < 2:
        return np.empty((0, 2), dtype=np.int64)
    starts = np.array([i.interval.start for i in inputs])
    ends = np.array([i.interval.end for i in inputs])
    precise = np.array([is_precise(i.interval) for i in inputs])
    heads = [np.frombuffer(i.terms, dtype="<u4")[:_TERMS] for i in inputs]
    places = np.repeat(np.arange(len(inputs)), [len(head) for head in heads])
    terms = np.concatenate(heads)
    order = np.lexsort((places, terms))
    terms, places = terms[order], places[order]
    dated = precise[places]
    keys = (
        _neighbours(terms[dated], places[dated], starts, horizon),
        _imprecise(terms, places, precise, starts, ends, horizon),
    )
    found, counts = np.unique(np.concatenate(keys), return_counts=True)
    found = found[counts >= _SHARED]
    return np.stack((found // len(inputs), found % len(inputs)), axis=1)


def _neighbours(
    terms: npt.NDArray[np.uint32],
    places: Pairs,
    starts: npt.NDArray[np.float64],
    horizon: float,
) -> Pairs:
    """Pairs of articles with a day, each with those that follow it in time under one term."""
    keys: list[Pairs] = []
    for step in range(1, min(_NEIGHBOURS, len(terms) - 1) + 1):
        one, other = places[:-step], places[step:]
        near = (terms[:-step] == terms[step:]) & (starts[other] - starts[one] <= horizon)
        if not near.any():
            continue
        keys.append(one[near] * len(starts) + other[near])
    return np.concatenate(keys) if keys else np.empty(0, dtype=np.int64)


def _imprecise(
    terms: npt.NDArray[np.uint32],
    places: Pairs,
    precise: npt.NDArray[np.bool_],
    starts: npt.NDArray[np.float64],
    ends: npt.NDArray[np.float64],
    horizon: float,
) -> Pairs:
    """Pairs in which one article knows no day."""
    keys: list[Pairs] = []
    if precise.all():
        return np.empty(0, dtype=np.int64)
    edges = np.flatnonzero(np.diff(terms)) + 1
    for low, high in zip([0, *edges.tolist()], [*edges.tolist(), len(terms)], strict=True):
        group = places[low:high]
        vague = group[~precise[group]]
        if not len(vague) or len(group) < 2 or len(group) > _UNDATED_NEIGHBOURS:
            continue
        one = np.repeat(vague, len(group))
        other = np.tile(group, len(vague))
        # A pair of two vague articles comes up twice: keep it once.
        wanted = (one != other) & (precise[other] | (one < other))
        one, other = one[wanted], other[wanted]
        gap = np.maximum(starts[one], starts[other]) - np.minimum(ends[one], ends[other])
        near = gap <= horizon
        low_place, high_place = np.minimum(one, other)[near], np.maximum(one, other)[near]
        keys.append(low_place * len(starts) + high_place)
    return np.concatenate(keys) if keys else np.empty(0, dtype=np.int64)
