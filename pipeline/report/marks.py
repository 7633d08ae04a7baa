"""How words are marked in a terminal: in colour, in brackets where there is none."""

from rich.console import Console
from rich.text import Text

_MARKED = "bold black on yellow"


def needs_brackets(console: Console) -> bool:
    """Whether marked words need brackets, because nothing else would show them."""
    return not console.is_terminal or console.no_color or console.color_system is None


def marked(text: str, brackets: bool) -> Text:
    """Marked words."""
    return Text(f"[[{text}]]") if brackets else Text(text, style=_MARKED)
