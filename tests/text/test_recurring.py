import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.config import CleanConfig
from pipeline.records import ParsedItem
from pipeline.text.article import to_article
from pipeline.text.recurring import REASON, learn, together, uses, without_recurring

LEAST = 4
APPEAL = "Cette page a été préparée par le service abonnements de la maison."
TOPICS = (
    "Le conseil municipal a voté lundi soir le budget des écoles de la commune.",
    "Une tempête a privé mardi plusieurs villages de courant pendant une nuit entière.",
    "Les pêcheurs du port ont repris la mer après deux semaines de mauvais temps.",
    "La bibliothèque rouvre ses portes samedi après un an de travaux dans la grande salle.",
    "Un troupeau échappé de son enclos a bloqué la route du col pendant trois heures.",
    "Le musée expose des cartes anciennes que des marins avaient laissées au monastère.",
    "Trois boulangers ont fabriqué ensemble une tarte de douze mètres pour la fête.",
    "La gare retrouve son horloge, que des horlogers avaient démontée il y a six ans.",
    "Des étudiants ont compté les oiseaux du lac et publié une carte de leurs nids.",
    "La cantine du collège servira désormais des légumes cultivés dans son jardin.",
)


def _article(text: str, source: str = "site.example", name: str = ""):
    return to_article(
        ParsedItem("x", text, headline="Titre", source=source, guid=name or text), CleanConfig()
    )


def _with_appeal(count: int, source: str = "site.example"):
    return [_article(f"{topic}\n\n{APPEAL}", source) for topic in TOPICS[:count]]


def _cut(articles, least: int = LEAST):
    learnt = learn([uses(articles)], least)
    return [without_recurring(article, learnt, least) for article in articles]


def test_a_line_beside_many_texts_of_one_source_is_cut_and_kept_as_removed():
    cut = _cut(_with_appeal(9))
    assert [article.body for article in cut] == list(TOPICS[:9])
    assert all((APPEAL, REASON) in article.removed for article in cut)


def test_what_is_counted_in_the_body_is_counted_anew():
    (cut, *_) = _cut(_with_appeal(9))
    whole = _article(TOPICS[0])
    assert (cut.word_count, cut.content_hash) == (whole.word_count, whole.content_hash)


def test_a_line_that_recurs_less_often_stays():
    articles = _with_appeal(6)
    assert _cut(articles) == articles


def test_the_longer_a_line_the_more_articles_it_needs():
    articles = [_article(f"{topic}\n\nLa maison vous salue.") for topic in TOPICS[:5]]
    assert all("salue" not in article.body for article in _cut(articles))


def test_other_sources_and_unknown_ones_teach_nothing():
    articles = _with_appeal(4, "a.example") + _with_appeal(4, "b.example") + _with_appeal(9, "")
    assert _cut(articles) == articles


def test_a_paragraph_that_is_reprinted_beside_the_same_text_stays():
    text = f"{TOPICS[0]}\n\n{APPEAL}"
    articles = [_article(text, name=f"reprint {number}") for number in range(12)]
    assert _cut(articles) == articles


def test_the_versions_of_one_article_count_once():
    articles = [_article(f"{topic}\n\n{APPEAL}", name="one") for topic in TOPICS]
    assert _cut(articles) == articles


def test_the_longest_line_stays_even_where_all_lines_recur():
    lines = ["La maison vous salue.", "Bonne lecture à vous."]
    articles = [*_with_appeal(9), *[_article("\n\n".join([*lines, topic])) for topic in TOPICS]]
    short = _article("\n\n".join(lines))
    cut = _cut([*articles, short])[-1]
    assert cut.body in lines


def test_sub_headings_follow_their_lines():
    text = "{}\n\nLa maison vous salue.\n\n{}\n\nSous le titre\n\n{}"
    triples = [(TOPICS[i], TOPICS[i - 1], TOPICS[i - 2]) for i in range(len(TOPICS))]
    for article in _cut([_article(text.format(*triple)) for triple in triples]):
        assert "salue" not in article.body
        titles = [article.body[span.start : span.end] for span in article.subheads]
        assert titles == ["Sous le titre"]


def test_nothing_is_learnt_from_nothing():
    article = _article(TOPICS[0])
    assert without_recurring(article, together([]), LEAST) == article
    assert not len(learn([], LEAST).keys)


@given(split=st.integers(0, 10), order=st.permutations(range(10)))
@settings(max_examples=30, deadline=None)
def test_the_result_is_the_same_in_any_order_and_in_however_many_runs(split, order):
    articles = _with_appeal(10)
    expected = {article.article_id: article for article in _cut(articles)}
    mixed = [articles[index] for index in order]
    earlier = _cut(mixed[:split])
    assert {a.article_id: a for a in _cut([*earlier, *mixed[split:]])} == expected


@pytest.mark.parametrize("shards", [1, 3])
def test_counting_may_be_cut_into_parts(shards):
    articles = _with_appeal(9)
    parts = [uses(articles[start::2]) for start in (0, 1)]
    learnt = together(
        [
            learn([part.take(part.keys % shards == shard) for part in parts], LEAST)
            for shard in range(shards)
        ]
    )
    whole = learn([uses(articles)], LEAST)
    assert (learnt.keys == whole.keys).all()
    assert (learnt.counts == whole.counts).all()
