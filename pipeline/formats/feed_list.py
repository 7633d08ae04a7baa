"""Lists of feeds: OPML, or one address a line."""

import re
from urllib.parse import urlsplit

from lxml import etree

from pipeline.errors import InputError, RejectError
from pipeline.formats.decoding import decode

_SCHEME = re.compile(r"https?://[^/\s]", re.IGNORECASE)


def is_address(given: str) -> bool:
    """Tells whether an input is to be fetched over the network."""
    return _SCHEME.match(given) is not None


def parse_feed_list(payload: bytes, name: str) -> list[str]:
    """Reads a list of feeds.

    An OPML file (http://opml.org/spec2.opml) gives the `xmlUrl` of its outlines. Any other text
    gives one address a line; blank lines and lines that start with `#` are passed over.

    Args:
        payload: The file.
        name: Its name, for errors.

    Returns:
        The addresses in the order of the file, each once.

    Raises:
        InputError: A line is no address, or there is none at all.
    """
    try:
        text = decode(payload).strip()
    except RejectError as error:
        raise InputError(f"{name}: this is no list of feeds: {error.detail}") from error
    found = _outlines(text, name) if text.startswith("<") else _lines(text, name)
    if not found:
        raise InputError(f"{name}: there is no feed in it")
    return list(dict.fromkeys(found))


def _lines(text: str, name: str) -> list[str]:
    found: list[str] = []
    for number, line in enumerate(text.splitlines(), start=1):
        address = line.strip()
        if not address or address.startswith("#"):
            continue
        found.append(_checked(address, f"{name}: line {number}"))
    return found


def _outlines(text: str, name: str) -> list[str]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    body = text.partition("?>")[2] if text.startswith("<?xml") else text
    try:
        root = etree.fromstring(body.strip(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise InputError(f"{name}: this is no OPML: {error}") from error
    outlines = [] if root is None else root.iter("outline")
    addresses = (outline.get("xmlUrl", "").strip() for outline in outlines)
    return [_checked(address, name) for address in addresses if address]


def _checked(address: str, where: str) -> str:
    try:
        valid = is_address(address) and not re.search(r"\s", address)
        valid = valid and bool(urlsplit(address).hostname)
    except ValueError:
        valid = False
    if not valid:
        raise InputError(f"{where}: {address[:200]!r} is no address with http:// or https://")
    return address
