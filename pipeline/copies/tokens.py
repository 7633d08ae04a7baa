r"""Words of many texts at once, as numpy arrays with offsets into the original text.

A word is a run of letters, digits and underscores (`\w`) together with the combining marks on
them. Words are compared after NFKD and case folding, without marks: `États-Unis`, `ETATS-UNIS` and
`Etats-Unis` are the same two words, as French newsrooms write capitals with and without accents.
Decomposing one code point at a time keeps every offset exact, which normalising the text would not.
"""

import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Hashes = npt.NDArray[np.uint64]
Offsets = npt.NDArray[np.int64]
Positions = npt.NDArray[np.int32]
Mask = npt.NDArray[np.bool_]

_WORD, _MARK, _BREAK, _WIDE, _STOP, _KNOWN = 1, 2, 4, 8, 64, 128
CAPITAL = 16
"""Bit of `Tokens.shapes`: the word begins with a capital."""
DIGIT = 32
"""Bit of `Tokens.shapes`: the word begins with a digit."""
SENTENCE = 64
"""Bit of `Tokens.shapes`: the word begins with a capital after a full stop or the like."""

_CODE_POINTS = 0x110000
# Texts are joined into slabs of about this many code points: large enough to drown the cost of a
# numpy call, small enough to stay in the processor's cache.
_SLAB = 60_000
# Characters beyond this place in one word no longer get a power of their own; only a hostile text
# has such words, and it still gets a deterministic hash.
_POWERS = 1 << 12

_MULTIPLIER = 0x9E3779B97F4A7C15


class Tokens(NamedTuple):
    """The words of some texts, one after the other.

    Attributes:
        hashes: 64-bit hash of each folded word.
        starts: First code point in the word's own text.
        ends: One past its last.
        shapes: `CAPITAL` and `DIGIT` bits of its first character, and `SENTENCE`.
        lines: Line of the word, counted from 0 in its own text.
        bounds: `bounds[t]:bounds[t + 1]` are the words of text `t`.
    """

    hashes: Hashes
    starts: Positions
    ends: Positions
    shapes: npt.NDArray[np.uint8]
    lines: Positions
    bounds: Offsets

    def text(self, index: int) -> "Tokens":
        """The words of one text alone; views, not copies."""
        low, high = int(self.bounds[index]), int(self.bounds[index + 1])
        return Tokens(
            self.hashes[low:high],
            self.starts[low:high],
            self.ends[low:high],
            self.shapes[low:high],
            self.lines[low:high],
            np.array([0, high - low], dtype=np.int64),
        )


def mix(values: Hashes) -> Hashes:
    """Spreads 64-bit values evenly (the finaliser of splitmix64; Steele and others, 2014)."""
    mixed = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))


def _powers(count: int) -> Hashes:
    factors = np.full(count, _MULTIPLIER, dtype=np.uint64)
    factors[0] = 1
    return np.multiply.accumulate(factors)


_POWER_TABLE = _powers(_POWERS)


class _CharacterTable:
    """What is known of each code point; filled as characters are met, the same in every process."""

    def __init__(self) -> None:
        self.classes = np.zeros(_CODE_POINTS, dtype=np.uint8)
        self.folded = np.zeros(_CODE_POINTS, dtype=np.uint64)
        self.wide: dict[int, Hashes] = {}

    def classify(self, codes: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint8]:
        """Class bits of each code point."""
        classes = self.classes.take(codes)
        if not classes.all():
            for code in np.unique(codes[classes == 0]).tolist():
                self._learn(code)
            classes = self.classes.take(codes)
        return classes

    def _learn(self, code: int) -> None:
        character = chr(code)
        bits = _KNOWN
        if unicodedata.category(character).startswith("M"):
            bits |= _WORD | _MARK
        elif character.isalnum() or character == "_":
            bits |= _WORD
            if character.isdigit():
                bits |= DIGIT
            elif character.isupper() or character.istitle():
                bits |= CAPITAL
            folded = [ord(part) for part in _fold(character)]
            values = mix(np.array(folded, dtype=np.uint64) + np.uint64(_MULTIPLIER))
            if len(folded) == 1:
                self.folded[code] = values[0]
            elif folded:
                bits |= _WIDE
                self.wide[code] = values
            else:
                bits |= _MARK
        elif character in "\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029":
            bits |= _BREAK
        elif character in ".!?…":
            bits |= _STOP
        self.classes[code] = bits


def _fold(character: str) -> str:
    decomposed = unicodedata.normalize("NFKD", character)
    folded = unicodedata.normalize("NFKD", decomposed.casefold())
    # Unicode does not decompose these, but newsrooms do: `oeuvre` and `œuvre`.
    folded = folded.replace("œ", "oe").replace("æ", "ae")
    return "".join(c for c in folded if not unicodedata.category(c).startswith("M"))


_TABLE = _CharacterTable()


def tokenise(texts: Sequence[str]) -> Tokens:
    """Splits texts into words.

    Args:
        texts: Any strings; lone surrogates, NULs and texts without a word are fine.

    Returns:
        Their words in order. The result for a text does not depend on its neighbours.
    """
    slabs: list[Tokens] = []
    first = 0
    while first < len(texts):
        last, size = first, 0
        while last < len(texts) and (last == first or size + len(texts[last]) <= _SLAB):
            size += len(texts[last]) + 1
            last += 1
        slabs.append(_tokenise_slab(texts[first:last]))
        first = last
    return join(slabs)


