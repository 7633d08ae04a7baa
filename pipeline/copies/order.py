"""When an article was published, as far as it is known, and which of two articles is the earlier.

Everything here is a function of the articles alone, so that the order in which they arrive, and how
they are batched, changes nothing.
"""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone
from typing import NamedTuple

from pipeline.records import Article

DAY = 86_400_000_000
"""Microseconds."""

UNDATED_START = -(2**61)
UNDATED_END = 2**61

_ORIGIN_ROLES = frozenset({"dateline", "byline", "header", "footer"})
_EDTF = re.compile(
    r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?)?)?[?~%]?$"
)


class Interval(NamedTuple):
    """When an article was published: first and last microsecond since the epoch, UTC."""

    start: int
    end: int


UNDATED = Interval(UNDATED_START, UNDATED_END)


class CopyInput(NamedTuple):
    """What the rule for copies looks at in an article.

    Attributes:
        article_id: As in `Article`.
        version: As in `Article`; of an article in several versions the highest counts.
        source: Publisher; empty if unknown.
        guid: The provider's identifier; two items with one guid are versions of each other.
        body: The clean text.
        start: Start of the publication interval, microseconds; `UNDATED_START` if unknown.
        end: Its end, inclusive; `UNDATED_END` if unknown.
        credited: True if the article names an agency as its origin.
        content_hash: Equal for texts that are equal once normalised; empty if unknown.
    """

    article_id: str
    version: int
    source: str
    guid: str
    body: str
    start: int
    end: int
    credited: bool
    content_hash: str

    @property
    def interval(self) -> Interval:
        """When it was published."""
        return Interval(self.start, self.end)

    @classmethod
    def of(cls, article: Article) -> "CopyInput":
        """Takes from an article what the rule needs."""
        interval = edtf_interval(article.published_edtf)
        return cls(
            article.article_id,
            article.version,
            article.source,
            article.guid,
            article.body,
            interval.start,
            interval.end,
            any(credit.role in _ORIGIN_ROLES for credit in article.credits),
            article.content_hash,
        )


def edtf_interval(edtf: str) -> Interval:
    """The time that an EDTF date covers.

    Args:
        edtf: A year, month, day or time (`2019-12`, `2019-12-31T18:05:00Z`), or two of them joined
            by `/`.

    Returns:
        Its first and last microsecond in UTC; a time without a zone is taken as UTC, and what
        cannot be read is undated.
    """
    first, slash, last = edtf.strip().partition("/")
    interval = _single(first)
    if not slash:
        return interval
    end = _single(last)
    if UNDATED in (interval, end) or end.end < interval.start:
        return UNDATED
    return Interval(interval.start, end.end)


def _single(edtf: str) -> Interval:
    match = _EDTF.match(edtf)
    if match is None:
        return UNDATED
    year, month, day, hour, minute, second, zone = match.groups()
    try:
        start = datetime(int(year), int(month or 1), int(day or 1), tzinfo=_zone(zone))
        if hour is not None:
            # 23:59:60, a leap second, is read as :59.
            start = start.replace(
                hour=int(hour), minute=int(minute), second=min(int(second or 0), 59)
            )
            end = start if second is not None else start + timedelta(minutes=1)
        elif day is not None:
            end = start + timedelta(days=1)
        elif month is not None:
            end = (start + timedelta(days=31)).replace(day=1)
        else:
            end = start.replace(year=start.year + 1)
    except (ValueError, OverflowError):
        return UNDATED
    low, high = _microseconds(start), _microseconds(end)
    return Interval(low, max(low, high - 1))


def _zone(zone: str | None) -> timezone:
    if zone is None or zone == "Z":
        return UTC
    sign = -1 if zone[0] == "-" else 1
    return timezone(sign * timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:])))


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def _microseconds(moment: datetime) -> int:
    return (moment - _EPOCH) // timedelta(microseconds=1)


def rank_key(article: CopyInput) -> tuple[int, bool, str]:
    """Sorts the earlier article first: by time, undated last; then agency copy; then by id."""
    return rank_key_of(article.start, article.credited, article.article_id)


def rank_key_of(start: int, credited: bool, article_id: str) -> tuple[int, bool, str]:
    """The same from the parts that decide."""
    return (UNDATED_END if start == UNDATED_START else start, not credited, article_id)


def in_order(articles: Iterable[CopyInput]) -> list[CopyInput]:
    """Sorts articles, earliest first, and keeps one version of each: the highest."""
    latest: dict[str, CopyInput] = {}
    for article in articles:
        known = latest.get(article.article_id)
        if known is None or _version_key(article) > _version_key(known):
            latest[article.article_id] = article
    return sorted(latest.values(), key=rank_key)


def _version_key(article: CopyInput) -> tuple[int, CopyInput]:
    return (article.version, article)


def is_same_item(one: CopyInput, other: CopyInput) -> bool:
    """True for two versions of one item: a correction is never a copy of what it corrects."""
    return one.article_id == other.article_id or (
        one.guid != "" and one.guid == other.guid and one.source == other.source
    )
