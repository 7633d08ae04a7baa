"""Date expressions of an article as EDTF, relative to the day on which it was published.

Often the input says only the month of publication, or nothing; then what the article says pins the
day down, or the other articles of its story do: see `anchor_date` and `story_anchor`.
"""

import datetime
import re
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.records import DateExpression
from pipeline.tagging.date_interval import Interval, parse_interval
from pipeline.tagging.date_pattern import Expression, find_expressions
from pipeline.tagging.date_resolve import resolve

_DAY = datetime.timedelta(days=1)
_SENTENCE = re.compile(r"[.!?…](?=\s|$)|\n")
_QUOTED = re.compile(r"[\"«“][^\"»”\n]{1,1500}[\"»”]")
# How far back, in code points and in days, the day of a speech may have been told.
_SPEECH_REACH = 400
_SPEECH_DAYS = 3
_DEICTIC = frozenset(("day", "hours_ago"))


class DatedText(NamedTuple):
    """What `story_anchor` needs of an article."""

    body: str
    language: str
    published_edtf: str


def find_dates(
    body: str, language: str, published_edtf: str, anchor_edtf: str = ""
) -> tuple[DateExpression, ...]:
    """Finds date expressions and resolves them.

    Args:
        body: The clean text.
        language: ISO 639-1; languages other than `fr` are read with the English patterns.
        published_edtf: When it was published, with the precision that is known; may be empty.
        anchor_edtf: A day that other articles of the story pin down, for an article that knows
            only its month or no date at all.

    Returns:
        In text order, never overlapping. `edtf` is empty where article and anchor cannot tell.
    """
    expressions = find_expressions(body, language)
    anchor = anchor_edtf or _anchor(body, expressions, published_edtf)
    published = parse_interval(published_edtf)
    reference = _reference(expressions, published, anchor)
    calendar = reference or published
    dates: list[DateExpression] = []
    quoted = [m.span() for m in _QUOTED.finditer(body)] if reference is not None else []
    for expression in expressions:
        answer = resolve(expression, reference or published)
        if expression.kind in ("date", "month", "day_range", "season"):
            answer = resolve(expression, published or calendar)
            if not answer.edtf and not answer.conflict:
                answer = resolve(expression, calendar)
        if expression.kind in _DEICTIC and any(a <= expression.start < b for a, b in quoted):
            spoken = _day_of_speech(expression, expressions, reference, anchor)
            answer = resolve(expression, spoken)
        text = body[expression.start : expression.end]
        dates.append(
            DateExpression(expression.start, expression.end, text, answer.edtf, answer.conflict)
        )
    return tuple(dates)


def resolve_dates(
    dates: Sequence[DateExpression], language: str, anchor_edtf: str
) -> tuple[DateExpression, ...]:
    """Resolves what was left open, now that the story's anchor is known, from the words alone.

    Where the body is at hand, `find_dates(…, anchor_edtf=…)` says more: it sees the tense.
    """
    anchor = parse_interval(anchor_edtf)
    resolved: list[DateExpression] = []
    for date in dates:
        found = find_expressions(date.text, language) if not date.edtf and anchor else ()
        if len(found) == 1 and not date.conflict:
            answer = resolve(found[0]._replace(tense=0), anchor)
            resolved.append(date._replace(edtf=answer.edtf, conflict=answer.conflict))
        else:
            resolved.append(date)
    return tuple(resolved)


def anchor_date(body: str, language: str, published_edtf: str) -> str:
    """Infers a day that the article is anchored to: it was published then or within a week after.

    If the publication day is known, it is that. Else a weekday with day and month ("mardi 31
    décembre") that agrees with the calendar inside the publication interval; or, in one sentence, a
    lone weekday beside a day and month that agree ("vendredi, entre le 17 octobre et le 3
    novembre"). The latest of these that is not told as future.

    Returns:
        EDTF of a day, or an empty string.
    """
    return _anchor(body, find_expressions(body, language), published_edtf)


def story_anchor(articles: Sequence[DatedText]) -> str:
    """Infers the day that a story is anchored to, from all its articles together.

    An article without date lends its weekday dates ("mardi 31 décembre") to one that knows the
    month, and the other way round.

    Returns:
        EDTF of the earliest day on which the articles agree, or an empty string.
    """
    known = [parse_interval(article.published_edtf) for article in articles]
    days = sorted(i.first for i in known if i is not None and i.is_day)
    if days:
        return days[0].isoformat()
    dated = sorted(i for i in known if i is not None)
    anchors: set[str] = set()
    for article in articles:
        expressions = find_expressions(article.body, article.language)
        if article.published_edtf:
            anchors.add(_anchor(article.body, expressions, article.published_edtf))
        elif dated:
            anchors.update(_pins(article.body, expressions, i) for i in dated)
    anchors.discard("")
    return min(anchors, default="")


