"""`wirecopy`: a thin face on the library. What it does is one call away from here."""

import logging
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from pipeline.config import at_time, load_config
from pipeline.errors import ConfigError, InputError, UsageError
from pipeline.interrupt import stopped_by_signals

if TYPE_CHECKING:
    from pipeline.job import Job

# The modules that do the work are imported where they are used: `--help` answers at once.

app = typer.Typer(
    name="wirecopy",
    help="News in, clean Avro tables out: who copied whom, what happened, who said it.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

_Output = Annotated[str, typer.Argument(metavar="OUT", help="The output folder of a run.")]
_OutputOption = Annotated[str, typer.Option("--output", "-o", help="Folder for the tables.")]
_Feeds = Annotated[
    Path | None,
    typer.Option("--feeds", metavar="FILE", help="A list of feeds: OPML, or an address a line."),
]
_NoTag = Annotated[
    bool, typer.Option("--no-tag", help="Leave out entities, events, quotes and dates.")
]
_Runner = Annotated[str, typer.Option("--runner", help="The engine to run on.")]
_ConfigOption = Annotated[Path | None, typer.Option("--config", help="Configuration, a TOML file.")]


@app.command(context_settings={"ignore_unknown_options": True})
def run(
    inputs: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="INPUT...",
            help="Files, folders, globs (local, gs://, s3://), addresses of feeds, or -.",
        ),
    ] = None,
    *,
    output: _OutputOption,
    feeds: _Feeds = None,
    no_tag: _NoTag = False,
    runner: _Runner = "direct",
    config: _ConfigOption = None,
    now: Annotated[
        str, typer.Option("--now", metavar="TIME", help="Hold embargoes against this time.")
    ] = "",
    streaming: Annotated[
        bool, typer.Option("--streaming", help="Go on: watch INPUT, and commit pane by pane.")
    ] = False,
    interval: Annotated[
        float, typer.Option("--interval", min=0.1, help="Streaming: seconds between two looks.")
    ] = 10.0,
    pane_seconds: Annotated[
        float, typer.Option("--pane-seconds", min=0.1, help="Streaming: longest wait for a commit.")
    ] = 60.0,
    pane_items: Annotated[
        int, typer.Option("--pane-items", min=1, help="Streaming: items of one commit at most.")
    ] = 2_000,
    stop_when_idle: Annotated[
        float,
        typer.Option("--stop-when-idle", min=0, help="Streaming: end after so many quiet seconds."),
    ] = 0.0,
) -> None:
    """Read INPUT, find copies, tag, and write Avro tables.

    A run into a folder that holds tables adds to them. Beam's own options pass through, written
    --name=value.
    """
    from pipeline.job import run_job
    from pipeline.report.progress import show_progress
    from pipeline.report.summary import print_summary

    job = _job(inputs or [], output, feeds, no_tag, runner, config, now)
    started = time.monotonic()
    if streaming:
        _stream(job, interval, pane_seconds, pane_items, stop_when_idle)
        return
    try:
        with stopped_by_signals(), show_progress(Console(stderr=True)):
            manifest = run_job(job)
    except KeyboardInterrupt:
        print("wirecopy: stopped; the output is as it was before", file=sys.stderr)
        raise typer.Exit(130) from None
    print_summary(Console(), manifest, output, time.monotonic() - started)


def _stream(job: "Job", *pace: float) -> None:
    from pipeline.stream import Pace, run_stream

    interval, pane_seconds, pane_items, idle = pace
    try:
        with stopped_by_signals():
            run_stream(job, Pace(interval, pane_seconds, int(pane_items), idle))
    except KeyboardInterrupt:
        print("wirecopy: stopped; the output is as the last pane left it", file=sys.stderr)
        # Threads of the engine's may be in a pane; what it has not committed is brought again.
        sys.stderr.flush()
        os._exit(0)


