"""Find copies: `pipeline.copies.find.find_copies`, cut into shards that many workers share."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, TypeAlias

import apache_beam as beam
import numpy as np
from apache_beam.pvalue import AsDict, AsList, PCollection, TaggedOutput

from pipeline.config import CopiesConfig
from pipeline.copies.boilerplate import LineCounts, count_lines, learn
from pipeline.copies.candidates import Candidates
from pipeline.copies.find import fingerprint_batch, verify_all
from pipeline.copies.lines import lines
from pipeline.copies.order import CopyInput, in_order
from pipeline.copies.postings import (
    Chosen,
    PairCounts,
    Postings,
    by_fingerprint,
    by_later,
    choose,
    count_pairs,
    post,
)
from pipeline.copies.tokens import Hashes, tokenise
from pipeline.progress import PROGRESS
from pipeline.records import Article, CopyPair


class Copies(NamedTuple):
    """Pairs that share copy, and (name, count) of what the caps left out."""

    pairs: PCollection[CopyPair]
    counts: PCollection[tuple[str, int]]


_Counted: TypeAlias = TaggedOutput[Literal["counts"], tuple[str, int]]


@dataclass
class FindCopies(beam.PTransform):
    """Finds all pairs of articles that share copy.

    Takes one version of each article; gives what `find_copies` gives for the same articles, however
    they are bundled. Fingerprints travel packed, and bodies only where a candidate needs them.

    Attributes:
        config: The rule.
        shards: Into how many parts the work of a step is cut.
    """

    config: CopiesConfig
    shards: int = 16

    def expand(self, articles: PCollection[Article]) -> Copies:
        batches = (
            articles
            | "CopyInput" >> beam.Map(CopyInput.of)
            | "Batch" >> beam.BatchElements(min_batch_size=100, max_batch_size=1000)
        )
        learnt = (
            batches
            | "CountLines" >> beam.FlatMap(_count_lines, self.config, self.shards)
            | "GroupLines" >> beam.GroupByKey()
            | "LearnBoilerplate" >> beam.Map(_learn)
        )
        counted = (
            batches
            | "Fingerprint" >> beam.FlatMap(_post, AsList(learnt), self.config, self.shards)
            | "GroupFingerprints" >> beam.GroupByKey()
            | "CountPairs"
            >> beam.FlatMap(_count_pairs, self.config).with_outputs("counts", main="pairs")
        )
        chosen = (
            counted.pairs
            | "GroupPairs" >> beam.GroupByKey()
            | "Choose" >> beam.FlatMap(_choose, self.config).with_outputs("counts", main="chosen")
        )
        bodies = batches | "SendBodies" >> beam.FlatMap(_send, AsDict(chosen.chosen))
        verified = (
            {"chosen": chosen.chosen, "articles": bodies}
            | "JoinBodies" >> beam.CoGroupByKey()
            | "Verify"
            >> beam.FlatMap(_verify, AsList(learnt), self.config).with_outputs(
                "counts", main="pairs"
            )
        )
        counts = (counted.counts, chosen.counts, verified.counts) | "Capped" >> beam.Flatten()
        return Copies(verified.pairs, counts)


def _count_lines(
    batch: Sequence[CopyInput], config: CopiesConfig, shards: int
) -> Iterator[tuple[int, LineCounts]]:
    counts = count_lines(lines(tokenise([a.body for a in batch])), batch, config)
    homes = (counts.keys % np.uint64(shards)).astype(np.int64)
    for shard in np.unique(homes).tolist():
        yield shard, counts.take(homes == shard)


def _learn(group: tuple[int, Iterable[LineCounts]]) -> Hashes:
    _, counts = group
    return learn(list(counts))


def _together(learnt: Sequence[Hashes]) -> Hashes:
    return np.sort(np.concatenate([np.empty(0, dtype=np.uint64), *learnt]))


def _post(
    batch: Sequence[CopyInput], learnt: Sequence[Hashes], config: CopiesConfig, shards: int
) -> Iterator[tuple[int, Postings]]:
    tokens = tokenise([article.body for article in batch])
    words = tokens.hashes, tokens.bounds
    found = fingerprint_batch(batch, words, lines(tokens), _together(learnt), config)
    yield from by_fingerprint(post(batch, found, shards), shards)
    PROGRESS.advance("compare", len(batch))


def _count_pairs(
    group: tuple[int, Iterable[Postings]], config: CopiesConfig
) -> Iterator[tuple[int, PairCounts] | _Counted]:
    _, blocks = group
    pairs = count_pairs(list(blocks), config)
    yield TaggedOutput("counts", ("capped.postings", pairs.counted.overflow))
    yield from by_later(pairs)


def _choose(
    group: tuple[int, Iterable[PairCounts]], config: CopiesConfig
) -> Iterator[tuple[int, Chosen] | _Counted]:
    shard, blocks = group
    chosen = choose(list(blocks), config)
    yield TaggedOutput("counts", ("capped.candidates", chosen.overflow))
    if chosen.pairs:
        yield shard, chosen


def _send(
    batch: Sequence[CopyInput], chosen: Mapping[int, Chosen]
) -> Iterator[tuple[int, list[CopyInput]]]:
    for shard, needed in sorted(chosen.items()):
        sent = [article for article in batch if article.article_id in needed.article_ids]
        if sent:
            yield shard, sent


def _verify(
    group: tuple[int, Mapping[str, Iterable[Any]]],
    learnt: Sequence[Hashes],
    config: CopiesConfig,
) -> Iterator[CopyPair | _Counted]:
    _, joined = group
    ordered = in_order(article for batch in joined["articles"] for article in batch)
    ranks = {article.article_id: rank for rank, article in enumerate(ordered)}
    for chosen in joined["chosen"]:
        later = np.array([ranks[one] for one, _ in chosen.pairs], dtype=np.int64)
        earlier = np.array([ranks[other] for _, other in chosen.pairs], dtype=np.int64)
        order = np.lexsort((earlier, later))
        shared = np.zeros(len(later), dtype=np.int64)  # has done its work in choosing
        candidates = Candidates(later[order], earlier[order], shared, 0)
        pairs, skipped = verify_all(ordered, candidates, _together(learnt), config)
        yield from pairs
        yield TaggedOutput("counts", ("capped.copies", skipped))
