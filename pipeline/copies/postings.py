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
from pipeline.copies.order import DAY, CopyInput, rank_key_of
from pipeline.copies.tokens import Hashes, Mask, Offsets


class Listed(NamedTuple):
    """Articles as candidates need them, in columns: small to send, quick to pickle.

    Attributes:
        article_ids: The articles.
        starts: Start of the publication interval.
        ends: Its end.
        credited: True if an agency is credited.
        fingerprints: How many fingerprints the article has.
        homes: The shard that verifies the article's candidates.
    """

    article_ids: list[str]
    starts: Offsets
    ends: Offsets
    credited: Mask
    fingerprints: Offsets
    homes: Offsets

    def take(self, rows: Offsets) -> "Listed":
        """Some of the articles."""
        return Listed(
            [self.article_ids[row] for row in rows.tolist()],
            self.starts[rows],
            self.ends[rows],
            self.credited[rows],
            self.fingerprints[rows],
            self.homes[rows],
        )


class Postings(NamedTuple):
    """Fingerprints of some articles.

    Attributes:
        articles: The articles.
        owners: Row of `articles` for each fingerprint.
        values: The fingerprints.
    """

    articles: Listed
    owners: Offsets
    values: Hashes


class PairCounts(NamedTuple):
    """Fingerprints that pairs of articles share.

    Attributes:
        articles: The articles, in rank order.
        counted: The pairs, as rows of `articles`.
    """

    articles: Listed
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


def post(articles: Sequence[CopyInput], found: Fingerprints, shards: int) -> Postings:
    """Lists the fingerprints of some articles."""
    totals = np.diff(found.bounds)
    listed = Listed(
        [article.article_id for article in articles],
        np.array([article.start for article in articles], dtype=np.int64),
        np.array([article.end for article in articles], dtype=np.int64),
        np.array([article.credited for article in articles], dtype=np.bool_),
        totals,
        np.array([home(article.article_id, shards) for article in articles], dtype=np.int64),
    )
    return Postings(listed, np.repeat(np.arange(len(articles)), totals), found.values)


def home(article_id: str, shards: int) -> int:
    """The shard of an article."""
    digest = blake2b(article_id.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little") % shards


def by_fingerprint(postings: Postings, shards: int) -> Iterator[tuple[int, Postings]]:
    """Cuts postings so that equal fingerprints come to the same shard."""
    # The sample keeps small values only, so that the high bits say little.
    targets = (postings.values % np.uint64(shards)).astype(np.int64)
    for shard in np.unique(targets).tolist():
        chosen = targets == shard
        rows, owners = np.unique(postings.owners[chosen], return_inverse=True)
        yield shard, Postings(postings.articles.take(rows), owners, postings.values[chosen])


def count_pairs(blocks: Sequence[Postings], config: CopiesConfig) -> PairCounts:
    """Counts the fingerprints that articles of one shard share."""
    articles, ranks = _merge([block.articles for block in blocks])
    counted = shared_counts(
        np.concatenate([block.values for block in blocks]),
        np.concatenate([rank[block.owners] for rank, block in zip(ranks, blocks, strict=True)]),
        Timeline(articles.starts, articles.ends),
        int(config.horizon_days * DAY),
        config.max_postings,
    )
    return PairCounts(articles, counted)


def by_later(pairs: PairCounts) -> Iterator[tuple[int, PairCounts]]:
    """Cuts pairs so that all pairs of one later article come to its home."""
    counted = pairs.counted
    targets = pairs.articles.homes[counted.later]
    for shard in np.unique(targets).tolist():
        chosen = targets == shard
        rows, places = np.unique(
            np.concatenate([counted.later[chosen], counted.earlier[chosen]]), return_inverse=True
        )
        later, earlier = np.split(places.astype(np.int64), 2)
        own = Candidates(later, earlier, counted.shared[chosen], 0)
        yield shard, PairCounts(pairs.articles.take(rows), own)


def choose(blocks: Sequence[PairCounts], config: CopiesConfig) -> Chosen:
    """Adds up what all fingerprint shards counted, and keeps the candidates."""
    articles, ranks = _merge([block.articles for block in blocks])
    counted = add_up(
        [
            block.counted._replace(
                later=rank[block.counted.later], earlier=rank[block.counted.earlier]
            )
            for rank, block in zip(ranks, blocks, strict=True)
        ]
    )
    best = select(counted, articles.fingerprints, config.min_shared, config.max_candidates)
    ids = articles.article_ids
    pairs = sorted(
        (ids[later], ids[earlier])
        for later, earlier in zip(best.later.tolist(), best.earlier.tolist(), strict=True)
    )
    return Chosen(tuple(pairs), frozenset(one for pair in pairs for one in pair), best.overflow)


def _merge(tables: Sequence[Listed]) -> tuple[Listed, list[Offsets]]:
    """All articles once and in rank order, and for each table the ranks of its articles."""
    joined = Listed(
        [article_id for table in tables for article_id in table.article_ids],
        np.concatenate([table.starts for table in tables]),
        np.concatenate([table.ends for table in tables]),
        np.concatenate([table.credited for table in tables]),
        np.concatenate([table.fingerprints for table in tables]),
        np.concatenate([table.homes for table in tables]),
    )
    rows = {article_id: row for row, article_id in enumerate(joined.article_ids)}
    starts, credited = joined.starts.tolist(), joined.credited.tolist()
    keys = sorted(
        (rank_key_of(starts[row], credited[row], article_id), row)
        for article_id, row in rows.items()
    )
    merged = joined.take(np.array([row for _, row in keys], dtype=np.int64))
    ranks = {article_id: rank for rank, article_id in enumerate(merged.article_ids)}
    return merged, [
        np.array([ranks[article_id] for article_id in table.article_ids], dtype=np.int64)
        for table in tables
    ]
