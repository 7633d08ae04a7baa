"""Notices: which article each of them means."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

import apache_beam as beam
from apache_beam.pvalue import AsDict, AsList, PCollection, TaggedOutput

from pipeline.errors import RejectReason
from pipeline.records import Reject
from pipeline.transforms.clean import Noticed
from pipeline.versions.holds import held_reject
from pipeline.versions.notices import Candidate, keys_of, made_at, references_of, resolve_notice
from pipeline.versions.resolve import Delivery, declared


class Addressed(NamedTuple):
    """Notices as deliveries of the articles that they mean, and those that mean none.

    Attributes:
        deliveries: Under the identity of the article that is killed, held or corrected.
        rejects: Notices to which no single article fits; they wait for a later run.
        counts: (name, count) pairs for the ledger.
    """

    deliveries: PCollection[Delivery]
    rejects: PCollection[Reject]
    counts: PCollection[tuple[str, int]]


@dataclass
class ResolveNotices(beam.PTransform):
    """Finds for each notice the article that it means, among those of this run and earlier ones.

    Only keys that some notice names leave the articles, so that a run without notices pays nothing.
    """

    def expand(self, inputs: tuple[PCollection[Noticed], PCollection[Delivery]]) -> Addressed:
        notices, deliveries = inputs
        wanted = notices | "Named" >> beam.FlatMap(_named) | "Once" >> beam.Distinct()
        found = (
            deliveries
            | "Candidates" >> beam.FlatMap(_candidates, AsList(wanted))
            | "GroupByKey" >> beam.GroupByKey()
            | "Listed" >> beam.Map(_listed)
        )
        addressed = notices | "Address" >> beam.ParDo(
            _AddressFn(), AsDict(found)
        ).with_output_types(Delivery).with_outputs("rejects", "counts", main="deliveries")
        return Addressed(addressed.deliveries, addressed.rejects, addressed.counts)


_Found = tuple[str, Candidate]
_Rejected: TypeAlias = TaggedOutput[Literal["rejects"], Reject]
_Counted: TypeAlias = TaggedOutput[Literal["counts"], tuple[str, int]]


def _named(noticed: Noticed) -> Iterator[str]:
    yield from references_of(noticed.notice, noticed.delivery.article)


def _candidates(delivery: Delivery, wanted: Sequence[str]) -> Iterator[_Found]:
    if not wanted:
        return
    article = delivery.article
    keys = frozenset(keys_of(article))
    if keys.isdisjoint(wanted):
        return
    candidate = Candidate(
        article.article_id, article.guid, article.url, declared(article), made_at(article)
    )
    for key in sorted(keys.intersection(wanted)):
        yield key, candidate


def _listed(group: tuple[str, Iterable[Candidate]]) -> tuple[str, tuple[Candidate, ...]]:
    key, candidates = group
    return key, tuple(sorted(set(candidates), key=repr))


class _AddressFn(beam.DoFn):
    def process(
        self, noticed: Noticed, found: Mapping[str, Sequence[Candidate]]
    ) -> Iterator[Delivery | _Rejected | _Counted]:
        delivery, notice = noticed
        article = delivery.article
        meant = resolve_notice(notice, article, found)
        if meant is not None:
            withdrawn_by = (article.article_id,) if article.status == "canceled" else ()
            article = article._replace(
                withdrawn_by=withdrawn_by,
                article_id=meant.article_id,
                guid=meant.guid,
                url=article.url or meant.url,
                version=max(article.version, meant.version),
            )
            yield delivery._replace(article=article)
        elif notice.action == "correct":
            yield delivery  # an article of its own
        else:
            reason = RejectReason.UNRESOLVED_NOTICE.value
            yield TaggedOutput("rejects", held_reject(article, reason, delivery.raw))
            if delivery.new:
                yield TaggedOutput("counts", ("rejects", 1))
