"""The documentation is run: its commands, its queries, its links."""

import contextlib
import io
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from pipeline.store.folder import OutputFolder

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), ROOT / "seeds/README.md"])
_FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")
_VARYING = re.compile(r"(seconds)\s+[\d.,]+")


class Command(NamedTuple):
    """A `$` line of a console block, and what the page shows under it."""

    page: str
    line: str
    shown: str


def _blocks(page: Path, language: str) -> Iterator[str]:
    for found in _FENCE.finditer(page.read_text(encoding="utf-8")):
        if found.group(1) == language:
            yield found.group(2)


def _commands() -> Iterator[Command]:
    for page in PAGES:
        for block in _blocks(page, "console"):
            for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
                line, _, shown = part.partition("\n")
                yield Command(page.name, line.split("  #")[0].strip(), shown.strip("\n"))


COMMANDS = list(_commands())
WIRECOPY = [command for command in COMMANDS if command.line.startswith("wirecopy ")]


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the seeds in it, in which the README's commands run one after another."""
    folder = tmp_path_factory.mktemp("docs")
    shutil.copytree(ROOT / "seeds", folder / "seeds")
    return folder


@pytest.mark.parametrize("command", WIRECOPY, ids=lambda command: f"{command.page}:{command.line}")
def test_a_command_runs_and_prints_what_the_page_shows(workspace: Path, command: Command) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", *shlex.split(command.line)[1:]],
        cwd=workspace,
        env={"PYTHONPATH": str(ROOT), "PATH": "", "COLUMNS": "100"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    if command.shown:
        assert _same(done.stdout) == _same(command.shown)


def _same(output: str) -> list[str]:
    return [_VARYING.sub(r"\1…", line).rstrip() for line in output.strip("\n").splitlines()]


def test_the_readme_shows_the_main_job_and_its_output() -> None:
    shown = [c for c in WIRECOPY if c.page == "README.md" and c.line.startswith("wirecopy run")]
    assert shown
    assert "partial" in shown[0].shown


@pytest.mark.parametrize(
    "target", sorted({c.line.split()[1] for c in COMMANDS if c.line.startswith("make ")})
)
def test_a_make_target_exists(target: str) -> None:
    done = subprocess.run(["make", "--dry-run", target], cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    for target in _LINK.findall(page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


def _queries() -> list[str]:
    return [query for page in PAGES for query in _blocks(page, "sql")]


@pytest.mark.parametrize("query", _queries(), ids=lambda query: " ".join(query.split())[:60])
def test_a_query_of_the_documentation_finds_something(
    query: str, seeds_output: OutputFolder
) -> None:
    duckdb = pytest.importorskip("duckdb")
    connection = duckdb.connect(config={"allow_unsigned_extensions": "true"})
    connection.execute(f"LOAD '{_avro_extension()}'")
    assert connection.sql(query.replace("'out/", f"'{seeds_output.root}/")).fetchall()


def _avro_extension() -> Path:
    package = pytest.importorskip("duckdb_extension_avro")
    return next(Path(package.__file__).parent.rglob("avro.duckdb_extension"))


def test_polars_reads_every_file_of_an_output(seeds_output: OutputFolder) -> None:
    polars = pytest.importorskip("polars")
    manifest = seeds_output.manifest()
    assert manifest is not None
    for dataset in manifest.datasets.values():
        for file in dataset.files:
            with contextlib.closing(
                io.BytesIO(Path(seeds_output.join(file.path)).read_bytes())
            ) as f:
                assert polars.read_avro(f).height == file.rows
