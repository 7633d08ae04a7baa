"""The HTML inside feeds to plain text."""

import html
import re

from resiliparse.extract.html2text import extract_plain_text
from resiliparse.parse.html import HTMLTree

from pipeline.formats.decoding import normalise

_MAX_FIELD = 4_000
_TAG = re.compile(r"<[A-Za-z/!]")
# Tags that titles are written with. What else stands in angle brackets is meant as it stands.
_TITLE_TAG = re.compile(
    r"</?(?:a|abbr|b|base|bdi|big|blink|br|cite|code|del|div|em|embed|font|frame|frameset|h[1-6]|i"
    r"|iframe|img|ins|kbd|link|mark|meta|p|param|q|s|small|span|strike|strong|sub|sup|tt|u|wbr)"
    r"(?:\s[^<>]{0,2000})?/?>",
    re.IGNORECASE,
)
# Elements whose text is none of the title's, and what may end them.
_HIDDEN_TAG = re.compile(r"<(script|style|applet|object)\b[^<>]{0,2000}+>", re.IGNORECASE)
_HIDDEN_END = re.compile(r"</(script|style|applet|object)\s{0,9}>", re.IGNORECASE)
# For markup with more tags than the time of a parser, which grows with tags times depth, allows.
_MAX_TAGS = 2_000
_ANY_TAG = re.compile(r"<(/?)([A-Za-z][\w:-]*+)[^<>]*+>|<!--")
_UNSEEN = frozenset(("script", "style", "noscript", "template"))
_BLOCKS = frozenset("blockquote br div h1 h2 h3 h4 h5 h6 li ol p pre section table tr ul".split())
_MAX_LINES = re.compile(r"\n(?:[ \t]*+\n){2,}")


def to_text(markup: str) -> str:
    r"""The text of a piece of HTML: paragraphs between blank lines; scripts and styles left out."""
    tags = len(_TAG.findall(markup))
    if not tags:
        return normalise(html.unescape(markup)).strip()
    if tags > _MAX_TAGS:
        return _without_tags(markup)
    tree = HTMLTree.parse(markup.replace("\0", ""))
    text = extract_plain_text(
        tree,
        main_content=False,
        list_bullets=False,
        alt_texts=False,
        links=False,
        form_fields=False,
        noscript=False,
    )
    return _MAX_LINES.sub("\n\n", normalise(text)).strip()


def _without_tags(markup: str) -> str:
    """The text between the tags, in one pass."""
    pieces: list[str] = []
    position = 0
    unseen = ""
    for match in _ANY_TAG.finditer(markup):
        if match.start() < position:
            continue
        if not unseen:
            pieces.append(html.unescape(markup[position : match.start()]))
        position = match.end()
        name = (match[2] or "").lower()
        if not name:
            end = markup.find("-->", position)
            position = len(markup) if end < 0 else end + 3
        elif unseen:
            unseen = "" if match[1] and name == unseen else unseen
        elif name in _UNSEEN and not match[1]:
            unseen = name
        elif name in _BLOCKS:
            pieces.append("\n\n")
    if not unseen:
        pieces.append(html.unescape(markup[position:]))
    text = normalise("".join(pieces))
    return _MAX_LINES.sub("\n\n", text).strip()


def plain_title(value: str) -> str:
    """A title that may hold HTML, as plain text on one line."""
    if len(value) > _MAX_FIELD:
        value = value[:_MAX_FIELD]
    if "<" in value:
        value = _TITLE_TAG.sub("", _without_hidden(value))
    if "&" in value:
        value = html.unescape(value)
    return one_line(value)


def _without_hidden(value: str) -> str:
    """Leaves out scripts and the like that are closed; each tag is looked at once."""
    ends = {
        name: iter([match for match in _HIDDEN_END.finditer(value) if match[1].lower() == name])
        for name in {match[1].lower() for match in _HIDDEN_END.finditer(value)}
    }
    pieces: list[str] = []
    position = 0
    for match in _HIDDEN_TAG.finditer(value) if ends else ():
        if match.start() < position:
            continue
        waiting = ends.get(match[1].lower(), iter(()))
        end = next((end for end in waiting if end.start() >= match.end()), None)
        if end is not None:
            pieces.append(value[position : match.start()])
            position = end.end()
    return "".join(pieces) + value[position:]


def one_line(value: object) -> str:
    """A metadata string on one line; empty if it is none, or too long to be one."""
    if not isinstance(value, str) or len(value) > _MAX_FIELD:
        return ""
    return " ".join(normalise(value).split())
