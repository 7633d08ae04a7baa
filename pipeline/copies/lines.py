"""Lines and sentences of texts, each with what its text is about: what boilerplate is learnt from.

A site's own words stand in lines of their own or, where the line breaks of a page were lost, as
sentences within one line. Both are counted, apart from each other.
"""

from typing import NamedTuple

import numpy as np

from pipeline.copies.fingerprint import SHINGLE_WORDS, shingles
from pipeline.copies.tokens import DIGIT, SENTENCE, Hashes, Mask, Offsets, Tokens, mix, ranges

_ODD = 0xA0761D6478BD642F
_NUMBER = np.uint64(0xE7037ED1A0B428DB)
_SENTENCE_KEY = np.uint64(0x8EBC6AF09C88C6E3)
# A shorter sentence makes no run by itself, and often ends at an abbreviation.
_SENTENCE_WORDS = 6


class Lines(NamedTuple):
    """The lines of texts that have more than one line, then the sentences of those with more.

    Attributes:
        texts: Index of the text of each line.
        firsts: Its first word, in the tokens of all the texts.
        words: Its words.
        keys: Hash of its words in their order; numbers count as equal, as in a line with the time.
        contexts: What the text is about apart from this line; 0 if that cannot be told.
        sentences: True for a sentence.
    """

    texts: Offsets
    firsts: Offsets
    words: Offsets
    keys: Hashes
    contexts: Hashes
    sentences: Mask


def lines(tokens: Tokens) -> Lines:
    """Finds the lines of the texts that have at least two, and the sentences likewise."""
    owners = np.repeat(np.arange(len(tokens.bounds) - 1), np.diff(tokens.bounds))
    hashes = np.where((tokens.shapes & DIGIT) != 0, _NUMBER, tokens.hashes)
    first_of_line = np.ones(len(owners), dtype=np.bool_)
    first_of_line[1:] = (owners[1:] != owners[:-1]) | (tokens.lines[1:] != tokens.lines[:-1])
    first_of_sentence = first_of_line | ((tokens.shapes & SENTENCE) != 0)
    whole = _parts(tokens, hashes, owners, np.flatnonzero(first_of_line), sentences=False)
    parts = _parts(tokens, hashes, owners, np.flatnonzero(first_of_sentence), sentences=True)
    return Lines(*(np.concatenate(columns) for columns in zip(whole, parts, strict=True)))


def _parts(
    tokens: Tokens, hashes: Hashes, owners: Offsets, firsts: Offsets, *, sentences: bool
) -> Lines:
    texts = owners[firsts]
    words = np.diff(np.append(firsts, len(owners)))
    several = np.bincount(texts, minlength=1)[texts] > 1
    firsts, texts, words = firsts[several], texts[several], words[several]

    place = ranges(np.zeros(len(words), dtype=np.int64), words)
    # Positions enter through mix, so that a line of any length is hashed in one pass.
    chosen = hashes if several.all() else hashes[ranges(firsts, words)]
    terms = mix(chosen + place.astype(np.uint64) * np.uint64(_ODD))
    heads = np.cumsum(words) - words
    keys = mix(np.add.reduceat(terms, heads)) if len(heads) else np.empty(0, dtype=np.uint64)
    if sentences:
        keys = mix(keys ^ _SENTENCE_KEY)
    contexts = _contexts(tokens, texts, firsts, words, keys)
    kept = words >= (_SENTENCE_WORDS if sentences else 1)
    return Lines(
        texts[kept],
        firsts[kept],
        words[kept],
        keys[kept],
        contexts[kept],
        np.full(np.count_nonzero(kept), sentences),
    )


def _contexts(
    tokens: Tokens, texts: Offsets, firsts: Offsets, words: Offsets, keys: Hashes
) -> Hashes:
    if not len(texts):
        return np.empty(0, dtype=np.uint64)
    # The two longest different lines of each text; of equals the one with the smaller key.
    order = np.lexsort((keys, -words, texts))
    heads = np.flatnonzero(np.concatenate([[True], texts[1:] != texts[:-1]]))
    number = np.repeat(np.arange(len(heads)), np.diff(np.append(heads, len(texts))))
    longest = order[heads]
    others = order[keys[order] != keys[longest][number]]
    with_other, at = np.unique(number[others], return_index=True)
    second = np.full(len(heads), -1, dtype=np.int64)
    second[with_other] = others[at]

    looked_at = np.concatenate([longest, second[with_other]])
    sketches = _sketches(tokens, firsts[looked_at], words[looked_at])
    otherwise = np.zeros(len(heads), dtype=np.uint64)
    otherwise[with_other] = sketches[len(heads) :]
    return np.where(
        keys == keys[longest][number], otherwise[number], sketches[: len(heads)][number]
    )


def _sketches(tokens: Tokens, firsts: Offsets, words: Offsets) -> Hashes:
    """Smallest sequence hash of each line: mostly equal for two slightly different versions of it.

    0 for a line that is too short to have one.
    """
    sketches = np.zeros(len(firsts), dtype=np.uint64)
    counts = words - (SHINGLE_WORDS - 1)
    long = counts > 0
    if long.any():
        values = shingles(tokens.hashes[ranges(firsts[long], words[long])], SHINGLE_WORDS)
        ends = np.cumsum(words[long])
        # Sequences that run over into the next line are left out.
        values = values[ranges(ends - words[long], counts[long])]
        heads = np.cumsum(counts[long]) - counts[long]
        sketches[long] = np.minimum.reduceat(values, heads) | np.uint64(1)
    return sketches
