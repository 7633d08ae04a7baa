"""Tables for the terminal: what a run did, what an output holds."""

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from pipeline.store.manifest import Manifest

RELATIONS = ("exact", "near_duplicate", "reprint", "partial", "quote")
_NUMBER = 9


def print_summary(console: Console, manifest: Manifest, output: str, seconds: float) -> None:
    """Prints what a run did: the ledger of its input, and what the output holds now."""
    ledger, counts = manifest.ledger, manifest.counts
    table = Table(title=None, show_header=True, header_style="bold", box=None, padding=(0, 2))
    # A width of their own: the table looks the same after a run of seconds and of hours.
    table.add_column("in this run")
    table.add_column("", justify="right", min_width=_NUMBER)
    table.add_column("in the output")
    table.add_column("", justify="right", min_width=_NUMBER)
    left = [
        ("items read", ledger.read),
        ("  new articles", ledger.articles),
        ("  new versions", ledger.versions),
        ("  withdrawn", ledger.tombstones),
        ("  already seen", ledger.already_seen),
        ("  rejects", ledger.rejects),
    ]
    right = [
        ("articles", manifest.datasets["articles"].rows),
        ("copies", manifest.datasets["copies"].rows),
        *((f"  {name}", counts.get(f"copies.{name}", 0)) for name in RELATIONS),
        ("stories", manifest.datasets["stories"].rows),
        ("mentions", counts.get("mentions", 0)),
        ("events", manifest.datasets["events"].rows),
        ("quotes", counts.get("quotes", 0)),
        ("rejects", manifest.datasets["rejects"].rows),
    ]
    left.append(("seconds", -1))
    for index in range(max(len(left), len(right))):
        name, count = left[index] if index < len(left) else ("", 0)
        text = "" if not name else f"{seconds:.1f}" if count < 0 else f"{count:,}"
        other = right[index] if index < len(right) else ("", 0)
        table.add_row(name, text, other[0], f"{other[1]:,}" if other[0] else "")
    console.print(table)
    console.print(f"written to [bold]{escape(output)}[/bold]", highlight=False)
