"""The whole pipeline on one page: it reads like the drawing in ARCHITECTURE.md."""

from collections.abc import Sequence
from typing import NamedTuple

import apache_beam as beam
from apache_beam.pvalue import PCollection

from pipeline.config import Config
from pipeline.engine import find_engine
from pipeline.errors import OutputError
from pipeline.formats.sources import Source
from pipeline.records import Reject
from pipeline.store.folder import OutputFolder
from pipeline.store.lock import exclusive
from pipeline.store.manifest import Ledger
from pipeline.tagging.fingerprint import tagging_fingerprint
from pipeline.transforms.assemble import AssembleTables
from pipeline.transforms.clean import CleanArticles, Noticed, RecallHeld
from pipeline.transforms.copies import FindCopies
from pipeline.transforms.notices import ResolveNotices
from pipeline.transforms.panes import Arrival, CommitPanes
from pipeline.transforms.reach import PlanReach
from pipeline.transforms.read import ReadEarlier, ReadItems, ReadRejects
from pipeline.transforms.recurring import CutRecurring
from pipeline.transforms.reject import CollectRejects
from pipeline.transforms.resolve import ResolveVersions
from pipeline.transforms.stories import FindStories
from pipeline.transforms.tag import TagArticles
from pipeline.transforms.watch import WatchInputs
from pipeline.transforms.write import WriteDatasets
from pipeline.versions.resolve import Delivery


class Brought(NamedTuple):
    """What a run brings to an output.

    Attributes:
        deliveries: Articles that arrived.
        notices: Items that ask to kill, hold or correct another one.
        rejects: What could become neither.
        counts: How many items were read, as ("read", count) pairs.
    """

    deliveries: PCollection[Delivery]
    notices: PCollection[Noticed]
    rejects: Sequence[PCollection[Reject]]
    counts: PCollection[tuple[str, int]]


def build(
    root: beam.Pipeline, sources: Sequence[Source | Reject], output: str, config: Config
) -> None:
    """Puts one run into a pipeline.

    Args:
        root: The pipeline; it is run by whoever opened it.
        sources: From `pipeline.formats.sources.expand`.
        output: The output folder; what it holds already is read, matched and kept.
        config: The whole configuration.
    """
    now = config.read.now_micros()
    read = root | "Sources" >> beam.Create(list(sources)) | "Read" >> ReadItems(config.read)
    cleaned = read.items | "Clean" >> CleanArticles(config, now)
    rejects = (read.rejects, cleaned.rejects)
    brought = Brought(cleaned.deliveries, cleaned.notices, rejects, read.counts)
    add_to_output(root, brought, output, config, now)


def build_stream(
    root: beam.Pipeline, inputs: WatchInputs, commit: CommitPanes, config: Config
) -> None:
    """Puts a stream into a pipeline: all workers read and clean, one key commits pane after pane.

    Args:
        root: The pipeline; it runs until it is stopped.
        inputs: What is watched.
        commit: Brings panes to the output, as `commit_pane` does.
        config: The whole configuration.
    """
    watched = root | "Watch" >> inputs
    read = watched.sources | "Read" >> ReadItems(config.read)
    items = (read.items, watched.items) | "AllItems" >> beam.Flatten()
    cleaned = items | "Clean" >> CleanArticles(config, None)
    arrived = (
        cleaned.deliveries,
        cleaned.notices,
        cleaned.rejects,
        read.rejects,
        watched.rejects,
    ) | "Arrived" >> beam.Flatten()
    _ = arrived | "Commit" >> commit


def commit_pane(output: str, config: Config, pane: Sequence[Arrival]) -> Ledger:
    """Brings one pane of a stream to the output, in this process: a run like any other.

    A pane that is brought twice changes nothing the second time.

    Returns:
        The ledger of the run.

    Raises:
        OutputError: The output cannot be written.
    """
    with exclusive(output, wait=True):
        folder = OutputFolder(output)
        folder.clear_staging()
        with find_engine("direct")([]) as root:
            created = {
                kind: root
                | f"Pane{kind.__name__}" >> _create([each for each in pane if type(each) is kind])
                for kind in (Delivery, Noticed, Reject)
            }
            brought = Brought(
                created[Delivery],
                created[Noticed],
                (created[Reject],),
                root | "PaneCounts" >> beam.Create([("read", len(pane))], reshuffle=False),
            )
            add_to_output(root, brought, output, config, config.read.now_micros())
        manifest = folder.manifest()
    if manifest is None:
        raise OutputError(f"{output}: the pane ended without a manifest")
    return manifest.ledger


def _create(elements: Sequence[Arrival]) -> beam.PTransform:
    return beam.Create(list(elements), reshuffle=False)


def add_to_output(
    root: beam.Pipeline, brought: Brought, output: str, config: Config, now: int
) -> None:
    """Matches what is brought with what the output holds, and writes the new state.

    Args:
        root: The pipeline.
        brought: What is new.
        output: The output folder.
        config: The whole configuration.
        now: The time against which embargoes are held, in microseconds since the epoch.
    """
    tagging = tagging_fingerprint(config.tagging)
    known = root | "ReadRejects" >> ReadRejects(output)
    recalled = known.held | "RecallHeld" >> RecallHeld(config, now)
    notices = (brought.notices, recalled.notices) | "AllNotices" >> beam.Flatten()
    new = (brought.deliveries, recalled.deliveries) | "NewDeliveries" >> beam.Flatten()
    reach = (new, notices) | "PlanReach" >> PlanReach(output, config, tagging)
    earlier = reach | "ReadEarlier" >> ReadEarlier(output, tagging)
    delivered = (new, earlier.deliveries) | "AllDeliveries" >> beam.Flatten()
    addressed = (notices, delivered) | "Notices" >> ResolveNotices()
    deliveries = (delivered, addressed.deliveries) | "Deliveries" >> beam.Flatten()
    versions = deliveries | "CutRecurring" >> CutRecurring(config.clean) | ResolveVersions()
    copies = versions.articles | "FindCopies" >> FindCopies(config.copies)
    stories = (versions.articles, copies.pairs) | "FindStories" >> FindStories(config.stories)
    tagged = (versions, stories.anchors, reach) | "Tag" >> TagArticles(config.tagging)
    found = (versions, copies.pairs, stories, tagged.tags)
    tables = found | "Assemble" >> AssembleTables()
    others = (recalled.rejects, known.rejects, versions.rejects, addressed.rejects)
    rejects = (brought.rejects, others) | "Reject" >> CollectRejects()

    rows = (tables.rows, rejects.rows) | "AllRows" >> beam.Flatten()
    counts = (
        brought.counts,
        earlier.counts,
        addressed.counts,
        versions.counts,
        copies.counts,
        tagged.counts,
        tables.counts,
        rejects.counts,
    ) | "AllCounts" >> beam.Flatten()
    _ = (rows, counts, reach) | "Write" >> WriteDatasets(output, config, tagging)
