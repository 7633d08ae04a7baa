"""Which agencies and publishers an article names as the origin of its copy."""

import functools
import re
from collections.abc import Collection, Sequence

from pipeline.records import Credit, Removed
from pipeline.text.agencies import kind_of, named_in_credit, named_in_prose, signed_by
from pipeline.text.lexicon import fold, load_lexicon

_ROLE_OF_REASON = {
    "header": "header",
    "byline": "byline",
    "dateline": "dateline",
    "footer_credit": "footer",
    "photo_credit": "photo",
    "copyright": "footer",
    "publisher": "publisher",
}
_SCOPE = 90
"""Code points before an agency's name in which the words that credit it are looked for."""
_BOUNDARY = re.compile(r"[.!?…;:«»“”\"()\n]|, (?=qui|dont|et )")
_TLD = re.compile(
    r"\.(?:co\.uk|com|org|net|info|news|fr|be|ch|ca|lu|eu|uk|us|de|it|es|ma|sn|dz|tn|ci|tv|africa)$",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_GOVERNED = re.compile(
    r"(?:\b(?:à|auprès de|pour|par|de|via|avec|to|by|with|from|of)\s*(?:l['’]|la |les |the )?"
    r"|\bd['’]|\b(?:told|tells)\s+(?:the )?)?(?:agences?(?: [\w-]+){0,4} |(?:news )?agency )?$",
    re.IGNORECASE,
)
_ACCORDING = re.compile(
    r"\b(?:selon|d['’]après|d['’]apres|according to|citant|citing|via)\s+[^,]{0,60}$", re.IGNORECASE
)
# Whom one speaks to: enough by itself for a name that means nothing but the agency.
_TOLD = re.compile(r"\b(?:à|auprès de|told|tells) (?:l['’]|the )?$", re.IGNORECASE)
_AGENCY_WORD = re.compile(
    r"\b(?:l['’])?(?:agences?|news agency|agency)(?: (?:de presse|[\w-]+)){0,4},? $", re.IGNORECASE
)
_ARTICLE = re.compile(r"(?:\b(?:la|the) |\b[Ll]['’])$")
_AUXILIARY = re.compile(
    r"\b(?:(?:a|ont|avait|avaient|ayant|aurait|auraient|est|sont|été|has|have|had|was|were)"
    r"(?:-t-(?:il|elle|on)|-(?:ils|elles))? (?:\w+ )?)$",
    re.IGNORECASE,
)


def find_credits(
    body: str,
    removed: Sequence[Removed] = (),
    byline: str = "",
    source: str = "",
    words: Collection[str] | None = None,
) -> tuple[Credit, ...]:
    """Lists the credits of an article, each agency and role with its words once.

    What cleaning cut carries the roles header, byline, dateline, footer, photo and publisher; the
    body carries mentions. A name that is also a common abbreviation (AP, PA) counts where a credit
    is expected, and in prose only after the word "agence" or "agency".

    Args:
        body: The clean text.
        removed: What was cut, with the reasons.
        byline: The declared author line.
        source: The declared publisher, credited (as publisher) where it is an agency.
        words: The body's words (letters and digits), where the caller has them already.

    Returns:
        In the order in which they stand: declared ones, what was cut, the body.
    """
    found: list[Credit] = []
    if source:
        found += [
            Credit(naming.agency, "publisher", source)
            for naming in named_in_credit(source[:200])
            if kind_of(naming.agency) == "agency"
        ]
    if byline:
        found += [
            Credit(naming.agency, "byline", byline) for naming in named_in_credit(byline[:200])
        ]
    for piece in removed:
        found += _of_removed(piece)
    found += _mentions(body, words)
    return tuple(dict.fromkeys(found))


def publisher_name(site: str) -> str:
    """The name behind a site's name in a page title: `Journal.fr` is `Journal`."""
    known = named_in_credit(site)
    if len(known) == 1 and known[0].end - known[0].start >= len(_TLD.sub("", site)):
        return known[0].agency
    return _TLD.sub("", site).strip()


def _of_removed(piece: Removed) -> list[Credit]:
    role = _ROLE_OF_REASON.get(piece.reason, "")
    text = piece.text.strip()
    if not role or len(text) > 400:
        return []
    if role == "publisher":
        name = text.strip(" |-–—•:")
        return [Credit(publisher_name(name), role, name)] if name else []
    signed = signed_by(text)
    if signed:
        return [Credit(signed, role, text)]
    if piece.reason == "header" and "via" not in text.casefold().split():
        return []
    namings = named_in_credit(text)
    if role == "photo":
        # "France Info / A. Photographer": whatever stands in the credit owns the picture.
        return [Credit(naming.agency, role, text) for naming in namings]
    return [Credit(naming.agency, role, text) for naming in namings]


@functools.cache
def _words(section: str) -> frozenset[str]:
    return frozenset(load_lexicon("mentions")[section])


@functools.cache
def _sayings() -> re.Pattern[str]:
    forms = sorted(_words("sayings"), key=lambda form: (-len(form), form))
    return re.compile(rf"(?:\w+ )?(?:{'|'.join(map(re.escape, forms))})(?!\w)")


def _mentions(body: str, words: Collection[str] | None) -> list[Credit]:
    found: list[Credit] = []
    for naming, short in named_in_prose(body, words):
        left = body[max(0, naming.start - _SCOPE) : naming.start]
        boundary = 0
        for match in _BOUNDARY.finditer(left):
            boundary = match.end()
        left = left[boundary:]
        name = body[naming.start : naming.end]
        start = _cue(left, short)
        if start is not None:
            text = (left[start:] + name).strip()
            found.append(Credit(naming.agency, "mention", text))
        elif not short:
            said = _sayings().match(fold(body[naming.end : naming.end + 40]))
            if said:
                article = _ARTICLE.search(left)
                count = len(said[0].split())
                after = re.match(rf"(?:\s+\S+){{{count}}}", body[naming.end : naming.end + 60])
                lead = left[article.start() :] if article else ""
                text = (lead + name + (after[0] if after else "")).strip(" ,.;")
                found.append(Credit(naming.agency, "mention", text))
    return found


def _cue(left: str, short: bool) -> int | None:
    """Where in `left` the words begin that credit the agency named right after it."""
    agency = _AGENCY_WORD.search(left)
    if short and not agency:
        return None
    according = _ACCORDING.search(left)
    words = list(_WORD.finditer(left))
    if _GOVERNED.search(left):
        for match in reversed(words[-9:]):
            folded = fold(match[0]).split("-t-")[0].removesuffix("-il").removesuffix("-elle")
            if folded in _words("verbs"):
                auxiliary = _AUXILIARY.search(left[: match.start()])
                return auxiliary.start() if auxiliary else match.start()
    if according:
        return according.start()
    for match in reversed(words[-4:]):
        if fold(match[0]) in _words("witnesses"):
            return match.start()
    if agency:
        return agency.start()
    told = None if short else _TOLD.search(left)
    return told.start() if told else None
