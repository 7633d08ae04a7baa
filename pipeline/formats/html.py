"""Pages of the web: main text and declared metadata."""

import re
from typing import Literal

from pipeline.errors import RejectError, RejectReason
from pipeline.formats.decoding import normalise
from pipeline.formats.html_charset import page_text
from pipeline.formats.html_head import PageHead, read_head
from pipeline.formats.html_text import TooDeepError, bulk_text, careful_text
from pipeline.records import ParsedItem, RawItem

Tier = Literal["trafilatura", "bulk"]

_CAREFUL_TAGS = 6_000
"""Opening tags of the largest page that is read with care: half a second's work."""
_BULK_TAGS = 40_000
"""Opening tags of the largest page that is read at all; pages of the press have 1,000 to 3,000."""
_BULK_DEPTH = 400
"""Unclosed tags, at most, of a page that is read in bulk: its time grows with tags times depth."""
_FEW_TAGS = 3_000
"""Brackets of a page that is read at once however it is nested."""
_CAREFUL_CHARACTERS = 3_000_000
_OPENING = re.compile("<[a-zA-Z]")
_NESTING = re.compile(
    r"<(/?)(?:div|span|section|article|main|table|tbody|tr|td|ul|ol|dl|blockquote|font|b|i|em"
    r"|strong|u|s|a|center|small|big|form|fieldset|figure|nav|aside|header|footer|object|details"
    r"|[a-z]+-[\w-]{1,40})(?=[\s>/])",
    re.IGNORECASE,
)


def parse_page(raw: RawItem, tier: Tier = "trafilatura") -> ParsedItem:
    """Reads a page: its main text, and what it says about itself.

    Metadata comes from JSON-LD and OpenGraph, then from meta tags; a date that none of them states
    from htmldate, which looks for it all over the page (not in the bulk tier). The canonical
    address becomes the `guid`, so that a page that was fetched twice is one article.

    Args:
        raw: The page; its `url` and `content_type` are used where they are known.
        tier: `trafilatura` reads with care; `bulk` is some ten times as fast. Pages with very many
            tags are read in bulk anyway.

    Raises:
        RejectError: `undecodable`; `too_large` or `malformed` for a page with more tags, or nested
            more deeply, than pages have; `no_text`.
    """
    page = page_text(raw.payload, raw.content_type)
    if "\0" in page:
        page = page.replace("\0", "")
    # Of the brackets about half open an element.
    tags = page.count("<")
    tags = tags if tags <= _FEW_TAGS else len(_OPENING.findall(page))
    if tags > _BULK_TAGS:
        raise RejectError(
            RejectReason.TOO_LARGE, f"the page has {tags} tags; at most {_BULK_TAGS} are read"
        )
    small = tags <= _CAREFUL_TAGS and len(page) <= _CAREFUL_CHARACTERS
    careful = small and tier == "trafilatura"
    head = read_head(page, raw.url)
    text = _text(page, tags, careful)
    if not (text or careful) and small:
        text = _text(page, tags, careful=True)
    text = _paragraphs(text) or _paragraphs(_plain(head.article_body))
    if not text:
        raise RejectError(RejectReason.NO_TEXT, "the page has no main text")
    return _item(raw, head, text, head.date or (_dated(page) if careful else ""))


def _item(raw: RawItem, head: PageHead, text: str, date: str) -> ParsedItem:
    return ParsedItem(
        source_uri=raw.source_uri,
        text=text,
        headline=_line(head.headline),
        byline=_line(head.byline),
        source=_line(head.source),
        url=_line(head.url),
        guid=_line(head.url) if _names_a_page(head.url) else "",
        language=_line(head.language),
        date=_line(date),
        subjects=tuple(filter(None, map(_line, head.subjects))),
        marks=head.marks,
        extracted=True,
    )


def _text(page: str, tags: int, careful: bool) -> str:
    try:
        if careful:
            return careful_text(page)
    except TooDeepError:
        pass
    if tags > _FEW_TAGS and _depth(page) > _BULK_DEPTH:
        raise RejectError(RejectReason.MALFORMED, "the page's elements are nested too deeply")
    return bulk_text(page)


def _depth(page: str) -> int:
    """How deeply elements are nested at most; elements that need no closing tag do not count."""
    depth = deepest = 0
    for match in _NESTING.finditer(page):
        depth = max(0, depth - 1) if match[1] else depth + 1
        deepest = max(deepest, depth)
    return deepest


def _dated(page: str) -> str:
    # Imported late: it takes a quarter of a second, and not every run has pages.
    from htmldate import find_date

    # Without a limit it would take today's: the same page must give the same date on any day.
    found = find_date(page, original_date=True, max_date="2099-12-31")
    return found or ""


def _plain(markup: str) -> str:
    """The text of an `articleBody`, which often holds markup."""
    if "<" not in markup:
        return markup
    return bulk_text(f"<body>{markup}</body>") if len(_OPENING.findall(markup)) < 2_000 else ""


def _paragraphs(text: str) -> str:
    """Lines as paragraphs: none of them goes on in the next."""
    return "\n\n".join(filter(None, (line.strip() for line in normalise(text).split("\n"))))


def _line(value: str) -> str:
    return " ".join(normalise(value).split())


def _names_a_page(url: str) -> bool:
    """Whether this is the address of something else than the front page, given by mistake."""
    path = re.sub(r"^https?://[^/?#]*", "", url)
    return path.strip("/") not in ("", "index.html", "index.php", "fr", "en")
