"""Lateness: which articles of a stream come so long after their day that few would wait for them.

It is counted and changes nothing: a late article is added to its month like any other.
"""

from collections.abc import Iterable
from typing import NamedTuple


class Lateness(NamedTuple):
    """Where a stream is in event time.

    Attributes:
        newest: The latest day of publication that was seen, in microseconds since the epoch, UTC;
            None before the first article.
        late: How many of the articles that were looked at last lie a horizon or more before it.
    """

    newest: int | None = None
    late: int = 0


def look_at(
    before: int | None, published: Iterable[int | None], horizon: int, now: int
) -> Lateness:
    """Counts the late articles of one pane, and moves on.

    All articles of a pane are held against the panes before it: their order within it is chance.

    Args:
        before: `Lateness.newest` after the pane before.
        published: For each article when it was published, in microseconds since the epoch; None
            where that is not known, and then it is never late.
        horizon: Microseconds.
        now: The clock: a date in the future moves nothing.
    """
    days = [day for day in published if day is not None]
    newest = max((day for day in (before, *days) if day is not None and day <= now), default=before)
    late = 0 if before is None else sum(day <= before - horizon for day in days)
    return Lateness(newest, late)
