"""How much an article is about an entity, and how sure it is that there is one.

Salience is what a reader sees first: the headline, the beginning, and how often a name comes back.
"""

import math
from collections.abc import Sequence

from pipeline.records import Entity, Mention
from pipeline.tagging.named import Named
from pipeline.tagging.spelling import name_key

_HEADLINE, _LEAD, _COUNT = 0.4, 0.3, 0.3
# Code points: a name's place counts for less and less up to here.
_LEAD_LENGTH = 1_000


def salience(headline: str, entity: Entity, mentions: Sequence[Mention], most: int) -> float:
    """Between 0 and 1: .4 for the headline, .3 for the first place, .3 for the number of mentions.

    Args:
        headline: The article's; empty if it has none.
        entity: Whose salience it is.
        mentions: Its mentions, in text order.
        most: How many mentions the article's most frequent entity has.
    """
    keys = {name_key(m.text) for m in mentions if m.kind != "role"}
    if entity.type == "PERSON":
        keys |= {key.rsplit(" ", 1)[-1] for key in keys}
    title = f" {name_key(headline)} "
    named = any(f" {key} " in title for key in keys if key)
    lead = max(0.0, 1 - mentions[0].start / _LEAD_LENGTH)
    count = math.log1p(len(mentions)) / math.log1p(most)
    return round(_HEADLINE * named + _LEAD * lead + _COUNT * count, 3)


def confidence(entity: Entity, names: Sequence[Named]) -> float:
    """How often entities that are found like this one are right: see docs/entities.md.

    Args:
        entity: Whose confidence it is.
        names: Its names.
    """
    if any(n.entries for n in names):
        return 0.97 if any(not n.weak for n in names) else 0.9
    if entity.type == "PERSON" and any(" " in n.text for n in names):
        return 0.95
    return 0.75 if len(names) > 1 else 0.65
