"""The whole of cleaning in one step: from a parsed item to an article."""

import hashlib
import re
import unicodedata

from pipeline.config import CleanConfig
from pipeline.errors import RejectError, RejectReason
from pipeline.records import UNTIL_FURTHER_NOTICE, Article, ParsedItem, Removed, Span
from pipeline.text.cleaning import CleanText, clean_text
from pipeline.text.credits import find_credits
from pipeline.text.dates import parse_date, published
from pipeline.text.language import detect_language

_WORD = re.compile(r"\w+")


def to_article(item: ParsedItem, config: CleanConfig) -> Article:
    """Cleans one item and finds out what it says about itself.

    Raises:
        RejectError: `no_text` if fewer than `config.min_words` words remain; items that cancel or
            withhold another need none.
    """
    return assemble(item, clean_text(item.text, item.headline, item.extracted), config)


def assemble(item: ParsedItem, clean: CleanText, config: CleanConfig) -> Article:
    """Makes the article of an item and its cleaned text; see `to_article`."""
    words = _WORD.findall(clean.body)
    if len(words) < config.min_words and item.status not in ("canceled", "withheld"):
        raise RejectError(
            RejectReason.NO_TEXT,
            f"{len(words)} words remain after cleaning (clean.min_words is {config.min_words})",
        )
    date = published(item.date, clean.date, item.url)
    return Article(
        article_id=article_id(item),
        version=item.version,
        source_uri=item.source_uri,
        source=item.source,
        url=item.url,
        guid=item.guid,
        status=item.status,
        language=detect_language(clean.body, item.language, config.languages),
        headline=clean.headline,
        byline=item.byline or clean.byline,
        body=clean.body,
        subheads=clean.subheads,
        removed=clean.removed,
        published_at=date.at_micros,
        published_edtf=date.edtf,
        credits=find_credits(clean.body, clean.removed, item.byline, item.source, words),
        subjects=item.subjects,
        urgency=item.urgency,
        word_count=len(words),
        content_hash=_content_hash(words),
        slug=item.slug,
        number=item.number,
        signal=item.signal,
        ed_note=item.ed_note,
        embargoed_until=_embargo(item.embargoed),
        modified_at=parse_date(item.modified).at_micros,
        marks=item.marks,
    )


def with_body(
    article: Article, body: str, subheads: tuple[Span, ...], removed: tuple[Removed, ...]
) -> Article:
    """The article with another body; what is counted in the body is counted anew."""
    words = _WORD.findall(body)
    return article._replace(
        body=body,
        subheads=subheads,
        removed=removed,
        word_count=len(words),
        content_hash=_content_hash(words),
    )


def _embargo(declared: str | None) -> int | None:
    """When an embargo ends; one whose end cannot be read lasts until further notice."""
    if declared is None:
        return None
    end = parse_date(declared).at_micros
    return UNTIL_FURTHER_NOTICE if end is None else end


def article_id(item: ParsedItem) -> str:
    """Identifies an article over its versions.

    From provider and guid where the item has a guid. Otherwise from the publisher, the title and
    the decoded text with its blanks made single, so that neither the file's place, nor its
    encoding, nor its line ends change it.

    Returns:
        `a` and 20 hexadecimal digits.
    """
    if item.guid:
        return "a" + _hash(f"guid\0{item.source}\0{item.guid}", 10)
    text = " ".join(item.text.split())
    return "a" + _hash(f"text\0{item.source}\0{item.headline}\0{text}", 10)


def _content_hash(words: list[str]) -> str:
    """Hash of the words, without case and compatibility forms: equal for equal texts."""
    return _hash(unicodedata.normalize("NFKC", "\n".join(words)).casefold(), 16)


def _hash(text: str, size: int) -> str:
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=size).hexdigest()
