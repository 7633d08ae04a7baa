"""Finds the article in the text of a whole page that lost its tags.

Menus, teasers, comments and footers stand around it as lines. What tells them apart is how lines
follow one another: an article is a stretch of lines that are sentences, the rest is short lines
with single sentences among them. The stretch with the highest sum of scores is the article
(maximum subarray), where a line of prose counts its words and a short line costs some. Figures and
how they were chosen: docs/decisions/0029.
"""

import functools
import re

from pipeline.text import titles
from pipeline.text.boilerplate import is_menu_word, phrase_reason
from pipeline.text.lexicon import fold, load_lexicon
from pipeline.text.page import Page
from pipeline.text.paragraphs import words_in

_LEAST_LINES = 15
_LEAST_SHORT = 10
_MENU_WORDS = 3
_TITLE_WORTH = 2
_MANY_SHORT = 30

_PROSE_WORDS = 12
_SENTENCE_WORDS = 5
_SHORT_COST = 5.0
_UNFINISHED = 0.1
_BRIEF = 0.5
_ALONE = 0.4
_END_COST = 40.0
_TITLE_GAIN = 30.0
_TITLE_REACH = 15
_RUN = 3
"""So many short lines one after the other are no part of an article."""

_ENDS_SENTENCE = re.compile(r"[.!?…。！？][»”\"')\]’\s]*$")
_IDEOGRAPHS = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_TRIM = " .!?:;,|>»›•·-–—*[]()→▶►…0123456789"


def around_article(page: Page, headline: str, titled: bool) -> list[int]:
    """The units that stand around the article; none where the text is no whole page.

    A text is a whole page if it has a number of short lines, and some of them are entries of menus,
    calls to share and the like, or the title of a page stood above them; or if most of its lines
    are short, and not figures (results, prices).

    Args:
        page: The text; nothing is cut.
        headline: The title, where it is known; empty if not.
        titled: True if the first line was the title of a page, with the site's name.
    """
    if len(page.units) < _LEAST_LINES:
        return []
    texts = [page.text(unit) for unit in page.units]
    scores = [_score(text) for text in texts]
    if not _is_whole_page(texts, scores, titled):
        return []
    start, end = _densest(_weighed(texts, scores, headline))
    if start == end:
        return []
    cut = [*range(start), *range(end, len(texts))]
    run: list[int] = []
    for index in range(start, end + 1):
        if index < end and scores[index] < 0:
            run.append(index)
            continue
        if len(run) >= _RUN:
            cut += run
        run = []
    return sorted(cut)


def _score(text: str) -> float:
    """Words of prose, or what a line costs that is none."""
    words = words_in(text)
    if not text.isascii() and (written := len(_IDEOGRAPHS.findall(text))) >= words:
        words = max(words, written // 2)
    ends = _ENDS_SENTENCE.search(text[-12:]) is not None
    if ends and words >= _PROSE_WORDS:
        return float(words)
    if words >= 2 * _PROSE_WORDS:
        return _UNFINISHED * words
    if ends and words >= _SENTENCE_WORDS:
        return _BRIEF * words
    return -_SHORT_COST


def _is_whole_page(texts: list[str], scores: list[float], titled: bool) -> bool:
    short = [text for text, score in zip(texts, scores, strict=True) if score < 0]
    if len(short) < _LEAST_SHORT or len(short) == len(texts):
        return False
    known = _TITLE_WORTH if titled else 0
    for text in short[:500]:
        known += is_menu_word(text) or (len(text) <= 80 and bool(phrase_reason(text)))
        if known >= _MENU_WORDS:
            return True
    wordy = sum(not any(map(str.isdigit, text)) for text in short)
    return len(short) >= max(_MANY_SHORT, 0.5 * len(texts)) and wordy >= 0.6 * len(short)


def _weighed(texts: list[str], scores: list[float], headline: str) -> list[float]:
    """The scores, after looking at what stands beside each line."""
    weighed = list(scores)
    last = len(scores) - 1
    for index, score in enumerate(scores):
        before = index > 0 and scores[index - 1] > 0
        after = index < last and scores[index + 1] > 0
        if score > 0 and not before and not after:
            weighed[index] *= _ALONE  # a teaser, a comment
        elif score < 0 and _ends_article(texts[index]):
            weighed[index] -= _END_COST
    if headline:
        for place, text in enumerate(texts):
            if titles.same(text, headline):
                for index in range(place + 1, min(place + _TITLE_REACH, last + 1)):
                    if scores[index] > 0:
                        weighed[index] += _TITLE_GAIN
                        break
    return weighed


def _densest(scores: list[float]) -> tuple[int, int]:
    """The stretch with the highest sum, the first of equal ones (Kadane's algorithm)."""
    best = total = 0.0
    found = (0, 0)
    start = 0
    for index, score in enumerate(scores):
        if total <= 0:
            total, start = 0.0, index
        total += score
        if total > best:
            best, found = total, (start, index + 1)
    return found


def _ends_article(text: str) -> bool:
    """Whether this line is the heading of what sites put below their articles."""
    if len(text) > 60:
        return False
    folded = fold(text).strip(_TRIM)
    whole, opens = _endings()
    return folded in whole or folded.startswith(opens)


@functools.cache
def _endings() -> tuple[frozenset[str], tuple[str, ...]]:
    entry = load_lexicon("boilerplate")["below"]
    return frozenset(entry["whole"]), tuple(entry["opens"])
