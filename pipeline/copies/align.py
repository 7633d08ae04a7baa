"""Alignment: which words of two texts are the same, run by run.

Two texts are compared through their sequences of three words. Sequences on one diagonal that follow
one another make a run. A run of at least six words counts wherever it stands, so that reordered
paragraphs are found; a shorter one only as the continuation of another run after a small gap, as
light rewriting and misprints leave them. No word counts twice.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from pipeline.copies.fingerprint import shingles
from pipeline.copies.tokens import Hashes, Offsets, ranges

MIN_RUN = 6
"""Words of a run that counts by itself. Five words in a row are common in any two articles."""

MAX_GAP = 8
"""Words, in either text, over which a shorter run continues another."""

_GRAM = 3
# Places of the other text at which one sequence is looked for: bounds the work for texts that
# repeat themselves. Of more places those are taken where it has occurred about as often before.
_MAX_OCCURRENCES = 8


class Indexed(NamedTuple):
    """A text made ready for alignment.

    Attributes:
        hashes: Its words.
        grams: Hash of each sequence of three words, in text order.
        sorted_grams: The same, sorted.
        places: Where each of `sorted_grams` stands.
        next_gram: Index of the next different value in `sorted_grams`.
        occurrences: How often each of `grams` has occurred before in the text.
    """

    hashes: Hashes
    grams: Hashes
    sorted_grams: Hashes
    places: Offsets
    next_gram: Offsets
    occurrences: Offsets


class Runs(NamedTuple):
    """Aligned runs: words `starts[r]` on of one text are words `of_starts[r]` on of the other.

    Attributes:
        starts: In ascending order; runs never overlap in either text.
        of_starts: Places in the other text.
        lengths: Words.
    """

    starts: Offsets
    of_starts: Offsets
    lengths: Offsets


def index(hashes: Hashes) -> Indexed:
    """Prepares the words of a text; worth keeping where a text is aligned several times."""
    grams = shingles(hashes, _GRAM)
    places = np.argsort(grams, kind="stable")
    ordered = grams[places]
    changes = np.flatnonzero(ordered[1:] != ordered[:-1]) + 1
    ends = np.append(changes, len(ordered))
    heads = np.concatenate([[0], changes])
    sizes = ends - heads
    occurrences = np.empty(len(grams), dtype=np.int64)
    occurrences[places] = np.arange(len(grams)) - np.repeat(heads, sizes)
    return Indexed(hashes, grams, ordered, places, np.repeat(ends, sizes), occurrences)


_NONE = np.empty(0, dtype=np.int64)
NO_RUNS = Runs(_NONE, _NONE, _NONE)


def align(text: Indexed, other: Indexed) -> Runs:
    """Finds the words that two texts share.

    Args:
        text: One text.
        other: The other text.

    Returns:
        Their runs, the longest chosen first where runs compete for the same words.
    """
    if len(text.hashes) >= MIN_RUN and np.array_equal(text.hashes, other.hashes):
        whole = np.array([len(text.hashes)], dtype=np.int64)
        return Runs(np.zeros(1, np.int64), np.zeros(1, np.int64), whole)
    starts, of_starts, lengths = _diagonal_runs(text, other)
    long = lengths >= MIN_RUN
    if not long.any():
        return NO_RUNS
    chosen = _without_overlap(
        starts[long], of_starts[long], lengths[long], len(text.hashes), len(other.hashes)
    )
    short = ~long
    if short.any() and chosen:
        sizes = len(text.hashes), len(other.hashes)
        chosen = _continue(chosen, starts[short], of_starts[short], lengths[short], *sizes)
    runs = np.array(sorted(chosen), dtype=np.int64).reshape(-1, 3)
    return Runs(runs[:, 0], runs[:, 1], runs[:, 2])


def _diagonal_runs(text: Indexed, other: Indexed) -> tuple[Offsets, Offsets, Offsets]:
    if not len(text.grams) or not len(other.grams):
        return _NONE, _NONE, _NONE
    found = np.searchsorted(other.sorted_grams, text.grams)
    found[found == len(other.sorted_grams)] = 0
    ours = np.flatnonzero(other.sorted_grams[found] == text.grams)
    first = found[ours]
    counts = other.next_gram[first] - first
    if len(counts) and counts.max() > 1:
        kept = np.minimum(counts, _MAX_OCCURRENCES)
        middle = text.occurrences[ours] - _MAX_OCCURRENCES // 2
        first = first + np.clip(middle, 0, counts - kept)
        counts = kept
        ours = np.repeat(ours, counts)
        theirs = other.places[ranges(first, counts)]
    else:
        theirs = other.places[first]
    diagonals = theirs - ours
    order = np.argsort(diagonals, kind="stable")  # within a diagonal, text order stays
    ours, theirs, diagonals = ours[order], theirs[order], diagonals[order]
    breaks = np.flatnonzero((diagonals[1:] != diagonals[:-1]) | (ours[1:] != ours[:-1] + 1)) + 1
    heads = np.concatenate([[0], breaks]) if len(ours) else _NONE
    tails = np.append(breaks, len(ours)) if len(ours) else _NONE
    return ours[heads], theirs[heads], tails - heads + (_GRAM - 1)


Run = tuple[int, int, int]


def _without_overlap(
    starts: Offsets, of_starts: Offsets, lengths: Offsets, words: int, of_words: int
) -> list[Run]:
    order = np.argsort(starts, kind="stable")
    ends, of_ends = starts + lengths, of_starts + lengths
    of_order = np.argsort(of_starts, kind="stable")
    runs = list(zip(starts.tolist(), of_starts.tolist(), lengths.tolist(), strict=True))
    if bool(
        (ends[order][:-1] <= starts[order][1:]).all()
        and (of_ends[of_order][:-1] <= of_starts[of_order][1:]).all()
    ):
        return runs
    used = np.zeros(words, dtype=np.bool_)
    of_used = np.zeros(of_words, dtype=np.bool_)
    chosen: list[Run] = []
    for start, of_start, length in sorted(runs, key=lambda run: (-run[2], run[0], run[1])):
        taken = used[start : start + length] | of_used[of_start : of_start + length]
        for offset, free in _free_stretches(taken):
            if free >= MIN_RUN:
                chosen.append((start + offset, of_start + offset, free))
                used[start + offset : start + offset + free] = True
                of_used[of_start + offset : of_start + offset + free] = True
    return chosen


def _free_stretches(taken: npt.NDArray[np.bool_]) -> list[tuple[int, int]]:
    if not taken.any():
        return [(0, len(taken))]
    if taken.all():
        return []
    edges = np.flatnonzero(np.diff(np.concatenate([[True], taken, [True]]).astype(np.int8)))
    return [(int(a), int(b - a)) for a, b in zip(edges[0::2], edges[1::2], strict=True)]


def _continue(
    anchors: list[Run],
    starts: Offsets,
    of_starts: Offsets,
    lengths: Offsets,
    words: int,
    of_words: int,
) -> list[Run]:
    """Adds short runs that follow or precede a chosen run within a small gap in both texts."""
    diagonals = np.unique([of_start - start for start, of_start, _ in anchors])
    ours = of_starts - starts
    right = np.minimum(np.searchsorted(diagonals, ours), len(diagonals) - 1)
    left = np.maximum(right - 1, 0)
    distance = np.minimum(np.abs(diagonals[right] - ours), np.abs(diagonals[left] - ours))
    # A chain of short runs may drift; four gaps' worth is as far as it is followed.
    near = distance <= 4 * MAX_GAP
    shorts = zip(
        starts[near].tolist(), of_starts[near].tolist(), lengths[near].tolist(), strict=True
    )
    used, of_used = bytearray(words), bytearray(of_words)
    for start, of_start, length in anchors:
        used[start : start + length] = b"\1" * length
        of_used[of_start : of_start + length] = b"\1" * length
    chosen = set(anchors)
    pending = sorted([*anchors, *shorts])
    for reverse in (False, True):
        last: Run | None = None
        for run in reversed(pending) if reverse else pending:
            if run in chosen:
                last = run
            elif last is not None and _follows(*((run, last) if reverse else (last, run))):
                start, of_start, length = run
                free = used.find(1, start, start + length) < 0
                if free and of_used.find(1, of_start, of_start + length) < 0:
                    used[start : start + length] = b"\1" * length
                    of_used[of_start : of_start + length] = b"\1" * length
                    chosen.add(run)
                    last = run
    return list(chosen)


def _follows(before: Run, after: Run) -> bool:
    gap = after[0] - before[0] - before[2]
    of_gap = after[1] - before[1] - before[2]
    return 0 <= gap <= MAX_GAP and 0 <= of_gap <= MAX_GAP
