"""What may not be published now: embargoed and withheld items, and how they wait for a later run.

An item that is held is a reject with its whole payload; every run reads these again. An article
that was published before its provider withheld it waits as JSON of its own record.
"""

import json
from typing import Any

from pipeline.errors import RejectReason
from pipeline.records import Article, Credit, RawItem, Reject, Removed, Span

HELD = frozenset(
    (RejectReason.EMBARGOED, RejectReason.WITHHELD, RejectReason.UNRESOLVED_NOTICE),
)
"""Reasons of rejects that a later run may turn into articles or tombstones."""

ARTICLE_KIND = "article"
"""`RawItem.kind` of an article's record as JSON."""


def hold_reason(article: Article, now: int) -> str:
    """Why an article may not be published at `now` (microseconds since the epoch); or empty."""
    if article.status == "canceled":
        return ""
    if article.status == "withheld":
        return RejectReason.WITHHELD.value
    if article.embargoed_until is not None and article.embargoed_until > now:
        return RejectReason.EMBARGOED.value
    return ""


def held_reject(article: Article, reason: str, raw: RawItem | None) -> Reject:
    """The reject as which a held article waits.

    Args:
        article: The article.
        reason: One of `HELD`.
        raw: The item it was made from; None if all that is left is the article.
    """
    if raw is None:
        raw = RawItem(article.source_uri, article_payload(article), ARTICLE_KIND)
    return Reject(
        article.source_uri,
        "resolve",
        reason,
        _DETAILS[reason],
        raw.payload,
        article.article_id,
        raw.kind,
    )


def withdrawn_reject(article: Article) -> Reject:
    """The trace of a version that its provider withdrew: without its text."""
    detail = "its provider withdrew this article; its text is not kept"
    return Reject(
        article.source_uri,
        "resolve",
        RejectReason.WITHDRAWN.value,
        detail,
        article_id=article.article_id,
    )


def is_held(reject: Reject) -> bool:
    """Whether a later run may release what a reject holds."""
    return reject.reason in HELD and bool(reject.kind)


def article_payload(article: Article) -> bytes:
    """An article's record as JSON."""
    return json.dumps(article._asdict(), ensure_ascii=False).encode("utf-8", "surrogatepass")


def article_from(payload: bytes) -> Article:
    """Reads what `article_payload` wrote."""
    fields: dict[str, Any] = json.loads(payload)
    fields["subheads"] = tuple(Span(*span) for span in fields["subheads"])
    fields["removed"] = tuple(Removed(*piece) for piece in fields["removed"])
    fields["credits"] = tuple(Credit(*credit) for credit in fields["credits"])
    fields["subjects"] = tuple(fields["subjects"])
    fields["marks"] = tuple(fields["marks"])
    fields["withdrawn_by"] = tuple(fields["withdrawn_by"])
    return Article(**fields)


_DETAILS = {
    RejectReason.EMBARGOED.value: "its embargo has not passed; a later run publishes it",
    RejectReason.WITHHELD.value: "its provider withholds it; a later run publishes it if released",
    RejectReason.UNRESOLVED_NOTICE.value: (
        "it asks to kill or hold another item, but no single item fits; a later run tries again"
    ),
}
