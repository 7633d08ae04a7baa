"""Two people of one name, told apart.

A name alone is one person. They are two where the article gives the name two offices or trades of
different countries (`le ministre canadien Paul Exemple`, `le boxeur français Paul Exemple`), and
where it gives a person that the lexicon knows another country together with an office or trade.
Different offices of one country are one person's: actors become governors.
"""

from collections.abc import Mapping, Sequence

from pipeline.tagging.affiliation import Part


def tell_apart(
    keys: Sequence[str], parts: Sequence[Part], known: Mapping[str, str]
) -> dict[int, str]:
    """New keys for the mentions of names that have several bearers.

    Args:
        keys: The entity of each mention, in text order.
        parts: What the text says beside each.
        known: The lexicon's country of each person that it knows.

    Returns:
        Keys by index of the mention, `per:paul-exemple-ca`; only what changes. A mention that says
        nothing is the person named before, else after.
    """
    changed: dict[int, str] = {}
    for key in dict.fromkeys(k for k in keys if k.startswith("per:")):
        indexes = [i for i, k in enumerate(keys) if k == key]
        said = {i: parts[i].country for i in indexes if parts[i].sure and parts[i].role}
        own = known.get(key, "")
        bearers = set(said.values()) | ({own} if own else set())
        if len(bearers) < 2 or not said:
            continue
        nearest = next(iter(said.values()))
        for i in indexes:
            nearest = said.get(i, nearest)
            if nearest != own:
                changed[i] = f"{key}-{nearest.lower()}"
    return changed
