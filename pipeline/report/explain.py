"""`wirecopy explain`: one article, its copies beside it, and why they are copies or not."""

from collections.abc import Sequence
from typing import NamedTuple

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from pipeline.config import Config
from pipeline.explain.copies import copy_evidence
from pipeline.explain.stored import WITHDRAWN, StoredArticle, Versions, copy_rule, load_article
from pipeline.records import Removed
from pipeline.report.comparison import print_copies
from pipeline.report.excerpts import printable
from pipeline.report.lines import cut, number, print_heading, print_line
from pipeline.report.tags import print_tags
from pipeline.store.folder import OutputFolder

_QUOTED = 60  # characters of a credit or of what was cut out


class Wanted(NamedTuple):
    """What is to be shown of an article beside itself.

    Attributes:
        copies: Those that it shares copy with.
        events: What its events were made of.
        tags: Its entities and quotations.
    """

    copies: bool = True
    events: bool = False
    tags: bool = False


def print_explanation(
    console: Console, folder: OutputFolder, article: str, config: Config, wanted: Wanted
) -> None:
    """Prints an article, and why it is a copy or none, or why it has its events.

    Args:
        console: Where to; without colours marked words stand in double brackets.
        folder: The output.
        article: An article_id, the beginning of one, or a source_uri.
        config: For what the output itself does not say of the run that wrote it.
        wanted: What to show.

    Raises:
        OutputError: There is no output in the folder.
        InputError: No article is meant, or several.
        ModelError: Events are wanted, and their language's model is not installed.
    """
    stored, versions = load_article(folder, article)
    _print_article(console, stored)
    if wanted.events:
        # These load spaCy, which nothing else here needs.
        from pipeline.report.traces import print_events
        from pipeline.tagging.event_trace import trace_article

        traces = trace_article(stored.article, stored.tags, stored.anchor, config.tagging)
        print_events(console, stored, traces)
    if wanted.tags:
        print_tags(console, stored)
    if wanted.copies:
        _print_copies(console, folder, stored, versions, config)


def _print_copies(
    console: Console,
    folder: OutputFolder,
    stored: StoredArticle,
    versions: Versions,
    config: Config,
) -> None:
    if stored.article.status == WITHDRAWN:
        print_heading(console, "Withdrawn: it is compared with nothing and belongs to no story.")
        return
    rule, is_known = copy_rule(folder, config.copies)
    if not is_known:
        print_line(console, "")
        print_line(
            console,
            "The output does not say with which thresholds its copies were found; those below are"
            " the configuration's.",
            "yellow",
        )
    print_copies(console, stored, copy_evidence(folder, stored, versions, rule))


def _print_article(console: Console, stored: StoredArticle) -> None:
    article, story = stored.article, stored.story
    version = f"version {article.version}" if article.version > 1 or stored.superseded else ""
    credited = "; ".join(
        f"{credit.agency} ({credit.role}: “{cut(credit.text, _QUOTED)}”)"
        for credit in article.credits
    )
    told = ""
    if story is not None:
        told = (
            f"{story.story_id}: {number(len(story.article_ids), 'article')},"
            f" {number(story.origin_count, 'independent origin')}"
        )
    print_line(console, article.headline or cut(article.body, 2 * _QUOTED), "bold")
    table = Table.grid(padding=(0, 2))
    for name, value in (
        ("article", ", ".join(filter(None, (article.article_id, article.status, version)))),
        ("read from", article.source_uri),
        ("source", article.source or "not known"),
        ("published", _date(article.published_edtf, stored.anchor)),
        ("language", f"{article.language}, {number(article.word_count, 'word')}"),
        ("credits", credited or "none"),
        ("story", told or "none"),
        ("cut out", _removed(article.removed) or "nothing"),
    ):
        table.add_row(Text(name, style="dim"), Text(printable(value)))
    console.print(Padding(table, (0, 0, 0, 2)), highlight=False)


def _removed(pieces: Sequence[Removed]) -> str:
    """What cleaning cut, by reason: how many pieces, and the first of them."""
    parts = []
    for reason in dict.fromkeys(piece.reason for piece in pieces):
        texts = [piece.text for piece in pieces if piece.reason == reason]
        times = f" ({len(texts)})" if len(texts) > 1 else ""
        parts.append(f"{reason}{times} “{cut(texts[0], _QUOTED)}”")
    return "; ".join(parts)


def _date(edtf: str, anchor: str) -> str:
    precision = {4: "year", 7: "month", 10: "day"}.get(len(edtf), "time")
    known = f"{edtf} (to the {precision})" if edtf else "not known"
    return f"{known}; its story tells of {anchor}" if anchor else known
