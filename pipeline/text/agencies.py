"""Who the news agencies are, and where a text names them."""

import functools
import itertools
import re
from collections.abc import Collection
from typing import NamedTuple

from pipeline.text.lexicon import load_lexicon

_WORD = re.compile(r"\w+")
_MAX_NAMINGS = 500
"""Names looked at in one text; real articles hold a few."""


class Agency(NamedTuple):
    """An agency or a publisher.

    Attributes:
        name: Canonical.
        country: ISO 3166-1 alpha-2; empty for an international one.
        aliases: Names that mean it wherever they stand.
        short: Names that mean it only where a credit is expected.
        not_within: Longer names that hold an alias and mean something else.
        kind: `agency` or `publisher`.
    """

    name: str
    country: str
    aliases: tuple[str, ...]
    short: tuple[str, ...]
    not_within: tuple[str, ...]
    kind: str


class Naming(NamedTuple):
    """One place that names an agency: `text[start:end]`."""

    agency: str
    start: int
    end: int


@functools.cache
def agencies() -> tuple[Agency, ...]:
    """All entries of the lexicon, agencies first."""
    lexicon = load_lexicon("agencies")
    return tuple(
        Agency(
            name=entry["name"],
            country=entry["country"],
            aliases=tuple(entry.get("aliases", ())),
            short=tuple(entry.get("short", ())),
            not_within=tuple(entry.get("not_within", ())),
            kind=kind,
        )
        for section, kind in (("agencies", "agency"), ("publishers", "publisher"))
        for entry in lexicon[section]
    )


@functools.cache
def kind_of(name: str) -> str:
    """`agency`, `publisher`, or an empty string for a name that the lexicon lacks."""
    return next((agency.kind for agency in agencies() if agency.name == name), "")


@functools.cache
def _pattern(alias: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){re.escape(alias)}(?![\w]|-\w)")


class _Alias(NamedTuple):
    alias: str
    name: str
    not_within: tuple[str, ...]
    short: bool


@functools.cache
def _in_prose() -> dict[str, tuple[_Alias, ...]]:
    """The agencies' names by their first word."""
    rows: dict[str, list[_Alias]] = {}
    for agency in agencies():
        if agency.kind == "agency":
            for alias in (*agency.aliases, *agency.short):
                entry = _Alias(alias, agency.name, agency.not_within, alias in agency.short)
                rows.setdefault(_WORD.findall(alias)[0], []).append(entry)
    return {word: tuple(entries) for word, entries in rows.items()}


def named_in_prose(text: str, words: Collection[str] | None = None) -> list[tuple[Naming, bool]]:
    """Finds agency names in running text, case-sensitive, without overlaps.

    Args:
        text: Any text.
        words: Its words (letters and digits), where the caller has them already.

    Returns:
        In order of place, each with whether the name is a short one that needs its context to mean
        the agency.
    """
    by_word = _in_prose()
    present = by_word.keys() & set(_WORD.findall(text) if words is None else words)
    entries = [entry for word in present for entry in by_word[word] if entry.alias in text]
    if not entries:
        return []
    spans: list[tuple[int, int, str, bool]] = []
    for alias, name, not_within, short in entries:
        for phrase, agency in ((alias, name), *((phrase, "") for phrase in not_within)):
            if phrase in text:
                spans += [
                    (match.start(), -match.end(), agency, short)
                    for match in itertools.islice(_pattern(phrase).finditer(text), _MAX_NAMINGS)
                ]
    found: list[tuple[Naming, bool]] = []
    done = 0
    # Leftmost, then longest: "Australian Associated Press" is not "Associated Press".
    for start, negative_end, name, short in sorted(
        spans, key=lambda span: (*span[:2], not span[2])
    ):
        if start >= done:
            done = -negative_end
            if name:
                found.append((Naming(name, start, done), short))
    return found[:_MAX_NAMINGS]


@functools.cache
def _first_words() -> frozenset[str]:
    """The first word of every name: where none stands, the long pattern need not be tried."""
    _, names = _bare()
    return frozenset(_WORD.findall(alias)[0] for alias in names)


@functools.cache
def _bare() -> tuple[re.Pattern[str], dict[str, str]]:
    names: dict[str, str] = {}
    for agency in agencies():
        for alias in (agency.name, *agency.aliases, *agency.short):
            names.setdefault(alias.casefold().replace("’", "'"), agency.name)
    ordered = sorted(names, key=lambda alias: (-len(alias), alias))
    alternatives = "|".join(re.escape(alias).replace("'", "['’]") for alias in ordered)
    return re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)", re.IGNORECASE), names


def named_in_credit(text: str) -> list[Naming]:
    """Finds agency and publisher names in a short line that is a credit: any case, short names too.

    Only for text of a line's length: it tries every name at every word.
    """
    if _first_words().isdisjoint(_WORD.findall(text.casefold())):
        return []
    pattern, names = _bare()
    return [
        Naming(names[match[0].casefold().replace("’", "'")], *match.span())
        for match in pattern.finditer(text)
    ]


@functools.cache
def _signatures() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple(
        (re.compile(entry["pattern"]), entry["name"])
        for entry in load_lexicon("agencies")["signatures"]
    )


def signed_by(line: str) -> str:
    """The agency whose closing signature this whole line is; empty if it is none."""
    if len(line) > 400:
        return ""
    return next((name for pattern, name in _signatures() if pattern.fullmatch(line)), "")
