"""The rule for copies on invented press: the cases in which it is easily wrong."""

import random
from hashlib import blake2b

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.config import CopiesConfig
from pipeline.copies.clusters import clusters
from pipeline.copies.find import find_copies
from pipeline.copies.order import CopyInput, edtf_interval
from pipeline.copies.origin import copy_of

CONFIG = CopiesConfig()
SYLLABLES = "ba de fi go lu ma ne pi ro su ta ve ci do ra len tor mis pal ver".split()


def _prose(seed: int, words: int) -> str:
    """Made-up words in sentences of fifteen; another seed shares none of its sequences."""
    chance = random.Random(seed)
    made = ["".join(chance.choices(SYLLABLES, k=chance.randint(2, 3))) for _ in range(words)]
    for first in range(0, words, 15):
        made[first] = made[first].capitalize()
        made[min(first + 15, words) - 1] += "."
    return " ".join(made)


def _text(*paragraphs: str) -> str:
    return "\n\n".join(paragraphs)


def _article(
    article_id: str,
    body: str,
    date: str = "2024-05-02",
    source: str = "",
    *,
    guid: str = "",
    version: int = 1,
    credited: bool = False,
) -> CopyInput:
    folded = " ".join(body.split()).casefold().encode("utf-8", "surrogatepass")
    digest = blake2b(folded, digest_size=8).hexdigest()
    return CopyInput(
        article_id, version, source, guid, body, *edtf_interval(date), credited, digest
    )


def _pairs(*articles: CopyInput, config: CopiesConfig = CONFIG) -> dict[tuple[str, str], str]:
    found = find_copies(articles, config).pairs
    return {(pair.article_id, pair.of_article_id): pair.relation for pair in found}


def _relation(one: str, other: str, dates: tuple[str, str] = ("2024-05-02", "2024-05-02")):
    return _pairs(_article("a", one, dates[0]), _article("b", other, dates[1])).get(("b", "a"))


DISPATCH = _text(_prose(1, 60), _prose(2, 60), _prose(3, 60))
OTHER_DISPATCH = _text(_prose(11, 60), _prose(12, 60), _prose(13, 60))


def test_equal_texts_are_exact_copies():
    assert _relation(DISPATCH, DISPATCH.replace("\n\n", "\n")) == "exact"


def test_articles_that_share_nothing_have_no_record():
    assert _relation(DISPATCH, OTHER_DISPATCH) is None


def test_a_dispatch_under_another_first_sentence_is_a_near_duplicate():
    assert _relation(DISPATCH, _text(_prose(20, 15), DISPATCH)) == "near_duplicate"


def test_the_paragraphs_of_a_dispatch_in_another_order_are_a_near_duplicate():
    reordered = _text(_prose(3, 60), _prose(1, 60), _prose(2, 60))
    assert _relation(DISPATCH, reordered) == "near_duplicate"


def test_a_dispatch_embedded_in_a_long_piece_is_a_reprint():
    piece = _text(_prose(20, 300), DISPATCH, _prose(21, 300))
    assert _relation(DISPATCH, piece) == "reprint"


def test_editorial_sentences_between_the_sentences_of_the_wire_leave_a_reprint():
    sentences = DISPATCH.replace("\n\n", " ").split(". ")
    woven = ". ".join(s + ". " + _prose(30 + n, 15) for n, s in enumerate(sentences))
    assert _relation(DISPATCH, woven) == "reprint"


def test_an_article_woven_from_two_dispatches_is_a_copy_of_each_and_they_of_neither():
    woven = _text(_prose(1, 60), _prose(11, 60), _prose(2, 60), _prose(12, 60))
    found = _pairs(
        _article("a", DISPATCH), _article("b", OTHER_DISPATCH), _article("c", woven, "2024-05-03")
    )
    assert found == {("c", "a"): "reprint", ("c", "b"): "reprint"}


def test_light_rewriting_is_a_copy():
    words = DISPATCH.split(" ")
    for place in range(0, len(words), 9):
        words[place] = f"autre{place}"
    assert _relation(DISPATCH, " ".join(words)) in {"near_duplicate", "reprint"}


