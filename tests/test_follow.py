"""Addresses as inputs of a run, and `wirecopy follow`."""

import json
import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from pipeline.errors import InputError, OutputError
from pipeline.follow import Pass, follow
from pipeline.formats.sources import Source
from pipeline.interrupt import stopped_by_signals
from pipeline.job import Job, run_job
from pipeline.records import Reject
from pipeline.store.folder import OutputFolder
from pipeline.store.manifest import Ledger, Manifest
from tests.conftest import UNTAGGED
from tests.fetch.conftest import FAST, FEED, Server, in_turn, send, server

__all__ = ["server"]

CONFIG = UNTAGGED.model_copy(update={"fetch": FAST})
SECOND = FEED.replace(
    b"</channel>",
    b"<item><guid>2</guid><description>Le second.</description></item></channel>",
)


class Runs:
    """Stands in for the pipeline, which takes seconds: keeps what it was given to read."""

    def __init__(self) -> None:
        self.sources: list[list[str]] = []
        self.dies = False

    def __call__(self, job: Job, sources: Sequence[Source | Reject]) -> Manifest:
        if self.dies:
            raise RuntimeError("the power went out")
        names = [each.source_uri if isinstance(each, Reject) else each.uri for each in sources]
        self.sources.append(sorted(name.rpartition("/")[2] for name in names))
        manifest = Manifest(
            wirecopy="0",
            configuration="",
            tagging="",
            ledger=Ledger(read=len(names), articles=len(names)),
            counts={},
            datasets={},
        )
        Path(job.output, "manifest.json").write_text(manifest.to_json())
        return manifest


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> Runs:
    runs = Runs()
    monkeypatch.setattr("pipeline.job.run_sources", runs)
    monkeypatch.setattr("pipeline.follow.run_sources", runs)
    return runs


def _follow(
    output: Path, *inputs: Path | str, passes: int = 1, interval: float = 0.0
) -> list[Pass]:
    done: list[Pass] = []
    job = Job([str(each) for each in inputs], str(output), CONFIG)
    follow(job, interval, threading.Event(), done.append, passes)
    return done


def _article(path: Path, text: str, age: float = 60.0) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"id": path.name, "text": text}), encoding="utf-8")
    os.utime(path, (time.time() - age, time.time() - age))
    return path


def test_a_run_fetches_addresses_and_a_lost_state_changes_no_table(
    tmp_path: Path, server: Server
) -> None:
    server.routes["/f"] = send(ETag='"1"')
    source = _article(tmp_path / "a.json", "Un texte du dossier.")
    job = Job([server.url("/f"), server.url("/none"), str(source)], str(tmp_path / "out"), CONFIG)
    first = run_job(job)
    assert first.ledger == Ledger(read=3, articles=2, rejects=1)
    folder = OutputFolder(job.output)
    assert [row["reason"] for row in folder.rows("rejects")] == ["http_error"]
    assert server.url("/f") + "#1" in {row["source_uri"] for row in folder.rows("articles")}
    (tmp_path / "out/.state/feeds.json").unlink()
    second = run_job(job)
    assert second.ledger.already_seen == 2
    assert second.datasets == first.datasets


def test_a_second_run_brings_nothing_twice(tmp_path: Path, server: Server, runs: Runs) -> None:
    server.routes["/f"] = in_turn(send(ETag='"1"'), send(b"", 304))
    job = Job([server.url("/f")], str(tmp_path / "out"), CONFIG)
    run_job(job)
    run_job(job)
    assert runs.sources == [["f"], []]


def test_lost_tables_are_fetched_again(tmp_path: Path, server: Server, runs: Runs) -> None:
    server.routes["/f"] = send(ETag='"1"')
    job = Job([server.url("/f")], str(tmp_path / "out"), CONFIG)
    run_job(job)
    (tmp_path / "out/manifest.json").unlink()
    run_job(job)
    assert runs.sources == [["f"], ["f"]]
    assert "if-none-match" not in server.asked[1][1]


def test_a_run_that_dies_does_not_remember_what_it_fetched(
    tmp_path: Path, server: Server, runs: Runs
) -> None:
    server.routes["/f"] = send(ETag='"1"')
    _article(tmp_path / "in/a.json", "Un texte.")
    runs.dies = True
    for _ in range(2):
        with pytest.raises(RuntimeError, match="the power went out"):
            _follow(tmp_path / "out", server.url("/f"), tmp_path / "in")
    runs.dies = False
    _follow(tmp_path / "out", server.url("/f"), tmp_path / "in")
    assert runs.sources == [["a.json", "f"]]


