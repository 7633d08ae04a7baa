"""Finds date expressions by the patterns of a language's lexicon; nothing is resolved yet."""

import re
from typing import NamedTuple

from pipeline.tagging.date_lexicon import DateLexicon, load_date_lexicon

_MOST_YEARS = 120


class Expression(NamedTuple):
    """A date expression as it is said; what is not said is None or empty.

    Attributes:
        start: First code point.
        end: One past the last.
        kind: How to read it; see the lexicon.
        weekday: 0 is Monday.
        month: 1 to 12.
        shift: -1 for "dernier", 1 for "prochain", 0 for "ce".
        number: For "il y a trois jours", and for a day counted from the reference day.
        unit: `day`, `week`, `month`, `year`.
        value: Season code, or decade as written.
        tense: 1 where the words around it speak of the future, -1 of the past, 0 if unclear.
    """

    start: int
    end: int
    kind: str
    weekday: int | None = None
    day: int | None = None
    month: int | None = None
    year: int | None = None
    weekday2: int | None = None
    day2: int | None = None
    month2: int | None = None
    shift: int | None = None
    number: int | None = None
    unit: str = ""
    value: str = ""
    tense: int = 0


def find_expressions(body: str, language: str) -> tuple[Expression, ...]:
    """Finds date expressions, never overlapping, in text order."""
    lexicon = load_date_lexicon(language)
    found: list[tuple[int, int, int, Expression]] = []
    windows = {name: _windows(body, words) for name, words in lexicon.keys.items()}
    for rank, (kind, key, pattern) in enumerate(lexicon.patterns):
        for low, high in windows[key]:
            for match in pattern.finditer(body, low, high):
                expression = _read(kind, match, lexicon)
                if expression is not None:
                    found.append((rank, expression.start, expression.end, expression))
    taken: list[Expression] = []
    covered: set[int] = set()
    for _, start, end, expression in sorted(found, key=lambda item: item[:3]):
        if covered.isdisjoint(range(start, end)):
            covered.update(range(start, end))
            taken.append(expression)
    return tuple(
        e._replace(tense=_tense(body, e, lexicon)) if e.kind in _TENSED else e
        for e in sorted(taken, key=lambda e: e.start)
    )


# Whether these lie ahead or behind is a matter of tense.
_TENSED = frozenset(("date", "day_range", "month", "night", "night_dates", "weekday", "weekend"))
# How far an expression may reach to either side of its key.
_WINDOW = 70
_FOUR_DIGITS = re.compile(r"\d{4}")


def _windows(body: str, words: tuple[str, ...]) -> list[tuple[int, int]]:
    """Ranges around the keys, without overlaps: patterns are slow, finding words is not.

    Args:
        body: The text.
        words: In lower case; none stands for numbers of four digits.
    """
    lower = body.lower()
    if len(lower) != len(body):  # a letter whose small form is longer would shift the places
        return [(0, len(body))]
    hits = [m.start() for m in _FOUR_DIGITS.finditer(body)] if not words else []
    for word in words:
        at = lower.find(word)
        while at >= 0:
            hits.append(at)
            at = lower.find(word, at + len(word))
    windows: list[tuple[int, int]] = []
    for at in sorted(hits):
        low, high = max(0, at - _WINDOW), min(len(body), at + _WINDOW)
        if windows and low <= windows[-1][1]:
            windows[-1] = (windows[-1][0], high)
        else:
            windows.append((low, high))
    return windows


def _read(kind: str, match: re.Match[str], lexicon: DateLexicon) -> Expression | None:
    groups = match.groupdict()
    start, end = match.span("span") if groups.get("span") else match.span()

    def look_up(name: str, table: dict[str, int]) -> int | None:
        word = groups.get(name)
        return None if word is None else table.get(word.lower().rstrip("."))

    day, day2 = _number(groups.get("day")), _number(groups.get("day2"))
    month = look_up("month", lexicon.months) or _number(groups.get("month_number"))
    number = look_up("number", lexicon.numbers)
    if number is None:
        number = _number(groups.get("number"))
    relative = groups.get("relative")
    if relative is not None:
        number = next((n for pattern, n in lexicon.days if pattern.fullmatch(relative)), None)
    shift = look_up("shift", lexicon.shifts)
    if shift is None and groups.get("this"):
        shift = 0
    unit = groups.get("unit") or groups.get("unit_of") or ""
    season = look_up("season", lexicon.seasons)
    value = groups.get("decade") or (str(season) if season else "")
    if kind == "years":
        value = _span_of_years(match.group())
        if not value:
            return None
    return Expression(
        start=start,
        end=end,
        kind=kind,
        weekday=look_up("weekday", lexicon.weekdays),
        day=day,
        month=month,
        year=_number(groups.get("year")),
        weekday2=look_up("weekday2", lexicon.weekdays),
        day2=day2,
        month2=look_up("month2", lexicon.months),
        shift=shift,
        number=number,
        unit=lexicon.units.get(unit.lower().removesuffix("-ci"), ""),
        value=value,
    )


def _span_of_years(text: str) -> str:
    """Reads "2019-20" as EDTF, or nothing where the second is not the later year."""
    first, last = re.findall(r"\d+", text)
    last = first[: 4 - len(last)] + last
    return f"{first}/{last}" if 0 < int(last) - int(first) <= _MOST_YEARS else ""


def _number(text: str | None) -> int | None:
    if text is None:
        return None
    digits = re.match(r"\d+", text)
    return None if digits is None else int(digits.group())


_TENSE_REACH = 110
_SENTENCE_BREAK = re.compile(r"[.!?…;\n]")


def _tense(body: str, expression: Expression, lexicon: DateLexicon) -> int:
    """What the nearest word with a tense says, inside the sentence."""
    low = max(0, expression.start - _TENSE_REACH)
    before = body[low : expression.start]
    before = before[max(before.rfind(mark) for mark in '.!?…;\n"«') + 1 :]
    after = body[expression.end : expression.end + _TENSE_REACH]
    stop = _SENTENCE_BREAK.search(after)
    after = after if stop is None else after[: stop.start()]
    ahead = _distance(lexicon.future, before, after)
    behind = _distance(lexicon.past, before, after)
    if ahead == behind:
        return 0
    return 1 if ahead < behind else -1


def _distance(pattern: re.Pattern[str], before: str, after: str) -> int:
    distances = [len(before) - match.end() for match in pattern.finditer(before)]
    # Words behind count for more than words in front: the verb comes first as a rule.
    distances += [2 * match.start() + 5 for match in pattern.finditer(after)]
    return min(distances, default=10_000)
