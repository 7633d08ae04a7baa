"""The six datasets as pydantic models. Each field's description becomes its Avro `doc`.

Names never change and fields are only added, with a default; `tests/schemas` holds this against the
checked-in `.avsc` files.
"""

from pydantic import Field

from pipeline.schemas.types import OptionalText, Row, Timestamp


class SpanRow(Row):
    """A range of the body."""

    start: int = Field(description="First code point.")
    end: int = Field(description="One past the last code point.")


class RemovedRow(Row):
    """A piece of text that cleaning took out of the body."""

    text: str = Field(description="What was cut, as it stood.")
    reason: str = Field(description="Why it was cut: header, navigation, photo_credit, appeal, …")


class CreditRow(Row):
    """An agency or publisher that the article names as an origin of its copy."""

    agency: str = Field(description="Canonical name of the agency or publisher.")
    role: str = Field(description="dateline, byline, header, footer, photo, mention or publisher.")
    text: str = Field(description="The words that say so.")


class CopyOfRow(Row):
    """The earliest original of an article that is a copy."""

    article_id: str = Field(description="The original.")
    relation: str = Field(description="exact, near_duplicate, reprint or partial.")
    coverage: float = Field(description="Share of this article's words found in the original.")


class MentionRow(Row):
    """One place in the body that refers to an entity."""

    start: int = Field(description="First code point in body.")
    end: int = Field(description="One past the last code point.")
    text: str = Field(description="The words: body[start:end].")
    kind: str = Field(description="name, demonym, role or pronoun.")
    metonym: bool = Field(description="True where a place stands for its government.")


class EntityRow(Row):
    """One person, organisation or place of an article."""

    entity_id: str = Field(description="Canonical id, the same in all articles and runs.")
    type: str = Field(description="PERSON, ORGANIZATION, COUNTRY, CITY, REGION, FACILITY or OTHER.")
    name: str = Field(description="The name to show.")
    country: OptionalText = Field(default=None, description="ISO 3166-1 alpha-2.")
    latitude: float | None = Field(default=None, description="Degrees north (WGS 84).")
    longitude: float | None = Field(default=None, description="Degrees east (WGS 84).")
    mentions: tuple[MentionRow, ...] = Field(description="In text order, without overlaps.")
    wikidata: OptionalText = Field(default=None, description="Item, where the lexicon knows it.")
    country_basis: OptionalText = Field(
        default=None, description="How the country is known: lexicon, text, article."
    )
    salience: float | None = Field(
        default=None, description="0 to 1: headline, first place and number of mentions."
    )
    confidence: float | None = Field(
        default=None, description="0 to 1: how often entities found in this way are right."
    )


class CountRow(Row):
    """A number that belongs to an event."""

    value: float = Field(description="The number that is said.")
    unit: str = Field(description="killed, injured, arrested, troops, participants, …")
    approximate: bool = Field(description="True for 'some', 'about', 'quelque'.")


class EventRow(Row):
    """One happening that an article reports, coded on PLOVER 2.0."""

    event_id: str = Field(description="Stable id of this event in this article.")
    type: str = Field(description="PLOVER type, one of 16.")
    mode: OptionalText = Field(default=None, description="PLOVER mode, where one fits.")
    trigger_start: int = Field(description="First code point of the trigger in body.")
    trigger_end: int = Field(description="One past its last code point.")
    trigger: str = Field(description="The words that tell the event.")
    actors: tuple[str, ...] = Field(description="entity_id of who does it.")
    recipients: tuple[str, ...] = Field(description="entity_id of whom it is done to.")
    actor_countries: tuple[str, ...] = Field(description="ISO countries of the actors, sorted.")
    recipient_countries: tuple[str, ...] = Field(
        description="ISO countries of the recipients, sorted."
    )
    date_edtf: OptionalText = Field(
        default=None, description="When it happened, EDTF; about then where it ends in ~."
    )
    location_id: OptionalText = Field(default=None, description="entity_id of the place.")
    country: OptionalText = Field(default=None, description="ISO country of the place.")
    counts: tuple[CountRow, ...] = Field(description="Numbers that belong to it.")
    status: str = Field(description="actual, historical, future, hypothetical or negated.")
    attributed_by: OptionalText = Field(
        default=None, description="entity_id of who says so, where the article attributes it."
    )
    confidence: float | None = Field(
        default=None, description="How much speaks for it, 0 to 1; not a probability."
    )


