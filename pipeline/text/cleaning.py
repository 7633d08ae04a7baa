"""From the text of a page or a wire item to the article's own words.

Everything here goes by form and place: how long a line is, whether it is a sentence, where it
stands, whether it repeats the title, and phrases that sites of all kinds share
(`lexicons/boilerplate.yaml`). No rule knows a paper or a person.
"""

import re
from typing import NamedTuple

from pipeline.records import Removed, Span
from pipeline.text import credit_lines, headers, tagless, titles
from pipeline.text.boilerplate import (
    PHRASE_REASONS,
    is_closing_appeal,
    is_menu_line,
    is_menu_word,
    phrase_reason,
)
from pipeline.text.lexicon import fold
from pipeline.text.page import BodySpan, Page, span_of
from pipeline.text.paragraphs import Unit, words_in

REASONS = (
    "header",
    "byline",
    "dateline",
    "title",
    "repeated_title",
    "publisher",
    "navigation",
    "frame",
    "markup",
    "photo_credit",
    "footer_credit",
    *PHRASE_REASONS,
    "recurring",
)
"""Why something may be cut; a closed list.

`title` is the first line where it became the headline; `repeated_title` a line that says the known
headline again; `publisher` the site's name after the title of a page; `frame` what stands around
the article in a page that lost its tags; `recurring` a line that other articles of the source have
too (`pipeline.text.recurring`).
"""

_LONGEST_LINE = 900
_MOST_LINES = 1_500
"""Lines at either end of a text that are looked at; what is longer is no page."""
_TERMINAL = re.compile(r"[.!:;,…]\s*$")


class _Found(NamedTuple):
    headline: str = ""
    date: str = ""
    byline: str = ""


class CleanText(NamedTuple):
    """A cleaned text.

    Attributes:
        body: Paragraphs with one blank line between them.
        headline: The declared one, else the title found in the text, else empty.
        removed: What was cut, in the order it stood.
        subheads: Where sub-headings stand in the body.
        spans: Which stretches of the body stand where in the raw text, one for one.
        date: The date that a header above the text states; empty if none does.
        byline: The author line above or below the text; empty if there is none.
    """

    body: str
    headline: str
    removed: tuple[Removed, ...]
    subheads: tuple[Span, ...]
    spans: tuple[BodySpan, ...]
    date: str
    byline: str


def clean_text(text: str, headline: str = "", extracted: bool = False) -> CleanText:
    """Cuts what is not the article, and keeps what it cut.

    Args:
        text: Decoded text (`pipeline.formats.decoding.normalise`); offsets of `spans` count in it.
        headline: The title that the item declares, if any.
        extracted: True where the text was taken out of a page's markup: menus are gone, and what
            looks like a tag is text.
    """
    page = Page(text, markup=not extracted)
    found = _cut_leading(page, _Found(headline=headline.strip()))
    lines = len(page.units)
    found = found._replace(headline=titles.cut_page_title(page, found.headline))
    if not extracted:
        around = tagless.around_article(page, found.headline, len(page.units) < lines)
        page.cut_marked(dict.fromkeys(around, "frame"))
    if len(page.units) > 1:
        found = _cut_lines(page, found)
        if not extracted:
            _cut_navigation(page)
        _cut_closing(page)
        found = _cut_first_dateline(page, found)
    _cut_tails(page)
    if not found.headline:
        found = found._replace(headline=titles.take_title(page))
    subheads = titles.subheads(page)
    rendered = page.render()
    return CleanText(
        body=rendered.body,
        headline=found.headline,
        removed=rendered.removed,
        subheads=tuple(span_of(rendered, index) for index in subheads),
        spans=rendered.spans,
        date=found.date,
        byline=found.byline,
    )


def _cut_leading(page: Page, found: _Found, index: int = 0) -> _Found:
    if index >= len(page.units):
        return found
    unit = page.units[index]
    done = 0
    for prefix in headers.leading(page.text(unit)):
        kept = len(page.units)
        page.cut_start(index, prefix.end - done, (0, prefix.shown - done), prefix.reason)
        done = prefix.end
        if prefix.date:
            found = found._replace(date=prefix.date)
        if len(page.units) < kept:
            break
    return found


