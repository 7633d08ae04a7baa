"""Runs of capitalised words in English text, from which names are read."""

import re

from pipeline.tagging.lexicon import load_words
from pipeline.tagging.named import Reading
from pipeline.tagging.spelling import Word, is_capitalised

# `9th`: the number of a court or a unit.
ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)")
# Of the words of a line so many with a capital make it a headline, where capitals say nothing.
_HEADLINE_SHARE = 0.7
_HEADLINE_WORDS = 5


def run_from(reading: Reading, position: int) -> list[Word]:
    """Capitalised words in a row from a position, with small joints between them.

    Args:
        reading: The article.
        position: Of the first word among the reading's; the run is empty if it has no capital.
    """
    body, words = reading.body, reading.words
    joints = load_words("names_en", "joints")
    run: list[Word] = []
    pending: list[Word] = []
    for word in words[position:]:
        written = body[word.start : word.end]
        if run or pending:
            gap = body[(pending or run)[-1].end : word.start]
            if not _joins(gap, word, body):
                break
        if is_capitalised(written) or ORDINAL.fullmatch(written) or (run and written.isdigit()):
            run += [*pending, word]
            pending = []
        elif run and (word.folded in joints or (word.folded == "s" and written == "s")):
            pending.append(word)
            if len(pending) > 2:
                break
        else:
            break
    return run


def _joins(gap: str, word: Word, body: str) -> bool:
    if gap in (" ", "-", " & ", "&"):
        return True
    if gap in ("'", "’"):
        return word.folded == "s"
    if gap in ("' ", "’ "):
        return True
    # `St. John’s`, `U.S. Army`
    before = body[word.start - len(gap) - 2 : word.start - len(gap)]
    return gap in (". ", ".") and (before[-1:].isupper() or before in ("St", "Ft", "Mt"))


def in_headline(reading: Reading, word: Word) -> bool:
    """Whether a word stands in a line of capitals: each word may be a common one there."""
    body = reading.body
    start = body.rfind("\n", 0, word.start) + 1
    end = body.find("\n", word.start)
    line = body[start : end if end >= 0 else len(body)]
    if len(line) > 160:
        return False
    shown = [w for w in line.split() if w[:1].isalpha()]
    capitals = sum(w[0].isupper() for w in shown)
    return len(shown) >= _HEADLINE_WORDS and capitals >= _HEADLINE_SHARE * len(shown)
