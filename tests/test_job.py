"""Whole runs: what goes in, what comes out, and what is left when one fails."""

import gzip
import hashlib
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.errors import InputError, OutputError
from pipeline.job import Job, run_job
from pipeline.store.folder import OutputFolder
from pipeline.store.manifest import Manifest
from tests.conftest import UNTAGGED

Run = Callable[..., Manifest]

DISPATCH = (
    "Le conseil municipal a adopté mardi soir le budget de la commune après quatre heures de"
    " débats. Les élus ont voté la rénovation de l'école, la création d'une piste cyclable et la"
    " baisse de la taxe sur les terrasses. L'opposition a regretté que la bibliothèque reste fermée"
    " le samedi, faute de personnel, et demande un audit des comptes avant l'été."
)


def data_files(output: Path) -> dict[str, str]:
    """Path and hash of each data file."""
    return {
        str(path.relative_to(output)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(output.rglob("*.avro"))
    }


def _write(path: Path, *texts: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [json.dumps({"id": str(n), "text": text}) for n, text in enumerate(texts)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_the_same_input_twice_gives_the_same_bytes(tmp_path: Path, run: Run) -> None:
    source = _write(tmp_path / "in.jsonl", DISPATCH, DISPATCH + " Fin.", "Autre texte, sans lien.")
    run(source, output=tmp_path / "a")
    run(source, output=tmp_path / "b")
    assert data_files(tmp_path / "a") == data_files(tmp_path / "b")


def test_a_second_run_into_the_same_output_changes_no_data_file(tmp_path: Path, run: Run) -> None:
    source = _write(tmp_path / "in.jsonl", DISPATCH, DISPATCH + " Fin.", "")
    run(source)
    before = data_files(tmp_path / "out")
    manifest = run(source)
    assert data_files(tmp_path / "out") == before
    assert (manifest.ledger.already_seen, manifest.ledger.rejects) == (2, 1)


def test_an_article_of_a_later_run_is_matched_with_earlier_ones(tmp_path: Path, run: Run) -> None:
    text = json.dumps({"id": "x", "source": "Autre journal", "text": DISPATCH})
    run(_write(tmp_path / "monday.jsonl", DISPATCH))
    (tmp_path / "tuesday.jsonl").write_text(text)
    run(tmp_path / "tuesday.jsonl")
    (pair,) = OutputFolder(str(tmp_path / "out")).rows("copies")
    assert pair["relation"] == "exact"


def test_adding_by_parts_gives_the_tables_of_one_run(tmp_path: Path, run: Run) -> None:
    first = _write(tmp_path / "first/a.jsonl", DISPATCH)
    (tmp_path / "second").mkdir()
    second = tmp_path / "second/b.jsonl"
    second.write_text(json.dumps({"source": "B", "id": "9", "text": DISPATCH + " (suite)"}))
    run(first, second, output=tmp_path / "once")
    run(second, output=tmp_path / "parts")
    run(first, output=tmp_path / "parts")
    assert data_files(tmp_path / "parts") == data_files(tmp_path / "once")


APPEAL = "Abonnez-vous pour soutenir une information libre et lire tous nos articles en ligne."
OTHER = (
    "La coopérative laitière de la vallée a inauguré jeudi son nouvel atelier de fromage, qui doit"
    " employer vingt personnes. Les éleveurs, réunis en assemblée, ont fixé le prix du lait pour"
    " l'hiver et demandé à la région une aide pour refaire la route du col."
)


def _three_days(folder: Path) -> list[Path]:
    """Three days of two papers: copies across days, an appeal that comes back, a correction."""
    folder.mkdir()
    told = {
        "monday": [("A", "1", DISPATCH), ("B", "2", f"{OTHER} {APPEAL}")],
        "tuesday": [("B", "3", f"{DISPATCH} (suite) {APPEAL}"), ("A", "4", DISPATCH[60:])],
        "friday": [("B", "5", f"{OTHER[:150]}\n\n{DISPATCH}"), ("A", "6", OTHER + " " + APPEAL)],
    }
    days = []
    for day, (name, items) in zip((3, 4, 7), told.items(), strict=True):
        lines = [
            {"source": source, "id": guid, "text": text, "date": f"2024-06-0{day}T0{n + 6}:00:00Z"}
            for n, (source, guid, text) in enumerate(items)
        ]
        path = folder / f"{name}.jsonl"
        path.write_text("\n".join(map(json.dumps, lines)) + "\n", encoding="utf-8")
        days.append(path)
    return days


def test_days_added_in_any_order_and_again_give_the_files_of_one_run(
    tmp_path: Path, run: Run
) -> None:
    days = _three_days(tmp_path / "days")
    run(*days, output=tmp_path / "once")
    once = data_files(tmp_path / "once")
    pairs = list(OutputFolder(str(tmp_path / "once")).rows("copies"))
    assert len({pair["article_id"] for pair in pairs}) == 4  # copies across days there are
    for number, order in enumerate(((0, 1, 2), (2, 1, 0), (1, 2, 0), (2, 0, 2, 1, 0))):
        output = tmp_path / f"days-{number}"
        for day in order:
            run(days[day], output=output)
        assert data_files(output) == once
    run(*days[::-1], *days[:2], output=tmp_path / "shuffled")
    assert data_files(tmp_path / "shuffled") == once


def test_where_an_item_stands_in_the_input_does_not_matter(tmp_path: Path, run: Run) -> None:
    lines = [json.dumps({"id": str(n), "text": f"{DISPATCH} {n}"}) for n in range(6)]
    tables = []
    for name, order in (("a", lines), ("b", lines[::-1])):
        source = tmp_path / name / "in.jsonl"
        source.parent.mkdir()
        source.write_text("\n".join(order))
        run(source, output=tmp_path / f"out-{name}")
        folder = OutputFolder(str(tmp_path / f"out-{name}"))
        tables.append([list(folder.rows(name)) for name in ("copies", "stories")])
    assert tables[0] == tables[1]


def test_a_run_that_dies_leaves_the_output_readable(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(_write(tmp_path / "a.jsonl", DISPATCH))
    before = data_files(tmp_path / "out")
    monkeypatch.setattr(OutputFolder, "commit", _die)
    with pytest.raises(Exception, match="the power went out"):
        run(_write(tmp_path / "b.jsonl", "Un autre texte, tout à fait différent."))
    monkeypatch.undo()
    folder = OutputFolder(str(tmp_path / "out"))
    assert data_files(tmp_path / "out").items() >= before.items()
    assert len(list(folder.rows("articles"))) == 1
    manifest = run(tmp_path / "b.jsonl")
    assert manifest.datasets["articles"].rows == 2
    assert not (tmp_path / "out/.staging").exists()


def _die(*_: object) -> None:
    raise RuntimeError("the power went out")


def test_an_output_inside_the_input_is_not_read_again(tmp_path: Path, run: Run) -> None:
    (tmp_path / "a.txt").write_text(DISPATCH)
    run(tmp_path)
    manifest = run(tmp_path)
    assert (manifest.ledger.read, manifest.ledger.already_seen) == (1, 1)


def test_compressed_lines_are_read(tmp_path: Path, run: Run) -> None:
    source = tmp_path / "in.jsonl.gz"
    source.write_bytes(gzip.compress(json.dumps({"text": DISPATCH}).encode()))
    assert run(source).ledger.articles == 1


def test_a_folder_without_files_is_a_reject(tmp_path: Path, run: Run) -> None:
    (tmp_path / "empty").mkdir()
    manifest = run(tmp_path / "empty")
    assert manifest.counts["rejects.no_readable_files"] == 1
    assert manifest.ledger.balance == 0


def test_a_missing_input_is_named(tmp_path: Path, run: Run) -> None:
    with pytest.raises(InputError, match="absent"):
        run(tmp_path / "absent")
    assert not (tmp_path / "out").exists()


def test_an_output_below_a_file_is_refused(tmp_path: Path, run: Run) -> None:
    (tmp_path / "a.txt").write_text(DISPATCH)
    with pytest.raises(OutputError, match="cannot write here"):
        run(tmp_path / "a.txt", output=tmp_path / "a.txt/out")


def test_a_foreign_manifest_is_refused_before_any_work(tmp_path: Path, run: Run) -> None:
    (tmp_path / "a.txt").write_text(DISPATCH)
    (tmp_path / "out").mkdir()
    (tmp_path / "out/manifest.json").write_text('{"name": "my app"}')
    with pytest.raises(OutputError, match="no wirecopy manifest"):
        run(tmp_path / "a.txt")
    assert (tmp_path / "out/manifest.json").read_text() == '{"name": "my app"}'


def test_two_runs_cannot_write_to_one_output(tmp_path: Path, run: Run) -> None:
    import fcntl

    (tmp_path / "a.txt").write_text(DISPATCH)
    (tmp_path / "out").mkdir()
    with open(tmp_path / "out/.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(OutputError, match="another run"):
            run(tmp_path / "a.txt")


def test_standard_input_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(DISPATCH.encode())))
    manifest = run_job(Job(["-"], str(tmp_path / "out"), UNTAGGED))
    assert manifest.ledger.articles == 1
    (row,) = OutputFolder(str(tmp_path / "out")).rows("articles")
    assert row["source_uri"] == "-"


def test_every_kind_of_bad_line_is_accounted_for(tmp_path: Path, run: Run) -> None:
    hostile = [
        b"{",
        b"[]",
        b"null",
        b'{"text": ""}',
        b'{"text": 7}',
        b'{"title": "no text"}',
        b'{"text": "\\ud800"}',
        b'{"text": "' + b"x" * 10 + b'"',
        b"[" * 5_000,
        b'{"id": ' + b"9" * 6_000 + b', "text": "a"}',
        b"\xff\xfe\xfd",
        b"\x00\x01\x02",
        b'{"text": "\\u0000\\u0000"}',
    ]
    good = [json.dumps({"id": str(n), "text": f"{DISPATCH} {n}"}).encode() for n in range(20)]
    source = tmp_path / "in.jsonl"
    source.write_bytes(b"\n".join(good[:10] + hostile + good[10:]))
    manifest = run(source)
    assert manifest.ledger.articles == 20
    assert manifest.ledger.read == len(hostile) + 20
    assert manifest.ledger.rejects == len(hostile)
