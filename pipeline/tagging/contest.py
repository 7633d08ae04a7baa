"""Who is right where the language model and the gazetteer both see a name."""

import re
from collections.abc import Sequence

from pipeline.tagging.gazetteer import Match
from pipeline.tagging.lexicon import load_words
from pipeline.tagging.named import LABELS_OF_TYPES, Named, Reading, starts_sentence
from pipeline.tagging.spelling import is_capitalised, words_of

_DOMAIN = re.compile(r"\.[a-z]{2,4}")
# English word lists hold the names of great cities too.
_METROPOLIS = 500_000
_IN_DEPARTMENT = re.compile(
    r"(?:\bdans (?:le |l['’]|la |les )|département (?:de |du |de l['’]|de la ))\Z"
)
_PREFIXES = frozenset("pro anti ex non outre trans inter post pre us eu uk".split())
_PRESS = frozenset(
    "journal quotidien hebdomadaire magazine site journaliste journalistes colonnes informations "
    "une edition aupres revelations article enquete".split()
)


def part_of_compound(body: str, match: Match) -> bool:
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


def contest(reading: Reading, match: Match, rivals: Sequence[Named]) -> Named | None:
    """Who stands where a match and the model's spans overlap; None leaves the model's alone."""
    ours = of_match(reading, match)
    text = ours.text
    if match.weak and (_placed(reading, match) or _contracted(reading, match, text)):
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


def of_match(reading: Reading, match: Match) -> Named:
    """A match as a name."""
    return Named(
        match.start,
        match.end,
        reading.body[match.start : match.end],
        "" if match.kind == "demonym" else LABELS_OF_TYPES[match.entries[0].type],
        match.entries,
        match.kind,
        weak=match.weak,
    )


def _placed(reading: Reading, match: Match) -> bool:
    """Whether a department stands where only one can: `(Nord)`, `dans le Var`."""
    if match.entries[0].type != "REGION":
        return False
    before = reading.body[max(0, match.start - 20) : match.start]
    bracketed = before.endswith("(") and reading.body[match.end : match.end + 1] in (")", ",")
    return bracketed or bool(_IN_DEPARTMENT.search(before))


def _contracted(reading: Reading, match: Match, text: str) -> bool:
    """Whether a paper has lost its article: `auprès du Figaro`, `au Parisien`."""
    if not match.entries[0].name.startswith(("Le ", "Les ")):
        return False
    before = [w.folded for w in words_of(reading.body[max(0, match.start - 24) : match.start])]
    if before[-1:] not in (["du"], ["au"], ["des"], ["aux"]):
        return False
    return not reading.is_word(text.lower()) or bool(_PRESS.intersection(before[-3:-1]))


def _looks_common(reading: Reading, match: Match, text: str) -> bool:
    """Whether a place could be a common word that stands first in its sentence."""
    return (
        match.entries[0].type == "CITY"
        and match.entries[0].size < _METROPOLIS
        and " " not in text
        and reading.is_word(text.lower())
        and starts_sentence(reading.body, match.start)
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
