"""Clusters: articles that are one text, over verified copies only."""

from collections.abc import Iterable

from pipeline.copies.relation import COPY_RELATIONS
from pipeline.records import CopyPair


def clusters(pairs: Iterable[CopyPair]) -> tuple[tuple[str, ...], ...]:
    """Joins articles over exact, near_duplicate and reprint pairs.

    Pairs that share only a part or a quotation never join: closing over those would chain whole
    rolling stories together.

    Args:
        pairs: Verified pairs.

    Returns:
        The article_ids of each cluster of two or more, sorted; the clusters sorted.
    """
    parent: dict[str, str] = {}

    def root(article_id: str) -> str:
        path = []
        while (above := parent.setdefault(article_id, article_id)) != article_id:
            path.append(article_id)
            article_id = above
        for below in path:
            parent[below] = article_id
        return article_id

    for pair in pairs:
        if pair.relation in COPY_RELATIONS:
            one, other = sorted((root(pair.article_id), root(pair.of_article_id)))
            parent[other] = one
    members: dict[str, list[str]] = {}
    for article_id in sorted(parent):
        members.setdefault(root(article_id), []).append(article_id)
    return tuple(sorted(tuple(ids) for ids in members.values()))
