"""Beam's in-process runner: what a laptop runs, and what defines the right answer.

The engine is pinned: Beam's `DirectRunner` is a switch that takes one of three engines, depending
on the network and on the pipeline.
"""

from collections.abc import Sequence

import apache_beam as beam
from apache_beam.options.pipeline_options import PipelineOptions
from apache_beam.runners.portability.fn_api_runner import FnApiRunner


def open_pipeline(arguments: Sequence[str]) -> beam.Pipeline:
    """A pipeline that runs in this process when its `with` block ends."""
    return beam.Pipeline(runner=FnApiRunner(), options=PipelineOptions(list(arguments)))
