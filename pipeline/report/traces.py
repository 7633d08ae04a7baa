"""The events of an article in a terminal, with the words and the pattern each was coded from."""

from collections.abc import Iterator, Mapping, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipeline.explain.stored import StoredArticle
from pipeline.records import Count, Entity, Event
from pipeline.report.excerpts import printable
from pipeline.report.lines import print_heading, print_indented, print_line
from pipeline.report.marks import marked, needs_brackets
from pipeline.tagging.event_trace import EventTrace, MentionTrace

_SENTENCE = 600


def print_events(console: Console, stored: StoredArticle, traces: Sequence[EventTrace]) -> None:
    """Prints each event: its slots, the sentences that tell it, and the pattern that fired.

    Args:
        console: Where to.
        stored: The article.
        traces: Of its events.
    """
    print_heading(console, f"Events: {len(traces)}")
    entities = {entity.entity_id: entity for entity in stored.tags.entities}
    for trace in traces:
        event = trace.event
        print_line(console, "")
        print_line(console, f"  {' '.join(filter(None, (event.type, event.mode)))}", "bold yellow")
        _print_slots(console, dict(_slots(event, entities)))
        for mention in trace.mentions:
            _print_mention(console, stored.article.body, mention)
        if not trace.mentions:
            print_line(console, f"    “{event.trigger}”: not coded so by today's rules and models")


def _slots(event: Event, entities: Mapping[str, Entity]) -> Iterator[tuple[str, str]]:
    yield "actor", _side(event.actors, event.actor_countries, entities)
    yield "recipient", _side(event.recipients, event.recipient_countries, entities)
    yield "date", event.date_edtf
    place = _names((event.location_id,), entities) if event.location_id else ""
    yield "place", ", ".join(filter(None, (place, event.country)))
    yield "numbers", ", ".join(map(_number, event.counts))
    yield "status", event.status
    yield "said by", _names((event.attributed_by,), entities) if event.attributed_by else ""


def _side(ids: Sequence[str], countries: Sequence[str], entities: Mapping[str, Entity]) -> str:
    named = _names(ids, entities)
    if not countries:
        return named
    return f"{named} ({', '.join(countries)})" if named else f"unnamed, of {', '.join(countries)}"


def _names(ids: Sequence[str], entities: Mapping[str, Entity]) -> str:
    return ", ".join(f"{entities[i].name} <{i}>" if i in entities else f"<{i}>" for i in ids)


def _number(count: Count) -> str:
    about = "about " if count.approximate else ""
    return f"{about}{count.value:,g} {count.unit}"


def _print_slots(console: Console, slots: Mapping[str, str]) -> None:
    table = Table.grid(padding=(0, 2))
    for name, value in slots.items():
        if value:
            table.add_row(Text(f"    {name}", style="dim"), Text(printable(value)))
    console.print(table, highlight=False)


def _print_mention(console: Console, body: str, mention: MentionTrace) -> None:
    start, end = mention.sentence
    low, high = mention.event.trigger_start, mention.event.trigger_end
    brackets = needs_brackets(console)
    before = printable(body[max(start, low - _SENTENCE) : low])
    after = printable(body[high : min(end, high + _SENTENCE)])
    text = Text(before)
    text += " " if body[start:low][-1:].isspace() else ""
    text += marked(printable(body[low:high]), brackets)
    text += " " if body[high:end][:1].isspace() else ""
    text += Text(after)
    print_indented(console, text, 6)
    print_line(
        console,
        f"        {mention.part} “{mention.entry}”, {mention.strength}, args “{mention.pattern}”"
        f"{_roles(mention)}",
        "dim",
    )


def _roles(mention: MentionTrace) -> str:
    parts = [
        f"{side} from {role}"
        for side, role in (("actor", mention.actor_role), ("recipient", mention.recipient_role))
        if role
    ]
    return f": {', '.join(parts)}" if parts else ""
