"""Finds date expressions by the patterns of a language's lexicon; nothing is resolved yet."""

import functools
import re
from pathlib import Path
from typing import Any, NamedTuple

import yaml

_FOLDER = Path(__file__).parent / "lexicons"
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_LANGUAGES = frozenset(("fr", "en"))
_MOST_YEARS = 120
_YEAR = r"(?:1[89]|20)\d\d"


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


class _Lexicon(NamedTuple):
    weekdays: dict[str, int]
    months: dict[str, int]
    numbers: dict[str, int]
    units: dict[str, str]
    seasons: dict[str, int]
    shifts: dict[str, int]
    days: tuple[tuple[re.Pattern[str], int], ...]
    patterns: tuple[tuple[str, re.Pattern[str]], ...]
    future: re.Pattern[str]
    past: re.Pattern[str]


@functools.cache
def _load(language: str) -> _Lexicon:
    code = language if language in _LANGUAGES else "en"
    text = (_FOLDER / f"dates_{code}.yaml").read_text(encoding="utf-8")
    data: dict[str, Any] = yaml.load(text, Loader=_LOADER)  # noqa: S506 - a safe loader
    days: dict[str, int] = data["days"]
    ordered = sorted(days, key=lambda phrase: (-len(phrase), phrase))
    return _Lexicon(
        weekdays=data["weekdays"],
        months={**data["months"], **data["month_abbreviations"]},
        numbers=data["numbers"],
        units=data["units"],
        seasons=data["seasons"],
        shifts=data["shifts"],
        days=tuple((_compile(phrase), days[phrase]) for phrase in ordered),
        patterns=tuple(
            (entry["kind"], _compile(_fill(entry["pattern"], data))) for entry in data["patterns"]
        ),
        future=_compile(data["future"]),
        past=_compile(data["past"]),
    )


def _compile(pattern: str) -> re.Pattern[str]:
    # Any one blank, a no-break space or a line break inside a paragraph stands for a blank.
    return re.compile(
        re.sub(r"(?<!\\)(?<!\[) (?![?*+])", r"[ \\u00a0\\u202f]", pattern), re.IGNORECASE
    )


def _fill(pattern: str, data: dict[str, Any]) -> str:
    words = {
        "weekday": _either(data["weekdays"]),
        "month": _either({**data["months"], **data["month_abbreviations"]}),
        "number": r"\d{1,3}|" + _either(data["numbers"]),
        "unit": _either(data["units"]),
        "season": _either(data["seasons"]),
        "shift": _either(data["shifts"]),
        "day": data["day"],
        "year": _YEAR,
    }
    for name, choice in words.items():
        for suffix in ("", "2"):
            pattern = pattern.replace(f"{{{name}{suffix}}}", f"(?P<{name}{suffix}>{choice})")
    months, weekdays = data["months"], data["weekdays"]
    every_month = {**months, **data["month_abbreviations"]}
    for placeholder, name, choice in (
        ("cased_weekday", "weekday", _either(_capitalised(weekdays))),
        ("cased_month", "month", _either(_capitalised(every_month))),
        ("cased_full_month", "month", _either(_capitalised(months))),
        ("lower_month", "month", _either(months)),
    ):
        pattern = pattern.replace(f"{{{placeholder}}}", f"(?-i:(?P<{name}>{choice}))")
    pattern = pattern.replace("{part}", "(?:" + "|".join(data["parts"]) + ")")
    pattern = pattern.replace("{countable}", data["countable"])
    relative = sorted(data["days"], key=lambda phrase: (-len(phrase), phrase))
    return pattern.replace("{relative}", "(?P<relative>" + "|".join(relative) + ")")


def _capitalised(words: dict[str, int]) -> dict[str, int]:
    return {word.capitalize(): value for word, value in words.items()}


def _either(words: dict[str, Any]) -> str:
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))


def find_expressions(body: str, language: str) -> tuple[Expression, ...]:
    """Finds date expressions, never overlapping, in text order."""
    lexicon = _load(language)
    found: list[tuple[int, int, int, Expression]] = []
    for rank, (kind, pattern) in enumerate(lexicon.patterns):
        for match in pattern.finditer(body):
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
        e._replace(tense=_tense(body, e, lexicon)) for e in sorted(taken, key=lambda e: e.start)
    )


def _read(kind: str, match: re.Match[str], lexicon: _Lexicon) -> Expression | None:
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


def _tense(body: str, expression: Expression, lexicon: _Lexicon) -> int:
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
