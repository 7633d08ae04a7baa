"""Find stories: which articles tell one happening, and the day that it is anchored to."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import apache_beam as beam
from apache_beam.pvalue import AsList, PCollection

from pipeline.config import StoriesConfig
from pipeline.records import Article, CopyPair, Story
from pipeline.stories.cluster import find_stories
from pipeline.stories.signature import StoryInput
from pipeline.tagging.dates import DatedText, story_anchor


class Stories(NamedTuple):
    """Stories, and what they say of each of their articles.

    Attributes:
        stories: The stories.
        of_articles: (article_id, story_id).
        anchors: (article_id, day that its story is anchored to, or "").
    """

    stories: PCollection[Story]
    of_articles: PCollection[tuple[str, str]]
    anchors: PCollection[tuple[str, str]]


@dataclass
class FindStories(beam.PTransform):
    """Groups articles into stories by their copies and by what they tell.

    In batch the small signatures of all articles meet on one worker.
    """

    config: StoriesConfig

    def expand(self, inputs: tuple[PCollection[Article], PCollection[CopyPair]]) -> Stories:
        articles, pairs = inputs
        signatures = articles | "Sign" >> beam.Map(StoryInput.of)
        stories = (
            articles.pipeline
            | "Once" >> beam.Create([None], reshuffle=False)
            | "Cluster" >> beam.FlatMap(_cluster, AsList(signatures), AsList(pairs), self.config)
        )
        of_articles = stories | "StoryOfArticle" >> beam.FlatMap(_story_ids)
        anchors = (
            {
                "story": of_articles,
                "text": articles | "DatedText" >> beam.Map(_dated_text),
            }
            | "JoinTexts" >> beam.CoGroupByKey()
            | "KeyByStory" >> beam.Map(_by_story)
            | "GroupByStory" >> beam.GroupByKey()
            | "Anchor" >> beam.FlatMap(_anchors)
        )
        return Stories(stories, of_articles, anchors)


_Dated = tuple[str, DatedText]


def _cluster(
    _: Any, inputs: Sequence[StoryInput], pairs: Sequence[CopyPair], config: StoriesConfig
) -> Iterable[Story]:
    return find_stories(inputs, pairs, config)


def _story_ids(story: Story) -> Iterator[tuple[str, str]]:
    for article_id in story.article_ids:
        yield article_id, story.story_id


def _dated_text(article: Article) -> _Dated:
    return article.article_id, DatedText(article.body, article.language, article.published_edtf)


def _by_story(group: tuple[str, Mapping[str, Iterable[Any]]]) -> tuple[str, _Dated]:
    article_id, found = group
    (story_id,), (text,) = found["story"], found["text"]
    return story_id, (article_id, text)


def _anchors(group: tuple[str, Iterable[_Dated]]) -> Iterator[tuple[str, str]]:
    members = sorted(group[1])
    anchor = story_anchor([text for _, text in members]) if len(members) > 1 else ""
    for article_id, _ in members:
        yield article_id, anchor
