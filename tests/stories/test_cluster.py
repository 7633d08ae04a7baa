import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.config import StoriesConfig
from pipeline.records import CopyPair, Story
from pipeline.stories.cluster import find_stories, story_id_of
from pipeline.stories.interval import read_interval
from pipeline.stories.signature import StoryInput, first_sentence, sign

CONFIG = StoriesConfig()

FLOOD = (
    "La rivière Brume a débordé à Valmont, où 230 habitants ont été évacués vers le gymnase. Les "
    "pompiers de Valmont ont sauvé un berger. Le barrage de Corvey retient encore la Brume."
)
FLOOD_AGAIN = (
    "Inondations : à Valmont, la Brume est sortie de son lit. Quelque 230 habitants dorment au "
    "gymnase, selon les pompiers, qui surveillent le barrage de Corvey."
)
STRIKE = (
    "Les conducteurs de la ligne Orvane ont cessé le travail. Le syndicat Convergence réclame 4% "
    "de hausse des salaires et la direction de Railost refuse de négocier avant l'hiver."
)


def told(
    article_id: str,
    text: str,
    edtf: str = "2021-03-02",
    *,
    agencies: tuple[str, ...] = (),
    **more: str,
) -> StoryInput:
    language = more.get("language", "fr")
    interval = read_interval(edtf)
    published = None if edtf == "" else int(interval.start * 86_400_000_000)
    return StoryInput(
        article_id,
        language,
        more.get("source", ""),
        first_sentence(text),
        published,
        interval,
        agencies,
        *sign("", text, language),
    )


def copied(later: str, earlier: str, relation: str = "reprint") -> CopyPair:
    return CopyPair(later, earlier, relation, 0.9, 0.9, 100, 100, 50, ())


def groups(stories: tuple[Story, ...]) -> set[tuple[str, ...]]:
    return {story.article_ids for story in stories}


def test_one_happening_told_twice_is_one_story() -> None:
    inputs = [told("a", FLOOD), told("b", FLOOD_AGAIN, "2021-03-03"), told("c", STRIKE)]
    assert groups(find_stories(inputs, [], CONFIG)) == {("a", "b"), ("c",)}


def test_the_same_words_years_later_are_another_story() -> None:
    inputs = [told("a", FLOOD), told("b", FLOOD_AGAIN, "2025-03-03")]
    assert groups(find_stories(inputs, [], CONFIG)) == {("a",), ("b",)}


def test_a_month_is_compatible_with_its_days() -> None:
    inputs = [told("a", FLOOD), told("b", FLOOD_AGAIN, "2021-03")]
    assert groups(find_stories(inputs, [], CONFIG)) == {("a", "b")}


def test_an_undated_article_joins_its_best_match_and_bridges_nothing() -> None:
    inputs = [
        told("a", FLOOD),
        told("later", FLOOD_AGAIN + " Le préfet Dumoulin était absent.", "2025-03-03"),
        told("undated", FLOOD + " Le maire craint une nuit difficile.", ""),
    ]
    assert groups(find_stories(inputs, [], CONFIG)) == {("a", "undated"), ("later",)}


def test_a_chain_of_days_does_not_become_one_story() -> None:
    inputs = [told(f"{day:02d}", FLOOD, f"2021-03-{day:02d}") for day in range(1, 29)]
    stories = find_stories(inputs, [], CONFIG)
    assert max(len(story.article_ids) for story in stories) <= CONFIG.span_days + 2


def test_a_reprint_belongs_to_the_story_of_what_it_copies() -> None:
    inputs = [told("a", FLOOD), told("b", STRIKE, "2021-03-12")]
    (story,) = find_stories(inputs, [copied("b", "a")], CONFIG)
    assert (story.article_ids, story.lead_article_id) == (("a", "b"), "a")


def test_a_partial_copy_alone_joins_nothing() -> None:
    inputs = [told("a", FLOOD), told("b", STRIKE)]
    assert len(find_stories(inputs, [copied("b", "a", "partial")], CONFIG)) == 2


@pytest.mark.parametrize(
    ("inputs", "lead"),
    [
        ([told("b", FLOOD, "2021-03-01"), told("a", FLOOD_AGAIN, "2021-03-02")], "b"),
        ([told("a", FLOOD, ""), told("b", FLOOD_AGAIN)], "b"),
        ([told("a", FLOOD), told("b", FLOOD_AGAIN, agencies=("AFP",))], "b"),
        ([told("b", FLOOD), told("a", FLOOD_AGAIN)], "a"),
    ],
)
def test_the_lead_is_the_earliest_original(inputs: list[StoryInput], lead: str) -> None:
    (story,) = find_stories(inputs, [], CONFIG)
    assert story.lead_article_id == lead
    assert story.story_id == story_id_of(lead)


def test_a_copy_never_leads_however_early_it_is_dated() -> None:
    inputs = [told("a", FLOOD, "2021-03-02"), told("b", FLOOD, "2021-03-01")]
    (story,) = find_stories(inputs, [copied("b", "a")], CONFIG)
    assert story.lead_article_id == "a"


def test_a_story_sums_up_its_articles() -> None:
    inputs = [
        told("a", FLOOD, source="Zone Presse"),
        told("b", FLOOD_AGAIN, "2021-03-03", source="Avis", agencies=("Belga", "AFP")),
    ]
    (story,) = find_stories(inputs, [], CONFIG)
    assert story.headline.startswith("La rivière Brume a débordé")
    assert story.sources == ("Avis", "Zone Presse")
    assert story.agencies == ("AFP", "Belga")
    assert story.first_published_at == read_interval("2021-03-02").start * 86_400_000_000
    assert story.last_published_at == read_interval("2021-03-03").start * 86_400_000_000


def test_no_article_gives_no_story() -> None:
    assert find_stories([], [], CONFIG) == ()


def test_empty_texts_stay_apart() -> None:
    inputs = [told("a", ""), told("b", ""), told("c", "\x00\ud800")]
    assert len(find_stories(inputs, [], CONFIG)) == 3


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from([FLOOD, FLOOD_AGAIN, STRIKE, FLOOD + STRIKE, ""]),
            st.sampled_from(
                ["", "2021", "2021-03", "2021-03-02", "2021-03-04T10:00:00Z", "2025-01-01"]
            ),
        ),
        max_size=12,
    ),
    st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=5),
    st.randoms(),
)
def test_order_and_repetition_change_nothing_and_every_article_is_told_once(
    articles: list[tuple[str, str]], edges: list[tuple[int, int]], shuffler: random.Random
) -> None:
    inputs = [told(f"{n:02d}", text, edtf) for n, (text, edtf) in enumerate(articles)]
    pairs = [copied(f"{max(e):02d}", f"{min(e):02d}") for e in edges if e[0] != e[1]]
    stories = find_stories(inputs, pairs, CONFIG)
    again = inputs + inputs[:3]
    shuffler.shuffle(again)
    shuffler.shuffle(pairs)
    assert find_stories(again, pairs, CONFIG) == stories
    assert sorted(a for s in stories for a in s.article_ids) == [i.article_id for i in inputs]