def test_following_reads_each_file_once_and_what_changes_again(tmp_path: Path, runs: Runs) -> None:
    folder, output = tmp_path / "in", tmp_path / "out"
    _article(folder / "a.json", "Le premier texte.")
    first, second = _follow(output, folder, passes=2)
    assert (first.files, second.files, second.ledger) == (1, 0, None)
    _article(folder / "b.json", "Le deuxième texte.")
    _follow(output, folder)
    _article(folder / "a.json", "Le premier texte, corrigé.", age=30)
    _follow(output, folder)
    assert runs.sources == [["a.json"], ["b.json"], ["a.json"]]


def test_a_file_that_is_being_written_is_left_for_later(tmp_path: Path, runs: Runs) -> None:
    _article(tmp_path / "in/a.json", "Un texte.", age=0)
    (done,) = _follow(tmp_path / "out", tmp_path / "in")
    assert (done.files, done.ledger, runs.sources) == (0, None, [])


def test_a_folder_or_pattern_may_be_empty_at_first(tmp_path: Path, runs: Runs) -> None:
    (tmp_path / "in").mkdir()
    _follow(tmp_path / "out", tmp_path / "in", tmp_path / "*.json")
    assert runs.sources == []


def test_a_path_that_does_not_exist_is_an_error(tmp_path: Path, runs: Runs) -> None:
    with pytest.raises(InputError, match="absent"):
        _follow(tmp_path / "out", tmp_path / "absent")
    with pytest.raises(InputError, match="standard input"):
        _follow(tmp_path / "out", "-")


def test_following_takes_a_feed_only_where_it_is_new(
    tmp_path: Path, server: Server, runs: Runs
) -> None:
    server.routes["/f"] = in_turn(send(), send(), send(SECOND))
    done = _follow(tmp_path / "out", server.url("/f"), passes=3)
    assert [each.feeds for each in done] == [1, 0, 1]
    assert runs.sources == [["f"], ["f"]]


def test_a_feed_is_not_asked_before_it_is_due(tmp_path: Path, server: Server, runs: Runs) -> None:
    server.routes["/f"] = send()
    _follow(tmp_path / "out", server.url("/f"), interval=60)
    _follow(tmp_path / "out", server.url("/f"), interval=60)
    assert server.paths() == ["/f"]


def test_a_feed_that_keeps_failing_is_one_reject_and_left_for_a_while(
    tmp_path: Path, server: Server, runs: Runs
) -> None:
    first, second = _follow(tmp_path / "out", server.url("/none"), passes=2)
    assert (first.failing, second.ledger) == (1, None)
    assert (runs.sources, len(server.asked)) == ([["none"]], 1)


def test_two_cannot_follow_into_one_output(tmp_path: Path, runs: Runs) -> None:
    def report(_: Pass) -> None:
        with pytest.raises(OutputError, match="another run"):
            _follow(tmp_path / "out", tmp_path / "in")

    _article(tmp_path / "in/a.json", "Un texte.")
    job = Job([str(tmp_path / "in")], str(tmp_path / "out"), CONFIG)
    follow(job, 0.0, threading.Event(), report, passes=1)


def test_it_ends_when_it_is_told_to(tmp_path: Path, runs: Runs) -> None:
    (tmp_path / "in").mkdir()
    stop = threading.Event()
    job = Job([str(tmp_path / "in")], str(tmp_path / "out"), CONFIG)
    follow(job, 60.0, stop, lambda _: stop.set())
    assert stop.is_set()


def test_sigterm_ends_following_cleanly_and_soon(tmp_path: Path) -> None:
    _article(tmp_path / "in/a.json", "Un texte.")
    process = subprocess.Popen(
        [sys.executable, "-m", "pipeline", "follow", str(tmp_path / "in"), "--no-tag",
         "--interval", "60", "--output", str(tmp_path / "out")],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8",
    )  # fmt: skip
    with process:
        assert process.stdout is not None
        assert "1 file, 0 feeds: 1 new article" in process.stdout.readline()
        process.send_signal(signal.SIGTERM)
        started = time.monotonic()
        errors = process.communicate(timeout=20)[1]
    assert (process.returncode, "Traceback" in errors) == (0, False)
    assert "stopped" in errors
    assert time.monotonic() - started < 5
    assert [row["body"] for row in OutputFolder(str(tmp_path / "out")).rows("articles")] == [
        "Un texte."
    ]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_is_one_interrupt_even_where_beam_wraps_it(number: signal.Signals) -> None:
    def step() -> None:
        try:
            signal.raise_signal(number)
        except KeyboardInterrupt as error:
            raise RuntimeError("while running a step") from error

    before = signal.getsignal(number)
    try:
        with pytest.raises(KeyboardInterrupt), stopped_by_signals():
            step()
    finally:
        logging.disable(logging.NOTSET)
    assert signal.getsignal(number) == before


def test_other_errors_pass_through() -> None:
    with pytest.raises(RuntimeError, match="mine"), stopped_by_signals():
        raise RuntimeError("mine")
