"""RSS 0.9 to 2.0, RDF, Atom 0.3 and 1.0, JSON Feed: the bytes of a feed to its entries.

Nearly all feeds are well-formed XML and are read with lxml as they are. Others are repaired first
(their encoding, HTML entities that XML does not know, lone ampersands, control characters); what is
still no XML is left to feedparser, which reads nearly anything, slowly, or where it is large to
libxml2's own recovery. The figures behind this are
in docs/decisions/0025-feeds.md.
"""

from pipeline.errors import RejectError, RejectReason
from pipeline.formats.feed_fallback import parse_loosely
from pipeline.formats.feed_json import parse_json_feed
from pipeline.formats.feed_record import Feed
from pipeline.formats.feed_repair import repair
from pipeline.formats.feed_xml import NotWellFormedError, parse_xml_feed

_LOOSE_TAGS = 10_000
"""Tags of the largest feed that is left to feedparser: half a second's work."""


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
    if repaired.count(b"<") <= _LOOSE_TAGS:
        feed = parse_loosely(repaired)
        if feed.entries:
            return feed
    try:
        return parse_xml_feed(repaired, recover=True)
    except NotWellFormedError:
        detail = f"this is no readable feed: {fault}"
        raise RejectError(RejectReason.MALFORMED, detail) from None
