"""A server on loopback that behaves as a test tells it to."""

import contextlib
import http.server
import threading
from collections.abc import Callable, Iterator

import pytest

from pipeline.config import FetchConfig

FEED = (
    b'<rss version="2.0"><channel><title>T</title><link>/</link><item><guid>1</guid>'
    b"<title>Un</title><description>Le texte du premier article.</description></item>"
    b"</channel></rss>"
)
FAST = FetchConfig(
    allow_private=True,
    connect_seconds=2.0,
    read_seconds=0.2,
    total_seconds=0.6,
    backoff_seconds=0.01,
    max_wait_seconds=0.3,
    delay_seconds=0.0,
    retries=1,
    max_bytes=200_000,
)

Handler = http.server.BaseHTTPRequestHandler
Answer = Callable[[Handler], None]


class Server:
    """The server.

    Attributes:
        routes: What answers, by path; paths without one get 404.
        asked: The requests so far: path, and the headers by lower-case name.
    """

    def __init__(self) -> None:
        self.routes: dict[str, Answer] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        server = self

        class _Handler(Handler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:  # noqa: N802 - the library's name
                headers = {name.lower(): value for name, value in self.headers.items()}
                server.asked.append((self.path, headers))
                self.close_connection = True
                with contextlib.suppress(OSError):  # the client may have had enough
                    server.routes.get(self.path, send(b"", 404))(self)

            def log_message(self, *_: object) -> None:
                pass

        self._http = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
        self._http.daemon_threads = True
        self.port = self._http.server_address[1]
        self._thread = threading.Thread(
            target=self._http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        )
        self._thread.start()

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]

    def stop(self) -> None:
        self._http.shutdown()
        self._thread.join()
        self._http.server_close()


def send(body: bytes = FEED, status: int = 200, **headers: str) -> Answer:
    """An honest answer."""

    def answer(handler: Handler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", str(len(body)))
        handler.send_header("Connection", "close")
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def redirect(to: str, status: int = 302) -> Answer:
    return send(b"", status, Location=to)


def in_turn(*answers: Answer) -> Answer:
    """One answer after another; the last one stays."""
    left = list(answers)

    def answer(handler: Handler) -> None:
        (left.pop(0) if len(left) > 1 else left[0])(handler)

    return answer


@pytest.fixture
def server() -> Iterator[Server]:
    running = Server()
    yield running
    running.stop()
