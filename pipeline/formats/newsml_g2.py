"""NewsML-G2 (IPTC): news items with text; everything else that G2 carries is told apart."""

import re

from pipeline.errors import RejectError, RejectReason
from pipeline.formats.decoding import normalise
from pipeline.formats.markup import element_text, html_text
from pipeline.formats.metadata import (
    code,
    distinct,
    field,
    is_correction,
    note,
    status_of,
    urgency_of,
    version_of,
    with_dateline,
)
from pipeline.formats.nitf import nitf_byline, nitf_headline, nitf_text
from pipeline.formats.xml import (
    Element,
    attribute,
    child,
    children,
    content,
    language,
    line,
    local,
    malformed,
)
from pipeline.records import ParsedItem

ITEMS = ("newsItem", "packageItem", "conceptItem", "knowledgeItem", "planningItem", "catalogItem")
"""What a `newsMessage` may hold; only the first can be an article."""

# NewsCodes `ninat`: what a newsItem is when it is no text.
_OTHER_CLASSES = frozenset(
    "picture graphic audio video animation concept scheme catalog newscoverage".split()
)
_MARKUP = frozenset("html body div section article p".split())


def parse_newsml_g2(item: Element, source_uri: str) -> ParsedItem:
    """Reads one item.

    `date` is when the first version was created, `modified` when this one was.

    Raises:
        RejectError: `not_an_article` for packages, concepts, pictures and the like; `malformed`
            where guid or itemMeta are missing or the status is unknown; `no_text`.
    """
    if local(item) != "newsItem":
        raise RejectError(RejectReason.NOT_AN_ARTICLE, f"this is a NewsML-G2 {local(item)}")
    meta, about = child(item, "itemMeta"), child(item, "contentMeta")
    guid = field(attribute(item, "guid"))
    if not guid or meta is None:
        raise malformed(f"the newsItem has no {'itemMeta' if guid else 'guid'}")
    status = status_of(_concept(child(meta, "pubStatus")))
    if status is None:
        raise malformed(f"unknown pubStatus {_concept(child(meta, 'pubStatus'))[:40]!r}")
    kind = code(_concept(child(meta, "itemClass"))).lower()
    if kind in _OTHER_CLASSES:
        raise RejectError(RejectReason.NOT_AN_ARTICLE, f"this is a NewsML-G2 item of class {kind}")
    signals = [code(_concept(signal)).lower() for signal in children(meta, "signal")]
    signal = " ".join(distinct(signals))
    if status == "usable" and is_correction(signal):
        status = "corrected"
    nitf = _nitf(item)
    text, marked_up = _text(item, nitf)
    if not text.strip() and status not in ("canceled", "withheld"):
        raise _without_text(item)
    embargo = child(meta, "embargoed")
    created = field(line(child(meta, "versionCreated")))
    return ParsedItem(
        source_uri=source_uri,
        text=with_dateline(text, line(child(about, "dateline"))),
        headline=_headline(about) or (nitf_headline(nitf) if nitf is not None else ""),
        byline=field(line(child(about, "by"))) or (nitf_byline(nitf) if nitf is not None else ""),
        source=_name(child(meta, "provider")),
        guid=guid,
        version=version_of(attribute(item, "version")),
        status=status,
        language=_language(item, about),
        date=field(line(child(meta, "firstCreated"))) or created,
        subjects=_subjects(about),
        urgency=urgency_of(line(child(about, "urgency"))),
        embargoed=None if embargo is None else field(line(embargo)),
        slug=field(line(child(about, "slugline"))),
        signal=signal,
        ed_note=note("; ".join(_notes(meta))),
        extracted=marked_up,
        modified=created,
    )


def _concept(element: Element | None) -> str:
    """What identifies a concept: a QCode, a URI or a literal."""
    return next(
        (value for key in ("qcode", "uri", "literal") if (value := attribute(element, key))), ""
    )


def _name(element: Element | None) -> str:
    """The name of a party; its code where it has none."""
    name = field(line(child(element, "name"))) or field(attribute(element, "literal"))
    return name or code(attribute(element, "qcode")) or _host(field(attribute(element, "uri")))


def _host(uri: str) -> str:
    """The host of a party's address, which names it better than the whole."""
    match = re.match(r"https?://(?:www\.)?([^/:?#]+)", uri)
    return match[1] if match else uri


def _headline(about: Element | None) -> str:
    found = list(children(about, "headline"))
    found.sort(key=lambda e: attribute(e, "rank") or "0")
    return next((text for e in found if (text := field(line(e)))), "")


def _language(item: Element, about: Element | None) -> str:
    tag = field(attribute(child(about, "language"), "tag"))
    inline = child(item, "contentSet", "inlineXML")
    return tag or language(inline if inline is not None else item)


def _subjects(about: Element | None) -> tuple[str, ...]:
    found = [_concept(e) or line(child(e, "name")) for e in children(about, "subject")]
    return distinct(found + [line(e) for e in children(about, "keyword")])


def _notes(meta: Element) -> list[str]:
    public = (
        e for e in children(meta, "edNote") if "nonpublic" not in attribute(e, "pubconstraint")
    )
    return [text for e in public if (text := line(e))]


def _nitf(item: Element) -> Element | None:
    return child(item, "contentSet", "inlineXML", "nitf")


def _text(item: Element, nitf: Element | None) -> tuple[str, bool]:
    """The first rendition with text in it: NITF, XHTML, then plain text or HTML as data.

    Returns:
        The text, and whether it was taken out of markup.
    """
    if nitf is not None and (text := nitf_text(nitf)):
        return text, True
    for inline in children(item, "contentSet", "inlineXML"):
        for document in inline:
            if local(document).lower() in _MARKUP and (text := element_text(document)):
                return text, True
    for data in children(item, "contentSet", "inlineData"):
        if attribute(data, "encoding"):
            continue
        said = content(data)
        marked_up = "html" in attribute(data, "contenttype")
        if marked_up:
            said = html_text(said)
        if said.strip():
            return normalise(said.strip("\n")), marked_up
    return "", False


def _without_text(item: Element) -> RejectError:
    held = [attribute(e, "contenttype") or local(e) for e in children(item, "contentSet", "*")]
    inline = [local(e) for e in children(item, "contentSet", "inlineXML", "*")]
    if any(name.lower() not in (*_MARKUP, "nitf") for name in inline):
        detail = f"its content is {inline[0]}, which is no running text"
        return RejectError(RejectReason.NOT_AN_ARTICLE, detail)
    detail = f"no text in its content ({', '.join(held[:3])})" if held else "it has no content"
    return RejectError(RejectReason.NO_TEXT, detail)