def _anchor(body: str, expressions: Sequence[Expression], published_edtf: str) -> str:
    published = parse_interval(published_edtf)
    if published is not None and published.is_day:
        return published.first.isoformat()
    if published is None:
        return _undated_anchor(expressions)
    return _pins(body, expressions, published)


def _pins(body: str, expressions: Sequence[Expression], published: Interval) -> str:
    """The latest day inside the interval that a weekday and a date agree on."""
    days: list[datetime.date] = []
    for expression in expressions:
        if expression.kind != "date" or expression.tense > 0:
            continue
        answer = resolve(expression, published)
        date = parse_interval(answer.edtf)
        if date is None or answer.conflict or not published.holds(date.first):
            continue
        agreed = expression.weekday is not None or _lone_weekday_agrees(
            body, expression, expressions, date.first
        )
        if agreed:
            days.append(date.first)
    return max(days).isoformat() if days else ""


def _lone_weekday_agrees(
    body: str, date: Expression, expressions: Sequence[Expression], day: datetime.date
) -> bool:
    """True if the date's sentence names one weekday, in front of it, which is the date's."""
    same = [
        e
        for e in expressions
        if e.kind == "weekday"
        and not _SENTENCE.search(body, min(e.end, date.end), max(e.start, date.start))
    ]
    return len(same) == 1 and same[0].weekday == day.weekday() and same[0].start < date.start


def _undated_anchor(expressions: Sequence[Expression]) -> str:
    """The last full date that an undated article spells out with its weekday.

    Only if it also speaks as news does, with bare weekdays, and names no later year.
    """
    if not any(e.kind in ("weekday", "day") for e in expressions):
        return ""
    days = sorted(
        answer.edtf
        for e in expressions
        if e.kind == "date" and e.weekday is not None and e.year is not None and e.tense <= 0
        for answer in (resolve(e, None),)
        if answer.edtf and not answer.conflict
    )
    latest_year = max((e.year for e in expressions if e.year is not None), default=0)
    return days[-1] if days and int(days[-1][:4]) >= latest_year else ""


def _reference(
    expressions: Sequence[Expression], published: Interval | None, anchor_edtf: str
) -> Interval | None:
    """The day on which the article was published, as well as it can be told.

    Known to the day, it is that. Else one of the seven days from the anchor on, inside the
    publication interval: the one that makes the article's bare weekdays most recent without
    lying far from the anchor itself. A reporter who says "mercredi" in an article on Tuesday the
    31st does not mean the Wednesday six days before, but writes on Wednesday.
    """
    if published is not None and published.is_day:
        return published
    anchor = parse_interval(anchor_edtf)
    if anchor is None:
        return None
    days = [anchor.first + n * _DAY for n in range(7)]
    days = [d for d in days if published is None or published.holds(d)] or days[:1]
    weekdays = sorted(
        {
            e.weekday
            for e in expressions
            if e.kind == "weekday" and not e.shift and e.tense <= 0 and e.weekday is not None
        }
    )

    def age(day: datetime.date) -> tuple[int, datetime.date]:
        late = (day - anchor.first).days
        return late + sum((day.weekday() - weekday) % 7 for weekday in weekdays), day

    best = min(days, key=age)
    return Interval(best, best)


def _day_of_speech(
    expression: Expression,
    expressions: Sequence[Expression],
    reference: Interval | None,
    anchor_edtf: str,
) -> Interval | None:
    """What "today" means in a quotation: the day of the speech.

    That is the last day told before it if it is recent, else the anchor of an article whose own
    day was inferred, else the publication day.
    """
    if reference is None:
        return None
    near = [e for e in expressions if e.end <= expression.start <= e.end + _SPEECH_REACH]
    for other in reversed(near):
        if other.kind not in ("weekday", "date") or other.tense > 0:
            continue
        day = parse_interval(resolve(other, reference).edtf)
        if day is not None and 0 <= (reference.last - day.first).days <= _SPEECH_DAYS:
            return day
    return parse_interval(anchor_edtf) or reference
