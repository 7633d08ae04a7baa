"""Parse and clean: raw items to articles."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

import apache_beam as beam
from apache_beam.pvalue import PCollection, TaggedOutput

from pipeline.config import Config
from pipeline.errors import RejectError, RejectReason
from pipeline.formats.parse import parse_item
from pipeline.progress import PROGRESS
from pipeline.records import Article, RawItem, Reject
from pipeline.text.article import to_article


class Cleaned(NamedTuple):
    """Articles, and the items that could not become one."""

    articles: PCollection[Article]
    rejects: PCollection[Reject]


@dataclass
class CleanArticles(beam.PTransform):
    """Parses each item by its kind and cleans its text; a bad item becomes a reject."""

    config: Config

    def expand(self, items: PCollection[RawItem]) -> Cleaned:
        cleaned = items | "ParseAndClean" >> beam.ParDo(_CleanFn(self.config)).with_output_types(
            Article
        ).with_outputs("rejects", main="articles")
        return Cleaned(cleaned.articles, cleaned.rejects)


_Rejected: TypeAlias = TaggedOutput[Literal["rejects"], Reject]


class _CleanFn(beam.DoFn):
    def __init__(self, config: Config) -> None:
        self._config = config

    def process(self, item: RawItem) -> Iterator[Article | _Rejected]:
        result = clean_item(item, self._config)
        yield TaggedOutput("rejects", result) if isinstance(result, Reject) else result
        PROGRESS.advance("clean")


def clean_item(item: RawItem, config: Config) -> Article | Reject:
    """Turns one item into an article, or into the reject that says why not. Never raises."""
    stage = "parse"
    try:
        parsed = parse_item(item, config.read.html)
        stage = "clean"
        return to_article(parsed, config.clean)
    except RejectError as error:
        reason, detail = error.reason, error.detail
    except Exception as error:  # one bad record never stops a run
        reason, detail = RejectReason.INTERNAL, f"{type(error).__name__}: {error}"
    payload = item.payload[: config.read.max_reject_payload]
    return Reject(item.source_uri, stage, reason.value, detail, payload)
