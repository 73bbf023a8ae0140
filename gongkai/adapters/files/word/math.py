"""公式(OMML)写成一行字:分数、根号、上下标、求和、括号、矩阵。"""

from __future__ import annotations

from collections.abc import Callable

from ..symbols import lowered, raised
from .xml import Node, child, local, value


def formula(node: Node) -> str:
    """A formula in one line.

    A fraction becomes a/b with brackets where needed, a power 10⁴ or x^(n+1), a root √(x).
    """
    return "".join(_part(one) for one in node)


def _part(node: Node) -> str:
    name = local(node)
    if name == "t":
        return node.text or ""
    if name.endswith("Pr") or name in ("del", "moveFrom"):
        return ""
    handler = _FORMS.get(name)
    return handler(node) if handler else formula(node)


def _of(node: Node, name: str) -> str:
    found = child(node, name)
    return formula(found) if found is not None else ""


def _grouped(text: str) -> str:
    simple = len(text) <= 1 or all(mark.isalnum() or mark in ".%" for mark in text)
    return text if simple or (text.startswith("(") and text.endswith(")")) else f"({text})"


def _fraction(node: Node) -> str:
    return f"{_grouped(_of(node, 'num'))}/{_grouped(_of(node, 'den'))}"


def _up(text: str) -> str:
    risen = raised(text)
    return risen if risen != text and not risen.startswith("^") else (f"^{_grouped(text)}" if text else "")


def _down(text: str) -> str:
    sunk = lowered(text)
    return sunk if sunk != text else (f"_{_grouped(text)}" if text else "")


def _root(node: Node) -> str:
    degree = _of(node, "deg").strip()
    return f"{_up(degree) if degree and degree != '2' else ''}√{_grouped(_of(node, 'e'))}"


def _nary(node: Node) -> str:
    sign = value(node, "naryPr", "chr", default="∫") or "∫"
    return f"{sign}{_down(_of(node, 'sub'))}{_up(_of(node, 'sup'))}{_grouped(_of(node, 'e'))}"


def _delimited(node: Node) -> str:
    begin = value(node, "dPr", "begChr", default="(")
    end = value(node, "dPr", "endChr", default=")")
    parts = [formula(one) for one in node if local(one) == "e"]
    return begin + (value(node, "dPr", "sepChr", default="|") or "|").join(parts) + end


def _matrix(node: Node) -> str:
    rows = [[formula(cell) for cell in row if local(cell) == "e"] for row in node if local(row) == "mr"]
    return "[" + "; ".join(", ".join(row) for row in rows) + "]"


def _lines(node: Node) -> str:
    return "; ".join(formula(one) for one in node if local(one) == "e")


_FORMS: dict[str, Callable[[Node], str]] = {
    "f": _fraction,
    "rad": _root,
    "sSup": lambda node: _grouped(_of(node, "e")) + _up(_of(node, "sup")),
    "sSub": lambda node: _of(node, "e") + _down(_of(node, "sub")),
    "sSubSup": lambda node: _of(node, "e") + _down(_of(node, "sub")) + _up(_of(node, "sup")),
    "nary": _nary,
    "d": _delimited,
    "m": _matrix,
    "eqArr": _lines,
    "func": lambda node: _of(node, "fName") + _grouped(_of(node, "e")),
}
