"""Resolve: the deliveries of an article, old and new, to its versions."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

import apache_beam as beam
from apache_beam.pvalue import PCollection, TaggedOutput

from pipeline.records import Article, Reject
from pipeline.versions.resolve import Delivery, resolve_versions


class Resolved(NamedTuple):
    """The versions of all articles.

    Attributes:
        articles: The current version of each article: what is compared and told in stories.
        current: The same, as deliveries.
        superseded: The versions before it.
        tombstones: The records of articles that were withdrawn.
        rejects: Versions that are held back or withdrawn.
        counts: (name, count) pairs for the ledger.
    """

    articles: PCollection[Article]
    current: PCollection[Delivery]
    superseded: PCollection[Delivery]
    tombstones: PCollection[Article]
    rejects: PCollection[Reject]
    counts: PCollection[tuple[str, int]]


@dataclass
class ResolveVersions(beam.PTransform):
    """Groups deliveries by article, keeps each version once, and honours kills and holds."""

    def expand(self, deliveries: PCollection[Delivery]) -> Resolved:
        resolved = (
            deliveries
            | "KeyById" >> beam.Map(by_article)
            | "GroupById" >> beam.GroupByKey()
            | "Resolve"
            >> beam.ParDo(_ResolveFn())
            .with_output_types(Delivery)
            .with_outputs("superseded", "tombstones", "rejects", "counts", main="current")
        )
        current = resolved.current | "Articles" >> beam.Map(_article)
        return Resolved(
            current,
            resolved.current,
            resolved.superseded,
            resolved.tombstones,
            resolved.rejects,
            resolved.counts,
        )


def _article(delivery: Delivery) -> Article:
    return delivery.article


def by_article(delivery: Delivery) -> tuple[str, Delivery]:
    """Keys a delivery by its article."""
    return delivery.article.article_id, delivery


_Superseded: TypeAlias = TaggedOutput[Literal["superseded"], Delivery]
_Tombstone: TypeAlias = TaggedOutput[Literal["tombstones"], Article]
_Rejected: TypeAlias = TaggedOutput[Literal["rejects"], Reject]
_Counted: TypeAlias = TaggedOutput[Literal["counts"], tuple[str, int]]


class _ResolveFn(beam.DoFn):
    def process(
        self, group: tuple[str, Iterable[Delivery]]
    ) -> Iterator[Delivery | _Superseded | _Tombstone | _Rejected | _Counted]:
        versions = resolve_versions(group[1])
        for delivery in versions.deliveries[:-1]:
            yield TaggedOutput("superseded", delivery._replace(raw=None))
        if versions.current is not None:
            yield versions.current._replace(raw=None)
        if versions.tombstone is not None:
            yield TaggedOutput("tombstones", versions.tombstone.article)
        for reject in versions.rejects:
            yield TaggedOutput("rejects", reject)
        for name, count in (
            ("articles", versions.new_articles),
            ("versions", versions.new_versions),
            ("tombstones", versions.new_tombstones),
            ("rejects", versions.new_rejects),
            ("already_seen", versions.already_seen),
            # What an earlier run held back is read by the run that releases it.
            ("read", versions.released),
            ("released", versions.released),
        ):
            if count:
                yield TaggedOutput("counts", (name, count))
