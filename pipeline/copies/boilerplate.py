"""Lines that recur in the articles of one source and are no copy: signatures, appeals, menus.

A line that stands in several articles of one source, *each time beside another text*, belongs to
the source and not to the article. A line of a dispatch that a source prints several times stands
beside the same text, and is kept. What a text is about is told by its longest other line.

Learning looks at one stretch of time, as long as the horizon, with the stretch before and after it,
so that what is learnt about an article does not depend on articles far away in time.
"""

from collections.abc import Sequence
from hashlib import blake2b
from typing import NamedTuple

import numpy as np

from pipeline.config import CopiesConfig
from pipeline.copies.fingerprint import SHINGLE_WORDS, shingles
from pipeline.copies.order import DAY, UNDATED_START, CopyInput
from pipeline.copies.tokens import DIGIT, Hashes, Mask, Offsets, Tokens, mix, ranges

_ODD = 0xA0761D6478BD642F
_NUMBER = np.uint64(0xE7037ED1A0B428DB)


class Lines(NamedTuple):
    """The lines of some texts that have more than one line.

    Attributes:
        texts: Index of the text of each line.
        firsts: Its first word, in the tokens of all the texts.
        words: Its words.
        keys: Hash of its words in their order; numbers count as equal, as in a line with the time.
        contexts: What the text is about apart from this line; 0 if that cannot be told.
    """

    texts: Offsets
    firsts: Offsets
    words: Offsets
    keys: Hashes
    contexts: Hashes


class LineCounts(NamedTuple):
    """One line beside one context, in one source and stretch of time: what learning counts.

    Attributes:
        keys: Hash of source, stretch and line.
        contexts: As in `Lines`.
        needed: Contexts that make it boilerplate; depends on its length and its source.
        moments: Number of the three days in which it was published; -1 if that is not known.
        spread: Moments that make it boilerplate with fewer contexts; depends on its length.
    """

    keys: Hashes
    contexts: Hashes
    needed: Offsets
    moments: Offsets
    spread: Offsets

    def take(self, rows: Mask) -> "LineCounts":
        """Some of the lines."""
        return LineCounts(
            self.keys[rows],
            self.contexts[rows],
            self.needed[rows],
            self.moments[rows],
            self.spread[rows],
        )


def lines(tokens: Tokens) -> Lines:
    """Finds the lines of the texts that have at least two."""
    owners = np.repeat(np.arange(len(tokens.bounds) - 1), np.diff(tokens.bounds))
    fresh = np.ones(len(owners), dtype=np.bool_)
    fresh[1:] = (owners[1:] != owners[:-1]) | (tokens.lines[1:] != tokens.lines[:-1])
    firsts = np.flatnonzero(fresh)
    texts = owners[firsts]
    words = np.diff(np.append(firsts, len(owners)))
    several = np.bincount(texts, minlength=1)[texts] > 1
    firsts, texts, words = firsts[several], texts[several], words[several]

    place = ranges(np.zeros(len(words), dtype=np.int64), words)
    chosen = ranges(firsts, words)
    hashes = tokens.hashes[chosen]
    hashes = np.where((tokens.shapes[chosen] & DIGIT) != 0, _NUMBER, hashes)
    # Positions enter through mix, so that a line of any length is hashed in one pass.
    terms = mix(hashes + place.astype(np.uint64) * np.uint64(_ODD))
    heads = np.cumsum(words) - words
    keys = mix(np.add.reduceat(terms, heads)) if len(heads) else np.empty(0, dtype=np.uint64)
    return Lines(texts, firsts, words, keys, _contexts(tokens, texts, firsts, words, keys))


def _contexts(
    tokens: Tokens, texts: Offsets, firsts: Offsets, words: Offsets, keys: Hashes
) -> Hashes:
    if not len(texts):
        return np.empty(0, dtype=np.uint64)
    # The two longest different lines of each text; of equals the one with the smaller key.
    order = np.lexsort((keys, -words, texts))
    heads = np.searchsorted(texts, np.unique(texts))
    number = np.repeat(np.arange(len(heads)), np.diff(np.append(heads, len(texts))))
    longest = order[heads]
    others = order[keys[order] != keys[longest][number]]
    with_other, at = np.unique(number[others], return_index=True)
    second = np.full(len(heads), -1, dtype=np.int64)
    second[with_other] = others[at]

    sketches = _sketches(tokens, firsts, words)
    otherwise = np.where(second < 0, np.uint64(0), sketches[second])
    return np.where(keys == keys[longest][number], otherwise[number], sketches[longest][number])


def _sketches(tokens: Tokens, firsts: Offsets, words: Offsets) -> Hashes:
    """Smallest sequence hash of each line: mostly equal for two slightly different versions of it.

    0 for a line that is too short to have one.
    """
    sketches = np.zeros(len(firsts), dtype=np.uint64)
    counts = words - (SHINGLE_WORDS - 1)
    long = counts > 0
    if long.any():
        values = shingles(tokens.hashes, SHINGLE_WORDS)[ranges(firsts[long], counts[long])]
        heads = np.cumsum(counts[long]) - counts[long]
        sketches[long] = np.minimum.reduceat(values, heads) | np.uint64(1)
    return sketches