class QuoteRow(Row):
    """One direct quotation."""

    start: int = Field(description="First code point inside the quotation marks.")
    end: int = Field(description="One past the last inside them.")
    text: str = Field(description="The words: body[start:end].")
    speaker_id: OptionalText = Field(default=None, description="entity_id of the speaker.")
    speaker: OptionalText = Field(default=None, description="The speaker's name or role.")
    cue: OptionalText = Field(default=None, description="The words that introduce it.")


class DateRow(Row):
    """A date said in the text."""

    start: int = Field(description="First code point in body.")
    end: int = Field(description="One past the last code point.")
    text: str = Field(description="The words: body[start:end].")
    edtf: OptionalText = Field(default=None, description="What it means, EDTF; null if unknown.")
    conflict: bool = Field(description="True where the text contradicts itself.")


class ArticleRow(Row):
    """One record an accepted version of an article."""

    article_id: str = Field(description="Stable over versions: provider and guid, else content.")
    version: int = Field(description="From 1; the highest is the current one.")
    source_uri: str = Field(description="Where it was read.")
    source: OptionalText = Field(default=None, description="Publisher.")
    url: OptionalText = Field(default=None, description="Address of the article.")
    guid: OptionalText = Field(default=None, description="The provider's identifier.")
    status: str = Field(description="usable, corrected, withheld or canceled.")
    language: str = Field(description="ISO 639-1, or und where it cannot be told.")
    headline: OptionalText = Field(default=None, description="Title.")
    byline: OptionalText = Field(default=None, description="Author line.")
    body: str = Field(description="Clean text; all offsets count its Unicode code points.")
    subheads: tuple[SpanRow, ...] = Field(default=(), description="Sub-headings in body.")
    removed: tuple[RemovedRow, ...] = Field(description="What cleaning cut, with reasons.")
    published_at: Timestamp | None = Field(
        default=None,
        description="Start of the publication date, UTC; published_edtf says how precise it is.",
    )
    published_edtf: OptionalText = Field(
        default=None, description="Publication date with its precision (EDTF): 2019-12."
    )
    anchor_edtf: OptionalText = Field(
        default=None,
        description="The day that relative dates were resolved against, where the story told it.",
    )
    credits: tuple[CreditRow, ...] = Field(description="Agencies and publishers credited.")
    subjects: tuple[str, ...] = Field(description="Subject codes or keywords.")
    urgency: int | None = Field(default=None, description="IPTC urgency, 1 (most) to 9.")
    word_count: int = Field(description="Words in body.")
    content_hash: str = Field(description="Hash of the normalised body.")
    story_id: str = Field(
        description="The story that it tells; see stories. Empty where status is canceled."
    )
    copy_of: CopyOfRow | None = Field(
        default=None, description="The earliest original, where the article is a copy."
    )
    entities: tuple[EntityRow, ...] = Field(description="Who, where: one record an entity.")
    events: tuple[EventRow, ...] = Field(description="What happened: one record an event.")
    quotes: tuple[QuoteRow, ...] = Field(description="Direct quotations.")
    dates: tuple[DateRow, ...] = Field(description="Date expressions.")
    slug: OptionalText = Field(default=None, description="The provider's slug line.")
    number: OptionalText = Field(default=None, description="The provider's transmission number.")
    signal: OptionalText = Field(
        default=None, description="What the provider says about the item: update, correction, …"
    )
    ed_note: OptionalText = Field(default=None, description="The provider's note to editors.")
    embargoed_until: Timestamp | None = Field(
        default=None, description="The embargo under which it was delivered; it has passed, UTC."
    )
    modified_at: Timestamp | None = Field(
        default=None, description="When this version was made, where the provider says so, UTC."
    )
    provider_version: int | None = Field(
        default=None, description="The version that the provider declares, where version differs."
    )
    withdrawn_by: tuple[str, ...] = Field(
        default=(), description="Where status is canceled: article_id of the notices that say so."
    )
    marks: tuple[str, ...] = Field(
        default=(), description="What its page says about itself: live_blog, paywall."
    )


class PassageRow(Row):
    """The same words in two bodies."""

    start: int = Field(description="First code point in the body of article_id.")
    end: int = Field(description="One past the last.")
    of_start: int = Field(description="First code point in the body of of_article_id.")
    of_end: int = Field(description="One past the last.")


class CopyRow(Row):
    """One record a pair of articles that shares copy."""

    article_id: str = Field(description="The later article.")
    of_article_id: str = Field(description="The earlier article.")
    relation: str = Field(description="exact, near_duplicate, reprint, partial or quote.")
    coverage: float = Field(description="Share of article_id's words found in of_article_id.")
    of_coverage: float = Field(description="Share of of_article_id's words found in article_id.")
    shared_words: int = Field(description="Aligned words.")
    unquoted_words: int = Field(description="Aligned words that stand outside quotations.")
    longest_run: int = Field(description="Words in the longest unbroken run.")
    passages: tuple[PassageRow, ...] = Field(description="Where the shared words stand.")
    original: bool = Field(description="True for the pair that article_id's copy_of names.")


