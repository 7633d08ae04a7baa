"""Fingerprints and candidates cut into shards, so that many workers can find copies together.

What travels are a few packed arrays a shard, never one element a fingerprint. Each block brings
the dates and ids of its articles, from which every worker derives the same order of time.
"""

from collections.abc import Iterator, Sequence
from hashlib import blake2b
from typing import NamedTuple

import numpy as np

from pipeline.config import CopiesConfig
from pipeline.copies.candidates import Candidates, Timeline, add_up, select, shared_counts
from pipeline.copies.fingerprint import Fingerprints
from pipeline.copies.order import DAY, CopyInput, rank_key
from pipeline.copies.tokens import Hashes, Offsets


class Listed(NamedTuple):
    """An article as candidates need it: what orders it in time, and how many fingerprints it has.

    It sorts in rank order.
    """

    rank: tuple[int, bool, str]
    start: int
    end: int
    fingerprints: int

    @property
    def article_id(self) -> str:
        """The article."""
        return self.rank[2]


class Postings(NamedTuple):
    """Fingerprints of some articles.

    Attributes:
        articles: The articles.
        owners: Index into `articles` for each fingerprint.
        values: The fingerprints.
    """

    articles: tuple[Listed, ...]
    owners: Offsets
    values: Hashes


class PairCounts(NamedTuple):
    """Fingerprints that pairs of articles share.

    Attributes:
        articles: The articles, in rank order.
        counted: The pairs, as indices into `articles`.
    """

    articles: tuple[Listed, ...]
    counted: Candidates


class Chosen(NamedTuple):
    """Pairs of article_ids to be aligned.

    Attributes:
        pairs: (later, earlier), sorted.
        article_ids: The articles of these pairs.
        overflow: Pairs that `max_candidates` left out.
    """

    pairs: tuple[tuple[str, str], ...]
    article_ids: frozenset[str]
    overflow: int


def post(articles: Sequence[CopyInput], found: Fingerprints) -> Postings:
    """Lists the fingerprints of some articles."""
    totals = np.diff(found.bounds)
    listed = tuple(
        Listed(rank_key(article), article.start, article.end, total)
        for article, total in zip(articles, totals.tolist(), strict=True)
    )
    return Postings(listed, np.repeat(np.arange(len(listed)), totals), found.values)


def by_fingerprint(postings: Postings, shards: int) -> Iterator[tuple[int, Postings]]:
    """Cuts postings so that equal fingerprints come to the same shard."""
    homes = ((postings.values >> np.uint64(32)) % np.uint64(shards)).astype(np.int64)
    for shard in np.unique(homes).tolist():
        chosen = homes == shard
        owners, places = np.unique(postings.owners[chosen], return_inverse=True)
        listed = tuple(postings.articles[owner] for owner in owners.tolist())
        yield shard, Postings(listed, places.astype(np.int64), postings.values[chosen])


def count_pairs(blocks: Sequence[Postings], config: CopiesConfig) -> PairCounts:
    """Counts the fingerprints that articles of one shard share."""
    articles, indices = _merge([block.articles for block in blocks])
    owners = [rank[block.owners] for rank, block in zip(indices, blocks, strict=True)]
    timeline = Timeline(
        np.array([article.start for article in articles], dtype=np.int64),
        np.array([article.end for article in articles], dtype=np.int64),
    )
    counted = shared_counts(
        np.concatenate([block.values for block in blocks]),
        np.concatenate(owners),
        timeline,
        int(config.horizon_days * DAY),
        config.max_postings,
    )
    return PairCounts(articles, counted)


def by_later(pairs: PairCounts, shards: int) -> Iterator[tuple[int, PairCounts]]:
    """Cuts pairs so that all pairs of one later article come to the same shard."""
    counted = pairs.counted
    homes = np.array([home(a.article_id, shards) for a in pairs.articles], dtype=np.int64)
    targets = homes[counted.later]
    for shard in np.unique(targets).tolist():
        chosen = targets == shard
        used, places = np.unique(
            np.concatenate([counted.later[chosen], counted.earlier[chosen]]), return_inverse=True
        )
        later, earlier = np.split(places.astype(np.int64), 2)
        listed = tuple(pairs.articles[index] for index in used.tolist())
        yield shard, PairCounts(listed, Candidates(later, earlier, counted.shared[chosen], 0))


def home(article_id: str, shards: int) -> int:
    """The shard of an article."""
    digest = blake2b(article_id.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little") % shards


def choose(blocks: Sequence[PairCounts], config: CopiesConfig) -> Chosen:
    """Adds up what all fingerprint shards counted, and keeps the candidates."""
    articles, indices = _merge([block.articles for block in blocks])
    counted = add_up(
        [
            block.counted._replace(
                later=rank[block.counted.later], earlier=rank[block.counted.earlier]
            )
            for rank, block in zip(indices, blocks, strict=True)
        ]
    )
    totals = np.array([article.fingerprints for article in articles], dtype=np.int64)
    best = select(counted, totals, config.min_shared, config.max_candidates)
    ids = [article.article_id for article in articles]
    pairs = sorted(
        (ids[later], ids[earlier])
        for later, earlier in zip(best.later.tolist(), best.earlier.tolist(), strict=True)
    )
    return Chosen(tuple(pairs), frozenset(one for pair in pairs for one in pair), best.overflow)


def _merge(tables: Sequence[tuple[Listed, ...]]) -> tuple[tuple[Listed, ...], list[Offsets]]:
    """All articles in rank order, and for each table the ranks of its articles."""
    articles = tuple(sorted({article for table in tables for article in table}))
    ranks = {article.article_id: rank for rank, article in enumerate(articles)}
    return articles, [
        np.array([ranks[article.article_id] for article in table], dtype=np.int64)
        for table in tables
    ]
