"""NITF (IPTC News Industry Text Format 3.x), alone or inside NewsML."""

from pipeline.errors import RejectError, RejectReason
from pipeline.formats.markup import element_text
from pipeline.formats.metadata import (
    distinct,
    field,
    note,
    status_of,
    urgency_of,
    version_of,
    with_dateline,
)
from pipeline.formats.xml import Element, attribute, child, children, language, line, malformed
from pipeline.records import ParsedItem


def parse_nitf(root: Element, source_uri: str) -> ParsedItem:
    """Reads an NITF document.

    An embargo is `date.release`, or `management-status="embargoed"` without one.

    Raises:
        RejectError: `malformed` without a body, `no_text`.
    """
    docdata = child(root, "head", "docdata")
    identity = child(docdata, "doc-id")
    key = child(docdata, "du-key")
    declared = attribute(docdata, "management-status").lower()
    status = status_of(declared)
    if status is None:
        raise malformed(f"unknown management-status {declared[:40]!r}")
    release = child(docdata, "date.release")
    embargoed = field(attribute(release, "norm")) if release is not None else None
    if declared == "embargoed":
        status, embargoed = "usable", embargoed or ""
    if child(root, "body") is None and status == "usable":
        raise malformed("the NITF document has no body")
    text = nitf_text(root)
    if not text and status not in ("canceled", "withheld"):
        raise RejectError(RejectReason.NO_TEXT, "its body.content is empty")
    pubdata = child(root, "head", "pubdata")
    issued = attribute(child(docdata, "date.issue"), "norm")
    return ParsedItem(
        source_uri=source_uri,
        text=text,
        headline=nitf_headline(root) or field(line(child(root, "head", "title"))),
        byline=nitf_byline(root),
        source=field(attribute(identity, "regsrc"))
        or field(line(child(root, "body", "body.head", "distributor")))
        or field(attribute(pubdata, "name")),
        guid=field(attribute(identity, "id-string")) or field(attribute(root, "uno")),
        version=version_of(attribute(key, "version") or attribute(key, "generation")),
        status=status,
        language=language(child(root, "body")),
        date=field(issued) or field(attribute(pubdata, "date.publication")),
        subjects=_subjects(root),
        urgency=urgency_of(attribute(child(docdata, "urgency"), "ed-urg")),
        embargoed=embargoed,
        slug=field(attribute(key, "key")) or _meta(root, "slug"),
        number=field(attribute(pubdata, "number")),
        ed_note=note("; ".join(attribute(e, "info") for e in children(docdata, "ed-msg"))),
        extracted=True,
        modified=field(attribute(root, "change.date")),
    )


def nitf_text(root: Element) -> str:
    """The text of `body.content`, its dateline in front."""
    body = child(root, "body")
    pieces = [element_text(content) for content in children(body, "body.content")]
    text = "\n\n".join(piece for piece in pieces if piece)
    return with_dateline(text, line(child(body, "body.head", "dateline")))


def nitf_headline(root: Element) -> str:
    """The main headline."""
    return field(
        line(child(root, "body", "body.head", "hedline", "hl1"))
        or line(child(root, "body", "body.head", "headline", "hl1"))
    )


def nitf_byline(root: Element) -> str:
    """The author line."""
    return field(line(child(root, "body", "body.head", "byline")))


def _subjects(root: Element) -> tuple[str, ...]:
    docdata = child(root, "head", "docdata")
    found = [
        attribute(subject, "tobject.subject.refnum")
        for subject in children(root, "head", "tobject", "tobject.subject")
    ]
    found += [attribute(e, "key") for e in children(docdata, "key-list", "keyword")]
    found += [line(e) for e in children(docdata, "identified-content", "classifier")]
    return distinct(found)


def _meta(root: Element, name: str) -> str:
    for meta in children(root, "head", "meta"):
        if attribute(meta, "name").lower() == name:
            return field(attribute(meta, "content"))
    return ""
