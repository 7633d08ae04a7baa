"""The whole pipeline on one page: it reads like the drawing in ARCHITECTURE.md."""

from collections.abc import Sequence

import apache_beam as beam

from pipeline.config import Config
from pipeline.formats.sources import Source
from pipeline.records import Reject
from pipeline.tagging.fingerprint import tagging_fingerprint
from pipeline.transforms.assemble import AssembleTables
from pipeline.transforms.clean import CleanArticles, RecallHeld
from pipeline.transforms.copies import FindCopies
from pipeline.transforms.notices import ResolveNotices
from pipeline.transforms.reach import PlanReach
from pipeline.transforms.read import ReadEarlier, ReadItems, ReadRejects
from pipeline.transforms.recurring import CutRecurring
from pipeline.transforms.reject import CollectRejects
from pipeline.transforms.resolve import ResolveVersions
from pipeline.transforms.stories import FindStories
from pipeline.transforms.tag import TagArticles
from pipeline.transforms.write import WriteDatasets


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
    tagging = tagging_fingerprint(config.tagging)
    now = config.read.now_micros()

    read = root | "Sources" >> beam.Create(list(sources)) | "Read" >> ReadItems(config.read)
    known = root | "ReadRejects" >> ReadRejects(output)
    cleaned = read.items | "Clean" >> CleanArticles(config, now)
    recalled = known.held | "RecallHeld" >> RecallHeld(config, now)
    notices = (cleaned.notices, recalled.notices) | "AllNotices" >> beam.Flatten()
    new = (cleaned.deliveries, recalled.deliveries) | "NewDeliveries" >> beam.Flatten()
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
    counted = (read.rejects, cleaned.rejects)
    others = (recalled.rejects, known.rejects, versions.rejects, addressed.rejects)
    rejects = (counted, others) | "Reject" >> CollectRejects()

    rows = (tables.rows, rejects.rows) | "AllRows" >> beam.Flatten()
    counts = (
        read.counts,
        earlier.counts,
        addressed.counts,
        versions.counts,
        copies.counts,
        tagged.counts,
        tables.counts,
        rejects.counts,
    ) | "AllCounts" >> beam.Flatten()
    _ = (rows, counts, reach) | "Write" >> WriteDatasets(output, config, tagging)
