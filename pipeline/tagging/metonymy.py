"""Metonymy: a capital that speaks, decides or acts stands for its government.

`Washington accuse`, `attribuée par Washington`, `selon Moscou`, `tensions entre Paris et Ankara`
name governments; `l'ambassade à Bagdad`, `rester à Washington` name cities. The rules read the few
words on either side, no parser needed.
"""

import functools
import re
from collections.abc import Sequence

from pipeline.tagging.countries import capitals, country_entries
from pipeline.tagging.lexicon import Entry, load_words
from pipeline.tagging.named import Named, Reading
from pipeline.tagging.spelling import name_key, words_of

_REACH = 90
_CLOSERS = '.!?;:\n"«»“”()'
_SOURCES = {
    "fr": frozenset({"selon"}),
    "en": frozenset({"to"}),
}
# Small words that may stand between a subject and its verb.
_SKIPPED = {
    "fr": frozenset(
        "ne n se s a ont avait avaient aurait auraient est etait va vont vient y en l le la les "
        "lui leur ainsi aussi donc deja toujours egalement d ailleurs pourtant vivement fermement "
        "encore officiellement desormais immediatement rapidement regulierement notamment de son "
        "cote pour sa part quant elle lundi mardi mercredi jeudi vendredi samedi dimanche hier "
        "aujourd hui tout bien pas plus jamais".split()
    ),
    "en": frozenset(
        "has have had is was will would also again then now already strongly repeatedly not "
        "never quickly officially formally reportedly on monday tuesday wednesday thursday friday "
        "saturday sunday yesterday today itself".split()
    ),
}
_PLACE = {
    "fr": frozenset("a de d du dans vers depuis en sur pres jusqu pour hors chez sous".split()),
    "en": frozenset("in at from near of to outside around into across through".split()),
}
# The capital whose teams, fairs and streets are in the news each day as well.
_HOME = {"fr": "FR", "en": "GB"}
_AUXILIARIES = frozenset("a ont avait avaient has have had".split())
_PARTICIPLE = {"fr": re.compile(r"\w{2,}[eiu]s?\Z"), "en": re.compile(r"\w{2,}(?:ed|en|t|d)\Z")}
_PASSIVE_SUBJECT = re.compile(
    r"(?:a|ont|avait|est) (?:ete|soit|etait) (?:\w+ment )?"
    r"(?:pointe|accuse|condamne|sanctionne|critique|soupconne|mis en cause)"
)


@functools.cache
def governments(language: str) -> dict[str, Entry]:
    """The country that each capital's name stands for, by folded name."""
    entries = country_entries()
    return {name_key(name): entries[code] for code, names in capitals().items() for name in names}


def government_of(reading: Reading, name: Named) -> Entry | None:
    """The country for whose government a capital's name stands here; None if it is the city."""
    country = governments(reading.language).get(name_key(name.text))
    if country is None or reading.language not in _SKIPPED:
        return None
    before = _left(reading.body, name.start)
    after = _right(reading.body, name.end)
    home = country.country == _HOME[reading.language]
    return country if _acts(reading.language, before, after, home) else None


def _left(body: str, start: int) -> list[str]:
    text = body[max(0, start - _REACH) : start]
    cut = max(text.rfind(c) for c in _CLOSERS)
    return [w.folded for w in words_of(text[cut + 1 :])]


def _right(body: str, end: int) -> list[str]:
    text = body[end : end + _REACH]
    aside = re.match(r", (?:qui|who|which) ", text)
    if aside:
        text = text[aside.end() :]
    elif text.startswith(","):
        return []
    cuts = [text.find(c) for c in _CLOSERS if c in text]
    return [w.folded for w in words_of(text[: min(cuts, default=len(text))])]


def _acts(language: str, before: Sequence[str], after: Sequence[str], home: bool) -> bool:
    last = before[-1] if before else ""
    if last in _SOURCES[language] and (language != "en" or before[-2:-1] == ["according"]):
        return True
    if last in ("par", "by") and _any_stem(language, "by", before[-8:-1]):
        return True
    if _between(language, before, after):
        return True
    if last in ("a", "to") and _any_stem(language, "ask", before[-4:-1]) and _is_de(after):
        return True
    if last in _PLACE[language] or last in ("par", "by"):
        return False
    if _any_stem(language, "on", before[-2:]):
        return True
    if _is_subject(language, after, home):
        return True
    # "Washington et Téhéran s'accusent": what the second does, the first does too.
    if after[:1] and after[0] in ("et", "and") and len(after) > 2:
        return after[1] in governments(language) and _is_subject(language, after[2:], home)
    return False


def _is_subject(language: str, after: Sequence[str], home: bool) -> bool:
    skipped = _SKIPPED[language]
    if not home and len(after) > 1 and after[0] in _AUXILIARIES:
        done = after[1]
        if _PARTICIPLE[language].match(done) and not _has_stem(language, "town", done):
            return True
    for position, word in enumerate(after[:7]):
        if _has_stem(language, "act", word):
            return True
        if word not in skipped:
            break
        if position > 5:
            break
    return bool(_PASSIVE_SUBJECT.match(" ".join(after[:8])))


def _between(language: str, before: Sequence[str], after: Sequence[str]) -> bool:
    """`entre Washington et Téhéran`, `tensions avec Téhéran`, `bête noire de Washington`."""
    relations = load_words("verbs", f"{language}_relations")
    near = before[-7:]
    related = any(word in relations for word in near)
    linked = {"entre", "avec", "contre", "between", "with", "against"}
    if related and any(word in linked for word in near):
        return True
    if before[-1:] not in (["de"], ["d"], ["of"], ["a"], ["to"]):
        return False
    return before[-3:-1] == ["bete", "noire"] or bool(relations.intersection(before[-2:-1]))


def _is_de(after: Sequence[str]) -> bool:
    return after[:1] in (["de"], ["d"], ["to"], ["qu"], ["que"])


def _any_stem(language: str, kind: str, words: Sequence[str]) -> bool:
    return any(_has_stem(language, kind, word) for word in words)


def _has_stem(language: str, kind: str, word: str) -> bool:
    return bool(_stems(language, kind).match(word))


@functools.cache
def _stems(language: str, kind: str) -> re.Pattern[str]:
    if kind == "ask":
        stems = [
            "demand",
            "ordonn",
            "impos",
            "reproch",
            "reclam",
            "enjoint",
            "propos",
            "ask",
            "tell",
        ]
    else:
        stems = sorted(load_words("verbs", f"{language}_{kind}"))
    endings = (
        "e|es|ent|a|ait|aient|er|era|eront|erait|eraient|ant|ee|ees|i|it|is|ie|ies|issait|issent|"
        "ir|ira|t|s|re|ra|d|u|ue|us|aient|ons|ed|es|ing|y|ies|ied"
    )
    return re.compile(rf"(?:{'|'.join(stems)})(?:{endings})?\Z")
