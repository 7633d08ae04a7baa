"""Whole sentences and finite clauses, told from fragments, scare quotes, titles and names."""

import itertools
import re

from pipeline.tagging.quote_lexicon import QuoteLexicon

_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*['’]?")
_ELISION = re.compile(r"^(?:[cdjlmnst]|qu|lorsqu|puisqu|jusqu)['’](?=\w)", re.IGNORECASE)
_INVERSION = re.compile(r"-(?:t-)?(?:il|elle|on|ils|elles|je|tu|nous|vous|ce)$")
_TERMINAL = re.compile(r"[.!?…][)\]\s]*$")
# Words from which on a fragment without any verb known to us is taken for a clause, if it also
# stands as a sentence of its own.
_LONG = 6


def words_of(text: str) -> list[str]:
    """Lower-case words with elided articles and pronouns cut off: "j'ai" gives "j'", "ai"."""
    words: list[str] = []
    for match in _WORD.finditer(text):
        word = match.group().lower().replace("’", "'")
        elided = _ELISION.match(word)
        if elided is not None:
            words.append(elided.group())
            word = word[elided.end() :]
        words.append(word)
    return words


def is_finite(words: list[str], lexicon: QuoteLexicon) -> bool:
    """True if a finite verb of the main clause, with a subject in front, is among the words."""
    for place, word in enumerate(words):
        if word in _RELATIVES and place > 0 and not _CLAUSE_PRONOUNS & set(words[:place]):
            # "les actes qu'il a commis": a noun with a relative clause; its verbs don't count.
            return _is_main_behind(words[place + 1 :], lexicon)
        head = _INVERSION.sub("", word)
        if head != word and lexicon.language == "fr":
            return True
        before = words[place - 1] if place else ""
        if _is_verb(word, lexicon) and before not in lexicon.determiners:
            if place > 0 or word in _CONTRACTED:
                return True
        elif (before, word[-2:]) in _AGREEING:
            return True
    return any(word in _CLAUSE_PRONOUNS for word in words[:-1])


def _is_main_behind(words: list[str], lexicon: QuoteLexicon) -> bool:
    """True if, behind a relative clause, a second finite verb follows: the main clause's."""
    verbs = [
        place
        for place, word in enumerate(words)
        if _is_verb(word, lexicon) and (not place or words[place - 1] not in lexicon.determiners)
    ]
    return sum(later - earlier > 2 for earlier, later in itertools.pairwise(verbs)) > 0


_RELATIVES = frozenset("qui dont où laquelle lequel lesquels que qu' which who whom whose".split())
# What opens with one of these goes on with a sentence that began outside the marks.
_HEADLESS = frozenset("que qu' qui dont n' ne that who which to".split())
_INFINITIVE = re.compile(r"\w{2,}(?:er|ir|oir|re)$")
# A verb follows these, whether or not we know it.
_CLAUSE_PRONOUNS = frozenset("je j' ils i we he she they".split())
_AGREEING = frozenset((("nous", "ns"), ("vous", "ez")))
_CONTRACTED = frozenset(
    "i'm we're they're you're it's that's there's i've we've i'll we'll".split()
)


def _is_verb(word: str, lexicon: QuoteLexicon) -> bool:
    return word in lexicon.finite or lexicon.endings.match(word) is not None


def is_direct(
    text: str, lexicon: QuoteLexicon, *, cued: bool, own_sentence: bool, after_colon: bool
) -> bool:
    """Tells a direct quotation from what else stands between quotation marks.

    Args:
        text: What stands between the marks.
        lexicon: The language's words.
        cued: A cue verb that belongs to it stands right beside it.
        own_sentence: It begins where a sentence begins.
        after_colon: A colon stands in front of it.
    """
    words = words_of(text[:600])
    if len(words) < 2:
        return cued and own_sentence and bool(_TERMINAL.search(text)) and bool(words)
    capital = text[:1].isupper() or not text[:1].isalpha()
    terminal = _TERMINAL.search(text) is not None
    finite = is_finite(words, lexicon)
    whole = capital and (own_sentence or after_colon)
    if not capital and words[0] in lexicon.subordinators and not (finite and len(words) > _LONG):
        return False
    if finite:
        if not capital and (
            len(words) < 3
            or _is_verb(words[0], lexicon)
            or words[0] in _HEADLESS
            or (lexicon.language == "fr" and _INFINITIVE.match(words[0]) is not None)
        ):
            return False  # "doit rester": its subject stands outside
        if whole or cued or after_colon:
            return True
        return len(words) >= _LONG or (capital and terminal and len(words) > 2)
    if not capital:
        return False
    if cued and own_sentence:
        return len(words) > 2 or terminal
    if after_colon or (own_sentence and terminal):
        return len(words) >= _LONG or (terminal and (cued or len(words) > 3))
    return whole and len(words) >= 2 * _LONG
