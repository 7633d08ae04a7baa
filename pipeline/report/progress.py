"""The progress display: a live line for each stage on a terminal, plain lines elsewhere."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.live import Live
from rich.table import Table

from pipeline.progress import PROGRESS

_LABELS = {
    "read": "read",
    "clean": "cleaned",
    "compare": "compared",
    "tag": "tagged",
    "write": "rows written",
}
_PLAIN_SECONDS = 10.0


@contextmanager
def show_progress(console: Console) -> Iterator[None]:
    """Shows how far the run in this process is while the `with` block lasts."""
    PROGRESS.reset()
    started = time.monotonic()
    if console.is_terminal:
        with Live(console=console, refresh_per_second=8, transient=True) as live:
            live.update(_Lines(started), refresh=True)
            yield
        return
    stop = threading.Event()
    thread = threading.Thread(target=_print_lines, args=(console, started, stop), daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


class _Lines:
    """Renders the counts as they are at the moment of drawing."""

    def __init__(self, started: float) -> None:
        self._started = started

    def __rich__(self) -> Table:
        table = Table.grid(padding=(0, 2))
        for stage, count in PROGRESS.snapshot().items():
            if count:
                table.add_row(_LABELS[stage], f"[bold]{count:,}[/bold]")
        table.add_row("[dim]seconds[/dim]", f"[dim]{time.monotonic() - self._started:.0f}[/dim]")
        return table


def _print_lines(console: Console, started: float, stop: threading.Event) -> None:
    shown = ""
    while not stop.wait(_PLAIN_SECONDS):
        parts = [f"{_LABELS[stage]} {n}" for stage, n in PROGRESS.snapshot().items() if n]
        line = ", ".join(parts)
        if line and line != shown:
            console.print(f"{time.monotonic() - started:.0f} s: {line}", highlight=False)
            shown = line
