"""All formats at once: `python -m benchmarks.formats PATH` prints JSON.

PATH holds the folders `wire`, `feeds`, `html/scrapinghub` and `warc`; a folder that is not there is
reported as missing, and so is a part that cannot be loaded.
"""

import argparse
import importlib
import json
from pathlib import Path
from typing import Any

_PARTS = {
    "wire": ("benchmarks.formats_wire", "wire"),
    "feeds": ("benchmarks.formats_feeds", "feeds"),
    "html": ("benchmarks.formats_html", "html/scrapinghub"),
    "warc": ("benchmarks.formats_warc", "warc"),
}


def measure(path: Path, parts: tuple[str, ...] = tuple(_PARTS)) -> dict[str, Any]:
    """Runs the benchmark of each part on its folder."""
    result: dict[str, Any] = {}
    for part in parts:
        module, folder = _PARTS[part]
        if not (path / folder).is_dir():
            result[part] = {"missing": f"there is no folder {folder}"}
            continue
        try:
            run = importlib.import_module(module).measure
        except ImportError as error:
            result[part] = {"missing": str(error)}
            continue
        result[part] = run(path / folder)
    return result


def main() -> None:
    """Prints the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", type=Path)
    parser.add_argument("--part", action="append", choices=sorted(_PARTS))
    arguments = parser.parse_args()
    figures = measure(arguments.path, tuple(arguments.part or _PARTS))
    print(json.dumps(figures, indent=2, ensure_ascii=False))


if __name__ == "__main__":
    main()
