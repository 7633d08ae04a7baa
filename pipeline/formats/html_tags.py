"""The tags of a page that say something about it, found without building a tree.

Linear whatever the input: no tag is followed beyond the next bracket, and no attribute is tried
twice.
"""

import html
import re
from collections.abc import Mapping
from typing import NamedTuple

_MAX_TAGS = 2_000
_MAX_ATTRIBUTES = 20_000
_MAX_TEXT = 2_000
_MAX_SCRIPT = 2_000_000
_NAMES = "meta link html title time h1 script".split()
# Three spellings are a third faster to find than letters without case.
_SPELT = "|".join(form(name) for form in (str.lower, str.upper, str.capitalize) for name in _NAMES)
_TAG = re.compile(
    rf"<(?=[mlhtsMLHTS])({_SPELT})(?=[\s/>])"
    r"((?:[^<>\"']++|\"[^\"<]*+\"|'[^'<]*+')*+)>"
)
# What a tag must hold to be of use.
_TELLING = {"script": "ld+json", "link": "canonical", "meta": "content", "time": "datetime"}
_ATTRIBUTE = re.compile(
    r"(?<![\w:.-])([a-zA-Z][\w:.-]*+)\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'=<>`]++))"
)
_MARKUP = re.compile(r"<[^<>]{0,2000}>")


class Tag(NamedTuple):
    """One tag.

    Attributes:
        name: In lower case.
        attributes: Names in lower case; of a name that is repeated the first counts.
        text: What stands inside `title`, `h1` and JSON-LD scripts; else empty.
    """

    name: str
    attributes: Mapping[str, str]
    text: str


def head_tags(page: str) -> list[Tag]:
    """The `meta`, `link`, `html`, `title`, `time`, `h1` and JSON-LD `script` tags, in order."""
    found: list[Tag] = []
    for match in _TAG.finditer(page):
        name, inside = match[1].lower(), match[2]
        if len(inside) > _MAX_ATTRIBUTES or _TELLING.get(name, "") not in inside.lower():
            continue
        attributes: dict[str, str] = {}
        for key, double, single, bare in _ATTRIBUTE.findall(inside):
            attributes.setdefault(key.lower(), _plain(double or single or bare))
        found.append(Tag(name, attributes, _inside(page, name, match.end())))
        if len(found) == _MAX_TAGS:
            break
    return found


def _inside(page: str, name: str, start: int) -> str:
    if name == "script":
        # Scripts hold no tags, and their text is no markup.
        end = page.find("</", start, start + _MAX_SCRIPT)
        while end >= 0 and page[end + 2 : end + 8].lower() != "script":
            end = page.find("</", end + 2, start + _MAX_SCRIPT)
        return page[start:end] if end >= 0 else ""
    if name not in ("title", "h1"):
        return ""
    piece = page[start : start + _MAX_TEXT]
    end = piece.lower().find(f"</{name}")
    return _plain(_MARKUP.sub(" ", piece[:end])) if end >= 0 else ""


def _plain(value: str) -> str:
    """Characters for entities, single blanks."""
    if "&" in value:
        value = html.unescape(value)
    return " ".join(value.split())
