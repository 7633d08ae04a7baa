"""Origins: how many independent tellings a story has.

A *text* is a set of articles that copy one another: over exact, near_duplicate and reprint pairs,
and over partial pairs of which one article credits an agency that the other credits too, or credits
nobody. A text's origins are the agencies that its articles credit; without credit it is an origin
itself. The count is the greatest number of texts that can each name an origin that no other of them
names: two articles with the signature of one agency are one origin; one article "with AFP and
Reuters" is one; beside it, one by AFP and one by Reuters make two in all.
"""

from collections.abc import Iterable, Mapping, Sequence

from pipeline.records import CopyPair
from pipeline.stories.signature import StoryInput

COPIES = frozenset(("exact", "near_duplicate", "reprint"))


def connected(
    article_ids: Iterable[str], edges: Iterable[tuple[str, str]]
) -> tuple[tuple[str, ...], ...]:
    """Connected components: each sorted, all sorted; edges to other articles are cut."""
    parent = {article_id: article_id for article_id in article_ids}

    def root(article_id: str) -> str:
        while parent[article_id] != article_id:
            parent[article_id] = parent[parent[article_id]]
            article_id = parent[article_id]
        return article_id

    for one, other in edges:
        if one in parent and other in parent:
            low, high = sorted((root(one), root(other)))
            parent[high] = low
    members: dict[str, list[str]] = {}
    for article_id in sorted(parent):
        members.setdefault(root(article_id), []).append(article_id)
    return tuple(sorted(tuple(ids) for ids in members.values()))


def count_origins(
    article_ids: Sequence[str], inputs: Mapping[str, StoryInput], pairs: Iterable[CopyPair]
) -> int:
    """Counts the independent origins of some articles.

    Args:
        article_ids: The articles of a story, or those that report one of its events.
        inputs: The articles by id; must hold all of `article_ids`.
        pairs: Copies; those of other articles are left out.
    """
    edges = [
        (pair.article_id, pair.of_article_id)
        for pair in pairs
        if pair.article_id in inputs
        and pair.of_article_id in inputs
        and (pair.relation in COPIES or _shares_agency_copy(pair, inputs))
    ]
    texts = connected(article_ids, edges)
    origins = [
        sorted({agency for article_id in text for agency in inputs[article_id].agencies})
        for text in texts
    ]
    independent = sum(not names for names in origins)
    return independent + _matching([names for names in origins if names])


def _shares_agency_copy(pair: CopyPair, inputs: Mapping[str, StoryInput]) -> bool:
    if pair.relation != "partial":
        return False
    one, other = set(inputs[pair.article_id].agencies), set(inputs[pair.of_article_id].agencies)
    return bool(one & other) or bool(one) != bool(other)


def _matching(origins: Sequence[Sequence[str]]) -> int:
    """Size of the largest matching of texts and agencies (augmenting paths)."""
    holder: dict[str, int] = {}

    def assign(text: int, seen: set[str]) -> bool:
        for agency in origins[text]:
            if agency not in seen:
                seen.add(agency)
                if agency not in holder or assign(holder[agency], seen):
                    holder[agency] = text
                    return True
        return False

    return sum(assign(text, set()) for text in range(len(origins)))
