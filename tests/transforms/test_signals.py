"""Kills, corrections, embargoes and holds, through whole runs."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from pipeline.config import ReadConfig
from pipeline.job import Job, run_job
from pipeline.store.folder import OutputFolder
from pipeline.store.manifest import Ledger, Manifest
from tests.conftest import UNTAGGED

TEXT = (
    "Le conseil municipal a adopté mardi soir le budget de la commune après quatre heures de"
    " débats. Les élus ont voté la rénovation de l'école et la création d'une piste cyclable."
)
NOON, EVENING = "2024-03-01T12:00:00+00:00", "2024-03-01T20:00:00+00:00"

Pass = Callable[..., Manifest]


@pytest.fixture
def one_pass(tmp_path: Path) -> Pass:
    """Runs some items, each a JSON object, into `tmp_path/out` at a given time."""
    runs: list[int] = []

    def go(*items: Mapping[str, Any], now: str = NOON) -> Manifest:
        runs.append(len(runs))
        file = tmp_path / f"pass{len(runs)}.jsonl"
        lines = [json.dumps({"source": "Agence", **item}) for item in items]
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        config = UNTAGGED.model_copy(update={"read": ReadConfig(now=now)})
        return run_job(Job([str(file)] if items else [], str(tmp_path / "out"), config))

    return go


@pytest.fixture
def out(tmp_path: Path) -> OutputFolder:
    return OutputFolder(str(tmp_path / "out"))


def item(guid: str = "g1", version: int = 1, text: str = TEXT, **fields: Any) -> dict[str, Any]:
    return {"id": guid, "version": version, "text": text, "date": NOON, **fields}


def cancel(guid: str = "g1", version: int = 2) -> dict[str, Any]:
    return {"id": guid, "version": version, "status": "canceled", "title": "Un titre ordinaire"}


def rows(out: OutputFolder, dataset: str) -> list[Mapping[str, Any]]:
    manifest = out.manifest()
    assert manifest is not None
    found = [row for f in manifest.datasets[dataset].files for row in out.read_file(f.path)]
    return sorted(found, key=repr)


def published(out: OutputFolder) -> list[tuple[str, int, str, str]]:
    found = rows(out, "articles")
    return sorted((r["guid"], r["version"], r["status"], r["body"][:3]) for r in found)


def reasons(out: OutputFolder) -> list[str]:
    return sorted(row["reason"] for row in rows(out, "rejects"))


def test_a_kill_in_a_later_run_takes_the_text_out_of_all_tables(
    one_pass: Pass, out: OutputFolder
) -> None:
    one_pass(item(), item("g2", text=TEXT + " Une suite."))
    assert len(rows(out, "copies")) == 1
    manifest = one_pass(cancel())
    assert published(out) == [("g1", 2, "canceled", ""), ("g2", 1, "usable", "Le ")]
    assert rows(out, "copies") == []
    assert [len(story["article_ids"]) for story in rows(out, "stories")] == [1]
    assert manifest.ledger == Ledger(read=1, tombstones=1)


def test_an_embargoed_item_waits_for_its_time(one_pass: Pass, out: OutputFolder) -> None:
    manifest = one_pass(item(embargoed="2024-03-01T18:00:00Z"))
    assert (published(out), reasons(out)) == ([], ["embargoed"])
    assert manifest.ledger == Ledger(read=1, rejects=1)
    manifest = one_pass(item("g2"), now=EVENING)
    assert [guid for guid, *_ in published(out)] == ["g1", "g2"]
    assert reasons(out) == []
    assert manifest.ledger == Ledger(read=2, articles=2)


def test_a_withheld_article_leaves_the_tables_and_comes_back(
    one_pass: Pass, out: OutputFolder
) -> None:
    one_pass(item())
    one_pass(item(version=2, status="withheld"))
    assert (published(out), reasons(out)) == ([], ["withheld", "withheld"])
    manifest = one_pass(item(version=3, text=TEXT + " Fin."))
    assert [version for _, version, *_ in published(out)] == [1, 3]
    assert reasons(out) == ["withheld"]
    assert manifest.ledger.balance == 0


KILL = {
    "id": "k1",
    "title": "DÉPÊCHE ANNULÉE - Le budget de la commune adopté",
    "text": "Prière aux rédactions de ne pas utiliser ce texte.",
    "date": EVENING,
}


def test_a_notice_in_words_kills_the_item_that_it_names(one_pass: Pass, out: OutputFolder) -> None:
    manifest = one_pass(item(title="Le budget de la commune adopté"), KILL)
    assert published(out) == [("g1", 1, "canceled", "")]
    assert manifest.ledger == Ledger(read=2, tombstones=1, rejects=1)
    assert one_pass(KILL).ledger == Ledger(read=1, already_seen=1)


def test_a_notice_waits_until_the_item_that_it_names_arrives(
    one_pass: Pass, out: OutputFolder
) -> None:
    manifest = one_pass(KILL)
    assert (reasons(out), manifest.ledger) == (["unresolved_notice"], Ledger(read=1, rejects=1))
    manifest = one_pass(item(title="Le budget de la commune adopté"))
    assert published(out) == [("g1", 1, "canceled", "")]
    assert reasons(out) == ["withdrawn"]
    assert manifest.ledger == Ledger(read=2, tombstones=1, rejects=1)


def test_a_correction_is_a_version_of_what_it_corrects_and_no_copy(
    one_pass: Pass, out: OutputFolder
) -> None:
    title = "Le budget de la commune adopté"
    corrected = item("g9", text=TEXT + " Fin.", title=f"RECTIFICATIF : {title}", date=EVENING)
    one_pass(item(title=title), corrected)
    assert [(v, status) for _, v, status, _ in published(out)] == [(1, "usable"), (2, "corrected")]
    assert rows(out, "copies") == []
    assert len({row["article_id"] for row in rows(out, "articles")}) == 1
    assert one_pass(corrected).ledger == Ledger(read=1, already_seen=1)
