"""The version of wirecopy, as installed."""

from importlib.metadata import version
from typing import Final

VERSION: Final = version("wirecopy")
