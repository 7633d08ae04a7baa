"""Writes the checked-in Avro schemas anew from the models: `python -m pipeline.schemas`."""

from pathlib import Path

from pipeline.schemas.avro import DATASETS, render

for dataset in DATASETS:
    path = Path(__file__).parent / "avsc" / f"{dataset}.avsc"
    path.write_text(render(dataset), encoding="utf-8")
    print(path.name)
