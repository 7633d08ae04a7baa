"""One line a pass of `wirecopy follow`."""

import time

from rich.console import Console
from rich.markup import escape

from pipeline.store.manifest import Ledger


def print_pass(
    console: Console, number: int, files: int, feeds: int, failing: int, ledger: Ledger | None
) -> None:
    """Prints what came in.

    Args:
        console: Where to.
        number: Of the pass, from 1.
        files: New or changed files.
        feeds: Feeds that had something new.
        failing: Feeds that could not be fetched.
        ledger: Of the run; None if there was nothing to run.
    """
    came = [_counted(files, "file"), _counted(feeds, "feed")]
    failed = f", {_counted(failing, 'feed')} failing" if failing else ""
    if ledger is None:
        what = "nothing new"
    else:
        parts = [_counted(ledger.articles, "new article")]
        for count, name in (
            (ledger.versions, "new version"),
            (ledger.tombstones, "withdrawal"),
            (ledger.rejects, "reject"),
        ):
            if count:
                parts.append(_counted(count, name))
        if ledger.already_seen:
            parts.append(f"{ledger.already_seen:,} already seen")
        what = f"{', '.join(came)}: {', '.join(parts)}"
    line = f"{time.strftime('%Y-%m-%d %H:%M:%S')}  pass {number}: {what}{failed}"
    console.print(escape(line), highlight=False, soft_wrap=True)


def _counted(count: int, name: str) -> str:
    return f"{count:,} {name}{'' if count == 1 else 's'}"