FIGURES = {
    "3": "trois", "7": "sept", "12": "douze", "16": "seize", "23": "vingt-trois",
    "48": "quarante-huit", "71": "soixante et onze", "95": "quatre-vingt-quinze",
    "120": "cent vingt", "2 400": "deux mille quatre cents",
}  # fmt: skip


def test_numbers_written_as_words_leave_a_copy():
    def told(numbers):
        return " ".join(
            f"Bilan {number} morts {_prose(40 + n, 12)}" for n, number in enumerate(numbers)
        )

    assert _relation(told(FIGURES), told(FIGURES.values())) in {"near_duplicate", "reprint"}


def test_one_paragraph_of_a_dispatch_in_a_long_article_is_a_partial_copy():
    mine = _text(_prose(1, 45), _prose(50, 400))
    theirs = _text(_prose(51, 400), _prose(1, 45))
    assert _relation(mine, theirs) == "partial"


def test_the_same_agency_timeline_under_two_events_never_makes_them_one_text():
    timeline = _prose(60, 80)
    found = find_copies(
        [
            _article("a", _text(_prose(61, 250), timeline)),
            _article("b", _text(_prose(62, 250), timeline), "2024-05-08"),
        ],
        CONFIG,
    )
    assert [pair.relation for pair in found.pairs] == ["partial"]
    assert clusters(found.pairs) == ()


@pytest.mark.parametrize(("opening", "closing"), [("« ", " »"), ('"', '"'), ("“", "”")])
def test_the_same_words_of_a_speaker_are_a_quote(opening, closing):
    said = opening + _prose(70, 60) + closing
    mine, theirs = (_text(_prose(n, 120), said, _prose(n + 1, 120)) for n in (71, 75))
    assert _relation(mine, theirs) == "quote"


def test_a_post_quoted_here_and_pasted_without_marks_there_is_a_quote():
    post = _prose(70, 45)
    mine = _text(_prose(71, 120), f"« {post} »", _prose(72, 60))
    theirs = _text(_prose(73, 120), post, _prose(74, 60))
    assert _relation(mine, theirs) == "quote"


def test_a_dispatch_whose_quotations_were_moved_to_its_end_is_a_copy():
    said = [f"« {_prose(310 + n, 14)} »" for n in range(3)]
    told = [_prose(300 + n, 40) for n in range(3)]
    wire = " ".join(f"{text} {words}" for text, words in zip(told, said, strict=True))
    assert _relation(wire, " ".join([*told, *reversed(said)])) == "near_duplicate"


def test_a_caption_under_two_articles_makes_no_copy():
    caption = "Vue du pont de la rive gauche, fermé à la circulation. " + _prose(330, 15)
    mine, theirs = (_text(_prose(n, 120), caption, _prose(n + 1, 60)) for n in (331, 341))
    assert _relation(mine, theirs) is None


def test_a_post_pasted_without_marks_into_two_short_articles_makes_them_no_one_text():
    post = _prose(70, 45)
    mine, theirs = (_text(_prose(n, 60), post, _prose(n + 1, 30)) for n in (351, 361))
    found = find_copies([_article("a", mine), _article("b", theirs)], CONFIG).pairs
    assert [pair.relation for pair in found] == ["partial"]
    assert clusters(found) == ()


def test_a_reprinted_interview_is_a_copy_though_all_of_it_is_quoted():
    interview = _text(*(f"« {_prose(80 + n, 50)} »" for n in range(4)))
    assert _relation(interview, _text(_prose(90, 20), interview)) == "near_duplicate"


def test_scare_quotes_do_not_hide_a_partial_copy():
    shared = _prose(1, 45).replace(" de", ' "de').replace("ta ", 'ta" ')
    mine, theirs = _text(shared, _prose(50, 300)), _text(_prose(51, 300), shared)
    assert _relation(mine, theirs) == "partial"


def test_an_urgent_line_is_a_reprint_of_the_dispatch_that_it_grew_into():
    stub, grown = _prose(1, 60)[:200].rsplit(" ", 1)[0], DISPATCH
    found = _pairs(
        _article("a", stub, "2024-05-02T08:00:00Z"),
        _article("b", _text(_prose(1, 60), _prose(2, 60)), "2024-05-02T09:00:00Z"),
        _article("c", grown, "2024-05-02T12:00:00Z"),
    )
    assert found == {("b", "a"): "reprint", ("c", "a"): "reprint", ("c", "b"): "near_duplicate"}


