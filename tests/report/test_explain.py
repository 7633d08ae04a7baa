"""`wirecopy explain` on invented press: what a person reads in the terminal."""

import io
import json
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.console import Console

from pipeline.config import Config
from pipeline.errors import InputError
from pipeline.explain.copies import copy_evidence
from pipeline.explain.stored import copy_rule, load_article
from pipeline.job import Job, run_job
from pipeline.report.explain import Wanted, print_explanation
from pipeline.store.folder import OutputFolder

SYLLABLES = "ba de fi go lu ma ne pi ro su ta ve ci do ra len tor mis pal ver".split()
DAY = "2024-05-02T08:00:00Z"
EVENTS = (
    "Le gouvernement du Mali a accusé mardi la France d'avoir soutenu une milice. "
    "Quelque 2 500 manifestants se sont rassemblés jeudi à Bamako devant l'ambassade de France. "
    "« Nous ne céderons pas à la pression », a déclaré le Premier ministre du Mali devant eux."
)


def _prose(seed: int, words: int) -> str:
    chance = random.Random(seed)
    made = ["".join(chance.choices(SYLLABLES, k=chance.randint(2, 3))) for _ in range(words)]
    for first in range(0, words, 15):
        made[first] = made[first].capitalize()
        made[min(first + 15, words) - 1] += "."
    return " ".join(made)


DISPATCH = "\n\n".join(_prose(seed, 60) for seed in (1, 2, 3))
NEAR = " ".join(_prose(1, 60).split()[:25])
PRESS = {
    "wire": (DISPATCH, DAY, "Agence"),
    "reprint": (f"{DISPATCH}\n\n{_prose(4, 60)}", "2024-05-03T08:00:00Z", "Gazette"),
    "moved": (f"{_prose(5, 90)}\n\n{_prose(3, 60)}\n\n{_prose(2, 60)}", "2024-05-03", "Courrier"),
    "miss": (f"{_prose(6, 80)} {NEAR} {_prose(7, 80)}", "2024-05-04", "Tribune"),
    "far": (DISPATCH.replace(" ", "  "), "2024-09-04", "Almanach"),
    "alone": (_prose(8, 120), "2024-05-04", "Tribune"),
}


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> OutputFolder:
    folder = tmp_path_factory.mktemp("explain")
    lines = [
        {"id": name, "title": f"Titre {name}", "text": text, "date": date, "source": source}
        for name, (text, date, source) in PRESS.items()
    ]
    lines.append({"id": "told", "text": EVENTS, "date": DAY, "language": "fr"})
    _write(folder / "press.jsonl", lines)
    run_job(Job([str(folder / "press.jsonl")], str(folder / "out")))
    return OutputFolder(str(folder / "out"))


def _write(path: Path, lines: list[dict[str, str]]) -> None:
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")


@pytest.fixture
def show(output: OutputFolder) -> Callable[..., str]:
    """What is printed about an article, by its name in `PRESS`."""

    def shown(name: str, *, width: int = 100, terminal: bool = False, **wanted: bool) -> str:
        console = Console(
            file=io.StringIO(),
            width=width,
            force_terminal=terminal,
            color_system="standard" if terminal else None,
            no_color=False,
        )
        chosen = Wanted(**wanted) if wanted else Wanted()
        print_explanation(console, output, _id(output, name), Config(), chosen)
        assert isinstance(console.file, io.StringIO)
        return console.file.getvalue()

    return shown


def _id(output: OutputFolder, name: str) -> str:
    return next(r["article_id"] for r in output.rows("articles") if r["guid"] == name)


def _words(text: str) -> str:
    return " ".join(text.split())


def test_a_copy_names_its_original_and_the_rule_that_decided(show, output):
    text = _words(show("reprint"))
    assert f"near_duplicate of {_id(output, 'wire')}, its original" in text
    assert "100 % of the shorter text (needs 80 %)" in text
    assert "75 % of the longer text (needs 60 %)" in text
    assert "75% of this article, 100% of the other" in text


def test_an_original_says_who_copied_it(show, output):
    text = _words(show("wire"))
    assert f"near_duplicate in {_id(output, 'reprint')}" in text
    assert f"reprint in {_id(output, 'moved')}" in text
    assert "its original" not in text


def test_shared_passages_stand_in_brackets_where_there_is_no_colour(show):
    text = _words(show("moved"))
    assert f"[[{_prose(3, 60).rstrip('.')}]]." in text
    assert "… 80 words …" in text


