"""Which word forms may be a trigger: an exact filter, before any parsing.

The forms come from the spaCy pipeline's own lemmatiser tables turned round: every form whose lemma
is a trigger's word. So a sentence without a trigger is told apart by looking its words up in a
dictionary, which costs a hundredth of a parse.
"""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from spacy.language import Language

from pipeline.tagging.trigger_lexicon import Trigger, TriggerLexicon

_WORD = re.compile(r"\w+")
# A verb's participles stand as adjectives in the tables too ("accusée").
_TABLES = {
    "verb": ("verb", "adj"),
    "noun": ("noun",),
    "adjective": ("adj",),
    "any": ("verb", "adj", "noun"),
}


class TriggerForms(NamedTuple):
    """The index from word forms to triggers.

    Attributes:
        lexicon: What it was built from.
        heads: For a lower-case form, the triggers whose first word it may be.
        forms: For a lemma and part of speech, all its forms.
    """

    lexicon: TriggerLexicon
    heads: Mapping[str, tuple[Trigger, ...]]
    forms: Mapping[tuple[str, str], frozenset[str]]


def build_forms(lexicon: TriggerLexicon, vocabulary: Language) -> TriggerForms:
    """Finds all forms of all trigger words.

    Args:
        lexicon: The triggers.
        vocabulary: A spaCy pipeline; without lemmatiser tables only the lemmas themselves and
            regular endings are known.
    """
    wanted = {
        (word, word_part(trigger, place))
        for trigger in lexicon.triggers
        for place, word in enumerate(trigger.words)
    }
    forms: dict[tuple[str, str], set[str]] = {key: {key[0]} for key in wanted}
    _add_regular(forms, lexicon.language)
    _add_tabled(forms, vocabulary)
    frozen = {key: frozenset(value) for key, value in forms.items()}
    heads: dict[str, list[Trigger]] = {}
    for trigger in lexicon.triggers:
        for form in sorted(frozen[trigger.words[0], word_part(trigger, 0)]):
            heads.setdefault(_first_part(form), []).append(trigger)
    return TriggerForms(lexicon, {form: tuple(found) for form, found in heads.items()}, frozen)


def may_hold_trigger(sentence: str, index: TriggerForms) -> bool:
    """Tells whether a sentence has the words of any trigger, in whatever order."""
    words = [word.lower() for word in _WORD.findall(sentence)]
    present = set(words)
    for word in words:
        for trigger in index.heads.get(word, ()):
            if len(trigger.words) == 1 and "-" not in trigger.words[0]:
                return True
            if all(
                _stands(index.forms[part, word_part(trigger, place)], present)
                for place, part in enumerate(trigger.words)
            ):
                return True
    return False


def word_part(trigger: Trigger, place: int) -> str:
    """The part of speech of a trigger's word: only that of its head is known."""
    return trigger.part if place == trigger.head else "any"


def is_form(text: str, word: str, part: str, index: TriggerForms) -> bool:
    """Tells whether a lower-case token text is a form of a trigger word."""
    return text in index.forms[word, part]


def _stands(forms: Iterable[str], present: set[str]) -> bool:
    return any(all(piece in present for piece in _WORD.findall(form)) for form in forms)


def _first_part(form: str) -> str:
    match = _WORD.search(form)
    return match.group() if match else form


def _add_tabled(forms: dict[tuple[str, str], set[str]], vocabulary: Language) -> None:
    if "lemmatizer" not in vocabulary.pipe_names:
        return
    lookups = getattr(vocabulary.get_pipe("lemmatizer"), "lookups", None)
    if lookups is None or "lemma_exc" not in lookups.tables:
        return
    by_table: dict[str, dict[str, list[tuple[str, str]]]] = {}
    for lemma, part in forms:
        for table in _TABLES[part]:
            by_table.setdefault(table, {}).setdefault(lemma, []).append((lemma, part))
    for table, lemmas in by_table.items():
        for form, found in lookups.get_table("lemma_exc").get(table, {}).items():
            for lemma in found:
                for key in lemmas.get(lemma, ()):
                    forms[key].add(form)


# Endings of regular words, for what the tables leave to rules: (ending of the lemma, of the form).
_ENDINGS = {
    ("fr", "verb"): [
        ("er", "e es ons ez ent ait ais aient ions iez a èrent ât é ée és ées er era erai erons "
         "erez eront erait eraient ant eant eait eaient ai"),
        ("ger", "gea geait geaient geant geons"),
        ("cer", "ça çait çaient çant çons"),
        ("ir", "i ie is ies it issent issait issaient issant ira iront irait iraient irent ît"),
    ],
    ("fr", "noun"): [("", "s x"), ("al", "aux")],
    ("fr", "any"): [("", "s x e es"), ("al", "aux")],
    ("fr", "adjective"): [("", "s e es")],
    ("en", "verb"): [("", "s es ed ing d"), ("e", "ing ed"), ("y", "ies ied")],
    ("en", "noun"): [("", "s es"), ("y", "ies")],
    ("en", "any"): [("", "s es"), ("y", "ies")],
    ("en", "adjective"): [],
}  # fmt: skip


def _add_regular(forms: dict[tuple[str, str], set[str]], language: str) -> None:
    for lemma, part in forms:
        for old, endings in _ENDINGS[language, part]:
            if lemma.endswith(old) and len(lemma) > len(old) + 1:
                stem = lemma[: len(lemma) - len(old)]
                forms[lemma, part] |= {stem + ending for ending in endings.split()}
        # The last consonant doubles ("stab", "stabbed").
        if language == "en" and part == "verb" and lemma[-1] in "bdgmnprt":
            forms[lemma, part] |= {lemma + lemma[-1] + ending for ending in ("ed", "ing")}
