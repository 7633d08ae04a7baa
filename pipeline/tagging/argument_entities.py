"""From the words of an argument to the article's entities and their countries."""

import bisect
from collections.abc import Sequence
from typing import NamedTuple

from spacy.tokens import Token

from pipeline.records import Entity, Mention, Quote
from pipeline.tagging.argument_syntax import coordinated, is_one_of, preposition
from pipeline.tagging.trigger_lexicon import EventWords

PLACES = frozenset({"COUNTRY", "CITY", "REGION", "FACILITY"})
# Which entity of a noun phrase is the one meant: "le président américain Joe Doe" is a person.
_RANK = {"PERSON": 0, "ORGANIZATION": 1, "COUNTRY": 2, "FACILITY": 3, "REGION": 4, "CITY": 5}
_LEFT_OUT = {"acl:relcl", "relcl", "advcl", "conj", "cc", "punct", "parataxis", "ccomp"}
_NOMINAL = {"NOUN", "PROPN", "PRON", "NUM", "ADJ", "X"}


class Participant(NamedTuple):
    """One side of an event, as far as the words tell.

    Attributes:
        entity_ids: The entities meant, in text order.
        countries: Their countries, sorted.
        head: The head noun's lemma in lower case; empty for a name.
        political: A state, organisation, office, armed group or crowd; not a private person.
        plural: More than one.
    """

    entity_ids: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    head: str = ""
    political: bool = False
    plural: bool = False

    def __bool__(self) -> bool:
        return bool(self.entity_ids or self.countries or self.head)


class Located(NamedTuple):
    """A mention with its entity."""

    start: int
    end: int
    mention: Mention
    entity: Entity


class MentionIndex:
    """The mentions of an article by their place in the body."""

    def __init__(self, entities: Sequence[Entity], quotes: Sequence[Quote]) -> None:
        self.entities = {entity.entity_id: entity for entity in entities}
        self.mentions = sorted(
            (
                Located(mention.start, mention.end, mention, entity)
                for entity in entities
                for mention in entity.mentions
            ),
            key=lambda located: (located.start, located.end, located.entity.entity_id),
        )
        self._starts = [located.start for located in self.mentions]
        self.quotes = tuple(sorted(quotes))
        self._quote_starts = [quote.start for quote in self.quotes]

    def between(self, start: int, end: int) -> list[Located]:
        """Mentions that overlap `[start, end)`."""
        low = bisect.bisect_left(self._starts, start - 200)
        high = bisect.bisect_left(self._starts, end)
        return [located for located in self.mentions[low:high] if located.end > start]

    def before(self, position: int, limit: int = 40) -> list[Located]:
        """The mentions that end at or before a position, the nearest first."""
        high = bisect.bisect_right(self._starts, position)
        found = [m for m in self.mentions[max(0, high - limit) : high] if m.end <= position]
        return found[::-1]

    def quote_at(self, position: int) -> Quote | None:
        """The quotation that holds a position."""
        place = bisect.bisect_right(self._quote_starts, position) - 1
        if place >= 0 and self.quotes[place].start <= position < self.quotes[place].end:
            return self.quotes[place]
        return None


def phrase_tokens(head: Token, words: EventWords) -> list[Token]:
    """The noun phrase of a head without clauses, coordination and complements of place."""
    kept: list[Token] = []
    pending = [head]
    while pending:
        token = pending.pop()
        kept.append(token)
        for child in token.children:
            if child.dep_ in _LEFT_OUT or child.pos_ in ("VERB", "AUX", "SCONJ"):
                continue
            if child.dep_ == "prep" and child.lower_ not in words.list("of_prepositions"):
                continue
            if child.pos_ in _NOMINAL and child.dep_ not in ("appos", "flat:name", "amod"):
                case = preposition(child, words)
                if case and case not in words.list("of_prepositions") and child.dep_ != "pobj":
                    continue
            pending.append(child)
    return sorted(kept, key=lambda token: int(token.i))


def resolve(head: Token, offset: int, index: MentionIndex, words: EventWords) -> Participant:
    """Resolves an argument with those coordinated with it.

    Args:
        head: Its head word.
        offset: Where the parsed sentence starts in the body.
        index: The article's mentions.
        words: The language's word classes.
    """
    parts = [_resolve_one(token, offset, index, words) for token in coordinated(head)]
    return unite([part for part in parts if part])


def unite(parts: Sequence[Participant]) -> Participant:
    """Several participants as one side of an event."""
    if not parts:
        return Participant()
    ids = tuple(dict.fromkeys(i for part in parts for i in part.entity_ids))
    countries = tuple(sorted({c for part in parts for c in part.countries}))
    return Participant(
        ids,
        countries,
        next((part.head for part in parts if part.head), ""),
        any(part.political for part in parts),
        len(parts) > 1 or parts[0].plural,
    )


def participant_of(entity: Entity, head: str = "") -> Participant:
    """An entity as a side of an event."""
    return Participant(
        (entity.entity_id,),
        (entity.country,) if entity.country else (),
        head,
        entity.type in ("COUNTRY", "ORGANIZATION") or bool(entity.country),
    )


def _resolve_one(head: Token, offset: int, index: MentionIndex, words: EventWords) -> Participant:
    tokens = phrase_tokens(head, words)
    noun = str(head.lower_ if head.pos_ == "PROPN" else head.lemma_.lower())
    plural = "Plur" in head.morph.get("Number", [])
    institution = any(is_one_of(head, words.classes[name]) for name in ("institutions", "crowd"))
    found: list[Located] = []
    for token in tokens:
        start = offset + token.idx
        for located in index.between(start, start + len(token)):
            if located not in found and not _is_affiliation(located, token, offset):
                found.append(located)
    at_head = [m for m in found if m.start <= offset + head.idx < m.end]
    chosen = _chosen(at_head or found)
    countries = _countries(chosen, found)
    named = bool(at_head) and any(m.mention.kind == "name" for m in at_head)
    political = institution or any(
        m.entity.type in ("COUNTRY", "ORGANIZATION") or m.mention.kind == "role" for m in chosen
    )
    if not chosen and head.pos_ not in ("NOUN", "PROPN"):
        return Participant()
    return Participant(
        tuple(dict.fromkeys(m.entity.entity_id for m in chosen)),
        countries,
        "" if named else noun,
        political or bool(countries and chosen and chosen[0].entity.type == "PERSON"),
        plural,
    )


def _chosen(found: Sequence[Located]) -> list[Located]:
    if not found:
        return []
    best = min(_RANK.get(m.entity.type, 6) for m in found)
    first = [m for m in found if _RANK.get(m.entity.type, 6) == best]
    return first[:1]


def _countries(chosen: Sequence[Located], found: Sequence[Located]) -> tuple[str, ...]:
    for m in chosen:
        if m.entity.type == "FACILITY":
            # An embassy belongs to the country that its adjective names.
            demonyms = [d for d in found if d.mention.kind == "demonym" and d.entity.country]
            if demonyms:
                return (demonyms[0].entity.country,)
        if m.entity.country:
            return (m.entity.country,)
    others = [m.entity.country for m in found if m.entity.country]
    return tuple(others[:1])


def _is_affiliation(located: Located, token: Token, offset: int) -> bool:
    """Tells whom a group sides with ("pro-Iran") from whose it is."""
    text = token.doc.text
    start = located.start - offset
    before = text[max(0, start - 5) : max(0, start)].lower()
    inside = located.mention.text.lower()
    return before.endswith(("pro-", "anti-")) or inside.startswith(("pro-", "anti-"))