def test_shared_passages_are_coloured_on_a_terminal(show):
    text = show("moved", terminal=True)
    assert "[[" not in text
    assert "\x1b[1;30;43m" in text


def test_texts_stand_beside_one_another_where_there_is_room(show):
    first = _prose(3, 60).split()[0]
    beside = [line for line in show("moved", width=160).splitlines() if line.count(first) > 1]
    assert beside
    assert not [line for line in show("moved", width=80).splitlines() if line.count(first) > 1]


def test_no_line_is_wider_than_the_terminal(show):
    for width in (40, 80, 120, 200):
        assert max(map(len, show("moved", width=width).splitlines())) <= width


def test_a_near_miss_says_what_it_lacks_and_shows_the_words(show, output):
    text = _words(show("miss"))
    assert "Nobody's copy, and nobody copies it" in text
    assert "Near misses" in text
    assert _id(output, "wire") in text
    assert "25 shared words outside quotations (needs 35)" in text
    assert f"[[{NEAR}]]" in text


def test_an_article_that_shares_nothing_says_so(show):
    text = _words(show("alone"))
    assert "No article of the output shares copy with it" in text
    assert "Near misses" not in text


def test_articles_beyond_the_horizon_are_no_near_misses(show, output):
    assert _id(output, "wire") not in show("far")


def test_the_head_says_what_is_known_of_the_article(show):
    text = _words(show("reprint"))
    for part in ("Titre reprint", "source Gazette", "2024-05-03T08:00:00Z (to the time)", "#L2"):
        assert part in text


def test_what_is_measured_is_what_the_run_recorded(output):
    for name in PRESS:
        stored, versions = load_article(output, _id(output, name))
        rule, is_known = copy_rule(output, Config().copies)
        assert is_known
        for comparison in copy_evidence(output, stored, versions, rule).pairs:
            pair, shared = comparison.pair, comparison.shared
            assert comparison.explanation.relation == pair.relation
            assert shared.shared == pair.shared_words
            assert shared.unquoted == pair.unquoted_words
            for passage in comparison.passages:
                ours = stored.article.body[passage.start : passage.end]
                theirs = comparison.other.body[passage.of_start : passage.of_end]
                assert ours.split() == theirs.split()


def test_the_beginning_of_an_id_and_a_source_uri_mean_the_article(output):
    article_id = _id(output, "wire")
    uri = next(r["source_uri"] for r in output.rows("articles") if r["guid"] == "wire")
    for wanted in (article_id, article_id[:12], uri):
        assert load_article(output, wanted)[0].article.article_id == article_id


@pytest.mark.parametrize("wanted", ["", "zz", "a"])
def test_what_means_no_article_or_several_is_one_clear_line(output, wanted):
    with pytest.raises(InputError) as stopped:
        load_article(output, wanted)
    assert "\n" not in str(stopped.value)
    assert repr(wanted) in str(stopped.value)


def test_of_several_versions_the_current_one_is_explained(tmp_path):
    first = {"id": "one", "text": _prose(30, 40), "date": DAY, "source": "Gazette"}
    second = {**first, "text": _prose(31, 40), "date": "2024-05-02T09:00:00Z"}
    _write(tmp_path / "in.jsonl", [first, second])
    untagged = Config().tagging.model_copy(update={"enabled": False})
    run_job(
        Job(
            [str(tmp_path / "in.jsonl")],
            str(tmp_path / "out"),
            Config().model_copy(update={"tagging": untagged}),
        )
    )
    folder = OutputFolder(str(tmp_path / "out"))
    stored, _ = load_article(folder, "a")
    assert stored.article.body.split() == _prose(31, 40).split()
    assert (stored.article.version, stored.superseded) == (2, 1)


def test_an_event_shows_its_sentence_the_entry_and_the_roles(show):
    text = _words(show("told", copies=False, events=True))
    assert "Le gouvernement du Mali a [[accusé]] mardi la France" in text
    assert "verb “accuser”, medium, args “subj > obj”: actor from subj, recipient from obj" in text
    assert "2,500 participants" in text
    assert "not coded so by today's rules" not in text


def test_entities_and_quotations_are_shown_with_their_words(show):
    text = _words(show("told", copies=False, tags=True))
    assert "country:ML" in text
    assert "“Nous ne céderons pas à la pression" in text
