"""One happening in French and in English: names, places and numbers carry it over."""

import pytest

from pipeline.config import StoriesConfig
from pipeline.records import Story
from pipeline.stories.cluster import find_stories
from pipeline.stories.interval import read_interval
from pipeline.stories.names import name_key, sign_names
from pipeline.stories.signature import StoryInput, first_sentence, sign

CONFIG = StoriesConfig()

FRENCH = (
    "Un ferry a chaviré mardi sur le Tigre près de Bagdad avec 143 personnes à bord. Le ministère "
    "irakien de l'Intérieur fait état de 37 blessés, soignés à Bagdad et à Mossoul. Le navire de "
    "la compagnie Orvanis venait de quitter le quai de Karrada pour rejoindre Samarra. L'Irak a "
    "demandé l'aide de Téhéran, et la compagnie Orvanis a suspendu ses 12 liaisons."
)
ENGLISH = (
    "Rescuers were searching the Tigris after a boat run by Orvanis overturned near Baghdad with "
    "143 people aboard. At least 37 were hurt and taken to hospitals in Baghdad and Mosul, police "
    "in Iraq said. It had just left Karrada for Samarra. Tehran offered divers to Iraq while "
    "Orvanis halted all of its 12 routes."
)
ENGLISH_ELSEWHERE = (
    "Traders in Baghdad shut their stalls in protest at a new levy voted by parliament in Iraq. "
    "Some 2,500 marched through Karrada, and shops in Mosul closed too. The chamber of commerce, "
    "led by Halvorn, wants the tax on imported grain and sugar withdrawn before the harvest, "
    "while wholesalers from Samarra threaten to raise the price of bread."
)


def told(article_id: str, text: str, language: str, edtf: str = "2021-03-02") -> StoryInput:
    return StoryInput(
        article_id,
        language,
        "",
        first_sentence(text),
        None,
        read_interval(edtf),
        (),
        *sign("", text, language),
        *sign_names("", text, language),
    )


def groups(stories: tuple[Story, ...]) -> set[tuple[str, ...]]:
    return {story.article_ids for story in stories}


@pytest.mark.parametrize(
    ("french", "english"),
    [
        ("Bagdad", "Baghdad"),
        ("Irak", "Iraq"),
        ("Allemagne", "Germany"),
        ("Londres", "London"),
        ("Mossoul", "Mosul"),
        ("Khartoum", "KHARTOUM"),
    ],
)
def test_a_name_has_one_key_in_both_languages(french: str, english: str) -> None:
    assert name_key(french) == name_key(english)


@pytest.mark.parametrize(("one", "other"), [("Irak", "Iran"), ("Niger", "Nigeria"), ("Mao", "Mei")])
def test_other_names_have_other_keys(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


def test_the_first_word_of_a_sentence_is_no_name() -> None:
    assert sign_names("", "Hier. Demain ! « Jamais » ? Toujours.", "fr") == (b"", b"")


def test_a_number_is_the_same_however_its_thousands_are_parted() -> None:
    assert sign_names("", "près de 2 500 habitants", "fr") == sign_names("", "2,500 people", "en")


def test_one_happening_in_two_languages_is_one_story() -> None:
    inputs = [told("a", FRENCH, "fr"), told("b", ENGLISH, "en", "2021-03-03")]
    (story,) = find_stories(inputs, [], CONFIG)
    assert story.languages == ("en", "fr")


def test_another_happening_at_the_same_places_is_another_story() -> None:
    inputs = [told("a", FRENCH, "fr"), told("c", ENGLISH_ELSEWHERE, "en")]
    assert groups(find_stories(inputs, [], CONFIG)) == {("a",), ("c",)}


def test_years_apart_two_languages_do_not_meet() -> None:
    inputs = [told("a", FRENCH, "fr"), told("b", ENGLISH, "en", "2024-03-02")]
    assert len(find_stories(inputs, [], CONFIG)) == 2


def test_a_few_shared_places_are_not_enough() -> None:
    inputs = [
        told("a", "La Bourse de Londres et celle de Paris restent fermées. Tokyo ouvre.", "fr"),
        told("b", "Fashion weeks in London and Paris end today before Tokyo.", "en"),
    ]
    assert len(find_stories(inputs, [], CONFIG)) == 2


def test_a_bulletin_of_every_day_takes_in_no_happening_and_ends_with_the_span() -> None:
    def bulletin(day: int) -> str:
        return (
            f"Trafic : le point du {day} mars sur la ligne Orvane. Les conducteurs de Railost "
            f"annoncent {10 + day} rames sur 30 entre Valmont et Corvey, et la direction de "
            "Railost conseille de reporter les voyages vers Corvey."
        )

    accident = (
        "Une rame de Railost a déraillé à Valmont, faisant 16 blessés. Le conducteur, indemne, a "
        "été entendu par les gendarmes, qui examinent un aiguillage posé en décembre."
    )
    inputs = [told(f"{d:02}", bulletin(d), "fr", f"2021-03-{d:02}") for d in range(1, 29)]
    stories = find_stories([*inputs, told("x", accident, "fr", "2021-03-09")], [], CONFIG)
    assert ("x",) in groups(stories)
    assert max(len(story.article_ids) for story in stories) <= CONFIG.span_days + 2
