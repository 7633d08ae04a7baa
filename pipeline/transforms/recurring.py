"""Cut what recurs: lines that the articles of one source share, learnt over all deliveries."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import apache_beam as beam
import numpy as np
from apache_beam.pvalue import AsSingleton, PCollection

from pipeline.config import CleanConfig
from pipeline.text.recurring import Learnt, LineUses, learn, together, uses, without_recurring
from pipeline.versions.resolve import Delivery


@dataclass
class CutRecurring(beam.PTransform):
    """Learns the lines that recur in the articles of a source, and cuts them.

    It takes all deliveries, of this run and of earlier ones, so that the result does not depend on
    how articles were spread over runs. Deliveries that are held back or cancelled pass untouched.

    Attributes:
        config: How often a line must recur.
        shards: Into how many parts the lines are cut for counting.
    """

    config: CleanConfig
    shards: int = 16

    def expand(self, deliveries: PCollection[Delivery]) -> PCollection[Delivery]:
        least = self.config.recurring_articles
        if not least:
            return deliveries
        learnt = (
            deliveries
            | "Batch" >> beam.BatchElements(min_batch_size=100, max_batch_size=1000)
            | "ListLines" >> beam.FlatMap(_list_lines, self.shards)
            | "GroupLines" >> beam.GroupByKey()
            | "Learn" >> beam.Map(_learn, least)
            | "Gather" >> beam.combiners.ToList()
            | "Together" >> beam.Map(together)
        )
        return deliveries | "Cut" >> beam.Map(_cut, AsSingleton(learnt), least).with_output_types(
            Delivery
        )


def _counts(delivery: Delivery) -> bool:
    return not delivery.hold and delivery.article.status not in ("canceled", "withheld")


def _list_lines(batch: Sequence[Delivery], shards: int) -> Iterator[tuple[int, LineUses]]:
    found = uses(delivery.article for delivery in batch if _counts(delivery))
    homes = (found.keys % np.uint64(shards)).astype(np.int64)
    for shard in np.unique(homes).tolist():
        yield shard, found.take(homes == shard)


def _learn(group: tuple[int, Iterable[LineUses]], least: int) -> Learnt:
    return learn(list(group[1]), least)


def _cut(delivery: Delivery, learnt: Learnt, least: int) -> Delivery:
    if not _counts(delivery):
        return delivery
    article = without_recurring(delivery.article, learnt, least)
    if article is delivery.article:
        return delivery
    # What an earlier run tagged is no longer where it was.
    return delivery._replace(article=article, tags=None, anchor="")