class StoryRow(Row):
    """One record a story: the articles that tell one happening."""

    story_id: str = Field(description="Stable id, from the lead article.")
    headline: OptionalText = Field(default=None, description="Of the lead article.")
    article_ids: tuple[str, ...] = Field(description="Its articles, sorted.")
    lead_article_id: str = Field(description="The earliest original.")
    origin_count: int = Field(description="Independent origins: copies of a text count once.")
    sources: tuple[str, ...] = Field(description="Publishers, sorted.")
    agencies: tuple[str, ...] = Field(description="Agencies credited, sorted.")
    languages: tuple[str, ...] = Field(description="Languages, sorted.")
    first_published_at: Timestamp | None = Field(
        default=None, description="The earliest published_at of its articles, UTC."
    )
    last_published_at: Timestamp | None = Field(
        default=None, description="The latest published_at of its articles, UTC."
    )
    entities: tuple[str, ...] = Field(description="entity_id of the main entities.")


class StoryCountRow(Row):
    """A number that the articles of a story give for one happening."""

    value: float = Field(description="The lowest that is said.")
    high: float = Field(description="The highest; equal to value where the articles agree.")
    unit: str = Field(description="killed, injured, arrested, troops, participants, …")
    approximate: bool = Field(description="True if no article gives it as exact.")
    article_ids: tuple[str, ...] = Field(description="The articles that say it, sorted.")


class StoryEventRow(Row):
    """One record a happening of a story, merged over the articles that report it."""

    event_id: str = Field(description="Stable id of the happening.")
    story_id: str = Field(description="The story that it belongs to.")
    type: str = Field(description="PLOVER type, one of 16.")
    mode: OptionalText = Field(default=None, description="PLOVER mode, where one fits.")
    trigger: str = Field(description="The words that tell it, in the earliest article.")
    actors: tuple[str, ...] = Field(description="entity_id of who does it.")
    actor_names: tuple[str, ...] = Field(description="Their names, in the order of actors.")
    actor_countries: tuple[str, ...] = Field(description="ISO countries of the actors, sorted.")
    recipients: tuple[str, ...] = Field(description="entity_id of whom it is done to.")
    recipient_names: tuple[str, ...] = Field(description="Their names, in the order of recipients.")
    recipient_countries: tuple[str, ...] = Field(
        description="ISO countries of the recipients, sorted."
    )
    date_edtf: OptionalText = Field(
        default=None, description="When it happened, EDTF; about then where it ends in ~."
    )
    location_id: OptionalText = Field(default=None, description="entity_id of the place.")
    location_name: OptionalText = Field(default=None, description="The place's name.")
    country: OptionalText = Field(default=None, description="ISO country of the place.")
    latitude: float | None = Field(default=None, description="Degrees north (WGS 84).")
    longitude: float | None = Field(default=None, description="Degrees east (WGS 84).")
    counts: tuple[StoryCountRow, ...] = Field(description="Numbers, with who gives them.")
    status: str = Field(description="actual, historical, future, hypothetical or negated.")
    attributed_by: OptionalText = Field(
        default=None, description="entity_id of who says so, where the articles attribute it."
    )
    article_ids: tuple[str, ...] = Field(description="The articles that report it, sorted.")
    article_count: int = Field(description="How many articles report it.")
    origin_count: int = Field(description="How many independent origins they have.")
    confidence: float | None = Field(
        default=None, description="How much speaks for it, 0 to 1; more with each further origin."
    )


class RejectRow(Row):
    """One record an input that could not become an article."""

    source_uri: str = Field(description="Where it came from.")
    stage: str = Field(description="read, parse, clean or tag.")
    reason: str = Field(description="From a closed list; see docs/data.md.")
    detail: str = Field(description="One line for a person.")
    payload: bytes = Field(description="The input, cut at a cap: enough to replay.")
    article_id: OptionalText = Field(default=None, description="Where it is known.")
    kind: OptionalText = Field(
        default=None, description="What the payload is, where it is a whole item."
    )


class IndexRow(Row):
    """How an article is found again: what it can be named by, and the months it has to do with."""

    article_id: str = Field(description="The article; its record is in the same month.")
    keys: tuple[str, ...] = Field(description="What a notice may name it by, sorted.")
    months: tuple[str, ...] = Field(description="Months of publication of all versions, sorted.")
