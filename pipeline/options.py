"""Beam's own options, passed through from the command line."""

import argparse
from collections.abc import Sequence

from apache_beam.options.pipeline_options import PipelineOptions

from pipeline.errors import ConfigError


def check_beam_options(arguments: Sequence[str]) -> None:
    """Refuses options that neither wirecopy nor Beam knows: a misspelt option must not pass.

    Args:
        arguments: `--name=value` or `--flag`, as typed.

    Raises:
        ConfigError: One of them is unknown, or its value is missing or wrong.
    """
    parser = _Parser(add_help=False, allow_abbrev=False)
    for group in PipelineOptions.__subclasses__():
        group._add_argparse_args(parser)
    _, unknown = parser.parse_known_args(list(arguments))
    if unknown:
        raise ConfigError(
            f"{unknown[0]}: no such option; `wirecopy run --help` shows wirecopy's own,"
            " Beam's are written --name=value"
        )


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> None:  # type: ignore[override]
        raise ConfigError(message)

    def add_argument(self, *names: str, **settings: object) -> argparse.Action:
        try:
            return super().add_argument(*names, **settings)  # type: ignore[arg-type]
        except argparse.ArgumentError:  # two groups of Beam's declare the same option
            return argparse.Action(list(names), "repeated")
