"""Months: how the tables are cut, and how far in time the rules look.

What is learnt about a source is learnt month by month, and stories are told within months and over
their borders. So a run needs only the months around those that it brings articles for: `Reach`.
"""

import datetime
import re
from collections.abc import Iterable
from typing import NamedTuple

UNKNOWN_MONTH = "unknown"

_EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])(?!\d)")
_SHORTEST = 28


def month_of(edtf: str) -> str:
    """The month that an EDTF date lies in; an interval that leaves its month lies in none.

    >>> month_of("2019-12-31T18:05:00Z"), month_of("2019-12"), month_of("2019"), month_of("")
    ('2019-12', '2019-12', 'unknown', 'unknown')
    """
    months = {found.group(0) if (found := _MONTH.match(e)) else "" for e in edtf.split("/")}
    (month,) = months if len(months) == 1 else ("",)
    return month or UNKNOWN_MONTH


def month_of_micros(moment: int | None) -> str:
    """The month of a moment in microseconds since the epoch, UTC; None is unknown."""
    if moment is None:
        return UNKNOWN_MONTH
    return (_EPOCH + datetime.timedelta(microseconds=moment)).strftime("%Y-%m")


def number_of(month: str) -> int:
    """Counts months: those that follow one another have numbers that do; `unknown` has none.

    Raises:
        ValueError: The month is not known.
    """
    year, _, number = month.partition("-")
    return int(year) * 12 + int(number) - 1


def name_of(number: int) -> str:
    """The month of a number."""
    return f"{number // 12:04d}-{number % 12 + 1:02d}"


def months_over(days: float) -> int:
    """How many months at most lie between two moments that are so many days apart."""
    return -int(-days // _SHORTEST)


class Reach(NamedTuple):
    """What a run has to do with.

    Attributes:
        written: Months in which a row may change.
        read: Months whose articles must be known for that.
        everything: True if that is all months; the other two say nothing then.
    """

    written: frozenset[str] = frozenset()
    read: frozenset[str] = frozenset()
    everything: bool = False

    def writes(self, month: str) -> bool:
        """Whether rows of a month may change."""
        return self.everything or month in self.written

    def reads(self, month: str) -> bool:
        """Whether articles of a month must be known."""
        return self.everything or month in self.read


EVERYTHING = Reach(everything=True)


def reach_of(touched: Iterable[str], horizon_days: float, window: int) -> Reach:
    """How far a change in some months is felt.

    1. Boilerplate is learnt within a month: the comparable text of the touched months may change.
    2. So may the pairs of articles in them, and within the horizon after them.
    3. So may the stories of the windows in which such articles lie, and of the windows beside them.
    4. Those depend on the articles of one more window to either side, and these on their pairs.

    Args:
        touched: Months in which articles came, changed or went.
        horizon_days: Days that the two articles of a pair may lie apart.
        window: Months of one window of stories.
    """
    months = frozenset(touched)
    if UNKNOWN_MONTH in months:
        return EVERYTHING
    apart = months_over(horizon_days)
    paired = {number_of(month) + k for month in months for k in range(apart + 1)}
    told = {number // window for number in paired}
    beside = {w + k for w in told for k in (-1, 0, 1)}
    needed = {w + k for w in beside for k in (-1, 0, 1)}
    read = {m - k for w in needed for m in _months_in(w, window) for k in range(apart + 1)}
    written = {m for w in beside for m in _months_in(w, window)}
    return Reach(frozenset(map(name_of, written)), frozenset(map(name_of, read)))


def _months_in(window: int, months: int) -> range:
    return range(window * months, (window + 1) * months)
