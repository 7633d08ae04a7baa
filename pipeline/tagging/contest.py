"""Who is right where the language model and the gazetteer both see a name."""

import re
from collections.abc import Sequence

from pipeline.tagging.gazetteer import Match
from pipeline.tagging.lexicon import load_words
from pipeline.tagging.named import LABELS_OF_TYPES, Named, Reading, starts_sentence
from pipeline.tagging.spelling import Word, is_capitalised, name_key, words_of

_ARTICLE = re.compile(r"\b[Tt]he \Z")
# `Milan - The coach …`, `BUFFALO, N.Y. — …`
_DATELINE = re.compile(r"(?:, [A-Z][\w. ]{0,15})?(?: \([A-Z][\w ]+\))? [-–—] ")
_DOMAIN = re.compile(r"\.[a-z]{2,4}")
# English word lists hold the names of great cities too.
_METROPOLIS = 500_000
_IN_DEPARTMENT = re.compile(
    r"(?:\bdans (?:le |l['’]|la |les )|département (?:de |du |de l['’]|de la ))\Z"
)
# `ministre de la`: what follows is an office, no institution.
PORTFOLIO = re.compile(
    r"(?:ministre|secrétaire d['’][EÉ]tat|commission|déléguée?)"
    r" (?:de |du |des |de la |de l['’]|à |au |à la |à l['’])\Z",
    re.IGNORECASE,
)
# `a confié … au` Parisien
_SAID = re.compile(
    r"\b(?:confi|déclar|expliqu|affirm|indiqu|précis|racont|assur|dit|estim|témoign|révél|détaill)"
    r"[^.!?\n]*\bau \Z"
)
_AT = re.compile(r"\b(?:[àÀ]|près de|maire de|ville de) \Z")
_SMALL = frozenset("de d du des la le les von van der den di da dos del al el ben bin".split())
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
    if match.weak and (
        _placed(reading, match)
        or _contracted(reading, match, text)
        or _announced(reading, match)
        or _located(reading, match, rivals)
        or _articled(reading, match)
    ):
        return ours
    if name_key(text) in load_words("cues", "abstractions") and _after_article(reading, match):
        return None  # `garde des Sceaux`
    if _is_first_name_too(match, text) and not any(r.label == "LOC" for r in rivals):
        return None
    if _is_portfolio(reading, match, text):
        return None
    if match.weak or _looks_common(reading, match, text) or _goes_on(reading, match, text):
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


def _is_portfolio(reading: Reading, match: Match, text: str) -> bool:
    """Whether a department of state stands for its minister's office: `ministre de la Culture`."""
    if not all(
        w.folded in load_words("cues", "abstractions") or len(w.folded) < 3 for w in words_of(text)
    ):
        return False
    return bool(PORTFOLIO.search(reading.body, max(0, match.start - 24), match.start))


def _goes_on(reading: Reading, match: Match, text: str) -> bool:
    """Whether a town's name is the beginning of a longer one: `San` of `San Raffaele`."""
    if match.entries[0].type != "CITY" or match.entries[0].size >= _METROPOLIS or " " in text:
        return False
    following = reading.body[match.end : match.end + 3]
    return len(following) == 3 and following[0] == " " and following[1:].istitle()


def _after_article(reading: Reading, match: Match) -> bool:
    before = words_of(reading.body[max(0, match.start - 8) : match.start])
    return bool(before) and before[-1].folded in {"des", "du", "la", "l", "the"}


def _announced(reading: Reading, match: Match) -> bool:
    """Whether the word before says what it is: `le quotidien` Sud Ouest, `la société` Orange."""
    before = words_of(reading.body[max(0, match.start - 20) : match.start])
    kinds = load_words("cues", "organisation_before")
    organisation = match.entries[0].type == "ORGANIZATION"
    return organisation and bool(before) and before[-1].folded in kinds


def _articled(reading: Reading, match: Match) -> bool:
    """Whether an English team or paper has its article: `the Bills`, `the Observer`."""
    entry = match.entries[0]
    if reading.language != "en" or entry.type != "ORGANIZATION":
        return False
    before = reading.body[max(0, match.start - 5) : match.start]
    after = reading.body[match.end : match.end + 2]
    joined = len(after) == 2 and after[0] in " -" and after[1].isupper()
    return bool(_ARTICLE.search(before)) and not joined


