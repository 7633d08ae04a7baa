import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from pipeline.config import FetchConfig, ReadConfig
from pipeline.fetch.poll import Polled, poll
from pipeline.fetch.state import FeedState
from pipeline.formats.parse import parse_item
from pipeline.formats.read import read_items
from pipeline.formats.sources import Source
from pipeline.records import ParsedItem, RawItem, Reject
from tests.fetch.conftest import FAST, FEED, Server, in_turn, redirect, send

PAGED = FAST.model_copy(update={"fetch_pages": True})
WORDS = (
    "Le conseil municipal a voté le budget de la commune après de longs débats. Les élus ont"
    " demandé une étude sur les routes, et la maire a promis de la publier avant l'été. "
)
PAGE = (
    "<html lang='fr'><head><title>Le budget</title><meta charset='utf-8'></head><body>"
    "<nav><a href='/'>Accueil</a></nav><article><h1>Le budget</h1>"
    + "".join(f"<p>{WORDS} Point {number} du débat.</p>" for number in range(3))
    + "</article></body></html>"
).encode()


def _feed(server: Server, *names: str) -> bytes:
    items = "".join(
        f"<item><guid>{name}</guid><title>Titre {name}</title><link>{server.url('/' + name)}</link>"
        f"<description>Un résumé de {name}.</description></item>"
        for name in names
    )
    title = "<title>T</title>"
    return f"<rss version='2.0'><channel>{title}{items}</channel></rss>".encode()


def _poll(
    folder: Path,
    *urls: str,
    states: Sequence[Polled] = (),
    config: FetchConfig = FAST,
    now: float = 1_000.0,
) -> list[Polled]:
    known = {each.url: each.state for each in states}
    return poll(urls, known, str(folder), config, clock=lambda: now)


def _parsed(polled: Polled) -> list[ParsedItem]:
    found: list[ParsedItem] = []
    for source in polled.sources:
        if isinstance(source, Source):
            for item in read_items(source, ReadConfig()):
                assert isinstance(item, RawItem)
                found.append(parse_item(item))
    return found


def _rejects(polled: Polled) -> list[tuple[str, str]]:
    return [(s.source_uri, s.reason) for s in polled.sources if isinstance(s, Reject)]


def test_a_feed_becomes_a_file_named_by_its_address(tmp_path: Path, server: Server) -> None:
    server.routes["/f"] = send()
    (polled,) = _poll(tmp_path, server.url("/f"))
    (item,) = _parsed(polled)
    assert item.source_uri == server.url("/f") + "#1"
    assert item.text == "Le texte du premier article."


def test_nothing_comes_twice_from_a_server_that_says_what_changed(
    tmp_path: Path, server: Server
) -> None:
    server.routes["/f"] = in_turn(send(ETag='"1"'), send(b"", 304))
    first = _poll(tmp_path, server.url("/f"))
    (second,) = _poll(tmp_path, server.url("/f"), states=first)
    assert second.sources == ()
    assert second.state.etag == '"1"'
    (third,) = _poll(tmp_path, server.url("/f"), states=[second])
    assert server.asked[2][1]["if-none-match"] == '"1"'
    assert third.sources == ()


def test_nothing_comes_twice_from_a_server_that_does_not(tmp_path: Path, server: Server) -> None:
    server.routes["/f"] = send()
    first = _poll(tmp_path, server.url("/f"))
    (second,) = _poll(tmp_path, server.url("/f"), states=first)
    assert second.sources == ()


def test_what_cannot_be_fetched_is_a_reject_and_does_not_stop_the_others(
    tmp_path: Path, server: Server
) -> None:
    server.routes["/f"] = send()
    server.routes["/loop"] = redirect("/loop")
    server.routes["/big"] = send(b"x" * 300_000)
    urls = [server.url(path) for path in ("/loop", "/f", "/none", "/big")]
    loop, good, none, big = _poll(tmp_path, *urls)
    assert _rejects(loop) == [(urls[0], "http_error")]
    assert len(_parsed(good)) == 1
    assert _rejects(none) == [(urls[2], "http_error")]
    assert _rejects(big) == [(urls[3], "too_large")]


def test_a_private_address_is_a_reject_by_default(tmp_path: Path, server: Server) -> None:
    (polled,) = _poll(tmp_path, server.url("/f"), config=FetchConfig())
    assert _rejects(polled) == [(server.url("/f"), "blocked_address")]
    assert not server.asked


def test_a_feed_that_fails_is_asked_less_and_less(tmp_path: Path, server: Server) -> None:
    server.routes["/f"] = send(b"", 404)
    states: list[Polled] = []
    waits = []
    for _ in range(4):
        states = _poll(tmp_path, server.url("/f"), states=states)
        waits.append(states[0].state.wait_until - 1_000)
    assert waits == sorted(waits)
    assert 30 <= waits[0] <= 60
    assert 240 <= waits[3] <= 480
    server.routes["/f"] = send()
    (polled,) = _poll(tmp_path, server.url("/f"), states=states)
    assert (polled.state.wait_until, polled.state.failures, polled.state.failure) == (0, 0, "")


def test_a_server_that_asks_to_wait_is_given_its_time(tmp_path: Path, server: Server) -> None:
    server.routes["/f"] = send(b"", 429, Retry_After="7200")
    (polled,) = _poll(tmp_path, server.url("/f"))
    assert polled.state.wait_until == 1_000 + 7_200


