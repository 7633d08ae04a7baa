"""Reach: which months this run has to do with, told by what it brings."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import apache_beam as beam
from apache_beam.pvalue import AsIter, PCollection

from pipeline.config import Config
from pipeline.months import EVERYTHING, UNKNOWN_MONTH, Reach, month_of, reach_of
from pipeline.records import Article
from pipeline.store.folder import OutputFolder
from pipeline.store.manifest import Manifest
from pipeline.store.partition import month_in
from pipeline.stories.linkage import LinkRule
from pipeline.transforms.clean import Noticed
from pipeline.transforms.write import rules_of
from pipeline.versions.notices import keys_of, references_of
from pipeline.versions.resolve import Delivery


@dataclass
class PlanReach(beam.PTransform):
    """Tells from the new deliveries and notices which months must be read and written.

    The output's index says in which months the articles lie that they mean. Everything is read
    where the output was made by other rules, and where articles are involved whose month is not
    known: these are compared with all others.

    Attributes:
        output: The output folder.
        config: The whole configuration.
        tagging: Fingerprint of what tags now.
    """

    output: str
    config: Config
    tagging: str

    def expand(
        self, inputs: tuple[PCollection[Delivery], PCollection[Noticed]]
    ) -> PCollection[Reach]:
        deliveries, notices = inputs
        once = deliveries.pipeline | "Once" >> beam.Create([None], reshuffle=False)
        manifest = OutputFolder(self.output).manifest()
        if manifest is None or not _may_carry(manifest, self.config, self.tagging):
            return once | "Everything" >> beam.Map(_everything)
        months = (
            deliveries | "MonthOfDelivery" >> beam.Map(_month),
            notices | "MonthOfNotice" >> beam.Map(_month_of_notice),
        ) | "Months" >> beam.Flatten()
        names = (
            deliveries | "NamesOfDelivery" >> beam.FlatMap(_names),
            notices | "NamesOfNotice" >> beam.FlatMap(_names_of_notice),
        ) | "Names" >> beam.Flatten()
        return once | "Plan" >> beam.Map(
            _plan,
            AsIter(months | "EachMonth" >> beam.Distinct()),
            AsIter(names | "EachName" >> beam.Distinct()),
            self.output,
            self.config,
        )


def _may_carry(manifest: Manifest, config: Config, tagging: str) -> bool:
    """Whether files may be carried over: same rules, an index, and no article without a month."""
    undated = any(
        month_in(file.path) == UNKNOWN_MONTH and file.rows for file in manifest.files("articles")
    )
    return manifest.rules == rules_of(config, tagging) and not undated


def _everything(_: None) -> Reach:
    return EVERYTHING


def _month(delivery: Delivery) -> str:
    return month_of(delivery.article.published_edtf)


def _month_of_notice(noticed: Noticed) -> str:
    return _month(noticed.delivery)


def _names(delivery: Delivery) -> Iterator[str]:
    """The article itself; a notice that came before it, too, must find it."""
    yield delivery.article.article_id


def _names_of_notice(noticed: Noticed) -> Iterator[str]:
    article: Article = noticed.delivery.article
    yield article.article_id
    yield from references_of(noticed.notice, article)
    yield from keys_of(article)


def _plan(
    _: None, months: Iterable[str], names: Iterable[str], output: str, config: Config
) -> Reach:
    touched, wanted = set(months), set(names)
    elsewhere: list[tuple[str, frozenset[str]]] = []
    folder = OutputFolder(output)
    manifest = folder.manifest()
    for file in manifest.files("index") if manifest is not None else ():
        month = month_in(file.path)
        for row in folder.read_file(file.path):
            if row["article_id"] in wanted or not wanted.isdisjoint(row["keys"]):
                touched.update((month, *row["months"]))
            elif row["months"] != [month]:
                elsewhere.append((month, frozenset(row["months"])))
    stories = config.stories
    rule = LinkRule(stories.similarity, stories.day_penalty, stories.span_days)
    reach = reach_of(touched, config.copies.horizon_days, rule.window_months)
    # What is learnt in a month counts the lines of versions whose article now lies elsewhere.
    versions = {month for month, others in elsewhere if not reach.read.isdisjoint(others)}
    return reach._replace(read=reach.read | versions)
