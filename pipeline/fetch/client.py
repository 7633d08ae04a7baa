"""Fetches one address after another: caps, time-outs, redirects, tries."""

import asyncio
import re
import time
from collections.abc import AsyncIterator, Callable, Mapping
from types import TracebackType

import httpcore
import httpx

from pipeline.config import FetchConfig
from pipeline.errors import RejectReason
from pipeline.fetch.answer import Answer, FetchError
from pipeline.fetch.network import GuardedBackend, Resolve
from pipeline.fetch.politeness import Turns, backoff, retry_after
from pipeline.fetch.unpack import ACCEPTED, Unpacker
from pipeline.version import VERSION

_PASSING = frozenset((408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524))
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_ACCEPT = (
    "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9,"
    " text/xml;q=0.9, text/html;q=0.8, */*;q=0.5"
)


class Fetcher:
    """Fetches over HTTP and HTTPS; used in an `async with` block.

    Args:
        config: Caps, time-outs and manners.
        resolve: Gives the addresses of a name; for tests.
        clock: Seconds since the epoch.
    """

    def __init__(
        self,
        config: FetchConfig,
        resolve: Resolve | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.agent = user_agent(config)
        self.turns = Turns(config.max_requests, config.max_requests_per_host, config.delay_seconds)
        self._config = config
        self._clock = clock
        self._client = httpx.AsyncClient(
            transport=_Transport(GuardedBackend(config.allow_private, resolve)),
            headers={"User-Agent": self.agent, "Accept": _ACCEPT, "Accept-Encoding": ACCEPTED},
            timeout=httpx.Timeout(config.read_seconds, connect=config.connect_seconds),
            trust_env=False,  # a proxy would connect where nothing here can look
        )

    async def __aenter__(self) -> "Fetcher":
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._client.aclose()

    async def get(self, url: str, etag: str = "", last_modified: str = "") -> Answer:
        """Fetches one address, again where a failure may pass.

        Args:
            url: With the scheme http or https.
            etag: What the last answer gave; the server then says if nothing changed.
            last_modified: The same.

        Raises:
            FetchError: Nothing could be fetched.
        """
        asked = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        headers = {name: value for name, value in asked.items() if value}
        tries = 0
        while True:
            tries += 1
            try:
                return await self._follow(url, headers)
            except FetchError as error:
                wait = backoff(self._config.backoff_seconds, tries, url)
                wait = max(wait, error.wait or 0.0)
                if (
                    not error.passing
                    or tries > self._config.retries
                    or wait > self._config.max_wait_seconds
                ):
                    raise
            await asyncio.sleep(wait)

    async def _follow(self, url: str, headers: Mapping[str, str]) -> Answer:
        try:
            request: httpx.Request | None = self._client.build_request("GET", url, headers=headers)
        except (httpx.InvalidURL, ValueError, TypeError) as error:
            raise FetchError(RejectReason.UNREACHABLE, "this is no address") from error
        visited: set[str] = set()
        while request is not None:
            if request.url.scheme not in ("http", "https") or not request.url.host:
                detail = "only addresses with http:// and https:// are fetched"
                raise FetchError(RejectReason.BLOCKED_ADDRESS, detail)
            if str(request.url) in visited:
                raise FetchError(RejectReason.HTTP_ERROR, "the redirects lead in a circle")
            if len(visited) > self._config.max_redirects:
                detail = f"more than {self._config.max_redirects} redirects (fetch.max_redirects)"
                raise FetchError(RejectReason.HTTP_ERROR, detail)
            visited.add(str(request.url))
            answer = await self._once(request)
            if isinstance(answer, Answer):
                return answer
            request = answer
        raise FetchError(RejectReason.HTTP_ERROR, "a redirect that leads nowhere")

    async def _once(self, request: httpx.Request) -> Answer | httpx.Request | None:
        """One request: its answer, or the request that it redirects to."""
        async with self.turns.turn(request.url.host):
            try:
                async with asyncio.timeout(self._config.total_seconds):
                    response = await self._client.send(request, stream=True)
                    try:
                        return await self._read(response)
                    finally:
                        await response.aclose()
            except TimeoutError as error:
                detail = f"not finished after {self._config.total_seconds:g} seconds"
                raise _unreachable(f"{detail} (fetch.total_seconds)") from error
            except httpcore.ConnectTimeout as error:
                raise _unreachable("the connection takes too long") from error
            except httpcore.TimeoutException as error:
                raise _unreachable("the server sends nothing") from error
            except httpcore.ConnectError as error:
                raise _unreachable(f"cannot be connected to: {_first_line(error)}") from error
            except httpcore.ProtocolError as error:
                raise _unreachable("the answer breaks off, or is no HTTP") from error
            except httpcore.NetworkError as error:
                raise _unreachable("the connection broke") from error
            except (httpx.HTTPError, httpx.InvalidURL) as error:
                detail = f"a redirect that leads nowhere: {_first_line(error)}"
                raise FetchError(RejectReason.HTTP_ERROR, detail) from error

    async def _read(self, response: httpx.Response) -> Answer | httpx.Request | None:
        status = response.status_code
        if status in _REDIRECTS:
            return response.next_request
        if status == 304:
            return _answer(response, b"", changed=False)
        if not 200 <= status < 300:
            wait = retry_after(response.headers.get("Retry-After", ""), self._clock())
            detail = f"the server answers {status}"
            raise FetchError(RejectReason.HTTP_ERROR, detail, status in _PASSING, wait)
        unpacker = Unpacker(response.headers.get("Content-Encoding", ""), self._config.max_bytes)
        async for chunk in response.aiter_raw():
            unpacker.add(chunk)
        return _answer(response, unpacker.finish())


class _Transport(httpx.AsyncBaseTransport):
    """httpx over a connection pool whose connections are guarded."""

    def __init__(self, backend: GuardedBackend) -> None:
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=httpx.create_ssl_context(), network_backend=backend
        )

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        target = httpcore.URL(
            scheme=request.url.raw_scheme,
            host=request.url.raw_host,
            port=request.url.port,
            target=request.url.raw_path,
        )
        response = await self._pool.handle_async_request(
            httpcore.Request(
                request.method, target, headers=request.headers.raw, extensions=request.extensions
            )
        )
        return httpx.Response(
            response.status, headers=response.headers, stream=_Body(response), request=request
        )

    async def aclose(self) -> None:
        await self._pool.aclose()


