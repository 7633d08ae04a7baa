"""RSS 0.9 to 2.0, RDF, Atom 0.3 and 1.0, JSON Feed: the bytes of a feed to its entries.

Nearly all feeds are well-formed XML and are read with lxml as they are. Others are repaired first
(their encoding, HTML entities that XML does not know, lone ampersands, control characters); what is
still no XML is left to feedparser, which reads nearly anything, slowly, or where it is large to
libxml2's own recovery. The figures behind this are
in docs/decisions/0025-feeds.md.
"""

import re

from pipeline.errors import RejectError, RejectReason
from pipeline.formats.feed_fallback import parse_loosely
from pipeline.formats.feed_json import parse_json_feed
from pipeline.formats.feed_record import Feed
from pipeline.formats.feed_repair import repair
from pipeline.formats.feed_xml import NotWellFormedError, parse_xml_feed

_LOOSE_TAGS = 10_000
"""Tags and references of the largest feed that is left to feedparser: half a second's work."""
_LOOSE_BYTES = 500_000
_LOOSE_RUN = 300
"""Letters in a row, at most: feedparser seeks addresses in time that grows with their square."""
_RUN = re.compile(rb"[\w.+-]++")


def parse_feed(payload: bytes) -> Feed:
    """Reads a feed.

    Args:
        payload: All of it; told by `pipeline.formats.feed_sniff.is_feed`.

    Raises:
        RejectError: `malformed` where nothing in it can be read as a feed.
    """
    if payload.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{":
        return parse_json_feed(payload)
    # A document type may define entities; the repair takes it out.
    if b"<!DOCTYPE" not in payload and b"<!doctype" not in payload:
        try:
            return parse_xml_feed(payload)
        except NotWellFormedError:
            pass
    repaired = repair(payload)
    try:
        return parse_xml_feed(repaired)
    except NotWellFormedError as error:
        fault = str(error)
    if _is_small(repaired):
        feed = parse_loosely(repaired)
        if feed.entries:
            return feed
    try:
        return parse_xml_feed(repaired, recover=True)
    except NotWellFormedError:
        detail = f"this is no readable feed: {fault}"
        raise RejectError(RejectReason.MALFORMED, detail) from None


def _is_small(payload: bytes) -> bool:
    """Whether feedparser reads this in well under a second."""
    return (
        len(payload) <= _LOOSE_BYTES
        and payload.count(b"<") + payload.count(b"&") <= _LOOSE_TAGS
        and all(match.end() - match.start() <= _LOOSE_RUN for match in _RUN.finditer(payload))
    )
