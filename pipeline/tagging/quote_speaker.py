"""Who speaks: noun phrases, roles and pronouns around a cue, resolved to the cast."""

from pipeline.tagging.quote_cast import CLAUSE_MARKS, Cast, Place, Speaker, stems
from pipeline.tagging.quote_cue import Token, tokenize
from pipeline.tagging.quote_lexicon import QuoteLexicon

_LONGEST_NAME = 90
_PERSON_REACH = 1_200
_INDEFINITE = ("un ", "une ", "des ", "plusieurs ", "a ", "an ", "some ", "several ", "one ")
_FEMALE = frozenset(("la", "une", "cette"))
_MALE = frozenset(("le", "un", "cet", "ce"))
_SENTENCE_BREAKS = (". ", "\n", "! ", "? ", '."', ".«", ".“")


class SpeakerFinder:
    """Reads who speaks from the words beside a cue."""

    def __init__(self, body: str, cast: Cast, lexicon: QuoteLexicon) -> None:
        self._body = body
        self._cast = cast
        self._lexicon = lexicon

    # --- noun phrases -------------------------------------------------------------------------

    def after(
        self, start: int, end: int, last: Speaker | None = None, *, quoted: bool = False
    ) -> Speaker:
        """Who stands behind a cue ("a ajouté mardi à l'agence le ministre Jean Durand").

        Args:
            start: Where to look from.
            end: Where to stop.
            last: Who spoke last, if that was just before.
            quoted: True for a cue clause that stands inside the quotation marks.
        """
        tokens = tokenize(self._body, start, end)
        if tokens and tokens[0].lower in self._lexicon.demonstratives | {"lui", "elle"}:
            return self.by_pronoun(tokens[0].lower, start, last)
        clause = next((t.start for t in tokens[1:] if t.lower in CLAUSE_MARKS), end)
        places = [
            place
            for place in self._cast.within(start, end, quoted=quoted)
            if not self._cast.is_complement(place, start)
        ]
        persons = [place for place in places if self._cast.is_person(place)]
        named = persons[0] if persons and persons[0].start < clause else None
        phrase = self._phrase([t for t in tokens if t.start < clause], named)
        if not phrase:
            # Nothing but adverbials before the comma: the name may follow it.
            return self._cast.speaker(persons[0]) if persons else Speaker()
        low, high = phrase[0].start, phrase[-1].end
        if named and named.start < high:
            return self._cast.speaker(named)
        head = next((t for t in phrase if t.lower not in self._lexicon.determiners), phrase[-1])
        inside = [place for place in places if low <= place.start <= head.start]
        if inside:
            return self._cast.speaker(inside[0])
        if persons and self._body[high : persons[0].start].strip() in (",", ""):
            return self._cast.speaker(persons[0])
        if phrase[0].name:
            return Speaker("", self._body[low : min(high, low + _LONGEST_NAME)])
        return self.by_role(low, high, last)

    def _phrase(self, tokens: list[Token], named: Place | None) -> list[Token]:
        """The noun phrase that begins with a determiner or a name, adverbials left out."""
        lexicon = self._lexicon
        skipping = False
        consumed = False
        for first, token in enumerate(tokens):
            if named is not None and named.start <= token.start:
                return [t for t in tokens[first:] if t.start < named.end]
            if token.lower in lexicon.complements or token.lower in lexicon.np_stops:
                skipping, consumed = True, False
            elif token.lower in lexicon.determiners:
                if not skipping or consumed:
                    return _until(tokens[first:], lexicon.np_stops)
            elif token.name and not skipping:
                return _until(tokens[first:], lexicon.np_stops)
            else:
                # What a preposition governs ends with its noun, the next determiner is a new one.
                consumed = True
        return []

    def before(self, start: int, end: int, last: Speaker | None = None) -> Speaker:
        """Who stands in front of a cue verb ("Le ministre, Jean Durand, a ajouté")."""
        tokens = tokenize(self._body, start, end)
        while tokens and tokens[-1].lower in self._lexicon.clitics - self._lexicon.pronouns:
            tokens.pop()
        if not tokens:
            return Speaker()
        word = tokens[-1].lower
        if word in self._lexicon.pronouns and word not in ("lui", "nous"):
            return self.by_pronoun(word, tokens[-1].start, last)
        places = [
            place
            for place in self._cast.within(start, end)
            if not self._cast.is_complement(place, start)
        ]
        persons = [place for place in places if self._cast.is_person(place)]
        if word in self._lexicon.links or word in ",)–—":
            return self._cast.speaker((persons or places)[0]) if places else Speaker()
        low = next((t.end for t in reversed(tokens) if t.lower in CLAUSE_MARKS), start)
        near = [place for place in places if place.start >= low]
        near_persons = [place for place in near if self._cast.is_person(place)]
        if near_persons:
            return self._cast.speaker(near_persons[-1])
        phrase = [t for t in tokens if t.start >= low]
        head = next((t for t in phrase if t.lower not in self._lexicon.determiners), None)
        if near and head is not None and near[0].start <= head.start:
            return self._cast.speaker(near[0])
        if len(phrase) > 1 and phrase[0].lower in self._lexicon.determiners:
            return self.by_role(phrase[0].start, phrase[-1].end, last)
        return self._cast.speaker((persons or places)[0]) if places else Speaker()

    # --- roles and pronouns -------------------------------------------------------------------

    def by_role(self, start: int, end: int, last: Speaker | None = None) -> Speaker:
        """The person whose text carries the role's words ("le ministre américain").

        If nobody's does, a definite role that can be said of the person who spoke last is that
        person ("l'ancien ministre"); else only the words are known.
        """
        name = self._body[start : min(end, start + _LONGEST_NAME)].strip(" ,;:")
        wanted = stems(name)
        words = [t.lower for t in tokenize(name, 0, len(name))] or [""]
        gender = self._gender_of(words)
        if not wanted and words[-1] in self._lexicon.determiners:
            return Speaker()
        if not wanted or name.lower().startswith(_INDEFINITE):
            return Speaker("", name, gender)
        best: Place | None = None
        for place in self._cast.places:
            if place.start >= start:
                break
            if self._cast.is_person(place) and wanted <= self._cast.role_words(place):
                best = place
        if best is not None:
            return self._cast.speaker(best)
        if last is not None and last.entity_id and _fits(last.gender, gender):
            strange = any(word in self._lexicon.strangers for word in words)
            if not strange and len(wanted) <= 3:
                return last
        return Speaker("", name, gender)

    def _gender_of(self, words: list[str]) -> str:
        """Gender of a role phrase, by its article or its head ("l'animateur")."""
        if words[0] in _FEMALE:
            return "f"
        if words[0] in _MALE:
            return "m"
        female = any(word in self._lexicon.female_words for word in words)
        male = any(word in self._lexicon.male_words for word in words)
        return "f" if female and not male else "m" if male and not female else ""

    def by_pronoun(self, pronoun: str, at: int, last: Speaker | None = None) -> Speaker:
        """The last person that fits: the latest speaker, else whom the last sentence is about."""
        gender = "f" if pronoun in self._lexicon.female else ""
        gender = "m" if pronoun in self._lexicon.male else gender
        if pronoun in self._lexicon.plural or pronoun in self._lexicon.neutral:
            return last or Speaker()
        if last is not None and last.known and _fits(last.gender, gender):
            return last
        return self.latest_person(at, gender)

    def latest_person(self, at: int, gender: str = "", reach: int = _PERSON_REACH) -> Speaker:
        """The first person of the last sentence before `at` that names one."""
        persons = [
            place
            for place in self._cast.within(max(0, at - reach), at)
            if self._cast.is_person(place) and _fits(self._cast.gender(place), gender)
        ]
        subjects = [p for p in persons if not self._cast.is_complement(p, 0)]
        persons = subjects or persons
        if not persons:
            return Speaker()
        chosen = persons[-1]
        for place in reversed(persons[:-1]):
            between = self._body[place.end : chosen.start]
            if any(mark in between for mark in _SENTENCE_BREAKS):
                break
            chosen = place
        return self._cast.speaker(chosen)


def _fits(known: str, wanted: str) -> bool:
    return not known or not wanted or known == wanted


def _until(tokens: list[Token], stops: frozenset[str]) -> list[Token]:
    """The tokens up to the first clause mark or the first word that ends a noun phrase."""
    for place, token in enumerate(tokens):
        if token.lower in CLAUSE_MARKS or (place > 0 and token.lower in stops):
            return tokens[:place]
    return tokens
