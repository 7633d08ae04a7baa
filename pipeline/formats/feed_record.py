"""What a feed says, whatever its format."""

from typing import NamedTuple


class FeedEntry(NamedTuple):
    """One entry. Empty strings stand for what it does not say.

    Attributes:
        id: Its identifier (`guid`, `id`, `rdf:about`).
        link: Address of its page; may be relative where the feed's own address decides.
        title: Plain text on one line.
        published: The date of publication, as it stands in the feed.
        updated: The date of the last change, as it stands in the feed.
        authors: Names, without repeats.
        categories: Terms, without repeats.
        language: BCP 47, of the entry or else of the feed.
        content: HTML of the whole text.
        summary: HTML of a summary or beginning.
        source: Title of the feed that an aggregator took the entry from.
        page: The HTML page that `link` leads to, where it was fetched.
        page_type: What the server said that the page is (`text/html; charset=utf-8`).
    """

    id: str = ""
    link: str = ""
    title: str = ""
    published: str = ""
    updated: str = ""
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    language: str = ""
    content: str = ""
    summary: str = ""
    source: str = ""
    page: bytes = b""
    page_type: str = ""


class Feed(NamedTuple):
    """One feed.

    Attributes:
        title: Plain text on one line.
        link: Address of the site; may be relative.
        language: BCP 47.
        publisher: Who publishes it, where it says so.
        entries: In the order of the feed.
    """

    title: str = ""
    link: str = ""
    language: str = ""
    publisher: str = ""
    entries: tuple[FeedEntry, ...] = ()