class _Body(httpx.AsyncByteStream):
    def __init__(self, response: httpcore.Response) -> None:
        self._response = response

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for chunk in self._response.aiter_stream():
            yield chunk

    async def aclose(self) -> None:
        await self._response.aclose()


def user_agent(config: FetchConfig) -> str:
    """What wirecopy calls itself: `wirecopy/0.1.0 (+contact)`."""
    contact = "".join(filter(str.isprintable, config.contact))
    contact = contact.encode("ascii", "ignore").decode("ascii").strip()
    return f"wirecopy/{VERSION} (+{contact})" if contact else f"wirecopy/{VERSION}"


def _answer(response: httpx.Response, body: bytes, changed: bool = True) -> Answer:
    content_type = response.headers.get("Content-Type", "")
    return Answer(
        url=str(response.url),
        body=body,
        changed=changed,
        content_type=content_type.partition(";")[0].strip().lower(),
        charset=response.charset_encoding or "",
        etag=_repeatable(response.headers.get("ETag", "")),
        last_modified=_repeatable(response.headers.get("Last-Modified", "")),
    )


def _repeatable(value: str) -> str:
    """A header that can be sent back as it is."""
    return value if value.isascii() and value.isprintable() and len(value) <= 1_000 else ""


def _unreachable(detail: str) -> FetchError:
    return FetchError(RejectReason.UNREACHABLE, detail, passing=True)


def _first_line(error: Exception) -> str:
    # Where in the library it was raised differs from one Python to the next.
    lines = re.sub(r" \(_ssl\.c:\d+\)", "", str(error)).splitlines()
    return next(iter(lines), "") or type(error).__name__
