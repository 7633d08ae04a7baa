"""The immutable records that the stages hand to one another.

They are named tuples: cheap to pickle between Beam workers, hashable, and free of any library. What
is written to Avro is checked against `pipeline.schemas.models` at the edge.

Text offsets count Unicode code points (Python string indices) and are half-open, `[start, end)`.
"""

from typing import NamedTuple


class RawItem(NamedTuple):
    """One item as it was read, before anyone looked inside.

    Attributes:
        source_uri: Where it came from: a path or URL, with `#L12` for the line of a container.
        payload: Its bytes, as they were found.
        kind: What the content looks like: `text`, `json`, `xml`, `iptc7901`, …
        url: Its address, where the container says so (a crawl's target URI).
        content_type: What the server said it is (`text/html; charset=utf-8`); empty if unknown.
    """

    source_uri: str
    payload: bytes
    kind: str
    url: str = ""
    content_type: str = ""


class ParsedItem(NamedTuple):
    r"""One item after its format was understood and its characters decoded; nothing is cleaned yet.

    Empty strings stand for what the input does not say.

    Attributes:
        source_uri: As in `RawItem`.
        text: The whole text: line breaks are `\n`, control characters and lone surrogates gone.
        headline: The title that the format declares.
        byline: The author line that the format declares.
        source: Who published it: a newspaper, a site, an agency.
        url: The article's address.
        guid: The provider's identifier of the item.
        version: The provider's version number; 1 where there is none.
        status: `usable`, `corrected`, `withheld` or `canceled`.
        language: The declared language (BCP 47), not checked yet.
        date: The declared date, as it stands in the input.
        subjects: Declared subject codes or keywords.
        urgency: IPTC urgency, 1 (most) to 9 (least).
        embargoed: Until when the item may not be published, as it stands in the input; empty means
            until further notice, None that there is no embargo.
        slug: The provider's slug line.
        number: The provider's transmission number.
        signal: What the provider says about the item (`update`, `correction`), lower case.
        ed_note: The provider's note to editors.
        marks: What a page says about itself: `paywall`, `live_blog`.
        extracted: True where the text was taken out of a page's markup: it has no tags any more,
            and its lines are paragraphs, however short.
        modified: When this version was made, as it stands in the input; `date` is the first's.
    """

    source_uri: str
    text: str
    headline: str = ""
    byline: str = ""
    source: str = ""
    url: str = ""
    guid: str = ""
    version: int = 1
    status: str = "usable"
    language: str = ""
    date: str = ""
    subjects: tuple[str, ...] = ()
    urgency: int | None = None
    embargoed: str | None = None
    slug: str = ""
    number: str = ""
    signal: str = ""
    ed_note: str = ""
    marks: tuple[str, ...] = ()
    extracted: bool = False
    modified: str = ""


class Removed(NamedTuple):
    """A piece of text that cleaning took out of the body.

    Attributes:
        text: What was cut, as it stood.
        reason: Why; one of `pipeline.text.cleaning.REASONS`.
    """

    text: str
    reason: str


class Credit(NamedTuple):
    """An agency or publisher that the article names as the origin of its copy.

    Attributes:
        agency: Canonical name, as in the agency lexicon (`AFP`, `Reuters`, `France 24`).
        role: `dateline`, `byline`, `header`, `footer`, `photo`, `mention` or `publisher`.
        text: The words that say so.
    """

    agency: str
    role: str
    text: str


class Span(NamedTuple):
    """A half-open range of code points in a body."""

    start: int
    end: int


class Article(NamedTuple):
    r"""One accepted version of an article: clean text, and what is known about it.

    Attributes:
        article_id: Stable over versions: from provider and guid, else from the content.
        version: The provider's version, from 1.
        source_uri: Where it was read.
        source: Publisher; empty if unknown.
        url: Address; empty if unknown.
        guid: The provider's identifier; empty if unknown.
        status: `usable`, `corrected`, `withheld` or `canceled`.
        language: ISO 639-1 code, or `und` where the text is too short to tell.
        headline: Title; empty if there is none.
        byline: Author line; empty if there is none.
        body: The clean text. Paragraphs are separated by one blank line (`\n\n`).
        subheads: Where the sub-headings stand in `body`.
        removed: What cleaning cut, in the order it stood.
        published_at: Microseconds since the epoch, UTC: the start of `published_edtf`; None if
            the date is unknown.
        published_edtf: The date with its precision (`2019-12`, `2019-12-31`,
            `2019-12-31T18:05:00Z`); empty if unknown.
        credits: Agencies and publishers named as origins.
        subjects: Subject codes or keywords.
        urgency: IPTC urgency, 1 to 9.
        word_count: Words in `body`.
        content_hash: Hash of the normalised body; equal for equal texts.
        slug: The provider's slug line; empty if unknown.
        number: The provider's transmission number; empty if unknown.
        signal: What the provider says about the item (`update`, `correction`); empty if nothing.
        ed_note: The provider's note to editors; empty if there is none.
        embargoed_until: When it may be published, in microseconds since the epoch, UTC; the largest
            such number (`UNTIL_FURTHER_NOTICE`) where no time is set; None without an embargo.
        marks: What its page says about itself, sorted: `paywall`, `live_blog`.
        modified_at: When this version was made, in microseconds since the epoch, UTC; None if the
            provider does not say.
        provider_version: The version that the provider declares; None where it is `version`.
        withdrawn_by: Of a withdrawn article: the notices that withdrew it, by article_id, sorted.
    """

    article_id: str
    version: int = 1
    source_uri: str = ""
    source: str = ""
    url: str = ""
    guid: str = ""
    status: str = "usable"
    language: str = "und"
    headline: str = ""
    byline: str = ""
    body: str = ""
    subheads: tuple[Span, ...] = ()
    removed: tuple[Removed, ...] = ()
    published_at: int | None = None
    published_edtf: str = ""
    credits: tuple[Credit, ...] = ()
    subjects: tuple[str, ...] = ()
    urgency: int | None = None
    word_count: int = 0
    content_hash: str = ""
    slug: str = ""
    number: str = ""
    signal: str = ""
    ed_note: str = ""
    embargoed_until: int | None = None
    marks: tuple[str, ...] = ()
    modified_at: int | None = None
    provider_version: int | None = None
    withdrawn_by: tuple[str, ...] = ()


