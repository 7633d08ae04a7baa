"""Where names stand: the language model's spans and the gazetteer's, made one.

The model knows how names behave, the gazetteer which there are. Where they disagree, the longer one
usually is right ("brigades du Hezbollah", "Université de Bagdad"); the rules are here.

The convention for a span: the name without titles, offices, articles and determiners ("le ministre
américain de la Défense Mark Esper" is `Mark Esper`, "Le Pentagone" is `Pentagone`), except an
article that belongs to the name (`Le Caire`, `La Rochelle`, `Le Monde`).
"""

import functools
import re
from bisect import bisect_left
from collections.abc import Sequence

from pipeline.tagging.acronyms import explained
from pipeline.tagging.contest import PORTFOLIO, contest, of_match, part_of_compound
from pipeline.tagging.doubtful_names import without_doubtful
from pipeline.tagging.gazetteer import Gazetteer, Match
from pipeline.tagging.headed_names import headed_names
from pipeline.tagging.lexicon import load_words
from pipeline.tagging.model import NamedSpan
from pipeline.tagging.named import Named, Reading, starts_sentence
from pipeline.tagging.spelling import is_acronym, words_of
from pipeline.tagging.titled_names import titled_names
from pipeline.tagging.trimming import trim_name

# Code points. A longer "name" is a list or a heading in capitals.
_LONGEST = 150
_CODE = re.compile(r"[A-Z]{1,3}-?\d{1,3}[A-Za-z]?")
MODEL_LABELS = {
    "PERSON": "PER",
    "PER": "PER",
    "ORG": "ORG",
    "NORP": "MISC",
    "GPE": "LOC",
    "LOC": "LOC",
    "FAC": "LOC",
    "MISC": "MISC",
    "PRODUCT": "MISC",
    "EVENT": "MISC",
    "WORK_OF_ART": "MISC",
    "LAW": "MISC",
}


def find_names(
    reading: Reading, spans: Sequence[NamedSpan], gazetteer: Gazetteer
) -> tuple[Named, ...]:
    """All names and demonyms of a body, in text order, none overlapping another."""
    matches = [
        m
        for m in gazetteer.find(reading.body, reading.words, reading.language)
        if not part_of_compound(reading.body, m)
    ]
    titled = titled_names(reading, matches)
    ruled = [*headed_names(reading, matches), *titled]
    model = without_doubtful(reading, _model_names(reading, spans, gazetteer), ruled, gazetteer)
    # `Dr Zora Example` as one name: the title is no part of it.
    ends = {name.end: name.start for name in titled}
    model = [n for n in model if not n.start < ends.get(n.end, 0) or n.label == "LOC"]
    kept: list[Named] = []
    beaten: set[Named] = set()
    doubtful: list[tuple[Match, list[Named]]] = []
    starts = [n.start for n in model]
    for match in matches:
        # The model's spans never overlap one another, so at most one begins before the match.
        first = max(bisect_left(starts, match.start) - 1, 0)
        until = bisect_left(starts, match.end)
        rivals = [n for n in model[first:until] if match.start < n.end]
        winner = contest(reading, match, rivals)
        if winner is None:
            doubtful.append((match, rivals))
            continue
        beaten.update(rivals)
        kept.append(winner)
    certain = {e.entity_id for n in kept for e in n.entries[:1]}
    for match, rivals in doubtful:
        # A weak name of somebody who is named for certain elsewhere ("Libération", after "Libé").
        sure = match.weak and match.entries[0].entity_id in certain
        if sure and not rivals and not starts_sentence(reading.body, match.start):
            kept.append(of_match(reading, match))
    kept.extend(n for n in model if n not in beaten)
    kept.extend(name for pair in explained(reading) for name in pair)
    kept.extend(ruled)
    return _without_overlaps(kept)


def _model_names(reading: Reading, spans: Sequence[NamedSpan], gazetteer: Gazetteer) -> list[Named]:
    names = []
    for span in spans:
        label = MODEL_LABELS.get(span.label)
        if label is None or span.end - span.start > _LONGEST:
            continue
        start, end = trim_name(reading.body, span.start, span.end, label)
        text = reading.body[start:end]
        if _is_name(reading, start, text, label, gazetteer):
            names.append(Named(start, end, text, label))
    return names


def _is_name(reading: Reading, start: int, text: str, label: str, gazetteer: Gazetteer) -> bool:
    if not any(c.isupper() for c in text) or len(text) < 2:
        return False
    words = words_of(text)
    if all(w.folded in _nothing() or w.folded.isdigit() for w in words):
        return False
    if sum(c.isdigit() for c in text) > 1 and text.upper() == text:
        return False  # a number plate, a flight, a paragraph
    if _CODE.fullmatch(text) and not gazetteer.lookup(text, reading.language):
        return False  # a motorway, a motor, a class
    before = reading.body[max(0, start - 24) : start]
    if len(text) <= 3 and before[-2:-1].isdigit():
        return False  # a unit: `150 Nm`
    if words[0].folded in load_words("cues", "abstractions") and PORTFOLIO.search(before):
        return False  # `ministre de l'` [Education nationale du gouvernement Exemple]
    if (
        len(words) == 1
        and not (is_acronym(text) and len(text) <= 4)
        and reading.is_word(text.lower())
    ):
        # A common word with a capital is a name only inside a sentence, and if somebody knows it.
        known = label == "PER" or bool(gazetteer.lookup(text, reading.language))
        return known and not starts_sentence(reading.body, start)
    return not all(text[w.start : w.end].islower() for w in words)


@functools.cache
def _nothing() -> frozenset[str]:
    """Words that name nothing, alone or with one another."""
    return frozenset().union(
        *(load_words("cues", key) for key in ("never", "abstractions", "roles", "honorifics"))
    )


def _without_overlaps(names: Sequence[Named]) -> tuple[Named, ...]:
    """Longest first where two overlap; the rest in text order."""
    taken: list[Named] = []
    ends: set[int] = set()
    for name in sorted(names, key=lambda n: (n.start - n.end, n.start, not n.entries, n.label)):
        span = range(name.start, name.end)
        if ends.isdisjoint(span):
            ends.update(span)
            taken.append(name)
    return tuple(sorted(taken, key=lambda n: n.start))
