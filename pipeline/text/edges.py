"""What stands at the edges of an article: date headers, datelines, bare credits, photo credits."""

import functools
import re
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.text.agencies import Naming, kind_of, named_in_credit, signed_by
from pipeline.text.dates import MONTH_NAMES, parse_date
from pipeline.text.lexicon import fold
from pipeline.text.paragraphs import words_in

_MAX_CREDIT_WORDS = 14
_MAX_HEADER_WORDS = 30
_WINDOW = 400

# The crawl's own header: the word "date", a date, then the text on the same line.
_DATE_PREFIX = re.compile(r"date\s*:?\s*(\d{4}(?:-\d{2}(?:-\d{2})?)?)(?![\w-])\s*", re.IGNORECASE)
_VIA = re.compile(r"via\s+([\w.’'-]+(?: [\w.’'-]+){0,3})\s*(?:$|[-–—:|\n])", re.IGNORECASE)
_PAREN = re.compile(r"[(\[]([^()\[\]\n]{2,60})[)\]]")
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
_PHOTO_LABEL = re.compile(
    r"(?:©|\(c\)|ⓒ|(?:crédits?|credits?)(?: photos?| images?)?\s*[:©]|photos?(?: d'illustration)?"
    r"\s*(?::|©|by\b|par\b)|image\s*(?::|©)|illustration\s*(?::|©|/)|\(?photo by\b|visuel\s*[:©])",
    re.IGNORECASE,
)
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright)\s*(?:©\s*)?(?:\d{4}\b|.{0,60}\b(?:19|20)\d{2}\b)", re.I
)
_PHOTO_TAIL = re.compile(
    r"(?:[(\[]?\s*(?:©|\(c\)|(?:crédits?|credits?)(?: photos?)?\s*:|photo(?:s)?\s*(?::|by\b))"
    r"[^.!?()\[\]©]{2,80}[)\]]?\.?)$",
    re.IGNORECASE,
)
_NAME = re.compile(r"[^\W\d_](?:[\w’'.-]*)")
_PARTICLES = frozenset(
    "de du des la le les al el bin ben ibn von van der den da di dos e et and of abu d".split()
)
_CONNECTORS = frozenset(
    "avec et and with via par by source sources from in de l la le les the agence agences agency"
    " agencies presse press redaction rédaction service services infos news wire wires copy d after"
    " au aux to a à photo photos texte".split()
)
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
            and _only_agencies(credit)
            and words_in(place) <= 6
            and (not place or place[0].isupper())
            and (not place or match.end() < len(text))
        ):
            reason = "dateline" if place else "byline"
            shown = match.end("paren") + 1 if match["paren"] else match.end("slash") + 1
            return Prefix(match.end(), shown, reason)
    match = _AGENCY_DASH.match(text, position)
    if match and not after_header and _only_agencies(match["name"]):
        return Prefix(match.end(), match.end("name"), "byline")
    return None


def _only_agencies(text: str) -> bool:
    """Whether this names agencies of the lexicon and nothing else."""
    named = named_in_credit(text)
    if not any(kind_of(naming.agency) == "agency" for naming in named):
        return False
    return not _residue(text, named)


def _residue(text: str, named: Sequence[Naming]) -> list[str]:
    pieces: list[str] = []
    position = 0
    for _, start, end in named:
        pieces.append(text[position:start])
        position = end
    pieces.append(text[position:])
    words = _WORD.findall(" ".join(pieces))
    return [
        word
        for word in words
        if word.casefold() not in _CONNECTORS
        and not word.isdigit()
        and fold(word) not in MONTH_NAMES
    ]


def _skip(text: str, position: int) -> int:
    while position < len(text) and text[position].isspace():
        position += 1
    return position


