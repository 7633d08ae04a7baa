"""JSON Feed 1.0 and 1.1 (https://www.jsonfeed.org/version/1.1/): read and written."""

import base64
import html
import json
from collections.abc import Mapping, Sequence

from pipeline.errors import RejectError, RejectReason
from pipeline.formats.decoding import characters, normalise
from pipeline.formats.feed_record import Feed, FeedEntry
from pipeline.formats.feed_text import one_line, to_text

EXTENSION = "_wirecopy"
"""The member of an item that holds what JSON Feed has no field for."""


def parse_json_feed(payload: bytes) -> Feed:
    """Reads a JSON feed; fields of a wrong type are ignored.

    Raises:
        RejectError: `malformed` or `undecodable`.
    """
    try:
        document = json.loads(characters(payload), strict=False)
    except (ValueError, RecursionError) as error:
        detail = f"this JSON feed cannot be read: {error}"
        raise RejectError(RejectReason.MALFORMED, detail) from error
    if not isinstance(document, dict) or not isinstance(document.get("items"), list):
        raise RejectError(RejectReason.MALFORMED, 'this JSON feed has no list "items"')
    language = one_line(document.get("language"))
    return Feed(
        title=one_line(document.get("title")),
        link=one_line(document.get("home_page_url")),
        language=language,
        publisher=", ".join(_names(document)),
        entries=tuple(
            _entry(item, language) for item in document["items"] if isinstance(item, dict)
        ),
    )


def _entry(item: Mapping[str, object], language: str) -> FeedEntry:
    content = _string(item.get("content_html"))
    if not content:
        content = html.escape(_string(item.get("content_text")), quote=False)
    tags = item.get("tags")
    own = item.get(EXTENSION)
    own = own if isinstance(own, dict) else {}
    return FeedEntry(
        id=_identifier(item.get("id")),
        link=one_line(item.get("url")) or one_line(item.get("external_url")),
        title=one_line(item.get("title")),
        published=one_line(item.get("date_published")),
        updated=one_line(item.get("date_modified")),
        authors=_names(item),
        categories=_terms(tags) if isinstance(tags, list) else (),
        language=one_line(item.get("language")) or language,
        content=content,
        summary=html.escape(_string(item.get("summary")), quote=False),
        source=one_line(own.get("source")),
        page=_bytes(own.get("page")),
        page_type=one_line(own.get("page_type")),
    )


def render_json_feed(feed: Feed) -> bytes:
    """Writes a feed as JSON Feed 1.1, in which no entry depends on anything outside it.

    What JSON Feed has no field for stands in an extension object, `_wirecopy`: `source`, `page`
    in base 64, `page_type`.
    """
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.link,
        "language": feed.language,
        "authors": [{"name": feed.publisher}] if feed.publisher else [],
        "items": [_rendered(entry) for entry in feed.entries],
    }
    return json.dumps(_said(document), ensure_ascii=False).encode("utf-8", "replace")


def _rendered(entry: FeedEntry) -> dict[str, object]:
    own = {
        "source": entry.source,
        "page": base64.b64encode(entry.page).decode("ascii"),
        "page_type": entry.page_type,
    }
    return _said(
        {
            "id": entry.id,
            "url": entry.link,
            "title": entry.title,
            "content_html": entry.content,
            "summary": to_text(entry.summary),
            "date_published": entry.published,
            "date_modified": entry.updated,
            "authors": [{"name": name} for name in entry.authors],
            "tags": list(entry.categories),
            "language": entry.language,
            EXTENSION: _said(own),
        }
    )


def _said(fields: Mapping[str, object]) -> dict[str, object]:
    """The fields that say something; a feed has its items even if there are none."""
    return {name: value for name, value in fields.items() if value or name == "items"}


def _bytes(value: object) -> bytes:
    try:
        return base64.b64decode(value) if isinstance(value, str) else b""
    except ValueError:
        return b""


def _names(value: Mapping[str, object]) -> tuple[str, ...]:
    listed = value.get("authors")
    authors = listed if isinstance(listed, list) else [value.get("author")]
    return _terms([author.get("name") for author in authors if isinstance(author, dict)])


def _terms(values: Sequence[object]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(one_line, values))))


def _identifier(value: object) -> str:
    # The standard wants a string, and asks to read numbers as such.
    if isinstance(value, int) and not isinstance(value, bool) and value.bit_length() <= 256:
        return str(value)
    return one_line(value)


def _string(value: object) -> str:
    return normalise(value) if isinstance(value, str) else ""
