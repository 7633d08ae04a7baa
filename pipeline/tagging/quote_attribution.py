"""Attribution: what stands around a quotation, and whom it says to speak."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.tagging.quote_cast import Speaker
from pipeline.tagging.quote_cue import Cue, Token, find_cues, is_adverbial, tokenize, unknown_cue
from pipeline.tagging.quote_lexicon import QuoteLexicon
from pipeline.tagging.quote_marks import Marked
from pipeline.tagging.quote_speaker import SpeakerFinder

_REACH = 320
SENTENCE_END = re.compile(
    r"(?<!\bM)(?<!\bMM)(?<!\bMr)(?<!\bDr)(?<!\bMs)(?<!\b[A-Z])[.!?…]+(?=\s|[A-Z\"«“À-Þ]|$)|\n"
)


class Context(NamedTuple):
    """What surrounds one quotation.

    Attributes:
        before_start: Where its sentence begins, or the quotation before ends.
        after_end: Where its sentence ends, or the next quotation begins.
        own_sentence: True if a sentence begins with it.
        after_colon: True if a colon or dash stands in front of it.
    """

    before_start: int
    after_end: int
    own_sentence: bool
    after_colon: bool


class Attribution(NamedTuple):
    """The cue that was found, if any, and who speaks by it."""

    cue: Cue | None
    speaker: Speaker


def context_of(body: str, marked: Sequence[Marked], index: int) -> Context:
    """Finds the bounds of the sentence around `marked[index]`."""
    piece = marked[index]
    floor = marked[index - 1].close_at if index else 0
    floor = max(floor, piece.open_at - _REACH)
    start = floor
    introduced = body[floor : piece.open_at].rstrip()
    # A colon holds its line and the quotation in the next one together.
    limit = floor + len(introduced) if introduced.endswith(":") else piece.open_at
    for end in SENTENCE_END.finditer(body, floor, limit):
        start = end.end()
    ceiling = marked[index + 1].open_at if index + 1 < len(marked) else len(body)
    ceiling = min(ceiling, piece.close_at + _REACH)
    stop = SENTENCE_END.search(body, piece.close_at, ceiling)
    before = body[start : piece.open_at].strip()
    closed_before = body[floor:start].strip() or not index or body[floor - 1 : floor] == "\n"
    own = not before and bool(closed_before or body[piece.start - 2 : piece.start - 1] in "\n")
    if not before and not closed_before:
        # Right behind another quotation: a sentence of its own if that one ended.
        own = body[marked[index - 1].end - 1] in ".!?…"
    return Context(
        start, ceiling if stop is None else stop.end(), own, before.endswith((":", "-", "–", "—"))
    )


def attribute(
    body: str,
    piece: Marked,
    context: Context,
    finder: SpeakerFinder,
    lexicon: QuoteLexicon,
    last: Speaker | None,
) -> Attribution:
    """Looks for a cue behind, in front, inside: the first that gives one wins."""
    for found in (
        _from_after(body, piece.close_at, context.after_end, finder, lexicon, last),
        _from_before(body, context, piece, finder, lexicon, last),
        from_inside(body, piece, finder, lexicon, last),
    ):
        if found is not None:
            return found
    return Attribution(None, Speaker())


def _from_after(
    body: str,
    start: int,
    end: int,
    finder: SpeakerFinder,
    lexicon: QuoteLexicon,
    last: Speaker | None,
) -> Attribution | None:
    tokens = tokenize(body, start, end)
    if not tokens or tokens[0].lower in ".!?…;":
        return None
    if tokens[0].name and body[max(0, start - 4) : start].rstrip('"”»’ \u00a0').endswith(
        (".", "…")
    ):
        return None  # the quotation ended its sentence, and a new one begins
    for cue in find_cues(tokens, lexicon):
        lead = [t for t in tokens if t.end <= cue.start]
        if cue.kind == "inverted":
            if len(lead) > 4:
                return None
            return Attribution(cue, finder.by_pronoun(cue.pronoun, start, last))
        if cue.kind == "preposition" and len(lead) <= 2:
            return Attribution(cue, finder.after(cue.end, end, last))
        if cue.kind != "verb":
            continue
        if is_adverbial(lead, lexicon):
            return Attribution(cue, finder.after(cue.end, end, last))
        if _is_subject(lead, lexicon):
            pronoun = next((t.lower for t in lead if t.lower in lexicon.pronouns), "")
            if pronoun and len(lead) <= 3:
                return Attribution(cue, finder.by_pronoun(pronoun, start, last))
            return Attribution(cue, finder.before(start, cue.start, last))
        break
    unknown = unknown_cue(tokens, lexicon)
    if unknown is not None:
        speaker = finder.after(unknown.end, end, last)
        if speaker.entity_id:
            return Attribution(unknown, speaker)
    return None


def _is_subject(lead: list[Token], lexicon: QuoteLexicon) -> bool:
    """A short phrase behind a comma: ", Smith, the mayor, said"."""
    words = [t.lower for t in lead]
    if not words or (words[0] not in ",–—" and lexicon.language == "fr"):
        return False
    return len(words) <= 16 and not any(w in lexicon.links or w in _CLAUSE_LINKS for w in words)


_CLAUSE_LINKS = frozenset("que qu' alors car mais puis et but when while because although".split())


def _from_before(
    body: str,
    context: Context,
    piece: Marked,
    finder: SpeakerFinder,
    lexicon: QuoteLexicon,
    last: Speaker | None,
) -> Attribution | None:
    tokens = tokenize(body, context.before_start, piece.open_at)
    if not tokens:
        return None
    for cue in reversed(find_cues(tokens, lexicon)):
        if cue.kind == "inverted":
            return Attribution(cue, finder.by_pronoun(cue.pronoun, cue.start, last))
        if cue.kind == "preposition":
            return Attribution(cue, finder.after(cue.end, piece.open_at, last))
        speaker = finder.before(context.before_start, cue.start, last)
        if not speaker.known and cue.kind == "gerund":
            speaker = last or Speaker()
        elif not speaker.known:
            speaker = finder.after(cue.end, piece.open_at, last)
        return Attribution(cue, speaker)
    if context.after_colon:
        speaker = finder.before(context.before_start, tokens[-1].start, last)
        if speaker.entity_id:
            return Attribution(None, speaker)
    return None


def from_inside(
    body: str, piece: Marked, finder: SpeakerFinder, lexicon: QuoteLexicon, last: Speaker | None
) -> Attribution | None:
    """A cue clause that stands inside the marks, between commas: « …, explique X, … »."""
    for comma in re.finditer(r"[,?!…][ \u00a0]", body[piece.start : piece.end]):
        start = piece.start + comma.end()
        tokens = tokenize(body, start, min(piece.end, start + 120))[:12]
        cues = find_cues(tokens[:8], lexicon)
        if not cues or cues[0].start != tokens[0].start:
            continue
        cue = cues[0]
        if cue.kind == "inverted":
            return Attribution(cue, finder.by_pronoun(cue.pronoun, piece.open_at, last))
        speaker = finder.after(cue.end, tokens[-1].end, last, quoted=True)
        if cue.kind == "verb" and speaker.known:
            return Attribution(cue, speaker)
    return None
