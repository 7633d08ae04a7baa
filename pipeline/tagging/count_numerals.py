"""Numerals in running text: "2 500", "1.200", "vingt-cinq", "une vingtaine", "3,5 millions"."""

import functools
import re
from pathlib import Path
from typing import Any, NamedTuple

import yaml

_FOLDER = Path(__file__).parent / "lexicons"
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# Thousands are grouped by (thin, unbreakable) spaces, full stops or commas, in threes.
_DIGITS = re.compile(
    r"(?<![\w.,])[0-9]{1,3}(?:[ \u00a0\u2009\u202f.,][0-9]{3})+(?![0-9])"
    r"|(?<![\w.,])[0-9]{1,12}(?:[.,][0-9]{1,3})?(?![0-9\w])"
)
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LOOK_BACK = 24
_MAX_TEXT = 20_000


class Numeral(NamedTuple):
    """A number in a text: `text[start:end]`, its value, and whether it is a rough one."""

    start: int
    end: int
    value: float
    approximate: bool


class CountWords(NamedTuple):
    """The number words and counted things of a language."""

    numbers: dict[str, float]
    multipliers: dict[str, float]
    rough: dict[str, float]
    approximate: frozenset[str]
    unit_nouns: dict[str, str]
    unit_verbs: dict[str, str]
    people: frozenset[str]
    articles: frozenset[str]


@functools.cache
def load_count_words(language: str) -> CountWords:
    """Reads `count_words_LL.yaml` once a process."""
    path = _FOLDER / f"count_words_{language}.yaml"
    data: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506
    nouns: dict[str, str] = {}
    verbs: dict[str, str] = {}
    for unit, kinds in data["units"].items():
        nouns |= {str(noun): unit for noun in kinds["nouns"]}
        verbs |= {str(verb): unit for verb in kinds["verbs"]}
    return CountWords(
        {str(k): float(v) for k, v in data["numbers"].items()},
        {str(k): float(v) for k, v in data["multipliers"].items()},
        {str(k): float(v) for k, v in data["rough"].items()},
        frozenset(map(str, data["approximate"])),
        nouns,
        verbs,
        frozenset(map(str, data["people"])),
        frozenset(map(str, data["articles"])),
    )


def find_numerals(text: str, language: str) -> tuple[Numeral, ...]:
    """Finds the numbers of a sentence, in digits and words, in text order.

    A year or a clock time is a number too; what a number counts decides whether it matters.
    Text beyond 20,000 characters is not looked at.
    """
    words = load_count_words(language)
    text = text[:_MAX_TEXT]
    found = [_with_multiplier(text, *match, words) for match in _digits(text)]
    taken = [(n.start, n.end) for n in found]
    for numeral in _number_words(text, words):
        if not any(numeral.start < end and start < numeral.end for start, end in taken):
            found.append(numeral)
    return tuple(sorted(_mark_approximate(text, n, words) for n in found))


def _digits(text: str) -> list[tuple[int, int, float]]:
    found = []
    for match in _DIGITS.finditer(text):
        written = match.group()
        grouped = re.fullmatch(r"[0-9]{1,3}(?:[ \u00a0\u2009\u202f.,][0-9]{3})+", written)
        plain = re.sub(r"[^0-9]", "", written) if grouped else written.replace(",", ".")
        found.append((match.start(), match.end(), float(plain)))
    return found


def _with_multiplier(text: str, start: int, end: int, value: float, words: CountWords) -> Numeral:
    after = re.compile(r"\s?([^\W\d_]+)").match(text, end)
    if after and after.group(1).lower() in words.multipliers:
        factor = words.multipliers[after.group(1).lower()]
        return Numeral(start, after.end(), value * factor, False)
    return Numeral(start, end, value, False)


def _number_words(text: str, words: CountWords) -> list[Numeral]:
    """Runs of number words; hyphens join them as spaces do."""
    tokens = [(m.start(), m.end(), m.group().lower()) for m in _WORD.finditer(text)]
    found: list[Numeral] = []
    place = 0
    while place < len(tokens):
        length, value, rough = _longest(tokens, place, text, words)
        if not length:
            place += 1
            continue
        found.append(Numeral(tokens[place][0], tokens[place + length - 1][1], value, rough))
        place += length
    return found


def _longest(
    tokens: list[tuple[int, int, str]], place: int, text: str, words: CountWords
) -> tuple[int, float, bool]:
    for size in (3, 2, 1):
        chunk = tokens[place : place + size]
        phrase = " ".join(token[2] for token in chunk)
        if len(chunk) == size and phrase in words.rough:
            return size, words.rough[phrase], True
    total = 0.0
    group: float | None = None
    length = 0
    for start, _, word in tokens[place : place + 10]:
        if length and text[tokens[place + length - 1][1] : start].strip(" -\u00a0"):
            break
        parts = [word] if word in words.numbers else word.split("-")
        if word in ("et", "and") and group is not None:
            following = tokens[place + length + 1 : place + length + 2]
            if not following or following[0][2] not in words.numbers:
                break
            length += 1
            continue
        if not all(part in words.numbers or part in words.multipliers for part in parts):
            break
        for part in parts:
            factor = words.multipliers.get(part)
            if factor is not None and (group is not None or factor >= 100):
                group = (group or 1.0) * factor
                if factor >= 1000:
                    total, group = total + group, 0.0
            else:
                group = _joined(group, words.numbers[part])
        length += 1
    # A bare article is no numeral.
    if length == 1 and tokens[place][2] in words.articles:
        return 0, 0.0, False
    return length, total + (group or 0.0), False


def _joined(group: float | None, number: float) -> float:
    """Adds a number word to those before it; "quatre-vingt" multiplies."""
    if group is None:
        return number
    if group == 4 and number in (20.0, 80.0):
        return 80.0
    return group + number


def _mark_approximate(text: str, numeral: Numeral, words: CountWords) -> Numeral:
    before = text[max(0, numeral.start - _LOOK_BACK) : numeral.start].lower()
    near = re.findall(r"[^\W\d_]+(?:['’]à)?", before)[-2:]
    rough = numeral.approximate or any(word in words.approximate for word in near)
    return numeral._replace(approximate=rough)