def join(parts: Sequence[Tokens]) -> Tokens:
    """Puts the words of several groups of texts one after the other."""
    if len(parts) == 1:
        return parts[0]
    shifts = np.cumsum([0] + [len(part.hashes) for part in parts])
    bounds = [part.bounds[:-1] + shift for part, shift in zip(parts, shifts, strict=False)]
    return Tokens(
        _concatenate([part.hashes for part in parts], np.uint64),
        _concatenate([part.starts for part in parts], np.int32),
        _concatenate([part.ends for part in parts], np.int32),
        _concatenate([part.shapes for part in parts], np.uint8),
        _concatenate([part.lines for part in parts], np.int32),
        _concatenate([*bounds, np.array([shifts[-1]])], np.int64),
    )


def _concatenate(arrays: "list[npt.NDArray[np.generic]]", dtype: type[np.generic]):  # type: ignore[no-untyped-def]
    return np.concatenate(arrays).astype(dtype, copy=False) if arrays else np.empty(0, dtype)


def _tokenise_slab(texts: Sequence[str]) -> Tokens:
    # A line break ends each text, so that no word and no line crosses from one to the next.
    joined = "\n".join(texts) + "\n"
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    classes = _TABLE.classify(codes)
    offsets = np.zeros(len(texts) + 1, dtype=np.int64)
    np.cumsum([len(text) + 1 for text in texts], out=offsets[1:])

    is_word = (classes & _WORD) != 0
    edges = np.flatnonzero(is_word[1:] != is_word[:-1]) + 1
    if is_word[0]:
        edges = np.concatenate([[0], edges])
    starts, ends = edges[0::2], edges[1::2]  # the slab ends in a line break: edges come in pairs
    hashes = _hash_words(codes, classes, is_word, starts, ends)

    bounds = np.searchsorted(starts, offsets)
    owner = np.repeat(np.arange(len(texts)), np.diff(bounds))
    breaks = np.flatnonzero(classes & _BREAK)
    lines = np.searchsorted(breaks, starts) - np.searchsorted(breaks, offsets[:-1])[owner]
    own_offset = offsets[:-1][owner]
    shapes = classes[starts] & np.uint8(CAPITAL | DIGIT)
    after = np.searchsorted(starts, np.flatnonzero(classes & _STOP))
    after = after[after < len(starts)]
    shapes[after[(shapes[after] & CAPITAL) != 0]] |= np.uint8(SENTENCE)
    # The first word of a text does not know what stood before.
    shapes[bounds[:-1][np.diff(bounds) > 0]] &= np.uint8(CAPITAL | DIGIT)
    return Tokens(
        hashes,
        (starts - own_offset).astype(np.int32),
        (ends - own_offset).astype(np.int32),
        shapes,
        lines.astype(np.int32),
        bounds.astype(np.int64),
    )


def _hash_words(
    codes: npt.NDArray[np.uint32],
    classes: npt.NDArray[np.uint8],
    is_word: Mask,
    starts: Offsets,
    ends: Offsets,
) -> Hashes:
    """Polynomial hash of the folded characters of each word, modulo 2^64."""
    lengths = ends - starts
    chars, char_classes = codes[is_word], classes[is_word]
    hashes = _polynomials(_TABLE.folded.take(chars), lengths)
    special = np.flatnonzero(char_classes & (_MARK | _WIDE))
    if len(special):
        # Few words have a mark, which folds to nothing, or a ligature, which folds to several.
        firsts = np.cumsum(lengths) - lengths
        words = np.unique(np.searchsorted(firsts, special, side="right") - 1)
        chosen = ranges(firsts[words], lengths[words])
        hashes[words] = _hash_special(chars[chosen], char_classes[chosen], lengths[words])
    return hashes


def _hash_special(
    chars: npt.NDArray[np.uint32], classes: npt.NDArray[np.uint8], lengths: Offsets
) -> Hashes:
    widths = np.ones(len(chars), dtype=np.int64)
    widths[(classes & _MARK) != 0] = 0
    wide = np.flatnonzero((classes & (_MARK | _WIDE)) == _WIDE)
    parts = [_TABLE.wide[code] for code in chars[wide].tolist()]
    widths[wide] = [len(part) for part in parts]
    values = np.repeat(_TABLE.folded[chars], widths)
    if parts:
        values[ranges((np.cumsum(widths) - widths)[wide], widths[wide])] = np.concatenate(parts)
    words = np.repeat(np.arange(len(lengths)), lengths)
    folded = np.bincount(words, weights=widths, minlength=len(lengths)).astype(np.int64)
    return _polynomials(values, folded)


def _polynomials(values: Hashes, lengths: Offsets) -> Hashes:
    firsts = np.cumsum(lengths) - lengths
    places = np.arange(len(values)) - np.repeat(firsts, lengths)
    terms = values * _POWER_TABLE.take(places, mode="clip")
    # Differences of running sums, as reduceat misreads words that fold to nothing.
    sums = np.zeros(len(terms) + 1, dtype=np.uint64)
    np.cumsum(terms, out=sums[1:])
    return mix(sums[firsts + lengths] - sums[firsts] + lengths.astype(np.uint64))


def ranges(starts: Offsets, counts: Offsets) -> Offsets:
    """All of `starts[k]`, `starts[k] + 1`, … `counts[k]` numbers each, one after the other."""
    numbers: Offsets = np.arange(counts.sum()) + np.repeat(
        starts - (np.cumsum(counts) - counts), counts
    )
    return numbers
