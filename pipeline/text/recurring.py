"""Lines that stand in several articles of one source: what a site puts around all its articles.

A line that stands word for word in several articles of a source, each time beside another text, is
the site's and not the article's. A line of a dispatch that a source prints several times stands
beside the same text, and stays. What a text is about is told by its three longest other lines, any
of which may be the site's as well, or rather by a sketch of each, which mostly stays the same when
the line is edited.

Lines are learnt month by month, so that what an article says depends on no other month. Within one
cutting is not undone, so the rule only ever learns more: what is learnt from some articles holds
with any others beside them, and lines that were cut before are counted again from `removed`. The
result is therefore a function of the set of articles, in however many runs they arrive.

`pipeline.copies.boilerplate` asks a similar question for another purpose, to leave lines out of a
comparison; it may be bolder (numbers count as equal), as it cuts nothing.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from pipeline.months import month_of
from pipeline.records import Article, Removed, Span
from pipeline.text.article import with_body

REASON = "recurring"
_BREAK = "\n\n"
_WORDS_PER_ARTICLE = 4
_MOST_NEEDED = 20
_SUBHEAD_TIMES = 3
_CONTEXTS = 3
_SHINGLE = 3
_MAX_LINES = 1_000
_MAX_WORDS = 200
_WORD = re.compile(r"\w+")

Hashes: TypeAlias = npt.NDArray[np.uint64]
Counts: TypeAlias = npt.NDArray[np.int64]


class LineUses(NamedTuple):
    """Lines of articles, each with what it stood beside; the three go together.

    Attributes:
        keys: Hash of source, month and line.
        contexts: Sketches of the three longest other lines of the article, in three columns.
        owners: Hash of the article's identifier.
    """

    keys: Hashes
    contexts: Hashes
    owners: Hashes

    def take(self, rows: npt.NDArray[np.bool_]) -> "LineUses":
        """Some of the lines."""
        return LineUses(self.keys[rows], self.contexts[rows], self.owners[rows])


class Learnt(NamedTuple):
    """Lines that recur.

    Attributes:
        keys: Hash of source, month and line, sorted.
        counts: In how many articles, beside different texts, each was found.
    """

    keys: Hashes
    counts: Counts


class _Line(NamedTuple):
    start: int
    end: int
    key: int
    words: int


def uses(articles: Iterable[Article]) -> LineUses:
    """Lists the lines of articles whose source is known and that have more than one line.

    Lines that were cut as recurring before are among them.
    """
    rows: list[tuple[int, ...]] = []
    for article in articles:
        pieces = [article.body[line.start : line.end] for line in _lines(article)]
        pieces += [piece.text for piece in article.removed if piece.reason == REASON]
        if len(pieces) < 2 or not article.source:
            continue
        lines = {line.key: (line.words, text) for line, text in _keyed(_where(article), pieces)}
        order = sorted(lines, key=lambda key: (-lines[key][0], key))
        owner = _hash(article.article_id)
        sketches = [_sketch(lines[key][1]) for key in order[: _CONTEXTS + 1]]
        for place, key in enumerate(order if len(order) > 1 else ()):
            beside = [sketch for other, sketch in enumerate(sketches) if other != place]
            beside = (beside * _CONTEXTS)[:_CONTEXTS]
            rows.append((key, owner, *beside))
    table = np.array(rows, dtype=np.uint64).reshape(-1, 2 + _CONTEXTS)
    return LineUses(table[:, 0].copy(), table[:, 2:].copy(), table[:, 1].copy())


def learn(parts: Sequence[LineUses], least: int) -> Learnt:
    """Counts in how many articles, beside how many different texts, each line stood.

    Args:
        parts: In any order.
        least: Lines that were found less often are left out.
    """
    if not parts:
        return Learnt(np.empty(0, dtype=np.uint64), np.empty(0, dtype=np.int64))
    keys = np.concatenate([part.keys for part in parts])
    contexts = np.concatenate([part.contexts for part in parts])
    found, by_owner = _different(keys, np.concatenate([part.owners for part in parts]))
    by_context = [_different(keys, contexts[:, rank])[1] for rank in range(_CONTEXTS)]
    counts = np.minimum(by_owner, np.maximum.reduce(by_context))
    enough = counts >= least
    return Learnt(found[enough], counts[enough])


def together(parts: Sequence[Learnt]) -> Learnt:
    """Puts together what was learnt about different lines."""
    keys = np.concatenate([np.empty(0, dtype=np.uint64), *(part.keys for part in parts)])
    counts = np.concatenate([np.empty(0, dtype=np.int64), *(part.counts for part in parts)])
    order = np.argsort(keys)
    return Learnt(keys[order], counts[order])


def without_recurring(article: Article, learnt: Learnt, least: int) -> Article:
    """Cuts the lines that recur; the article itself where there are none.

    A line needs the more articles the longer it is, one more for every four words: background that
    an agency repeats in its dispatches for some days is no boilerplate. A sub-heading needs three
    times as many. The longest line of an article always stays.

    Args:
        article: The article; its credits stay, also those that a cut line gave.
        learnt: From `learn`.
        least: Articles that make a line of up to three words recurring.
    """
    lines = _lines(article)
    if len(lines) < 2 or not len(learnt.keys):
        return article
    keys = np.array([line.key for line in lines], dtype=np.uint64)
    at = np.minimum(np.searchsorted(learnt.keys, keys), len(learnt.keys) - 1)
    counts = np.where(learnt.keys[at] == keys, learnt.counts[at], 0)
    longest = min(lines, key=lambda line: (-line.words, line.key)).key
    subheads = {span.start for span in article.subheads}
    cut: list[bool] = []
    for line, count in zip(lines, counts.tolist(), strict=True):
        needed = (_SUBHEAD_TIMES if line.start in subheads else 1) * least
        needed += line.words // _WORDS_PER_ARTICLE
        cut.append(line.key != longest and count >= min(_MOST_NEEDED, needed))
    if not any(cut):
        return article
    return _cut(article, lines, cut)


def _cut(article: Article, lines: Sequence[_Line], cut: Sequence[bool]) -> Article:
    pieces: list[str] = []
    removed: list[Removed] = []
    moved: dict[int, int] = {}
    length = 0
    for line, gone in zip(lines, cut, strict=True):
        text = article.body[line.start : line.end]
        if gone:
            removed.append(Removed(text, REASON))
            continue
        moved[line.start] = length
        pieces.append(text)
        length += len(text) + len(_BREAK)
    subheads = tuple(
        Span(moved[span.start], moved[span.start] + span.end - span.start)
        for span in article.subheads
        if span.start in moved
    )
    body = _BREAK.join(pieces)
    return with_body(article, body, subheads, article.removed + tuple(removed))


def _lines(article: Article) -> list[_Line]:
    """The paragraphs of the body; none where the source is unknown or there are very many."""
    if not article.source or article.body.count(_BREAK) >= _MAX_LINES:
        return []
    found: list[_Line] = []
    where = _where(article)
    position = 0
    for text in article.body.split(_BREAK):
        found.append(_line(where, position, text))
        position += len(text) + len(_BREAK)
    return found


def _where(article: Article) -> str:
    """The source and the month, within which lines are learnt."""
    return f"{article.source}\0{month_of(article.published_edtf)}"


def _line(where: str, start: int, text: str) -> _Line:
    words = _WORD.findall(text.casefold())
    return _Line(start, start + len(text), _hash(f"{where}\0{' '.join(words)}"), len(words))


def _keyed(where: str, texts: Iterable[str]) -> Iterator[tuple[_Line, str]]:
    for text in texts:
        yield _line(where, 0, text), text


def _sketch(text: str) -> int:
    """The smallest hash of three words in a row."""
    words = _WORD.findall(text.casefold())[:_MAX_WORDS]
    shingles = range(max(1, len(words) - _SHINGLE + 1))
    return min(_hash(" ".join(words[i : i + _SHINGLE])) for i in shingles)


def _hash(text: str) -> int:
    digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little")


def _different(keys: Hashes, values: Hashes) -> tuple[Hashes, Counts]:
    """Each key once, sorted, and how many different values stand beside it."""
    if not len(keys):
        return keys, np.empty(0, dtype=np.int64)
    order = np.lexsort((values, keys))
    keys, values = keys[order], values[order]
    new_key = np.concatenate([[True], keys[1:] != keys[:-1]])
    new = new_key | np.concatenate([[True], values[1:] != values[:-1]])
    heads = np.flatnonzero(new_key)
    return keys[heads], np.add.reduceat(new.astype(np.int64), heads)
