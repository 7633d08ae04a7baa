"""ninjs (IPTC news in JSON), 1.x, 2.x and 3.x; and dpa's digital wires, which resemble it.

1.x has `headline` and `body_text`, `body_xhtml` or other `body_*`; 2.x and 3.x have lists of
`headlines` and `bodies`; 3.x writes its names in camel case. Names are compared without case.
"""

from collections.abc import Iterator, Mapping

from pipeline.errors import RejectError, RejectReason
from pipeline.formats.decoding import normalise
from pipeline.formats.markup import html_text, looks_like_html
from pipeline.formats.metadata import (
    MAX_SUBJECTS,
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
from pipeline.formats.ninjs_check import check_ninjs, faults
from pipeline.formats.xml import malformed
from pipeline.records import ParsedItem

_BODIES = ("body_xhtml", "body_richtext", "body_html", "body_text", "body_main")

Fields = Mapping[str, object]


def is_ninjs(item: Mapping[str, object]) -> bool:
    """Whether a JSON object is ninjs: it says so, or has a `uri`, which wirecopy's own has not."""
    standard = item.get("$standard", item.get("standard"))
    if isinstance(standard, dict) and str(standard.get("name", "")).lower() == "ninjs":
        return True
    return "uri" in item and "text" not in item


def parse_ninjs(item: Mapping[str, object], source_uri: str) -> ParsedItem:
    """Reads one ninjs object.

    Raises:
        RejectError: `not_an_article` for pictures, events, plans and the like; `malformed` where a
            property has a wrong type or an unknown value; `no_text`.
    """
    fields = {name.lower(): value for name, value in item.items()}
    check_ninjs(fields)
    kind = _string(fields, "type")
    status = status_of(_string(fields, "pubstatus"))
    if status is None:
        raise malformed(f"unknown pubstatus {_string(fields, 'pubstatus')[:40]!r}")
    events = {"eventdetails", "plannedcoverage"} & fields.keys()
    if kind not in ("", "text", "composite") or events:
        detail = f"this is a ninjs item of type {kind or min(events)}"
        raise RejectError(RejectReason.NOT_AN_ARTICLE, detail)
    text, marked_up = _body(fields)
    if not text.strip() and status not in ("canceled", "withheld"):
        if kind == "composite":
            raise RejectError(RejectReason.NOT_AN_ARTICLE, "this is a ninjs package")
        if fault := next(faults(fields), ""):
            raise malformed(f"ninjs: {fault}; and the item has no body")
        raise RejectError(RejectReason.NO_TEXT, "the ninjs item has no body")
    uri = _string(fields, "uri")
    created = _string(fields, "versioncreated")
    signal = " ".join(
        distinct([code(name).lower() for name in _names(fields, "signal", "signals")])
    )
    return ParsedItem(
        source_uri=source_uri,
        text=text,
        headline=_headline(fields),
        byline=_string(fields, "byline") or _string(fields, "by"),
        source=_source(fields),
        url=uri if uri.startswith(("http://", "https://")) else "",
        guid=uri,
        version=version_of(_scalar(fields.get("version"))),
        status="corrected" if status == "usable" and is_correction(signal) else status,
        language=_string(fields, "language"),
        date=_string(fields, "firstcreated") or created,
        subjects=distinct(
            _codes(fields, "subject", "subjects") + _names(fields, "keyword", "keywords")
        ),
        urgency=urgency_of(_scalar(fields.get("urgency"))),
        embargoed=_string(fields, "embargoed") if "embargoed" in fields else None,
        slug=_string(fields, "slugline"),
        signal=signal,
        ed_note=note(_string(fields, "ednote")),
        extracted=marked_up,
        modified=created,
    )


def is_digitalwires(item: Mapping[str, object]) -> bool:
    """Whether a JSON object is an entry of dpa's digital wires."""
    return str(item.get("format", "")).startswith("digitalwires@")


def parse_digitalwires(item: Mapping[str, object], source_uri: str) -> ParsedItem:
    """Reads one entry of dpa's digital wires (format 0.9).

    Raises:
        RejectError: As in `parse_ninjs`.
    """
    status = status_of(_string(item, "pubstatus"))
    if status is None:
        raise malformed(f"unknown pubstatus {_string(item, 'pubstatus')[:40]!r}")
    guid = _string(item, "urn")
    if not guid:
        raise malformed("the entry has no urn")
    text = html_text(_text(item.get("article_html")))
    if not text and status not in ("canceled", "withheld"):
        media = [
            code(_string(m, "type")) for m in _list(item.get("associations")) if isinstance(m, dict)
        ]
        if media:
            detail = f"a digital wire without text, of {', '.join(distinct(media))[:80]}"
            raise RejectError(RejectReason.NOT_AN_ARTICLE, detail)
        raise RejectError(RejectReason.NO_TEXT, "the entry has no article_html")
    categories = [c for c in _list(item.get("categories")) if isinstance(c, dict)]
    signal = code(_string(item, "signal")).lower()
    embargo = item.get("embargoed")
    created = _string(item, "version_created")
    notes = [
        _string(entry, "ednote")
        for entry in _list(item.get("ednotes"))
        if isinstance(entry, dict) and entry.get("is_publishable") is not False
    ]
    return ParsedItem(
        source_uri=source_uri,
        text=with_dateline(text, _string(item, "dateline")),
        headline=_string(item, "headline"),
        byline=_string(item, "byline"),
        source=_category(categories, "dnltype:provider") or _string(item, "creditline") or "dpa",
        guid=guid,
        version=version_of(_scalar(item.get("version"))),
        status="corrected" if status == "usable" and is_correction(signal) else status,
        language=_string(item, "language"),
        date=_string(item, "first_created") or created,
        subjects=distinct(
            [
                _string(c, "qcode") or _string(c, "name")
                for c in categories
                if c.get("type") in ("dnltype:dpasubject", "dnltype:keyword")
            ]
        ),
        urgency=urgency_of(_scalar(item.get("urgency"))),
        embargoed=field(embargo) if isinstance(embargo, str) else None,
        signal=signal,
        ed_note=note("; ".join(entry for entry in notes if entry)),
        extracted=True,
        modified=created,
    )


def _category(categories: list[dict[str, object]], kind: str) -> str:
    return next((_string(c, "name") for c in categories if c.get("type") == kind), "")


def _body(fields: Fields) -> tuple[str, bool]:
    """The main text, and whether it was taken out of markup."""
    found = [(_string(b, "role"), *_value(b)) for b in _entries(fields.get("bodies"))]
    # The main body first, then any other that is no caption or summary of something else.
    found.sort(key=lambda b: b[0] not in ("main", "body", ""))
    named = [(name, _text(fields.get(name)), name != "body_text") for name in _BODIES]
    named += [
        (name, _text(value), True)
        for name, value in sorted(fields.items())
        if name.startswith("body_") and name not in _BODIES
    ]
    for _, value, may_be_markup in [*found, *named]:
        marked_up = may_be_markup and looks_like_html(value)
        text = html_text(value) if marked_up else normalise(value)
        if text.strip():
            return text, marked_up
    return "", False


def _value(entry: Fields) -> tuple[str, bool]:
    kind = _string(entry, "contenttype")
    return _text(entry.get("value")), not kind or "html" in kind or "xml" in kind


def _headline(fields: Fields) -> str:
    if own := _string(fields, "headline") or _string(fields, "headline_main"):
        return own
    entries = list(_entries(fields.get("headlines")))
    entries.sort(key=lambda entry: _string(entry, "role") not in ("main", "headline", ""))
    listed = (field(html_text(_text(entry.get("value")))) for entry in entries)
    named = (_string(fields, n) for n in sorted(fields) if n.startswith("headline_"))
    return next((text for text in (*listed, *named) if text), "") or _string(fields, "title")


def _source(fields: Fields) -> str:
    named = _names(fields, "provider", "infosource", "infosources")
    return next(iter(named), "") or _string(fields, "copyrightholder")


def _entries(value: object) -> Iterator[Fields]:
    for entry in _list(value):
        if isinstance(entry, dict):
            yield {name.lower(): part for name, part in entry.items()}


def _names(fields: Fields, *names: str) -> list[str]:
    return [text for entry in _all(fields, names) if (text := _label(entry, "name", "code"))]


def _codes(fields: Fields, *names: str) -> list[str]:
    return [text for entry in _all(fields, names) if (text := _label(entry, "code", "uri", "name"))]


def _all(fields: Fields, names: tuple[str, ...]) -> list[object]:
    found: list[object] = []
    for name in names:
        value = fields.get(name)
        found += _list(value) if isinstance(value, list) else [value]
    return found


def _label(entry: object, *keys: str) -> str:
    if isinstance(entry, dict):
        return next((text for key in keys if (text := _string(entry, key))), "")
    return field(entry) if isinstance(entry, str) else ""


def _list(value: object) -> list[object]:
    return value[:MAX_SUBJECTS] if isinstance(value, list) else []


def _string(fields: Fields, name: str) -> str:
    value = fields.get(name)
    return field(value) if isinstance(value, str) else ""


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _scalar(value: object) -> str:
    if isinstance(value, bool) or (isinstance(value, int) and value.bit_length() > 64):
        return ""
    return str(value) if isinstance(value, (int, str)) else ""