def stretch(article: CopyInput, config: CopiesConfig) -> int:
    """The stretch of time that an article belongs to; undated ones have one of their own."""
    if article.start == UNDATED_START:
        return -(2**31)
    return article.start // max(1, int(config.horizon_days * DAY))


def _place_key(source: str, number: int) -> int:
    digest = blake2b(source.encode("utf-8", "surrogatepass"), digest_size=8)
    digest.update(b"%d" % number)
    return int.from_bytes(digest.digest(), "little")


def count_lines(found: Lines, articles: Sequence[CopyInput], config: CopiesConfig) -> LineCounts:
    """Lines with their contexts, ready to be counted, alone or together with other articles'."""
    texts, firsts = np.unique(found.texts, return_index=True)
    per_text = np.diff(np.append(firsts, len(found.texts)))
    known = np.repeat(
        np.array([articles[text].source != "" for text in texts.tolist()], dtype=np.bool_), per_text
    )
    least = np.where(known, config.boilerplate_articles, config.boilerplate_articles_unknown)
    needed = least + found.words // 10
    usable = found.contexts != 0
    moments = np.repeat(
        np.array([_moment(articles[text]) for text in texts.tolist()], dtype=np.int64), per_text
    )
    spread = config.boilerplate_moments + found.words // 40
    parts = []
    for shift in (-1, 0, 1):
        places = [
            _place_key(articles[text].source, stretch(articles[text], config) + shift)
            for text in texts.tolist()
        ]
        keys = mix(found.keys ^ np.repeat(np.array(places, dtype=np.uint64), per_text))
        parts.append(keys[usable])
    return LineCounts(
        np.concatenate(parts),
        np.tile(found.contexts[usable], 3),
        np.tile(needed[usable], 3),
        np.tile(moments[usable], 3),
        np.tile(spread[usable], 3),
    )


def _moment(article: CopyInput) -> int:
    """A dispatch is reprinted within days, whereas a site's own lines come back week after week."""
    return article.start // (3 * DAY) if article.end - article.start <= DAY else -1


def learn(counts: Sequence[LineCounts]) -> Hashes:
    """Keys of the lines that are boilerplate, sorted.

    A line must have stood beside `needed` different contexts, or beside as many as `spread` at as
    many different moments; and at least every fourth of its occurrences beside a new context.
    """
    if not sum(len(part.keys) for part in counts):
        return np.empty(0, dtype=np.uint64)
    keys = np.concatenate([part.keys for part in counts])
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    heads = np.flatnonzero(np.concatenate([[True], keys[1:] != keys[:-1]]))
    contexts = _different(keys, np.concatenate([part.contexts for part in counts])[order], heads)
    when = np.concatenate([part.moments for part in counts])[order]
    moments = _different(keys, when.astype(np.uint64), heads)
    moments -= np.minimum.reduceat(when, heads) < 0  # an unknown moment is none
    needed = np.concatenate([part.needed for part in counts])[order][heads]
    spread = np.concatenate([part.spread for part in counts])[order][heads]
    occurrences = np.diff(np.append(heads, len(keys)))
    recurs = (contexts >= needed) | ((moments >= spread) & (contexts >= spread))
    return keys[heads[recurs & (contexts * 4 >= occurrences)]]


def _different(keys: Hashes, values: Hashes, heads: Offsets) -> Offsets:
    """How many different values stand beside each key; `keys` are sorted, `heads` their firsts."""
    values = values[np.lexsort((values, keys))]
    new = np.ones(len(keys), dtype=np.int64)
    new[1:] = (keys[1:] != keys[:-1]) | (values[1:] != values[:-1])
    different: Offsets = np.add.reduceat(new, heads)
    return different


def kept_words(
    words: int,
    found: Lines,
    articles: Sequence[CopyInput],
    learnt: Hashes,
    config: CopiesConfig,
) -> Mask:
    """Tells boilerplate from the rest.

    Args:
        words: How many words the articles have.
        found: Their lines.
        articles: The articles.
        learnt: As `learn` gives it.
        config: The rule.

    Returns:
        For each word, False if it stands in a line that is boilerplate in its source and time.
    """
    kept = np.ones(words, dtype=np.bool_)
    if not len(learnt) or not len(found.texts):
        return kept
    texts, firsts = np.unique(found.texts, return_index=True)
    per_text = np.diff(np.append(firsts, len(found.texts)))
    places = [
        _place_key(articles[text].source, stretch(articles[text], config))
        for text in texts.tolist()
    ]
    keys = mix(found.keys ^ np.repeat(np.array(places, dtype=np.uint64), per_text))
    at = np.minimum(np.searchsorted(learnt, keys), len(learnt) - 1)
    dropped = learnt[at] == keys
    kept[ranges(found.firsts[dropped], found.words[dropped])] = False
    return kept
