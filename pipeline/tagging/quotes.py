"""Direct quotations with their speakers, in French and English: rules over punctuation and words.

The reading: text between quotation marks is a direct quotation if it is a whole sentence or a
finite clause; single words, fragments, titles and names are none. The speaker is whom the cue
names: a verb of saying behind the quotation ("…", a déclaré X), in front of it (X a déclaré : "…"),
inside it (« …, explique X, … »), a preposition (selon X), a pronoun (a-t-il ajouté), a role (le
ministre américain); without a cue, whoever spoke last.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.records import Entity, Quote
from pipeline.tagging.quote_cast import Cast, Speaker
from pipeline.tagging.quote_cue import Cue, Token, find_cues, is_adverbial, tokenize, unknown_cue
from pipeline.tagging.quote_kind import is_direct
from pipeline.tagging.quote_lexicon import QuoteLexicon, load_quote_lexicon
from pipeline.tagging.quote_marks import Marked, find_dialogue, find_marked
from pipeline.tagging.quote_speaker import SpeakerFinder

_REACH = 320
_SENTENCE_END = re.compile(
    r"(?<!\bM)(?<!\bMM)(?<!\bMr)(?<!\bDr)(?<!\bMs)(?<!\b[A-Z])[.!?…]+(?=\s|[A-Z\"«“À-Þ]|$)|\n"
)
_WORK = re.compile(r" ?\((?:19|20)\d\d")
# Between two quotations of one speaker there is no more than a cue clause and a short sentence.
_SAME_SPEAKER_REACH = 400


class _Context(NamedTuple):
    """What surrounds one quotation: the rest of its sentence on either side."""

    before_start: int
    after_end: int
    own_sentence: bool
    after_colon: bool


class _Attribution(NamedTuple):
    cue: Cue | None
    speaker: Speaker


def find_quotes(body: str, language: str, entities: Sequence[Entity]) -> tuple[Quote, ...]:
    """Finds direct quotations and who speaks.

    Args:
        body: The clean text.
        language: ISO 639-1; languages other than `fr` are read with the English rules.
        entities: The article's entities; their mentions name the speakers.

    Returns:
        Quotes in text order, never overlapping; a quotation over several paragraphs gives one a
        paragraph.
    """
    lexicon = load_quote_lexicon(language)
    marked = find_marked(body)
    finder = SpeakerFinder(body, Cast(body, entities, marked, lexicon), lexicon)
    quotes: list[Quote] = []
    last = Speaker()
    last_end = -1
    for index, piece in enumerate(marked):
        text = body[piece.start : piece.end]
        if piece.continues and quotes and quotes[-1].end >= marked[index - 1].start:
            quotes.append(_quote(body, piece, last, ""))
            last_end = piece.close_at
            continue
        context = _context(body, marked, index)
        known = last if 0 <= piece.open_at - last_end <= _SAME_SPEAKER_REACH else None
        found = _attribute(body, piece, context, finder, lexicon, known)
        if _is_title(body, piece) or not is_direct(
            text,
            lexicon,
            cued=found.cue is not None,
            own_sentence=context.own_sentence,
            after_colon=context.after_colon,
        ):
            continue
        speaker = found.speaker
        if not speaker.known:
            speaker = known or finder.latest_person(piece.open_at, reach=_SAME_SPEAKER_REACH)
        cue = body[found.cue.start : found.cue.end] if found.cue else ""
        quotes.append(_quote(body, piece, speaker, cue))
        last, last_end = speaker, piece.close_at
    return _with_dialogue(body, quotes, finder, lexicon)


def _quote(body: str, piece: Marked, speaker: Speaker, cue: str) -> Quote:
    text = body[piece.start : piece.end]
    return Quote(piece.start, piece.end, text, speaker.entity_id, speaker.name, cue)


def _is_title(body: str, piece: Marked) -> bool:
    """A subhead between dashes (- "Changer d'air" -), or a work with its year ("…" (1996))."""
    before = body[max(0, piece.open_at - 2) : piece.open_at]
    after = body[piece.close_at : piece.close_at + 7]
    return (before.strip() == after[:2].strip() == "-") or _WORK.match(after) is not None


def _context(body: str, marked: Sequence[Marked], index: int) -> _Context:
    piece = marked[index]
    floor = marked[index - 1].close_at if index else 0
    floor = max(floor, piece.open_at - _REACH)
    start = floor
    introduced = body[floor : piece.open_at].rstrip()
    # A colon holds its line and the quotation in the next one together.
    limit = floor + len(introduced) if introduced.endswith(":") else piece.open_at
    for end in _SENTENCE_END.finditer(body, floor, limit):
        start = end.end()
    ceiling = marked[index + 1].open_at if index + 1 < len(marked) else len(body)
    ceiling = min(ceiling, piece.close_at + _REACH)
    stop = _SENTENCE_END.search(body, piece.close_at, ceiling)
    before = body[start : piece.open_at].strip()
    closed_before = body[floor:start].strip() or not index or body[floor - 1 : floor] == "\n"
    own = not before and bool(closed_before or body[piece.start - 2 : piece.start - 1] in "\n")
    if not before and not closed_before:
        # Right behind another quotation: a sentence of its own if that one ended.
        own = body[marked[index - 1].end - 1] in ".!?…"
    return _Context(
        start, ceiling if stop is None else stop.end(), own, before.endswith((":", "-", "–", "—"))
    )


def _attribute(
    body: str,
    piece: Marked,
    context: _Context,
    finder: SpeakerFinder,
    lexicon: QuoteLexicon,
    last: Speaker | None,
) -> _Attribution:
    """Looks for a cue behind, in front, inside: the first that gives one wins."""
    for found in (
        _from_after(body, piece.close_at, context.after_end, finder, lexicon, last),
        _from_before(body, context, piece, finder, lexicon, last),
        _from_inside(body, piece, finder, lexicon, last),
    ):
        if found is not None:
            return found
    return _Attribution(None, Speaker())


def _from_after(
    body: str,
    start: int,
    end: int,
    finder: SpeakerFinder,
    lexicon: QuoteLexicon,
    last: Speaker | None,
) -> _Attribution | None:
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
            return _Attribution(cue, finder.by_pronoun(cue.pronoun, start, last))
        if cue.kind == "preposition" and len(lead) <= 2:
            return _Attribution(cue, finder.after(cue.end, end, last))
        if cue.kind != "verb":
            continue
        if is_adverbial(lead, lexicon):
            return _Attribution(cue, finder.after(cue.end, end, last))
        if _is_subject(lead, lexicon):
            pronoun = next((t.lower for t in lead if t.lower in lexicon.pronouns), "")
            if pronoun and len(lead) <= 3:
                return _Attribution(cue, finder.by_pronoun(pronoun, start, last))
            return _Attribution(cue, finder.before(start, cue.start, last))
        break
    unknown = unknown_cue(tokens, lexicon)
    if unknown is not None:
        speaker = finder.after(unknown.end, end, last)
        if speaker.entity_id:
            return _Attribution(unknown, speaker)
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
    context: _Context,
    piece: Marked,
    finder: SpeakerFinder,
    lexicon: QuoteLexicon,
    last: Speaker | None,
) -> _Attribution | None:
    tokens = tokenize(body, context.before_start, piece.open_at)
    if not tokens:
        return None
    for cue in reversed(find_cues(tokens, lexicon)):
        if cue.kind == "inverted":
            return _Attribution(cue, finder.by_pronoun(cue.pronoun, cue.start, last))
        if cue.kind == "preposition":
            return _Attribution(cue, finder.after(cue.end, piece.open_at, last))
        speaker = finder.before(context.before_start, cue.start, last)
        if not speaker.known:
            speaker = finder.after(cue.end, piece.open_at, last)
        return _Attribution(cue, speaker)
    if context.after_colon:
        speaker = finder.before(context.before_start, tokens[-1].start, last)
        if speaker.entity_id:
            return _Attribution(None, speaker)
    return None


def _from_inside(
    body: str, piece: Marked, finder: SpeakerFinder, lexicon: QuoteLexicon, last: Speaker | None
) -> _Attribution | None:
    """A cue clause that stands inside the marks, between commas: « …, explique X, … »."""
    for comma in re.finditer(r"[,?!…][ \u00a0]", body[piece.start : piece.end]):
        start = piece.start + comma.end()
        tokens = tokenize(body, start, min(piece.end, start + 120))[:12]
        cues = find_cues(tokens[:8], lexicon)
        if not cues or cues[0].start != tokens[0].start:
            continue
        cue = cues[0]
        if cue.kind == "inverted":
            return _Attribution(cue, finder.by_pronoun(cue.pronoun, piece.open_at, last))
        speaker = finder.after(cue.end, tokens[-1].end, last, quoted=True)
        if cue.kind == "verb" and speaker.known:
            return _Attribution(cue, speaker)
    return None


def _with_dialogue(
    body: str, quotes: list[Quote], finder: SpeakerFinder, lexicon: QuoteLexicon
) -> tuple[Quote, ...]:
    """Adds lines that open with a dash and hold a cue clause."""
    for line in find_dialogue(body):
        if any(q.start < line.end and line.start < q.end for q in quotes):
            continue
        found = _from_inside(body, line, finder, lexicon, None)
        if found is not None and found.cue is not None:
            quotes.append(_quote(body, line, found.speaker, body[found.cue.start : found.cue.end]))
    return tuple(sorted(quotes))
