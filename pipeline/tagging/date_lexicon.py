"""What a language says dates with: tables of words, and patterns over them."""

import functools
import re
from pathlib import Path
from typing import Any, NamedTuple

import yaml

_FOLDER = Path(__file__).parent / "lexicons"
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_LANGUAGES = frozenset(("fr", "en"))
_YEAR = r"(?:1[89]|20)\d\d"


class DateLexicon(NamedTuple):
    """One language's tables and patterns; see the header of `lexicons/dates_fr.yaml`.

    Attributes:
        days: Patterns of days that are counted from the reference day, longest first.
        patterns: Kind, key and expression of each pattern; those that stand first win.
        keys: What must stand in the text for a pattern with that key to be tried; no words stand
            for numbers of four digits.
        future: What tells that a day lies ahead.
        past: What tells that it lies behind.
    """

    weekdays: dict[str, int]
    months: dict[str, int]
    numbers: dict[str, int]
    units: dict[str, str]
    seasons: dict[str, int]
    shifts: dict[str, int]
    days: tuple[tuple[re.Pattern[str], int], ...]
    patterns: tuple[tuple[str, str, re.Pattern[str]], ...]
    keys: dict[str, tuple[str, ...]]
    future: re.Pattern[str]
    past: re.Pattern[str]


@functools.cache
def load_date_lexicon(language: str) -> DateLexicon:
    """Loads a language's lexicon, once; English serves languages that have none of their own."""
    code = language if language in _LANGUAGES else "en"
    text = (_FOLDER / f"dates_{code}.yaml").read_text(encoding="utf-8")
    data: dict[str, Any] = yaml.load(text, Loader=_LOADER)  # noqa: S506 - a safe loader
    days: dict[str, int] = data["days"]
    ordered = sorted(days, key=lambda phrase: (-len(phrase), phrase))
    return DateLexicon(
        weekdays=data["weekdays"],
        months={**data["months"], **data["month_abbreviations"]},
        numbers=data["numbers"],
        units=data["units"],
        seasons=data["seasons"],
        shifts=data["shifts"],
        days=tuple((_compile(phrase), days[phrase]) for phrase in ordered),
        patterns=tuple(
            (entry["kind"], _key(entry["key"]), _compile(_fill(entry["pattern"], data)))
            for entry in data["patterns"]
        ),
        keys={_key(entry["key"]): _words(entry["key"], data) for entry in data["patterns"]},
        future=_compile(data["future"]),
        past=_compile(data["past"]),
    )


def _key(key: str | list[str]) -> str:
    return key if isinstance(key, str) else " | ".join(key)


def _words(key: str | list[str], data: dict[str, Any]) -> tuple[str, ...]:
    if isinstance(key, list):
        return tuple(key)
    if key == "months":
        return tuple(sorted({**data["months"], **data["month_abbreviations"]}))
    return tuple(sorted(data.get(key, ())))


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
