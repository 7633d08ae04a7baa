"""The lock on an output folder: one writes at a time."""

import contextlib
import fcntl
import os
from collections.abc import Iterator

from pipeline.errors import OutputError

_LOCK = ".lock"


@contextlib.contextmanager
def exclusive(output: str, wait: bool = False) -> Iterator[None]:
    """Holds a lock on a local output folder; remote ones have none.

    Args:
        output: The folder; it is made if it does not exist.
        wait: Waits for whoever holds it, in place of an error.

    Raises:
        OutputError: The folder cannot be written, or another run holds the lock.
    """
    if "://" in output:
        yield
        return
    try:
        os.makedirs(output, exist_ok=True)
        lock = open(os.path.join(output, _LOCK), "w")  # noqa: SIM115 - held until the end
    except OSError as error:
        raise OutputError(f"{output}: cannot write here: {error.strerror}") from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except OSError as error:
            raise OutputError(f"{output}: another run is writing here") from error
        yield