def _is_first_name_too(match: Match, text: str) -> bool:
    """`Dominique`, `Florence`, `Chad`: a place only where the model sees one."""
    return (
        not match.weak
        and match.kind == "name"
        and match.entries[0].type in {"COUNTRY", "CITY", "REGION"}
        and name_key(text) in load_words("first_names", "names")
    )


def of_match(reading: Reading, match: Match) -> Named:
    """A match as a name."""
    entries = match.entries
    if entries[0].type == "CITY" and entries[-1].type == "REGION":
        before = reading.body[max(0, match.start - 4) : match.start]
        entries = entries[-1:] if before.endswith(" la ") else entries[:-1]
    return Named(
        match.start,
        match.end,
        reading.body[match.start : match.end],
        "" if match.kind == "demonym" else LABELS_OF_TYPES[entries[0].type],
        entries,
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


def _located(reading: Reading, match: Match, rivals: Sequence[Named]) -> bool:
    """Whether what the model takes for a person stands where a town does: `à` [Livermore]."""
    if match.entries[0].type != "CITY" or [(r.start, r.end) for r in rivals] != [match[:2]]:
        return False
    if name_key(reading.body[match.start : match.end]) in load_words("first_names", "names"):
        return False
    return bool(_AT.search(reading.body, max(0, match.start - 12), match.start))


def _contracted(reading: Reading, match: Match, text: str) -> bool:
    """Whether a paper has lost its article: `auprès du Figaro`, `au Parisien`."""
    if not match.entries[0].name.startswith(("Le ", "Les ")):
        return False
    before = [w.folded for w in words_of(reading.body[max(0, match.start - 24) : match.start])]
    if before[-1:] not in (["du"], ["au"], ["des"], ["aux"]):
        return False
    if not reading.is_word(text.lower()) or _PRESS.intersection(before[-3:-1]):
        return True
    return bool(_SAID.search(reading.body, max(0, match.start - 90), match.start))


def _looks_common(reading: Reading, match: Match, text: str) -> bool:
    """Whether a place could be a common word that stands first in its sentence."""
    return (
        match.entries[0].type == "CITY"
        and match.entries[0].size < _METROPOLIS
        and " " not in text
        and reading.is_word(text.lower())
        and starts_sentence(reading.body, match.start)
        and not _DATELINE.match(reading.body, match.end)
    )


def _longer(reading: Reading, ours: Named, rival: Named) -> Named | None:
    """The model's longer span, if it is a name as a whole."""
    words = words_of(rival.text)
    capitals = [is_capitalised(rival.text[w.start : w.end]) for w in words]
    # `Conseil national de …` is not the Swiss one.
    country = "" if ours.label == "ORG" else ours.entries[0].country
    first_last = words[0].folded in load_words("first_names", "names")
    if rival.label == "PER" and first_last and _is_full_name(words, capitals):
        return rival
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
        return rival if ours.label == "LOC" and _is_full_name(words, capitals) else None
    if _DOMAIN.fullmatch(rival.text, len(ours.text)) and rival.start == ours.start:
        return None  # `Mediapart.fr`
    if rival.label == "ORG" and (capitals[0] or _is_head(words[0].folded)):
        return rival._replace(country=country)
    if rival.label == "LOC":
        hyphened = reading.body[ours.end : ours.end + 1] == "-" or (
            reading.body[ours.start - 1 : ours.start] == "-"
        )
        # `Hollywood Boulevard`, `Tampa Bay`; a list has no place in the model's spans.
        whole = all(capitals) and len(words) <= 3 and "," not in rival.text
        if _is_landmark(words[0].folded):
            return rival._replace(country=country)
        if hyphened or whole:
            return rival  # another town: `Saint-Paul-de-Vence` is not Saint Paul
    return None


def _is_full_name(words: Sequence[Word], capitals: Sequence[bool]) -> bool:
    """`Anne d'Exemple`: capitals, and small words only inside."""
    return (
        len(words) > 1
        and capitals[-1]
        and all(
            capital or word.folded in _SMALL for word, capital in zip(words, capitals, strict=True)
        )
    )


def _is_landmark(word: str) -> bool:
    """Whether a word begins the name of a building or of a natural place."""
    return word in load_words("cues", "facility_heads") | load_words("cues", "region_heads")


def _is_head(word: str) -> bool:
    return word in load_words("cues", "institution_heads")
