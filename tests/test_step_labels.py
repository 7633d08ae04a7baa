"""The labels of the steps: a running job is updated by them, so none changes unseen.

After a change that is meant, write the list anew: `python -m tests.test_step_labels`.
"""

from pathlib import Path

import apache_beam as beam
from apache_beam.pipeline import AppliedPTransform, PipelineVisitor
from apache_beam.runners.portability.fn_api_runner import FnApiRunner

from pipeline.config import Config
from pipeline.ingest import build

LIST = Path(__file__).parent / "step_labels.txt"


class _Labels(PipelineVisitor):
    """Labels of wirecopy's own steps; what Beam's transforms are made of is Beam's."""

    def __init__(self) -> None:
        self.found: set[str] = set()

    def enter_composite_transform(self, transform_node: AppliedPTransform) -> None:
        self._add(transform_node)

    def visit_transform(self, transform_node: AppliedPTransform) -> None:
        self._add(transform_node)

    def _add(self, node: AppliedPTransform) -> None:
        parent = node.parent
        own = parent is not None and (
            parent.parent is None or type(parent.transform).__module__.startswith("pipeline.")
        )
        if own and node.full_label:
            self.found.add(node.full_label)


def labels(output: str) -> list[str]:
    """The labels of a run into a folder."""
    root = beam.Pipeline(runner=FnApiRunner())
    build(root, [], output, Config())
    visitor = _Labels()
    root.visit(visitor)
    return sorted(visitor.found)


def test_no_label_changes_unseen(tmp_path: Path) -> None:
    assert labels(str(tmp_path / "out")) == LIST.read_text(encoding="utf-8").splitlines()


if __name__ == "__main__":
    LIST.write_text("\n".join(labels("out")) + "\n", encoding="utf-8")
