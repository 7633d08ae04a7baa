"""What event coding knows of an article, and whom its pronouns mean."""

from collections.abc import Sequence
from typing import NamedTuple

from spacy.tokens import Doc, Token

from pipeline.records import DateExpression, Entity, Quote, Span
from pipeline.tagging.argument_entities import (
    Located,
    MentionIndex,
    Participant,
    participant_of,
    resolve,
)
from pipeline.tagging.argument_roles import noun_roles
from pipeline.tagging.argument_syntax import is_one_of, pronoun
from pipeline.tagging.event_day import EventDays
from pipeline.tagging.event_domain import text_domain
from pipeline.tagging.event_draft import Draft
from pipeline.tagging.event_place import main_country, main_place
from pipeline.tagging.trigger_lexicon import EventWords

NOBODY = Participant()
_ACTING = ("PERSON", "ORGANIZATION", "COUNTRY")
# A pronoun's antecedent is not further back than this many code points: some four sentences.
_REACH = 700


class ParsedSentence(NamedTuple):
    """A sentence of the body with its parse, and the finite verbs in it (body offsets)."""

    span: Span
    doc: Doc
    verbs: tuple[int, ...]


class ArticleContext:
    """One article while its events are coded, sentence by sentence, in order."""

    def __init__(
        self,
        body: str,
        words: EventWords,
        entities: Sequence[Entity],
        quotes: Sequence[Quote],
        dates: Sequence[DateExpression],
        published_edtf: str,
    ) -> None:
        self.body = body
        self.words = words
        self.index = MentionIndex(entities, quotes)
        self.dates = tuple(dates)
        self.days = EventDays(body, published_edtf)
        self.domain = text_domain(body, words)
        self.place = main_place(body, self.index, words)
        self.country = main_country(self.index)
        self.last_actor = Participant()
        self.last_group = Participant()
        self._last_doer = Participant()

    def participant(
        self,
        token: Token,
        sentence: ParsedSentence,
        judged: bool = False,
        apart_from: Participant = NOBODY,
    ) -> Participant:
        """Resolves an argument: a noun phrase, an adjective of nationality or a pronoun.

        Args:
            token: Its head.
            sentence: Its sentence.
            judged: It is what somebody condemns: "ces attaques" are then those told before.
            apart_from: The other side, which a pronoun cannot mean: "Paris les félicite".
        """
        position = sentence.span.start + token.idx
        pronouns = self.words
        text = pronoun(token)
        if text in pronouns.list("pronouns_speaker"):
            return self.speaker_at(position)
        if text in pronouns.list("vague_possessives"):
            return self._last(position)
        if token.pos_ == "PRON" or text in pronouns.list("pronouns_person"):
            if text in pronouns.list("pronouns_group"):
                found = self.last_group or self._last(position)
                if set(found.countries) & set(apart_from.countries):
                    return self._other_than(apart_from, position)
                return found
            if text in pronouns.list("pronouns_person"):
                return self._person_before(position) or self._last(position)
            if text not in pronouns.list("pronouns_indefinite"):
                return Participant()
        if is_one_of(token, self.words.classes["assaults"]):
            return self._doer(token, sentence, judged)
        return resolve(token, sentence.span.start, self.index, self.words)

    def _doer(self, token: Token, sentence: ParsedSentence, judged: bool) -> Participant:
        """Who did what a noun names: "condamne l'attaque du groupe" is about the group."""
        for child in token.children:
            demonym = self.demonym(child, sentence) if child.pos_ == "ADJ" else Participant()
            if demonym:
                return demonym
        roles = noun_roles(token, self.words)
        for doer in (*roles.get("subj", ()), *roles.get("of", ())):
            found = resolve(doer, sentence.span.start, self.index, self.words)
            if found and not is_one_of(doer, self.words.classes["sites"]):
                return found
        back = judged and any(
            c.dep_ == "det" and c.lower_ in self.words.list("anaphoric") for c in token.children
        )
        return self._last_doer if back else Participant()

    def is_named(self, token: Token, offset: int, types: Sequence[str]) -> bool:
        """Tells whether a word belongs to the name of an entity of some types.

        A person counts only with a country: one that the text or a lexicon makes an official.
        """
        start = offset + token.idx
        for found in self.index.between(start, start + len(token)):
            kind = found.entity.type
            if kind in types and (kind != "PERSON" or found.entity.country):
                return True
            if found.mention.metonym and "COUNTRY" in types:
                return True
        return False

    def is_mere_place(self, side: Participant) -> bool:
        """Tells whether a participant is nothing but a town or region: where, not whom."""
        kinds = {self.index.entities[i].type for i in side.entity_ids if i in self.index.entities}
        return bool(kinds) and kinds <= {"CITY", "REGION"} and not side.head

    def demonym(self, token: Token, sentence: ParsedSentence) -> Participant:
        """The country that an adjective or modifier names; nothing if it names none."""
        start = sentence.span.start + token.idx
        for located in self.index.between(start, start + len(token)):
            if located.entity.type in _ACTING:
                return participant_of(located.entity)
        return Participant()

    def speaker_at(self, position: int) -> Participant:
        """Who says the quotation that holds a position."""
        quote = self.index.quote_at(position)
        if quote is None:
            return Participant()
        entity = self.index.entities.get(quote.speaker_id)
        return participant_of(entity) if entity is not None else Participant()

    def nearest_left(self, token: Token, sentence: ParsedSentence) -> Participant:
        """The name or pronoun before a verb whose subject the parser did not find."""
        position = sentence.span.start + token.idx
        for other in reversed(list(token.doc[max(0, token.i - 8) : token.i])):
            finite = sentence.span.start + other.idx in sentence.verbs and other.pos_ == "VERB"
            if finite and other.lemma_.lower() not in self.words.list("auxiliaries"):
                break
            if pronoun(other) in self.words.list("pronouns_subject"):
                return self.participant(other, sentence)
        for located in reversed(self.index.between(sentence.span.start, position)):
            if located.end > position or located.entity.type not in _ACTING:
                continue
            if any(located.end <= verb < position for verb in sentence.verbs):
                break
            if not self._after_preposition(located):
                return participant_of(located.entity)
        return Participant()

    def default_country(self, place: Entity | None) -> str:
        """Whose police, government or crowd it is, where the text does not say."""
        if place is not None and place.country:
            return place.country
        if self.place is not None and self.place.country:
            return self.place.country
        return self.country

    def date_for(self, draft: Draft) -> str:
        """When an event took place (EDTF); see `EventDays`."""
        return self.days.date_for(draft, self.index.quote_at(draft.start) is not None)

    def country_before(self, position: int, excluded: Sequence[str]) -> str:
        """The country named last before a position, for "le régime"; not that of the other side."""
        for located in self.index.before(position):
            if position - located.end > _REACH:
                break
            named = located.entity.type == "COUNTRY" or located.mention.metonym
            if named and located.entity.country and located.entity.country not in excluded:
                return located.entity.country
        return ""

    def remember(self, draft: Draft) -> None:
        """Keeps who acted last, for the pronouns to come ("ils" is no single person), and when."""
        actor = draft.actor
        self.days.remember(draft)
        if draft.type in ("ASSAULT", "PROTEST") and actor:
            self._last_doer = actor
        if actor:
            self.last_actor = actor
            if actor.plural or not any(i.startswith("per:") for i in actor.entity_ids):
                self.last_group = actor

    def _person_before(self, position: int) -> Participant:
        for located in self.index.before(position):
            if position - located.end > _REACH:
                break
            if located.entity.type == "PERSON" and self.index.quote_at(located.start) is None:
                return participant_of(located.entity)
        return Participant()

    def _last(self, position: int) -> Participant:
        if self.last_actor:
            return self.last_actor
        for located in self.index.before(position):
            if position - located.end > _REACH:
                break
            if located.entity.type in _ACTING and not self._after_preposition(located):
                return participant_of(located.entity)
        return Participant()

    def _other_than(self, side: Participant, position: int) -> Participant:
        """The state or body named last that is not of a side's country, by name or demonym."""
        for located in self.index.before(position):
            if position - located.end > _REACH:
                break
            entity = located.entity
            if entity.type in ("COUNTRY", "ORGANIZATION") and entity.country not in side.countries:
                return participant_of(entity)
        return NOBODY

    def _after_preposition(self, located: Located) -> bool:
        before = self.body[max(0, located.start - 24) : located.start].lower().split()
        while before and before[-1] in self.words.list("articles"):
            before.pop()
        return bool(before) and before[-1] in self.words.list("oblique_prepositions")
