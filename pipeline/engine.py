"""Finds an engine by its name: the modules of the package `runners`."""

import importlib
import pkgutil
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Any

from pipeline.errors import ConfigError

OpenPipeline = Callable[[Sequence[str]], AbstractContextManager[Any]]


def engine_names() -> tuple[str, ...]:
    """The engines there are, sorted."""
    package = importlib.import_module("runners")
    modules = (module.name for module in pkgutil.iter_modules(package.__path__))
    return tuple(sorted(name for name in modules if not name.startswith("_")))


def find_engine(name: str) -> OpenPipeline:
    """Loads an engine.

    Raises:
        ConfigError: There is none of that name.
    """
    if name not in engine_names():
        raise ConfigError(f"--runner {name}: there is {', '.join(engine_names())}")
    opener: OpenPipeline = importlib.import_module(f"runners.{name}").open_pipeline
    return opener
