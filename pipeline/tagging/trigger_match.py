"""Finds triggers in a parsed sentence."""

from typing import NamedTuple

from spacy.tokens import Doc, Token

from pipeline.tagging.trigger_forms import TriggerForms, is_form, word_part
from pipeline.tagging.trigger_lexicon import Trigger

_PARTS = {
    "verb": {"VERB", "AUX", "ADJ"},
    "noun": {"NOUN", "PROPN", "X"},
    "adjective": {"ADJ", "NOUN", "VERB"},
}
# Words that may stand between two words of a phrase ("tirer *des* grenades", "mettre *enfin* fin").
_GAP = 3
_BESIDE = 14


class TriggerMatch(NamedTuple):
    """One trigger in a sentence.

    Attributes:
        token: The word that the arguments hang on.
        first: Index of the first token of the trigger in the sentence.
        last: Index of the last one.
        candidates: The lexicon's entries for these words, the fittest first; which one holds
            depends on the arguments.
    """

    token: Token
    first: int
    last: int
    candidates: tuple[Trigger, ...]


def match_triggers(sentence: Doc, index: TriggerForms) -> tuple[TriggerMatch, ...]:
    """Finds every trigger of a sentence, in order; one token heads at most one match."""
    found: dict[int, dict[tuple[int, int], list[Trigger]]] = {}
    for token in sentence:
        for trigger in index.heads.get(_first(token), ()):
            span = _phrase_span(token, trigger, index)
            if span is None or not _beside(sentence[span[1]], trigger):
                continue
            head = sentence[span[0] if trigger.head == 0 else span[1]]
            if head.pos_ == "AUX" and span[0] < head.head.i <= span[1]:
                head = head.head  # "faire exploser"
            if not _right_part(head, trigger):
                continue
            found.setdefault(head.i, {}).setdefault(span, []).append(trigger)
    matches = [_best_span(sentence[i], spans) for i, spans in sorted(found.items())]
    return tuple(_without_inner(matches))


def _first(token: Token) -> str:
    return str(token.lower_).split("-", 1)[0]


def _right_part(token: Token, trigger: Trigger) -> bool:
    if "-" in trigger.words[trigger.head]:
        return True  # cut into pieces, it has no part of speech of its own
    if token.pos_ not in _PARTS[trigger.part]:
        return False
    if trigger.part == "verb":
        # "un accusé", "les blessés" are tagged as nouns; an adjective must hang like a participle.
        if token.pos_ == "ADJ" and token.dep_ not in _PARTICIPLE_DEPS:
            return False
        return not trigger.reflexive or _is_reflexive(token)
    return True


_PARTICIPLE_DEPS = {"amod", "acl", "ROOT", "conj", "acl:relcl", "advcl", "ccomp", "xcomp", "acomp",
                    "relcl", "appos", "obl:mod"}  # fmt: skip


def _is_reflexive(token: Token) -> bool:
    before = token.doc[max(0, token.i - 4) : token.i]
    return any(t.lower_ in ("se", "s'", "s’") for t in before)


def _phrase_span(token: Token, trigger: Trigger, index: TriggerForms) -> tuple[int, int] | None:
    """Tokens from the first to the last word of a trigger that starts at `token`."""
    last = _word_end(token, trigger.words[0], word_part(trigger, 0), index)
    if last is None:
        return None
    sentence = token.doc
    for place, word in enumerate(trigger.words[1:], start=1):
        part = word_part(trigger, place)
        for step in range(1, _GAP + 2):
            position = last + step
            if position >= len(sentence):
                return None
            if sentence[position].pos_ == "PUNCT" and sentence[position].text not in '-"«»“”':
                return None
            end = _word_end(sentence[position], word, part, index)
            if end is not None:
                last = end
                break
        else:
            return None
    return token.i, last


def _word_end(token: Token, word: str, part: str, index: TriggerForms) -> int | None:
    """The token with which a word that starts at `token` ends; None if it is another word."""
    if is_form(token.lower_, word, part, index):
        return int(token.i)
    if "-" not in word:
        return None
    # A word with hyphens may be cut into several tokens ("sit", "-", "in").
    text = token.doc.text[token.idx : token.idx + len(word)].lower()
    if text != word:
        return None
    span = token.doc.char_span(token.idx, token.idx + len(word), alignment_mode="expand")
    return int(span[-1].i) if span is not None else None


def _beside(token: Token, trigger: Trigger) -> bool:
    if not trigger.beside:
        return True
    after = token.doc[token.i + 1 : token.i + 1 + _BESIDE]
    return any(t.lower_ in trigger.beside or t.lemma_.lower() in trigger.beside for t in after)


def _best_span(token: Token, spans: dict[tuple[int, int], list[Trigger]]) -> TriggerMatch:
    longest = sorted(spans, key=lambda span: (span[0] - span[1], span))
    candidates: list[Trigger] = []
    for span in longest:
        candidates += sorted(spans[span], key=_fitness)
    # Several words of one span: the widest gives the trigger's text.
    first, last = longest[0]
    return TriggerMatch(token, first, last, tuple(candidates))


def _fitness(trigger: Trigger) -> tuple[int, int]:
    conditions = sum(
        map(bool, (trigger.objects, trigger.subjects, trigger.beside, trigger.reflexive))
    )
    return -conditions, trigger.order


def _without_inner(matches: list[TriggerMatch]) -> list[TriggerMatch]:
    """Drops a match whose head lies inside a longer phrase ("assaut" in "prendre d'assaut")."""
    kept: list[TriggerMatch] = []
    for match in matches:
        inside = any(
            other is not match
            and other.first <= match.token.i <= other.last
            and len(other.candidates[0].words) > len(match.candidates[0].words)
            for other in matches
        )
        if not inside:
            kept.append(match)
    return kept
