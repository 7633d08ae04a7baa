"""Lines for a terminal: cut, indented, and safe to print."""

from rich.console import Console
from rich.text import Text

from pipeline.report.excerpts import printable


def print_heading(console: Console, text: str) -> None:
    """Prints the head of a section after an empty line."""
    print_line(console, "")
    print_line(console, text, "bold cyan")


def print_line(console: Console, text: str, style: str = "") -> None:
    """Prints one line; what is too long for it goes on below, under its own beginning."""
    indent = len(text) - len(text.lstrip(" "))
    print_indented(console, Text(printable(text), style=style), indent)


def print_indented(console: Console, text: Text, indent: int) -> None:
    """Prints text in lines that all begin `indent` columns in, without blanks at their ends."""
    room = max(20, console.width - indent)
    for line in text.wrap(console, room):
        line.rstrip()
        console.print(Text(" " * indent) + line if line else line, highlight=False, no_wrap=True)


def cut(text: str, width: int) -> str:
    """One line of at most `width` characters."""
    text = printable(text[: 4 * width])
    return text if len(text) <= width else text[: width - 1].rstrip() + "…"


def number(count: int, noun: str) -> str:
    """A count with its noun: `1 word`, `2 words`."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
