"""Panes: what a stream brings, cut by count and by the clock, and committed one after the other."""

import logging
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import apache_beam as beam
from apache_beam.coders import VarIntCoder
from apache_beam.metrics import Metrics
from apache_beam.pvalue import PCollection
from apache_beam.transforms.userstate import ReadModifyWriteRuntimeState, ReadModifyWriteStateSpec

from pipeline.lateness import look_at
from pipeline.records import Reject
from pipeline.store.manifest import Ledger
from pipeline.transforms.clean import Noticed
from pipeline.versions.resolve import Delivery

Arrival: TypeAlias = Delivery | Noticed | Reject
_DAY = 86_400_000_000
_LOG = logging.getLogger(__name__)


@dataclass
class CommitPanes(beam.PTransform):
    """Collects what arrives and hands it to `commit`, pane by pane.

    One key: an output has one manifest, and panes follow one another. Its state is one pane and the
    day of the newest article.

    Attributes:
        commit: Brings a pane to the output; it is called again with the same pane after a failure.
        max_items: Items of a pane at most.
        max_seconds: How long an item waits at most for its pane to fill.
        horizon_days: An article that is so much older than the newest one is counted as late.
    """

    commit: Callable[[Sequence[Arrival]], Ledger]
    max_items: int
    max_seconds: float
    horizon_days: float

    def expand(self, arrived: PCollection[Arrival]) -> PCollection[Ledger]:
        return (
            arrived
            | "OneKey" >> beam.Map(_keyed)
            | "Pane" >> beam.GroupIntoBatches(self.max_items, self.max_seconds)
            | "Bring" >> beam.ParDo(_CommitFn(self.commit, int(self.horizon_days * _DAY)))
        )


def _keyed(arrival: Arrival) -> tuple[int, Arrival]:
    return 0, arrival


class _CommitFn(beam.DoFn):
    _NEWEST = ReadModifyWriteStateSpec("newest", VarIntCoder())

    def __init__(self, commit: Callable[[Sequence[Arrival]], Ledger], horizon: int) -> None:
        self._commit = commit
        self._horizon = horizon
        self._late = Metrics.counter("wirecopy", "late")
        self._panes = Metrics.counter("wirecopy", "panes")
        self._seconds = Metrics.distribution("wirecopy", "pane.millis")

    def process(
        self,
        pane: tuple[int, Iterable[Arrival]],
        newest: ReadModifyWriteRuntimeState = beam.DoFn.StateParam(_NEWEST),  # noqa: B008
    ) -> Iterator[Ledger]:
        arrivals = list(pane[1])
        started = time.monotonic()
        ledger = self._commit(arrivals)
        millis = round((time.monotonic() - started) * 1000)
        published = [each.article.published_at for each in arrivals if isinstance(each, Delivery)]
        seen = look_at(newest.read(), published, self._horizon, time.time_ns() // 1000)
        if seen.newest is not None:
            newest.write(seen.newest)
        self._late.inc(seen.late)
        self._panes.inc()
        self._seconds.update(millis)
        _LOG.info(
            "pane of %d in %.1f s: %s; %d late", len(arrivals), millis / 1000, ledger, seen.late
        )
        yield ledger
