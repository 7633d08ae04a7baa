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
from pipeline.tagging.event_domain import text_domain
from pipeline.tagging.event_draft import Draft
from pipeline.tagging.event_place import main_country, main_place
from pipeline.tagging.trigger_lexicon import EventWords

_WORDS = frozenset({"ACCUSE", "REQUEST", "REJECT", "THREATEN", "SUPPORT", "AGREE"})
_ACTING = ("PERSON", "ORGANIZATION", "COUNTRY")
# A pronoun's antecedent is not further back than this many code points: some four sentences.
_REACH = 700
# A day told holds for what follows in the paragraph, some two sentences.
_FOCUS = 250


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
        self.published = published_edtf[:10]
        self.domain = text_domain(body, words)
        self.place = main_place(body, self.index, words)
        self.country = main_country(self.index)
        self.last_actor = Participant()
        self.last_group = Participant()
        self._focus = ("", 0)
        self._last_doer = Participant()
        self._dated: list[tuple[tuple[str, ...], int, str]] = []

    def participant(
        self, token: Token, sentence: ParsedSentence, judged: bool = False
    ) -> Participant:
        """Resolves an argument: a noun phrase, an adjective of nationality or a pronoun.

        Args:
            token: Its head.
            sentence: Its sentence.
            judged: It is what somebody condemns: "ces attaques" are then those told before.
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
                return self.last_group or self._last(position)
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
        """The date of an event: said; else, for words told as news, that of their speaker.

        What somebody says is dated by what they said or did just before, else by the day of the
        article where that is known. Deeds without a date stay without: articles recall old ones.
        """
        # A threat is made today, whatever it says of tomorrow.
        told = draft.status == "actual" or (draft.type, draft.status) == ("THREATEN", "future")
        words = draft.type in _WORDS and draft.recent and told
        if draft.date_edtf or not words:
            return draft.date_edtf or self._day_in_focus(draft)
        for actor, start, date in reversed(self._dated):
            if draft.start - start > _REACH:
                break
            if set(actor) & set(draft.actor.entity_ids):
                return date
        return self.published if len(self.published) == 10 else ""

    def _day_in_focus(self, draft: Draft) -> str:
        """The day that the sentences just before tell of, for a deed told on in the same tense."""
        day, end = self._focus
        near = 0 <= draft.start - end <= _FOCUS and "\n" not in self.body[end : draft.start]
        told_on = draft.trigger.part == "verb" and draft.recent and draft.status == "actual"
        return day if near and told_on and not draft.anaphoric else ""

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
        if draft.recent and draft.status == "actual" and len(draft.date_edtf) == len("2019-12-31"):
            self._focus = draft.date_edtf, draft.end
        if draft.type in ("ASSAULT", "PROTEST") and actor:
            self._last_doer = actor
        if draft.date_edtf and actor.entity_ids:
            self._dated.append((actor.entity_ids, draft.start, draft.date_edtf))
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

    def _after_preposition(self, located: Located) -> bool:
        before = self.body[max(0, located.start - 24) : located.start].lower().split()
        while before and before[-1] in self.words.list("articles"):
            before.pop()
        return bool(before) and before[-1] in self.words.list("oblique_prepositions")
