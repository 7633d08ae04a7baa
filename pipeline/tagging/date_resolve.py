"""What a date expression means, given the days on which the article may have been published."""

import datetime

from pipeline.tagging.date_calendar import (
    Resolved,
    day_range,
    decade_of,
    full_date,
    month_of,
    season_of,
)
from pipeline.tagging.date_interval import Interval, format_range, make_date
from pipeline.tagging.date_pattern import Expression

_DAY = datetime.timedelta(days=1)


def resolve(expression: Expression, reference: Interval | None) -> Resolved:
    """Resolves one expression.

    Args:
        expression: What is said.
        reference: The days on which the article may have been published; None if unknown. What
            depends on the day is resolved only where all of them give the same answer.
    """
    match expression.kind:
        case "date" | "numeric":
            return full_date(expression, reference)
        case "year":
            return Resolved(f"{expression.year:04d}")
        case "years":
            return Resolved(expression.value)
        case "decade":
            return decade_of(expression.value)
        case "month":
            return Resolved(month_of(expression, reference))
        case "season":
            return Resolved(season_of(expression, reference))
        case "day_range" | "night_dates":
            return day_range(expression, reference)
    if reference is None:
        return Resolved()
    answers = {_relative(expression, day) for day in _ends(reference)}
    return Resolved(answers.pop()) if len(answers) == 1 else Resolved()


def _ends(reference: Interval) -> tuple[datetime.date, ...]:
    """The days to try: each of a short interval, the ends of a long one."""
    length = (reference.last - reference.first).days
    if length <= 31:
        return tuple(reference.first + n * _DAY for n in range(length + 1))
    return (reference.first, reference.last)


# --- relative to one day --------------------------------------------------------------------------


def _relative(expression: Expression, day: datetime.date) -> str:
    try:
        match expression.kind:
            case "weekday":
                return weekday_date(expression, day).isoformat()
            case "weekday_day":
                return _weekday_day(expression, day)
            case "night":
                return _night(expression, day)
            case "day":
                return (day + (expression.number or 0) * _DAY).isoformat()
            case "hours_ago":
                return day.isoformat()
            case "weekend":
                return _weekend(expression, day)
            case "unit":
                return _unit(expression.unit, expression.shift or 0, day)
            case "ago":
                return _counted(expression, day, -1)
            case "ahead":
                return _counted(expression, day, 1)
    except (OverflowError, ValueError):
        return ""
    return ""


def weekday_date(expression: Expression, day: datetime.date) -> datetime.date:
    """The weekday's date: the most recent one, that very day included, unless words say else."""
    weekday = expression.weekday or 0
    back = (day.weekday() - weekday) % 7
    if expression.shift == -1:
        return day - (back or 7) * _DAY
    if expression.shift == 1:
        return day + ((7 - back) or 7) * _DAY
    if expression.tense > 0 and back:
        return day + (7 - back) * _DAY
    return day - back * _DAY


def _weekday_day(expression: Expression, day: datetime.date) -> str:
    """For "mardi 31", the nearest month in which that day of the month is that weekday."""
    best: list[tuple[int, datetime.date]] = []
    for months in (-1, 0, 1):
        number = day.year * 12 + day.month - 1 + months
        date = make_date(number // 12, number % 12 + 1, expression.day or 0)
        if date is not None and date.weekday() == expression.weekday:
            best.append((abs((date - day).days), date))
    return min(best)[1].isoformat() if best else ""


def _night(expression: Expression, day: datetime.date) -> str:
    last = weekday_date(expression._replace(weekday=expression.weekday2, shift=None), day)
    if expression.weekday is None or (expression.weekday + 1) % 7 != expression.weekday2:
        return ""
    return format_range(last - _DAY, last)


def _weekend(expression: Expression, day: datetime.date) -> str:
    saturday = day - ((day.weekday() - 5) % 7) * _DAY
    current = day.weekday() >= 5
    if expression.shift == 1 or (not current and expression.tense > 0):
        saturday += 7 * _DAY
    elif expression.shift == -1 and current:
        saturday -= 7 * _DAY
    return format_range(saturday, saturday + _DAY)


def _unit(unit: str, shift: int, day: datetime.date) -> str:
    match unit:
        case "week":
            monday = day - day.weekday() * _DAY + 7 * shift * _DAY
            return format_range(monday, monday + 6 * _DAY)
        case "month":
            number = day.year * 12 + day.month - 1 + shift
            return f"{number // 12:04d}-{number % 12 + 1:02d}"
        case "year":
            return f"{day.year + shift:04d}"
    return ""


def _counted(expression: Expression, day: datetime.date, sign: int) -> str:
    number = sign * (expression.number or 0)
    match expression.unit:
        case "day":
            return (day + number * _DAY).isoformat()
        case "week":
            return (day + 7 * number * _DAY).isoformat()
        case "hour":
            return day.isoformat() if abs(number) <= 12 and sign < 0 else ""
    return _unit(expression.unit, number, day)
