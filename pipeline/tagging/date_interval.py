"""EDTF strings as intervals of days: `2019-12` is 1 to 31 December 2019."""

import datetime
import re
from typing import NamedTuple

_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[T ].*)?$")
_MONTH = re.compile(r"(\d{4})-(\d\d)$")
_YEAR = re.compile(r"(\d{4})$")
_ONE_DAY = datetime.timedelta(days=1)


class Interval(NamedTuple):
    """Days from `first` to `last`, both included."""

    first: datetime.date
    last: datetime.date

    @property
    def is_day(self) -> bool:
        """True for a single day."""
        return self.first == self.last

    def holds(self, day: datetime.date) -> bool:
        """True if the day lies inside."""
        return self.first <= day <= self.last


def parse_interval(edtf: str) -> Interval | None:
    """Reads a day, a month, a year or a range `A/B`; a time of day is dropped.

    Returns:
        None for an empty string, and for any other EDTF.
    """
    first, slash, last = edtf.strip().partition("/")
    if slash:
        low, high = _one(first), _one(last)
        return Interval(low.first, high.last) if low and high and low.first <= high.last else None
    return _one(first)


def _one(text: str) -> Interval | None:
    text = text.rstrip("?~%")
    if not "1000" <= text[:4] <= "9990":
        return None  # room to count days to either side
    try:
        if (day := _DAY.match(text)) is not None:
            date = datetime.date(int(day[1]), int(day[2]), int(day[3]))
            return Interval(date, date)
        if (month := _MONTH.match(text)) is not None:
            return month_interval(int(month[1]), int(month[2]))
        if (year := _YEAR.match(text)) is not None:
            return Interval(datetime.date(int(year[1]), 1, 1), datetime.date(int(year[1]), 12, 31))
    except ValueError:
        return None
    return None


def month_interval(year: int, month: int) -> Interval:
    """All days of a month.

    Raises:
        ValueError: There is no such month.
    """
    first = datetime.date(year, month, 1)
    following = datetime.date(year + month // 12, month % 12 + 1, 1)
    return Interval(first, following - _ONE_DAY)


def make_date(year: int, month: int, day: int) -> datetime.date | None:
    """The day, or None where the calendar has none (31 April)."""
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def format_range(first: datetime.date, last: datetime.date) -> str:
    """EDTF of a range of days; a single day stands alone."""
    return first.isoformat() if first == last else f"{first.isoformat()}/{last.isoformat()}"
