import asyncio
import gzip
import socket
import struct
import time
import zlib

import brotli
import pytest

from pipeline.config import FetchConfig
from pipeline.errors import RejectReason
from pipeline.fetch.answer import Answer, FetchError
from pipeline.fetch.client import Fetcher, user_agent
from pipeline.fetch.network import Resolve
from pipeline.version import VERSION
from tests.fetch.conftest import FAST, FEED, Handler, Server, in_turn, redirect, send


def get(
    url: str,
    config: FetchConfig = FAST,
    etag: str = "",
    last_modified: str = "",
    resolve: Resolve | None = None,
) -> Answer:
    async def run() -> Answer:
        async with Fetcher(config, resolve) as fetcher:
            return await fetcher.get(url, etag, last_modified)

    return asyncio.run(run())


def failure(url: str, config: FetchConfig = FAST, resolve: Resolve | None = None) -> FetchError:
    with pytest.raises(FetchError) as raised:
        get(url, config, resolve=resolve)
    return raised.value


def test_a_feed_comes_with_what_to_ask_next_time(server: Server) -> None:
    server.routes["/f"] = send(
        ETag='"1"',
        Last_Modified="Tue, 31 Dec 2019 00:00:00 GMT",
        Content_Type="Text/XML; charset=x",
    )
    answer = get(server.url("/f"))
    assert (answer.body, answer.changed) == (FEED, True)
    assert (answer.etag, answer.content_type) == ('"1"', "text/xml")
    assert answer.last_modified == "Tue, 31 Dec 2019 00:00:00 GMT"


def test_the_server_is_asked_whether_anything_changed(server: Server) -> None:
    server.routes["/f"] = send(b"", 304)
    answer = get(server.url("/f"), etag='W/"1"', last_modified="yesterday")
    assert (answer.body, answer.changed) == (b"", False)
    headers = server.asked[0][1]
    assert (headers["if-none-match"], headers["if-modified-since"]) == ('W/"1"', "yesterday")


def test_the_user_agent_names_who_fetches(server: Server) -> None:
    server.routes["/f"] = send()
    config = FAST.model_copy(update={"contact": "https://journal.example/robot\r\nX: y"})
    get(server.url("/f"), config)
    agent = server.asked[0][1]["user-agent"]
    assert agent == f"wirecopy/{VERSION} (+https://journal.example/robotX: y)"
    assert user_agent(FetchConfig()) == f"wirecopy/{VERSION}"


@pytest.mark.parametrize(
    ("coding", "packed"),
    [
        ("gzip", gzip.compress(FEED)),
        ("x-gzip", gzip.compress(FEED[:50]) + gzip.compress(FEED[50:])),
        ("deflate", zlib.compress(FEED)),
        ("deflate", zlib.compress(FEED)[2:-4]),
        ("br", brotli.compress(FEED)),
        ("gzip, br", brotli.compress(gzip.compress(FEED))),
        ("identity", FEED),
    ],
)
def test_packed_answers_are_unpacked(server: Server, coding: str, packed: bytes) -> None:
    server.routes["/f"] = send(packed, Content_Encoding=coding)
    assert get(server.url("/f")).body == FEED


@pytest.mark.parametrize(
    ("coding", "packed"),
    [
        ("gzip", gzip.compress(FEED)[:-20]),
        ("gzip", b"\x1f\x8b\x08\x00broken"),
        ("gzip", FEED),
        ("br", brotli.compress(FEED)[:-3]),
        ("br", b"\xff\xff\xff"),
    ],
)
def test_damaged_packing_is_told(server: Server, coding: str, packed: bytes) -> None:
    server.routes["/f"] = send(packed, Content_Encoding=coding)
    assert failure(server.url("/f")).reason is RejectReason.MALFORMED


@pytest.mark.parametrize("size", [70_000, 100_000, 199_999])
@pytest.mark.parametrize("coding", ["gzip", "br"])
def test_answers_that_pack_well_come_whole(server: Server, coding: str, size: int) -> None:
    packed = {"gzip": gzip.compress, "br": brotli.compress}[coding](b"x" * size)
    server.routes["/f"] = send(packed, Content_Encoding=coding)
    assert len(get(server.url("/f")).body) == size


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br"])
def test_a_bomb_is_stopped_at_the_cap(server: Server, coding: str) -> None:
    bomb = {"gzip": gzip.compress, "deflate": zlib.compress, "br": brotli.compress}[coding](
        b"\0" * 5_000_000
    )
    server.routes["/f"] = send(bomb, Content_Encoding=coding)
    error = failure(server.url("/f"))
    assert error.reason is RejectReason.TOO_LARGE
    assert len(server.asked) == 1


