from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from pipeline.config import Config, TaggingConfig
from pipeline.job import Job, run_job
from pipeline.store.folder import OutputFolder
from pipeline.store.manifest import Manifest

SEEDS = Path(__file__).parent.parent / "seeds"
UNTAGGED = Config(tagging=TaggingConfig(enabled=False))

Rows = list[Mapping[str, Any]]


@pytest.fixture(scope="session")
def seeds_output(tmp_path_factory: pytest.TempPathFactory) -> OutputFolder:
    """What a whole run over the seeds wrote."""
    output = tmp_path_factory.mktemp("seeds") / "out"
    run_job(Job([str(SEEDS)], str(output)))
    return OutputFolder(str(output))


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., Manifest]:
    """Runs the job without tagging over some inputs into `tmp_path/out`."""

    def run_inputs(*inputs: Path | str, output: Path | None = None) -> Manifest:
        where = output or tmp_path / "out"
        return run_job(Job([str(path) for path in inputs], str(where), UNTAGGED))

    return run_inputs
