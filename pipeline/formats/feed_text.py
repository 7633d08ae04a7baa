"""The HTML inside feeds to plain text."""

import html
import re

from resiliparse.extract.html2text import extract_plain_text
from resiliparse.parse.encoding import detect_encoding
from resiliparse.parse.html import HTMLTree

from pipeline.formats.decoding import normalise

_MAX_FIELD = 4_000
_TAG = re.compile(r"<[A-Za-z/!]")
# Tags that titles are written with. What else stands in angle brackets is meant as it stands.
_TITLE_TAG = re.compile(
    r"</?(?:a|abbr|b|bdi|big|br|cite|code|del|div|em|font|h[1-6]|i|img|ins|kbd|mark|p|q|s|small"
    r"|span|strike|strong|sub|sup|tt|u|wbr)(?:\s[^<>]{0,2000})?/?>",
    re.IGNORECASE,
)
_MAX_LINES = re.compile(r"\n{3,}")


def to_text(markup: str) -> str:
    r"""The text of a piece of HTML: paragraphs between blank lines; scripts and styles left out."""
    if not _TAG.search(markup):
        return normalise(html.unescape(markup)).strip()
    tree = HTMLTree.parse(markup.replace("\0", ""))
    text = extract_plain_text(
        tree, main_content=False, alt_texts=False, links=False, form_fields=False, noscript=False
    )
    return _MAX_LINES.sub("\n\n", normalise(text)).strip()


def page_text(page: bytes) -> str:
    """The main text of a whole HTML page."""
    tree = HTMLTree.parse_from_bytes(page, detect_encoding(page) or "utf-8")
    return _MAX_LINES.sub("\n\n", normalise(extract_plain_text(tree, main_content=True))).strip()


def plain_title(value: str) -> str:
    """A title that may hold HTML, as plain text on one line."""
    if len(value) > _MAX_FIELD:
        value = value[:_MAX_FIELD]
    if "<" in value:
        value = _TITLE_TAG.sub("", value)
    if "&" in value:
        value = html.unescape(value)
    return one_line(value)


def one_line(value: object) -> str:
    """A metadata string on one line; empty if it is none, or too long to be one."""
    if not isinstance(value, str) or len(value) > _MAX_FIELD:
        return ""
    return " ".join(normalise(value).split())
