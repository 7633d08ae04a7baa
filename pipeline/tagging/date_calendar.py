"""Calendar dates: what a day, month or season without its year means."""

import datetime
from typing import NamedTuple

from pipeline.tagging.date_interval import Interval, make_date
from pipeline.tagging.date_pattern import Expression

_DAY = datetime.timedelta(days=1)
# A day and month without year lie in the past, unless that is this long ago and the next
# occurrence is near.
_LONG_AGO = 270
_SOON = 95
# Almost a year ago a reporter says "last year": then even a past tense ("a fixé la date au 3 mai")
# does not make it the past.
_ALMOST_A_YEAR = 300
_VERY_SOON = 60


class Resolved(NamedTuple):
    """EDTF, empty if nothing can be said, and whether the text contradicts itself."""

    edtf: str = ""
    conflict: bool = False


def full_date(expression: Expression, reference: Interval | None) -> Resolved:
    """A day and month, with or without weekday and year ("mardi 31 décembre")."""
    day, month = expression.day or 0, expression.month or 0
    if expression.year is not None:
        date = make_date(expression.year, month, day)
        if date is None:
            return Resolved("", conflict=True)
        if expression.weekday is None or date.weekday() == expression.weekday:
            return Resolved(date.isoformat())
        return Resolved(_mended(expression, reference), conflict=True)
    if make_date(2000, month, day) is None:
        return Resolved("", conflict=True)
    if reference is None:
        return Resolved()
    date = _nearest(expression, reference)
    if date is not None and expression.weekday in (None, date.weekday()):
        return Resolved(date.isoformat())
    if expression.weekday is None:
        return Resolved()
    for candidate in _occurrences(month, day, reference):
        if candidate.weekday() == expression.weekday:
            return Resolved(candidate.isoformat())
    return Resolved(_mended(expression, reference), conflict=True)


def _occurrences(month: int, day: int, reference: Interval) -> list[datetime.date]:
    """Dates of that day and month within a year of the reference, nearest first."""
    dates = [
        make_date(year, month, day)
        for year in range(reference.first.year - 1, reference.last.year + 2)
    ]
    near = [d for d in dates if d is not None and _distance(d, reference) <= 366]
    return sorted(near, key=lambda d: (_distance(d, reference), d))


def _distance(date: datetime.date, reference: Interval) -> int:
    if date < reference.first:
        return (reference.first - date).days
    return max(0, (date - reference.last).days)


def _nearest(expression: Expression, reference: Interval) -> datetime.date | None:
    """A day and month without year: inside the publication interval, else the past one."""
    dates = _occurrences(expression.month or 0, expression.day or 0, reference)
    inside = [date for date in dates if reference.holds(date)]
    if inside:
        return inside[0] if len(inside) == 1 else None
    past = next((date for date in dates if date < reference.first), None)
    future = next((date for date in dates if date > reference.last), None)
    if past is None or future is None:
        return past or future
    if expression.shift is not None:
        return future if expression.shift > 0 else past
    ago, ahead = _distance(past, reference), _distance(future, reference)
    if ago > _ALMOST_A_YEAR and ahead < _VERY_SOON:
        return future
    far = ago > _LONG_AGO and ahead < _SOON
    if expression.tense > 0 and ahead < 300:
        return future
    return future if far and expression.tense >= 0 else past


def _mended(expression: Expression, reference: Interval | None) -> str:
    """Mends a date whose weekday contradicts it: the month or the year may be the slip.

    That is so if exactly one day of the publication interval has both the weekday and the day of
    the month.
    """
    if reference is None or (reference.last - reference.first).days > 31:
        return ""
    low, high = reference.first - 21 * _DAY, reference.last
    if not reference.is_day:
        low = reference.first
    days = [low + n * _DAY for n in range((high - low).days + 1)]
    fits = [d for d in days if d.day == expression.day and d.weekday() == expression.weekday]
    return fits[0].isoformat() if len(fits) == 1 else ""


def day_range(expression: Expression, reference: Interval | None) -> Resolved:
    """Two days of one month ("du 3 au 5 mai")."""
    first = full_date(expression, reference)
    last_words = expression._replace(day=expression.day2, weekday=expression.weekday2)
    last = full_date(last_words, reference)
    conflict = first.conflict or last.conflict
    if not first.edtf or not last.edtf:
        return Resolved("", conflict)
    if expression.kind == "night_dates" or first.edtf <= last.edtf:
        return Resolved(f"{first.edtf}/{last.edtf}", conflict)
    return Resolved("", conflict=True)


def month_of(expression: Expression, reference: Interval | None) -> str:
    """A month, with or without its year: the last one that began, or one just ahead."""
    month = expression.month or 0
    if expression.year is not None:
        return f"{expression.year:04d}-{month:02d}"
    if reference is None:
        return ""
    answers: set[str] = set()
    for day in (reference.first, reference.last):
        year = day.year if month <= day.month else day.year - 1
        months_ahead = (month - day.month) % 12
        soon = months_ahead <= 2 or (months_ahead <= 3 and expression.tense >= 0)
        ahead = expression.shift == 1 or (
            expression.shift is None and (expression.tense > 0 or soon)
        )
        if ahead and month != day.month:
            year = day.year if month > day.month else day.year + 1
        elif expression.shift == -1 and month == day.month:
            year = day.year - 1
        answers.add(f"{year:04d}-{month:02d}")
    return answers.pop() if len(answers) == 1 else ""


def season_of(expression: Expression, reference: Interval | None) -> str:
    """A season as an EDTF season code, with or without its year ("l'été dernier")."""
    season = int(expression.value)
    if expression.year is not None:
        return f"{expression.year:04d}-{season}"
    if reference is None or reference.first.year != reference.last.year:
        return ""
    begins = {21: 3, 22: 6, 23: 9, 24: 12}[season]
    day = reference.last
    year = day.year
    if expression.shift == -1:
        ended = begins + 2 < day.month
        year = day.year if ended else day.year - 1
    elif expression.shift == 1:
        year = day.year if begins > day.month else day.year + 1
    elif season == 24 and day.month <= 3:
        year = day.year - 1
    return f"{year:04d}-{season}"


def decade_of(text: str) -> Resolved:
    """A decade ("1990", "90") as EDTF with an open digit."""
    text = "".join(c for c in text if c.isdigit())
    if len(text) == 2:
        text = "19" + text
    return Resolved(text[:3] + "X")
