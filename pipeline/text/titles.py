"""Titles: of pages, repeated above the text, taken from its first line; and sub-headings."""

import re

from pipeline.text.lexicon import fold
from pipeline.text.page import Page
from pipeline.text.paragraphs import words_in

_BAR = re.compile(r"\s[•–—-]\s|\s*\|\s*")
_DOMAIN = re.compile(r"(?:[\w-]+\.)+[a-z]{2,8}", re.IGNORECASE)
_TERMINAL = re.compile(r"[.!:;,…]\s*$")
_DASHED = re.compile(r"^[-–—•*]\s*")
_HEAD_UNITS = 40
_MAX_TITLE = 400
_MAX_TAKEN = 200


def cut_page_title(page: Page, headline: str) -> str:
    """Cuts a first line that is the title and the site's name around a bar: "Title | Site".

    It is one if the title is repeated below or is the declared headline, or if what follows the
    bar is a domain name. The last of several bars counts first.

    Returns:
        The headline: the one given, else the title found here, else nothing.
    """
    text = page.text(page.units[0]) if page.units else ""
    if not text or len(text) > _MAX_TITLE:
        return headline
    for bar in reversed(list(_BAR.finditer(text))):
        title, site = text[: bar.start()].strip(), text[bar.end() :].strip()
        if len(title) < 10 or not 1 <= words_in(site) <= 5:
            continue
        repeated = any(same(page.text(other), title) for other in page.units[1:_HEAD_UNITS])
        known = bool(headline) and same(headline, title)
        domain = "|" in bar[0] and len(page.units) > 1 and bool(_DOMAIN.fullmatch(site))
        if repeated or known or domain:
            page.cut_end(0, len(text[: bar.start()].rstrip()), "publisher")
            page.cut(page.units[0], "repeated_title" if headline else "title")
            if repeated:
                _cut_down_to_title(page, title)
            return headline or title
    return headline


def _cut_down_to_title(page: Page, title: str) -> None:
    """Between a page's title and the headline stand the site's menus."""
    place = next(index for index, unit in enumerate(page.units) if same(page.text(unit), title))
    above = page.units[:place]
    if not any(page.is_prose(unit) for unit in above):
        page.cut_marked(dict.fromkeys(range(place), "navigation"))


def take_title(page: Page) -> str:
    """Cuts the first line where it is a title: no sentence, on a line of its own, prose below.

    Returns:
        The title, or nothing.
    """
    if len(page.units) < 2:
        return ""
    unit = page.units[0]
    text = page.text(unit)
    if (
        len(text) <= _MAX_TAKEN
        and 3 <= words_in(text) <= 25
        and page.opens_line(unit)
        and not _TERMINAL.search(text)
        and not _DASHED.match(text)
        and not page.is_prose(unit)
        # A caption or a subtitle may stand between.
        and any(page.is_prose(following) for following in page.units[1:4])
    ):
        page.cut(unit, "title")
        return " ".join(text.split())
    return ""


def subheads(page: Page) -> list[int]:
    """Short lines without a full stop, between sentences or above the first."""
    prose = [page.is_prose(unit) for unit in page.units]
    return [
        index
        for index, unit in enumerate(page.units[:-1])
        if not prose[index]
        and prose[index + 1]
        and (index == 0 or prose[index - 1])
        and _is_heading(page.text(unit))
    ]


def _is_heading(text: str) -> bool:
    if len(text) > 100 or words_in(text) > 12 or _TERMINAL.search(text):
        return False
    dashed = _DASHED.match(text)
    if dashed and not re.search(r"\s[-–—]$", text):
        return False
    first = next((character for character in text if character.isalnum()), "")
    return first.isupper() or first.isdigit()


def same(text: str, title: str) -> bool:
    """Whether two lines are the same title, whatever case, accents and typography."""
    if abs(len(text) - len(title)) > 20 or len(text) > 400:
        return False
    return bool(key := _key(title)) and _key(text) == key


def _key(text: str) -> str:
    return " ".join(re.findall(r"\w+", fold(text)))
