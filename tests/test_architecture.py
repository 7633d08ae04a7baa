"""The import rule: it runs one way, downwards, and each library has its room."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

# Each room and the rooms that it may import. A room is a folder or a module of `pipeline`.
MAY_IMPORT = {
    "errors": set(),
    "lateness": set(),
    "months": set(),
    "records": set(),
    "version": set(),
    "progress": set(),
    "config": {"errors"},
    "formats": {"config", "errors", "records"},
    "fetch": {"config", "errors", "formats", "records", "version"},
    "gather": {"config", "errors", "fetch", "formats", "records"},
    "remote": {"config", "errors", "formats", "records"},
    "text": {"config", "errors", "months", "records"},
    "copies": {"config", "errors", "months", "records"},
    "stories": {"config", "errors", "months", "records"},
    "tagging": {"config", "errors", "records"},
    "versions": {"config", "errors", "records"},
    "schemas": {"records"},
    "store": {"errors", "records", "schemas"},
    "explain": {"config", "copies", "errors", "months", "records", "schemas", "store"},
    "report": {
        "config", "copies", "errors", "explain", "progress", "records", "schemas", "store",
        "tagging",
    },
    "transforms": {
        "config", "copies", "errors", "formats", "gather", "lateness", "months", "progress",
        "records", "remote", "schemas", "store", "stories", "tagging", "text", "version",
        "versions", "watch",
    },
    "ingest": {
        "config", "engine", "errors", "formats", "records", "store", "tagging", "transforms",
        "versions",
    },
    "interrupt": set(),
    "engine": {"errors"},
    "options": {"errors"},
    "job": {
        "config", "engine", "errors", "formats", "gather", "ingest", "options", "records",
        "remote", "store",
    },
    "watch": {"errors", "fetch", "formats", "records"},
    "follow": {"errors", "formats", "gather", "job", "store", "watch"},
    "stream": {
        "engine", "errors", "formats", "ingest", "job", "remote", "store", "tagging", "transforms",
    },
    "__main__": {"cli"},
    "cli": {
        "config", "errors", "follow", "formats", "interrupt", "job", "report", "schemas", "store",
        "stream", "version",
    },
}  # fmt: skip

# Libraries that only some rooms may import.
ONLY_IN = {
    "apache_beam": {"transforms", "ingest", "options", "remote", "store", "runners"},
    "spacy": {"tagging"},
    "typer": {"cli"},
    "fastavro": {"schemas"},
    "rich": {"report", "cli"},
    "httpcore": {"fetch"},
    "httpx": {"fetch"},
    "protego": {"fetch"},
    "feedparser": {"formats"},
}

MODULES = sorted((ROOT / "pipeline").rglob("*.py")) + sorted((ROOT / "runners").rglob("*.py"))


def _room(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return parts[0] if parts[0] == "runners" else parts[1]


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_imports_run_downwards(path: Path) -> None:
    room = _room(path)
    if room == "__init__":
        return
    allowed = {room} | MAY_IMPORT.get(room, set())
    for name in _imports(path):
        parts = name.split(".")
        if parts[0] == "pipeline" and room != "runners":
            assert parts[1] in allowed, f"{room} imports {name}"


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_libraries_stay_in_their_rooms(path: Path) -> None:
    for name in _imports(path):
        rooms = ONLY_IN.get(name.split(".")[0])
        assert rooms is None or _room(path) in rooms, f"{_room(path)} imports {name}"


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_nothing_imports_the_runners(path: Path) -> None:
    if _room(path) != "runners":
        assert not any(name.split(".")[0] == "runners" for name in _imports(path))


def test_every_room_is_in_the_rule() -> None:
    rooms = {_room(path) for path in MODULES} - {"runners", "__init__"}
    assert rooms == set(MAY_IMPORT)


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_transforms_keep_beams_type_checks(path: Path) -> None:
    if _room(path) in ("transforms", "ingest", "runners"):
        assert "from __future__ import annotations" not in path.read_text(encoding="utf-8")
