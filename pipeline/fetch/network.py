"""Connections that lead only where they may: the address is checked that is connected to."""

import asyncio
import socket
import threading
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

import httpcore

from pipeline.errors import RejectReason
from pipeline.fetch.address import is_public
from pipeline.fetch.answer import FetchError

Resolve = Callable[[str, int], Awaitable[list[str]]]


class GuardedBackend(httpcore.AsyncNetworkBackend):
    """Resolves names itself and connects to the addresses that it has looked at.

    A name is resolved once a connection, so that no second answer of a name server can lead
    elsewhere (DNS rebinding). Redirects pass through here like anything else.

    Args:
        allow_private: Connects to addresses that are not public, too.
        resolve: Gives the addresses of a name; the system's resolver by default.
    """

    def __init__(self, allow_private: bool, resolve: Resolve | None = None) -> None:
        self._allow_private = allow_private
        self._resolve = resolve or resolve_name
        self._inner = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connects to the first address that answers."""
        addresses = await self._resolved(host, port, timeout)
        failure: Exception = httpcore.ConnectError("the name has no address")
        for address in addresses:
            try:
                return await self._inner.connect_tcp(
                    address, port, timeout, local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure

    async def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> httpcore.AsyncNetworkStream:
        """Never: nothing on this machine is fetched."""
        raise FetchError(RejectReason.BLOCKED_ADDRESS, "sockets of this machine are not fetched")

    async def sleep(self, seconds: float) -> None:
        """Waits."""
        await asyncio.sleep(seconds)

    async def _resolved(self, host: str, port: int, timeout: float | None) -> list[str]:
        try:
            async with asyncio.timeout(timeout):
                found = await self._resolve(host, port)
        except TimeoutError as error:
            raise httpcore.ConnectTimeout("the name server does not answer") from error
        except OSError as error:
            raise httpcore.ConnectError("the name is not known") from error
        allowed = found if self._allow_private else [each for each in found if is_public(each)]
        if found and not allowed:
            detail = f"{host} is on a private network (fetch.allow_private lets it be fetched)"
            raise FetchError(RejectReason.BLOCKED_ADDRESS, detail)
        return allowed


async def resolve_name(host: str, port: int) -> list[str]:
    """Asks the system's resolver for the addresses of a name.

    In a thread that nobody waits for: a resolver that hangs must not keep the program from ending,
    as it would in the event loop's own pool.
    """
    loop = asyncio.get_running_loop()
    found: asyncio.Future[list[str]] = loop.create_future()

    def answer(addresses: list[str], error: OSError | None) -> None:
        if found.done():
            return
        if error is None:
            found.set_result(addresses)
        else:
            found.set_exception(error)

    def ask() -> None:
        addresses: list[str] = []
        failure: OSError | None = None
        try:
            infos = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            addresses = list(dict.fromkeys(str(info[4][0]) for info in infos))
        except OSError as error:
            failure = error
        except UnicodeError:
            failure = OSError("not a host name")
        if not loop.is_closed():
            loop.call_soon_threadsafe(answer, addresses, failure)

    threading.Thread(target=ask, daemon=True, name="resolve").start()
    return await found
