"""Candidate pairs: articles close in time that share several of their heaviest terms."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from pipeline.stories.interval import LOOSE, is_precise
from pipeline.stories.signature import StoryInput

Pairs = npt.NDArray[np.int64]
Windows = npt.NDArray[np.int64]

# A pair shares this many of the heaviest terms of each article.
_TERMS = 20
_SHARED = 3
# Under one term an article meets this many articles that follow it in time. A story told more
# often than that still hangs together, link by link.
_NEIGHBOURS = 40
# An article that knows its day meets one that does not under a term that brings together at most
# this many such pairs.
_MIXED_PAIRS = 2_000
# Pairs of this many articles are looked at together, which bounds the memory.
_BLOCK = 20_000


class _Postings:
    """Which articles carry a term: parallel arrays, sorted by term, then by place."""

    def __init__(
        self, inputs: Sequence[StoryInput], signatures: Sequence[bytes], windows: Windows
    ) -> None:
        heads = [np.frombuffer(signature, dtype="<u4")[:_TERMS] for signature in signatures]
        places = np.repeat(np.arange(len(inputs)), [len(head) for head in heads])
        terms = np.concatenate(heads)
        order = np.lexsort((places, terms))
        self.terms, self.places = terms[order], places[order]
        self.starts = np.array([i.interval.start for i in inputs])
        # An article that knows no day may have been published until the end of its interval.
        self.precise = np.array([is_precise(i.interval) for i in inputs])
        ends = np.array([i.interval.end for i in inputs])
        self.latest = np.where(self.precise, self.starts, ends)
        self.windows = windows


def candidate_pairs(inputs: Sequence[StoryInput], windows: Windows, horizon: float) -> Pairs:
    """Finds pairs worth comparing, without looking at all of them.

    Work is bounded by articles x terms x neighbours. Which pairs there are within a window, or
    between two, depends on the articles of these windows alone, and on those without a window.

    Args:
        inputs: Signatures, sorted by start of the interval and article_id.
        windows: The window of each, as `interval.window_of` gives it.
        horizon: Days that may lie between two articles.

    Returns:
        Array of shape (pairs, 2): places in `inputs`, the lower first, sorted, without repeats.
    """
    if len(inputs) < 2:
        return np.empty((0, 2), dtype=np.int64)
    keys = _alike(_Postings(inputs, [i.terms for i in inputs], windows), horizon)
    languages = np.unique([i.language for i in inputs], return_inverse=True)[1]
    if languages.any():
        across = _alike(_Postings(inputs, [i.names for i in inputs], windows), horizon)
        two = languages[across // len(inputs)] != languages[across % len(inputs)]
        keys = np.concatenate((keys, across[two]))
    keys = np.unique(keys)
    return np.stack((keys // len(inputs), keys % len(inputs)), axis=1)


def _alike(postings: _Postings, horizon: float) -> Pairs:
    precise = postings.precise[postings.places]
    return np.concatenate(
        [
            *_neighbours(postings, np.flatnonzero(precise), horizon),
            *_neighbours(postings, np.flatnonzero(~precise), horizon),
            _shared(_mixed(postings, horizon)),
        ]
    )


def _shared(keys: list[Pairs]) -> Pairs:
    """Pairs that came up under enough terms."""
    if not keys:
        return np.empty(0, dtype=np.int64)
    found, counts = np.unique(np.concatenate(keys), return_counts=True)
    return found[counts >= _SHARED]


def _neighbours(postings: _Postings, chosen: Pairs, horizon: float) -> list[Pairs]:
    """Pairs of articles with those that follow them in time under one term, block by block."""
    terms, places = postings.terms[chosen], postings.places[chosen]
    count = len(postings.starts)
    found: list[Pairs] = []
    for block in range(0, count, _BLOCK):
        here = np.flatnonzero((places >= block) & (places < block + _BLOCK))
        keys: list[Pairs] = []
        for step in range(1, _NEIGHBOURS + 1):
            here = here[here + step < len(places)]
            here = here[terms[here] == terms[here + step]]
            if not len(here):
                break
            one, other = places[here], places[here + step]
            near = postings.starts[other] - postings.latest[one] <= horizon
            keys.append(one[near] * count + other[near])
        found.append(_shared(keys))
    return found


def _mixed(postings: _Postings, horizon: float) -> list[Pairs]:
    """Pairs of which one article knows its day and the other does not.

    Who knows the month meets those of its window, who knows less meets all.
    """
    if postings.precise.all() or not postings.precise.any():
        return []
    loose = postings.windows == LOOSE
    windows = postings.windows[postings.places]
    within = np.flatnonzero(windows != LOOSE)
    within = within[np.lexsort((within, windows[within], postings.terms[within]))]
    over = np.flatnonzero((postings.precise | loose)[postings.places])
    one_window = _mixed_in(postings, within, windows[within], horizon)
    return one_window + _mixed_in(postings, over, np.zeros_like(over), horizon)


def _mixed_in(postings: _Postings, rows: Pairs, windows: Windows, horizon: float) -> list[Pairs]:
    """The same among some postings, sorted by term and window; groups are runs of both."""
    if not len(rows):
        return []
    terms, places, starts = postings.terms[rows], postings.places[rows], postings.starts
    breaks = (terms[1:] != terms[:-1]) | (windows[1:] != windows[:-1])
    edges = (np.flatnonzero(breaks) + 1).tolist()
    keys: list[Pairs] = []
    for low, high in zip([0, *edges], [*edges, len(terms)], strict=True):
        group = places[low:high]
        known = postings.precise[group]
        dated, vague = group[known], group[~known]
        if not 0 < len(dated) * len(vague) <= _MIXED_PAIRS:
            continue
        one, other = np.repeat(vague, len(dated)), np.tile(dated, len(vague))
        latest_start = np.maximum(starts[one], starts[other])
        near = latest_start - np.minimum(postings.latest[one], postings.latest[other]) <= horizon
        low_place, high_place = np.minimum(one, other)[near], np.maximum(one, other)[near]
        keys.append(low_place * len(starts) + high_place)
    return keys
