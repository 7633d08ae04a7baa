"""Publication dates: read from what an item declares, with the precision that it has."""

import calendar
import datetime as dt
import re
from email.utils import parsedate_to_datetime
from typing import NamedTuple

from pipeline.text.lexicon import fold

_EARLIEST_YEAR = 1600
_LATEST_YEAR = 2199
_MAX_LENGTH = 120
_MICROSECOND = dt.timedelta(microseconds=1)
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "janvier janv jan january",
            "fevrier fevr fev february feb",
            "mars march mar",
            "avril avr april apr",
            "mai may",
            "juin june jun",
            "juillet juil july jul",
            "aout august aug",
            "septembre sept sep september",
            "octobre oct october",
            "novembre nov november",
            "decembre dec december",
        ),
        start=1,
    )
    for name in names.split()
}
MONTH_NAMES = frozenset(_MONTHS)
"""Month names and abbreviations of French and English, without accents."""

_MONTH = "|".join(sorted(_MONTHS, key=lambda name: (-len(name), name)))
_CLOCK = (
    r"(?:\D{0,6}?(?P<hour>[01]?\d|2[0-3]) ?(?:h|:|heures?) ?(?P<minute>[0-5]\d)?"
    r"(?::(?P<second>[0-5]\d))? ?(?P<half>[ap]\.?m\b)?)?"
)
_ISO = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2})"
    r"(?:[t ](?P<hour>\d{2}):?(?P<minute>\d{2})(?::?(?P<second>\d{2})(?:[.,]\d{1,9})?)?"
    r" ?(?P<zone>z|utc|gmt|[+-]\d{2}:?\d{2}|[+-]\d{2})?)?)?)?"
)
_ISO_INSIDE = re.compile(rf"(?<![\d-]){_ISO.pattern}(?![\d-])")
_COMPACT = re.compile(
    r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})"
    r"(?:t(?P<hour>\d{2})(?P<minute>\d{2})(?P<second>\d{2})?(?P<zone>z|[+-]\d{4})?)?"
)
_DAY_FIRST = re.compile(
    rf"(?<!\d)(?:(?P<day>\d{{1,2}})(?:er|st|nd|rd|th)? )?(?:of )?(?P<name>{_MONTH})\.?,?"
    rf" (?P<year>\d{{4}})(?!\d)(?:,? (?:a |at |- )?{_CLOCK})?"
)
_MONTH_FIRST = re.compile(
    rf"(?<![a-z])(?P<name>{_MONTH})\.? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year>\d{{4}})(?!\d)"
    rf"(?:,? (?:at |- )?{_CLOCK})?"
)
_SLASHES = re.compile(
    r"(?<![\d/])(?P<day>\d{1,2})[/.](?P<month>\d{1,2})[/.](?P<year>\d{4})(?![\d/])"
    rf"(?:,? (?:a |- )?{_CLOCK})?"
)
_URL_DATE = re.compile(
    r"[/_.-](?P<year>(?:19|20)\d{2})[/_-]?(?P<month>0[1-9]|1[0-2])"
    r"(?:[/_-]?(?P<day>0[1-9]|[12]\d|3[01]))?(?=[/_.-]|$)"
)
_URL_SLASHED = re.compile(r"/(?P<year>(?:19|20)\d{2})/(?P<month>\d{1,2})/(?:(?P<day>\d{1,2})/)?")
_EPOCH_NUMBER = re.compile(r"\d{9,10}|\d{12,13}")
_NAMED_WEEKDAY = re.compile(r"^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,? ")


class PublishedDate(NamedTuple):
    """When an article was published.

    Attributes:
        edtf: With its precision: `2019`, `2019-12`, `2019-12-31`, `2019-12-31T18:05:00` (no zone
            known) or `2019-12-31T18:05:00Z`; empty if unknown.
        at_micros: Start of that interval in microseconds since the epoch, UTC. A time without zone
            counts as UTC, so it can be off by some hours; `edtf` says so by lacking its Z.
        origin: `declared`, `text`, `url`, or empty.
    """

    edtf: str = ""
    at_micros: int | None = None
    origin: str = ""


UNKNOWN = PublishedDate()


def published(declared: str, text_date: str = "", url: str = "") -> PublishedDate:
    """Takes the first of the three that holds a date that exists.

    Args:
        declared: What the item's metadata says.
        text_date: A date line that cleaning found above the text.
        url: The article's address, which may hold `/2019/12/31/`.
    """
    for value, origin in ((declared, "declared"), (text_date, "text")):
        found = parse_date(value)
        if found.edtf:
            return found._replace(origin=origin)
    found = _from_url(url)
    return found._replace(origin="url") if found.edtf else UNKNOWN


