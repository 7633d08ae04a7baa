"""Where names stand: the language model's spans and the gazetteer's, made one.

The model knows how names behave, the gazetteer which there are. Where they disagree, the longer one
usually is right ("brigades du Hezbollah", "Université de Bagdad"); the rules are here.

The convention for a span: the name without titles, offices, articles and determiners ("le ministre
américain de la Défense Mark Esper" is `Mark Esper`, "Le Pentagone" is `Pentagone`), except an
article that belongs to the name (`Le Caire`, `La Rochelle`, `Le Monde`).
"""

import functools
import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from typing import NamedTuple

from pipeline.tagging.gazetteer import Gazetteer, Match
from pipeline.tagging.lexicon import Entry, load_words
from pipeline.tagging.model import NamedSpan
from pipeline.tagging.spelling import Word, is_acronym, is_capitalised, words_of
from pipeline.tagging.trimming import trim_name

LABELS_OF_TYPES = {
    "PERSON": "PER",
    "ORGANIZATION": "ORG",
    "COUNTRY": "LOC",
    "CITY": "LOC",
    "REGION": "LOC",
    "FACILITY": "LOC",
    "OTHER": "MISC",
}
_MODEL_LABELS = {
    "PERSON": "PER",
    "PER": "PER",
    "ORG": "ORG",
    "NORP": "MISC",
    "GPE": "LOC",
    "LOC": "LOC",
    "FAC": "LOC",
    "MISC": "MISC",
    "PRODUCT": "MISC",
    "EVENT": "MISC",
    "WORK_OF_ART": "MISC",
    "LAW": "MISC",
}


_DOMAIN = re.compile(r"\.[a-z]{2,4}")
# English word lists hold the names of great cities too.
_METROPOLIS = 500_000
_IN_DEPARTMENT = re.compile(
    r"(?:\bdans (?:le |l['’]|la |les )|département (?:de |du |de l['’]|de la ))\Z"
)


class Named(NamedTuple):
    """A name found in a body.

    Attributes:
        start: First code point.
        end: One past the last.
        text: `body[start:end]`.
        label: `PER`, `LOC`, `ORG` or `MISC`.
        entries: What the gazetteer says it is, the likeliest first; empty if it knows nothing.
        kind: `name` or `demonym`.
        country: ISO code of a country that is part of the name ("Banque de France").
        weak: True if the gazetteer is not sure of its entries.
    """

    start: int
    end: int
    text: str
    label: str
    entries: tuple[Entry, ...] = ()
    kind: str = "name"
    country: str = ""
    weak: bool = False


class Reading(NamedTuple):
    """One body made ready for the rules.

    Attributes:
        body: The text.
        language: ISO 639-1.
        words: Of the body.
        is_word: Whether a word in small letters is a common word of the language.
    """

    body: str
    language: str
    words: tuple[Word, ...]
    is_word: Callable[[str], bool]


def read(body: str, language: str, is_word: Callable[[str], bool]) -> Reading:
    """Cuts a body into words."""
    return Reading(body, language, words_of(body), is_word)


def find_names(
    reading: Reading, spans: Sequence[NamedSpan], gazetteer: Gazetteer
) -> tuple[Named, ...]:
    """All names and demonyms of a body, in text order, none overlapping another."""
    model = _model_names(reading, spans)
    matches = [
        m
        for m in gazetteer.find(reading.body, reading.words, reading.language)
        if not _part_of_compound(reading.body, m)
    ]
    kept: list[Named] = []
    beaten: set[Named] = set()
    starts = [n.start for n in model]
    for match in matches:
        # The model's spans never overlap one another, so at most one begins before the match.
        first = max(bisect_left(starts, match.start) - 1, 0)
        until = bisect_left(starts, match.end)
        rivals = [n for n in model[first:until] if match.start < n.end]
        winner = _contest(reading, match, rivals)
        if winner is None:
            continue
        beaten.update(rivals)
        kept.append(winner)
    kept.extend(n for n in model if n not in beaten)
    return _without_overlaps(kept)


def _model_names(reading: Reading, spans: Sequence[NamedSpan]) -> list[Named]:
    names = []
    for span in spans:
        label = _MODEL_LABELS.get(span.label)
        if label is None:
            continue
        start, end = trim_name(reading.body, span.start, span.end, label)
        text = reading.body[start:end]
        if _is_name(reading, start, end, text):
            names.append(Named(start, end, text, label))
    return names


def _is_name(reading: Reading, start: int, end: int, text: str) -> bool:
    if not any(c.isupper() for c in text) or len(text) < 2:
        return False
    words = words_of(text)
    if all(w.folded in _nothing() or w.folded.isdigit() for w in words):
        return False
    if sum(c.isdigit() for c in text) > 1 and text.upper() == text:
        return False  # a number plate, a flight, a paragraph
    if (
        len(words) == 1
        and not (is_acronym(text) and len(text) <= 4)
        and reading.is_word(text.lower())
    ):
        # A common word with a capital is a name only if it is a first name within a sentence.
        known = words[0].folded in load_words("first_names", "names")
        return known and not _starts_sentence(reading.body, start)
    return not all(text[w.start : w.end].islower() for w in words)


