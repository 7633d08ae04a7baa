"""Which article a copy was copied from: one original an article."""

from collections.abc import Iterable, Mapping
from itertools import groupby
from operator import attrgetter

from pipeline.copies.relation import COPY_RELATIONS, PARTIAL
from pipeline.records import CopyPair

RankKey = tuple[int, bool, str]


def mark_originals(pairs: Iterable[CopyPair], ranks: Mapping[str, RankKey]) -> tuple[CopyPair, ...]:
    """Marks, for each article, the pair that names its original.

    That is the earliest article that it is an exact copy, near duplicate or reprint of; failing
    that, the earliest that it shares a part with. A quotation has no original here: both articles
    quote the same speaker.

    Args:
        pairs: All pairs of each article.
        ranks: `order.rank_key` of each article that is copied.

    Returns:
        The pairs, sorted by article_id and of_article_id.
    """
    marked: list[CopyPair] = []
    ordered = sorted(pairs)
    for _, group in groupby(ordered, key=attrgetter("article_id")):
        own = list(group)
        sources = [pair for pair in own if pair.relation in COPY_RELATIONS] or [
            pair for pair in own if pair.relation == PARTIAL
        ]
        first = min(sources, key=lambda pair: ranks[pair.of_article_id], default=None)
        marked.extend(pair._replace(original=pair is first) for pair in own)
    return tuple(marked)


def copy_of(pairs: Iterable[CopyPair]) -> CopyPair | None:
    """The pair that names an article's original.

    Args:
        pairs: All pairs in which the article is the later one, as `find_copies` marks them.

    Returns:
        Its exact, near_duplicate, reprint or partial pair; None for an article that is no copy.
    """
    return min((pair for pair in pairs if pair.original), default=None)
