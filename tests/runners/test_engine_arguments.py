"""From the caller's options to an engine's, and the one line that says what is missing.

No Flink, Spark or Dataflow runs here.
"""

from pathlib import Path

import apache_beam as beam
import pytest

from pipeline.errors import ConfigError
from runners import dataflow
from runners._job_server import value_of, with_default
from runners.dataflow import dataflow_arguments
from runners.flink import flink_arguments
from runners.spark import spark_arguments

ARGUMENTS = {"flink": flink_arguments, "spark": spark_arguments}
CLUSTER = {"flink": "--flink_master=host:8081", "spark": "--spark_master_url=spark://host:7077"}


@pytest.fixture
def jar(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A job server's jar, and a Java to run it, that nobody runs."""
    java = tmp_path / "bin" / "java"
    java.parent.mkdir()
    java.write_text("#!/bin/sh\n")
    java.chmod(0o755)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    file = tmp_path / "server.jar"
    file.write_bytes(b"")
    return str(file)


def test_flink_starts_on_this_machine_without_docker(jar: str) -> None:
    given = flink_arguments([f"--flink_job_server_jar={jar}"])
    assert value_of(given, "flink_master") == "[local]"
    assert value_of(given, "environment_type") == "LOOPBACK"
    assert value_of(given, "parallelism") == "2"
    assert value_of(given, "checkpointing_interval") == ""


def test_a_stream_on_flink_is_checkpointed(jar: str) -> None:
    given = flink_arguments([f"--flink_job_server_jar={jar}", "--streaming"])
    assert value_of(given, "checkpointing_interval") == "60000"


def test_spark_starts_on_this_machine_without_docker(jar: str) -> None:
    given = spark_arguments([f"--spark_job_server_jar={jar}"])
    assert value_of(given, "spark_master_url") == "local[2]"
    assert value_of(given, "environment_type") == "LOOPBACK"


def test_spark_runs_no_streams() -> None:
    with pytest.raises(ConfigError, match="no streams"):
        spark_arguments(["--streaming"])


@pytest.mark.parametrize("engine", ARGUMENTS)
def test_what_the_caller_says_stays(engine: str, jar: str) -> None:
    given = [
        f"--{engine}_job_server_jar={jar}", CLUSTER[engine], "--environment_type=PROCESS",
        "--parallelism=7",
    ]  # fmt: skip
    assert ARGUMENTS[engine](given)[: len(given)] == given
    assert value_of(ARGUMENTS[engine](given), "environment_type") == "PROCESS"
    assert value_of(ARGUMENTS[engine](given), "parallelism") == "7"


@pytest.mark.parametrize("engine", ARGUMENTS)
def test_a_cluster_without_workers_says_how_to_name_them(engine: str, jar: str) -> None:
    with pytest.raises(ConfigError, match="--environment_type=EXTERNAL"):
        ARGUMENTS[engine]([f"--{engine}_job_server_jar={jar}", CLUSTER[engine]])


@pytest.mark.parametrize("engine", ARGUMENTS)
def test_a_missing_jar_says_which_and_how_to_get_it(engine: str, jar: str) -> None:
    with pytest.raises(ConfigError, match="mvn dependency:copy") as caught:
        ARGUMENTS[engine]([f"--{engine}_job_server_jar={jar}.none"])
    assert f"beam-runners-{engine}" in str(caught.value)
    assert beam.__version__ in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("engine", ARGUMENTS)
def test_a_missing_java_says_so(
    engine: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    with pytest.raises(ConfigError, match="needs Java"):
        ARGUMENTS[engine]([])


@pytest.mark.parametrize("engine", ARGUMENTS)
def test_a_job_server_that_runs_elsewhere_needs_no_java(
    engine: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    given = ARGUMENTS[engine](["--job_endpoint=host:8099"])
    assert value_of(given, f"{engine}_job_server_jar") == ""


def test_dataflow_names_the_options_that_are_missing() -> None:
    with pytest.raises(ConfigError, match=r"needs --region=… --temp_location=…$"):
        dataflow_arguments(["--project=p"])


def test_dataflow_without_its_libraries_says_how_to_get_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(dataflow, "_has_client", lambda: False)
    with pytest.raises(ConfigError, match=r"pip install 'wirecopy\[gcp\]'"):
        dataflow.open_pipeline(["--project=p", "--region=r", "--temp_location=gs://b/t"])


@pytest.mark.parametrize("given", [["--a=1"], ["--a", "1"]])
def test_an_option_is_read_in_both_ways_of_writing(given: list[str]) -> None:
    assert value_of(given, "a") == "1"
    assert with_default(given, "a", "2") == given