URGENT = "Le pont de la rive gauche est fermé à Montfleury."


def test_an_urgent_line_of_ten_words_is_a_reprint_of_the_dispatch_of_that_day():
    assert _relation(URGENT, f"{URGENT} {_prose(370, 30)}") == "reprint"


def test_a_line_of_ten_words_that_stands_in_the_text_of_another_day_is_no_reprint():
    dates = ("2024-05-02", "2024-05-06")
    assert _relation(URGENT, f"{URGENT} {_prose(370, 30)}", dates) is None


def test_a_line_of_ten_words_of_which_a_text_holds_only_a_part_is_no_reprint():
    assert _relation(URGENT, f"{URGENT.replace('gauche', 'droite')} {_prose(370, 30)}") is None


def test_an_appeal_that_names_nothing_is_no_reprint_however_whole_it_stands_in_another():
    appeal = "Cette page sera mise à jour dans les prochaines heures."
    assert _relation(appeal, f"{appeal} {_prose(370, 30)}") is None


def test_a_quotation_of_ten_words_is_no_reprint_of_the_text_that_holds_it():
    said = "« Le pont de la rive gauche est fermé à Montfleury. »"
    assert _relation(said, f"{_prose(371, 15)} {said} {_prose(370, 30)}") is None


def test_very_short_texts_do_not_collapse():
    bodies = ["Lire la suite", "Photo d'illustration", "Suivez notre direct", "Lire la suite"]
    assert _pairs(*(_article(str(n), body) for n, body in enumerate(bodies))) == {}


def test_a_short_text_that_only_quotes_is_no_reprint():
    said = f"« {_prose(70, 30)} »"
    assert _relation(said, _text(_prose(71, 200), said)) == "quote"


def test_the_other_version_of_an_item_is_no_copy_of_it():
    corrected = DISPATCH.replace("\n\n", " ", 1)
    one = _article("a", DISPATCH, guid="urn:item:1", source="Agence")
    other = _article("b", corrected, guid="urn:item:1", source="Agence")
    assert _pairs(one, other) == {}
    assert _pairs(one, one._replace(version=2, body=corrected)) == {}


def test_a_correction_that_changes_much_is_no_copy_either():
    corrected = _text("Dans le deuxième paragraphe, lire ainsi.", _prose(1, 60), _prose(5, 60))
    one = _article("a", DISPATCH, guid="urn:item:1", source="Agence")
    reprint = _article("c", DISPATCH, "2024-05-03", source="Journal")
    other = _article("b", corrected, "2024-05-04", guid="urn:item:1", source="Agence")
    assert _pairs(one, reprint, other) == {("b", "c"): "reprint", ("c", "a"): "exact"}


def _bulletin(seed: int) -> str:
    chance = random.Random(seed)
    names = ["".join(chance.choices(SYLLABLES, k=3)).capitalize() for _ in range(24)]
    return " ".join(
        f"la journée sera douce et plutôt sèche sur {name} avec {chance.randint(2, 99)} degrés"
        for name in names
    )


def test_the_same_template_with_the_facts_of_another_day_is_no_copy():
    assert _relation(_bulletin(1), _bulletin(2), ("2024-05-02", "2024-05-05")) is None


def _results(seed: int) -> str:
    chance = random.Random(seed)
    teams = ["".join(chance.choices(SYLLABLES, k=3)).capitalize() for _ in range(16)]
    return " ".join(
        f"{home} s'impose devant son public face à {away} sur le score de"
        f" {chance.randint(2, 60)} à {chance.randint(0, 40)} après la prolongation."
        for home, away in zip(teams[0::2], teams[1::2], strict=True)
    )


def _markets(seed: int) -> str:
    chance = random.Random(seed)
    lines = [
        f"L'action {''.join(chance.choices(SYLLABLES, k=3)).capitalize()} prend"
        f" {chance.randint(2, 99)} centimes à {chance.randint(100, 999)} euros en fin de séance,"
        f" dans un volume de {chance.randint(1000, 9999)} titres."
        for _ in range(8)
    ]
    return "La Bourse a ouvert dans le calme. " + " ".join(lines)


