"""One exception tree, and the closed list of reasons for which an input is rejected.

WirecopyError
├── UsageError           a wrong path, option or configuration: exit code 2, one line
│   ├── InputError       an input that does not exist or cannot be opened
│   ├── OutputError      an output that cannot be written, or is not one of ours
│   ├── ConfigError      a configuration file or value
│   └── ModelError       a language model that is not installed
└── RejectError          one input that cannot become an article: becomes a reject
"""

from enum import StrEnum


class WirecopyError(Exception):
    """Base of all errors that wirecopy raises on purpose."""


class UsageError(WirecopyError):
    """The caller can mend this; the message is one line that says how."""


class InputError(UsageError):
    """An input does not exist or cannot be opened."""


class OutputError(UsageError):
    """The output folder cannot be written, or holds something that is not ours."""


class ConfigError(UsageError):
    """A configuration file or value is wrong."""


class ModelError(UsageError):
    """A language model is not installed."""


class RejectReason(StrEnum):
    """Why an input did not become an article. The list is closed: readers may switch on it."""

    EMPTY = "empty"
    BINARY = "binary"
    UNDECODABLE = "undecodable"
    TOO_LARGE = "too_large"
    MALFORMED = "malformed"
    NO_TEXT = "no_text"
    UNREACHABLE = "unreachable"
    HTTP_ERROR = "http_error"
    BLOCKED_ADDRESS = "blocked_address"
    ROBOTS = "robots"
    NO_READABLE_FILES = "no_readable_files"
    UNREADABLE = "unreadable"
    UNSUPPORTED = "unsupported"
    NOT_AN_ARTICLE = "not_an_article"
    EMBARGOED = "embargoed"
    WITHHELD = "withheld"
    WITHDRAWN = "withdrawn"
    UNRESOLVED_NOTICE = "unresolved_notice"
    INTERNAL = "internal"


class RejectError(WirecopyError):
    """One input cannot become an article.

    Args:
        reason: From the closed list.
        detail: One line for a person.
    """

    def __init__(self, reason: RejectReason, detail: str) -> None:
        super().__init__(f"{reason.value}: {detail}")
        self.reason = reason
        self.detail = detail
