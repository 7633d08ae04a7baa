"""The command line: what is printed, and with which exit code it ends."""

import json
import logging
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.schemas.avro import DATASETS, contract

Cli = Callable[..., tuple[int, str, str]]


@pytest.fixture
def cli(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Iterator[Cli]:
    """Runs `wirecopy ARGUMENTS` in an empty folder: exit code, stdout, stderr."""
    monkeypatch.chdir(tmp_path)
    handlers = list(logging.getLogger().handlers)

    def call(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["wirecopy", *arguments])
        with pytest.raises(SystemExit) as stopped:
            main()
        out, err = capsys.readouterr()
        return int(stopped.value.code or 0), out, err

    yield call
    logging.getLogger().handlers[:] = handlers


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("run", "absent", "-o", "out"), "absent: no such file or folder"),
        (("run", "*.nothing", "-o", "out"), "no file matches"),
        (("run", "a.txt", "-o", "a.txt"), "a.txt: cannot write here"),
        (("run", "a.txt", "-o", "a.txt/out"), "cannot write here"),
        (("run", "a.txt", "-o", "out", "--otput=x"), "--otput=x: no such option"),
        (("run", "a.txt", "-o", "out", "--runner", "warp"), "--runner warp: there is"),
        (("run", "a.txt", "-o", "out", "--config", "no.toml"), "no.toml: cannot read"),
        (("inspect", "nowhere"), "nowhere: there is no output here"),
        (("schema", "articlez"), "articlez: no such dataset"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_a_mistake_of_the_caller_is_one_clear_line(
    cli: Cli, tmp_path: Path, arguments: tuple[str, ...], message: str
) -> None:
    (tmp_path / "a.txt").write_text("Un article.")
    code, _, err = cli(*arguments)
    assert code == 2
    assert message in err
    assert len(err.strip().splitlines()) == 1
    assert "Traceback" not in err


def test_a_missing_model_says_what_to_install(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Un article.")
    (tmp_path / "own.toml").write_text("[tagging]\nmodels = {fr = 'fr_core_news_none'}\n")
    code, _, err = cli("run", "a.txt", "-o", "out", "--config", "own.toml")
    assert code == 2
    assert "pip install fr-core-news-none" in err


def test_a_run_ends_with_a_table_of_what_it_did(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Le conseil a voté le budget de la commune mardi soir.")
    code, out, _ = cli("run", "a.txt", "-o", "out", "--no-tag")
    assert code == 0
    for word in ("items read", "articles", "partial", "stories", "events", "rejects", "seconds"):
        assert word in out


def test_beams_own_options_pass_through(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Le conseil a voté le budget de la commune mardi soir.")
    code, _, _ = cli("run", "a.txt", "-o", "out", "--no-tag", "--job_name=press")
    assert code == 0


def test_the_schema_of_a_dataset_is_the_checked_in_file(cli: Cli) -> None:
    code, out, _ = cli("schema", "copies")
    assert code == 0
    assert out == contract("copies")


def test_the_datasets_are_listed(cli: Cli) -> None:
    _, out, _ = cli("schema")
    assert [line.split()[0] for line in out.splitlines()] == list(DATASETS)


def test_inspection_shows_stories_and_rejects(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.txt").write_text("Le conseil a voté le budget de la commune mardi soir.")
    (tmp_path / "in/b.txt").write_text("")
    cli("run", "in", "-o", "out", "--no-tag")
    code, out, _ = cli("inspect", "out")
    assert code == 0
    assert "1 article, 1 independent origin" in out
    assert "in/b.txt" in out
    assert "empty" in out


def test_inspection_shows_what_is_not_to_be_published_apart(cli: Cli, tmp_path: Path) -> None:
    items = [
        {"id": "budget", "text": "Le conseil a voté le budget de la commune mardi soir."},
        {"id": "incendie", "status": "canceled", "title": "Un incendie"},
        {"id": "pont", "text": "Le pont rouvre bientôt.", "embargoed": "2999-01-01T00:00:00Z"},
        {"id": "route", "text": "La route ferme demain.", "status": "withheld"},
    ]
    lines = "".join(f"{json.dumps(item)}\n" for item in items)
    (tmp_path / "in.jsonl").write_text(lines)
    cli("run", "in.jsonl", "-o", "out", "--no-tag")
    _, out, _ = cli("inspect", "out")
    listed = out[out.index("canceled (") : out.index("stories (")]
    assert [line.strip() for line in listed.splitlines() if line] == [
        "canceled (1, not to be published)", "incendie",
        "withheld (1, not to be published)", "in.jsonl#L4",
        "embargoed (1, not to be published)", "in.jsonl#L3",
    ]  # fmt: skip


def test_the_version_is_printed(cli: Cli) -> None:
    assert cli("version")[1].startswith("wirecopy 0.")
