"""The configuration as a TOML file in which every key stands with its default and its meaning."""

import json
import textwrap
from typing import Any

from pipeline.config import Config

_WIDTH = 78


def default_configuration() -> str:
    """Renders the TOML file: what `wirecopy config` prints, and `--config` reads back."""
    lines: list[str] = []
    for name in Config.model_fields:
        default = getattr(Config(), name)
        lines.append(f"[{name}]")
        for key, field in type(default).model_fields.items():
            lines.extend(textwrap.wrap(f"# {field.description}", _WIDTH, subsequent_indent="# "))
            lines.append(f"{key} = {_toml(getattr(default, key))}")
        lines.append("")
    return "\n".join(lines).rstrip("\n") + "\n"


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        inner = ", ".join(f"{json.dumps(k)} = {_toml(v)}" for k, v in value.items())
        return f"{{ {inner} }}" if inner else "{}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(_toml(item) for item in value)}]"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    return repr(value)
