"""A feed that is well-formed XML: RSS 0.9 to 2.0, RDF (RSS 0.9 and 1.0), Atom 0.3 and 1.0."""

import html
import re
from collections.abc import Iterator
from urllib.parse import urljoin

from lxml import etree

from pipeline.formats.feed_record import Feed, FeedEntry
from pipeline.formats.feed_text import one_line, plain_title

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_XML = "{http://www.w3.org/XML/1998/namespace}"
# Namespaces whose elements count as those of RSS and Atom themselves, written `name` below.
_OWN = frozenset(
    (
        "",
        "http://backend.userland.com/rss",
        "http://backend.userland.com/rss2",
        "http://blogs.law.harvard.edu/tech/rss",
        "http://my.netscape.com/rdf/simple/0.9/",
        "http://purl.org/atom/ns#",
        "http://purl.org/rss/1.0/",
        "http://purl.org/rss/1.0/modules/rss091#",
        "http://www.w3.org/2005/Atom",
    )
)
_PREFIXES = {
    "http://purl.org/dc/elements/1.1/": "dc:",
    "http://purl.org/dc/elements/1.0/": "dc:",
    "http://purl.org/dc/terms/": "dcterms:",
    "http://purl.org/rss/1.0/modules/content/": "content:",
    "http://www.w3.org/1999/xhtml": "xhtml:",
    "http://search.yahoo.com/mrss/": "media:",
    "http://search.yahoo.com/mrss": "media:",
}
_TEXT_TYPES = ("text", "text/plain")
# No part can match what the next one starts with: time stays linear.
_NAMED = re.compile(r"^\s*+[^\s@]++@[^\s()]++\s*+\(([^()]+)\)\s*$")
_ADDRESS = re.compile(r"<?[^\s@]++@[^\s@>]++>?")


class NotWellFormedError(ValueError):
    """This is no XML, or no feed."""


def parse_xml_feed(payload: bytes, recover: bool = False) -> Feed:
    """Reads a feed; entities that XML does not know, and any other fault, are errors.

    Args:
        payload: The whole document.
        recover: Reads on after faults, as far as libxml2 can.

    Raises:
        NotWellFormedError: The bytes are no well-formed XML, or its root is not a feed's.
    """
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=recover,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(payload, parser)
    except (etree.XMLSyntaxError, ValueError, AssertionError) as error:
        raise NotWellFormedError(str(error)) from error
    if root is None:
        raise NotWellFormedError("there is no element in it")
    names = _Names()
    kind = names.of(root)
    channel = root if kind == "feed" else next(names.children(root, "channel"), None)
    if kind not in ("feed", "rss", "RDF") or channel is None:
        raise NotWellFormedError("the root element is not a feed's")
    language = _language(root) or _language(channel)
    entries: list[etree._Element] = [
        element
        # RSS 1.0 has its items beside the channel, RSS 0.91 to 2.0 in it.
        for parent in ((root,) if channel is root else (channel, root))
        for element in names.children(parent, "item", "entry")
    ]
    title = link = publisher = ""
    for child in channel:
        name = names.of(child)
        if name == "title":
            title = title or _title(child)
        elif name == "link":
            link = link or _link(child)
        elif name in ("language", "dc:language"):
            language = language or one_line(child.text)
        elif name == "dc:publisher":
            publisher = publisher or one_line(child.text)
    base = _base(channel, _base(root, "") if channel is not root else "")
    return Feed(
        title=title,
        link=_absolute(base, link),
        language=language,
        publisher=publisher,
        entries=tuple(_entry(element, names, language, base) for element in entries),
    )


class _Names:
    """Names of elements: `title`, `dc:date`; empty for those of other namespaces."""

    def __init__(self) -> None:
        self._known: dict[object, str] = {}

    def of(self, element: etree._Element) -> str:
        tag = element.tag
        name = self._known.get(tag)
        if name is None:
            name = self._known[tag] = self._make(tag)
        return name

    def children(self, element: etree._Element, *wanted: str) -> Iterator[etree._Element]:
        return (child for child in element if self.of(child) in wanted)

    @staticmethod
    def _make(tag: object) -> str:
        if not isinstance(tag, str):
            return ""
        if tag.startswith(_RDF):
            return tag.removeprefix(_RDF)
        namespace, _, local = tag[1:].rpartition("}") if tag[:1] == "{" else ("", "", tag)
        if namespace in _OWN or "rss" in namespace.rsplit("/", 1)[-1]:
            # Where a fault was read over, the prefix of a name may still stand before it.
            return local.rpartition(":")[2].lower()
        prefix = _PREFIXES.get(namespace)
        return f"{prefix}{local.lower()}" if prefix else ""


