"""Reject: inputs that became no article, to rows of the `rejects` dataset."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import apache_beam as beam
from apache_beam.pvalue import PCollection

from pipeline.months import UNKNOWN_MONTH
from pipeline.records import Reject
from pipeline.schemas.codec import encode_row
from pipeline.transforms.write import OutputRow


class Rejects(NamedTuple):
    """Rows to write, and (name, count) pairs."""

    rows: PCollection[OutputRow]
    counts: PCollection[tuple[str, int]]


@dataclass
class CollectRejects(beam.PTransform):
    """Counts the rejects of this run, and keeps each reject of all runs once."""

    def expand(
        self, rejects: tuple[Sequence[PCollection[Reject]], Sequence[PCollection[Reject]]]
    ) -> Rejects:
        """Takes the rejects that are to be counted, and those that are not."""
        counted, others = rejects
        new = tuple(counted) | "New" >> beam.Flatten()
        kept = (
            (new, *others)
            | "NewAndEarlier" >> beam.Flatten()
            | "KeyByContent" >> beam.Map(_keyed)
            | "GroupSame" >> beam.GroupByKey()
            | "KeepOne" >> beam.Map(_first)
        )
        counts = (
            new | "CountNew" >> beam.Map(_new),
            kept | "CountReasons" >> beam.Map(_reason),
        ) | "Counts" >> beam.Flatten()
        return Rejects(kept | "Encode" >> beam.Map(_row), counts)


def _keyed(reject: Reject) -> tuple[str, Reject]:
    digest = hashlib.blake2b(repr(reject).encode("utf-8"), digest_size=8).hexdigest()
    return f"{reject.source_uri}\t{digest}", reject


def _first(group: tuple[str, Iterable[Reject]]) -> tuple[str, Reject]:
    key, rejects = group
    return key, min(rejects)


def _row(keyed: tuple[str, Reject]) -> OutputRow:
    key, reject = keyed
    return OutputRow("rejects", UNKNOWN_MONTH, key, encode_row("rejects", reject))


def _new(_: Reject) -> tuple[str, int]:
    return "rejects", 1


def _reason(keyed: tuple[str, Reject]) -> tuple[str, int]:
    return f"rejects.{keyed[1].reason}", 1
