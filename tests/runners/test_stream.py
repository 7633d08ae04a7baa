"""A stream on Prism comes to what one run over everything gives, byte for byte."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline.errors import ConfigError, InputError
from pipeline.ingest import commit_pane
from pipeline.job import Job, run_job
from pipeline.records import RawItem
from pipeline.store.folder import OutputFolder
from pipeline.stream import Pace, run_stream
from pipeline.transforms.clean import deliver
from tests.conftest import SEEDS, UNTAGGED
from tests.test_job import DISPATCH, data_files


def _lines(path: Path, days: list[str], more: str = "") -> None:
    """Copies of an invented dispatch, one a day; written aside and moved in, as a spool is."""
    lines = [
        json.dumps({"id": day, "source": f"Journal {day}", "date": day, "text": DISPATCH})
        for day in days
    ]
    aside = path.with_suffix(".part")
    aside.write_text("\n".join([*lines, more]), encoding="utf-8")
    # Old enough to be whole: a file that changed just now may still be being written.
    os.utime(aside, (time.time() - 60, time.time() - 60))
    aside.rename(path)


def _command(folder: Path, output: Path, *more: str) -> list[str]:
    return [
        sys.executable, "-m", "pipeline", "run", str(folder), "--output", str(output), "--no-tag",
        "--streaming", "--runner", "prism", "--interval", "0.5", "--pane-seconds", "1", *more,
    ]  # fmt: skip


def _wait_for_rows(output: Path, least: int) -> None:
    for _ in range(240):
        manifest = OutputFolder(str(output)).manifest()
        if manifest is not None and manifest.datasets["articles"].rows >= least:
            return
        time.sleep(0.25)
    raise AssertionError(f"never {least} articles in the output")


def _fill(folder: Path) -> None:
    """What comes while the stream runs: later, earlier, repeated, broken."""
    _lines(folder / "b.jsonl", ["2023-11-03", "2023-11-01"], more="{")
    _lines(folder / "c.jsonl", ["2019-12-30", "2023-11-03"])


@pytest.mark.runners
def test_files_dropped_while_it_runs_come_to_one_run_over_all(tmp_path: Path) -> None:
    folder, streamed, whole = tmp_path / "in", tmp_path / "streamed", tmp_path / "whole"
    folder.mkdir()
    for seed in SEEDS.glob("*.txt"):
        (folder / seed.name).write_bytes(seed.read_bytes())
        os.utime(folder / seed.name, (time.time() - 60, time.time() - 60))
    with subprocess.Popen(_command(folder, streamed, "--stop-when-idle", "8")) as process:
        _wait_for_rows(streamed, 5)
        _fill(folder)
        assert process.wait(timeout=120) == 0
    run_job(Job([str(folder)], str(whole), UNTAGGED))
    assert data_files(streamed) == data_files(whole)


@pytest.mark.runners
def test_a_killed_stream_loses_nothing_and_brings_nothing_twice(tmp_path: Path) -> None:
    folder, streamed, whole = tmp_path / "in", tmp_path / "streamed", tmp_path / "whole"
    folder.mkdir()
    _lines(folder / "a.jsonl", ["2023-11-02"])
    with subprocess.Popen(_command(folder, streamed)) as process:
        _wait_for_rows(streamed, 1)
        _fill(folder)
        process.kill()
    with subprocess.Popen(_command(folder, streamed, "--stop-when-idle", "5")) as process:
        assert process.wait(timeout=120) == 0
    run_job(Job([str(folder)], str(whole), UNTAGGED))
    assert data_files(streamed) == data_files(whole)


@pytest.mark.runners
def test_sigterm_ends_a_stream_cleanly(tmp_path: Path) -> None:
    folder, streamed = tmp_path / "in", tmp_path / "streamed"
    folder.mkdir()
    _lines(folder / "a.jsonl", ["2023-11-02"])
    with subprocess.Popen(
        _command(folder, streamed), stderr=subprocess.PIPE, encoding="utf-8"
    ) as process:
        _wait_for_rows(streamed, 1)
        process.send_signal(signal.SIGTERM)
        errors = process.communicate(timeout=20)[1]
    assert (process.returncode, "Traceback" in errors) == (0, False)
    assert "stopped" in errors


def test_a_pane_that_is_brought_twice_changes_nothing(tmp_path: Path) -> None:
    item = RawItem("a.txt", DISPATCH.encode(), "text")
    pane = [deliver(item, UNTAGGED, now=0), deliver(item._replace(payload=b""), UNTAGGED, now=0)]
    output = tmp_path / "out"
    first = commit_pane(str(output), UNTAGGED, pane)
    before = data_files(output)
    second = commit_pane(str(output), UNTAGGED, pane)
    assert (first.articles, second.articles, second.already_seen) == (1, 0, 1)
    assert data_files(output) == before


@pytest.mark.parametrize("engine", ["direct", "spark"])
def test_an_engine_without_streams_says_so(engine: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="wirecopy follow"):
        run_stream(Job([str(SEEDS)], str(tmp_path / "out"), UNTAGGED, engine), Pace())


def test_standard_input_cannot_be_watched(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="standard input"):
        run_stream(Job(["-"], str(tmp_path / "out"), UNTAGGED, "prism"), Pace())
