"""News agencies' XML: which format it is, and the items of a message that holds several."""

from collections.abc import Iterator

from lxml import etree

from pipeline.errors import RejectError, RejectReason
from pipeline.formats.newsml1 import parse_newsml1
from pipeline.formats.newsml_g2 import ITEMS, parse_newsml_g2
from pipeline.formats.nitf import parse_nitf
from pipeline.formats.xml import Element, children, language, local, parse_xml
from pipeline.records import ParsedItem, RawItem

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_MESSAGE_TAGS = 2_000_000
_SEVERAL = (b"newsMessage", b"NewsML")


def parse_wire_xml(raw: RawItem) -> ParsedItem:
    """Reads an XML document of one news item.

    Raises:
        RejectError: It is malformed, no article, or of a vocabulary that is not read.
    """
    root = parse_xml(raw.payload)
    name = local(root)
    if name == "nitf":
        return parse_nitf(root, raw.source_uri)
    if name in ITEMS:
        return parse_newsml_g2(root, raw.source_uri)
    if name in ("newsMessage", "NewsML"):
        found = _items(root)
        if not found:
            raise RejectError(RejectReason.NOT_AN_ARTICLE, f"the {name} holds no news item")
        parse = parse_newsml_g2 if name == "newsMessage" else parse_newsml1
        return parse(found[0], raw.source_uri)
    raise RejectError(RejectReason.UNSUPPORTED, f"XML with the root {name[:60]!r} is not read")


def split_xml(raw: RawItem) -> Iterator[RawItem]:
    """The items of a message, each as a document of its own, named `uri#2` by place.

    A message with one item stays as it is, and so does what cannot be parsed: the parse stage says
    what is wrong with it.
    """
    if not any(name in raw.payload[:65_536] for name in _SEVERAL):
        yield raw
        return
    try:
        root = parse_xml(raw.payload, max_tags=_MESSAGE_TAGS)
        found = _items(root)
    except RejectError:
        found = []
    if len(found) < 2:
        yield raw
        return
    for number, item in enumerate(found, start=1):
        yield RawItem(f"{raw.source_uri}#{number}", _document(item, root), raw.kind)


def _items(root: Element) -> list[Element]:
    if local(root) == "newsMessage":
        return [e for e in children(root, "itemSet", "*") if local(e) in ITEMS]
    return list(children(root, "NewsItem"))


def _document(item: Element, root: Element) -> bytes:
    """The item alone, with the language that holds for it; NewsML 1 keeps its root element."""
    spoken = language(item)
    if spoken:
        item.set(_LANG, spoken)
    item.tail = None
    if local(root) == "NewsML":
        envelope = etree.Element(root.tag, nsmap=root.nsmap)  # type: ignore[arg-type]
        envelope.append(item)
        item = envelope
    return bytes(etree.tostring(item, encoding="utf-8", xml_declaration=True))
