"""When an article was published, as an interval of days: dates come with their precision."""

import datetime
import math
import re
from typing import NamedTuple

_EDTF = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ](\d\d):(\d\d).*)?)?)?[?~%]?$", re.DOTALL)
_EPOCH = datetime.date(1970, 1, 1).toordinal()
_LONGEST_MONTH = 31

ALWAYS = 1e9
"""Days; further from the epoch than any date."""


class Interval(NamedTuple):
    """Days since the epoch between which an article was published; a time of day is a fraction."""

    start: float
    end: float


UNDATED = Interval(-ALWAYS, ALWAYS)


LOOSE = -(2**40)
"""The window of what is not known to the month; further than any other."""


def window_of(interval: Interval, months: int) -> int:
    """The window of so many months in which an article lies; `LOOSE` if its month is not known."""
    if interval.end - interval.start > _LONGEST_MONTH:
        return LOOSE
    day = datetime.date.fromordinal(math.floor(interval.start) + _EPOCH)
    return (day.year * 12 + day.month - 1) // months


def is_precise(interval: Interval) -> bool:
    """True if the day is known."""
    return interval.end - interval.start <= 1


def read_interval(edtf: str) -> Interval:
    """The days that an EDTF date covers (`2019-12`, `2019-12-31T18:05:00Z`, `A/B`).

    A time counts as it stands: a time zone moves it by less than the horizon of a story cares for.

    Returns:
        `UNDATED` for what is empty or cannot be read.
    """
    first, slash, last = edtf.strip().partition("/")
    start = _read(first)
    end = _read(last) if slash else start
    if UNDATED in (start, end) or end.end < start.start:
        return UNDATED
    return Interval(start.start, end.end)


def _read(text: str) -> Interval:
    match = _EDTF.match(text)
    if match is None:
        return UNDATED
    year, month, day, hour, minute = (int(g) if g else None for g in match.groups())
    try:
        first = datetime.date(year or 0, month or 1, day or 1)
    except ValueError:
        return UNDATED
    start = float(first.toordinal() - _EPOCH)
    if hour is not None:
        start += hour / 24 + (minute or 0) / 1440
        return Interval(start, start)
    if day is not None:
        return Interval(start, start + 1)
    if month is not None:
        return Interval(start, start + 31)
    return Interval(start, start + 366)
