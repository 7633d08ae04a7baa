"""English persons by what stands before them: `Gov. Example`, `striker Anne Example`.

A title with a capital or a full stop needs one capitalised word after it, a trade in small letters
two. The words are in `lexicons/names_en.yaml`.
"""

from collections.abc import Sequence

from pipeline.tagging.gazetteer import Match
from pipeline.tagging.headed_names import name_tails
from pipeline.tagging.lexicon import load_words
from pipeline.tagging.named import Named, Reading
from pipeline.tagging.spelling import Word, is_capitalised

_PARTICLES = frozenset("al el de del della di da dos van von der den bin ibn ben le la".split())
_MOST_WORDS = 5
# `Sgt.`, `Gov.`: with a full stop a title may stand in small letters, too.
_SUFFIXES = frozenset("jr sr ii iii iv".split())


def titled_names(reading: Reading, matches: Sequence[Match]) -> list[Named]:
    """Persons after a title or a trade, in text order; English only.

    Args:
        reading: The article.
        matches: What the gazetteer found: an institution or country after a title is no person.
    """
    if reading.language != "en":
        return []
    titles, trades = load_words("names_en", "titles"), load_words("names_en", "trades")
    others = {m.start for m in matches if m.entries[0].type != "PERSON" and not m.weak}
    found: list[Named] = []
    for index, word in enumerate(reading.words):
        title = word.folded in titles and is_capitalised(reading.body[word.start : word.end])
        if not title and word.folded not in trades:
            continue
        name = _name_after(reading, index)
        if not name or (name[0].start in others and (len(name) == 1 or not title)):
            continue
        firsts = load_words("first_names", "names")
        if len(name) > 1 or (title and not _is_common(reading, name[0])):
            if not title and name[0].folded not in firsts and reading.is_word(name[0].folded):
                continue
            start, end = name[0].start, name[-1].end
            found.append(Named(start, end, reading.body[start:end], "PER"))
    return found


def _name_after(reading: Reading, index: int) -> list[Word]:
    """The capitalised words after a title; none if they name something else."""
    body, words = reading.body, reading.words
    name: list[Word] = []
    for word in words[index + 1 : index + 1 + _MOST_WORDS]:
        gap = body[(name[-1] if name else words[index]).end : word.start]
        first = not name
        initial = bool(name) and name[-1].end - name[-1].start == 1
        allowed = (" ", ". ") if first or initial else (" ", "-", ", " if _is_suffix(word) else " ")
        if gap not in allowed and not (initial and gap == "."):
            break
        if not is_capitalised(body[word.start : word.end]):
            if word.folded not in _PARTICLES or first:
                break
        elif (not first and word.folded in _ends()) or word.folded in load_words(
            "names_en", "leads"
        ) | load_words("cues", "never"):
            break
        elif first and word.folded in load_words("names_en", "titles"):
            return []  # The second title has the name: `Vice President Example`.
        name.append(word)
    while name and not is_capitalised(body[name[-1].start : name[-1].end]):
        name.pop()
    if name and name[-1].folded in _heads():
        return []
    return name


def _is_suffix(word: Word) -> bool:
    return word.folded in _SUFFIXES


def _ends() -> frozenset[str]:
    return load_words("names_en", "titles")


def _heads() -> frozenset[str]:
    return name_tails() | {"office", "general", "administration", "house", "minister", "secretary"}


def _is_common(reading: Reading, word: Word) -> bool:
    """Whether a single word after a title can be a common word: `Justice Department`."""
    return word.folded in load_words("cues", "abstractions") | load_words("cues", "roles")
