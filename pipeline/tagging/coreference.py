"""Which names of one article are the same entity.

Places are told apart by context, persons meet by surname, organisations by acronym.
"""

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pipeline.tagging.disambiguation import choose_entries
from pipeline.tagging.lexicon import Entry
from pipeline.tagging.named import Named
from pipeline.tagging.spelling import is_acronym, name_key, person_key, slug

_ACRONYM_AFTER = re.compile(r"[ \u00a0]?\([\"«“ ]*\Z")


class Group(NamedTuple):
    """The names of one entity.

    Attributes:
        entity_id: Canonical.
        label: `PER`, `LOC` or `ORG`.
        name: The name to show: the lexicon's, else the longest in the article.
        entry: What the gazetteer knows; None if nothing.
        names: In text order.
    """

    entity_id: str
    label: str
    name: str
    entry: Entry | None
    names: tuple[Named, ...]


def group_names(body: str, language: str, names: Sequence[Named]) -> tuple[Group, ...]:
    """Puts the names of one article together, in the order of their first mention."""
    entries = choose_entries(body, language, names)
    keys: list[str] = []
    people = _people(names, entries)
    acronyms = _acronyms(body, names, entries)
    for index, (name, entry) in enumerate(zip(names, entries, strict=True)):
        if index in people:
            keys.append(people[index])
        elif index in acronyms:
            keys.append(acronyms[index])
        elif entry is not None:
            keys.append(entry.entity_id)
        else:
            keys.append(_identifier(name))
    _join_short_places(names, keys)
    members: dict[str, list[int]] = {}
    for index, key in enumerate(keys):
        members.setdefault(key, []).append(index)
    return tuple(_group(key, [(names[i], entries[i]) for i in ids]) for key, ids in members.items())


def _join_short_places(names: Sequence[Named], keys: list[str]) -> None:
    """`Choisy` after `Choisy-le-Roi`: a place that nobody knows is the longer one's short form."""
    longer: dict[str, str] = {}
    for name, key in zip(names, keys, strict=True):
        if name.label == "LOC" and "-" in name.text:
            longer.setdefault(name_key(name.text).split(" ", 1)[0], key)
    for index, name in enumerate(names):
        if name.label == "LOC" and keys[index].startswith("loc:"):
            keys[index] = longer.get(name_key(name.text), keys[index])


def _group(key: str, members: Sequence[tuple[Named, Entry | None]]) -> Group:
    names = tuple(name for name, _ in members)
    entry = next((e for _, e in members if e is not None and e.entity_id == key), None)
    longest = max(
        (n for n in names if n.kind == "name"), key=lambda n: len(n.text), default=names[0]
    )
    label = next((n.label for n in names if n.label), "LOC")
    return Group(key, label, entry.name if entry else longest.text, entry, names)


def _identifier(name: Named) -> str:
    prefix = {"PER": "per", "ORG": "org", "LOC": "loc"}.get(name.label, "other")
    return f"{prefix}:{slug(name.text) or 'unnamed'}"


def _people(names: Sequence[Named], entries: Sequence[Entry | None]) -> dict[int, str]:
    """The key of every person's name, by index: short forms take the nearest full form's."""
    persons = [i for i, n in enumerate(names) if n.label == "PER" and n.kind == "name"]
    full: dict[tuple[str, ...], str] = {}
    by_surname: dict[str, set[tuple[str, ...]]] = {}
    parts = {i: tuple(person_key(names[i].text).split()) or ("",) for i in persons}
    for i in sorted(persons, key=lambda i: (-len(parts[i]), parts[i], i)):
        entry = entries[i]
        if entry is not None:
            full.setdefault(parts[i], entry.entity_id)
        elif len(parts[i]) > 1 and parts[i] not in full:
            longer = [k for k in by_surname.get(parts[i][-1], ()) if _is_short_for(parts[i], k)]
            full[parts[i]] = full[min(longer)] if longer else f"per:{'-'.join(parts[i])}"
        if parts[i] in full:
            by_surname.setdefault(parts[i][-1], set()).add(parts[i])
    owners = _owners(persons, parts, full)
    result: dict[int, str] = {}
    for i in persons:
        if parts[i] in full:
            result[i] = full[parts[i]]
            continue
        owner = _nearest(i, owners.get(parts[i][-1:], ()) or owners.get(("", *parts[i][-1:]), ()))
        result[i] = full[parts[owner]] if owner is not None else f"per:{'-'.join(parts[i])}"
    return result


def _is_short_for(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether one name is a shorter form of another: a tail of it, or its first and last words."""
    if len(short) >= len(long):
        return False
    rest = iter(long)
    return short[-1] == long[-1] and (
        long[-len(short) :] == short
        or (short[0] == long[0] and all(part in rest for part in short))
    )


def _owners(
    persons: Sequence[int],
    parts: Mapping[int, tuple[str, ...]],
    full: Mapping[tuple[str, ...], str],
) -> dict[tuple[str, ...], list[int]]:
    """Full names by surname `(word,)`, and by each other word `("", word)`, in text order."""
    owners: dict[tuple[str, ...], list[int]] = {}
    for i in persons:
        if parts[i] in full and len(parts[i]) > 1:
            owners.setdefault(parts[i][-1:], []).append(i)
            for word in parts[i][:-1]:
                owners.setdefault(("", word), []).append(i)
    return owners


def _nearest(index: int, owners: Sequence[int]) -> int | None:
    """The nearest before a place, else the first after it."""
    if not owners:
        return None
    return owners[max(bisect_left(owners, index) - 1, 0)]


def _acronyms(body: str, names: Sequence[Named], entries: Sequence[Entry | None]) -> dict[int, str]:
    """Keys for acronyms that the article explains: "Agence régionale de santé (ARS)"."""
    explained: dict[str, str] = {}
    for i in range(1, len(names)):
        left, right = names[i - 1], names[i]
        between = body[left.end : right.start]
        if (
            left.label == right.label == "ORG"
            and _ACRONYM_AFTER.match(between)
            and is_acronym(left.text) != is_acronym(right.text)
        ):
            longer, known = (
                (left, entries[i - 1]) if is_acronym(right.text) else (right, entries[i])
            )
            key = known.entity_id if known else _identifier(longer)
            explained.setdefault(name_key(left.text), key)
            explained.setdefault(name_key(right.text), key)
    return {
        i: explained[name_key(n.text)]
        for i, n in enumerate(names)
        if n.label == "ORG" and name_key(n.text) in explained
    }
