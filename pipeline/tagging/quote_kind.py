"""Whole sentences and finite clauses, told from fragments, scare quotes, titles and names."""

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
    """True if a finite verb with a subject in front of it stands among the words."""
    for place, word in enumerate(words):
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
            len(words) < 3 or _is_verb(words[0], lexicon) or words[0] in ("que", "qu'", "that")
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
