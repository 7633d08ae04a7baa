"""Headers that stand above an article or share its first line: date, byline, dateline."""

import functools
import re
from typing import NamedTuple

from pipeline.text.agencies import named_in_credit
from pipeline.text.credit_lines import names_only, only_agencies
from pipeline.text.dates import MONTH_NAMES, parse_date
from pipeline.text.lexicon import fold
from pipeline.text.paragraphs import words_in

_MAX_HEADER_WORDS = 30
_WINDOW = 400
"""Code points at the start of a text in which a header is looked for."""

# The crawl's own header: the word "date", a date, then the text on the same line.
_DATE_PREFIX = re.compile(r"date\s*:?\s*(\d{4}(?:-\d{2}(?:-\d{2})?)?)(?![\w-])\s*", re.IGNORECASE)
_VIA = re.compile(r"via\s+([\w.’'-]+(?: [\w.’'-]+){0,3})\s*(?:$|[-–—:|\n])", re.IGNORECASE)
_DASH = r"\s*(?:\.?\s*[-–—]{1,2}|:)?\s*"
_PLACE = r"[^\W\d_](?:[\w’'./-]| (?=[^\W\d_]))*"
_DATELINE = re.compile(
    rf"(?P<place>{_PLACE}(?: ?\([^()\n]{{2,30}}\))?)?"
    r"(?P<date>,? ?(?:le )?(?:\d{1,2}(?:er)? [^\W\d_]{3,9}\.?|[^\W\d_]{3,9}\.? \d{1,2})"
    r"(?:,? \d{4})?)?"
    r"[,.]?\s*(?:\((?P<paren>[^()\n]{2,40})\)|/(?P<slash>[^/\n]{2,20})/\.?)"
    rf"{_DASH}"
)
_AGENCY_DASH = re.compile(r"(?P<name>[^\W\d_][\w’' -]{1,28}?)\s*[-–—]{1,2}\s+(?=[^\W\d_«\"“])")
_HEADER_LABELS = frozenset(
    "publie publiee poste mis mise modifie modifiee actualise actualisee published posted updated"
    " update lecture read date".split()
)
_HEADER_WORDS = (
    _HEADER_LABELS
    | MONTH_NAMES
    | frozenset(
        "le la les a at on the by to jour maj temps de du et and h min mn mins minute minutes"
        " sec am pm utc gmt cet cest est edt pst bst heure heures last first ago il y ya time"
        " reading lire lundi mardi mercredi jeudi vendredi samedi dimanche monday tuesday"
        " wednesday thursday friday saturday sunday lun mar mer jeu ven sam dim mon tue wed thu"
        " fri sat sun 1er paris premiere derniere modification fois ecoute duree".split()
    )
)
_WORD = re.compile(r"\w+")
_BYLINE = re.compile(r"(?:par|by|de|propos recueillis par|reportage de)\s*:?\s+(.{3,120})", re.I)


class Prefix(NamedTuple):
    """A credit or header at the start of a unit.

    Attributes:
        end: Characters of it, blanks after it included.
        shown: Characters of what is recorded, without them.
        reason: `header`, `byline` or `dateline`.
        date: The date it states, or nothing.
    """

    end: int
    shown: int
    reason: str
    date: str = ""


def leading(text: str) -> list[Prefix]:
    """Header, byline and dateline that share the first line with the text, one after the other."""
    text = text[:_WINDOW]
    found: list[Prefix] = []
    position = 0
    match = _DATE_PREFIX.match(text)
    if match and parse_date(match[1]).edtf:
        position = match.end()
        found.append(Prefix(position, len(match[0].rstrip()), "header", match[1]))
    match = _VIA.match(text, position) if position else None
    if match and named_in_credit(match[1]):
        last = named_in_credit(match[1])[-1].end
        end = match.start(1) + last
        found.append(Prefix(_skip(text, end), end, "header"))
        position = found[-1].end
    dateline = _dateline(text, position, after_header=bool(found))
    if dateline:
        found.append(dateline)
    return found


def _dateline(text: str, position: int, after_header: bool) -> Prefix | None:
    match = _DATELINE.match(text, position)
    if match:
        credit = match["paren"] or match["slash"]
        place = match["place"] or ""
        if (
            match.start("paren" if match["paren"] else "slash") - position <= 70
            and only_agencies(credit)
            and words_in(place) <= 6
            and (not place or place[0].isupper())
            and (not place or match.end() < len(text))
        ):
            reason = "dateline" if place else "byline"
            shown = match.end("paren") + 1 if match["paren"] else match.end("slash") + 1
            return Prefix(match.end(), shown, reason)
    match = _AGENCY_DASH.match(text, position)
    if match and not after_header and only_agencies(match["name"]):
        return Prefix(match.end(), match.end("name"), "byline")
    return None


def _skip(text: str, position: int) -> int:
    while position < len(text) and text[position].isspace():
        position += 1
    return position


def header_date(text: str) -> str | None:
    """The date of a line that says when it was published; None if it is no such line.

    All its words are of a closed list (labels, dates, clock, reading time), one of them a label; or
    it is a full date alone.
    """
    if len(text) > 200 or words_in(text) > _MAX_HEADER_WORDS:
        return None
    words = _WORD.findall(fold(text))
    clock = re.compile(r"\d+|\d+h\d*|\d+(?:min|mn|s|st|nd|rd|th|t\d+|z|er)")
    if not words or not all(word in _HEADER_WORDS or clock.fullmatch(word) for word in words):
        return None
    if not any(word.isdigit() or clock.fullmatch(word) for word in words):
        return None
    found = parse_date(text).edtf
    if _HEADER_LABELS.intersection(words) or len(found) >= 10:
        return found
    return None


@functools.lru_cache(maxsize=4_096)
def byline_of(text: str) -> str:
    """The author line's names ("Par Prénom Nom, avec AFP"); empty if this is none."""
    if len(text) > 140 or text.rstrip().endswith((".", "!", "?", ":")):
        return ""
    match = _BYLINE.fullmatch(text.strip(" |•·-–—"))
    if not match or words_in(match[1]) > 12 or not names_only(re.sub(r"[,|/&]", " ", match[1])):
        return ""
    return match[1].strip()
