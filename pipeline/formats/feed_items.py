"""A feed as items: each entry becomes one, complete in itself, so that it can be replayed alone."""

import hashlib
import re
from collections.abc import Iterator
from urllib.parse import urljoin

from pipeline.errors import RejectError, RejectReason
from pipeline.formats.feed import parse_feed
from pipeline.formats.feed_json import parse_json_feed, render_json_feed
from pipeline.formats.feed_publisher import publisher
from pipeline.formats.feed_record import Feed, FeedEntry
from pipeline.formats.feed_text import to_text
from pipeline.formats.html import parse_page
from pipeline.records import ParsedItem, RawItem

ENTRY_KIND = "feed_entry"
"""`RawItem.kind` of an entry; its payload is a JSON feed with this one item."""

PAGE_WORDS = 100
"""An entry with fewer words, or one that ends in dots, is not the whole article."""

_WORD = re.compile(r"\w+")
_FRAGMENT = re.compile(r"[!-~]{1,300}")
# How entries say that they are cut: dots, or a link to the rest.
_CUT = re.compile(
    r"(?:…|\.\.\.|\[…\]|\[\.\.\.\]|lire la suite|lire plus|en savoir plus|read more"
    r"|continue reading|keep reading)[\s.…»>\]→]{0,10}$",
    re.IGNORECASE,
)


def split_feed(raw: RawItem) -> Iterator[RawItem]:
    """Gives one item an entry, named `uri#id`, or `uri#12` where the id is no short word.

    A feed that cannot be read or has no entries comes back as it is: `parse_feed_item` says why.
    """
    try:
        feed = parse_feed(raw.payload)
    except Exception:  # parsing it once more is where errors are told
        yield raw
        return
    if not feed.entries:
        yield raw
        return
    feed = absolute_links(feed, raw.source_uri)
    for number, entry in enumerate(feed.entries, start=1):
        name = entry.id if _FRAGMENT.fullmatch(entry.id) else str(number)
        payload = render_json_feed(feed._replace(entries=(entry,)))
        yield RawItem(f"{raw.source_uri}#{name}", payload, ENTRY_KIND)


def absolute_links(feed: Feed, address: str) -> Feed:
    """Makes the links of a feed absolute, where its own address or that of its site is known."""
    link = _absolute(address, feed.link)
    base = link or address
    entries = (entry._replace(link=_absolute(base, entry.link)) for entry in feed.entries)
    return feed._replace(link=link, entries=tuple(entries))


def parse_feed_item(raw: RawItem) -> ParsedItem:
    """Understands one entry.

    The text is that of the page where it was fetched, else of the content, else of the summary. An
    entry without an id is known by its link; one without both by its title and date.

    Raises:
        RejectError: `malformed`; `empty` where the feed has no entries; `no_text` where an entry
            has a title only.
    """
    feed = parse_json_feed(raw.payload) if raw.kind == ENTRY_KIND else parse_feed(raw.payload)
    if not feed.entries:
        raise RejectError(RejectReason.EMPTY, "the feed has no entries")
    entry = feed.entries[0]
    said = ParsedItem(
        source_uri=raw.source_uri,
        text=entry_text(entry),
        headline=entry.title,
        byline=", ".join(entry.authors),
        source=entry.source or publisher(feed),
        url=entry.link,
        guid=entry_id(entry),
        language=entry.language,
        date=entry.published or entry.updated,
        subjects=entry.categories,
    )
    if entry.page:
        said = _with_page(said, entry)
    if not said.text:
        detail = "the entry has a title only; its page would have the text (fetch.fetch_pages)"
        raise RejectError(RejectReason.NO_TEXT, detail)
    return said


def _with_page(said: ParsedItem, entry: FeedEntry) -> ParsedItem:
    """The text of the page, and what the page says where the entry says nothing."""
    try:
        raw = RawItem(said.source_uri, entry.page, "html", entry.link, entry.page_type)
        page = parse_page(raw)
    except RejectError:
        return said
    if len(_WORD.findall(page.text)) <= len(_WORD.findall(said.text)):
        return said  # a notice about cookies or a subscription
    return said._replace(
        text=page.text,
        extracted=page.extracted,
        marks=page.marks,
        headline=said.headline or page.headline,
        byline=said.byline or page.byline,
        date=said.date or page.date,
        language=page.language or said.language,
        subjects=said.subjects or page.subjects,
    )


def entry_id(entry: FeedEntry) -> str:
    """What an entry is known by over all deliveries."""
    if entry.id or entry.link:
        return entry.id or entry.link
    title_and_date = f"{entry.title}\0{entry.published or entry.updated}"
    if not title_and_date.strip("\0"):
        return ""
    return hashlib.blake2b(title_and_date.encode("utf-8", "replace"), digest_size=10).hexdigest()


def entry_text(entry: FeedEntry) -> str:
    """The longest text that an entry has in itself."""
    texts = (to_text(entry.content), to_text(entry.summary))
    return max(texts, key=lambda text: len(_WORD.findall(text)))


def needs_page(entry: FeedEntry) -> bool:
    """Tells whether only the page that an entry links to can have the whole article."""
    if not entry.link.startswith(("http://", "https://")):
        return False
    text = entry_text(entry)
    return len(_WORD.findall(text)) < PAGE_WORDS or _CUT.search(text[-200:]) is not None


def _absolute(base: str, address: str) -> str:
    if not address or not base.startswith(("http://", "https://")):
        return address
    try:
        return urljoin(base, address)
    except ValueError:
        return address