UNTIL_FURTHER_NOTICE = 2**63 - 1
"""`Article.embargoed_until` of an embargo without an end."""


class Mention(NamedTuple):
    """One place in the body that refers to an entity.

    Attributes:
        start: First code point in the body.
        end: One past the last.
        text: `body[start:end]`.
        kind: `name`, `demonym`, `role` or `pronoun`.
        metonym: True where a place stands for its government ("Washington accuse").
    """

    start: int
    end: int
    text: str
    kind: str = "name"
    metonym: bool = False


class Entity(NamedTuple):
    """One person, organisation or place of an article, with all its mentions.

    Attributes:
        entity_id: Canonical, stable across articles and runs: `country:US`, `city:IQ/baghdad`,
            `org:un`, `per:mike-pompeo`.
        type: PERSON, ORGANIZATION, COUNTRY, CITY, REGION, FACILITY or OTHER.
        name: The name to show.
        country: ISO 3166-1 alpha-2; empty if unknown or none.
        latitude: Degrees north; None where it has no place.
        longitude: Degrees east.
        mentions: In text order, never overlapping one another.
        wikidata: The item (`Q30`) where the lexicon knows it; else empty.
        country_basis: How the country is known: `lexicon`, `text` (words beside the name or in it),
            `article` (a guess: all that the article names is of this country); else empty.
        salience: Between 0 and 1, how much the article is about it.
        confidence: Between 0 and 1, how often entities found in this way are right.
    """

    entity_id: str
    type: str
    name: str
    country: str = ""
    latitude: float | None = None
    longitude: float | None = None
    mentions: tuple[Mention, ...] = ()
    wikidata: str = ""
    country_basis: str = ""
    salience: float | None = None
    confidence: float | None = None


class Count(NamedTuple):
    """A number that belongs to an event: 25 killed, 750 troops.

    Attributes:
        value: The number; for "at least" and "some" the number said.
        unit: `killed`, `injured`, `arrested`, `displaced`, `troops`, `participants`, `attacks`, …
        approximate: True for "quelque", "une vingtaine", "about".
    """

    value: float
    unit: str
    approximate: bool = False


class Event(NamedTuple):
    """One happening that an article reports, coded on PLOVER 2.0.

    Attributes:
        event_id: Stable: from the article and the trigger's place.
        type: One of the 16 PLOVER types.
        mode: PLOVER mode; empty where none fits.
        trigger_start: First code point of the trigger in the body.
        trigger_end: One past its last.
        trigger: The words.
        actors: entity_ids of who does it.
        recipients: entity_ids of whom it is done to.
        actor_countries: ISO 3166-1 alpha-2, sorted, without repeats.
        recipient_countries: The same for the recipients.
        date_edtf: When, in EDTF; empty if unknown.
        location_id: entity_id of the place; empty if unknown.
        country: ISO country of the place; empty if unknown.
        counts: Numbers that belong to it.
        status: `actual`, `historical`, `future`, `hypothetical` or `negated`.
        attributed_by: entity_id of who says so, where the article attributes it; else empty.
        confidence: How much speaks for it, 0 to 1 (docs/events.md); None if it was not reckoned.
    """

    event_id: str
    type: str
    mode: str
    trigger_start: int
    trigger_end: int
    trigger: str
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    actor_countries: tuple[str, ...] = ()
    recipient_countries: tuple[str, ...] = ()
    date_edtf: str = ""
    location_id: str = ""
    country: str = ""
    counts: tuple[Count, ...] = ()
    status: str = "actual"
    attributed_by: str = ""
    confidence: float | None = None


class Quote(NamedTuple):
    """One direct quotation.

    Attributes:
        start: First code point inside the quotation marks.
        end: One past the last inside them.
        text: `body[start:end]`.
        speaker_id: entity_id of the speaker; empty if the speaker is no known entity.
        speaker: The speaker's name or role as a reader would say it; empty if unknown.
        cue: The verb or phrase that introduces it ("a déclaré", "selon"); empty if none.
    """

    start: int
    end: int
    text: str
    speaker_id: str = ""
    speaker: str = ""
    cue: str = ""


