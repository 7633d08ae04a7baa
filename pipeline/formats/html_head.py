"""What a page says about itself: JSON-LD and OpenGraph first, then meta tags."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from pipeline.formats.html_jsonld import (
    Node,
    article_node,
    is_closed,
    names_of,
    string_of,
    types_of,
)
from pipeline.formats.html_tags import Tag, head_tags

_DATES = (
    "article:published_time",
    "og:published_time",
    "og:article:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "article.published",
    "publish-date",
    "publish_date",
    "publication_date",
    "pubdate",
    "dc.date.issued",
    "dcterms.created",
    "dc.date",
    "dcterms.date",
    "date",
)
_AUTHORS = ("author", "article:author", "og:article:author", "parsely-author", "sailthru.author",
            "dc.creator", "dcterms.creator", "byl")  # fmt: skip
_SITES = ("og:site_name", "application-name", "article:publisher", "dc.publisher", "publisher")
_TITLES = ("og:title", "twitter:title", "parsely-title", "sailthru.title", "dc.title")
_KEYWORDS = ("news_keywords", "article:tag", "parsely-tags", "sailthru.tags", "keywords")
_LANGUAGE = re.compile(r"([a-zA-Z]{2,3})(?:[-_]([a-zA-Z]{2,4}|\d{3}))?(?:[-_][\w-]{1,20})?")
_BAR = re.compile(r"\s+[|•·»–—-]\s+|\s*\|\s*")
_LOCKED = frozenset({"locked", "metered", "premium", "paid", "subscriber", "subscription"})
_MAX_SUBJECTS = 100


class PageHead(NamedTuple):
    """What a page declares; empty strings stand for what it does not.

    Attributes:
        headline: Title, without the site's name.
        byline: Authors, separated by commas.
        source: Name of the site or publisher, else the host of its address.
        url: Canonical address, absolute.
        language: BCP 47.
        date: When it was published, as the page writes it.
        subjects: Keywords.
        marks: `live_blog`, `paywall`; sorted.
        article_body: The text that JSON-LD repeats; may hold markup.
    """

    headline: str = ""
    byline: str = ""
    source: str = ""
    url: str = ""
    language: str = ""
    date: str = ""
    subjects: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    article_body: str = ""


def read_head(page: str, address: str = "") -> PageHead:
    """Reads what a page declares about its article.

    Args:
        page: The page's characters.
        address: Where it was fetched; empty if unknown.
    """
    tags = head_tags(page)
    meta = _meta(tags)
    url = _canonical(tags, meta, address)
    node = article_node([tag.text for tag in tags if tag.name == "script"], url)
    url = url or _web(string_of(node.get("mainEntityOfPage"))) or _web(string_of(node.get("url")))
    site = string_of(node.get("publisher")) if "://" not in string_of(node.get("publisher")) else ""
    site = _first(meta, _SITES[:1]) or site or _name(_first(meta, _SITES[1:]))
    site = site.removeprefix("@").split(" | ")[0].strip()
    body = node.get("articleBody")
    return PageHead(
        headline=_headline(tags, meta, node, site),
        byline=_byline(meta, node),
        source=site or site_of(url or address),
        url=url or address,
        language=_language(tags, meta, node),
        date=_date(tags, meta, node),
        subjects=_subjects(meta, node),
        marks=_marks(meta, node),
        article_body=body if isinstance(body, str) else "",
    )


def site_of(address: str) -> str:
    """The host of an address, without `www.`; empty if it has none."""
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _meta(tags: Sequence[Tag]) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    for tag in tags:
        if tag.name == "meta":
            content = tag.attributes.get("content", "")
            for attribute in ("property", "name", "itemprop", "http-equiv"):
                key = tag.attributes.get(attribute, "").lower()
                if key and content and len(content) <= 4_000:
                    found.setdefault(key, []).append(content)
    return found


def _first(meta: Mapping[str, list[str]], keys: Sequence[str]) -> str:
    return next((meta[key][0] for key in keys if key in meta), "")


def _canonical(tags: Sequence[Tag], meta: Mapping[str, list[str]], address: str) -> str:
    links = [
        tag.attributes.get("href", "")
        for tag in tags
        if tag.name == "link" and "canonical" in tag.attributes.get("rel", "").lower().split()
    ]
    for given in (*links[:1], _first(meta, ("og:url",)), _first(meta, ("twitter:url",))):
        if given:
            try:
                absolute = _web(urljoin(address, given))
            except ValueError:
                continue
            if absolute:
                return absolute
    return ""


def _web(address: str) -> str:
    """An address of the web, without its fragment; empty if it is none."""
    if len(address) > 2_000 or " " in address:
        return ""
    try:
        parts = urlsplit(address)
        known = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return ""
    return parts._replace(fragment="").geturl() if known else ""


def _headline(tags: Sequence[Tag], meta: Mapping[str, list[str]], node: Node, site: str) -> str:
    headings = [tag.text for tag in tags if tag.name == "h1" and tag.text]
    declared = string_of(node.get("headline")) or _without_site(_first(meta, _TITLES), site)
    if declared:
        # Search engines want short headlines: where the page's own begins so, it is the whole one.
        stem = declared.rstrip(" .…").casefold()
        whole = [text for text in headings if text.casefold().startswith(stem)]
        return _without_site(whole[0], site) if whole and len(stem) >= 20 else declared
    if len(headings) == 1:
        return headings[0]
    title = next((tag.text for tag in tags if tag.name == "title" and tag.text), "")
    return _without_site(title, site)


def _without_site(title: str, site: str) -> str:
    """A title without the site's name before or behind a bar."""
    if not site or len(title) > 1_000:
        return title
    bars = list(_BAR.finditer(title))
    key = _key(site)
    if bars and _key(title[bars[-1].end() :]) == key:
        return title[: bars[-1].start()].strip()
    if bars and _key(title[: bars[0].start()]) == key:
        return title[bars[0].end() :].strip()
    return title


