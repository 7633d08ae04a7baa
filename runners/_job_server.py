"""What Beam's Java job servers need, checked before anything starts: Java and the server's jar."""

import os
import shutil
from collections.abc import Sequence
from pathlib import Path

import apache_beam as beam

from pipeline.errors import ConfigError

_BEAM_JARS = Path.home() / ".apache_beam" / "cache" / "jars"
"""Where Beam keeps the jars that it has fetched."""


def with_default(arguments: Sequence[str], option: str, value: str) -> list[str]:
    """Adds `--option=value` where the caller has said nothing about it."""
    given = any(each.split("=")[0] == f"--{option}" for each in arguments)
    return list(arguments) if given else [*arguments, f"--{option}={value}"]


def value_of(arguments: Sequence[str], option: str, default: str = "") -> str:
    """The last value that `--option=value` or `--option value` gives."""
    value = default
    for number, each in enumerate(arguments):
        name, equals, after = each.partition("=")
        if name == f"--{option}":
            value = after if equals else next(iter(arguments[number + 1 : number + 2]), "")
    return value


def with_job_server(engine: str, arguments: Sequence[str], artifact: str) -> list[str]:
    """Adds the jar of the engine's job server to Beam's options.

    A job server that runs already (`--job_endpoint=HOST:PORT`) needs nothing here.

    Args:
        engine: `flink` or `spark`.
        arguments: Beam's options.
        artifact: Name of the job server in Maven's group `org.apache.beam`.

    Raises:
        ConfigError: There is no Java, or no jar; the message says what to get, and how.
    """
    if value_of(arguments, "job_endpoint"):
        return list(arguments)
    if shutil.which("java", path=_java_path()) is None:
        raise ConfigError(
            f"--runner {engine} needs Java 11 or 17 on the PATH or in JAVA_HOME,"
            " or a job server that runs elsewhere: --job_endpoint=HOST:PORT"
        )
    option = f"{engine}_job_server_jar"
    name = f"{artifact}-{beam.__version__}.jar"
    jar = value_of(arguments, option) or str(_BEAM_JARS / name)
    if "://" not in jar and not os.path.isfile(jar):
        raise ConfigError(
            f"--runner {engine}: {jar} is not there; get it with `mvn dependency:copy"
            f" -Dartifact=org.apache.beam:{artifact}:{beam.__version__} -DoutputDirectory=.`"
            f" and say --{option}={name}"
        )
    return with_default(arguments, option, jar)


def _java_path() -> str:
    home = os.environ.get("JAVA_HOME")
    own = [os.path.join(home, "bin")] if home else []
    return os.pathsep.join([*own, os.environ.get("PATH", "")])
