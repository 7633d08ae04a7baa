"""Inputs that a fuzzer grows by coverage: `python -m benchmarks.fuzz_guided PARSER --seconds N`.

PARSER is the name of a sample of `benchmarks.fuzz_samples` (`rss.xml`, `g2.xml`, `wire.iptc`, …) or
`list`, which prints them. Python's coverage of `pipeline` guides atheris (libFuzzer; the extra
`fuzz`). It stops at the first crash, `internal` reject or input that takes over five seconds, says
so with exit code 1 or 77, and writes the input to the folder CORPUS. The C libraries below (lxml,
resiliparse) are not instrumented.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from benchmarks.fuzz_samples import samples

_LONGEST = 20_000
_SECONDS_AN_INPUT = 5


def fuzz(name: str, seconds: int, corpus: Path) -> None:
    """Runs one target; ends the process, as libFuzzer does.

    Args:
        name: A sample's name.
        seconds: How long to go on.
        corpus: Folder for the inputs that reached something new.
    """
    import atheris

    # Only what is imported under it is instrumented.
    with atheris.instrument_imports(include=["pipeline"]):
        from benchmarks.fuzz import read

    given = samples()
    for number, sample in enumerate([given[name], *given.values()]):
        (corpus / f"seed-{number}").write_bytes(sample[:_LONGEST])
    options = (
        f"-max_total_time={seconds}", f"-max_len={_LONGEST}", f"-timeout={_SECONDS_AN_INPUT}",
        "-rss_limit_mb=2048", "-seed=1", "-print_final_stats=1", f"-artifact_prefix={corpus}/",
    )  # fmt: skip

    def once(payload: bytes) -> None:
        read(name, payload)

    read(name, given[name])  # what is loaded once is not the first input's time
    atheris.Setup([sys.argv[0], *options, str(corpus)], once)
    atheris.Fuzz()


def main() -> None:
    """Runs a target, or lists them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parser")
    parser.add_argument("--seconds", type=int, default=120)
    parser.add_argument("--corpus", type=Path, help="A folder to keep; else a temporary one.")
    arguments = parser.parse_args()
    if arguments.parser not in samples():
        print("\n".join(samples()))
        sys.exit(0 if arguments.parser == "list" else 2)
    corpus = arguments.corpus or Path(tempfile.mkdtemp(prefix="fuzz-"))
    corpus.mkdir(parents=True, exist_ok=True)
    fuzz(arguments.parser, arguments.seconds, corpus)


if __name__ == "__main__":
    main()
