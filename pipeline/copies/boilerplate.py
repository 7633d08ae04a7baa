"""Lines that recur in the articles of one source and are no copy: signatures, appeals, menus.

A line that stands in several articles of one source, *each time beside another text*, belongs to
the source and not to the article. A line of a dispatch that a source prints several times stands
beside the same text, and is kept. What a text is about is told by its longest other line. Sentences
within a line are learnt likewise, with more caution: they must come back over time.

Learning looks at one month, so that what is learnt about an article does not depend on articles of
other months.
"""

import functools
from collections.abc import Sequence
from hashlib import blake2b
from typing import NamedTuple

import numpy as np

from pipeline.config import CopiesConfig
from pipeline.copies.lines import Lines, lines
from pipeline.copies.order import DAY, UNDATED_START, CopyInput
from pipeline.copies.tokens import Hashes, Mask, Offsets, mix, ranges
from pipeline.months import month_of_micros, number_of

__all__ = ["LineCounts", "Lines", "count_lines", "kept_words", "learn", "lines", "month"]

_MONTH = np.uint64(0xD6E8FEB86659FD93)
# Within a line, a sentence needs as many times the contexts unless it comes back over time.
_TIMES_IN_ONE_LINE = 4
_UNREACHABLE = 2**31 - 1


class LineCounts(NamedTuple):
    """One line beside one context, in one source and month: what learning counts.

    Attributes:
        keys: Hash of source, line and month.
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

    def take(self, rows: Mask | Offsets) -> "LineCounts":
        """Some of the lines."""
        return LineCounts(
            self.keys[rows],
            self.contexts[rows],
            self.needed[rows],
            self.moments[rows],
            self.spread[rows],
        )


@functools.lru_cache(maxsize=4_096)
def _month(day: int) -> int:
    return number_of(month_of_micros(day * DAY))


def month(article: CopyInput) -> int:
    """Number of the month that an article begins in; undated ones have one of their own."""
    return -1 if article.start == UNDATED_START else _month(article.start // DAY)


def _source_key(source: str) -> int:
    digest = blake2b(source.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little")


def _keys(found: Lines, articles: Sequence[CopyInput]) -> Hashes:
    """Keys of lines in one source and month."""
    sources = np.array([_source_key(article.source) for article in articles], dtype=np.uint64)
    months = np.array([month(article) for article in articles], dtype=np.int64).astype(np.uint64)
    return mix(mix(found.keys ^ sources[found.texts]) ^ mix(months * _MONTH)[found.texts])


def count_lines(found: Lines, articles: Sequence[CopyInput], config: CopiesConfig) -> LineCounts:
    """Lines with their contexts, ready to be counted, alone or together with other articles'."""
    known = np.array([article.source != "" for article in articles], dtype=np.bool_)[found.texts]
    moments = np.array([_moment(article) for article in articles], dtype=np.int64)[found.texts]
    least = np.where(known, config.boilerplate_articles, config.boilerplate_articles_unknown)
    needed = least + found.words // 10
    spread = config.boilerplate_moments + found.words // 40
    # A dispatch, too, is printed in one run of days beside many contexts, sentence by sentence.
    needed = np.where(
        found.sentences, np.where(known, _TIMES_IN_ONE_LINE * needed, _UNREACHABLE), needed
    )
    return LineCounts(
        _keys(found, articles),
        found.contexts,
        needed,
        moments,
        spread,
    ).take(found.contexts != 0)


def _moment(article: CopyInput) -> int:
    """A dispatch is reprinted within days, whereas a site's own lines come back week after week."""
    return article.start // (3 * DAY) if article.end - article.start <= DAY else -1


def learn(counts: Sequence[LineCounts]) -> Hashes:
    """Keys of the lines that are boilerplate, sorted.

    A line must have stood beside `needed` different contexts, or beside as many as `spread` at
    as many different moments; and at least every fourth of its occurrences beside a new context.
    """
    if not sum(len(part.keys) for part in counts):
        return np.empty(0, dtype=np.uint64)
    found = LineCounts(*(np.concatenate(columns) for columns in zip(*counts, strict=True)))
    # Almost every line stands in a single article; only the others are looked at closely.
    _, number, times = np.unique(found.keys, return_inverse=True, return_counts=True)
    fewest = np.minimum(found.needed, found.spread)
    found = found.take(times[number] >= fewest)
    if not len(found.keys):
        return np.empty(0, dtype=np.uint64)
    rows = np.argsort(found.keys, kind="stable")
    keys = found.keys[rows]
    heads = np.flatnonzero(np.concatenate([[True], keys[1:] != keys[:-1]]))
    contexts = _different(keys, found.contexts[rows], heads)
    when = found.moments[rows]
    moments = _different(keys, when.astype(np.uint64), heads)
    moments -= np.minimum.reduceat(when, heads) < 0  # an unknown moment is none
    needed, spread = found.needed[rows][heads], found.spread[rows][heads]
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
    keys = _keys(found, articles)
    at = np.minimum(np.searchsorted(learnt, keys), len(learnt) - 1)
    dropped = learnt[at] == keys
    kept[ranges(found.firsts[dropped], found.words[dropped])] = False
    return kept
