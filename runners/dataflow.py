"""Google Cloud Dataflow: needs a project, a region, a bucket and the worker's image."""

import importlib.util
from collections.abc import Sequence

import apache_beam as beam
from apache_beam.options.pipeline_options import PipelineOptions

from pipeline.errors import ConfigError
from runners._job_server import value_of

_NEEDED = ("project", "region", "temp_location")


def open_pipeline(arguments: Sequence[str]) -> beam.Pipeline:
    """A pipeline that is sent to Dataflow when its `with` block ends.

    Raises:
        ConfigError: An option or Beam's client for Google Cloud is missing.
    """
    given = dataflow_arguments(arguments)
    if not _has_client():
        raise ConfigError("--runner dataflow needs Google's libraries: pip install 'wirecopy[gcp]'")
    return beam.Pipeline(runner="DataflowRunner", options=PipelineOptions(given))


def dataflow_arguments(arguments: Sequence[str]) -> list[str]:
    """Beam's options for Dataflow: the caller's, checked.

    Raises:
        ConfigError: One of the options that Dataflow cannot do without is missing.
    """
    missing = [name for name in _NEEDED if not value_of(arguments, name)]
    if missing:
        options = " ".join(f"--{name}=…" for name in missing)
        raise ConfigError(f"--runner dataflow needs {options}")
    return list(arguments)


def _has_client() -> bool:
    try:
        return importlib.util.find_spec("google.auth") is not None
    except ModuleNotFoundError:  # no package `google` at all
        return False
