"""Cues: the verb or phrase that says who speaks, beside a quotation or inside it."""

import re
from typing import NamedTuple

from pipeline.tagging.quote_lexicon import QuoteLexicon

_TOKEN = re.compile(
    r"(?:MM?|Mrs?|Ms|Dr|Pr|Me|Mgr|Gen|Sen|St)\.(?=\s)|[^\W_]+(?:-[^\W_]+)*['’]?|[^\w\s]"
)
_INVERTED = re.compile(r"^([^\W\d_]+)(?:-t)?-(il|elle|on|ils|elles|je|nous)$")
# How far an adverbial may push verb and mark apart ("a, par ailleurs, de son côté, ajouté").
_NEAR = 7
_AUXILIARY_REACH = 6
_OPENS_CLAUSE = frozenset(',;:–—-(.«"“…!?')


class Token(NamedTuple):
    """A word or a mark of punctuation.

    Attributes:
        start: First code point.
        end: One past the last.
        lower: In lower case, with straight apostrophes.
        name: True if it begins with a capital.
    """

    start: int
    end: int
    lower: str
    name: bool = False


class Cue(NamedTuple):
    """A cue.

    Attributes:
        start: First code point.
        end: One past the last.
        kind: `inverted` ("a-t-il dit"), `verb`, `gerund` or `preposition` ("selon").
        pronoun: The pronoun of an inverted verb; else empty.
    """

    start: int
    end: int
    kind: str
    pronoun: str = ""


def tokenize(body: str, start: int, end: int) -> list[Token]:
    """Words and punctuation of a part of the body."""
    return [
        Token(m.start(), m.end(), m.group().lower().replace("’", "'"), m.group()[0].isupper())
        for m in _TOKEN.finditer(body, start, end)
    ]


def find_cues(tokens: list[Token], lexicon: QuoteLexicon) -> list[Cue]:
    """Finds every cue among the tokens, in text order."""
    cues: list[Cue] = []
    place = 0
    while place < len(tokens):
        last, kind, pronoun = _cue_at(tokens, place, lexicon)
        if kind:
            first = place - 1 if place and tokens[place - 1].lower in _REFLEXIVES else place
            cues.append(Cue(tokens[first].start, tokens[last].end, kind, pronoun))
            place = last
        place += 1
    return cues


def _cue_at(tokens: list[Token], place: int, lexicon: QuoteLexicon) -> tuple[int, str, str]:
    word = tokens[place].lower
    inverted = _INVERTED.match(word) if "-" in word else None
    if inverted is not None:
        head, pronoun = inverted.groups()
        before = tokens[place - 1].lower if place else ""
        if head in _REFLEXIVE_ONLY and before not in _REFLEXIVES:
            return place, "", ""  # "est-il écrit"
        if head in lexicon.auxiliaries:
            last = _participle(tokens, place, lexicon)
            return (last, "inverted", pronoun) if last > place else (place, "", "")
        return (place, "inverted", pronoun) if head in lexicon.finite_cues else (place, "", "")
    for phrase in lexicon.prepositional.get(word, ()):
        if tuple(t.lower for t in tokens[place : place + len(phrase)]) == phrase:
            if phrase in _CLAUSE_INITIAL and not _introduces(tokens, place, lexicon):
                continue
            return place + len(phrase) - 1, "preposition", ""
    before = tokens[place - 1].lower if place else ""
    if word in lexicon.auxiliaries and before not in lexicon.determiners:
        if word in _REFLEXIVE_ONLY and before not in _REFLEXIVES:
            return place, "", ""
        last = _participle(tokens, place, lexicon)
        if last > place:
            return last, "verb", ""
    if lexicon.language == "en" and _is_surname(tokens, place):
        return place, "", ""  # `Mr Read replied`
    if word in lexicon.finite_cues and (
        before not in lexicon.determiners or before in lexicon.clitics
    ):
        following = tokens[place + 1].lower if place + 1 < len(tokens) else ""
        if following.startswith("t-"):  # "lance t-elle", as it is often misspelt
            return place + 1, "inverted", following[2:]
        return place, "verb", ""
    if word in lexicon.participle_cues and word.endswith(("ant", "ing")):
        return place, "gerund", ""
    return place, "", ""


def _is_surname(tokens: list[Token], place: int) -> bool:
    """Whether a word has a capital though no clause begins with it."""
    return tokens[place].name and place > 0 and tokens[place - 1].lower not in _OPENS_CLAUSE


_REFLEXIVES = frozenset(("s'", "se"))
# These introduce a speaker only at the beginning of a clause.
_CLAUSE_INITIAL = frozenset((("pour",), ("as",)))
# With these auxiliaries a cue verb is reflexive, or else passive and no cue.
_REFLEXIVE_ONLY = frozenset("est sont était étaient".split())


def _introduces(tokens: list[Token], place: int, lexicon: QuoteLexicon) -> bool:
    """True for "Pour le maire, …", not for "pour relancer" or "pour lequel"."""
    if (
        place > 1
        or (place == 1 and tokens[0].lower not in _OPENS_CLAUSE)
        or place + 1 >= len(tokens)
    ):
        return False
    following = tokens[place + 1].lower
    return following in lexicon.determiners or tokens[place + 1].name


def _participle(tokens: list[Token], place: int, lexicon: QuoteLexicon) -> int:
    """Place of the participle that goes with the auxiliary at `place`; `place` itself if none."""
    for at in range(place + 1, min(len(tokens), place + 1 + _AUXILIARY_REACH)):
        word = tokens[at].lower
        if word in lexicon.participle_cues and not word.endswith(("ant", "ing")):
            return at
        adverb = word in lexicon.adverbs or word.endswith(("ment", "ly")) or word in (",", "-")
        if not adverb:
            break
    return place


def unknown_cue(tokens: list[Token], lexicon: QuoteLexicon) -> Cue | None:
    """A verb that no list holds, right behind quotation and comma ("…", philosophait X)."""
    if len(tokens) < 3 or tokens[0].lower != "," or lexicon.language != "fr":
        return None
    first = 2 if tokens[1].lower in _REFLEXIVES else 1
    word = tokens[first].lower
    function_word = (
        word in lexicon.determiners
        or word in lexicon.complements
        or word in lexicon.adverbs
        or word in lexicon.np_stops
        or word in lexicon.pronouns
    )
    if tokens[first].name or function_word or _FRENCH_VERB.match(word) is None:
        return None
    return Cue(tokens[1].start, tokens[first].end, "unknown")


_FRENCH_VERB = re.compile(r"\w{2,}(?:[^é]e|ent|ait|aient)$")


def is_adverbial(tokens: list[Token], lexicon: QuoteLexicon) -> bool:
    """True if nothing but adverbs, pronoun objects and commas stands among the tokens."""
    return len(tokens) <= _NEAR and all(
        t.lower in lexicon.adverbs
        or t.lower in lexicon.clitics
        or t.lower in ",–—-"
        or t.lower.endswith(("ment", "ly"))
        for t in tokens
    )