@app.command(context_settings={"ignore_unknown_options": True})
def follow(
    inputs: Annotated[
        list[str] | None,
        typer.Argument(metavar="INPUT...", help="Files, folders, globs, addresses of feeds."),
    ] = None,
    *,
    output: _OutputOption,
    feeds: _Feeds = None,
    interval: Annotated[
        float, typer.Option("--interval", min=0, help="Seconds between two looks.")
    ] = 300.0,
    passes: Annotated[
        int | None, typer.Option("--passes", min=1, help="End after so many looks.")
    ] = None,
    no_tag: _NoTag = False,
    runner: _Runner = "direct",
    config: _ConfigOption = None,
) -> None:
    """Look again and again for new files and feed entries, and add them to the tables.

    Ctrl-C or SIGTERM ends it at once; the next start goes on where this one was.
    """
    import threading

    from pipeline.follow import follow as follow_inputs
    from pipeline.report.passes import print_pass

    job = _job(inputs or [], output, feeds, no_tag, runner, config)
    console = Console()
    try:
        with stopped_by_signals():
            follow_inputs(
                job, interval, threading.Event(), lambda done: print_pass(console, *done), passes
            )
    except KeyboardInterrupt:
        print("wirecopy: stopped; the output is as the last pass left it", file=sys.stderr)


def _job(
    inputs: Sequence[str],
    output: str,
    feeds: Path | None,
    no_tag: bool,
    runner: str,
    config: Path | None,
    now: str = "",
) -> "Job":
    from pipeline.formats.feed_list import parse_feed_list
    from pipeline.job import Job

    settings = load_config(config)
    if no_tag:
        tagging = settings.tagging.model_copy(update={"enabled": False})
        settings = settings.model_copy(update={"tagging": tagging})
    if now:
        settings = at_time(settings, now)
    beam_arguments = [argument for argument in inputs if argument.startswith("--")]
    named = [argument for argument in inputs if not argument.startswith("--")]
    if feeds is not None:
        try:
            named += parse_feed_list(feeds.read_bytes(), str(feeds))
        except OSError as error:
            raise InputError(f"{feeds}: cannot be read: {error.strerror}") from error
    if not named:
        raise ConfigError("no INPUT: name files, folders, globs, feeds, or - for standard input")
    return Job(named, output, settings, runner, beam_arguments)


@app.command()
def inspect(output: _Output) -> None:
    """Show what OUT holds: counts, stories with their copies, rejects."""
    from pipeline.report.inspect import print_inspection
    from pipeline.store.folder import OutputFolder

    print_inspection(Console(), OutputFolder(output))


@app.command()
def explain(
    output: _Output,
    article: Annotated[
        str,
        typer.Argument(
            metavar="ARTICLE_ID", help="An article_id, the beginning of one, or a source_uri."
        ),
    ],
    events: Annotated[
        bool, typer.Option("--events", help="Why it has its events, in place of its copies.")
    ] = False,
    tags: Annotated[
        bool, typer.Option("--tags", help="Its entities and quotations, in place of its copies.")
    ] = False,
    config: _ConfigOption = None,
) -> None:
    """Show an article beside those it shares copy with, and why they are copies or not."""
    from pipeline.report.explain import Wanted, print_explanation
    from pipeline.store.folder import OutputFolder

    wanted = Wanted(copies=not (events or tags), events=events, tags=tags)
    print_explanation(Console(), OutputFolder(output), article, load_config(config), wanted)


@app.command()
def schema(
    dataset: Annotated[
        str | None, typer.Argument(metavar="DATASET", help="articles, copies, stories, …")
    ] = None,
) -> None:
    """Print the Avro contract: of one dataset its schema, without one the list of datasets."""
    from pipeline.schemas.avro import DATASETS, contract, schema_fingerprint

    if dataset is None:
        for name, model in DATASETS.items():
            print(f"{name:10} {schema_fingerprint(name)}  {(model.__doc__ or '').strip()}")
    elif dataset in DATASETS:
        print(contract(dataset), end="")
    else:
        raise ConfigError(f"{dataset}: no such dataset; there is {', '.join(DATASETS)}")


@app.command()
def config() -> None:
    """Print a configuration file with every key, its meaning and its default."""
    from pipeline.report.configuration import default_configuration

    print(default_configuration(), end="")


@app.command()
def version() -> None:
    """Print the version."""
    from pipeline.version import VERSION

    print(f"wirecopy {VERSION}")


def _hush_beam() -> None:
    """Leaves out what Beam logs at every start: type hints it cannot use, clients it lacks."""
    noise = ("put type hint will be ignored", "apitools not found")
    handler = logging.StreamHandler()
    handler.addFilter(lambda record: not any(part in record.getMessage() for part in noise))
    logging.basicConfig(handlers=[handler], format="%(levelname)s: %(message)s")


def main() -> None:
    """The console script: errors of the caller's are one line on stderr and exit code 2."""
    _hush_beam()
    try:
        app()
    except UsageError as error:
        print(f"wirecopy: {error}", file=sys.stderr)
        sys.exit(2)
