"""The cast of an article: its entities as possible speakers, their roles and genders."""

import bisect
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.records import Entity
from pipeline.tagging.quote_cue import tokenize
from pipeline.tagging.quote_lexicon import QuoteLexicon
from pipeline.tagging.quote_marks import Marked

_SPEAKING_TYPES = frozenset(("PERSON", "ORGANIZATION", "COUNTRY", "CITY", "FACILITY", "OTHER"))
CLAUSE_MARKS = frozenset(',;:()–—«»"“”.!?…')
# Words compared by their beginning: "américain" and "américaine", "diplomate" and "diplomatie".
_STEM = 6
_ROLE_REACH = 90


class Speaker(NamedTuple):
    """Who speaks: an entity, or only words that say who; both empty if unknown."""

    entity_id: str = ""
    name: str = ""
    gender: str = ""

    @property
    def known(self) -> bool:
        """True if anything is known about who speaks."""
        return bool(self.entity_id or self.name)


class Place(NamedTuple):
    """A mention: where it stands, and the number of its entity."""

    start: int
    end: int
    entity: int


class Cast:
    """The entities of an article, looked up by place, with what the text says about them."""

    def __init__(
        self,
        body: str,
        entities: Sequence[Entity],
        marked: Sequence[Marked],
        lexicon: QuoteLexicon,
    ) -> None:
        self._body = body
        self._lexicon = lexicon
        self._entities = entities
        self._opens = [m.open_at for m in marked]
        self._closes = [m.close_at for m in marked]
        self.places = sorted(
            Place(m.start, m.end, number)
            for number, entity in enumerate(entities)
            if entity.type in _SPEAKING_TYPES
            for m in entity.mentions
            if m.kind not in ("pronoun", "demonym")
        )
        self._starts = [place.start for place in self.places]
        self._roles: dict[int, frozenset[str]] = {}
        self._genders: dict[int, str] = {}

    def _quoted(self, at: int) -> bool:
        index = bisect.bisect_right(self._opens, at) - 1
        return index >= 0 and at < self._closes[index]

    def within(self, start: int, end: int, *, quoted: bool = False) -> list[Place]:
        """Mentions inside a range; those inside quotation marks only on demand."""
        low = bisect.bisect_left(self._starts, start)
        high = bisect.bisect_left(self._starts, end)
        return [
            place
            for place in self.places[low:high]
            if place.end <= end and (quoted or not self._quoted(place.start))
        ]

    def is_person(self, place: Place) -> bool:
        """True for a mention of a person."""
        return self._entities[place.entity].type == "PERSON"

    def in_person(self, at: int) -> bool:
        """True inside a person's name."""
        index = bisect.bisect_right(self._starts, at) - 1
        return index >= 0 and at < self.places[index].end and self.is_person(self.places[index])

    def is_complement(self, place: Place, floor: int) -> bool:
        """True behind "de", "à", "sur", "de la famille", …: part of another phrase."""
        skipped = (self._lexicon.determiners | self._lexicon.bridges) - self._lexicon.complements
        tokens = tokenize(self._body, max(floor, place.start - 24), place.start)
        while tokens and tokens[-1].lower in skipped:
            tokens.pop()
        return bool(tokens) and tokens[-1].lower in self._lexicon.complements

    def speaker(self, place: Place) -> Speaker:
        """The mention's entity as a speaker."""
        entity = self._entities[place.entity]
        return Speaker(entity.entity_id, entity.name, self.gender(place))

    def role_words(self, place: Place) -> frozenset[str]:
        """Stems of the words right before and right behind a person's names."""
        number = place.entity
        if number not in self._roles:
            words: set[str] = set()
            for mention in self._entities[number].mentions[:12]:
                words |= stems(self._phrase_before(mention.start))
                after = self._body[mention.end : mention.end + _ROLE_REACH]
                if after.startswith((",", " (")):
                    words |= stems(after[1:].split(",")[0].split(")")[0].split(".")[0])
                if mention.kind == "role":
                    words |= stems(mention.text)
            self._roles[number] = frozenset(words)
        return self._roles[number]

    def _phrase_before(self, at: int) -> str:
        """The words of the noun phrase that a name ends ("le ministre de la Santé ")."""
        lexicon = self._lexicon
        start = at
        for token in reversed(tokenize(self._body, max(0, at - _ROLE_REACH), at)):
            verb = token.lower in lexicon.auxiliaries or token.lower in lexicon.finite_cues
            if verb or token.lower in lexicon.finite or token.lower in CLAUSE_MARKS:
                break
            if self.in_person(token.start):
                break
            start = token.start
        return self._body[start:at]

    def gender(self, place: Place) -> str:
        """`f` or `m` by first name and titles, empty if they don't say."""
        if place.entity not in self._genders:
            self._genders[place.entity] = self._find_gender(self._entities[place.entity])
        return self._genders[place.entity]

    def _find_gender(self, entity: Entity) -> str:
        if entity.type != "PERSON":
            return ""
        words = [entity.name.lower().split(" ")[0]]
        for mention in entity.mentions[:6]:
            before = self._body[max(0, mention.start - 40) : mention.start]
            words += [t.lower.rstrip(".") for t in tokenize(before, 0, len(before))[-3:]]
            words += [t.lower.rstrip(".") for t in tokenize(mention.text, 0, 40)[:1]]
        female = sum(word in self._lexicon.female_words for word in words)
        male = sum(word in self._lexicon.male_words for word in words)
        return "f" if female > male else "m" if male > female else ""


def stems(phrase: str) -> frozenset[str]:
    """Beginnings of the content words, without accents."""
    words = (t.lower for t in tokenize(phrase, 0, len(phrase)))
    return frozenset(_fold(w)[:_STEM] for w in words if len(w) > 3) - {"meme", "ancien", "former"}


def _fold(word: str) -> str:
    plain = unicodedata.normalize("NFKD", word.lower())
    return "".join(c for c in plain if not unicodedata.combining(c))
