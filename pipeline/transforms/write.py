"""Write: rows to Avro files under `.staging`, then one commit that makes them the output."""

import hashlib
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import apache_beam as beam
from apache_beam.pvalue import AsDict, AsList, AsSingleton, PCollection

from pipeline.config import Config
from pipeline.months import UNKNOWN_MONTH, Reach
from pipeline.progress import PROGRESS
from pipeline.schemas.avro import DATASETS, schema_fingerprint
from pipeline.schemas.codec import write_container
from pipeline.store.folder import OutputFolder
from pipeline.store.manifest import DataFile, Dataset, Ledger, Manifest
from pipeline.store.partition import month_in, partition_path
from pipeline.version import VERSION


class OutputRow(NamedTuple):
    """One encoded record on its way to a file.

    Attributes:
        dataset: Which dataset.
        month: Which partition: `YYYY-MM` or `unknown`.
        key: What the rows of a file are sorted by; unique in the dataset.
        payload: `pipeline.schemas.codec.encode_row` of it.
    """

    dataset: str
    month: str
    key: str
    payload: bytes


@dataclass
class WriteDatasets(beam.PTransform):
    """Writes all rows, then commits the new state of the output folder.

    Attributes:
        output: The output folder.
        config: Of the whole run; its fingerprint goes into the manifest.
        tagging: Fingerprint of what tagged the articles.
    """

    output: str
    config: Config
    tagging: str

    def expand(
        self,
        inputs: tuple[PCollection[OutputRow], PCollection[tuple[str, int]], PCollection[Reach]],
    ) -> PCollection[Manifest]:
        found, counts, reach = inputs
        rows = found | "Changed" >> beam.Filter(_is_written, AsSingleton(reach))
        sizes = rows | "PartitionOf" >> beam.Map(_partition) | beam.combiners.Count.PerElement()
        files = (
            rows
            | "Shard" >> beam.Map(_sharded, AsDict(sizes), self.config.write.max_rows_per_file)
            | "GroupByFile" >> beam.GroupByKey()
            | "WriteFile" >> beam.ParDo(_WriteFn(self.output, self.config.write.codec))
        )
        totals = counts | "AddUp" >> beam.CombinePerKey(sum)
        return (
            rows.pipeline
            | "Once" >> beam.Create([None], reshuffle=False)
            | "Commit"
            >> beam.ParDo(
                _CommitFn(self.output, self.config, self.tagging),
                AsList(files),
                AsDict(totals),
                AsSingleton(reach),
            )
        )


_MONTH = "month="
# They have no month, and all of them are read.
_TIMELESS = "rejects"


def in_month(month: str, name: str) -> str:
    """The name of a count that belongs to one month of the output."""
    return f"{_MONTH}{month}/{name}"


def _is_written(row: OutputRow, reach: Reach) -> bool:
    return row.dataset == _TIMELESS or reach.writes(row.month)


_Partition = tuple[str, str]
_File = tuple[str, str, int]


def _partition(row: OutputRow) -> _Partition:
    return row.dataset, row.month


