"""Apache Spark, through Beam's job server for it: a cluster, or one in the job server's process.

Batch only: Beam's Spark engine does not run streams of the portable kind. Without
`--spark_master_url` Spark runs in this machine, and this process is the worker (LOOPBACK).
"""

from collections.abc import Sequence

import apache_beam as beam
from apache_beam.options.pipeline_options import PipelineOptions
from apache_beam.runners.portability.spark_runner import SparkRunner

from pipeline.errors import ConfigError
from runners._job_server import value_of, with_default, with_job_server


def open_pipeline(arguments: Sequence[str]) -> beam.Pipeline:
    """A pipeline that Spark runs when its `with` block ends.

    Raises:
        ConfigError: Java, the job server's jar or the workers' environment is missing, or a stream
            is asked for.
    """
    return beam.Pipeline(runner=SparkRunner(), options=PipelineOptions(spark_arguments(arguments)))


def spark_arguments(arguments: Sequence[str]) -> list[str]:
    """Beam's options for Spark: the caller's, and defaults for what the caller leaves open.

    Raises:
        ConfigError: As `open_pipeline`.
    """
    if "--streaming" in arguments:
        raise ConfigError("--runner spark runs no streams; --runner flink does")
    given = with_default(arguments, "spark_master_url", "local[2]")
    if value_of(given, "spark_master_url").startswith("local"):
        given = with_default(given, "environment_type", "LOOPBACK")
    elif not value_of(given, "environment_type"):
        raise ConfigError(
            "--runner spark on a cluster: say where its workers are, as in"
            " --environment_type=EXTERNAL --environment_config=localhost:50000"
        )
    return with_job_server("spark", given, "beam-runners-spark-3-job-server")
