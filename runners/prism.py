"""Prism: Beam's portable local engine, one Go binary.

Get it with `go install github.com/apache/beam/sdks/v2/go/cmd/prism@v2.77.0`; it is found on the
PATH, in `$(go env GOPATH)/bin`, or where `--prism_location` says.
"""

import logging
import os
import shutil
from collections.abc import Sequence
from pathlib import Path

import apache_beam as beam
from apache_beam.options.pipeline_options import PipelineOptions
from apache_beam.runners.portability.prism_runner import PrismRunner

from pipeline.errors import ConfigError

_GET = "go install github.com/apache/beam/sdks/v2/go/cmd/prism@v2.77.0"


def open_pipeline(arguments: Sequence[str]) -> beam.Pipeline:
    """A pipeline that a Prism process of its own runs when its `with` block ends.

    Raises:
        ConfigError: There is no prism binary; the message says how to get one.
    """
    # Beam warns about each start and stop of the process.
    logging.getLogger("apache_beam.utils.subprocess_server").setLevel(logging.ERROR)
    given = list(arguments)
    if not any(argument.startswith(("--prism_location", "--job_endpoint")) for argument in given):
        given.append(f"--prism_location={_binary()}")
    if not any(argument.startswith("--environment_type") for argument in given):
        given.append("--environment_type=LOOPBACK")
    return beam.Pipeline(runner=PrismRunner(), options=PipelineOptions(given))


def _binary() -> str:
    go = Path(os.environ.get("GOPATH", Path.home() / "go")) / "bin" / "prism"
    found = shutil.which("prism") or (str(go) if go.is_file() else None)
    if found is None:
        raise ConfigError(f"--runner prism needs the prism binary: `{_GET}`, or --prism_location=…")
    return found
