"""English names whose last word says what they are: `Leeds Crown Court`, `Orange County`.

The small English models see half of these, or the town in them alone. A run of capitalised words
that ends in the word for an organisation, a building or a region is its name; some begin with that
word and go on with "of" (`Bank of Ghana`). The words are in `lexicons/names_en.yaml`.
"""

import functools
import re
from collections.abc import Sequence

from pipeline.tagging.gazetteer import Match
from pipeline.tagging.lexicon import load_words
from pipeline.tagging.name_runs import ORDINAL, in_headline, run_from
from pipeline.tagging.named import Named, Reading
from pipeline.tagging.spelling import Word, is_capitalised

_LONGEST = 8
_POSSESSIVE = re.compile(r"['’]s?\Z")
# Words whose possessive belongs to the name: `King's College`, `Children's Hospital`.
_OWNERS = frozenset(
    "king queen children women men people veterans lord sotheby christie st saint guy".split()
)
_ENDS_FIRM = frozenset("inc corp ltd llc plc llp co gmbh".split())


_FIRM = re.compile(r"\b(?:Inc|Corp|Ltd|Co)\Z")
_GOES_ON = re.compile(r"\.(?:[,;)'’]| [a-z(])")
_LONGEST_CAPITALS = 12
_KINDS = (("ORG", "organisation_tails"), ("LOC", "facility_tails"), ("LOC", "region_tails"))


def headed_names(reading: Reading, matches: Sequence[Match]) -> list[Named]:
    """All such names of a body, in text order.

    Args:
        reading: The article; only English ones have such names.
        matches: What the gazetteer found: they tell names from common words, and countries.
    """
    if reading.language != "en":
        return []
    found: list[Named] = []
    position = 0
    words = reading.words
    while position < len(words):
        run = run_from(reading, position)
        if len(run) > 1 and not in_headline(reading, run[0]):
            found.extend(_names_in(reading, run, matches))
        position += max(len(run), 1)
    return found


@functools.cache
def name_tails() -> frozenset[str]:
    """Words that end the name of an organisation or place, never that of a person."""
    return frozenset().union(*(load_words("names_en", tails) for _, tails in _KINDS))


def _names_in(reading: Reading, run: list[Word], matches: Sequence[Match]) -> list[Named]:
    """The names of one run: each ends at the last of the words that tell what it is."""
    found: list[Named] = []
    index = len(run) - 1
    while index > 0:
        label = _label(reading, run, index, matches)
        begin = _beginning(reading, run, index, matches) if label else index
        if begin < index:
            found.append(_named(reading, run[begin].start, run[index].end, label, matches))
            index = begin
        index -= 1
    found.extend(_with_of(reading, run, matches, found))
    return [n for n in found if not (n.text.isupper() and len(n.text) > _LONGEST_CAPITALS)]


def _label(reading: Reading, run: Sequence[Word], index: int, matches: Sequence[Match]) -> str:
    """What a word makes of the words before it: `ORG`, `LOC`, or nothing."""
    word = run[index]
    if not is_capitalised(reading.body[word.start : word.end]):
        return ""
    for label, tails in _KINDS:
        if word.folded in load_words("names_en", tails):
            return label
        if word.folded in load_words("names_en", f"{tails}_after_name") and any(
            _is_proper(reading, w, matches) for w in _near_words(run, index)
        ):
            return label
    return ""


def _near_words(run: Sequence[Word], index: int) -> list[Word]:
    """The words before a head that can make a name of it, without those before a small word."""
    near: list[Word] = []
    for word in reversed(run[max(0, index - 3) : index]):
        if word.folded in load_words("names_en", "joints") or word.folded == "s":
            break
        near.append(word)
    return near


def _is_proper(reading: Reading, word: Word, matches: Sequence[Match]) -> bool:
    """Whether a word is part of a proper name, not a common word with a capital."""
    written = reading.body[word.start : word.end]
    if not is_capitalised(written):
        return False
    return (
        not reading.is_word(word.folded)
        or word.folded in load_words("names_en", "name_makers")
        or (len(written) > 1 and written.isupper() and len(written) < 5)
        or any(m.start <= word.start and word.end <= m.end for m in _near(matches, word))
    )


