"""NewsML 1.2 (IPTC): the older, nested news envelope."""

from collections.abc import Iterator

from pipeline.errors import RejectError, RejectReason
from pipeline.formats.decoding import normalise
from pipeline.formats.markup import element_text, html_text, looks_like_html
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
    descendants,
    language,
    line,
    local,
    malformed,
)
from pipeline.records import ParsedItem

_MARKUP = frozenset("html body div p".split())


def parse_newsml1(item: Element, source_uri: str) -> ParsedItem:
    """Reads one `NewsItem`: the first component with text in it.

    The guid is provider, date and id without the revision, so that it holds for all versions.

    Raises:
        RejectError: `not_an_article` for items without text components; `unsupported` for partial
            updates; `malformed` without an identifier; `no_text`.
    """
    identifier = child(item, "Identification", "NewsIdentifier")
    parts = [
        field(line(child(identifier, name))) for name in ("ProviderId", "DateId", "NewsItemId")
    ]
    if not all(parts):
        raise malformed("the NewsItem has no complete NewsIdentifier")
    management = child(item, "NewsManagement")
    declared = _formal(child(management, "Status"))
    status = status_of(declared)
    if status is None:
        raise malformed(f"unknown Status {declared[:40]!r}")
    embargoed = _embargo(management, declared)
    if embargoed is not None:
        status = "usable"
    instructions = [code(_formal(e)).lower() for e in children(management, "Instruction")]
    signal = " ".join(distinct(instructions))
    if status == "usable" and is_correction(signal):
        status = "corrected"
    component, text, nitf = _content(item)
    if not text.strip() and status not in ("canceled", "withheld"):
        raise _without_text(item)
    lines = list(_lines(component))
    revision = child(identifier, "RevisionId")
    created = field(line(child(management, "ThisRevisionCreated")))
    return ParsedItem(
        source_uri=source_uri,
        text=with_dateline(text, _said(lines, "DateLine")),
        headline=_said(lines, "HeadLine") or (nitf_headline(nitf) if nitf is not None else ""),
        byline=_said(lines, "ByLine") or (nitf_byline(nitf) if nitf is not None else ""),
        source=_provider(component) or parts[0],
        guid="urn:newsml:" + ":".join(parts),
        version=version_of(line(revision)),
        status=status,
        language=_described(component, "Language") or language(component),
        date=field(line(child(management, "FirstCreated"))) or created,
        subjects=_subjects(component),
        urgency=urgency_of(_formal(child(management, "Urgency"))),
        embargoed=embargoed,
        slug=_said(lines, "SlugLine") or field(line(child(item, "Identification", "NameLabel"))),
        signal=signal,
        extracted=nitf is not None,
        ed_note=note("; ".join(line(e) for e in descendants(item, "EdNote"))),
        modified=created,
    )


def _formal(element: Element | None) -> str:
    return field(attribute(element, "FormalName"))


def _embargo(management: Element | None, declared: str) -> str | None:
    """Until when: an item that is not usable yet may say when its status changes to usable."""
    if declared.lower() not in ("embargoed", "withheld"):
        return None
    for change in children(management, "StatusWillChange"):
        if status_of(_formal(child(change, "FutureStatus"))) == "usable":
            return field(line(child(change, "DateAndTime")))
    return "" if declared.lower() == "embargoed" else None


def _content(item: Element) -> tuple[Element | None, str, Element | None]:
    """The component that holds the first text, the text, and its NITF root if it is NITF."""
    for content in descendants(item, "ContentItem"):
        media = code(_formal(child(content, "MediaType"))).lower()
        data = child(content, "DataContent")
        if data is None:
            data = child(content, "Encoding", "DataContent")
            if data is not None and child(content, "Encoding").get("Notation"):  # type: ignore[union-attr]
                continue
        if data is None or media not in ("", "text", "complexdata"):
            continue
        nitf = child(data, "nitf")
        text = nitf_text(nitf) if nitf is not None else _data(data)
        if text.strip():
            return content.getparent(), text, nitf
    return next(descendants(item, "NewsComponent"), None), "", None


def _data(data: Element) -> str:
    if len(data):
        blocks = [child for child in data if local(child).lower() in _MARKUP]
        return "\n\n".join(element_text(block) for block in blocks or [data])
    text = data.text or ""
    return html_text(text) if looks_like_html(text) else normalise(text.strip("\n"))


def _around(component: Element | None) -> Iterator[Element]:
    """A component and the ones that it stands in, the innermost first."""
    while component is not None:
        if local(component) == "NewsComponent":
            yield component
        component = component.getparent()


def _lines(component: Element | None) -> Iterator[Element]:
    for level in _around(component):
        yield from children(level, "NewsLines")


def _said(lines: list[Element], name: str) -> str:
    return next((text for e in lines if (text := field(line(child(e, name))))), "")


def _provider(component: Element | None) -> str:
    for level in _around(component):
        for role in ("Provider", "Source", "Creator"):
            party = child(level, "AdministrativeMetadata", role, "Party")
            if name := _formal(party):
                return name
    return ""


def _described(component: Element | None, name: str) -> str:
    for level in _around(component):
        if value := _formal(child(level, "DescriptiveMetadata", name)):
            return value
    return ""


def _subjects(component: Element | None) -> tuple[str, ...]:
    found: list[str] = []
    for level in _around(component):
        for subject in children(level, "DescriptiveMetadata", "SubjectCode", "*"):
            found.append(_formal(subject))
        found += [line(e) for e in children(level, "NewsLines", "KeywordLine")]
    return distinct(found)


def _without_text(item: Element) -> RejectError:
    if child(item, "Update") is not None:
        detail = "a partial NewsML 1 update, which changes parts of another item"
        return RejectError(RejectReason.UNSUPPORTED, detail)
    media = distinct([code(_formal(e)) for e in descendants(item, "MediaType")])
    if media and not any(m.lower() in ("text", "complexdata") for m in media):
        detail = f"this is a NewsML 1 item of {', '.join(media)[:80]}"
        return RejectError(RejectReason.NOT_AN_ARTICLE, detail)
    if child(item, "TopicSet") is not None:
        return RejectError(RejectReason.NOT_AN_ARTICLE, "this is a NewsML 1 TopicSet")
    return RejectError(RejectReason.NO_TEXT, "no text in its components")
