"""Assemble: articles, copies and tags to the rows of the tables, and to stories."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, TypeAlias

import apache_beam as beam
from apache_beam.pvalue import PCollection, TaggedOutput

from pipeline.copies.origin import copy_of
from pipeline.records import Article, CopyPair, Story, Tags
from pipeline.schemas.codec import encode_row
from pipeline.store.partition import month_of, month_of_micros
from pipeline.stories.events import merge_events
from pipeline.stories.member import Member, main_entities
from pipeline.stories.signature import origin_agencies
from pipeline.transforms.resolve import Resolved
from pipeline.transforms.stories import Stories
from pipeline.transforms.tag import VersionTags
from pipeline.transforms.write import OutputRow
from pipeline.versions.resolve import Delivery


class Tables(NamedTuple):
    """Rows to write, and (name, count) pairs."""

    rows: PCollection[OutputRow]
    counts: PCollection[tuple[str, int]]


@dataclass
class AssembleTables(beam.PTransform):
    """Joins what the stages found, article by article and story by story."""

    def expand(
        self,
        inputs: tuple[
            Resolved,
            PCollection[CopyPair],
            Stories,
            PCollection[tuple[str, VersionTags]],
        ],
    ) -> Tables:
        versions, pairs, stories, tags = inputs
        articles = {
            "current": versions.current | "KeyCurrent" >> beam.Map(_by_article),
            "superseded": versions.superseded | "KeySuperseded" >> beam.Map(_by_article),
            "tags": tags,
            "pairs": pairs | "KeyPairs" >> beam.Map(_by_copy),
            "story": stories.of_articles,
        } | "JoinArticles" >> beam.CoGroupByKey()
        article_tables = articles | "ArticleRows" >> beam.ParDo(_ArticleFn()).with_output_types(
            OutputRow
        ).with_outputs("members", "entities", "counts", main="rows")
        told = {
            "story": stories.stories | "KeyStories" >> beam.Map(_by_story),
            "members": article_tables.members,
        } | "JoinStories" >> beam.CoGroupByKey()
        story_tables = told | "StoryRows" >> beam.ParDo(_StoryFn()).with_output_types(
            OutputRow
        ).with_outputs("counts", main="rows")
        entities = (
            article_tables.entities
            | "DistinctEntities" >> beam.Distinct()
            | "CountEntities" >> beam.Map(_entity)
        )
        tombstones = versions.tombstones | "TombstoneRows" >> beam.Map(_tombstone_row)
        rows = (article_tables.rows, story_tables.rows, tombstones) | "Rows" >> beam.Flatten()
        counts = (
            article_tables.counts,
            story_tables.counts,
            entities,
        ) | "Counts" >> beam.Flatten()
        return Tables(rows, counts)


def _by_article(delivery: Delivery) -> tuple[str, Article]:
    return delivery.article.article_id, delivery.article


def _by_copy(pair: CopyPair) -> tuple[str, CopyPair]:
    return pair.article_id, pair


def _by_story(story: Story) -> tuple[str, Story]:
    return story.story_id, story


def _entity(_: str) -> tuple[str, int]:
    return "entities", 1


_Member: TypeAlias = TaggedOutput[Literal["members"], tuple[str, Member]]
_Entity: TypeAlias = TaggedOutput[Literal["entities"], str]
_Counted: TypeAlias = TaggedOutput[Literal["counts"], tuple[str, int]]


class _ArticleFn(beam.DoFn):
    """One article with all that was found about it: its rows, and what its story needs."""

    def process(
        self, group: tuple[str, Mapping[str, Iterable[Any]]]
    ) -> Iterator[OutputRow | _Member | _Entity | _Counted]:
        article_id, found = group
        (current,) = found["current"]
        (story_id,) = found["story"]
        tags: dict[int, VersionTags] = {tagged.version: tagged for tagged in found["tags"]}
        pairs: list[CopyPair] = sorted(found["pairs"])
        original = copy_of(pairs)
        for article in found["superseded"]:
            yield _article_row(article, tags.get(article.version), story_id, None)
        yield _article_row(current, tags.get(current.version), story_id, original)
        own = tags[current.version].tags if current.version in tags else Tags()
        month = month_of(current.published_edtf)
        for pair in pairs:
            key = f"{pair.article_id} {pair.of_article_id}"
            yield OutputRow("copies", month, key, encode_row("copies", pair))
            yield TaggedOutput("counts", (f"copies.{pair.relation}", 1))
        agencies = origin_agencies(current)
        member = Member(article_id, agencies, tuple(pairs), own)
        yield TaggedOutput("members", (story_id, member))
        for entity in own.entities:
            yield TaggedOutput("entities", entity.entity_id)
        yield TaggedOutput("counts", ("mentions", sum(len(e.mentions) for e in own.entities)))
        yield TaggedOutput("counts", ("quotes", len(own.quotes)))


def _article_row(
    article: Article, tagged: VersionTags | None, story_id: str, original: CopyPair | None
) -> OutputRow:
    tags = tagged.tags if tagged else Tags()
    copied = original and {
        "article_id": original.of_article_id,
        "relation": original.relation,
        "coverage": original.coverage,
    }
    row = {
        **article._asdict(),
        **tags._asdict(),
        "anchor_edtf": tagged.anchor if tagged else "",
        "story_id": story_id,
        "copy_of": copied,
    }
    key = f"{article.article_id} {article.version:020d}"
    return OutputRow("articles", month_of(article.published_edtf), key, encode_row("articles", row))


def _tombstone_row(article: Article) -> OutputRow:
    """A withdrawn article tells no story."""
    return _article_row(article, None, "", None)


class _StoryFn(beam.DoFn):
    """One story with its articles: its row, and the rows of its events."""

    def process(
        self, group: tuple[str, Mapping[str, Iterable[Any]]]
    ) -> Iterator[OutputRow | _Counted]:
        story_id, found = group
        (story,) = found["story"]
        members = sorted(found["members"])
        month = month_of_micros(story.first_published_at)
        told = story._replace(entities=main_entities(members))
        yield OutputRow("stories", month, story_id, encode_row("stories", told))
        for event in merge_events(told, members):
            yield OutputRow("events", month, event.event_id, encode_row("events", event))
        if len(members) > 1:
            yield TaggedOutput("counts", ("stories.several", 1))
