"""`wirecopy inspect`: what an output folder holds, for a person at a terminal."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipeline.errors import OutputError
from pipeline.store.folder import OutputFolder
from pipeline.store.manifest import Manifest

MAX_STORIES = 20
MAX_REJECTS = 20
MAX_UNPUBLISHED = 20


class _Shown(NamedTuple):
    """What is shown of an article."""

    title: str
    date: str
    copy_of: Mapping[str, Any] | None


def print_inspection(console: Console, folder: OutputFolder) -> None:
    """Prints counts, the largest stories with their copies, and the rejects.

    Raises:
        OutputError: There is no output in the folder.
    """
    manifest = folder.manifest()
    if manifest is None:
        raise OutputError(f"{folder.root}: there is no output here (no manifest.json)")
    _print_counts(console, manifest)
    rows = list(folder.rows("articles"))
    articles = {row["article_id"]: _shown(row) for row in rows}
    _print_unpublished(console, folder, rows)
    _print_stories(console, folder, articles)
    _print_events(console, folder)
    _print_rejects(console, folder, manifest)


def _print_counts(console: Console, manifest: Manifest) -> None:
    table = Table(box=None, padding=(0, 2), header_style="bold")
    for column in ("dataset", "rows", "files"):
        table.add_column(column, justify="left" if column == "dataset" else "right")
    for name, dataset in manifest.datasets.items():
        table.add_row(name, f"{dataset.rows:,}", str(len(dataset.files)))
    console.print(table)
    relations = {
        name.removeprefix("copies."): count
        for name, count in manifest.counts.items()
        if name.startswith("copies.")
    }
    if relations:
        parts = ", ".join(f"{count:,} {name}" for name, count in sorted(relations.items()))
        console.print(f"\n[bold]copies[/bold]: {parts}", highlight=False)


def _print_unpublished(
    console: Console, folder: OutputFolder, rows: Sequence[Mapping[str, Any]]
) -> None:
    """What is not to be published: the canceled, and what waits among the rejects."""
    names: dict[str, list[str]] = {"canceled": [], "withheld": [], "embargoed": []}
    for row in rows:
        if row["status"] == "canceled":
            names["canceled"].append(row["guid"] or row["article_id"])
    for row in folder.rows("rejects"):
        if row["reason"] in ("withheld", "embargoed"):
            names[row["reason"]].append(row["source_uri"])
    for state, found in names.items():
        if found:
            console.print(f"\n[bold]{state}[/bold] ({len(found):,}, not to be published)")
            for name in sorted(found)[:MAX_UNPUBLISHED]:
                _line(console, "    ", name)
            if len(found) > MAX_UNPUBLISHED:
                console.print(f"  … and {len(found) - MAX_UNPUBLISHED:,} more")


def _print_stories(console: Console, folder: OutputFolder, articles: Mapping[str, _Shown]) -> None:
    stories = sorted(
        folder.rows("stories"),
        key=lambda row: (-len(row["article_ids"]), row["story_id"]),
    )
    console.print(f"\n[bold]stories[/bold] ({len(stories):,}, the largest first)")
    for row in stories[:MAX_STORIES]:
        agencies = f", {', '.join(row['agencies'])}" if row["agencies"] else ""
        counts = (
            f"{row['story_id']}: {_count(len(row['article_ids']), 'article')},"
            f" {_count(row['origin_count'], 'independent origin')}{agencies}"
        )
        title = row["headline"] or articles[row["lead_article_id"]].title
        _line(console, "\n  ", title, style="bold")
        _line(console, "  ", counts, style="dim")
        for article_id in row["article_ids"]:
            shown = articles[article_id]
            copied = _copied(shown)
            _line(console, f"    {article_id}  {shown.date:<20}  ", shown.title)
            if copied:
                _line(console, "      ", copied, style="yellow")
    if len(stories) > MAX_STORIES:
        console.print(f"\n  … and {len(stories) - MAX_STORIES:,} more in stories/")


def _line(console: Console, lead: str, text: str, style: str = "") -> None:
    """Prints one line, cut where the terminal ends."""
    room = max(20, console.width - len(lead.lstrip("\n")))
    console.print(Text(lead) + Text(_cut(text, room), style=style), no_wrap=True, crop=True)


def _print_events(console: Console, folder: OutputFolder) -> None:
    types = Counter(row["type"] for row in folder.rows("events"))
    if types:
        parts = ", ".join(f"{count:,} {name}" for name, count in sorted(types.items()))
        console.print(f"\n[bold]events[/bold]: {parts}", highlight=False)


def _print_rejects(console: Console, folder: OutputFolder, manifest: Manifest) -> None:
    total = manifest.datasets["rejects"].rows
    console.print(f"\n[bold]rejects[/bold] ({total:,})")
    for number, row in enumerate(folder.rows("rejects")):
        if number == MAX_REJECTS:
            console.print(f"  … and {total - MAX_REJECTS:,} more in rejects/")
            break
        _line(console, f"  {row['reason']:<12}  ", f"{row['source_uri']}: {row['detail']}")


def _shown(row: Mapping[str, Any]) -> _Shown:
    return _Shown(
        title=row["headline"] or row["body"],
        date=row["published_edtf"] or "no date",
        copy_of=row["copy_of"],
    )


def _copied(shown: _Shown) -> str:
    if shown.copy_of is None:
        return ""
    share = f"{shown.copy_of['coverage']:.0%}"
    return f"{shown.copy_of['relation']} of {shown.copy_of['article_id']}, {share} of its words"


def _cut(text: str, width: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= width else text[: width - 1].rstrip() + "…"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
