"""Which folder and file a row goes to: a function of the row alone, or of its whole partition."""

import datetime
import re

UNKNOWN_MONTH = "unknown"

_EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])(?!\d)")


def month_of(edtf: str) -> str:
    """The month partition of an EDTF date.

    >>> month_of("2019-12-31T18:05:00Z"), month_of("2019-12"), month_of("2019"), month_of("")
    ('2019-12', '2019-12', 'unknown', 'unknown')
    """
    found = _MONTH.match(edtf)
    return found.group(0) if found else UNKNOWN_MONTH


def month_of_micros(moment: int | None) -> str:
    """The month partition of a moment in microseconds since the epoch, UTC; None is unknown."""
    if moment is None:
        return UNKNOWN_MONTH
    return (_EPOCH + datetime.timedelta(microseconds=moment)).strftime("%Y-%m")


def partition_path(dataset: str, month: str, shard: int, digest: str) -> str:
    """Relative path of a data file; `digest` (hex sha256 of its content) makes it unique."""
    return f"{dataset}/month={month}/part-{shard:05d}-{digest[:12]}.avro"
