"""把模板里过长的行折开:一个元素一行,不改变网页显示的样子。

    python scripts/templates.py [文件……]

只在不影响显示的地方折:块级元素的两侧、原有空格的地方、标签里两个属性之间。折不开的留着,由
``tests/architecture/test_look.py`` 指出来。
"""

from __future__ import annotations

import re
import sys
from itertools import pairwise
from pathlib import Path

LONGEST = 140
PACKAGE = Path(__file__).resolve().parents[1] / "gongkai"
#: Elements whose content is read as one: they stay on one line if they fit.
LEAVES = set(re.findall(r"\w+", "caption dd dt h1 h2 h3 h4 h5 h6 legend li option p summary td th title"))
BLOCKS = LEAVES | set(
    re.findall(
        r"\w+",
        """article aside body br circle datalist details div dl fieldset figcaption figure footer form g header hr line
        link main meta nav ol optgroup polyline rect script section select table tbody tfoot thead tr ul""",
    )
)
VOID = set(re.findall(r"\w+", "br circle hr img input line link meta polyline rect source wbr"))
#: White space in these is shown as it is.
KEPT = re.compile(r"<(?:pre|textarea|script|style)\b|\b(?:pre-line|pre-wrap)\b")
TOKEN = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}|<(?:\{[%{#].*?[%}#]\}|\"[^\"]*\"|[^<>\"])*>|[^<{]+|[<{]")
NAME = re.compile(r"</?([a-zA-Z][\w-]*)")
#: An attribute with its value, also where template tags stand in it.
WORD = re.compile(r"(?:\{[%{].*?[%}]\}|\"[^\"]*\"|[^\s\"{]|\{)+")
OPENING = re.compile(r"\{%-? *(?:if|for|with|block|spaceless|comment|cache)\b")
CLOSING = re.compile(r"\{%-? *end\w+")
CONTROL = re.compile(r"\{%-? *(?:if|elif|else|endif|with|endwith|block|endblock|csrf_token)\b|\{#")
MIDDLE = re.compile(r"\{%-? *(?:else|elif|empty)\b")


def name_of(token: str) -> str:
    """The name of the element that a tag opens or closes; else nothing."""
    found = NAME.match(token)
    return found.group(1).lower() if found else ""


def breaks(tokens: list[str]) -> list[bool]:
    """Before which tokens a break shows nowhere: at a block's tag, with only control tags between, or at a blank."""
    free = [False] * (len(tokens) + 1)
    for order in (range(len(tokens)), range(len(tokens) - 1, -1, -1)):
        forward = order.step > 0
        edge = False
        for number in order:
            token = tokens[number]
            if edge:
                free[number if forward else number + 1] = True
            if name_of(token) in BLOCKS:
                edge = free[number] = free[number + 1] = True
            elif not CONTROL.match(token):
                edge = False
    for number, token in enumerate(tokens[1:], 1):
        free[number] |= token.startswith(" ") or tokens[number - 1].endswith(" ")
    return free


def pieces(line: str) -> list[str]:
    """The line cut wherever a break shows nowhere."""
    tokens = TOKEN.findall(line)
    found: list[str] = []
    for token, free in zip(tokens, breaks(tokens), strict=False):
        if found and not free:
            found[-1] += token
        else:
            found.append(token)
    return [piece.strip() for piece in found if piece.strip()]


def ends_block(piece: str) -> bool:
    """Whether the last tag of the piece, and nothing after it, is one of a block."""
    tokens = TOKEN.findall(piece)
    return name_of(tokens[-1]) in BLOCKS


def joined(parts: list[str]) -> list[str]:
    """Leaves put together again where they fit, white space of a sentence kept."""
    found: list[str] = []
    number = 0
    while number < len(parts):
        part = parts[number]
        name = name_of(part) if not part.startswith("</") else ""
        if name in LEAVES:
            for end in range(number, len(parts)):
                inside = parts[number + 1 : end + 1]
                if any(name_of(one) in BLOCKS and one != f"</{name}>" for one in inside):
                    break
                if f"</{name}>" in parts[end]:
                    whole = glue(parts[number : end + 1])
                    if len(whole) <= LONGEST - 20:
                        part, number = whole, end
                    break
        found.append(part)
        number += 1
    return found


def glue(parts: list[str]) -> str:
    """Pieces of one leaf as one line: a blank only where neither side is a block's tag."""
    text = parts[0]
    for before, part in pairwise(parts):
        tight = name_of(part) in BLOCKS or ends_block(before)
        text += part if tight else f" {part}"
    return text


def filled(part: str, indent: str) -> list[str]:
    """A part that is still too long, broken between the attributes of its tags."""
    rows = [""]
    for token in TOKEN.findall(part):
        is_tag = token.startswith("<") and not token.startswith("</")
        for number, word in enumerate(WORD.findall(token) if is_tag else [token]):
            if number and len(indent) + len(rows[-1]) + 1 + len(word) > LONGEST - 10:
                rows.append("  " + word)
            else:
                rows[-1] += " " + word if number else word
    return rows


def folded(line: str) -> list[str]:
    """The line as several, each indented by what is open."""
    base = line[: len(line) - len(line.lstrip())]
    depth, found = 0, []
    for part in joined(pieces(line.strip())):
        tokens = TOKEN.findall(part)
        opened = [
            (1 if not token.startswith("</") else -1)
            for token in tokens
            if name_of(token) in BLOCKS and name_of(token) not in VOID
        ]
        opened += [
            1 if OPENING.match(token) else -1 for token in tokens if OPENING.match(token) or CLOSING.match(token)
        ]
        closes = (tokens[0].startswith("</") and name_of(tokens[0]) in BLOCKS) or bool(
            CLOSING.match(tokens[0]) or MIDDLE.match(tokens[0])
        )
        indent = base + "  " * max(0, depth - closes)
        rows = filled(part, indent) if len(indent) + len(part) > LONGEST else [part]
        found += [indent + row for row in rows]
        depth += sum(opened)
    return found


def formatted(text: str) -> str:
    """The template with its long lines folded."""
    rows: list[str] = []
    for line in text.split("\n"):
        if len(line) <= LONGEST or KEPT.search(line):
            rows.append(line)
        else:
            rows += folded(line)
    return "\n".join(rows)


if __name__ == "__main__":
    for path in map(Path, sys.argv[1:]) if sys.argv[1:] else sorted(PACKAGE.rglob("*.html")):
        old = path.read_text("utf-8")
        if (new := formatted(old)) != old:
            path.write_text(new, "utf-8")
