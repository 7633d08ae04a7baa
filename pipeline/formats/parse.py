"""From one item's bytes to its text and declared metadata."""

import json
import math
from collections.abc import Mapping
from types import MappingProxyType

from pipeline.errors import RejectError, RejectReason
from pipeline.formats.decoding import characters, normalise
from pipeline.formats.feed_items import parse_feed_item
from pipeline.formats.html import Tier, parse_page
from pipeline.formats.html_head import site_of
from pipeline.formats.iptc7901 import parse_iptc7901
from pipeline.formats.json_fields import map_fields
from pipeline.formats.ninjs import is_digitalwires, is_ninjs, parse_digitalwires, parse_ninjs
from pipeline.formats.wire import parse_wire_xml
from pipeline.records import ParsedItem, RawItem

_STATUSES = {
    "usable": "usable",
    "corrected": "corrected",
    "correction": "corrected",
    "withheld": "withheld",
    "embargoed": "withheld",
    "canceled": "canceled",
    "cancelled": "canceled",
    "killed": "canceled",
    "withdrawn": "canceled",
}
_NO_FIELDS: Mapping[str, str] = MappingProxyType({})
_MAX_FIELD = 4_000
"""Code points of a metadata field; a longer one is no metadata."""
_MAX_SUBJECTS = 1_000


def parse_item(
    raw: RawItem, html: Tier = "trafilatura", fields: Mapping[str, str] = _NO_FIELDS
) -> ParsedItem:
    """Understands one item.

    Plain text is the text. A JSON object is read by its keys `id`, `title`, `text`, `date`,
    `source`, `url`, `language`, `version`, `status`, `byline` (or `author`), `subjects` (or
    `keywords`), `urgency`, `embargoed`, `slug`, `ed_note` and `modified`; only `text` is needed,
    other keys are ignored, and so is metadata of a wrong type. Numbers as ids and dates become
    strings. Of a key that is repeated the last value counts. A canceled or withheld item may lack
    its text: it still says what it cancels.

    An object that is ninjs or a digital wire is read as such. XML, IPTC 7901, feeds and pages have
    modules of their own.

    Args:
        raw: The item.
        html: How pages are read (`read.html`).
        fields: Which key of a JSON object is which field (`read.fields`).

    Raises:
        RejectError: `undecodable`, `malformed`, `no_text`, `not_an_article` or `unsupported`.
    """
    if raw.kind == "json":
        return _from_json(raw.source_uri, map_fields(_load(characters(raw.payload)), fields))
    if raw.kind == "xml":
        return parse_wire_xml(raw)
    if raw.kind == "iptc7901":
        return parse_iptc7901(raw)
    if raw.kind in ("feed", "feed_entry"):
        return parse_feed_item(raw)
    if raw.kind == "html":
        return parse_page(raw, html)
    text = normalise(characters(raw.payload))
    if not text.strip():
        raise RejectError(RejectReason.NO_TEXT, "there is no text in it")
    return ParsedItem(raw.source_uri, text, source=site_of(raw.url), url=raw.url)


def _load(text: str) -> Mapping[str, object]:
    try:
        # Raw control characters inside strings are common and harmless: they are cleaned later.
        value = json.loads(text, strict=False, parse_constant=lambda _: None)
    except RecursionError as error:
        raise _malformed("the JSON is nested too deeply") from error
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise _malformed(f"this is not JSON: {error.msg} ({where})") from error
    except ValueError as error:
        raise _malformed("a number in the JSON is too long") from error
    if not isinstance(value, dict):
        raise _malformed(f"expected a JSON object, found {_type_name(value)}")
    return value


def _from_json(source_uri: str, fields: Mapping[str, object]) -> ParsedItem:
    if is_ninjs(fields):
        return parse_ninjs(fields, source_uri)
    if is_digitalwires(fields):
        return parse_digitalwires(fields, source_uri)
    return _from_object(source_uri, fields)


def _from_object(source_uri: str, fields: Mapping[str, object]) -> ParsedItem:
    status = _STATUSES.get(_string(fields.get("status")).lower(), "usable")
    text = _text(fields.get("text"))
    if not text.strip() and status not in ("canceled", "withheld"):
        raise RejectError(RejectReason.NO_TEXT, 'the object has no "text"')
    return ParsedItem(
        source_uri=source_uri,
        text=text,
        headline=_string(fields.get("title")),
        byline=_first(_names(fields.get("byline")), _names(fields.get("author"))),
        source=_named(fields.get("source")),
        url=_string(fields.get("url")),
        guid=_scalar(fields.get("id")),
        version=_version(fields.get("version")),
        status=status,
        language=_string(fields.get("language")),
        date=_scalar(fields.get("date")),
        subjects=_subjects(fields.get("subjects")) or _subjects(fields.get("keywords")),
        urgency=_urgency(fields.get("urgency")),
        embargoed=_scalar(fields.get("embargoed")) if "embargoed" in fields else None,
        slug=_string(fields.get("slug")),
        ed_note=_string(fields.get("ed_note")),
        modified=_scalar(fields.get("modified")),
    )


def _text(value: object) -> str:
    """The text: a string, or a list of paragraphs."""
    if value is None:
        return ""
    if isinstance(value, str):
        return normalise(value)
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return normalise("\n\n".join(value))
    raise _malformed(f'"text" must be a string, found {_type_name(value)}')


def _string(value: object) -> str:
    """A metadata string on one line; empty if it is none."""
    if not isinstance(value, str) or len(value) > _MAX_FIELD:
        return ""
    return " ".join(normalise(value).split())


def _scalar(value: object) -> str:
    """A string or a number as a string."""
    if isinstance(value, bool):
        return ""
    if isinstance(value, int):
        # Turning thousands of digits into a string is slow, and no identifier.
        return str(value) if value.bit_length() <= 256 else ""
    if isinstance(value, float):
        if not math.isfinite(value):
            return ""
        return str(int(value)) if value.is_integer() and abs(value) < 2**53 else repr(value)
    return _string(value)


def _named(value: object) -> str:
    """A string, or the `name` of an object."""
    return _string(value.get("name")) if isinstance(value, dict) else _string(value)


def _names(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(name for name in map(_named, value[:_MAX_SUBJECTS]) if name)
    return _named(value)


def _first(*values: str) -> str:
    return next((value for value in values if value), "")


def _subjects(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        value = list(_string(value).split(","))
    if not isinstance(value, list):
        return ()
    found = (_named(entry) or _scalar(entry) for entry in value[:_MAX_SUBJECTS])
    return tuple(dict.fromkeys(entry for entry in found if entry))


def _version(value: object) -> int:
    number = _integer(value)
    return number if number is not None and 1 <= number < 2**63 else 1


def _urgency(value: object) -> int | None:
    number = _integer(value)
    return number if number is not None and 1 <= number <= 9 else None


def _integer(value: object) -> int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, str) and len(value) <= 19 and value.isascii() and value.isdecimal():
        return int(value)
    return None


def _type_name(value: object) -> str:
    if value is None:
        return "null"
    names = {bool: "a boolean", int: "a number", float: "a number", str: "a string", list: "a list"}
    return names.get(type(value), "an object")


def _malformed(detail: str) -> RejectError:
    return RejectError(RejectReason.MALFORMED, detail)
