import datetime
import io

from pipeline.records import (
    Article,
    Count,
    Credit,
    DateExpression,
    Entity,
    Event,
    Mention,
    Quote,
    Reject,
    Removed,
    Span,
    Tags,
)
from pipeline.schemas.codec import encode_row, read_container, write_container
from pipeline.schemas.record import article_of, micros, reject_of, tags_of

ARTICLE = Article(
    article_id="a1",
    version=2,
    source_uri="x.txt",
    source="",
    url="",
    guid="g",
    status="usable",
    language="fr",
    headline="",
    byline="",
    body="Élan. Le maire parle.",
    subheads=(Span(0, 5),),
    removed=(Removed("date", "header"),),
    published_at=1_577_836_799_123_456,
    published_edtf="2019-12-31T23:59:59Z",
    credits=(Credit("AFP", "mention", "l'AFP"),),
    subjects=("a", "b"),
    urgency=None,
    word_count=4,
    content_hash="h",
)
TAGS = Tags(
    entities=(
        Entity("city:FR/lyon", "CITY", "Lyon", "FR", 45.7, 4.8, (Mention(0, 4, "Élan"),)),
        Entity("per:x", "PERSON", "X"),
    ),
    events=(Event("e1", "ACCUSE", "", 0, 4, "Élan", counts=(Count(25.0, "killed", True),)),),
    quotes=(Quote(0, 4, "Élan", "per:x", "X", "dit"),),
    dates=(DateExpression(0, 4, "Élan", "", True),),
)


def _stored(dataset: str, values: object) -> dict[str, object]:
    stream = io.BytesIO()
    write_container(stream, dataset, [encode_row(dataset, values)])
    stream.seek(0)
    return next(read_container(stream))


def test_an_article_comes_back_from_its_row() -> None:
    row = _stored(
        "articles", {**ARTICLE._asdict(), **TAGS._asdict(), "story_id": "s", "copy_of": None}
    )
    assert article_of(row) == ARTICLE
    assert tags_of(row) == TAGS


def test_a_reject_comes_back_from_its_row() -> None:
    reject = Reject("x", "parse", "malformed", "no", b"\x00\xff", "")
    assert reject_of(_stored("rejects", reject)) == reject


def test_micros_are_exact_for_dates_before_the_epoch() -> None:
    moment = datetime.datetime(1969, 12, 31, 23, 59, 59, 999_999, tzinfo=datetime.UTC)
    assert micros(moment) == -1