@pytest.mark.parametrize("filled", [_results, _markets])
@pytest.mark.parametrize("days", [("2024-05-02", "2024-05-05"), ("2024-05-02", "2024-05-02")])
def test_results_and_markets_in_the_same_words_with_other_facts_are_no_copy(filled, days):
    assert _relation(filled(1), filled(2), days) is None


@pytest.mark.parametrize("change", [str.lower, str.upper])
def test_a_copy_in_capitals_or_without_any_keeps_its_facts(change):
    wire = " ".join(f"{_prose(370 + n, 12)} selon Valmont Brume" for n in range(8))
    copied = _text(_prose(390, 15), change(wire))
    assert _relation(wire, copied, ("2024-05-02", "2024-05-09")) == "near_duplicate"


def test_the_same_bulletin_printed_another_day_is_a_copy():
    copied = _text(_bulletin(1), _prose(99, 20))
    assert _relation(_bulletin(1), copied, ("2024-05-02", "2024-05-05")) == "near_duplicate"


def test_new_figures_on_the_same_day_are_the_same_text():
    figures = " ".join(f"{n}7 {_prose(40 + n, 14)}" for n in range(12))
    updated = " ".join(f"{n}9 {_prose(40 + n, 14)}" for n in range(12))
    assert _relation(figures, updated) == "near_duplicate"


def test_articles_further_apart_than_the_horizon_are_not_compared():
    assert _relation(DISPATCH, DISPATCH, ("2024-05-02", "2024-06-02")) is None


def test_an_article_without_date_is_found_as_the_copy():
    assert _pairs(_article("a", DISPATCH, ""), _article("b", DISPATCH)) == {("a", "b"): "exact"}


def test_passages_show_the_same_words_in_both_bodies():
    mine, theirs = _text(_prose(20, 20), DISPATCH), _text(_prose(1, 60), _prose(3, 60))
    (pair,) = find_copies([_article("a", theirs), _article("b", mine, "2024-05-03")], CONFIG).pairs
    assert pair.shared_words == 120
    assert pair.coverage == 120 / 200
    assert pair.of_coverage == 1
    assert pair.longest_run == 60
    assert [mine[p.start : p.end] for p in pair.passages] == [
        theirs[p.of_start : p.of_end] for p in pair.passages
    ]


SIGNATURE = (
    "Cet article a été préparé par la rédaction du journal avec le concours des agences de presse,"
    " dont la reproduction même partielle reste interdite sans accord écrit préalable."
)


def _signed(count: int, source: str, lines: tuple[str, ...] = (SIGNATURE,)) -> list[CopyInput]:
    return [
        _article(f"{source}{n}", _text(_prose(1000 + n, 40), *lines), source=source)
        for n in range(count)
    ]


def test_a_line_that_a_source_puts_under_its_articles_never_makes_a_copy():
    appeal = _prose(500, 45)
    assert _pairs(*_signed(12, "Le Journal", (SIGNATURE, appeal))) == {}


def test_a_line_is_boilerplate_in_its_own_source_only():
    paragraph = _prose(500, 45)
    found = _pairs(
        *_signed(12, "Le Journal", (paragraph,)),
        _article("x", _text(_prose(2000, 30), paragraph), source="Autre"),
        _article("y", _text(_prose(2001, 30), paragraph), source="Encore"),
    )
    assert set(found) == {("y", "x")}


def test_a_dispatch_that_a_source_prints_many_times_is_not_boilerplate():
    articles = [_article(f"a{n:02}", DISPATCH, source="Le Journal") for n in range(20)]
    assert len(_pairs(*articles)) >= 19


def test_boilerplate_in_the_middle_of_a_copied_passage_cuts_it_in_two():
    broken = _text(_prose(1, 60), SIGNATURE, _prose(2, 60))
    articles = [
        *_signed(12, "Le Journal"),
        _article("x", _text(_prose(1, 60), _prose(2, 60)), source="Agence"),
        _article("y", broken, "2024-05-03", source="Le Journal"),
    ]
    (pair,) = find_copies(articles, CONFIG).pairs
    assert [broken[p.start : p.end] for p in pair.passages] == [
        _prose(1, 60).rstrip("."),
        _prose(2, 60).rstrip("."),
    ]


