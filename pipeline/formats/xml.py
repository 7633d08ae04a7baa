"""XML from anywhere, parsed so that hostile documents do no harm.

No entity is expanded, no DTD loaded, nothing fetched. libxml2's own limits stay on: 256 levels of
elements, 10 MB of text in one node.
"""

import html.entities
import re
from collections.abc import Iterator

from lxml import etree

from pipeline.errors import RejectError, RejectReason
from pipeline.formats.decoding import characters

Element = etree._Element
MAX_TAGS = 250_000
"""Tags of one item: a hundred times what the longest take. More would take seconds to read."""

_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,200}\?>")
_DECLARED_ENCODING = re.compile(
    rb"\s*<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{2,40})[\"']"
)
_TEXT_ENCODING = re.compile(
    r"iso-?8859|windows-125|cp\d|latin|macroman|mac-?roman|koi8|utf-?16|utf-?32|gb|big5|shift|euc|tis"
)
_NAMED = re.compile(r"&([A-Za-z][\w.-]{0,40});")
_BUILT_IN = frozenset(("amp", "lt", "gt", "quot", "apos"))
# What XML 1.0 does not allow as characters, and many wires contain.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_FORBIDDEN_REFERENCE = re.compile(
    r"&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01])|x0*(?:[0-8bcef]|1[\da-f]));", re.I
)


def parse_xml(payload: bytes, max_tags: int = MAX_TAGS) -> Element:
    """Parses one document.

    Characters that XML forbids are dropped, and the names that HTML gives to characters
    (`&eacute;`) are understood: wires contain both. Anything else that is not well-formed is
    refused.

    Args:
        payload: The document.
        max_tags: Most opening angle brackets in it.

    Returns:
        The root element; comments and processing instructions are gone.

    Raises:
        RejectError: `malformed`, `too_large` or `undecodable`.
    """
    text = _FORBIDDEN.sub("", _decode(payload))
    if "<!ENTITY" in _prolog(text):
        raise malformed("the document declares entities, which are refused")
    if text.count("<") > max_tags:
        raise RejectError(RejectReason.TOO_LARGE, f"more than {max_tags} tags in one document")
    if "&" in text:
        text = _NAMED.sub(_character, _FORBIDDEN_REFERENCE.sub("", text))
    text = _DECLARATION.sub("", text, count=1).lstrip()
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        recover=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(text.encode("utf-8"), parser)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        said = " ".join(str(error.msg or "it is empty").split())[:200]
        raise malformed(f"this is not XML: {said} (line {line}, column {column})") from None


def local(element: Element) -> str:
    """The element's name without its namespace."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def children(element: Element | None, *path: str) -> Iterator[Element]:
    """The elements under a path of local names, in document order; `*` stands for any name."""
    if element is None:
        return
    if not path:
        yield element
        return
    for child in element:
        if path[0] in ("*", local(child)):
            yield from children(child, *path[1:])


def child(element: Element | None, *path: str) -> Element | None:
    """The first element under a path of local names."""
    return next(children(element, *path), None)


def descendants(element: Element, *names: str) -> Iterator[Element]:
    """Elements with one of these local names, at any depth, the element itself included."""
    for found in element.iter():
        if local(found) in names:
            yield found


def content(element: Element) -> str:
    """All text of an element, as it stands."""
    return "".join(str(piece) for piece in element.itertext())


def line(element: Element | None) -> str:
    """All text of an element on one line; empty if there is none."""
    return "" if element is None else " ".join(content(element).split())


def attribute(element: Element | None, name: str) -> str:
    """An attribute by its local name, blanks around it cut; empty if it is not there."""
    if element is None:
        return ""
    value = element.get(name)
    if value is None:
        qualified = (str(key) for key in element.attrib if str(key).endswith("}" + name))
        value = next(map(element.get, qualified), None)
    return str(value or "").strip()


def language(element: Element | None) -> str:
    """The `xml:lang` that holds for an element: its own or that of the nearest one around it."""
    while element is not None:
        value = element.get("{http://www.w3.org/XML/1998/namespace}lang")
        if value:
            return value.strip()
        element = element.getparent()
    return ""


def malformed(detail: str) -> RejectError:
    """The error for what does not follow its format."""
    return RejectError(RejectReason.MALFORMED, detail)


def _decode(payload: bytes) -> str:
    """UTF-8 wherever it is valid, else what the document declares, else what it looks like."""
    try:
        return payload.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    declared = _DECLARED_ENCODING.match(payload)
    if declared:
        name = declared[1].decode("ascii").lower()
        try:
            if _TEXT_ENCODING.match(name):
                return payload.decode(name, "replace").removeprefix("\ufeff")
        except (LookupError, UnicodeError):
            pass  # a name that only looks like an encoding
    return characters(payload)


def _prolog(text: str) -> str:
    """What stands before the root element, any internal subset included."""
    position = 0
    while (position := text.find("<", position)) >= 0:
        after = text[position + 1 : position + 2]
        if after.isalpha() or after == "_":
            return text[:position]
        if text.startswith("<!--", position):
            position = max(text.find("-->", position + 4), position)
        position += 1
    return text


def _character(match: re.Match[str]) -> str:
    name = match[1]
    if name in _BUILT_IN:
        return match[0]
    known = html.entities.html5.get(f"{name};")
    if known is None:
        return f"&amp;{name};"
    return known if known not in ("&", "<", ">") else f"&#{ord(known)};"
