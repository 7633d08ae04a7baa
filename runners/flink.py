"""Apache Flink, through Beam's job server for it: a cluster, or one in the job server's process.

Without `--flink_master` a small Flink starts in this machine, and this process is the worker
(LOOPBACK): no Docker. With a cluster the workers are what `--environment_type` says: EXTERNAL (a
pool of workers beside each task manager), PROCESS or DOCKER; see docs/deploy.md.
"""

from collections.abc import Sequence

import apache_beam as beam
from apache_beam.options.pipeline_options import PipelineOptions
from apache_beam.runners.portability.flink_runner import FlinkRunner

from pipeline.errors import ConfigError
from runners._job_server import value_of, with_default, with_job_server

_VERSION = "2.2"
_IN_PROCESS = ("[local]", "[auto]")
_CHECKPOINT_MILLIS = 60_000


def open_pipeline(arguments: Sequence[str]) -> beam.Pipeline:
    """A pipeline that Flink runs when its `with` block ends.

    Raises:
        ConfigError: Java, the job server's jar or the workers' environment is missing.
    """
    return beam.Pipeline(runner=FlinkRunner(), options=PipelineOptions(flink_arguments(arguments)))


def flink_arguments(arguments: Sequence[str]) -> list[str]:
    """Beam's options for Flink: the caller's, and defaults for what the caller leaves open.

    Raises:
        ConfigError: As `open_pipeline`.
    """
    given = with_default(arguments, "flink_master", "[local]")
    local = value_of(given, "flink_master") in _IN_PROCESS
    if local:
        given = with_default(given, "environment_type", "LOOPBACK")
    elif not value_of(given, "environment_type"):
        raise ConfigError(
            "--runner flink on a cluster: say where its workers are, as in"
            " --environment_type=EXTERNAL --environment_config=localhost:50000"
        )
    given = with_default(given, "parallelism", "2" if local else "-1")
    if "--streaming" in given:
        given = with_default(given, "checkpointing_interval", str(_CHECKPOINT_MILLIS))
    version = value_of(given, "flink_version", _VERSION)
    return with_job_server("flink", given, f"beam-runners-flink-{version}-job-server")
