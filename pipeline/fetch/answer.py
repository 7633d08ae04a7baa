"""What a request ends in."""

from typing import NamedTuple

from pipeline.errors import RejectReason, WirecopyError


class Answer(NamedTuple):
    """What a server gave.

    Attributes:
        url: Where it came from, after redirects.
        body: The unpacked bytes; empty where nothing changed.
        changed: False if the server says that the body is the one fetched before.
        content_type: Media type, in lower case, without parameters; empty if none is given.
        charset: The declared character set; empty if none is given.
        etag: What to ask with next time; may be empty.
        last_modified: The same.
    """

    url: str
    body: bytes
    changed: bool = True
    content_type: str = ""
    charset: str = ""
    etag: str = ""
    last_modified: str = ""


class FetchError(WirecopyError):
    """Nothing could be fetched.

    Args:
        reason: From the closed list.
        detail: One line for a person; the same for the same failure.
        passing: True if another try may succeed.
        wait: Seconds that the server asks to wait before that; None if it does not say.
    """

    def __init__(
        self, reason: RejectReason, detail: str, passing: bool = False, wait: float | None = None
    ) -> None:
        super().__init__(f"{reason.value}: {detail}")
        self.reason = reason
        self.detail = detail
        self.passing = passing
        self.wait = wait
