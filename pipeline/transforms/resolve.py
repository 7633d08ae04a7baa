"""Resolve: the deliveries of an article, old and new, to its versions."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

import apache_beam as beam
from apache_beam.pvalue import PCollection, TaggedOutput

from pipeline.records import Article
from pipeline.versions.resolve import Delivery, resolve_versions


class Resolved(NamedTuple):
    """The versions of all articles.

    Attributes:
        articles: The current version of each article: what is compared and told in stories.
        current: The same, as deliveries.
        superseded: The versions before it.
        counts: (name, count) pairs for the ledger.
    """

    articles: PCollection[Article]
    current: PCollection[Delivery]
    superseded: PCollection[Delivery]
    counts: PCollection[tuple[str, int]]


@dataclass
class ResolveVersions(beam.PTransform):
    """Groups deliveries by article and keeps each version once."""

    def expand(self, deliveries: tuple[PCollection[Article], PCollection[Delivery]]) -> Resolved:
        articles, earlier = deliveries
        new = articles | "Deliver" >> beam.Map(_deliver)
        resolved = (
            (new, earlier)
            | "Join" >> beam.Flatten()
            | "KeyById" >> beam.Map(_keyed)
            | "GroupById" >> beam.GroupByKey()
            | "Resolve"
            >> beam.ParDo(_ResolveFn()).with_outputs("superseded", "counts", main="current")
        )
        current = resolved.current | "Articles" >> beam.Map(_article)
        return Resolved(current, resolved.current, resolved.superseded, resolved.counts)


def _deliver(article: Article) -> Delivery:
    return Delivery(article)


def _article(delivery: Delivery) -> Article:
    return delivery.article


def _keyed(delivery: Delivery) -> tuple[str, Delivery]:
    return delivery.article.article_id, delivery


_Superseded: TypeAlias = TaggedOutput[Literal["superseded"], Delivery]
_Counted: TypeAlias = TaggedOutput[Literal["counts"], tuple[str, int]]


class _ResolveFn(beam.DoFn):
    def process(
        self, group: tuple[str, Iterable[Delivery]]
    ) -> Iterator[Delivery | _Superseded | _Counted]:
        versions = resolve_versions(group[1])
        yield versions.current
        for delivery in versions.deliveries[:-1]:
            yield TaggedOutput("superseded", delivery)
        for name, count in (
            ("articles", versions.new_articles),
            ("versions", versions.new_versions),
            ("already_seen", versions.already_seen),
        ):
            if count:
                yield TaggedOutput("counts", (name, count))