def _key(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())


def _byline(meta: Mapping[str, list[str]], node: Node) -> str:
    names = names_of(node.get("author")) or names_of(node.get("creator"))
    if not names:
        for key in _AUTHORS:
            names = list(dict.fromkeys(filter(None, map(_name, meta.get(key, ())))))
            if names:
                break
    return ", ".join(names[:20])[:4_000]


def _name(value: str) -> str:
    return "" if "://" in value or value.startswith("@") else value


def _language(tags: Sequence[Tag], meta: Mapping[str, list[str]], node: Node) -> str:
    root = next((tag.attributes for tag in tags if tag.name == "html"), {})
    for given in (
        string_of(node.get("inLanguage")),
        root.get("lang", "") or root.get("xml:lang", ""),
        _first(meta, ("og:locale", "content-language", "dc.language", "language")),
    ):
        match = _LANGUAGE.fullmatch(given.strip())
        if match:
            return match[1].lower() + (f"-{match[2]}" if match[2] else "")
    return ""


def _date(tags: Sequence[Tag], meta: Mapping[str, list[str]], node: Node) -> str:
    for key in ("datePublished", "dateCreated", "uploadDate"):
        if date := string_of(node.get(key)):
            return date
    if date := _first(meta, _DATES):
        return date
    for tag in tags:
        what = tag.attributes.get("itemprop", "") + tag.attributes.get("class", "")
        published = "pubdate" in tag.attributes or "published" in what.lower()
        if tag.name == "time" and published and tag.attributes.get("datetime"):
            return tag.attributes["datetime"]
    return ""


def _subjects(meta: Mapping[str, list[str]], node: Node) -> tuple[str, ...]:
    value = node.get("keywords")
    given = [entry for entry in value if isinstance(entry, str)] if isinstance(value, list) else []
    given = given or [string_of(value)]
    if not any(given):
        given = next((list(meta[key]) for key in _KEYWORDS if key in meta), [])
    parts = (part.strip() for entry in given[:_MAX_SUBJECTS] for part in entry.split(","))
    return tuple(dict.fromkeys(part for part in parts if part and "{" not in part))[:_MAX_SUBJECTS]


def _marks(meta: Mapping[str, list[str]], node: Node) -> tuple[str, ...]:
    marks: list[str] = []
    if "live_blog" in types_of(node):
        marks.append("live_blog")
    if is_closed(node) or _first(meta, ("article:content_tier",)).lower() in _LOCKED:
        marks.append("paywall")
    return tuple(marks)
