"""The entities and quotations of an article in a terminal."""

from rich.console import Console

from pipeline.explain.stored import StoredArticle
from pipeline.report.lines import cut, number, print_heading, print_line

_QUOTE = 200
_MENTIONS = 6


def print_tags(console: Console, stored: StoredArticle) -> None:
    """Prints the entities of an article with their mentions, and its quotations.

    Args:
        console: Where to.
        stored: The article.
    """
    tags = stored.tags
    print_heading(console, f"Entities: {len(tags.entities)}")
    for entity in tags.entities:
        country = f", {entity.country}" if entity.country else ""
        print_line(console, "")
        print_line(console, f"  {entity.name}", "bold")
        print_line(console, f"    {entity.entity_id}, {entity.type}{country}", "dim")
        said = [
            f"“{mention.text}”"
            + (f" ({mention.kind})" if mention.kind != "name" else "")
            + (" (its government)" if mention.metonym else "")
            for mention in entity.mentions
        ]
        kept = list(dict.fromkeys(said))
        more = f" and {len(kept) - _MENTIONS} more" if len(kept) > _MENTIONS else ""
        times = number(len(said), "mention")
        print_line(console, f"    {times}: {', '.join(kept[:_MENTIONS])}{more}")
    print_heading(console, f"Quotations: {len(tags.quotes)}")
    for quote in tags.quotes:
        speaker = quote.speaker or "nobody known"
        known = f" <{quote.speaker_id}>" if quote.speaker_id else ""
        cue = f", “{quote.cue}”" if quote.cue else ""
        print_line(console, "")
        print_line(console, f"  {speaker}{known}{cue}", "bold")
        print_line(console, f"    “{cut(quote.text, _QUOTE)}”")