def _sharded(
    row: OutputRow, sizes: Mapping[_Partition, int], max_rows: int
) -> tuple[_File, tuple[str, bytes]]:
    shards = -(-sizes[row.dataset, row.month] // max_rows)
    digest = hashlib.blake2b(row.key.encode("utf-8"), digest_size=8).digest()
    shard = int.from_bytes(digest, "big") % shards
    return (row.dataset, row.month, shard), (row.key, row.payload)


class _WriteFn(beam.DoFn):
    def __init__(self, output: str, codec: str) -> None:
        self._folder = OutputFolder(output)
        self._codec = codec

    def process(
        self, group: tuple[_File, Iterable[tuple[str, bytes]]]
    ) -> Iterator[tuple[str, DataFile]]:
        (dataset, month, shard), rows = group
        ordered = [payload for _, payload in sorted(rows)]
        yield dataset, write_file(self._folder, (dataset, month, shard), ordered, self._codec)
        PROGRESS.advance("write", len(ordered))


def write_file(folder: OutputFolder, file: _File, rows: Sequence[bytes], codec: str) -> DataFile:
    """Stages one data file.

    Args:
        folder: The output.
        file: Dataset, month and shard.
        rows: Encoded, in their final order.
        codec: Avro block compression.
    """
    dataset, month, shard = file
    stream = io.BytesIO()
    write_container(stream, dataset, rows, codec)
    content = stream.getvalue()
    digest = hashlib.sha256(content).hexdigest()
    path = partition_path(dataset, month, shard, digest)
    folder.stage(path, content)
    return DataFile(path=path, rows=len(rows), bytes=len(content), sha256=digest)


class _CommitFn(beam.DoFn):
    def __init__(self, output: str, config: Config, tagging: str) -> None:
        self._folder = OutputFolder(output)
        self._config = config
        self._tagging = tagging

    def process(
        self,
        _: Any,
        files: Sequence[tuple[str, DataFile]],
        totals: Mapping[str, int],
        reach: Reach,
    ) -> Iterator[Manifest]:
        ledger = Ledger(**{name: totals.get(name, 0) for name in Ledger.model_fields})
        if ledger.balance:
            raise AssertionError(f"{ledger.balance} items are not accounted for: {ledger}")
        before = self._folder.manifest()
        carried = carried_over(before, reach)
        months = by_month(totals, reach)
        if before is not None:
            months |= {m: c for m, c in before.months.items() if not reach.writes(m)}
        counts = add_up(totals, months)
        counts["files.written"], counts["files.carried"] = len(files), len(carried)
        manifest = Manifest(
            wirecopy=VERSION,
            configuration=self._config.fingerprint(),
            copy_rule=self._config.copies.model_dump(),
            tagging=self._tagging,
            rules=rules_of(self._config, self._tagging),
            ledger=ledger,
            counts=dict(sorted(counts.items())),
            months=dict(sorted(months.items())),
            datasets={name: self._dataset(name, [*files, *carried]) for name in DATASETS},
        )
        self._folder.commit(manifest)
        yield manifest

    def _dataset(self, name: str, files: Sequence[tuple[str, DataFile]]) -> Dataset:
        mine = sorted((file for dataset, file in files if dataset == name), key=_path)
        if not mine:  # a reader of `DATASET/*/*.avro` finds a file, and the schema in it
            mine = [write_file(self._folder, (name, UNKNOWN_MONTH, 0), [], "null")]
        return Dataset(
            schema_fingerprint=schema_fingerprint(name),
            rows=sum(file.rows for file in mine),
            files=tuple(mine),
        )


def carried_over(before: Manifest | None, reach: Reach) -> list[tuple[str, DataFile]]:
    """The files of the state before that stay as they are, each with its dataset."""
    if before is None:
        return []
    return [
        (name, file)
        for name in before.datasets
        if name != _TIMELESS
        for file in before.files(name)
        if file.rows and not reach.writes(month_in(file.path))
    ]


def by_month(totals: Mapping[str, int], reach: Reach) -> dict[str, dict[str, int]]:
    """The counts of each month that was written; those of others are not complete."""
    months: dict[str, dict[str, int]] = {}
    for name in sorted(totals):
        month, _, own = name.removeprefix(_MONTH).partition("/")
        if name.startswith(_MONTH) and reach.writes(month) and totals[name]:
            months.setdefault(month, {})[own] = totals[name]
    return months


def add_up(totals: Mapping[str, int], months: Mapping[str, Mapping[str, int]]) -> Counter[str]:
    """The counts of all months together, and those that belong to none."""
    counts = Counter(
        {
            name: count
            for name, count in totals.items()
            if name not in Ledger.model_fields and not name.startswith(_MONTH)
        }
    )
    for own in months.values():
        counts.update(own)
    return counts


def rules_of(config: Config, tagging: str) -> str:
    """What must be equal for a file of an earlier run to be carried over."""
    return f"{VERSION} {config.rules()} {tagging}"


def _path(file: DataFile) -> str:
    return file.path