def _cut_lines(page: Page, found: _Found) -> _Found:
    """Cuts the lines that say themselves what they are."""
    prose = [index for index, unit in enumerate(page.units) if page.is_prose(unit)]
    first = prose[0] if prose else len(page.units)
    last = prose[-1] if prose else -1
    marked: dict[int, str] = {}
    inner = range(_MOST_LINES, len(page.units) - _MOST_LINES)
    for index, unit in enumerate(page.units):
        if unit.end - unit.start > _LONGEST_LINE or index in inner:
            continue
        text = page.text(unit)
        reason = ""
        if len(text) <= 400:
            reason = _line_reason(text, found.headline, index <= first, index >= last)
        marked_reason = reason or phrase_reason(text)
        if not marked_reason:
            continue
        marked[index] = marked_reason
        if reason == "header" and not found.date:
            found = found._replace(date=headers.header_date(text) or "")
        if reason == "byline" and not found.byline and headers.byline_of(text):
            found = found._replace(byline=headers.byline_of(text))
    page.cut_marked(marked)
    return found


def _line_reason(text: str, headline: str, above: bool, below: bool) -> str:
    """Why a line is cut, by its form; `above` and `below` say on which side of the prose it is."""
    if headline and titles.same(text, headline):
        return "repeated_title"
    if above or below:
        if headers.header_date(text) is not None:
            return "header"
        if headers.byline_of(text):
            return "byline"
        if is_menu_line(text):
            return "navigation"
    if credit_lines.is_bare_credit(text):
        return _credit_reason(text, above)
    return credit_lines.photo_or_copyright(text, before_prose=not below)


def _credit_reason(text: str, above: bool) -> str:
    if text.lstrip("([ ").startswith("©"):
        return "photo_credit" if above else "copyright"
    if not above:
        return "footer_credit"
    return "header" if fold(text).startswith("via ") else "byline"


def _cut_navigation(page: Page) -> None:
    """Runs of menu entries above the first and below the last sentence."""
    prose = [index for index, unit in enumerate(page.units) if page.is_prose(unit)]
    if not prose:
        return
    marked: dict[int, str] = {}
    last = len(page.units)
    head = range(min(prose[0], _MOST_LINES))
    tail = range(max(prose[-1] + 1, last - _MOST_LINES), last)
    for zone in (head, tail):
        run: list[int] = []
        for index in [*zone, -1]:
            if index >= 0 and _looks_like_menu(page, page.units[index]):
                run.append(index)
                continue
            known = sum(is_menu_word(page.text(page.units[i])) for i in run)
            if len(run) >= 3 and known >= 2 and known >= 0.25 * len(run):
                marked.update(dict.fromkeys(run, "navigation"))
            run = []
    page.cut_marked(marked)


def _looks_like_menu(page: Page, unit: Unit) -> bool:
    if unit.end - unit.start > 60:
        return False
    text = page.text(unit)
    return (
        words_in(text) <= 6
        and not _TERMINAL.search(text)
        and not any(character.isdigit() for character in text)
    )


def _cut_closing(page: Page) -> None:
    """Appeals to the reader, from the last unit upwards."""
    marked: dict[int, str] = {}
    for index in range(len(page.units) - 1, 0, -1):
        if not is_closing_appeal(page.text(page.units[index])[:1_000]):
            break
        marked[index] = "appeal"
    page.cut_marked(marked)


def _cut_first_dateline(page: Page, found: _Found) -> _Found:
    """A dateline may stand under the title, before the first sentence."""
    prose = next((i for i, unit in enumerate(page.units) if page.is_prose(unit)), None)
    if not prose or prose > 6:
        return found
    return _cut_leading(page, found, prose)


def _cut_tails(page: Page) -> None:
    """Credits that end a caption or the last paragraph."""
    for index in range(len(page.units) - 1, max(-1, len(page.units) - _MOST_LINES), -1):
        unit = page.units[index]
        text = page.text(unit)
        last = index == len(page.units) - 1
        if last:
            start = credit_lines.credit_tail(text)
            if start > 0:
                page.cut_end(index, start, "footer_credit")
                continue
        if len(text) <= 500:
            start = credit_lines.photo_tail(text)
            if start > 0:
                page.cut_end(index, start, "photo_credit")
