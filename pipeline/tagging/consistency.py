"""One article, one reading.

Labels are settled by cues and by vote, and names that the model missed in one place but knew in
another are found everywhere.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from pipeline.tagging.extension import extend_names
from pipeline.tagging.headed_names import name_tails
from pipeline.tagging.lexicon import load_words
from pipeline.tagging.named import Named, Reading
from pipeline.tagging.spelling import Word, is_acronym, is_capitalised, name_key, words_of

_BEFORE = re.compile(r"([^\W_]+)[.’']?[ \u00a0]?\Z")
_STRENGTH = {"PER": 3, "ORG": 2, "LOC": 1, "MISC": 0}
_PARTICLES = frozenset("al el de d du la le von van ben bin ibn di da dos".split())
_PLACE_PREPOSITIONS = frozenset("a en dans vers depuis in at near".split())


def settle(reading: Reading, names: Sequence[Named]) -> tuple[Named, ...]:
    """Labels by cues, by vote and by surname; then the occurrences that were missed."""
    grown = extend_names(reading, _with_entries(names))
    cued = [_by_cue(reading, name) for name in grown]
    voted = _by_vote(cued)
    people = _surnames(voted)
    named = [_by_surname(name, people) for name in voted]
    found = [*named, *_missed(reading, named)]
    kept = [n for n in found if n.label != "MISC" or n.entries]
    return tuple(sorted(kept, key=lambda n: n.start))


def _with_entries(names: Sequence[Named]) -> list[Named]:
    """What the gazetteer knows of a name in one place, it knows everywhere in the article."""
    known = {name_key(n.text): n for n in reversed(names) if n.entries and n.kind == "name"}
    return [
        known[key]._replace(start=n.start, end=n.end, text=n.text)
        if not n.entries and (key := name_key(n.text)) in known and n.label != "PER"
        else n
        for n in names
    ]


def _by_cue(reading: Reading, name: Named) -> Named:
    """The label that the words in and before a name speak for."""
    if name.kind == "demonym" or (name.entries and name.label != "MISC"):
        return name
    words = words_of(name.text)
    if name.label == "PER" and _begins_late(reading, words):
        cut = words[1].start
        return name._replace(start=name.start + cut, text=name.text[cut:])
    first = words[0].folded
    before = _word_before(reading.body, name.start)
    if name.label != "PER" and len(words) > 1 and _is_person_shaped(name.text, words):
        return (
            name
            if before in load_words("cues", "organisation_before")
            else name._replace(label="PER")
        )
    if before in load_words("cues", "honorifics") and not is_acronym(name.text):
        return name._replace(label="PER")
    if before in load_words("cues", "organisation_before") and not is_acronym(name.text):
        return name._replace(label="ORG")
    if is_acronym(name.text) and len(words) == 1 and name.label != "ORG":
        return name if before in _PLACE_PREPOSITIONS else name._replace(label="ORG")
    if name.label in ("ORG", "MISC") and first in load_words("cues", "facility_heads"):
        return name._replace(label="LOC")
    if name.label in ("LOC", "MISC") and first in load_words("cues", "organisation_heads"):
        return name._replace(label="ORG")
    return name


def _begins_late(reading: Reading, words: Sequence[Word]) -> bool:
    """Whether a verb or noun has slipped in before a first name: [Libérez Anne Exemple]."""
    firsts = load_words("first_names", "names")
    if len(words) < 3 or words[0].folded in firsts or words[1].folded not in firsts:
        return False
    return reading.is_word(words[0].folded) or words[0].folded in load_words("cues", "roles")


def _is_person_shaped(text: str, words: Sequence[Word]) -> bool:
    return (
        2 <= len(words) <= 4
        and words[-1].folded not in name_tails()
        and words[0].folded in load_words("first_names", "names")
        and all(is_capitalised(text[w.start : w.end]) or w.folded in _PARTICLES for w in words)
        and (text.isupper() or not is_acronym(text[words[-1].start : words[-1].end]))
    )


def _word_before(body: str, start: int) -> str:
    before = _BEFORE.search(body, max(0, start - 24), start)
    return name_key(before.group(1)) if before else ""


def _by_vote(names: Sequence[Named]) -> list[Named]:
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for name in names:
        if not name.entries and name.kind == "name":
            votes[name_key(name.text)][name.label] += 1
    winners = {
        key: max(counts, key=lambda label: (counts[label], _STRENGTH[label]))
        for key, counts in votes.items()
    }
    return [
        n if n.entries or n.kind == "demonym" else n._replace(label=winners[name_key(n.text)])
        for n in names
    ]


def _surnames(names: Sequence[Named]) -> frozenset[str]:
    """Last words of the full names of persons."""
    full = [words_of(n.text) for n in names if n.label == "PER" and len(words_of(n.text)) > 1]
    return frozenset(words[-1].folded for words in full)


def _by_surname(name: Named, surnames: frozenset[str]) -> Named:
    """A name of one word that is somebody's surname here is that person."""
    known = name.entries and name.entries[0].type in {"COUNTRY", "ORGANIZATION", "REGION"}
    if name.kind == "name" and not known and name_key(name.text) in surnames:
        return name._replace(label="PER", entries=())
    return name


