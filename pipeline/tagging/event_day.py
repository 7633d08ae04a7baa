"""When an event took place: said, told by what stands before, or about the day of the news."""

from pipeline.tagging.date_interval import parse_interval
from pipeline.tagging.event_draft import Draft

_WORDS = frozenset({"ACCUSE", "REQUEST", "REJECT", "THREATEN", "SUPPORT", "AGREE"})
# What somebody said holds for some four sentences.
_REACH = 700
# A day told holds for what follows in the paragraph, some two sentences.
_FOCUS = 250
# Title and first paragraph: a line shorter than this is no paragraph.
_TITLE = 120
_NEWS_DAYS = 7
_DAY = len("2019-12-31")
ABOUT = "~"
"""EDTF's mark of a date that is approximate."""


class EventDays:
    """The days that an article tells of, while its events are coded in order.

    Args:
        body: The clean text.
        published_edtf: The article's own date; a day counts, anything coarser dates no event.
    """

    def __init__(self, body: str, published_edtf: str) -> None:
        self._body = body
        self._published = published_edtf[:_DAY]
        self._lead = _lead_end(body)
        self._focus = ("", 0)
        self._dated: list[tuple[tuple[str, ...], int, str]] = []

    def date_for(self, draft: Draft, quoted: bool) -> str:
        """The date of an event: said; else, for words told as news, that of their speaker.

        What somebody says is dated by what they said or did just before, else by the day of the
        article where that is known. A deed is dated by the day that the sentences before tell of,
        else about (`~`, EDTF level 1) by a day that its sentence names for something else, or by
        the day of the article where it is the article's news.

        Args:
            draft: The event.
            quoted: It stands in a quotation: whoever speaks tells of other days.
        """
        # A threat is made today, whatever it says of tomorrow.
        told = draft.status == "actual" or (draft.type, draft.status) == ("THREATEN", "future")
        words = draft.type in _WORDS and draft.recent and told
        if draft.date_edtf or not words:
            return draft.date_edtf or self._day_in_focus(draft) or self._about(draft, quoted)
        for actor, start, date in reversed(self._dated):
            if draft.start - start > _REACH:
                break
            if set(actor) & set(draft.actor.entity_ids):
                return date
        return self._published if len(self._published) == _DAY else ""

    def remember(self, draft: Draft) -> None:
        """Keeps the day of an event, for those that follow."""
        if draft.recent and draft.status == "actual" and len(draft.date_edtf) == _DAY:
            self._focus = draft.date_edtf, draft.end
        if draft.date_edtf and draft.actor.entity_ids:
            self._dated.append((draft.actor.entity_ids, draft.start, draft.date_edtf))

    def _day_in_focus(self, draft: Draft) -> str:
        """The day that the sentences just before tell of, for a deed told on in the same tense."""
        day, end = self._focus
        near = 0 <= draft.start - end <= _FOCUS and "\n" not in self._body[end : draft.start]
        told_on = draft.trigger.part == "verb" and draft.recent and draft.status == "actual"
        return day if near and told_on and not draft.anaphoric else ""

    def _about(self, draft: Draft, quoted: bool) -> str:
        """About when a deed took place that no words date: news is told on its day."""
        if draft.status != "actual" or draft.anaphoric or quoted:
            return ""
        news = draft.start < self._lead or (draft.trigger.part == "verb" and draft.recent)
        day = draft.day_near or (self._published if news else "")
        return f"{day}{ABOUT}" if self._is_news(day) else ""

    def _is_news(self, day: str) -> bool:
        """Whether a day is one, and no older than news: "depuis le début de la guerre, le …"."""
        told, published = parse_interval(day), parse_interval(self._published)
        if told is None or not told.is_day:
            return False
        return published is None or (published.last - told.first).days <= _NEWS_DAYS


def _lead_end(body: str) -> int:
    """Where the first paragraph ends, with the short lines of titles before it."""
    end = 0
    for line in body.splitlines(keepends=True):
        end += len(line)
        if len(line) > _TITLE:
            break
    return end