class DateExpression(NamedTuple):
    """A date said in the text, resolved against the publication date where that is known.

    Attributes:
        start: First code point in the body.
        end: One past the last.
        text: `body[start:end]`.
        edtf: What it means (`2019-12-31`, `2019-10`, `2019-12-28/2019-12-29`); empty where the
            article alone cannot tell.
        conflict: True where the text contradicts itself (a weekday that is not the date's).
    """

    start: int
    end: int
    text: str
    edtf: str
    conflict: bool = False


class Tags(NamedTuple):
    """All that tagging found in one article."""

    entities: tuple[Entity, ...] = ()
    events: tuple[Event, ...] = ()
    quotes: tuple[Quote, ...] = ()
    dates: tuple[DateExpression, ...] = ()


class Passage(NamedTuple):
    """The same words in two bodies: `body[start:end]` and `of_body[of_start:of_end]`."""

    start: int
    end: int
    of_start: int
    of_end: int


class CopyPair(NamedTuple):
    """Two articles that share copy, with the evidence.

    Attributes:
        article_id: The later article.
        of_article_id: The earlier one, which it copies.
        relation: `exact`, `near_duplicate`, `reprint`, `partial` or `quote`.
        coverage: Share of the later article's words that stand in the earlier one, 0 to 1.
        of_coverage: The share the other way round.
        shared_words: Aligned words.
        unquoted_words: Of these, the words outside quotations.
        longest_run: Words in the longest unbroken run.
        passages: Where the shared words stand in both bodies, in the order of the later one.
        original: True for the pair that names the original of `article_id`, its `copy_of`.
    """

    article_id: str
    of_article_id: str
    relation: str
    coverage: float
    of_coverage: float
    shared_words: int
    unquoted_words: int
    longest_run: int
    passages: tuple[Passage, ...]
    original: bool = False


class Story(NamedTuple):
    """Articles that tell one happening.

    Attributes:
        story_id: From the lead article, so that it is stable as articles join.
        headline: Of the lead article, or its first sentence.
        article_ids: Sorted.
        lead_article_id: The earliest original.
        origin_count: Independent origins: copies of one text count once.
        sources: Publishers, sorted, without repeats.
        agencies: Agencies credited, sorted, without repeats.
        languages: Sorted, without repeats.
        first_published_at: Microseconds since the epoch, UTC; None if unknown.
        last_published_at: The same for the latest article.
        entities: entity_ids of the main entities, most articles first.
    """

    story_id: str
    headline: str
    article_ids: tuple[str, ...]
    lead_article_id: str
    origin_count: int
    sources: tuple[str, ...]
    agencies: tuple[str, ...]
    languages: tuple[str, ...]
    first_published_at: int | None
    last_published_at: int | None
    entities: tuple[str, ...] = ()


class StoryCount(NamedTuple):
    """A number that the articles of a story give for one happening.

    Attributes:
        value: The lowest that is said.
        high: The highest that is said; equal to `value` where the articles agree.
        unit: As in `Count`.
        approximate: True if no article gives it as exact.
        article_ids: The articles that say it, sorted.
    """

    value: float
    high: float
    unit: str
    approximate: bool
    article_ids: tuple[str, ...]


class StoryEvent(NamedTuple):
    """One happening of a story, merged over the articles that report it.

    Fields that an `Event` has too mean the same; names and places are resolved.

    Attributes:
        event_id: Stable: from the story and the earliest article's event.
        story_id: The story.
        article_ids: The articles that report it, sorted.
        article_count: How many they are.
        origin_count: How many independent origins they have: copies count once.
        confidence: The surest article's, and more for each further origin; None if unknown.
    """

    event_id: str
    story_id: str
    type: str
    mode: str
    trigger: str
    actors: tuple[str, ...]
    actor_names: tuple[str, ...]
    actor_countries: tuple[str, ...]
    recipients: tuple[str, ...]
    recipient_names: tuple[str, ...]
    recipient_countries: tuple[str, ...]
    date_edtf: str
    location_id: str
    location_name: str
    country: str
    latitude: float | None
    longitude: float | None
    counts: tuple[StoryCount, ...]
    status: str
    attributed_by: str
    article_ids: tuple[str, ...]
    article_count: int
    origin_count: int
    confidence: float | None = None


class Reject(NamedTuple):
    """An input that could not become an article, with enough to replay it.

    Attributes:
        source_uri: Where it came from.
        stage: `read`, `parse`, `clean`, `tag`.
        reason: One of `pipeline.errors.RejectReason`.
        detail: One line for a person: what is wrong, and what to do.
        payload: The input's bytes, cut at the configured cap.
        article_id: Where it is known already.
        kind: `RawItem.kind` of the payload, where it is a whole item; else empty.
    """

    source_uri: str
    stage: str
    reason: str
    detail: str
    payload: bytes = b""
    article_id: str = ""
    kind: str = ""
