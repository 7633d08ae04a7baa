"""When an event took place: said, told before, or about the day of the news."""

from pipeline.records import DateExpression

LEAD = (
    "La ville de Gao, dans le nord du pays, a vu jeudi passer un cortège de plusieurs kilomètres"
    " venu des villages voisins, "
)


def _day(text: str, words: str, edtf: str) -> DateExpression:
    start = text.index(words)
    return DateExpression(start, start + len(words), words, edtf, False)


def _date(code, text: str, type_: str = "ASSAULT", **known) -> str:  # type: ignore[no-untyped-def]
    (date,) = (event.date_edtf for event in code(text, **known) if event.type == type_)
    return date


def test_a_deed_that_is_told_as_news_is_about_of_the_articles_day(code) -> None:
    assert _date(code, "Le Front du Nord a attaqué Gao.") == "2020-01-03~"


def test_a_day_that_is_said_is_exact(code) -> None:
    text = "Le Front du Nord a attaqué Gao jeudi."
    assert _date(code, text, dates=(_day(text, "jeudi", "2020-01-02"),)) == "2020-01-02"


def test_the_day_of_something_else_in_the_sentence_dates_a_deed_about(code) -> None:
    text = (
        "Jean Exemple a promis jeudi de tout faire pour protéger les habitants du nord du pays et"
        " leurs villages, les commerces et les écoles de Gao, bombardée par le Front du Nord."
    )
    assert _date(code, text, dates=(_day(text, "jeudi", "2020-01-02"),)) == "2020-01-02~"


def test_a_day_long_before_dates_no_deed_of_the_news(code) -> None:
    text = (
        "Depuis que la trêve a été signée le 7 octobre par les représentants des camps, réunis à la"
        " demande de nombreux pays voisins et de leurs alliés, le Front du Nord a bombardé Gao."
    )
    assert _date(code, text, dates=(_day(text, "7 octobre", "2019-10-07"),)) == ""


def test_the_day_of_a_death_is_not_that_of_the_reprisal(code) -> None:
    text = "La France a mené des frappes contre l'Iran en représailles à la mort jeudi d'un soldat."
    date = _date(code, text, dates=(_day(text, "jeudi", "2020-01-02"),))
    assert date != "2020-01-02"


def test_what_is_recalled_further_down_has_no_day(code) -> None:
    text = f"{LEAD}a indiqué la mairie.\n\nLe Front du Nord avait attaqué l'armée malienne."
    assert _date(code, text) == ""
