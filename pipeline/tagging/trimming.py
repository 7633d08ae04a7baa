"""Trims a model's span to the name: no titles, offices, articles, determiners, white space."""

import re

from pipeline.tagging.lexicon import load_words
from pipeline.tagging.spelling import Word, is_capitalised, words_of

_DETERMINERS = frozenset(
    "le la les l un une des du de d au aux ce cet cette ces son sa ses leur leurs notre nos "
    "votre vos mon ma mes the a an this that these those his her its their our my".split()
)
# What no name contains: brackets, quotation marks, the end of a sentence (also a glued one).
# A page that lost its tags glues the next paragraph on: `Anne ExempleLa suite`.
_STOPS = re.compile(
    r"[()«»\"“”;:!?\n/|*]|['’]s(?=\s)|(?<=[a-zà-ÿ0-9]{3})\.(?=\s|[A-ZÀ-Þ])"
    r"|(?<=[A-ZÀ-Þ]{2})\.(?=[A-ZÀ-Þ][a-zà-ÿ])"
    r"|(?:(?<=[a-zà-ÿ]{2})|(?<=[A-ZÀ-Þ]{3}))"
    r"(?=(?:La|Le|Les|Un|Une|Des|Du|Il|Elle|Ils|Elles|On|En|Au|Aux|Ce|Cette|Ces|Dans|Pour)\b)"
)
# Small words that may stand inside a name of a person or place.
_PARTICLES = frozenset(
    "de du des d la le les l al el von van der den ter ten di da do dos das del della y e ben bin "
    "ibn abu abou sur sous en et lès aux au and of the for s".split()
)


def trim_name(text: str, start: int, end: int, label: str) -> tuple[int, int]:
    """The name within `text[start:end]`; an empty span if there is none.

    Args:
        text: The body.
        start: First code point of the model's span.
        end: One past its last.
        label: `PER`, `LOC`, `ORG` or `MISC`: what counts as a title depends on it.
    """
    start, end = _first_piece(text, start, end)
    words = list(words_of(text[start:end]))
    words = [Word(w.start + start, w.end + start, w.folded) for w in words]
    while words and _leads_nothing(text, words, label):
        words.pop(0)
    while words and _ends_nothing(text, words, label):
        words.pop()
    if not words:
        return start, start
    return words[0].start, _closed_end(text, words[-1].end, end)


def _first_piece(text: str, start: int, end: int) -> tuple[int, int]:
    """The first part of a span with a capital, where a span runs over a bracket or sentence."""
    at = start
    for stop in _STOPS.finditer(text, start, end):
        if any(c.isupper() for c in text[at : stop.start()]):
            return at, stop.start()
        at = stop.end()
    return at, end


def _leads_nothing(text: str, words: list[Word], label: str) -> bool:
    """Whether the first word is no part of the name."""
    first = words[0]
    if len(words) > 2 and first.folded in load_words("cues", "abstractions"):
        # "ministre du" [Travail Anne Exemple]
        return _is_first_name(words[1].folded)
    capital = is_capitalised(text[first.start : first.end])
    if label == "PER":
        if len(words) > 1 and first.folded in load_words("cues", "honorifics"):
            return True
        if len(words) > 1 and first.folded in load_words("cues", "roles"):
            return not _is_first_name(first.folded)
        return not capital and first.folded not in {
            "al",
            "el",
            "von",
            "van",
            "ben",
            "bin",
            "d",
            "de",
        }
    if first.folded in load_words("cues", "institution_heads"):
        return False
    if not capital:
        landmark = label == "LOC" and len(words) > 1 and _is_landmark(first.folded)
        return not (landmark or first.folded.isdigit())
    if first.folded in _DETERMINERS:
        # An article that belongs to a place stands in capitals inside a sentence too.
        inside = text[max(0, first.start - 2) : first.start].strip(" '’\"«“")
        belongs = label == "LOC" and inside and inside[-1].isalpha() and len(words) > 1
        return not belongs
    return len(words) > 1 and first.folded in load_words("cues", "never")


def _is_landmark(word: str) -> bool:
    return word in load_words("cues", "facility_heads") | load_words("cues", "region_heads")


def _is_first_name(word: str) -> bool:
    return word in load_words("first_names", "names")


def _ends_nothing(text: str, words: list[Word], label: str) -> bool:
    last = words[-1]
    written = text[last.start : last.end]
    if written.isdigit():
        return True  # a score, a year: numbers in a name are the gazetteer's affair
    if is_capitalised(written):
        return False
    if label == "ORG" and len(words) > 2 and last.folded not in _PARTICLES:
        return words[0].folded not in load_words("cues", "organisation_heads")
    return label == "PER" or last.folded in _PARTICLES or last.folded in load_words("cues", "never")


def _closed_end(text: str, end: int, limit: int) -> int:
    """Takes in a full stop that belongs to an abbreviation (`Jr.`, `U.S.`, `Inc.`)."""
    if end < limit and text[end] == "." and text[max(0, end - 2) : end - 1] == ".":
        return end + 1
    if text[end : end + 1] == "." and text[max(0, end - 3) : end] in (" Jr", " Sr"):
        return end + 1
    return end
