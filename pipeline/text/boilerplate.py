"""Tells the lines that sites put around articles, by phrases and form."""

import functools
import re
from typing import NamedTuple

from pipeline.text.lexicon import fold, load_lexicon
from pipeline.text.paragraphs import words_in

PHRASE_REASONS = (
    "related_link",
    "share",
    "advertisement",
    "paywall",
    "appeal",
    "cookies",
    "copyright",
)
_MAX_CHARACTERS = 900
_MAX_WORDS = 45
_SENTENCE = re.compile(r"[^.!?]+(?:[.!?]+(?=\s|$)|$)|[.!?]+")
_QUOTED = re.compile('[«»“”"]')
_SEPARATED = re.compile(r"\s*[|•·›»>/]\s*|\s+[-–—]\s+")
_TRIM = " .!?:;,|>»›•·-–—*[]()→▶►…"


class _Phrases(NamedTuple):
    whole: frozenset[str]
    opens: tuple[str, ...]
    holds: tuple[str, ...]
    patterns: tuple[re.Pattern[str], ...]


@functools.cache
def _phrases() -> dict[str, _Phrases]:
    lexicon = load_lexicon("boilerplate")
    result: dict[str, _Phrases] = {}
    for reason in PHRASE_REASONS:
        entry = lexicon[reason]
        holds = entry.get("holds", ())
        result[reason] = _Phrases(
            frozenset(entry.get("whole", ())),
            tuple(entry.get("opens", ())),
            tuple(phrase for phrase in holds if ".*" not in phrase),
            tuple(
                re.compile(phrase.replace(".*", ".{0,40}")) for phrase in holds if ".*" in phrase
            ),
        )
    return result


@functools.cache
def _menu_words() -> frozenset[str]:
    return frozenset(load_lexicon("boilerplate")["navigation"])


class _Closing(NamedTuple):
    address: re.Pattern[str]
    possessive: re.Pattern[str]
    matters: tuple[re.Pattern[str], ...]


@functools.cache
def _closing() -> _Closing:
    entry = load_lexicon("boilerplate")["closing"]
    return _Closing(
        _any_of(entry["address"]),
        _any_of(entry["possessive"]),
        tuple(_any_of(phrases) for phrases in entry["matters"].values()),
    )


def _any_of(phrases: list[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, phrases))})(?!\w)")


def phrase_reason(text: str) -> str:
    """Why this unit is boilerplate, by its phrases; empty if they don't say so.

    A unit of several sentences is boilerplate if the sentences that are hold most of its words, and
    it quotes nobody.
    """
    if len(text) > _MAX_CHARACTERS:
        return ""
    sentences = _SENTENCE.findall(text)
    if len(sentences) < 2:
        return _sentence_reason(text)
    if _QUOTED.search(text):
        return ""
    first = ""
    matched = 0
    for sentence in sentences:
        found = _sentence_reason(sentence)
        if found:
            first = first or found
            matched += words_in(sentence)
    return first if matched >= 0.6 * words_in(text) else ""


def _sentence_reason(text: str) -> str:
    if len(text) > 400:
        return ""
    folded = fold(text).strip(_TRIM)
    if not folded:
        return ""
    short = words_in(folded) <= _MAX_WORDS
    for reason, phrases in _phrases().items():
        if folded in phrases.whole:
            return reason
        if any(_opens(text, folded, phrase) for phrase in phrases.opens):
            return reason
        if short and (
            any(phrase in folded for phrase in phrases.holds)
            or any(pattern.search(folded) for pattern in phrases.patterns)
        ):
            return reason
    return ""


def _opens(text: str, folded: str, phrase: str) -> bool:
    if not folded.startswith(phrase):
        return False
    rest = folded[len(phrase) :].lstrip()
    if not rest:
        return True
    if folded[len(phrase)].isalnum():
        return False
    # "Lire aussi : …", "LIRE AUSSI Le …"; but not "lire aussi que …".
    original = text.strip(_TRIM)
    return rest[0] in ":>-–—|»«→\"'[(" or (
        " " in phrase and (original[: len(phrase)].isupper() or phrase.split()[0] in _IMPERATIVES)
    )


_IMPERATIVES = frozenset(
    "partager partagez share follow suivez-nous suivre sauvegarder inscrivez-vous abonnez-vous"
    " recevez sign subscribe get signaler report tous all toute la story article droits".split()
)


def is_closing_appeal(text: str) -> bool:
    """Whether a short paragraph asks the reader for something, or explains the site's own doings.

    It must address the reader or speak as "we", be about two or more of the site's own matters
    (comments, sharing, newsletters, …), and quote nobody.
    """
    if len(text) > _MAX_CHARACTERS or words_in(text) > 80 or _QUOTED.search(text):
        return False
    folded = fold(text)
    closing = _closing()
    if closing.address.search(folded):
        needed = 2
    elif closing.possessive.search(folded):
        needed = 3
    else:
        return False
    return sum(bool(pattern.search(folded)) for pattern in closing.matters) >= needed


def is_menu_word(text: str) -> bool:
    """Whether this line is an entry that menus of news sites have."""
    return len(text) <= 40 and fold(text).strip(_TRIM) in _menu_words()


def is_menu_line(text: str) -> bool:
    """Whether this one line is a whole menu or path: "Accueil | Monde | Sport"."""
    if len(text) > 400:
        return False
    parts = [part for part in _SEPARATED.split(text) if part.strip()]
    if len(parts) < 3 or any(words_in(part) > 6 for part in parts):
        return False
    known = sum(is_menu_word(part) for part in parts)
    return known >= 2 and known >= 0.3 * len(parts)