def test_the_earliest_original_is_named_whatever_was_copied_in_between():
    chain = [_article(name, DISPATCH, f"2024-05-0{day}") for day, name in enumerate("cab", 1)]
    pairs = find_copies(chain, CONFIG).pairs
    originals = {name: copy_of(p for p in pairs if p.article_id == name) for name in "abc"}
    assert originals["c"] is None
    assert originals["a"].of_article_id == "c"
    assert originals["b"].of_article_id == "c"


def test_of_one_day_the_article_that_credits_an_agency_is_the_original():
    found = _pairs(_article("a", DISPATCH), _article("b", DISPATCH, credited=True))
    assert found == {("a", "b"): "exact"}


def test_a_widely_reprinted_dispatch_leads_to_its_first_appearances():
    config = CopiesConfig(max_postings=4)
    articles = [_article(f"{n:03}", DISPATCH) for n in range(120)]
    result = find_copies(articles, config)
    assert {pair.of_article_id for pair in result.pairs} == {"000", "001", "002", "003"}
    assert clusters(result.pairs) == (tuple(f"{n:03}" for n in range(120)),)
    assert dict(result.capped)["postings"] > 0


PRESS = [
    _article("a", DISPATCH, "2024-05-02"),
    _article("b", _text(_prose(20, 30), DISPATCH), "2024-05", source="Le Journal"),
    _article("c", _text(_prose(1, 60), _prose(21, 200)), "", credited=True),
    _article("d", _text(_prose(1, 60), _prose(12, 60)), "2024-05-14"),
    _article("e", OTHER_DISPATCH, "2024-05-14T10:00:00Z"),
    _article("f", OTHER_DISPATCH.lower(), "2024-05-30"),
    *_signed(8, "Le Journal"),
]


@settings(max_examples=25, deadline=None)
@given(st.permutations(PRESS), st.lists(st.sampled_from(PRESS), max_size=5))
def test_order_and_repetition_change_nothing(shuffled, repeated):
    assert find_copies([*shuffled, *repeated], CONFIG) == find_copies(PRESS, CONFIG)


def test_the_press_of_the_order_test_holds_copies():
    assert len(find_copies(PRESS, CONFIG).pairs) >= 5


@pytest.mark.parametrize(
    "body",
    [
        "",
        "\x00" * 9,
        "\ud800\udfff mot",
        "\u202e\u05d0\u05d1 \u05d2",
        "漢" * 5000,
        "ha " * 30_000,
        "«" * 9000,
    ],
)
def test_hostile_texts_are_compared_without_error(body):
    find_copies(
        [_article("a", body), _article("b", body + " fin"), _article("c", DISPATCH)], CONFIG
    )


def test_no_articles_have_no_copies():
    assert find_copies([], CONFIG).pairs == ()


def test_a_line_that_comes_back_week_after_week_is_boilerplate_though_nobody_is_named():
    line = _prose(500, 30)
    days = ("2024-05-02", "2024-05-07", "2024-05-12")
    articles = [
        _article(f"a{n}", _text(_prose(1000 + n, 40), line), day) for n, day in enumerate(days)
    ]
    assert _pairs(*articles) == {}


def test_a_paragraph_reprinted_by_several_on_one_day_is_no_boilerplate():
    line = _prose(500, 45)
    articles = [_article(f"a{n}", _text(_prose(1000 + n, 60), line)) for n in range(3)]
    assert len(_pairs(*articles)) == 3


def test_a_copy_of_many_is_compared_with_the_earliest_of_them_only():
    articles = [_article(f"{n:02}", DISPATCH) for n in range(12)]
    result = find_copies(articles, CopiesConfig(max_copies=2))
    assert {p.of_article_id for p in result.pairs if p.article_id == "11"} == {"00", "01"}
    assert dict(result.capped)["copies"] == sum(max(0, n - 2) for n in range(12))
