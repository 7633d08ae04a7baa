"""Parse and clean: raw items to deliveries of articles, and to notices about other items."""

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
from pipeline.versions.holds import ARTICLE_KIND, article_from, hold_reason
from pipeline.versions.notices import STATUS, Notice, find_notice
from pipeline.versions.resolve import Delivery


class Noticed(NamedTuple):
    """An item that asks to kill, hold or correct another one."""

    delivery: Delivery
    notice: Notice


class Cleaned(NamedTuple):
    """Deliveries, notices, and the items that could become neither."""

    deliveries: PCollection[Delivery]
    notices: PCollection[Noticed]
    rejects: PCollection[Reject]


@dataclass
class CleanArticles(beam.PTransform):
    """Parses each item by its kind and cleans its text; a bad item becomes a reject.

    Attributes:
        config: The whole configuration.
        now: The time against which embargoes are held, in microseconds since the epoch; None is the
            configuration's, or the clock's when an item comes.
    """

    config: Config
    now: int | None

    def expand(self, items: PCollection[RawItem]) -> Cleaned:
        cleaned = items | "ParseAndClean" >> beam.ParDo(
            _CleanFn(self.config, self.now)
        ).with_output_types(Delivery).with_outputs("notices", "rejects", main="deliveries")
        return Cleaned(cleaned.deliveries, cleaned.notices, cleaned.rejects)


@dataclass
class RecallHeld(beam.PTransform):
    """Looks again at the items that an earlier run held back.

    Its rejects are those that can no longer be read; they stay as they are.
    """

    config: Config
    now: int

    def expand(self, held: PCollection[Reject]) -> Cleaned:
        recalled = held | "Recall" >> beam.ParDo(
            _RecallFn(self.config, self.now)
        ).with_output_types(Delivery).with_outputs("notices", "rejects", main="deliveries")
        return Cleaned(recalled.deliveries, recalled.notices, recalled.rejects)


_Rejected: TypeAlias = TaggedOutput[Literal["rejects"], Reject]
_Notice: TypeAlias = TaggedOutput[Literal["notices"], Noticed]


class _CleanFn(beam.DoFn):
    def __init__(self, config: Config, now: int | None) -> None:
        self._config = config
        self._now = now

    def process(self, item: RawItem) -> Iterator[Delivery | _Notice | _Rejected]:
        now = self._config.read.now_micros() if self._now is None else self._now
        yield _tagged(deliver(item, self._config, now))
        PROGRESS.advance("clean")


class _RecallFn(beam.DoFn):
    def __init__(self, config: Config, now: int) -> None:
        self._config = config
        self._now = now

    def process(self, held: Reject) -> Iterator[Delivery | _Notice | _Rejected]:
        item = RawItem(held.source_uri, held.payload, held.kind)
        result = deliver(item, self._config, self._now)
        if isinstance(result, Reject):
            yield TaggedOutput("rejects", held)
        elif isinstance(result, Noticed):
            recalled = result.delivery._replace(recalled=True)
            yield TaggedOutput("notices", result._replace(delivery=recalled))
        else:
            yield result._replace(recalled=True)


def _tagged(result: Delivery | Noticed | Reject) -> Delivery | _Notice | _Rejected:
    if isinstance(result, Reject):
        return TaggedOutput("rejects", result)
    return TaggedOutput("notices", result) if isinstance(result, Noticed) else result


def deliver(item: RawItem, config: Config, now: int) -> Delivery | Noticed | Reject:
    """Turns one item into what it delivers, or into the reject that says why not. Never raises."""
    stage = "parse"
    try:
        if item.kind == ARTICLE_KIND:
            return _delivery(article_from(item.payload), item, now)
        parsed = parse_item(item, config.read.html, config.read.fields)
        # Before anything may drop the item: a notice is often short, or has no text at all.
        notice = find_notice(parsed)
        if notice and parsed.status == "usable":
            parsed = parsed._replace(status=STATUS[notice.action])
        stage = "clean"
        delivery = _delivery(to_article(parsed, config.clean), item, now)
    except RejectError as error:
        reason, detail = error.reason, error.detail
    except Exception as error:  # one bad record never stops a run
        reason, detail = RejectReason.INTERNAL, f"{type(error).__name__}: {error}"
    else:
        if notice is None:
            return delivery
        return Noticed(delivery._replace(raw=item), notice)
    payload = item.payload[: config.read.max_reject_payload]
    kind = item.kind if len(payload) == len(item.payload) else ""
    return Reject(item.source_uri, stage, reason.value, detail, payload, kind=kind)


def _delivery(article: Article, item: RawItem, now: int) -> Delivery:
    hold = hold_reason(article, now)
    return Delivery(article, hold=hold, raw=item if hold else None)