def _near(matches: Sequence[Match], word: Word) -> list[Match]:
    low, high = 0, len(matches)
    while low < high:
        middle = (low + high) // 2
        if matches[middle].end <= word.start:
            low = middle + 1
        else:
            high = middle
    return [m for m in matches[low : low + 2] if m.start < word.end]


def _beginning(reading: Reading, run: Sequence[Word], index: int, matches: Sequence[Match]) -> int:
    """Where the name that ends at a place of the run begins."""
    body = reading.body
    begin = index
    leads = load_words("names_en", "leads")
    for at in range(index - 1, max(-1, index - _LONGEST), -1):
        word = run[at]
        written = body[word.start : word.end]
        gap = body[word.end : run[at + 1].start]
        if word.folded == "s" and written == "s":
            if at == 0 or run[at - 1].folded not in _OWNERS:
                break
            continue
        if gap in ("' ", "’ ") and word.folded not in {"veterans", "workers", "teachers"}:
            break
        if not is_capitalised(written):
            if word.folded in ("and", "for", "of", "the") and _may_join(
                reading, run, at, index, matches
            ):
                continue
            break
        if word.folded in leads and not (written.isupper() and len(written) > 1):
            break
        begin = at
    return _with_number(reading, run, begin)


def _with_number(reading: Reading, run: Sequence[Word], begin: int) -> int:
    """Takes in the number of a unit or court: `9th Circuit Court`, `3rd Brigade`."""
    if begin > 0 and ORDINAL.fullmatch(run[begin - 1].folded):
        return begin - 1
    return begin


def _may_join(
    reading: Reading, run: Sequence[Word], at: int, index: int, matches: Sequence[Match]
) -> bool:
    """Whether what stands before a small word belongs to the name after it."""
    if at == 0:
        return False
    word, before = run[at], run[at - 1]
    if run[index].folded in _ENDS_FIRM and word.folded != "of":
        return False
    if word.folded in ("of", "for", "the"):
        # "President of the Exampleton Group": an office before, unless a head stands there.
        return before.folded in load_words("names_en", "heads_with_of") or (
            before.folded in load_words("names_en", "organisation_tails")
        )
    proper = _is_proper(reading, before, matches)
    return not proper and reading.is_word(run[at + 1].folded)


def _named(reading: Reading, start: int, end: int, label: str, matches: Sequence[Match]) -> Named:
    """The name, with the country of a place or demonym within it."""
    inside = [m for m in matches if start <= m.start and m.end <= end and not m.weak]
    countries = [m.entries[0].country for m in inside if m.entries[0].type != "PERSON"]
    end = _with_stop(reading.body, end)
    return Named(start, end, reading.body[start:end], label, country=(countries or [""])[0])


def _with_stop(body: str, end: int) -> int:
    """Takes in the full stop of `Ltd.` and `Inc.` where the sentence goes on."""
    firm = _FIRM.search(body, max(0, end - 5), end)
    return end + 1 if firm and _GOES_ON.match(body, end) else end


def _with_of(
    reading: Reading, run: Sequence[Word], matches: Sequence[Match], found: Sequence[Named]
) -> list[Named]:
    """`Bank of Ghana`, `Department of Health`: a head, "of" and the rest of the run."""
    names: list[Named] = []
    heads = load_words("names_en", "heads_with_of")
    for at in range(len(run) - 2):
        head = run[at]
        if head.folded not in heads or run[at + 1].folded != "of" or not _is_tall(reading, head):
            continue
        end = at + 2
        while end < len(run) and _stays(reading, run, end):
            end += 1
        while not _is_tall(reading, run[end - 1]):
            end -= 1
        if end < at + 3:
            continue
        start = next((n.start for n in found if n.end == head.end), head.start)
        names.append(_named(reading, start, run[end - 1].end, "ORG", matches))
    return names


def _is_tall(reading: Reading, word: Word) -> bool:
    return is_capitalised(reading.body[word.start : word.end])


def _stays(reading: Reading, run: Sequence[Word], at: int) -> bool:
    word = run[at]
    written = reading.body[word.start : word.end]
    if _POSSESSIVE.search(reading.body[run[at - 1].end : word.start]):
        return False
    if word.folded == "s" and written == "s":
        return False
    if word.folded == "and":
        after = run[at + 1].folded if at + 1 < len(run) else ""
        return reading.is_word(after) and after not in load_words("first_names", "names")
    return word.folded in ("of", "for", "the") or _is_tall(reading, word)