def test_a_packing_that_was_not_asked_for_is_refused(server: Server) -> None:
    server.routes["/f"] = send(Content_Encoding="zstd")
    assert failure(server.url("/f")).reason is RejectReason.HTTP_ERROR


def test_a_body_without_end_is_stopped_at_the_cap(server: Server) -> None:
    def endless(handler: Handler) -> None:
        handler.send_response(200)
        handler.end_headers()
        while True:
            handler.wfile.write(b"x" * 65_536)

    server.routes["/f"] = endless
    assert failure(server.url("/f")).reason is RejectReason.TOO_LARGE


def test_a_server_that_says_nothing_is_left(server: Server) -> None:
    server.routes["/f"] = lambda _: time.sleep(0.7)
    error = failure(server.url("/f"))
    assert (error.reason, len(server.asked)) == (RejectReason.UNREACHABLE, 2)


def test_a_server_that_drips_is_left_after_the_whole_time(server: Server) -> None:
    def drip(handler: Handler) -> None:
        handler.send_response(200)
        handler.end_headers()
        for _ in range(40):
            handler.wfile.write(b"x")
            handler.wfile.flush()
            time.sleep(0.05)

    server.routes["/f"] = drip
    started = time.monotonic()
    error = failure(server.url("/f"), FAST.model_copy(update={"retries": 0}))
    assert error.reason is RejectReason.UNREACHABLE
    assert "total_seconds" in error.detail
    assert time.monotonic() - started < 1.6


def test_a_body_shorter_than_announced_is_told(server: Server) -> None:
    def short(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        handler.wfile.write(FEED)

    server.routes["/f"] = short
    assert failure(server.url("/f")).reason is RejectReason.UNREACHABLE


def test_what_follows_the_announced_length_is_not_read(server: Server) -> None:
    def long(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(FEED)))
        handler.end_headers()
        handler.wfile.write(FEED + b"more")

    server.routes["/f"] = long
    assert get(server.url("/f")).body == FEED


def test_a_connection_that_is_reset_is_tried_again(server: Server) -> None:
    def reset(handler: Handler) -> None:
        handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        handler.connection.close()

    server.routes["/f"] = in_turn(reset, send())
    assert get(server.url("/f")).body == FEED


def test_huge_headers_are_refused(server: Server) -> None:
    def huge(handler: Handler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
        for number in range(3_000):
            handler.wfile.write(b"X-%d: %s\r\n" % (number, b"y" * 100))
        handler.wfile.write(b"\r\n")

    server.routes["/f"] = huge
    assert failure(server.url("/f")).reason is RejectReason.UNREACHABLE


def test_what_is_no_http_is_refused(server: Server) -> None:
    server.routes["/f"] = lambda handler: handler.wfile.write(b"SSH-2.0-OpenSSH\r\n")
    assert failure(server.url("/f")).reason is RejectReason.UNREACHABLE


def test_redirects_are_followed(server: Server) -> None:
    server.routes["/a"] = redirect("/b", 301)
    server.routes["/b"] = redirect(server.url("/c"), 308)
    server.routes["/c"] = send()
    answer = get(server.url("/a"))
    assert (answer.body, answer.url) == (FEED, server.url("/c"))


def test_redirects_in_a_circle_end(server: Server) -> None:
    server.routes["/a"] = redirect("/b")
    server.routes["/b"] = redirect("/a")
    error = failure(server.url("/a"))
    assert (error.reason, "circle" in error.detail) == (RejectReason.HTTP_ERROR, True)
    assert server.paths() == ["/a", "/b"]


def test_redirects_without_end_end(server: Server) -> None:
    for number in range(20):
        server.routes[f"/{number}"] = redirect(f"/{number + 1}")
    assert "max_redirects" in failure(server.url("/0")).detail
    assert len(server.asked) == FAST.max_redirects + 1


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://a.example/", "gopher://x/"])
def test_redirects_to_other_schemes_are_refused(server: Server, target: str) -> None:
    server.routes["/f"] = redirect(target)
    assert failure(server.url("/f")).reason in (
        RejectReason.BLOCKED_ADDRESS,
        RejectReason.HTTP_ERROR,
    )


def test_a_redirect_without_a_target_is_told(server: Server) -> None:
    server.routes["/f"] = send(b"", 302)
    assert failure(server.url("/f")).reason is RejectReason.HTTP_ERROR


@pytest.mark.parametrize(("status", "tries"), [(404, 1), (410, 1), (403, 1), (500, 2), (503, 2)])
def test_only_errors_that_may_pass_are_tried_again(server: Server, status: int, tries: int) -> None:
    server.routes["/f"] = send(b"", status)
    error = failure(server.url("/f"))
    assert (error.reason, str(status) in error.detail) == (RejectReason.HTTP_ERROR, True)
    assert len(server.asked) == tries


def test_a_server_that_recovers_is_heard(server: Server) -> None:
    server.routes["/f"] = in_turn(send(b"", 502), send())
    assert get(server.url("/f")).body == FEED


def test_a_short_retry_after_is_waited_for(server: Server) -> None:
    server.routes["/f"] = in_turn(send(b"", 429, Retry_After="1"), send())
    config = FAST.model_copy(update={"max_wait_seconds": 1.0})
    started = time.monotonic()
    assert get(server.url("/f"), config).body == FEED
    assert time.monotonic() - started >= 1.0


def test_a_long_retry_after_is_left_for_another_time(server: Server) -> None:
    server.routes["/f"] = send(b"", 429, Retry_After="3600")
    error = failure(server.url("/f"))
    assert (error.wait, len(server.asked)) == (3600.0, 1)


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1/", "http://localhost/", "http://[::1]/", "http://169.254.169.254/latest/",
     "http://10.0.0.1/", "http://0.0.0.0/", "http://[::ffff:127.0.0.1]/", "http://2130706433/"],
)  # fmt: skip
def test_private_addresses_are_blocked(url: str) -> None:
    error = failure(url, FAST.model_copy(update={"allow_private": False, "retries": 0}))
    assert error.reason is RejectReason.BLOCKED_ADDRESS


