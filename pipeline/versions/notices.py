"""Notices in words: items whose text asks to kill, hold or replace another item.

Prose about withdrawals is no notice: a notice is told by its form, see `lexicons/notices.yaml`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from pipeline.records import Article, ParsedItem
from pipeline.versions.phrases import ACTIONS, fold, phrases

WINDOW_DAYS = 3.0
"""A notice names items at most so much older than itself: slugs and numbers come round again."""

STATUS = {"cancel": "canceled", "withhold": "withheld", "correct": "corrected"}
"""The status that an action gives."""

_DAY = 86_400_000_000
_MAX_HEAD = 400
_MAX_TEXT = 4_000
_IDENTIFIER = re.compile(r"(?:urn:|tag:)[^\s\"'<>()«»“”]{5,300}")
_QUOTED = re.compile(r"[«\"“]\s*([^«»\"“”\n]{15,300}?)\s*[»\"”]")
_UPDATE = re.compile(r"^(?:(?:update|wrapup)[\s-]+\d{1,2}[\s:–—-]+)+")


class Notice(NamedTuple):
    """What a notice asks for.

    Attributes:
        action: `cancel`, `withhold` or `correct`.
        references: Keys of the items that it may mean, the surest first; see `keys_of`.
    """

    action: str
    references: tuple[str, ...]


class Candidate(NamedTuple):
    """An article that a notice may mean.

    Attributes:
        article_id: Its identity.
        guid: Its provider's identifier.
        url: Its address.
        version: The version that its provider declares.
        at: When that version was made, in microseconds since the epoch; None if unknown.
    """

    article_id: str
    guid: str
    url: str
    version: int
    at: int | None


def find_notice(item: ParsedItem) -> Notice | None:
    """Recognises a notice; None for everything else.

    An item that its format declares canceled, but that has no guid, is a notice too: it says by
    other means which item it cancels.
    """
    if item.status == "canceled":
        return None if item.guid else Notice("cancel", _references(item, ""))
    heads = (item.headline[:_MAX_HEAD], _first_line(item.text), item.ed_note[:_MAX_HEAD])
    openings = [(line, fold(line)) for line in heads if line]
    for action in ACTIONS:
        for line, folded in openings:
            end = _opening(action, line, folded, item)
            if end:
                return Notice(action, _references(item, line[end:], action))
    return None


def _opening(action: str, line: str, folded: str, item: ParsedItem) -> int:
    """Where the words of the notice end in the line; 0 if it opens none."""
    match = phrases().opening[action].match(folded)
    if match is None:
        return 0
    if match["phrase"]:
        return match.end()
    word = line[match.start("word") : match.end("word")]
    if not word.isupper():
        return 0
    said = "\n".join((item.headline, item.ed_note, item.text[:_MAX_TEXT]))
    spoken_to = action == "correct" or phrases().addressed.search(fold(said))
    return match.end() if spoken_to else 0


def keys_of(article: Article) -> Iterator[str]:
    """The keys by which a notice may mean an article: guid, number, slug, headline.

    They hold within one provider only. What is left of a withdrawn article has no headline; the
    notices that withdrew it are known.
    """
    if article.guid:
        yield _key(article.source, "guid", article.guid)
    if article.number:
        yield from _numbers(article.source, article.number)
    if article.slug:
        yield _key(article.source, "slug", fold(article.slug))
    if headline := bare(article.headline):
        yield _key(article.source, "headline", headline)
    for notice in article.withdrawn_by:
        yield notice_key(article.source, notice)


def bare(headline: str) -> str:
    """A headline as it is compared: folded, without marks and the labels of updates; or empty.

    One of less than three words names nothing.
    """
    words = re.findall(r"\w+", _UPDATE.sub("", fold(headline[:_MAX_HEAD]).strip()))
    return " ".join(words) if len(words) >= 3 else ""


def notice_key(source: str, article_id: str) -> str:
    """The key of a notice itself, under which its article is found when it comes again."""
    return _key(source, "notice", article_id)


def references_of(notice: Notice, article: Article) -> tuple[str, ...]:
    """All keys of the items that a notice may mean, the surest first."""
    return (notice_key(article.source, article.article_id), *notice.references)


def resolve_notice(
    notice: Notice, article: Article, found: Mapping[str, Sequence[Candidate]]
) -> Candidate | None:
    """The one article that a notice means; None if it is none, or cannot be told from others.

    The surest reference that leads to candidates decides.

    Args:
        notice: From `find_notice`.
        article: The notice itself.
        found: Candidates by key.
    """
    for reference in references_of(notice, article):
        near = [c for c in found.get(reference, ()) if _near(made_at(article), c.at)]
        named = {candidate.article_id for candidate in near}
        if len(named) == 1:
            # Versions that came after the notice are not what it is about.
            before = [c for c in near if _before(c.at, made_at(article))] or near
            return max(before, key=lambda c: (c.version, c.guid, c.url, c.at or 0))
        if named:
            return None
    return None


def made_at(article: Article) -> int | None:
    """When a version was made, as far as is known."""
    return article.published_at if article.modified_at is None else article.modified_at


def _before(candidate: int | None, notice: int | None) -> bool:
    return candidate is None or notice is None or candidate <= notice


def _near(notice: int | None, candidate: int | None) -> bool:
    if notice is None or candidate is None:
        return True
    # A notice may carry a date without a time, or an unknown zone.
    return -_DAY <= notice - candidate <= WINDOW_DAYS * _DAY


def _references(item: ParsedItem, rest: str, action: str = "cancel") -> tuple[str, ...]:
    said = "\n".join((item.headline, item.ed_note, item.text[:_MAX_TEXT]))
    folded = fold(said)
    source = item.source
    keys = [_key(source, "guid", match[0].rstrip(".,;:)")) for match in _IDENTIFIER.finditer(said)]
    if item.guid:
        keys.append(_key(source, "guid", item.guid))
    if action != "correct" or not item.text.strip():
        for match in phrases().number.finditer(folded):
            keys += _numbers(source, match["number"])
        for match in phrases().slug.finditer(folded):
            keys.append(_key(source, "slug", match["slug"].rstrip(".,;:'")))
        quoted = (bare(match[1]) for match in _QUOTED.finditer(said))
        keys += [_key(source, "headline", headline) for headline in quoted if headline]
    if headline := bare(rest):
        keys.append(_key(source, "headline", headline))
    if item.slug and action != "correct":
        keys.append(_key(source, "slug", fold(item.slug)))
    return tuple(dict.fromkeys(keys))[:64]


def _numbers(source: str, number: str) -> list[str]:
    """A number with its service's letters, and without."""
    folded = fold(number)
    bare_number = folded.lstrip("abcdefghijklmnopqrstuvwxyz")
    return [_key(source, "number", n) for n in dict.fromkeys((folded, bare_number)) if n]


def _first_line(text: str) -> str:
    return text[:2_000].lstrip().partition("\n")[0][:_MAX_HEAD]


def _key(source: str, kind: str, value: str) -> str:
    return f"{fold(source)}\t{kind}\t{value}"
