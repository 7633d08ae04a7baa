"""Fingerprints: a fixed sample of the word sequences of a text.

FracMinHash (Irber and others, 2022): of all sequences of five words those are kept whose hash falls
under a fixed bound. Unlike a fixed number a text, the sample of a part lies within the sample of
the whole, so that a short item is found inside a long one. Short texts get a minimum.
"""

from typing import NamedTuple

import numpy as np

from pipeline.copies.tokens import Hashes, Offsets, mix, ranges

SHINGLE_WORDS = 5
"""Words of one sequence; the length that separated best in the measured baselines."""

_ODD = np.uint64(0xD1342543DE82EF95)


class Fingerprints(NamedTuple):
    """Fingerprints of some texts.

    Attributes:
        values: Sorted within each text, without repeats.
        bounds: `bounds[t]:bounds[t + 1]` are those of text `t`.
    """

    values: Hashes
    bounds: Offsets


def shingles(hashes: Hashes, words: int) -> Hashes:
    """Hashes of all sequences of `words` neighbouring words; empty if there are fewer."""
    count = len(hashes) - words + 1
    if count <= 0:
        return np.empty(0, dtype=np.uint64)
    # Horner's rule over shifted views: each step takes in one more word.
    total = hashes[:count].copy()
    for shift in range(1, words):
        total *= _ODD
        total += hashes[shift : shift + count]
    return mix(total)


def fingerprints(hashes: Hashes, bounds: Offsets, rate: int, minimum: int) -> Fingerprints:
    """Samples the word sequences of each text.

    Args:
        hashes: Words of the texts, boilerplate left out.
        bounds: `bounds[t]:bounds[t + 1]` are the words of text `t`.
        rate: One sequence in `rate` is kept.
        minimum: A text with fewer keeps the `minimum` smallest of all its sequences.

    Returns:
        The fingerprints of each text; a text under five words has none.
    """
    values = shingles(hashes, SHINGLE_WORDS)
    texts = len(bounds) - 1
    counts = np.maximum(np.diff(bounds) - (SHINGLE_WORDS - 1), 0)
    # A sequence belongs to a text if its last word does too.
    values = values[ranges(bounds[:-1], counts)]
    owners = np.repeat(np.arange(texts), counts)
    ends = np.cumsum(counts)

    limit = np.uint64((1 << 64) // rate - 1)
    chosen = values <= limit
    sampled = np.bincount(owners[chosen], minlength=texts)
    for text in np.flatnonzero((sampled < minimum) & (sampled < counts)).tolist():
        low, high = ends[text] - counts[text], ends[text]
        distinct = np.unique(values[low:high])
        chosen[low:high] = values[low:high] <= distinct[min(minimum, len(distinct)) - 1]
    values, owners = values[chosen], owners[chosen]
    order = np.lexsort((values, owners))
    values, owners = values[order], owners[order]
    fresh = np.ones(len(values), dtype=np.bool_)
    fresh[1:] = (values[1:] != values[:-1]) | (owners[1:] != owners[:-1])
    values, owners = values[fresh], owners[fresh]
    return Fingerprints(values, np.searchsorted(owners, np.arange(texts + 1)).astype(np.int64))
