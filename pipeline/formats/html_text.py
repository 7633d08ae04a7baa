"""The main text of a page, in two tiers: careful (trafilatura) and bulk (resiliparse).

The careful tier asks the bulk one for a second opinion, which costs it a tenth more: trafilatura
now and then takes the first part of an article for all of it, or the whole site's menus for a text.
"""

import logging
import re
from collections.abc import Sequence
from typing import NamedTuple

from lxml import etree
from lxml import html as lxml_html
from resiliparse.extract.html2text import extract_plain_text
from resiliparse.parse.html import HTMLTree

# They report pages without text as errors; here they become rejects.
for _name in ("trafilatura", "htmldate"):
    logging.getLogger(_name).propagate = False

_ENDS_SENTENCE = re.compile(r"[.!?…:;][»”\"')\]\s]*$")
_WORD = re.compile(r"\w+")
_PARAGRAPH_WORDS = 8
_ANCESTORS = 3
_OPENING = 60
_OTHERS = re.compile(r"comment|related|recommend|disqus|teaser|\bli\b")
# Elements that no article is made of, for the bulk tier.
_SKIPPED = ("figure", "figcaption", "button", "form", "time", "h1")


class _Paragraph(NamedTuple):
    """A paragraph.

    Attributes:
        place: The article element that it is in, and the classes of the elements above it.
        text: On one line.
        words: How many.
    """

    place: tuple[int, str]
    text: str
    words: int


class _Measure(NamedTuple):
    """How many words a text has, and how many of them stand in sentences."""

    words: int
    prose: int


class TooDeepError(ValueError):
    """Elements are nested so deeply that the parser gave up."""


def careful_text(page: str) -> str:
    """The main text by trafilatura, one line a paragraph; empty if there is none.

    Args:
        page: The page's characters; its tags should number a few thousand, as the time that this
            takes is proportional to them (about 50 pages of the press a second).

    Raises:
        TooDeepError: The page is nested too deeply.
    """
    tree = _tree(page)
    if tree is None:
        return bulk_text(page)
    paragraphs = _paragraphs(tree)
    return _better(_by_trafilatura(tree), paragraphs, page)


def bulk_text(page: str) -> str:
    """The main text by resiliparse: hundreds of pages a second, some more of what is no text."""
    text: str = extract_plain_text(
        HTMLTree.parse(page),
        main_content=True,
        alt_texts=False,
        preserve_formatting=True,
        list_bullets=False,
        skip_elements=list(_SKIPPED),
    )
    return "\n".join(filter(None, (" ".join(line.split()) for line in text.split("\n"))))


def _tree(page: str) -> "lxml_html.HtmlElement | None":
    parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        tree = lxml_html.document_fromstring(page.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, ValueError):
        return None
    if any("depth" in entry.message for entry in parser.error_log):
        raise TooDeepError
    return tree


def _paragraphs(tree: "lxml_html.HtmlElement") -> list[_Paragraph]:
    """The paragraphs of some length, with what they stand in."""
    found: list[_Paragraph] = []
    for element in tree.iter("p"):
        text = " ".join(element.text_content().split())
        words = len(_WORD.findall(text))
        if words < _PARAGRAPH_WORDS:
            continue
        place: list[str] = []
        article = 0
        for distance, ancestor in enumerate(element.iterancestors()):
            if distance < _ANCESTORS:
                place.append(f"{ancestor.tag} {ancestor.get('class', '')}")
            if ancestor.tag == "article":
                article = id(ancestor)
                break
        found.append(_Paragraph((article, "\n".join(place)), text, words))
    return found


def _by_trafilatura(tree: "lxml_html.HtmlElement") -> str:
    # Imported late: it takes half a second, and not every run has pages.
    from trafilatura import extract

    text = extract(tree, fast=True, include_comments=False)
    return text or ""


def _measure(text: str) -> _Measure:
    words = prose = 0
    for line in text.split("\n"):
        count = len(_WORD.findall(line))
        words += count
        if count >= 10 and _ENDS_SENTENCE.search(line[-12:]):
            prose += count
    return _Measure(words, prose)


def _better(text: str, paragraphs: Sequence[_Paragraph], page: str) -> str:
    """The text, unless what else is known says that it is nothing, a part, or a heap of menus."""
    if not text:
        return bulk_text(page)
    one = _measure(text)
    heap = one.words > 300 and one.prose < 0.3 * one.words
    missing = _is_part(text, paragraphs)
    if not (heap or missing):
        return text
    second = bulk_text(page)
    other = _measure(second)
    if heap and other.prose >= one.prose and other.prose > 0.5 * other.words:
        return second
    if missing and one.prose < other.prose < 1.2 * sum(part.words for part in missing) + 100:
        return second
    return text


def _is_part(text: str, paragraphs: Sequence[_Paragraph]) -> list[_Paragraph]:
    """The paragraphs that stand like those of the text, if the text lacks many of them."""
    flat = " ".join(text.split())
    taken: dict[tuple[int, str], int] = {}
    there: dict[tuple[int, str], int] = {}
    for part in paragraphs:
        there[part.place] = there.get(part.place, 0) + part.words
        if part.text[:_OPENING] in flat:
            taken[part.place] = taken.get(part.place, 0) + part.words
    if not taken:
        return []
    main = max(taken, key=lambda place: (taken[place], place[1]))
    if _OTHERS.search(main[1]) or there[main] < 1.25 * taken[main] + 60:
        return []
    return [part for part in paragraphs if part.place == main]
