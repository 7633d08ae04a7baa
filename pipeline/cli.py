"""`wirecopy`: a thin face on the library. What it does is one call away from here."""

import logging
import sys
import time
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from pipeline.config import load_config
from pipeline.errors import ConfigError, UsageError

# The modules that do the work are imported where they are used: `--help` answers at once.

app = typer.Typer(
    name="wirecopy",
    help="News in, clean Avro tables out: who copied whom, what happened, who said it.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

_Output = Annotated[str, typer.Argument(metavar="OUT", help="The output folder of a run.")]


@app.command(context_settings={"ignore_unknown_options": True})
def run(
    inputs: Annotated[
        list[str],
        typer.Argument(metavar="INPUT...", help="Files, folders, globs, or - for standard input."),
    ],
    output: Annotated[str, typer.Option("--output", "-o", help="Folder for the tables.")],
    no_tag: Annotated[
        bool, typer.Option("--no-tag", help="Leave out entities, events, quotes and dates.")
    ] = False,
    runner: Annotated[str, typer.Option("--runner", help="The engine to run on.")] = "direct",
    config: Annotated[
        Path | None, typer.Option("--config", help="Configuration, a TOML file.")
    ] = None,
) -> None:
    """Read INPUT, find copies, tag, and write Avro tables.

    A run into a folder that holds tables adds to them. Beam's own options pass through, written
    --name=value.
    """
    from pipeline.job import Job, run_job
    from pipeline.report.progress import show_progress
    from pipeline.report.summary import print_summary

    settings = load_config(config)
    if no_tag:
        tagging = settings.tagging.model_copy(update={"enabled": False})
        settings = settings.model_copy(update={"tagging": tagging})
    beam_arguments = [argument for argument in inputs if argument.startswith("--")]
    paths = [argument for argument in inputs if not argument.startswith("--")]
    if not paths:
        raise ConfigError("no INPUT: name files, folders, globs, or - for standard input")
    started = time.monotonic()
    with show_progress(Console(stderr=True)):
        manifest = run_job(Job(paths, output, settings, runner, beam_arguments))
    print_summary(Console(), manifest, output, time.monotonic() - started)


@app.command()
def inspect(output: _Output) -> None:
    """Show what OUT holds: counts, stories with their copies, rejects."""
    from pipeline.report.inspect import print_inspection
    from pipeline.store.folder import OutputFolder

    print_inspection(Console(), OutputFolder(output))


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
    except KeyboardInterrupt:
        print("wirecopy: stopped; the output is as it was before", file=sys.stderr)
        sys.exit(130)