def is_bare_credit(text: str) -> bool:
    """Whether this line only says whose copy it is: "Avec AFP et Reuters", "(Belga)", "France 24".

    Known agencies and publishers, with connecting words and a date at most; or an agency's closing
    signature; or "avec agences", which names none.
    """
    if len(text) > 400:
        return False
    if signed_by(text):
        return True
    if words_in(text) > _MAX_CREDIT_WORDS:
        return False
    named = named_in_credit(text)
    residue = _residue(text, named)
    if named and not residue:
        return True
    if residue:
        # "Le Journal avec AFP": a paper that the lexicon does not know.
        match = re.fullmatch(r"(.{2,40}?),? (?:avec|with) (.{2,60})", text.strip(" ()[]."))
        return bool(
            match
            and match[1][0].isupper()
            and words_in(match[1]) <= 4
            and named_in_credit(match[2])
            and not _residue(match[2], named_in_credit(match[2]))
        )
    return bool(_UNNAMED.fullmatch(fold(text)))


def photo_or_copyright(text: str, before_prose: bool) -> str:
    """`photo_credit` or `copyright` for a short line that is one of them, else nothing."""
    if len(text) > 160 or words_in(text) > 16:
        return ""
    if _COPYRIGHT.match(text):
        return "photo_credit" if "/" in text and before_prose else "copyright"
    match = _PHOTO_LABEL.match(text)
    if match:
        rest = text[match.end() :]
        if "/" in rest or before_prose or match[0].strip() not in ("©", "(c)", "ⓒ"):
            return "photo_credit" if _names_only(rest) else ""
        return "copyright" if words_in(rest) <= 6 else ""
    if "/" in text and _is_slashed_credit(text):
        return "photo_credit"
    return ""


def _is_slashed_credit(text: str) -> bool:
    """Whether names stand around slashes, one of them an agency's: "A. Photographer / AFP"."""
    parts = [part.strip() for part in text.strip(" ().").split("/")]
    known = [bool(named_in_credit(part)) and _only_agencies(part) for part in parts]
    return (
        any(known)
        and not all(known)
        and all(is_known or _names_only(part) for part, is_known in zip(parts, known, strict=True))
    )


def _names_only(text: str) -> bool:
    """Whether all words look like names: capitalised, initials or particles."""
    words = _NAME.findall(text)
    return 0 < len(words) <= 12 and all(
        word[0].isupper() or word.casefold() in _PARTICLES or word.casefold() in _CONNECTORS
        for word in words
    )


def photo_tail(text: str) -> int:
    """Where a photo credit at the end of a caption begins; -1 if there is none."""
    match = _PHOTO_TAIL.search(text, max(0, len(text) - 110))
    if not match or match.start() < 20:
        return -1
    rest = _PHOTO_LABEL.sub("", match[0], count=1)
    return match.start() if _names_only(rest) else -1


def credit_tail(text: str) -> int:
    """Where a bare credit ends a paragraph ("… (avec AFP)"): its start; -1 if there is none."""
    low = max(0, len(text) - 80)
    starts = [m.end() for m in re.finditer(r"[.!?»”\"…]\s+|(?<=[.!?»”\"…])(?=[(\[])", text[low:])]
    starts += [m.start() for m in re.finditer(r"(?<=\s)[(\[]", text[low:])]
    for start in sorted(set(starts)):
        piece = text[low + start :].strip()
        if piece and low + start >= 20 and words_in(piece) <= 8 and _is_tail_credit(piece):
            return low + start
    return -1


_UNNAMED = re.compile(r"[(\[]?(?:avec|with|source ?:|via) (?:les |news )?agenc(?:es?|ies)[)\].]*")
_TAIL_OPENING = re.compile(r"[(\[]|(?:avec|source|sources|with|via|par|by)\b", re.IGNORECASE)


def _is_tail_credit(piece: str) -> bool:
    # A bare name after a full stop may be the first word of a sentence that was cut: ask for more.
    return bool(_TAIL_OPENING.match(piece)) and is_bare_credit(piece)


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
    if not match or words_in(match[1]) > 12 or not _names_only(re.sub(r"[,|/&]", " ", match[1])):
        return ""
    return match[1].strip()
