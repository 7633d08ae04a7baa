"""Assemble: articles, copies and tags to the rows of the tables, and to stories."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, TypeAlias

import apache_beam as beam
from apache_beam.pvalue import PCollection, TaggedOutput

from pipeline.copies.origin import copy_of
from pipeline.months import UNKNOWN_MONTH, month_of
from pipeline.records import Article, CopyPair, Story, Tags
from pipeline.schemas.codec import encode_row
from pipeline.stories.events import merge_events
from pipeline.stories.member import Member, main_entities
from pipeline.stories.signature import origin_agencies
from pipeline.transforms.resolve import Resolved
from pipeline.transforms.stories import Stories
from pipeline.transforms.tag import VersionTags
from pipeline.transforms.write import OutputRow, in_month
from pipeline.versions.notices import keys_of
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
        ).with_outputs("members", "counts", main="rows")
        told = {
            "story": stories.stories | "KeyStories" >> beam.Map(_by_story),
            "members": article_tables.members,
        } | "JoinStories" >> beam.CoGroupByKey()
        story_tables = told | "StoryRows" >> beam.ParDo(_StoryFn()).with_output_types(
            OutputRow
        ).with_outputs("counts", main="rows")
        tombstones = versions.tombstones | "TombstoneRows" >> beam.FlatMap(_tombstone_rows)
        rows = (article_tables.rows, story_tables.rows, tombstones) | "Rows" >> beam.Flatten()
        counts = (
            article_tables.counts,
            story_tables.counts,
        ) | "Counts" >> beam.Flatten()
        return Tables(rows, counts)


def _by_article(delivery: Delivery) -> tuple[str, Article]:
    return delivery.article.article_id, delivery.article


def _by_copy(pair: CopyPair) -> tuple[str, CopyPair]:
    return pair.article_id, pair


def _by_story(story: Story) -> tuple[str, Story]:
    return story.story_id, story


_Member: TypeAlias = TaggedOutput[Literal["members"], tuple[str, Member]]
_Counted: TypeAlias = TaggedOutput[Literal["counts"], tuple[str, int]]


class _ArticleFn(beam.DoFn):
    """One article with all that was found about it: its rows, and what its story needs."""

    def process(
        self, group: tuple[str, Mapping[str, Iterable[Any]]]
    ) -> Iterator[OutputRow | _Member | _Counted]:
        article_id, found = group
        (current,) = found["current"]
        (story_id,) = found["story"]
        tags: dict[int, VersionTags] = {tagged.version: tagged for tagged in found["tags"]}
        pairs: list[CopyPair] = sorted(found["pairs"])
        original = copy_of(pairs)
        # All versions lie where the current one does, so that an article has one place.
        month = month_of(current.published_edtf)
        for article in found["superseded"]:
            yield _article_row(article, month, tags.get(article.version), story_id, None)
        yield _article_row(current, month, tags.get(current.version), story_id, original)
        yield _index_row((current, *found["superseded"]), month)
        own = tags[current.version].tags if current.version in tags else Tags()
        for pair in pairs:
            key = f"{pair.article_id} {pair.of_article_id}"
            yield OutputRow("copies", month, key, encode_row("copies", pair))
            yield TaggedOutput("counts", (in_month(month, f"copies.{pair.relation}"), 1))
        agencies = origin_agencies(current)
        member = Member(article_id, agencies, tuple(pairs), own, month)
        yield TaggedOutput("members", (story_id, member))
        mentions = sum(len(entity.mentions) for entity in own.entities)
        yield TaggedOutput("counts", (in_month(month, "mentions"), mentions))
        yield TaggedOutput("counts", (in_month(month, "quotes"), len(own.quotes)))


def _article_row(
    article: Article,
    month: str,
    tagged: VersionTags | None,
    story_id: str,
    original: CopyPair | None,
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
    return OutputRow("articles", month, key, encode_row("articles", row))


def _index_row(versions: Sequence[Article], month: str) -> OutputRow:
    keys = sorted({key for article in versions for key in keys_of(article)})
    months = sorted({month_of(article.published_edtf) for article in versions})
    row = {"article_id": versions[0].article_id, "keys": keys, "months": months}
    return OutputRow("index", month, versions[0].article_id, encode_row("index", row))


def _tombstone_rows(article: Article) -> Iterator[OutputRow]:
    """A withdrawn article tells no story."""
    month = month_of(article.published_edtf)
    yield _article_row(article, month, None, "", None)
    yield _index_row([article], month)


class _StoryFn(beam.DoFn):
    """One story with its articles: its row, and the rows of its events."""

    def process(
        self, group: tuple[str, Mapping[str, Iterable[Any]]]
    ) -> Iterator[OutputRow | _Counted]:
        story_id, found = group
        (story,) = found["story"]
        members = sorted(found["members"])
        known = [member.month for member in members if member.month != UNKNOWN_MONTH]
        month = min(known, default=UNKNOWN_MONTH)
        told = story._replace(entities=main_entities(members))
        yield OutputRow("stories", month, story_id, encode_row("stories", told))
        for event in merge_events(told, members):
            yield OutputRow("events", month, event.event_id, encode_row("events", event))
        if len(members) > 1:
            yield TaggedOutput("counts", (in_month(month, "stories.several"), 1))
