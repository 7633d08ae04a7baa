"""Tells feeds from other XML and JSON by their beginning."""

import re

_ATOM_OR_RSS = re.compile(rb"atom|rss|/echo/|/pie/|necho|<(?:\w+:)?entry[\s>]", re.IGNORECASE)
_JSON_VERSION = re.compile(rb'"version"\s*:\s*"https?:\\?/\\?/(?:www\.)?jsonfeed\.org\\?/version')
_LOOKED_AT = 16_384


def is_feed(start: bytes, root: bytes) -> bool:
    """Tells whether a file is a feed.

    Args:
        start: Its first bytes, without a byte order mark or blanks before them.
        root: The name of its root element, in lower case and without prefix; empty if it is no XML.
    """
    if start[:1] == b"{":
        return _JSON_VERSION.search(start, 0, _LOOKED_AT) is not None
    if root == b"rss":
        return True
    # `feed` and `RDF` are roots of other things too.
    return root in (b"feed", b"rdf") and _ATOM_OR_RSS.search(start, 0, _LOOKED_AT) is not None
