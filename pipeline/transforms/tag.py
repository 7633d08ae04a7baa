"""Tag: articles to entities, events, quotes and dates."""

import functools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, TypeAlias

import apache_beam as beam
from apache_beam.pvalue import AsSingleton, PCollection, TaggedOutput
from apache_beam.utils.shared import Shared

from pipeline.config import TaggingConfig
from pipeline.months import Reach, month_of
from pipeline.progress import PROGRESS
from pipeline.records import Article, Tags
from pipeline.tagging.tagger import Tagger
from pipeline.transforms.resolve import Resolved, by_article


class VersionTags(NamedTuple):
    """The tags of one version, and the day against which relative dates were resolved."""

    version: int
    tags: Tags
    anchor: str


class Tagged(NamedTuple):
    """Tags by article_id, and (name, count) pairs of articles that have none."""

    tags: PCollection[tuple[str, VersionTags]]
    counts: PCollection[tuple[str, int]]


@dataclass
class TagArticles(beam.PTransform):
    """Tags each version of each article once.

    Tags of an earlier run are kept if the same tagger made them and the story is still anchored to
    the same day. An article that the tagger fails on is kept without tags and counted
    (`untagged.failed`); the others of its batch do not notice.
    """

    config: TaggingConfig

    def expand(
        self, inputs: tuple[Resolved, PCollection[tuple[str, str]], PCollection[Reach]]
    ) -> Tagged:
        versions, anchors, reach = inputs
        if not self.config.enabled:
            none = versions.articles.pipeline | "None" >> beam.Create([], reshuffle=False)
            return Tagged(none, none)
        deliveries = {
            "current": versions.current | "KeyCurrent" >> beam.Map(by_article),
            "superseded": versions.superseded | "KeySuperseded" >> beam.Map(by_article),
            "anchor": anchors,
        } | "Join" >> beam.CoGroupByKey()
        work = deliveries | "Sort" >> beam.FlatMap(_sort, AsSingleton(reach)).with_outputs(
            "kept", main="fresh"
        )
        fresh = (
            work.fresh
            | "Batch" >> beam.BatchElements(min_batch_size=8, max_batch_size=32)
            | "Tag" >> beam.ParDo(_TagFn(self.config)).with_outputs("counts", main="tags")
        )
        return Tagged((work.kept, fresh.tags) | "AllTags" >> beam.Flatten(), fresh.counts)


_Work = tuple[Article, str]
_Keyed = tuple[str, VersionTags]
_Kept: TypeAlias = TaggedOutput[Literal["kept"], _Keyed]
_Counted: TypeAlias = TaggedOutput[Literal["counts"], tuple[str, int]]


def _sort(group: tuple[str, Mapping[str, Iterable[Any]]], reach: Reach) -> Iterator[_Work | _Kept]:
    article_id, found = group
    (anchor,) = found["anchor"]
    # At the edge of what was read a story may look cut off; what is not written stays as it is.
    settled = not any(reach.writes(month_of(d.article.published_edtf)) for d in found["current"])
    for delivery in (*found["current"], *found["superseded"]):
        if delivery.tags is not None and (settled or delivery.anchor == anchor):
            kept = VersionTags(delivery.article.version, delivery.tags, delivery.anchor)
            yield TaggedOutput("kept", (article_id, kept))
        else:
            yield delivery.article, anchor


class _TagFn(beam.DoFn):
    def __init__(self, config: TaggingConfig) -> None:
        self._config = config
        self._shared = Shared()

    @functools.cached_property
    def _tagger(self) -> Tagger:
        """One a process, loaded for the first batch: a run with nothing to tag loads no model."""
        tagger: Tagger = self._shared.acquire(self._load)
        return tagger

    def _load(self) -> Tagger:
        return Tagger(self._config)

    def process(self, batch: Sequence[_Work]) -> Iterator[_Keyed | _Counted]:
        for (article, anchor), tags in zip(batch, self._tag(batch), strict=True):
            if tags is None:
                yield TaggedOutput("counts", ("untagged.failed", 1))
                continue
            yield article.article_id, VersionTags(article.version, tags, anchor)
            if not self._tagger.speaks(article.language):
                yield TaggedOutput("counts", (f"untagged.{article.language}", 1))
        PROGRESS.advance("tag", len(batch))

    def _tag(self, batch: Sequence[_Work]) -> Sequence[Tags | None]:
        articles, anchors = [a for a, _ in batch], [anchor for _, anchor in batch]
        try:
            return self._tagger.tag(articles, anchors)
        except Exception:  # find the one that fails, keep the others
            return [self._tag_alone(article, anchor) for article, anchor in batch]

    def _tag_alone(self, article: Article, anchor: str) -> Tags | None:
        try:
            return self._tagger.tag([article], [anchor])[0]
        except Exception:  # counted by the caller
            return None
