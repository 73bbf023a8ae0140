"""认 XML 的元素:只看本名,过渡(transitional)和严格(strict)两种命名空间一样读。"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from lxml import etree

#: 没有存根的 lxml 元素。
Node = Any
_PARSER: dict[str, Any] = {
    "resolve_entities": False,
    "no_network": True,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
    "load_dtd": False,
}


def parse(data: bytes) -> Node:
    """The root of one XML part. Raises lxml's own error if it is no XML; entities are not expanded."""
    return etree.fromstring(data, etree.XMLParser(**_PARSER))


@lru_cache(maxsize=4096)
def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def local(node: Node) -> str:
    """The name of an element without its namespace; empty for what is no element."""
    return _local(node.tag) if isinstance(node.tag, str) else ""


def attribute(node: Node | None, name: str, default: str = "") -> str:
    """An attribute by its local name."""
    if node is not None:
        for key, value in node.attrib.items():
            if _local(key) == name:
                return str(value)
    return default


def child(node: Node | None, *path: str) -> Node | None:
    """The first descendant along a path of local names."""
    for name in path:
        if node is None:
            return None
        node = next((one for one in node if local(one) == name), None)
    return node


def value(node: Node | None, *path: str, default: str = "") -> str:
    """The ``val`` of the first descendant along a path; ``default`` if there is none."""
    return attribute(child(node, *path), "val", default)


def switch(node: Node | None, name: str) -> bool | None:
    """An on-off property (``<w:vanish/>``); None if it does not stand there."""
    found = child(node, name)
    if found is None:
        return None
    return attribute(found, "val", "1").lower() not in ("0", "false", "off", "none")


def number(text: str, default: int = 0) -> int:
    """A whole number as attributes hold it; ``default`` for anything else."""
    try:
        return int(text)
    except ValueError:
        try:
            return int(float(text))
        except (ValueError, OverflowError):
            return default