@functools.cache
def _nothing() -> frozenset[str]:
    """Words that name nothing, alone or with one another."""
    return frozenset().union(
        *(load_words("cues", key) for key in ("never", "abstractions", "roles", "honorifics"))
    )


def _starts_sentence(body: str, start: int) -> bool:
    before = body[max(0, start - 4) : start].rstrip(" \u00a0\u202f\"«“”‘'’(-–—•*\t")
    return not before or before[-1] in ".!?:\n…"


def _part_of_compound(body: str, match: Match) -> bool:
    """Whether the match is one part of a hyphenated name: the `Denis` of `Denis-Papin`."""
    before, after = body[max(0, match.start - 2) : match.start], body[match.end : match.end + 2]
    if match.kind == "demonym":
        return False
    if after.startswith("$"):
        return True  # `US$27`
    joined_after = len(after) == 2 and after[0] in "-‑" and after[1].isupper()
    joined_before = len(before) == 2 and before[1] in "-‑" and before[0].isalpha()
    if joined_before:
        prefix = words_of(body[max(0, match.start - 12) : match.start])
        joined_before = not prefix or prefix[-1].folded not in _PREFIXES
    return joined_after or joined_before


_PREFIXES = frozenset("pro anti ex non outre trans inter post pre us eu uk".split())


def _contest(reading: Reading, match: Match, rivals: Sequence[Named]) -> Named | None:
    """Who stands where a match and the model's spans overlap; None leaves the model's alone."""
    text = reading.body[match.start : match.end]
    ours = Named(
        match.start,
        match.end,
        text,
        "" if match.kind == "demonym" else LABELS_OF_TYPES[match.entries[0].type],
        match.entries,
        match.kind,
        weak=match.weak,
    )
    if match.weak and ours.label == "LOC" and _placed(reading, match):
        return ours
    if match.weak or _looks_common(reading, match, text):
        rivals_equal = [r for r in rivals if (r.start, r.end) == (match.start, match.end)]
        agreeing = [r for r in rivals_equal if r.label in (ours.label, "MISC")]
        if not agreeing and not (match.weak and rivals_equal and ours.label == "ORG"):
            return None
        return ours
    for rival in rivals:
        if rival.start <= match.start and match.end <= rival.end and len(rival.text) > len(text):
            longer = _longer(reading, ours, rival)
            if longer is not None:
                return longer
    return ours


def _placed(reading: Reading, match: Match) -> bool:
    """Whether a department stands where only one can: `(Nord)`, `dans le Var`."""
    if match.entries[0].type != "REGION":
        return False
    before = reading.body[max(0, match.start - 20) : match.start]
    bracketed = before.endswith("(") and reading.body[match.end : match.end + 1] in (")", ",")
    return bracketed or bool(_IN_DEPARTMENT.search(before))


def _looks_common(reading: Reading, match: Match, text: str) -> bool:
    """Whether a place could be a common word that stands first in its sentence."""
    return (
        match.entries[0].type == "CITY"
        and match.entries[0].size < _METROPOLIS
        and " " not in text
        and reading.is_word(text.lower())
        and _starts_sentence(reading.body, match.start)
    )


def _longer(reading: Reading, ours: Named, rival: Named) -> Named | None:
    """The model's longer span, if it is a name as a whole."""
    words = words_of(rival.text)
    capitals = [is_capitalised(rival.text[w.start : w.end]) for w in words]
    country = ours.entries[0].country
    if ours.kind == "demonym":
        if rival.label == "ORG" and capitals[0]:
            return rival._replace(country=country)
        if rival.label == "PER" and all(capitals) and len(words) > 1:
            return rival
        return None
    if ours.label == "PER" and rival.label == "PER" and rival.start < ours.start:
        return rival if all(capitals) else None
    if ours.label == "PER":
        named_after = words[0].folded in load_words("cues", "organisation_heads")
        return rival._replace(country=country) if named_after and rival.label == "ORG" else None
    if rival.label == "PER":
        return rival if len(words) > 1 and all(capitals) and ours.label == "LOC" else None
    if _DOMAIN.fullmatch(rival.text, len(ours.text)) and rival.start == ours.start:
        return None  # `Mediapart.fr`
    if rival.label == "ORG" and (capitals[0] or _is_head(words[0].folded)):
        return rival._replace(country=country)
    if rival.label == "LOC":
        hyphened = reading.body[ours.end : ours.end + 1] == "-" or (
            reading.body[ours.start - 1 : ours.start] == "-"
        )
        head = words[0].folded in load_words("cues", "facility_heads")
        if hyphened or (head and capitals[0]):
            return rival._replace(country=country)
    return None


def _is_head(word: str) -> bool:
    return word in load_words("cues", "institution_heads")


def _without_overlaps(names: Sequence[Named]) -> tuple[Named, ...]:
    """Longest first where two overlap; the rest in text order."""
    taken: list[Named] = []
    ends: set[int] = set()
    for name in sorted(names, key=lambda n: (n.start - n.end, n.start, not n.entries, n.label)):
        span = range(name.start, name.end)
        if ends.isdisjoint(span):
            ends.update(span)
            taken.append(name)
    return tuple(sorted(taken, key=lambda n: n.start))
