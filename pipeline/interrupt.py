"""Ctrl-C and SIGTERM: one clean end of what is under way."""

import contextlib
import logging
import signal
from collections.abc import Iterator
from types import FrameType

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


@contextlib.contextmanager
def stopped_by_signals() -> Iterator[None]:
    """Makes the first signal a KeyboardInterrupt, whatever it hits; a second one ends at once.

    A signal that arrives while Beam runs a bundle is raised inside it; Beam then raises an error of
    its own, and logs it at length.

    Raises:
        KeyboardInterrupt: A signal arrived.
    """
    arrived: list[int] = []

    def interrupt(number: int, _: FrameType | None) -> None:
        arrived.append(number)
        signal.signal(number, signal.SIG_DFL)
        logging.disable()
        raise KeyboardInterrupt

    before = {number: signal.signal(number, interrupt) for number in _SIGNALS}
    try:
        yield
    except Exception as error:
        if arrived:
            raise KeyboardInterrupt from error
        raise
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
