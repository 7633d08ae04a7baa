"""What a number counts: 25 killed, 750 troops, 17 attacks, 3 million euros."""

from typing import NamedTuple

from spacy.tokens import Doc, Token

from pipeline.records import Count
from pipeline.tagging.count_numerals import CountWords, find_numerals, load_count_words

# Between a number and its noun: "750 *jeunes* soldats", "25 *autres* personnes".
_TO_NOUN = 4
_CASUALTIES = ("killed", "injured", "arrested", "abducted", "displaced", "released")
# Events to which a unit belongs, by type; a sentence's nearest event of these types has the number.
UNIT_TYPES = {
    "killed": ("ASSAULT", "PROTEST", "COERCE"),
    "injured": ("ASSAULT", "PROTEST", "COERCE"),
    "arrested": ("COERCE", "PROTEST", "ASSAULT"),
    "abducted": ("ASSAULT",),
    "displaced": ("SANCTION", "ASSAULT", "COERCE"),
    "released": ("RETREAT", "CONCEDE", "AID"),
    "troops": ("MOBILIZE", "RETREAT", "AID", "COOPERATE", "ASSAULT"),
    "participants": ("PROTEST",),
    "attacks": ("ASSAULT",),
    "EUR": ("AID", "SANCTION", "AGREE", "COOPERATE", "COERCE", "REQUEST"),
    "USD": ("AID", "SANCTION", "AGREE", "COOPERATE", "COERCE", "REQUEST"),
}


class CountedThing(NamedTuple):
    """A count and the characters of the sentence where it stands."""

    start: int
    end: int
    quantity: Count


def find_counts(sentence: Doc, language: str) -> tuple[CountedThing, ...]:
    """Finds the counts of a parsed sentence, in order."""
    words = load_count_words(language)
    found: list[CountedThing] = []
    for numeral in find_numerals(sentence.text, language):
        noun = _noun_after(sentence, numeral.end)
        thing = _counted(noun, words) if noun is not None else ""
        if not thing:
            thing = _currency(sentence.text, numeral.start, numeral.end, words)
        if thing:
            count = Count(numeral.value, thing, numeral.approximate)
            end = noun.idx + len(noun) if noun is not None else numeral.end
            found.append(CountedThing(numeral.start, max(end, numeral.end), count))
    found += _singles(sentence, words, found)
    return tuple(sorted(found))


def _noun_after(sentence: Doc, end: int) -> Token | None:
    seen = 0
    for token in sentence:
        if token.idx < end or token.is_space:
            continue
        if token.pos_ == "PUNCT" or seen > _TO_NOUN:
            return None
        if token.pos_ in ("NOUN", "PROPN") or token.lemma_.lower() in ("mort", "blessé", "dead"):
            return token
        if token.pos_ in ("VERB", "AUX"):
            return None
        seen += 1
    return None


def _counted(noun: Token, words: CountWords) -> str:
    lemma = noun.lemma_.lower()
    by_verb = _verb_unit(noun, words)
    if lemma in words.people and by_verb:
        return by_verb
    unit = words.unit_nouns.get(lemma, "") or words.unit_nouns.get(noun.lower_, "")
    if unit == "killed" and by_verb in _CASUALTIES:
        return by_verb
    if unit:
        return unit
    # "25 combattants des brigades" : any noun that is killed.
    return (
        by_verb if by_verb in _CASUALTIES and noun.pos_ == "NOUN" and lemma in words.people else ""
    )


def _verb_unit(noun: Token, words: CountWords) -> str:
    current = noun
    for _ in range(4):
        above = current.head
        if above == current:
            break
        unit = words.unit_verbs.get(above.lemma_.lower(), "")
        if unit and _is_patient(current, unit):
            return unit
        if above.pos_ == "VERB" and above.dep_ not in ("xcomp",):
            break
        current = above
    for child in noun.children:
        unit = words.unit_verbs.get(child.lemma_.lower(), "")
        if unit and child.dep_ in ("acl", "amod", "relcl", "acl:relcl"):
            return unit
    # Parsers lose long objects: the nearest such verb just before.
    for token in reversed(list(noun.doc[max(0, noun.i - 7) : noun.i])):
        if token.pos_ == "PUNCT":
            break
        unit = words.unit_verbs.get(token.lemma_.lower(), "")
        if unit and token.pos_ in ("VERB", "ADJ"):
            return unit
    return ""


def _is_patient(token: Token, unit: str) -> bool:
    """Who dies, flees or marches is the subject; who is killed the object, or passive subject."""
    return token.dep_ not in ("obl:agent", "agent") and not token.dep_.startswith("aux")


def _singles(sentence: Doc, words: CountWords, found: list[CountedThing]) -> list[CountedThing]:
    """Counts an article as one where a verb takes a person ("a tué un Américain")."""
    singles: list[CountedThing] = []
    for token in sentence:
        if token.lower_ not in words.articles or any(c.start <= token.idx < c.end for c in found):
            continue
        noun = _noun_after(sentence, token.idx + len(token))
        if noun is None or noun.i - token.i > 3 or noun.lemma_.lower() not in words.people:
            continue
        unit = _verb_unit(noun, words)
        if unit in ("killed", "injured", "arrested", "abducted") and noun.dep_ in _OBJECTS:
            singles.append(CountedThing(token.idx, noun.idx + len(noun), Count(1.0, unit)))
    return singles


_OBJECTS = {"obj", "dobj", "nsubj:pass", "nsubjpass", "nsubj"}


def _currency(text: str, start: int, end: int, words: CountWords) -> str:
    beside = text[max(0, start - 2) : start].strip()[-1:] + text[end : end + 2].strip()[:1]
    for sign in beside:
        if sign in words.unit_nouns:
            return words.unit_nouns[sign]
    return ""