def _missed(reading: Reading, names: Sequence[Named]) -> Iterator[Named]:
    """Further occurrences of the names that the model found, and "First Last" that it did not."""
    known = {
        tuple(w.folded for w in words_of(n.text)): n
        for n in reversed(names)
        if n.kind == "name" and n.label != "MISC" and len(n.text) > 2
    }
    for name in names:
        parts = words_of(name.text)
        if name.label == "PER" and len(parts) > 1 and len(parts[-1].folded) > 3:
            surname = name.text[parts[-1].start :]
            known.setdefault((parts[-1].folded,), name._replace(text=surname, entries=()))
    longest = max((len(key) for key in known), default=1)
    taken = [(n.start, n.end) for n in names]
    at = 0
    position = 0
    words = reading.words
    while position < len(words):
        while at < len(taken) and taken[at][1] <= words[position].start:
            at += 1
        limit = taken[at][0] if at < len(taken) else len(reading.body)
        if words[position].start >= limit:
            position += 1
            continue
        length, missed = _name_at(reading, position, limit, known, longest)
        if missed is not None:
            yield missed
        position += length


def _name_at(
    reading: Reading,
    position: int,
    limit: int,
    known: dict[tuple[str, ...], Named],
    longest: int,
) -> tuple[int, Named | None]:
    words, body = reading.words, reading.body
    if not is_capitalised(body[words[position].start : words[position].end]):
        return 1, None
    length = _full_name(reading, position, limit)
    if length:
        start, end = words[position].start, words[position + length - 1].end
        return length, Named(start, end, body[start:end], "PER")
    for length in range(min(longest, len(words) - position), 0, -1):
        run = words[position : position + length]
        model = known.get(tuple(w.folded for w in run))
        start, end = run[0].start, run[-1].end
        if model and end <= limit and _same_shape(model.text, body[start:end]):
            return length, model._replace(start=start, end=end, text=body[start:end])
    return 1, None


def _full_name(reading: Reading, position: int, limit: int) -> int:
    """Words of a "First Last" at a position: a first name, and capitalised words after it."""
    words, body = reading.words, reading.body
    firsts = load_words("first_names", "names")
    never = load_words("cues", "never")
    if words[position].folded not in firsts:
        return 0
    length = lasts = 0
    for word in words[position : position + 5]:
        before = words[position + length - 1].end
        gap = body[before : word.start] if length else ""
        written = body[word.start : word.end]
        if word.end > limit or gap not in ("", " ", "-") or len(written) < 2:
            break
        if not is_capitalised(written) or word.folded in never:
            break
        lasts += word.folded not in firsts
        length += 1
    if length and words[position + length - 1].folded in name_tails():
        return 0  # `Florence Hospital`
    return length if lasts and length > 1 else 0


def _same_shape(model: str, text: str) -> bool:
    """Whether two spellings have their capitals in the same places."""
    return [c.isupper() for c in model if c.isalnum()] == [c.isupper() for c in text if c.isalnum()]