def _entry(element: etree._Element, names: _Names, language: str, base: str) -> FeedEntry:
    base = _base(element, base)
    identifier = link = permalink = title = other_title = ""
    published = updated = dated = summary = source = ""
    contents: list[str] = []
    authors: list[str] = []
    categories: list[str] = []
    language = _language(element) or language
    for child in element:
        name = names.of(child)
        if not name:
            continue
        if name == "title":
            title = title or _title(child)
        elif name in ("dc:title", "media:title"):
            other_title = other_title or _title(child)
        elif name == "link":
            link = link or _link(child)
        elif name in ("guid", "id"):
            identifier = identifier or one_line(child.text)
            if name == "id" or child.get("isPermaLink", "true").lower() == "true":
                permalink = permalink or one_line(child.text)
        elif name in ("pubdate", "published", "issued", "dcterms:issued"):
            published = published or one_line(child.text)
        elif name in ("updated", "modified", "lastbuilddate", "dcterms:modified"):
            updated = updated or one_line(child.text)
        elif name in ("dc:date", "created", "dcterms:created"):
            dated = dated or one_line(child.text)
        elif name in ("content", "content:encoded", "xhtml:body", "xhtml:div", "body", "fullitem"):
            contents.append(_markup(child))
        elif name in ("description", "summary", "abstract", "dc:description"):
            markup = _markup(child)
            if summary and markup:
                contents.append(markup)
            summary = summary or markup
        elif name in ("author", "dc:creator", "creator", "dc:author"):
            authors.append(_author(child, names))
        elif name in ("category", "dc:subject", "keywords"):
            categories.append(_category(child))
        elif name == "language" or name == "dc:language":
            language = one_line(child.text) or language
        elif name == "source":
            # RSS: the text; Atom: the title of a feed inside.
            inner = next(names.children(child, "title"), None)
            source = plain_title(child.text or "") if inner is None else _title(inner)
    if not link and permalink.startswith(("http://", "https://")):
        link = permalink
    return FeedEntry(
        id=identifier or one_line(element.get(f"{_RDF}about")),
        link=_absolute(base, link),
        title=title or other_title,
        published=published or (dated if updated else ""),
        updated=updated or dated,
        authors=tuple(dict.fromkeys(filter(None, authors))),
        categories=tuple(dict.fromkeys(filter(None, categories))),
        language=language,
        content=max(contents, key=len, default=""),
        summary=summary,
        source=source,
    )


def _title(element: etree._Element) -> str:
    if element.get("type") in _TEXT_TYPES and not len(element):
        return one_line(element.text)
    return plain_title(_markup(element))


def _markup(element: etree._Element) -> str:
    """What an element holds, as HTML."""
    if element.get("mode") == "base64" or element.get("src"):
        return ""
    kind = element.get("type", "")
    if len(element):
        inner = [html.escape(element.text or "", quote=False)]
        inner += (etree.tostring(child, encoding="unicode") for child in element)
        return "".join(inner).strip()
    text = (element.text or "").strip()
    if kind in _TEXT_TYPES and element.tag != "description":
        return html.escape(text, quote=False)
    return text


def _link(element: etree._Element) -> str:
    target = element.get("href")
    if target is None:
        return one_line(element.text)
    return one_line(target) if element.get("rel", "alternate") == "alternate" else ""


def _author(element: etree._Element, names: _Names) -> str:
    named = next(names.children(element, "name"), None)
    value = one_line(element.text if named is None else named.text)
    match = _NAMED.match(value)
    if match:
        return match[1].strip()
    return "" if _ADDRESS.fullmatch(value) else value


def _category(element: etree._Element) -> str:
    return one_line(element.get("label")) or one_line(element.get("term") or element.text)


def _language(element: etree._Element) -> str:
    return one_line(element.get(f"{_XML}lang"))


def _base(element: etree._Element, outer: str) -> str:
    own = one_line(element.get(f"{_XML}base"))
    return _absolute(outer, own) if own else outer


def _absolute(base: str, address: str) -> str:
    if not base or not address:
        return address
    try:
        return urljoin(base, address)
    except ValueError:
        return address