def test_pages_of_cut_entries_are_fetched(tmp_path: Path, server: Server) -> None:
    server.routes["/f"] = send(_feed(server, "un"))
    server.routes["/un"] = send(PAGE, Content_Type="text/html; charset=utf-8")
    (polled,) = _poll(tmp_path, server.url("/f"), config=PAGED)
    (item,) = _parsed(polled)
    assert item.text.count("Le conseil municipal a voté") == 3
    assert (item.guid, item.headline) == ("un", "Titre un")
    assert (item.url, item.extracted) == (server.url("/un"), True)


def test_the_servers_charset_counts_where_the_page_has_none(tmp_path: Path, server: Server) -> None:
    server.routes["/f"] = send(_feed(server, "un"))
    page = PAGE.decode().replace("<meta charset='utf-8'>", "").encode("iso-8859-15")
    server.routes["/un"] = send(page, Content_Type="text/html; charset=ISO-8859-15")
    (polled,) = _poll(tmp_path, server.url("/f"), config=PAGED)
    assert "débats" in _parsed(polled)[0].text


def test_a_page_is_fetched_once(tmp_path: Path, server: Server) -> None:
    server.routes["/f"] = in_turn(send(_feed(server, "un")), send(_feed(server, "deux", "un")))
    server.routes["/un"] = server.routes["/deux"] = send(PAGE, Content_Type="text/html")
    first = _poll(tmp_path, server.url("/f"), config=PAGED)
    (second,) = _poll(tmp_path, server.url("/f"), states=first, config=PAGED)
    assert [item.guid for item in _parsed(second)] == ["deux"]
    assert server.paths().count("/un") == 1


def test_robots_are_obeyed_for_pages(tmp_path: Path, server: Server) -> None:
    server.routes["/f"] = send(_feed(server, "un", "deux"))
    server.routes["/robots.txt"] = send(b"User-agent: wirecopy\nDisallow: /un\n")
    server.routes["/deux"] = send(PAGE, Content_Type="text/html")
    (polled,) = _poll(tmp_path, server.url("/f"), config=PAGED)
    assert _rejects(polled) == [(server.url("/un"), "robots")]
    assert [item.extracted for item in _parsed(polled)] == [False, True]
    assert server.paths().count("/robots.txt") == 1
    assert "/un" not in server.paths()


def test_a_site_whose_robots_cannot_be_asked_is_left_alone(tmp_path: Path, server: Server) -> None:
    server.routes["/f"] = send(_feed(server, "un"))
    server.routes["/robots.txt"] = send(b"", 503)
    (polled,) = _poll(tmp_path, server.url("/f"), config=PAGED)
    assert _rejects(polled) == [(server.url("/un"), "robots")]


def test_a_page_that_fails_leaves_the_entry_and_is_tried_again(
    tmp_path: Path, server: Server
) -> None:
    server.routes["/f"] = send(_feed(server, "un"), ETag='"1"')
    failing = [send(b"", 503)] * 2
    server.routes["/un"] = in_turn(*failing, send(PAGE, Content_Type="text/html"))
    first = _poll(tmp_path, server.url("/f"), config=PAGED)
    assert [item.text for item in _parsed(first[0])] == ["Un résumé de un."]
    assert _rejects(first[0]) == [(server.url("/un"), "http_error")]
    (second,) = _poll(tmp_path, server.url("/f"), states=first, config=PAGED)
    assert _parsed(second)[0].extracted


def test_what_is_no_page_is_not_taken_for_one(tmp_path: Path, server: Server) -> None:
    server.routes["/f"] = send(_feed(server, "un"))
    server.routes["/un"] = send(b"%PDF-1.7", Content_Type="application/pdf")
    (polled,) = _poll(tmp_path, server.url("/f"), config=PAGED)
    assert _rejects(polled) == [(server.url("/un"), "unsupported")]
    assert len(_parsed(polled)) == 1


def test_pages_beyond_the_limit_come_with_the_next_poll(tmp_path: Path, server: Server) -> None:
    server.routes["/f"] = send(_feed(server, "un", "deux"))
    server.routes["/un"] = server.routes["/deux"] = send(PAGE, Content_Type="text/html")
    config = PAGED.model_copy(update={"max_pages": 1})
    first = _poll(tmp_path, server.url("/f"), config=config)
    assert [item.extracted for item in _parsed(first[0])] == [True, False]
    (second,) = _poll(tmp_path, server.url("/f"), states=first, config=config)
    assert [(item.guid, item.extracted) for item in _parsed(second)] == [("deux", True)]


def test_what_is_no_feed_is_read_as_what_it_is(tmp_path: Path, server: Server) -> None:
    lines = json.dumps({"id": "a", "text": "Un texte."}).encode() + b"\n"
    server.routes["/l.jsonl"] = send(lines)
    (polled,) = _poll(tmp_path, server.url("/l.jsonl"), config=PAGED)
    assert [item.guid for item in _parsed(polled)] == ["a"]


@pytest.mark.parametrize("text", ["*a*b*c*d*e*f*g*h*i*j*k$", "/" + "*a" * 500])
def test_hostile_robots_do_not_hang(tmp_path: Path, server: Server, text: str) -> None:
    server.routes["/f"] = send(_feed(server, "a" * 200))
    server.routes["/robots.txt"] = send(f"User-agent: *\nDisallow: {text}\n".encode())
    server.routes["/" + "a" * 200] = send(PAGE, Content_Type="text/html")
    (polled,) = _poll(tmp_path, server.url("/f"), config=PAGED)
    assert _parsed(polled)[0].extracted


def test_a_state_for_another_feed_does_not_matter(tmp_path: Path, server: Server) -> None:
    server.routes["/f"] = send(FEED)
    other = Polled("https://other.example/", (), FeedState(etag='"x"'))
    _poll(tmp_path, server.url("/f"), states=[other])
    assert "if-none-match" not in server.asked[0][1]
