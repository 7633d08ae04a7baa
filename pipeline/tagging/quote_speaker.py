"""Who speaks: mentions, role nouns and pronouns around a cue, resolved to entities."""

import bisect
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.records import Entity
from pipeline.tagging.quote_cue import Token, tokenize
from pipeline.tagging.quote_lexicon import QuoteLexicon
from pipeline.tagging.quote_marks import Marked

_SPEAKING_TYPES = frozenset(("PERSON", "ORGANIZATION", "COUNTRY", "CITY", "FACILITY", "OTHER"))
_CLAUSE_MARKS = frozenset(',;:()–—«»"“”.!?…')
_LONGEST_NAME = 90
# Words compared by their beginning: "américain" and "américaine", "diplomate" and "diplomatie".
_STEM = 6
_ROLE_REACH = 90


class Speaker(NamedTuple):
    """Who speaks: an entity, or only words that say who."""

    entity_id: str = ""
    name: str = ""
    gender: str = ""


class _Place(NamedTuple):
    start: int
    end: int
    entity: int


class Cast:
    """The entities of an article as possible speakers."""

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
        self._places = sorted(
            _Place(m.start, m.end, number)
            for number, entity in enumerate(entities)
            if entity.type in _SPEAKING_TYPES
            for m in entity.mentions
            if m.kind not in ("pronoun", "demonym")
        )
        self._starts = [place.start for place in self._places]
        self._roles: dict[int, frozenset[str]] = {}
        self._genders: dict[int, str] = {}

    def _quoted(self, at: int) -> bool:
        index = bisect.bisect_right(self._opens, at) - 1
        return index >= 0 and at < self._closes[index]

    def _within(self, start: int, end: int, *, quoted: bool = False) -> list[_Place]:
        low = bisect.bisect_left(self._starts, start)
        high = bisect.bisect_left(self._starts, end)
        return [
            place
            for place in self._places[low:high]
            if place.end <= end and (quoted or not self._quoted(place.start))
        ]

    def _is_complement(self, place: _Place, floor: int) -> bool:
        """True behind "de", "à", "sur", … : part of another phrase."""
        tokens = tokenize(self._body, max(floor, place.start - 24), place.start)
        while tokens and tokens[-1].lower in self._lexicon.determiners - self._lexicon.complements:
            tokens.pop()
        return bool(tokens) and tokens[-1].lower in self._lexicon.complements

    def _is_person(self, place: _Place) -> bool:
        return self._entities[place.entity].type == "PERSON"

    def _speaker(self, place: _Place) -> Speaker:
        entity = self._entities[place.entity]
        return Speaker(entity.entity_id, entity.name, self._gender(place.entity))

    # --- noun phrases -------------------------------------------------------------------------

    def after(self, start: int, end: int, *, quoted: bool = False) -> Speaker:
        """Who stands behind a cue ("a ajouté le ministre américain Jean Durand").

        Args:
            start: Where to look from.
            end: Where to stop.
            quoted: True for a cue clause that stands inside the quotation marks.
        """
        tokens = tokenize(self._body, start, end)
        first = 0
        while first < len(tokens) and self._is_lead_in(tokens, first):
            first += 1
        phrase = _until(tokens[first:], self._lexicon.np_stops)
        places = [
            p for p in self._within(start, end, quoted=quoted) if not self._is_complement(p, start)
        ]
        if phrase:
            low, high = phrase[0].start, phrase[-1].end
            inside = [p for p in places if low <= p.start < high]
            persons = [p for p in inside if self._is_person(p)]
            if persons:
                return self._speaker(persons[0])
            begin = _skip_determiners(phrase, self._lexicon)
            if inside and begin is not None and inside[0].start <= begin.start:
                return self._speaker(inside[0])
            apposed = [p for p in places if self._is_person(p) and _only_comma(self._body, high, p)]
            if apposed:
                return self._speaker(apposed[0])
            if self._is_role(phrase):
                return self.by_role(low, high)
        persons = [p for p in places if self._is_person(p)]
        if persons and not phrase:
            return self._speaker(persons[0])
        return Speaker()

    def before(self, start: int, end: int) -> Speaker:
        """Who stands in front of a cue verb ("Le ministre, Jean Durand, a ajouté")."""
        tokens = tokenize(self._body, start, end)
        while tokens and tokens[-1].lower in self._lexicon.clitics - self._lexicon.pronouns:
            tokens.pop()
        if not tokens:
            return Speaker()
        word = tokens[-1].lower
        if word in self._lexicon.pronouns and word not in ("lui", "nous"):
            return self.by_pronoun(word, tokens[-1].start)
        places = [p for p in self._within(start, end) if not self._is_complement(p, start)]
        persons = [p for p in places if self._is_person(p)]
        if word in self._lexicon.links or word in ",)–—":
            return self._speaker((persons or places)[0]) if places else Speaker()
        low = next((t.end for t in reversed(tokens) if t.lower in _CLAUSE_MARKS), start)
        near = [p for p in places if p.start >= low]
        near_persons = [p for p in near if self._is_person(p)]
        if near_persons:
            return self._speaker(near_persons[-1])
        phrase = [t for t in tokens if t.start >= low]
        begin = _skip_determiners(phrase, self._lexicon)
        if near and begin is not None and near[0].start <= begin.start:
            return self._speaker(near[0])
        if self._is_role(phrase):
            return self.by_role(phrase[0].start, phrase[-1].end)
        return self._speaker((persons or places)[0]) if places else Speaker()

    def _is_lead_in(self, tokens: list[Token], at: int) -> bool:
        """An adverbial between verb and subject: "mardi", "à l'AFP", "sur Europe 1"."""
        token = tokens[at]
        if token.lower in self._lexicon.determiners - self._lexicon.complements:
            return False
        if token.lower in self._lexicon.adverbs or token.lower in self._lexicon.np_stops:
            return True
        if token.lower.isdigit() or token.lower in ("soir", "matin", "janvier"):
            return True
        low, high = token.start - 40, token.end
        before = [p for p in self._within(max(0, low), high + 40) if p.start <= token.start < p.end]
        return bool(before) and self._is_complement(before[0], tokens[0].start)

    def _is_role(self, phrase: list[Token]) -> bool:
        return len(phrase) > 1 and phrase[0].lower in self._lexicon.determiners

    # --- roles and pronouns -------------------------------------------------------------------

    def by_role(self, start: int, end: int) -> Speaker:
        """The person whose text carries the role's words; else only the words."""
        name = self._body[start : min(end, start + _LONGEST_NAME)].strip(" ,;:")
        wanted = _stems(self._body[start:end])
        best: tuple[int, int] | None = None
        for place in self._places:
            if place.start >= start:
                break
            if self._is_person(place) and wanted and wanted <= self._role_words(place.entity):
                best = (place.start, place.entity)
        if best is None or phrase_is_indefinite(name):
            return Speaker("", name)
        return self._speaker(_Place(best[0], best[0], best[1]))

    def _role_words(self, number: int) -> frozenset[str]:
        """Stems of the words right before and right behind a person's names."""
        if number not in self._roles:
            words: set[str] = set()
            for mention in self._entities[number].mentions[:12]:
                words |= _stems(self._phrase_before(mention.start))
                after = self._body[mention.end : mention.end + _ROLE_REACH]
                if after.startswith((",", " (")):
                    words |= _stems(after[1:].split(",")[0].split(")")[0].split(".")[0])
                if mention.kind == "role":
                    words |= _stems(mention.text)
            self._roles[number] = frozenset(words)
        return self._roles[number]

    def _phrase_before(self, at: int) -> str:
        """The words of the noun phrase that a name ends ("le ministre de la Santé ")."""
        lexicon = self._lexicon
        start = at
        for token in reversed(tokenize(self._body, max(0, at - _ROLE_REACH), at)):
            verb = token.lower in lexicon.auxiliaries or token.lower in lexicon.finite_cues
            if verb or token.lower in lexicon.finite or token.lower in _CLAUSE_MARKS:
                break
            if self._is_in_person(token.start):
                break
            start = token.start
        return self._body[start:at]

    def _is_in_person(self, at: int) -> bool:
        index = bisect.bisect_right(self._starts, at) - 1
        return index >= 0 and at < self._places[index].end and self._is_person(self._places[index])

    def by_pronoun(self, pronoun: str, at: int, last: Speaker | None = None) -> Speaker:
        """The last person that fits: the latest speaker, else whom the last sentence is about."""
        gender = "f" if pronoun in self._lexicon.female else ""
        gender = "m" if pronoun in self._lexicon.male else gender
        if pronoun in self._lexicon.plural or pronoun in self._lexicon.neutral:
            return last or Speaker()
        if last is not None and (last.entity_id or last.name) and _fits(last.gender, gender):
            return last
        return self.latest_person(at, gender)

    def latest_person(self, at: int, gender: str = "", reach: int = 1_200) -> Speaker:
        """The first person of the last sentence before `at` that names one."""
        persons = [
            p
            for p in self._within(max(0, at - reach), at)
            if self._is_person(p) and _fits(self._gender(p.entity), gender)
        ]
        if not persons:
            return Speaker()
        chosen = persons[-1]
        for place in reversed(persons[:-1]):
            between = self._body[place.end : chosen.start]
            if any(mark in between for mark in (". ", "\n", "! ", "? ", '."', '."')):
                break
            if not self._is_complement(place, 0):
                chosen = place
        return self._speaker(chosen)

    def _gender(self, number: int) -> str:
        if number not in self._genders:
            self._genders[number] = self._find_gender(self._entities[number])
        return self._genders[number]

    def _find_gender(self, entity: Entity) -> str:
        if entity.type != "PERSON":
            return ""
        first = entity.name.lower().split(" ")[0]
        words = [first, *self._title_words(entity)]
        female = sum(word in self._lexicon.female_words for word in words)
        male = sum(word in self._lexicon.male_words for word in words)
        return "f" if female > male else "m" if male > female else ""

    def _title_words(self, entity: Entity) -> list[str]:
        words: list[str] = []
        for mention in entity.mentions[:6]:
            before = self._body[max(0, mention.start - 40) : mention.start]
            words += [t.lower for t in tokenize(before, 0, len(before))[-3:]]
            words += [t.lower for t in tokenize(mention.text, 0, len(mention.text))[:1]]
        return words