def test_a_name_that_resolves_to_a_private_address_is_blocked(server: Server) -> None:
    async def resolve(host: str, port: int) -> list[str]:
        return ["127.0.0.1", "10.0.0.1"]

    server.routes["/f"] = send()
    config = FAST.model_copy(update={"allow_private": False})
    assert failure(server.url("/f", "feeds.example"), config, resolve).reason is (
        RejectReason.BLOCKED_ADDRESS
    )
    assert not server.asked


def test_a_name_that_changes_its_address_is_blocked_where_it_is_connected_to(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The public address of the first answer is served by the test's server; the redirect leads to
    # the same name, which by then has a private address.
    answers = iter([["93.184.216.34"], ["127.0.0.1"]])

    async def resolve(host: str, port: int) -> list[str]:
        return next(answers)

    import httpcore

    inner = httpcore.AnyIOBackend.connect_tcp

    async def connect(self: httpcore.AnyIOBackend, host: str, *rest: object) -> object:
        return await inner(self, "127.0.0.1" if host == "93.184.216.34" else host, *rest)

    monkeypatch.setattr(httpcore.AnyIOBackend, "connect_tcp", connect)
    server.routes["/f"] = redirect("/secret")
    server.routes["/secret"] = send()
    config = FAST.model_copy(update={"allow_private": False})
    assert failure(server.url("/f", "feeds.example"), config, resolve).reason is (
        RejectReason.BLOCKED_ADDRESS
    )
    assert server.paths() == ["/f"]


@pytest.mark.parametrize("url", ["http://", "http://a b/", "https://[::1", "http://\0/", "x" * 90])
def test_what_is_no_address_is_told(url: str) -> None:
    assert failure(url).reason in (RejectReason.UNREACHABLE, RejectReason.BLOCKED_ADDRESS)


def test_an_unknown_name_is_unreachable() -> None:
    async def resolve(host: str, port: int) -> list[str]:
        raise OSError("no such name")

    error = failure("http://nowhere.example/", FAST, resolve)
    assert error.reason is RejectReason.UNREACHABLE


def test_a_host_is_asked_only_so_often_at_once(server: Server) -> None:
    import threading

    at_once = most = 0
    lock = threading.Lock()

    def slow(handler: Handler) -> None:
        nonlocal at_once, most
        with lock:
            at_once += 1
            most = max(most, at_once)
        time.sleep(0.05)
        with lock:
            at_once -= 1
        send()(handler)

    for number in range(6):
        server.routes[f"/{number}"] = slow

    async def run() -> None:
        config = FAST.model_copy(update={"max_requests_per_host": 2, "delay_seconds": 0.03})
        async with Fetcher(config) as fetcher:
            await asyncio.gather(*(fetcher.get(server.url(f"/{number}")) for number in range(6)))

    started = time.monotonic()
    asyncio.run(run())
    assert most == 2
    assert time.monotonic() - started >= 5 * 0.03
