"""Signatures: what an article is about, as some sixty weighted terms in half a kilobyte.

The weight of a word comes from how rare it is in its language at large (the frequency lists of
`wordfreq`), not in the run: so a signature depends on nothing but its article.
"""

import math
import re
import struct
from collections import Counter
from typing import NamedTuple

from pipeline.records import Article
from pipeline.stories.interval import Interval, read_interval
from pipeline.stories.names import sign_names
from pipeline.stories.weights import term_table, weigh

MAX_TERMS = 60
# Figures behind these weights: docs/decisions/0055-stories.md.
_NAME_FACTOR = 2.0
_LEAD_FACTOR = 1.4
_LEAD_WORDS = 80
# A word weighs more if it is repeated, up to five times.
_MOST_REPEATED = 5
_REPEATED = (0.0, *(1 + math.log(count) for count in range(1, _MOST_REPEATED + 1)))
# Of a signature of length one: two articles about one person are not yet one happening.
_MAX_WEIGHT = 0.3
# News tells what happened first; what a long read says after some 2,000 words is background.
_MAX_CHARACTERS = 12_000
_WORD = re.compile(r"[^\W_]{2,40}")
# The first word of a sentence, whose capital says nothing.
_FIRST_WORD = re.compile(r"[.!?:\n\"«»“”]\W*([^\W_]{2,40})")
# A publisher is no origin of copy: its own articles tell things independently.
_ORIGIN_ROLES = frozenset(("dateline", "byline", "header", "footer"))
_SENTENCE = re.compile(r".{20,}?[.!?…](?=\s|$)", re.DOTALL)
_LONGEST_HEADLINE = 200


class StoryInput(NamedTuple):
    """What the rule for stories looks at in an article: about a kilobyte.

    Attributes:
        article_id: As in `Article`.
        language: ISO 639-1.
        source: Publisher; empty if unknown.
        headline: Title, or the first sentence.
        published_at: Microseconds since the epoch, UTC; None if unknown.
        interval: When it was published, in days since the epoch.
        agencies: Whom it credits as the origin of its text, sorted; photos and mentions do not
            count.
        terms: Term hashes, little-endian uint32, by falling weight.
        weights: Their weights, little-endian float32; the squares add up to one.
        names: Hashes of names and numbers as French and English share them, like `terms`.
        name_weights: Their weights, like `weights`.
    """

    article_id: str
    language: str
    source: str
    headline: str
    published_at: int | None
    interval: Interval
    agencies: tuple[str, ...]
    terms: bytes
    weights: bytes
    names: bytes = b""
    name_weights: bytes = b""

    @classmethod
    def of(cls, article: Article) -> "StoryInput":
        """Takes from an article what the rule needs."""
        terms, weights = sign(article.headline, article.body, article.language)
        return cls(
            article.article_id,
            article.language,
            article.source,
            article.headline or first_sentence(article.body),
            article.published_at,
            read_interval(article.published_edtf),
            origin_agencies(article),
            terms,
            weights,
            *sign_names(article.headline, article.body, article.language),
        )


def origin_agencies(article: Article) -> tuple[str, ...]:
    """Whom an article credits as the origin of its text, sorted; no photos, no mentions."""
    return tuple(sorted({c.agency for c in article.credits if c.role in _ORIGIN_ROLES}))


def first_sentence(body: str) -> str:
    """The first sentence of a body, cut at a length that a table can show."""
    text = body[:2_000].strip().split("\n", 1)[0]
    match = _SENTENCE.match(text)
    text = match.group() if match is not None else text
    return text if len(text) <= _LONGEST_HEADLINE else text[: _LONGEST_HEADLINE - 1] + "…"


def sign(headline: str, body: str, language: str) -> tuple[bytes, bytes]:
    """Weighs the terms of a text.

    A term is a word without accents, cut to seven letters, or a number. Names (words with a
    capital inside a sentence) weigh double; what headline and lead say weighs more.

    Returns:
        Hashes and weights of the heaviest terms: see `StoryInput`.
    """
    table = term_table(language)
    text = f"{headline}.\n{body[:_MAX_CHARACTERS]}"
    words = _WORD.findall(text)
    lead = set(words[:_LEAD_WORDS])
    starts = Counter(_FIRST_WORD.findall(text))
    counts: dict[int, int] = {}
    names: dict[int, int] = {}
    weights: dict[int, float] = {}
    for word, count in Counter(words).items():
        lower = word.lower()
        term, weight = table.get(lower) or weigh(lower, 0.0)
        if not weight:
            continue
        if term in counts:
            counts[term] += count
        else:
            counts[term] = count
            weights[term] = 0.0
        if word != lower:
            inside = count if word.isupper() else count - starts[word]
            names[term] = names.get(term, 0) + inside
        if word in lead:
            weight *= _LEAD_FACTOR
        if weight > weights[term]:
            weights[term] = weight
    weighed = []
    for term, count in counts.items():
        weight = weights[term] * _REPEATED[min(count, _MOST_REPEATED)]
        if 2 * names.get(term, 0) >= count:
            weight *= _NAME_FACTOR
        weighed.append((-weight, term))
    weighed.sort()
    del weighed[MAX_TERMS:]
    length = _length(weighed)
    weighed = [(max(weight, -_MAX_WEIGHT * length), term) for weight, term in weighed]
    length = _length(weighed)
    return (
        struct.pack(f"<{len(weighed)}I", *(term for _, term in weighed)),
        struct.pack(f"<{len(weighed)}f", *(-weight / length for weight, _ in weighed)),
    )


def _length(weighed: list[tuple[float, int]]) -> float:
    return math.sqrt(sum(weight * weight for weight, _ in weighed)) or 1.0
