"""Feeds that are no XML, read by feedparser."""

import io
from collections.abc import Mapping, Sequence
from typing import Any

import feedparser

from pipeline.errors import RejectError, RejectReason
from pipeline.formats.feed_record import Feed, FeedEntry
from pipeline.formats.feed_text import one_line, plain_title


def parse_loosely(payload: bytes) -> Feed:
    """Reads a feed that is not well-formed.

    Raises:
        RejectError: `malformed` where feedparser fails.
    """
    try:
        # A stream, never bytes or text: those it would take for an address or file name first.
        found = feedparser.parse(
            io.BytesIO(payload), sanitize_html=False, resolve_relative_uris=False
        )
    except Exception as error:  # feedparser names no errors of its own
        detail = f"this is no readable feed: {type(error).__name__}"
        raise RejectError(RejectReason.MALFORMED, detail) from error
    channel: Mapping[str, Any] = found.get("feed") or {}
    language = one_line(channel.get("language"))
    return Feed(
        title=plain_title(_string(channel.get("title"))),
        link=one_line(channel.get("link")),
        language=language,
        publisher=one_line(channel.get("publisher")),
        entries=tuple(_entry(entry, language) for entry in found.get("entries") or ()),
    )


def _entry(entry: Mapping[str, Any], language: str) -> FeedEntry:
    contents: Sequence[Mapping[str, Any]] = entry.get("content") or ()
    values = [_string(content.get("value")) for content in contents]
    source: Mapping[str, Any] = entry.get("source") or {}
    authors = [one_line(author.get("name")) for author in entry.get("authors") or ()]
    terms = [one_line(tag.get("label") or tag.get("term")) for tag in entry.get("tags") or ()]
    detail: Mapping[str, Any] = entry.get("title_detail") or {}
    return FeedEntry(
        id=one_line(entry.get("id")),
        link=one_line(entry.get("link")),
        title=plain_title(_string(entry.get("title"))),
        published=one_line(entry.get("published")),
        # Reading `updated` of a feedparser entry without one gives `published`, with a warning.
        updated=one_line(dict(entry).get("updated")),
        authors=tuple(dict.fromkeys(filter(None, authors))),
        categories=tuple(dict.fromkeys(filter(None, terms))),
        language=one_line(detail.get("language")) or language,
        content=max(values, key=len, default=""),
        summary=_string(entry.get("summary")),
        source=plain_title(_string(source.get("title"))),
    )


def _string(value: object) -> str:
    return value if isinstance(value, str) else ""