def parse_date(value: str) -> PublishedDate:
    """Reads one date: ISO 8601, RFC 822, seconds or milliseconds since 1970, French or English.

    A day that does not exist (31 February) makes the date unknown; it is never rounded. 03/04/2020
    is read day first, unless only the other order exists.
    """
    value = value.strip()
    if not value or len(value) > _MAX_LENGTH:
        return UNKNOWN
    folded = fold(value)
    for pattern in (_ISO, _COMPACT):
        match = pattern.fullmatch(folded)
        if match:
            return _build(**match.groupdict())
    if _EPOCH_NUMBER.fullmatch(folded):
        return _from_epoch(int(folded) // (1000 if len(folded) >= 12 else 1))
    if _NAMED_WEEKDAY.match(folded) or re.match(r"\d{1,2} [a-z]{3} \d{4} \d{2}:", folded):
        found = _from_rfc822(value)
        if found.edtf:
            return found
    for pattern in (_DAY_FIRST, _MONTH_FIRST, _SLASHES):
        match = pattern.search(folded)
        if match:
            return _build(**match.groupdict())
    match = _ISO_INSIDE.search(folded)
    if match and match["month"]:
        return _build(**match.groupdict())
    return UNKNOWN


def _build(
    year: str,
    month: str | None = None,
    day: str | None = None,
    hour: str | None = None,
    minute: str | None = None,
    second: str | None = None,
    zone: str | None = None,
    name: str | None = None,
    half: str | None = None,
) -> PublishedDate:
    y = int(year)
    m = _MONTHS[name] if name else int(month) if month else 0
    d = int(day) if day else 0
    if m > 12 and 1 <= d <= 12 and zone is None:
        m, d = d, m
    if not _EARLIEST_YEAR <= y <= _LATEST_YEAR or m > 12 or (month and not m) or (day and not d):
        return UNKNOWN
    if not m:
        return PublishedDate(f"{y:04}", _micros(dt.datetime(y, 1, 1, tzinfo=dt.UTC)))
    if not d:
        return PublishedDate(f"{y:04}-{m:02}", _micros(dt.datetime(y, m, 1, tzinfo=dt.UTC)))
    if d > calendar.monthrange(y, m)[1]:
        return UNKNOWN
    start = dt.datetime(y, m, d, tzinfo=dt.UTC)
    if hour is None:
        return PublishedDate(f"{y:04}-{m:02}-{d:02}", _micros(start))
    h = int(hour)
    if half and 1 <= h <= 12:
        h = h % 12 + (12 if half.startswith("p") else 0)
    if h > 23 or int(minute or 0) > 59 or int(second or 0) > 59:
        return UNKNOWN
    moment = start.replace(hour=h, minute=int(minute or 0), second=int(second or 0))
    if zone is None:
        return PublishedDate(f"{moment:%Y-%m-%dT%H:%M:%S}", _micros(moment))
    return _in_utc(moment, _zone_minutes(zone))


def _zone_minutes(zone: str) -> int:
    if zone in ("z", "utc", "gmt"):
        return 0
    digits = zone[1:].replace(":", "")
    minutes = int(digits[:2]) * 60 + int(digits[2:] or 0)
    return -minutes if zone[0] == "-" else minutes


def _in_utc(moment: dt.datetime, offset_minutes: int) -> PublishedDate:
    if abs(offset_minutes) > 14 * 60:
        return UNKNOWN
    moment -= dt.timedelta(minutes=offset_minutes)
    return PublishedDate(f"{moment:%Y-%m-%dT%H:%M:%S}Z", _micros(moment))


def _from_epoch(seconds: int) -> PublishedDate:
    moment = _EPOCH + dt.timedelta(seconds=seconds)
    return _in_utc(moment, 0)


def _from_rfc822(value: str) -> PublishedDate:
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return UNKNOWN
    if not _EARLIEST_YEAR <= moment.year <= _LATEST_YEAR:
        return UNKNOWN
    offset = moment.utcoffset()
    if offset is None:
        # "-0000" and names such as CET: the zone is not known.
        naive = moment.replace(tzinfo=dt.UTC)
        return PublishedDate(f"{naive:%Y-%m-%dT%H:%M:%S}", _micros(naive))
    return _in_utc(moment.replace(tzinfo=dt.UTC), round(offset.total_seconds() / 60))


def _from_url(url: str) -> PublishedDate:
    if len(url) > 2_000:
        return UNKNOWN
    for pattern in (_URL_SLASHED, _URL_DATE):
        match = pattern.search(url)
        if match:
            found = _build(match["year"], match["month"], match["day"])
            if found.edtf:
                return found
    return UNKNOWN


def _micros(moment: dt.datetime) -> int:
    return (moment - _EPOCH) // _MICROSECOND
