"""Runs into an output that holds months far apart: what is read, what is carried over."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from pipeline.config import Config, CopiesConfig
from pipeline.job import Job, run_job
from pipeline.store.folder import OutputFolder
from pipeline.store.manifest import Manifest
from tests.conftest import UNTAGGED
from tests.test_job import DISPATCH, OTHER, data_files

Run = Callable[..., Manifest]
Item = dict[str, Any]

THIRD = (
    "Les pompiers de Valbrume ont sauvé dimanche onze chevaux pris par la crue de la Sorgue, avec"
    " deux barques et un tracteur. Le manège, inondé pour la troisième fois en un an, demande à la"
    " préfecture de relever la digue, que les ingénieurs jugent trop basse depuis dix ans."
)


def _item(source: str, guid: str, text: str, date: str, **more: str) -> Item:
    return {"source": source, "id": guid, "text": text, "date": date, **more}


def _year() -> dict[str, list[Item]]:
    """Months of two years: copies and stories over borders, lines that come back, versions."""
    appeal = "Retrouvez nous chaque matin."
    return {
        "january": [
            _item("A", "1", DISPATCH, "2022-01-05T08:00:00Z"),
            _item("B", "2", f"{DISPATCH} (suite)", "2022-01-30T08:00:00Z"),
            _item("B", "3", OTHER, "2022-01-30"),
        ],
        "february": [
            _item("A", "4", f"{OTHER} {THIRD}", "2022-02-02T08:00:00Z"),
            _item("C", "5", f"{DISPATCH[:200]}\n\n{OTHER}", "2022-02-09T08:00:00Z"),
        ],
        "july": [
            _item("D", str(10 + n), f"{text} {n}\n\n{appeal}", f"2022-07-{2 + 3 * n:02}")
            for n, text in enumerate((DISPATCH, OTHER, THIRD, DISPATCH[90:], OTHER[90:]))
        ],
        "august": [
            _item("A", "20", THIRD, "2022-08-01T06:00:00Z"),
            _item("D", "21", f"{DISPATCH} Fin.\n\n{appeal}", "2022-08-01"),
            _item("D", "3", f"{THIRD} Une suite.", "2022-08"),
        ],
        "later": [
            _item("A", "1", f"{DISPATCH} Corrigé.", "2023-06-05T08:00:00Z"),
            _item("B", "30", f"{DISPATCH} Corrigé encore.", "2023-06-06T08:00:00Z"),
        ],
    }


def _write(folder: Path, months: dict[str, list[Item]]) -> dict[str, Path]:
    folder.mkdir(exist_ok=True)
    paths = {name: folder / f"{name}.jsonl" for name in months}
    for name, path in paths.items():
        path.write_text("\n".join(map(json.dumps, months[name])) + "\n", encoding="utf-8")
    return paths


def _files(manifest: Manifest) -> tuple[int, int]:
    return manifest.counts.get("files.read", 0), manifest.counts["files.carried"]


@pytest.mark.parametrize(
    "order",
    [
        ("january", "february", "july", "august", "later"),
        ("later", "august", "july", "february", "january"),
        ("july", "later", "january", "august", "february"),
    ],
)
def test_months_added_in_any_order_give_the_files_of_one_run(
    tmp_path: Path, run: Run, order: Sequence[str]
) -> None:
    paths = _write(tmp_path / "in", _year())
    run(*paths.values(), output=tmp_path / "once")
    carried = 0
    for name in order:
        carried += run(paths[name], output=tmp_path / "parts").counts["files.carried"]
    assert data_files(tmp_path / "parts") == data_files(tmp_path / "once")
    assert carried


def test_only_the_months_around_new_articles_are_read(tmp_path: Path, run: Run) -> None:
    paths = _write(tmp_path / "in", _year())
    run(paths["january"], paths["july"])
    before = data_files(tmp_path / "out")
    manifest = run(paths["february"])
    read, carried = _files(manifest)
    assert read == 1  # january; july lies further than any rule looks
    july = {path: digest for path, digest in before.items() if "2022-07" in path}
    assert carried == len(july)
    assert july.items() <= data_files(tmp_path / "out").items()
    assert manifest.datasets["articles"].rows == 10


def test_the_counts_of_what_is_carried_stay_in_the_sums(tmp_path: Path, run: Run) -> None:
    paths = _write(tmp_path / "in", _year())
    whole = run(*paths.values(), output=tmp_path / "once")
    for path in paths.values():
        parts = run(path)
    for name in ("copies.near_duplicate", "copies.reprint", "stories.several"):
        assert parts.counts.get(name) == whole.counts.get(name), name
    assert parts.months == whole.months


def test_a_run_without_anything_new_around_reads_no_article(tmp_path: Path, run: Run) -> None:
    paths = _write(tmp_path / "in", _year())
    run(paths["january"])
    (tmp_path / "empty").mkdir()
    read, carried = _files(run(tmp_path / "empty"))
    assert (read, carried > 0) == (0, True)


def test_a_new_version_finds_its_article_in_a_month_that_is_far_away(
    tmp_path: Path, run: Run
) -> None:
    paths = _write(tmp_path / "in", _year())
    run(paths["january"])
    manifest = run(paths["later"])
    assert (manifest.ledger.versions, manifest.ledger.articles) == (1, 1)
    rows = [r for r in OutputFolder(str(tmp_path / "out")).rows("articles") if r["guid"] == "1"]
    assert sorted(row["version"] for row in rows) == [1, 2]


def test_a_kill_reaches_its_article_in_a_month_that_is_far_away(tmp_path: Path, run: Run) -> None:
    months = _year()
    kill = _item(
        "A", "20", "", "2023-06-05T08:00:00Z", title="Un titre", status="canceled", version="2"
    )
    paths = _write(tmp_path / "in", {**months, "kill": [kill]})
    stored = [paths[name] for name in months]
    run(*stored)
    manifest = run(paths["kill"])
    run(*stored, paths["kill"], output=tmp_path / "once")
    assert manifest.counts["files.carried"]
    assert data_files(tmp_path / "out") == data_files(tmp_path / "once")
    rows = [r for r in OutputFolder(str(tmp_path / "out")).rows("articles") if r["guid"] == "20"]
    assert {(r["status"], r["body"]) for r in rows if r["version"] == 2} == {("canceled", "")}


def test_an_article_without_a_month_needs_everything(tmp_path: Path, run: Run) -> None:
    paths = _write(tmp_path / "in", _year())
    run(paths["january"], paths["july"])
    undated = _write(tmp_path / "more", {"undated": [_item("A", "50", DISPATCH, "")]})
    assert _files(run(*undated.values())) == (2, 0)


def test_other_rules_make_all_files_anew(tmp_path: Path, run: Run) -> None:
    paths = _write(tmp_path / "in", _year())
    run(paths["january"], paths["july"])
    other: Config = UNTAGGED.model_copy(update={"copies": CopiesConfig(partial_words=30)})
    manifest = run_job(Job([str(paths["february"])], str(tmp_path / "out"), other))
    assert _files(manifest) == (2, 0)
