"""Watch: folders, buckets and feeds as a source that does not end."""

import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

import apache_beam as beam
from apache_beam.io.restriction_trackers import OffsetRange, OffsetRestrictionTracker
from apache_beam.pvalue import PCollection, TaggedOutput
from apache_beam.transforms.core import RestrictionProvider
from apache_beam.utils.timestamp import Duration

from pipeline.config import Config
from pipeline.errors import InputError
from pipeline.formats.feed_list import is_address
from pipeline.formats.read import read_items
from pipeline.formats.sources import Source
from pipeline.gather import Feeds
from pipeline.records import RawItem, Reject
from pipeline.remote import expand_remote, is_remote
from pipeline.watch import MAX_FILES, NewFiles

_LOOKS = 1 << 40


class Watched(NamedTuple):
    """Files to read; items of feeds; what could not be fetched."""

    sources: PCollection[Source | Reject]
    items: PCollection[RawItem]
    rejects: PCollection[Reject]


@dataclass
class WatchInputs(beam.PTransform):
    """Looks again and again for new and changed files, and at feeds that are due.

    What was seen is kept in memory, about 200 bytes a file. After a restart everything is read
    again: nothing is lost, and what the output holds is not taken for new.

    Attributes:
        inputs: Files, folders, globs, and addresses of feeds.
        output: The output folder, which is not entered.
        config: The whole configuration.
        interval: Seconds between two looks, and between two polls of a feed.
        idle: Ends the stream after so many seconds without anything new; 0 never does.
    """

    inputs: tuple[str, ...]
    output: str
    config: Config
    interval: float
    idle: float = 0.0

    def expand(self, root: beam.Pipeline) -> Watched:
        look = _LookFn(self.inputs, self.output, self.config, self.interval, self.idle)
        found = (
            root
            | "Start" >> beam.Create([None], reshuffle=False)
            | "Look" >> beam.ParDo(look).with_outputs("items", "rejects", main="sources")
        )
        return Watched(found.sources, found.items, found.rejects)


class _Looks(RestrictionProvider):
    """The numbers of the looks: each resumes where the one before left off."""

    def initial_restriction(self, element: None) -> OffsetRange:
        return OffsetRange(0, _LOOKS)

    def create_tracker(self, restriction: OffsetRange) -> OffsetRestrictionTracker:
        return OffsetRestrictionTracker(restriction)

    def restriction_size(self, element: None, restriction: OffsetRange) -> int:
        return 1

    def truncate(self, element: None, restriction: OffsetRange) -> None:
        """A stream that is drained looks no more."""


_Item: TypeAlias = TaggedOutput[Literal["items"], RawItem]
_Rejected: TypeAlias = TaggedOutput[Literal["rejects"], Reject]


class _LookFn(beam.DoFn):
    def __init__(
        self, inputs: tuple[str, ...], output: str, config: Config, interval: float, idle: float
    ) -> None:
        self._addresses = [each for each in inputs if is_address(each)]
        self._remote = [each for each in inputs if is_remote(each)]
        self._local = [
            each for each in inputs if each not in self._addresses and each not in self._remote
        ]
        self._output = output
        self._config = config
        self._interval = interval
        self._idle = idle

    def setup(self) -> None:
        self._files = NewFiles(self._local, self._output, state="", known=False)
        self._objects: set[str] = set()
        self._feeds = Feeds(self._output, known=False, keep=False)
        self._last_new = time.monotonic()

    @beam.DoFn.unbounded_per_element()
    def process(
        self,
        _: None,
        looks: OffsetRestrictionTracker = beam.DoFn.RestrictionParam(_Looks()),  # noqa: B008
    ) -> Iterator[Source | _Item | _Rejected]:
        if not looks.try_claim(looks.current_restriction().start):
            return
        files = self._files.new()
        self._files.save(files)
        new = 0
        for entry in (*files, *self._new_objects()):
            new += 1
            yield entry
        for item in self._fetched():
            new += 1
            yield TaggedOutput("rejects" if isinstance(item, Reject) else "items", item)
        if new:
            self._last_new = time.monotonic()
        if self._idle and time.monotonic() - self._last_new >= self._idle:
            looks.try_claim(_LOOKS)  # the end
            return
        wait = 0.0 if len(files) == MAX_FILES else self._interval
        looks.defer_remainder(Duration(seconds=wait))

    def _new_objects(self) -> Iterator[Source]:
        """Objects of a bucket appear when they are whole, and are not looked at again."""
        for given in self._remote:
            try:
                entries = expand_remote([given], exclude=(self._output,))
            except InputError:  # nothing is there yet
                continue
            for entry in entries:
                if isinstance(entry, Source) and entry.uri not in self._objects:
                    self._objects.add(entry.uri)
                    yield entry

    def _fetched(self) -> Iterable[RawItem | Reject]:
        """The items themselves: another worker does not see the files of this one."""
        due = self._feeds.due(self._addresses, self._interval)
        with tempfile.TemporaryDirectory(prefix="wirecopy-") as spool:
            polled = self._feeds.poll(due, spool, self._config.fetch)
            for each in polled:
                if self._feeds.failed_before(each):
                    continue
                for source in each.sources:
                    if isinstance(source, Reject):
                        yield source
                    else:
                        yield from read_items(source, self._config.read)
            self._feeds.save(polled)
