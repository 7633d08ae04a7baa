"""Read: sources to raw items, and what an earlier run left in the output."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

import apache_beam as beam
from apache_beam.pvalue import PCollection, TaggedOutput

from pipeline.config import ReadConfig
from pipeline.formats.read import read_items
from pipeline.formats.sources import Source
from pipeline.months import Reach
from pipeline.progress import PROGRESS
from pipeline.records import RawItem, Reject
from pipeline.remote import is_remote, read_remote
from pipeline.schemas.record import article_of, reject_of, tags_of
from pipeline.store.folder import OutputFolder
from pipeline.store.partition import month_in
from pipeline.versions.holds import is_held
from pipeline.versions.resolve import Delivery


class Items(NamedTuple):
    """What reading gives: items, what could not be read, and (name, count) pairs."""

    items: PCollection[RawItem]
    rejects: PCollection[Reject]
    counts: PCollection[tuple[str, int]]


@dataclass
class ReadItems(beam.PTransform):
    """Opens each source and yields its items; what cannot be read becomes a reject.

    Its input is what `pipeline.formats.sources.expand` gives: sources, and rejects for folders
    that hold none.
    """

    config: ReadConfig

    def expand(self, sources: PCollection[Source | Reject]) -> Items:
        read = (
            sources
            | "Spread" >> beam.Reshuffle()
            | "Open"
            >> beam.ParDo(_ReadFn(self.config)).with_outputs("rejects", "counts", main="items")
        )
        return Items(read.items, read.rejects, read.counts)


_Rejected: TypeAlias = TaggedOutput[Literal["rejects"], Reject]
_Counted: TypeAlias = TaggedOutput[Literal["counts"], tuple[str, int]]


class _ReadFn(beam.DoFn):
    def __init__(self, config: ReadConfig) -> None:
        self._config = config

    def process(self, source: Source | Reject) -> Iterator[RawItem | _Rejected | _Counted]:
        count = 0
        for item in self._found(source):
            count += 1
            yield TaggedOutput("rejects", item) if isinstance(item, Reject) else item
            PROGRESS.advance("read")
        yield TaggedOutput("counts", ("read", count))

    def _found(self, source: Source | Reject) -> Iterable[RawItem | Reject]:
        if isinstance(source, Reject):
            return (source,)
        read = read_remote if is_remote(source.path) else read_items
        return read(source, self._config)


class EarlierRejects(NamedTuple):
    """The rejects that the output holds already, and those of them that wait to be released."""

    rejects: PCollection[Reject]
    held: PCollection[Reject]


@dataclass
class ReadRejects(beam.PTransform):
    """Reads the rejects of the runs before, through the manifest.

    Attributes:
        output: The output folder.
    """

    output: str

    def expand(self, root: beam.Pipeline) -> EarlierRejects:
        manifest = OutputFolder(self.output).manifest()
        files = manifest.files("rejects") if manifest is not None else ()
        rejects = (
            root
            | "RejectFiles" >> beam.Create([file.path for file in files], reshuffle=False)
            | "ReadRejects"
            >> beam.ParDo(_RejectsFn(self.output))
            .with_output_types(Reject)
            .with_outputs("held", main="rejects")
        )
        return EarlierRejects(rejects.rejects, rejects.held)


class Earlier(NamedTuple):
    """Articles that the output holds already, and (name, count) pairs."""

    deliveries: PCollection[Delivery]
    counts: PCollection[tuple[str, int]]


@dataclass
class ReadEarlier(beam.PTransform):
    """Reads those articles of the runs before that this run has to do with.

    Attributes:
        output: The output folder.
        tagging: Fingerprint of what tags now: tags that something else made are left behind.
    """

    output: str
    tagging: str

    def expand(self, reach: PCollection[Reach]) -> Earlier:
        manifest = OutputFolder(self.output).manifest()
        files = manifest.files("articles") if manifest is not None else ()
        keep_tags = manifest is not None and manifest.tagging == self.tagging
        chosen = reach | "ArticleFiles" >> beam.FlatMap(_files, [file.path for file in files])
        deliveries = (
            chosen
            | "SpreadFiles" >> beam.Reshuffle()
            | "ReadArticles" >> beam.FlatMap(_deliveries, self.output, keep_tags)
        )
        return Earlier(deliveries, chosen | "CountFiles" >> beam.Map(_one_file))


def _files(reach: Reach, paths: Sequence[str]) -> Iterator[str]:
    return (path for path in paths if reach.reads(month_in(path)))


def _one_file(_: str) -> tuple[str, int]:
    return "files.read", 1


def _deliveries(file: str, output: str, keep_tags: bool) -> Iterator[Delivery]:
    for row in OutputFolder(output).read_file(file):
        tags = tags_of(row) if keep_tags else None
        yield Delivery(article_of(row), tags, row["anchor_edtf"] or "", earlier=True)


_Held: TypeAlias = TaggedOutput[Literal["held"], Reject]


class _RejectsFn(beam.DoFn):
    def __init__(self, output: str) -> None:
        self._folder = OutputFolder(output)

    def process(self, file: str) -> Iterator[Reject | _Held]:
        for row in self._folder.read_file(file):
            reject = reject_of(row)
            yield TaggedOutput("held", reject) if is_held(reject) else reject
