"""Tag: articles to entities, events, quotes and dates."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import apache_beam as beam
from apache_beam.pvalue import PCollection, TaggedOutput
from apache_beam.utils.shared import Shared

from pipeline.config import TaggingConfig
from pipeline.progress import PROGRESS
from pipeline.records import Article, Tags
from pipeline.tagging.tagger import Tagger
from pipeline.versions.resolve import Delivery


VersionTags = tuple[int, Tags]


class Tagged(NamedTuple):
    """Tags as (article_id, (version, tags)), and (name, count) pairs of what has none."""

    tags: PCollection[tuple[str, VersionTags]]
    counts: PCollection[tuple[str, int]]


@dataclass
class TagArticles(beam.PTransform):
    """Tags each article once; tags of an earlier run that are still good are kept.

    An article that the tagger fails on is kept without tags and counted (`untagged.failed`); the
    others of its batch do not notice.
    """

    config: TaggingConfig

    def expand(self, versions: tuple[PCollection[Delivery], PCollection[Delivery]]) -> Tagged:
        deliveries = versions | "AllVersions" >> beam.Flatten()
        kept = deliveries | "TaggedBefore" >> beam.FlatMap(_kept_tags)
        if not self.config.enabled:
            counts = deliveries.pipeline | "NoCounts" >> beam.Create([])
            return Tagged(kept, counts)
        fresh = (
            deliveries
            | "Untagged" >> beam.FlatMap(_untagged)
            | "Batch" >> beam.BatchElements(min_batch_size=8, max_batch_size=32)
            | "Tag" >> beam.ParDo(_TagFn(self.config)).with_outputs("counts", main="tags")
        )
        return Tagged((kept, fresh.tags) | "AllTags" >> beam.Flatten(), fresh.counts)


def _kept_tags(delivery: Delivery) -> Iterator[tuple[str, VersionTags]]:
    if delivery.tags is not None:
        yield delivery.article.article_id, (delivery.article.version, delivery.tags)


def _untagged(delivery: Delivery) -> Iterator[Article]:
    if delivery.tags is None:
        yield delivery.article


class _TagFn(beam.DoFn):
    def __init__(self, config: TaggingConfig) -> None:
        self._config = config
        self._shared = Shared()

    def setup(self) -> None:
        self._tagger = self._shared.acquire(self._load)

    def _load(self) -> Tagger:
        return Tagger(self._config)

    def process(
        self, articles: Sequence[Article]
    ) -> Iterator[tuple[str, VersionTags] | TaggedOutput]:
        for article, tags in zip(articles, self._tag(articles), strict=True):
            if tags is None:
                yield TaggedOutput("counts", ("untagged.failed", 1))
            else:
                yield article.article_id, (article.version, tags)
                if not self._tagger.speaks(article.language):
                    yield TaggedOutput("counts", (f"untagged.{article.language}", 1))
        PROGRESS.advance("tag", len(articles))

    def _tag(self, articles: Sequence[Article]) -> Sequence[Tags | None]:
        try:
            return self._tagger.tag(articles)
        except Exception:  # find the one that fails, keep the others
            return [self._tag_alone(article) for article in articles]

    def _tag_alone(self, article: Article) -> Tags | None:
        try:
            return self._tagger.tag_one(article)
        except Exception:  # counted by the caller
            return None