def phrase_is_indefinite(phrase: str) -> bool:
    """True for "un responsable", "des témoins": nobody that was named before."""
    return phrase.lower().startswith(("un ", "une ", "des ", "a ", "an ", "some ", "several "))


def _fits(known: str, wanted: str) -> bool:
    return not known or not wanted or known == wanted


def _fold(word: str) -> str:
    plain = unicodedata.normalize("NFKD", word.lower())
    return "".join(c for c in plain if not unicodedata.combining(c))


def _stems(phrase: str) -> frozenset[str]:
    """Beginnings of the content words."""
    return frozenset(
        _fold(t.lower)[:_STEM] for t in tokenize(phrase, 0, len(phrase)) if len(t.lower) > 3
    ) - {"meme", "ancien", "former"}


def _until(tokens: list[Token], stops: frozenset[str]) -> list[Token]:
    """The tokens up to the first clause mark or the first word that ends a noun phrase."""
    for place, token in enumerate(tokens):
        if token.lower in _CLAUSE_MARKS or (place > 0 and token.lower in stops):
            return tokens[:place]
    return tokens


def _skip_determiners(tokens: list[Token], lexicon: QuoteLexicon) -> Token | None:
    return next((t for t in tokens if t.lower not in lexicon.determiners), None)


def _only_comma(body: str, start: int, place: _Place) -> bool:
    return body[start : place.start].strip() in (",", "")
