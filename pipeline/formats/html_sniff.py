"""Tells pages of the web from their first bytes."""

import re

_NAME = re.compile(r"\.(?:x?html?|php|aspx?|jsp)(?:\.gz)?$", re.IGNORECASE)
_DOCUMENT = re.compile(rb"<(?:!doctype\s+html|html|head|body)(?=[\s>])", re.IGNORECASE)
_ROOTS = frozenset({b"html", b"head", b"body", b"title", b"meta"})
_ELEMENTS = frozenset(
    b"div p article section main span a h1 h2 h3 table ul ol script style link header nav center"
    b" font b i img br form".split()
)
_LOOKED_AT = 4_096


def is_page(start: bytes, root: bytes, name: str) -> bool:
    """Whether this is HTML.

    A text with some stray tags is none: the document type or the tags that only whole pages have
    must stand near its start, or its name must say so and its first tag be one of HTML's.

    Args:
        start: The first bytes, without leading blanks.
        root: The first element, from `pipeline.formats.sniff.xml_root`.
        name: The file's name or address.
    """
    if start[:1] != b"<":
        return False
    if root in _ROOTS:
        return True
    if root in _ELEMENTS and _NAME.search(name):
        return True
    return bool(_DOCUMENT.search(start[:_LOOKED_AT])) and (not root or root in _ELEMENTS)
