"""What the JSON-LD of a page says about its article (schema.org).

Sites write it with care, as search engines read it, but not always as valid JSON.
"""

import html
import json
import re
from collections.abc import Iterator, Mapping, Sequence

_MAX_NODES = 2_000
_MAX_DEPTH = 12
_ARTICLE = re.compile(r"(?:^|[/:])\w*(?:Article|BlogPosting|LiveBlogPosting)$|Report$")
# Below these a page lists other articles.
_LISTS = frozenset(
    "itemListElement hasPart mentions citation liveBlogUpdate comment about review"
    " relatedLink associatedMedia video recordedIn".split()
)
_KIND = frozenset({"article"})
_NAMES = ("name", "@value", "@id", "url")

Node = Mapping[str, object]


def article_node(scripts: Sequence[str], address: str) -> Node:
    """The node of the page's own article; empty if there is none.

    Of several the one that names the page's address counts, else the first.

    Args:
        scripts: The JSON-LD blocks.
        address: The canonical address of the page; may be empty.
    """
    found = [node for script in scripts for node in _nodes(_load(script)) if types_of(node) & _KIND]
    if not found:
        return {}
    if address:
        for node in found:
            if address in (string_of(node.get("url")), string_of(node.get("mainEntityOfPage"))):
                return node
    return found[0]


def types_of(node: Node) -> frozenset[str]:
    """What a node is: `article`, `live_blog`, both or neither."""
    value = node.get("@type")
    names = value if isinstance(value, list) else [value]
    kinds = {"article" for name in names if isinstance(name, str) and _ARTICLE.search(name[:200])}
    if any(isinstance(name, str) and name.endswith("LiveBlogPosting") for name in names):
        kinds.add("live_blog")
    return frozenset(kinds)


def string_of(value: object) -> str:
    """A string, the `name`, `@value`, `@id` or `url` of an object, or the first of a list."""
    for _ in range(3):
        if isinstance(value, list):
            value = value[0] if value else ""
        elif isinstance(value, Mapping):
            value = next((value[key] for key in _NAMES if value.get(key)), "")
        else:
            break
    if not isinstance(value, str):
        return ""
    return " ".join(html.unescape(value).split()) if len(value) <= 4_000 else ""


def names_of(value: object) -> list[str]:
    """The names of one or several persons or organisations; addresses are no names."""
    entries = value if isinstance(value, list) else [value]
    names: list[str] = []
    for entry in entries[:20]:
        if isinstance(entry, Mapping):
            entry = entry.get("name")
        for name in entry if isinstance(entry, list) else [entry]:
            text = string_of(name)
            if text and "://" not in text:
                names.append(text)
    return list(dict.fromkeys(names))


def is_closed(node: Node) -> bool:
    """Whether the article, or a part of it, is not free to read."""
    parts = node.get("hasPart")
    parts = parts if isinstance(parts, list) else [parts]
    return any(
        isinstance(part, Mapping)
        and str(part.get("isAccessibleForFree")).strip().lower() in ("false", "no", "0")
        for part in (node, *parts[:20])
    )


def _load(script: str) -> object:
    # Old pages hide scripts in comments.
    for opening, closing in (("<!--", "-->"), ("//<![CDATA[", "//]]>"), ("<![CDATA[", "]]>")):
        script = script.strip().removeprefix(opening).removesuffix(closing)
    try:
        return json.loads(script, strict=False)
    except (ValueError, RecursionError):
        return None


def _nodes(value: object) -> Iterator[Node]:
    """Objects at the top and in graphs, in their order, not those that a page only lists."""
    waiting: list[tuple[object, int]] = [(value, 0)]
    count = 0
    while waiting and count < _MAX_NODES:
        current, depth = waiting.pop()
        count += 1
        if isinstance(current, list):
            waiting.extend((entry, depth + 1) for entry in reversed(current[:_MAX_NODES]))
        elif isinstance(current, Mapping):
            yield current
            if depth < _MAX_DEPTH:
                inner = [
                    (entry, depth + 1)
                    for key, entry in current.items()
                    if key not in _LISTS and isinstance(entry, list | dict)
                ]
                waiting.extend(reversed(inner))
