"""Lines and ends of lines that only say whose copy or picture it is."""

import re
from collections.abc import Sequence

from pipeline.text.agencies import Naming, kind_of, named_in_credit, signed_by
from pipeline.text.dates import MONTH_NAMES
from pipeline.text.lexicon import fold
from pipeline.text.paragraphs import words_in

_MAX_CREDIT_WORDS = 14

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
_WORD = re.compile(r"\w+")


def only_agencies(text: str) -> bool:
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
            return "photo_credit" if names_only(rest) else ""
        return "copyright" if words_in(rest) <= 6 else ""
    if "/" in text and _is_slashed_credit(text):
        return "photo_credit"
    return ""


def _is_slashed_credit(text: str) -> bool:
    """Whether names stand around slashes, one of them an agency's: "A. Photographer / AFP"."""
    parts = [part.strip() for part in text.strip(" ().").split("/")]
    known = [bool(named_in_credit(part)) and only_agencies(part) for part in parts]
    return (
        any(known)
        and not all(known)
        and all(is_known or names_only(part) for part, is_known in zip(parts, known, strict=True))
    )


def names_only(text: str) -> bool:
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
    return match.start() if names_only(rest) else -1


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
