"""Marked-up text (XHTML, NITF, HTML) to plain paragraphs."""

import re

from lxml import etree

from pipeline.errors import RejectError, RejectReason
from pipeline.formats.decoding import normalise
from pipeline.formats.xml import MAX_TAGS, Element, local

_BLOCKS = frozenset(
    "address article block blockquote body body.content bq caption center dd div dl dt fieldset"
    " figcaption fn h1 h2 h3 h4 h5 h6 hl1 hl2 hr html li main nitf-table note ol p pre section"
    " table tbody tfoot thead tr ul".split()
)
_SKIPPED = frozenset(
    "head script style noscript template iframe object embed svg math form select button"
    " header footer nav aside figure media media-caption media-producer media-metadata"
    " body.head body.end audio video canvas map".split()
)


def element_text(element: Element) -> str:
    r"""The text of an element: blocks are paragraphs with a blank line between them.

    Blanks are made single, `br` is a line break, a row of a table is a paragraph. Scripts,
    captions, navigation and what stands in `header` and `footer` are left out.
    """
    paragraphs: list[str] = []
    run: list[str] = []

    def close() -> None:
        lines = (" ".join(line.split()) for line in "".join(run).split("\r"))
        text = "\n".join(line for line in lines if line)
        if text:
            paragraphs.append(text)
        run.clear()

    # Explicit, because documents decide how deep it goes.
    stack: list[tuple[Element, bool]] = [(element, False)]
    while stack:
        node, leaving = stack.pop()
        name = local(node).lower()
        if leaving:
            if name in _BLOCKS:
                close()
            run.append(_tail(node, element))
            continue
        if not name or (name in _SKIPPED and not _is_table(node, name)):
            run.append(_tail(node, element))
            continue
        if name in _BLOCKS:
            close()
        if name in ("br", "td", "th"):
            run.append("\r" if name == "br" else " ")
        run.append((node.text or "").replace("\r", " "))
        stack.append((node, True))
        stack.extend((child, False) for child in reversed(node))
    close()
    return normalise("\n\n".join(paragraphs))


def html_text(markup: str) -> str:
    """The text of a piece of HTML; see `element_text`.

    Raises:
        RejectError: `too_large` if it has more tags than `pipeline.formats.xml.MAX_TAGS`.
    """
    if markup.count("<") > MAX_TAGS:
        raise RejectError(RejectReason.TOO_LARGE, f"more than {MAX_TAGS} tags in one text")
    if "<" not in markup and "&" not in markup:
        return normalise(markup).strip()
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(markup.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:  # nothing in it that could be an element
        root = None
    if root is None:
        return ""
    return element_text(root)


_TAG = re.compile(r"<(?:p|div|br|h[1-6]|ul|ol|table|section|article|span|a|b|i|em|strong)\b", re.I)


def looks_like_html(text: str) -> bool:
    """Whether a string that declares no type holds HTML."""
    return _TAG.search(text[:20_000]) is not None


def _is_table(node: Element, name: str) -> bool:
    """Whether a figure is one of words: a table with its caption."""
    return name == "figure" and any(local(inner).lower() == "table" for inner in node.iter())


def _tail(node: Element, top: Element) -> str:
    return "" if node is top else (node.tail or "").replace("\r", " ")
