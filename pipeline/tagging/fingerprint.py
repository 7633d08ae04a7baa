"""What the tags depend on, as one hash: tags of an earlier run are kept while it stays the same."""

import hashlib
from collections.abc import Iterator
from importlib import metadata, resources
from importlib.resources.abc import Traversable
from pathlib import Path

from pipeline.config import TaggingConfig
from pipeline.errors import ModelError


def tagging_fingerprint(config: TaggingConfig) -> str:
    """Hash of the configuration, the models' versions, the rules and the lexicons.

    Raises:
        ModelError: A configured model is not installed.
    """
    if not config.enabled:
        return "none"
    digest = hashlib.sha256(config.model_dump_json().encode())
    for name in sorted(config.models.values()):
        digest.update(f"{name} {_model_version(name)}\n".encode())
    for name, content in sorted(_sources(resources.files("pipeline.tagging"))):
        digest.update(name.encode() + b"\0" + content)
    return digest.hexdigest()[:16]


def _model_version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        if Path(name).is_dir():
            return "local"
        raise ModelError(
            f"the spaCy model {name!r} is not installed: `pip install {name.replace('_', '-')}`,"
            " or name another one under [tagging.models] in the configuration"
        ) from None


def _sources(folder: Traversable) -> Iterator[tuple[str, bytes]]:
    for item in folder.iterdir():
        if item.is_dir() and item.name != "__pycache__":
            yield from _sources(item)
        elif item.name.endswith((".py", ".yaml")):
            yield item.name, item.read_bytes()
