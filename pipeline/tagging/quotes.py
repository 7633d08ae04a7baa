"""Direct quotations with their speakers, in French and English: rules over punctuation and words.

The reading: text between quotation marks is a direct quotation if it is a whole sentence or a
finite clause; single words, fragments, titles and names are none. The speaker is whom the cue
names: a verb of saying behind the quotation ("…", a déclaré X), in front of it (X a déclaré : "…"),
inside it (« …, explique X, … »), a preposition (selon X), a pronoun (a-t-il ajouté), a role (le
ministre américain); without a cue, whoever spoke last.
"""

import re
from collections.abc import Sequence

from pipeline.records import Entity, Quote
from pipeline.tagging.quote_attribution import (
    SENTENCE_END,
    attribute,
    context_of,
    from_inside,
)
from pipeline.tagging.quote_cast import Cast, Speaker
from pipeline.tagging.quote_kind import is_direct
from pipeline.tagging.quote_lexicon import QuoteLexicon, load_quote_lexicon
from pipeline.tagging.quote_marks import Marked, find_dialogue, find_marked
from pipeline.tagging.quote_speaker import SpeakerFinder

_WORK = re.compile(r" ?\((?:19|20)\d\d")
# Between two quotations of one speaker there is no more than a cue clause and a short sentence.
_SAME_SPEAKER_REACH = 400


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
        context = context_of(body, marked, index)
        known = last if 0 <= piece.open_at - last_end <= _SAME_SPEAKER_REACH else None
        turn = _end_of_sentence(body, last_end, piece.open_at) if known else 0
        found = attribute(body, piece, context, finder, lexicon, known)
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
            # Whoever was named since the last quotation's sentence ended has taken the floor.
            since = finder.latest_person(piece.open_at, reach=piece.open_at - turn)
            if known and context.own_sentence:
                speaker = since if since.known and since.entity_id != known.entity_id else known
            else:
                speaker = known or finder.latest_person(piece.open_at, reach=_SAME_SPEAKER_REACH)
        cue = body[found.cue.start : found.cue.end] if found.cue else ""
        quotes.append(_quote(body, piece, speaker, cue))
        last, last_end = speaker, piece.close_at
    return _with_dialogue(body, quotes, finder, lexicon)


def _end_of_sentence(body: str, start: int, limit: int) -> int:
    end = SENTENCE_END.search(body, start, limit)
    return limit if end is None else end.end()


def _quote(body: str, piece: Marked, speaker: Speaker, cue: str) -> Quote:
    text = body[piece.start : piece.end]
    return Quote(piece.start, piece.end, text, speaker.entity_id, speaker.name, cue)


def _is_title(body: str, piece: Marked) -> bool:
    """A subhead between dashes (- "Changer d'air" -), or a work with its year ("…" (1996))."""
    before = body[max(0, piece.open_at - 2) : piece.open_at]
    after = body[piece.close_at : piece.close_at + 7]
    return (before.strip() == after[:2].strip() == "-") or _WORK.match(after) is not None


def _with_dialogue(
    body: str, quotes: list[Quote], finder: SpeakerFinder, lexicon: QuoteLexicon
) -> tuple[Quote, ...]:
    """Adds lines that open with a dash and hold a cue clause."""
    for line in find_dialogue(body):
        if any(q.start < line.end and line.start < q.end for q in quotes):
            continue
        found = from_inside(body, line, finder, lexicon, None)
        if found is not None and found.cue is not None:
            quotes.append(_quote(body, line, found.speaker, body[found.cue.start : found.cue.end]))
    return tuple(sorted(quotes))
