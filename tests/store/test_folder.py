import io
from pathlib import Path

import pytest

from pipeline.errors import OutputError
from pipeline.records import Reject
from pipeline.schemas.avro import DATASETS, schema_fingerprint
from pipeline.schemas.codec import encode_row, write_container
from pipeline.store.folder import STAGING, OutputFolder
from pipeline.store.manifest import DataFile, Dataset, Ledger, Manifest


def _stage(folder: OutputFolder, name: str, *uris: str) -> DataFile:
    stream = io.BytesIO()
    rows = [encode_row("rejects", Reject(uri, "read", "empty", "")) for uri in uris]
    write_container(stream, "rejects", rows)
    path = f"rejects/month=unknown/{name}.avro"
    folder.stage(path, stream.getvalue())
    return DataFile(path=path, rows=len(rows), bytes=len(stream.getvalue()), sha256="")


def _manifest(*files: DataFile) -> Manifest:
    rejects = Dataset(
        schema_fingerprint=schema_fingerprint("rejects"), rows=len(files), files=files
    )
    empty = rejects.model_copy(update={"rows": 0, "files": ()})
    datasets = {name: rejects if name == "rejects" else empty for name in DATASETS}
    return Manifest(
        wirecopy="0", configuration="", tagging="", ledger=Ledger(), counts={}, datasets=datasets
    )


def _uris(folder: OutputFolder) -> list[str]:
    return [row["source_uri"] for row in folder.rows("rejects")]


def test_a_folder_that_does_not_exist_holds_nothing(tmp_path: Path) -> None:
    folder = OutputFolder(str(tmp_path / "new"))
    assert folder.manifest() is None
    assert list(folder.rows("articles")) == []


def test_committed_rows_are_read_back_through_the_manifest(tmp_path: Path) -> None:
    folder = OutputFolder(str(tmp_path))
    folder.commit(_manifest(_stage(folder, "part-a", "x", "y")))
    assert _uris(folder) == ["x", "y"]


def test_a_run_that_dies_before_the_commit_leaves_the_old_state(tmp_path: Path) -> None:
    folder = OutputFolder(str(tmp_path))
    folder.commit(_manifest(_stage(folder, "part-a", "old")))
    _stage(folder, "part-b", "new")
    assert _uris(folder) == ["old"]
    assert not (tmp_path / "rejects/month=unknown/part-b.avro").exists()


def test_a_commit_that_died_halfway_can_be_repeated(tmp_path: Path) -> None:
    folder = OutputFolder(str(tmp_path))
    first, second = _stage(folder, "part-a", "x"), _stage(folder, "part-b", "y")
    (tmp_path / "rejects/month=unknown").mkdir(parents=True)
    staged = tmp_path / STAGING / first.path
    staged.rename(tmp_path / first.path)  # as far as the first attempt came
    folder.commit(_manifest(first, second))
    assert _uris(folder) == ["x", "y"]


def test_files_that_the_new_manifest_does_not_name_are_removed(tmp_path: Path) -> None:
    folder = OutputFolder(str(tmp_path))
    folder.commit(_manifest(_stage(folder, "part-a", "old")))
    folder.commit(_manifest(_stage(folder, "part-b", "new")))
    assert [path.name for path in tmp_path.rglob("*.avro")] == ["part-b.avro"]


def test_files_that_are_not_ours_are_left_alone(tmp_path: Path) -> None:
    own = tmp_path / "rejects/notes.avro"
    own.parent.mkdir()
    own.write_text("mine")
    folder = OutputFolder(str(tmp_path))
    folder.commit(_manifest(_stage(folder, "part-a", "x")))
    assert own.read_text() == "mine"


def test_nothing_of_the_staging_stays_after_a_commit(tmp_path: Path) -> None:
    folder = OutputFolder(str(tmp_path))
    folder.commit(_manifest(_stage(folder, "part-a", "x")))
    assert not (tmp_path / STAGING).exists()


@pytest.mark.parametrize(
    "text", ["", "{}", "[1]", "\udcff", '{"format": "other/9"}'], ids=str.__repr__
)
def test_a_manifest_that_is_not_ours_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "manifest.json").write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(OutputError, match=r"manifest\.json"):
        OutputFolder(str(tmp_path)).manifest()


def test_a_manifest_of_another_format_is_refused(tmp_path: Path) -> None:
    manifest = _manifest().model_copy(update={"format": "wirecopy/99"})
    (tmp_path / "manifest.json").write_text(manifest.to_json())
    with pytest.raises(OutputError, match="another version"):
        OutputFolder(str(tmp_path)).manifest()


def test_the_ledger_balances_only_if_everything_is_accounted_for() -> None:
    assert Ledger(read=5, articles=2, versions=1, rejects=1, already_seen=1).balance == 0
    assert Ledger(read=5, articles=2).balance == 3
