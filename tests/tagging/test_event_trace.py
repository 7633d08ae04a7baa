"""What explains an event agrees with the event."""

from pipeline.config import TaggingConfig
from pipeline.records import Article
from pipeline.tagging.event_trace import trace_article
from pipeline.tagging.tagger import Tagger

BODY = (
    "Le gouvernement du Mali a accusé mardi la France d'avoir soutenu une milice. "
    "La France a été accusée par le Mali de soutenir une milice. "
    "Le Mali et le Niger se sont réunis à Bamako. "
    "Des manifestants ont attaqué l'ambassade de France à Bamako, où des tirs ont tué 25 personnes."
)


def _article(body: str, language: str = "fr", published: str = "") -> Article:
    return Article(
        article_id="a",
        language=language,
        body=body,
        published_edtf=published,
        word_count=len(body.split()),
    )


def test_every_event_is_found_again_with_its_sentence_and_entry():
    for anchor in ("", "2024-05-02"):
        article, config = _article(BODY), TaggingConfig()
        tags = Tagger(config).tag_one(article, anchor)
        traces = trace_article(article, tags, anchor, config)
        assert tags.events
        assert tuple(trace.event for trace in traces) == tags.events
        for trace in traces:
            first = trace.mentions[0]
            assert first.event.trigger == trace.event.trigger
            low, high = first.sentence
            assert low <= trace.event.trigger_start < trace.event.trigger_end <= high


def test_the_roles_say_where_the_sides_of_a_passive_stood():
    article = _article("La France a été accusée par le Mali de soutenir une milice.")
    config = TaggingConfig()
    tags = Tagger(config).tag_one(article)
    (mention,) = trace_article(article, tags, "", config)[0].mentions
    assert (mention.entry, mention.actor_role, mention.recipient_role) == ("accuser", "subj", "obj")


def test_events_that_the_coder_does_not_find_have_no_mentions():
    article, config = _article("La France a été accusée par le Mali."), TaggingConfig()
    tags = Tagger(config).tag_one(article)
    other = article._replace(body="Rien de cela.", language="fr")
    assert [trace.mentions for trace in trace_article(other, tags, "", config)] == [()]
    unknown = article._replace(language="de")
    assert [trace.mentions for trace in trace_article(unknown, tags, "", config)] == [()]
