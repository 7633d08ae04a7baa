"""The same pipeline on Prism: `make test-runners`. Skipped where there is no prism binary."""

import json
from pathlib import Path

import pytest

from pipeline.errors import ConfigError
from pipeline.job import Job, run_job
from runners import prism
from tests.conftest import SEEDS, UNTAGGED
from tests.test_job import DISPATCH, data_files

pytestmark = pytest.mark.runners


def _inputs(folder: Path) -> list[str]:
    """The seeds, copies of invented articles, a repeated item and some rejects."""
    lines = [
        json.dumps({"id": str(n), "source": f"Journal {n % 3}", "text": text})
        for n, text in enumerate([DISPATCH, f"{DISPATCH} (suite)", DISPATCH[:200], "Un mot."])
    ]
    source = folder / "in.jsonl"
    source.write_text("\n".join([*lines, lines[0], "{", '{"text": ""}']), encoding="utf-8")
    return [str(SEEDS), str(source)]


def test_prism_writes_the_same_bytes_as_the_direct_engine(tmp_path: Path) -> None:
    inputs = _inputs(tmp_path)
    outputs = {name: tmp_path / name for name in ("direct", "prism")}
    for name, output in outputs.items():
        run_job(Job(inputs, str(output), UNTAGGED, name))
    assert data_files(outputs["prism"]) == data_files(outputs["direct"])
    manifests = [(output / "manifest.json").read_bytes() for output in outputs.values()]
    assert manifests[0] == manifests[1]


def test_a_missing_binary_says_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("GOPATH", str(tmp_path))
    with pytest.raises(ConfigError, match="go install"):
        prism.open_pipeline([])
