"""打开一份 .docx:找齐各部分,读正文、页眉里的红头、脚注,把没读进来的说出来。"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator

from ..document import Block, Document, Paragraph, Table
from ..ending import bounded
from ..kinds import Kind
from ..limits import Limits
from .blocks import Body
from .inline import Inline
from .numbering import Numbering
from .styles import Styles
from .xml import Node, attribute, child, local, parse, switch

#: 页眉里算红头的、页脚里算版记的。
_MARGINS = {
    "header": re.compile(
        r"文件$|[〔\[［【(（]\s*\d{4}\s*年?\s*[〕\]］】)）]\s*\d+\s*号|^签发人|人民政府令|^第\s*\d+\s*号$"
    ),
    "footer": re.compile(r"^抄送|印发$|^主题词"),
}
_PAGE = re.compile(r"[\s\-—–－·第页共/\d]*")
#: 数到了什么 → 给人看的话;{} 是处数。
_TOLD = {
    "hidden": "有隐藏文字{}处，没有读入",
    "unseen": "有白色或者极小、看不见的文字{}处，没有读入",
    "revision": "有修订痕迹，按接受修订以后的文字读入",
    "comment": "有批注{}处，没有读入",
    "picture": "有图片{}幅，图片里的文字没有读入",
    "object": "嵌有别的文件{}个，没有读入",
    "struck": "有带删除线的文字{}处，照样读入，请核对",
    "deep": "有套得太深的表格，没有读全",
}


def guard(data: bytes, name: str, limits: Limits) -> None:
    """Refuse zip bombs: too much unpacked, or one member blown up too far."""
    bounded(data, name, limits)


def read_docx(data: bytes, name: str, limits: Limits) -> Document:
    """Read a DOCX as its reader sees it; archives that unpack to more than the limits are refused before."""
    guard(data, name, limits)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        package = Package(archive)
        styles = Styles(package.part("styles"))
        inline = Inline(styles)
        body = Body(inline, styles, Numbering(package.part("numbering"), styles.lists()))
        content = child(package.document, "body")
        blocks = list(body.blocks(content)) if content is not None else []
        head, foot, left = _margins(package, body, blocks)
        notes = [_TOLD[key].format(count) for key, count in inline.counts.items() if count and key in _TOLD]
        if left:
            notes.append(f"页眉页脚里的文字没有读入：{'、'.join(left)[:80]}")
        whole = (*head, *blocks, *foot, *_notes(package, body))
        return Document(name, Kind.DOCX, whole, meta=package.properties(), notes=tuple(notes))


class Package:
    """一份 .docx 里的各部分,按关系去找,不认文件名。"""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._names = {name.lower(): name for name in archive.namelist()}
        main = next((target for kind, target in self._relations("").values() if kind == "officeDocument"), "")
        self._main = main or "word/document.xml"
        self.document: Node = parse(archive.read(self._names[self._main.lower()]))
        self._related = self._relations(self._main)

    def part(self, kind: str) -> Node | None:
        """The root of a part by the last word of its relation (styles, numbering, footnotes); None if absent."""
        return next((self._read(target) for one, target in self._related.values() if one == kind), None)

    def margins(self) -> Iterator[tuple[str, Node]]:
        """Headers and footers that are shown: ``header`` or ``footer`` and the root.

        Where no section names any, all that are there (some programs write them so).
        """
        sections = [one for one in self.document.iter() if local(one) == "sectPr"]
        names = [
            attribute(reference, "id")
            for section in sections[:50]
            for reference in section
            if attribute(reference, "type") != "first" or switch(section, "titlePg")
        ]
        named = any(name in self._related for name in names)
        for relation, (kind, target) in self._related.items():
            if kind in ("header", "footer") and (relation in names or not named):
                root = self._read(target)
                if root is not None:
                    yield kind, root

    def properties(self) -> dict[str, str]:
        """Title and author from the file's properties."""
        root = self._read("docProps/core.xml")
        names = {"title": "title", "creator": "author"}
        return {
            names[local(one)]: one.text.strip()
            for one in (root if root is not None else ())
            if local(one) in names and (one.text or "").strip()
        }

    def _read(self, target: str) -> Node | None:
        name = self._names.get(target.lower())
        return parse(self._archive.read(name)) if name else None

    def _relations(self, part: str) -> dict[str, tuple[str, str]]:
        folder, base = posixpath.split(part)
        root = self._read(posixpath.join(folder, "_rels", f"{base}.rels"))
        found: dict[str, tuple[str, str]] = {}
        for one in root if root is not None else ():
            if attribute(one, "TargetMode") != "External":
                target = attribute(one, "Target")
                target = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
                kind = attribute(one, "Type").rpartition("/")[2]
                found[attribute(one, "Id")] = (kind, posixpath.normpath(target))
        return found


def _margins(package: Package, body: Body, blocks: list[Block]) -> tuple[list[Block], list[Block], list[str]]:
    """The red head in a header, the closing lines in a footer, and what of both was left out."""
    known = {block.text for block in blocks}
    kept: dict[str, list[Block]] = {"header": [], "footer": []}
    left: list[str] = []
    for kind, root in package.margins():
        lines = [one for one in _flat(body, root) if one.text not in known and not _PAGE.fullmatch(one.text)]
        known.update(one.text for one in lines)
        if any(_MARGINS[kind].search(one.text) for one in lines):
            kept[kind] += lines
        else:
            left += [one.text for one in lines]
    return kept["header"], kept["footer"], left


def _flat(body: Body, root: Node) -> Iterator[Block]:
    for block in body.blocks(root):
        if isinstance(block, Table):
            yield from (Paragraph(line) for line in block.text.replace("\t", "\n").split("\n") if line.strip())
        else:
            yield block


def _notes(package: Package, body: Body) -> Iterator[Block]:
    """Footnotes and endnotes at the end, in the order of their marks; a note may bring another."""
    known = {
        (kind, attribute(node, "id")): node
        for kind in ("footnote", "endnote")
        for node in _children(package.part(f"{kind}s"))
    }
    done: set[tuple[str, str]] = set()
    while waiting := [key for key in body.inline.notes if key not in done]:
        for key in waiting:
            done.add(key)
            node = known.get(key)
            text = "\n".join(block.text for block in body.blocks(node)).strip() if node is not None else ""
            if text:
                yield Paragraph(f"[{body.inline.notes[key]}] {text}")


def _children(root: Node | None) -> Iterator[Node]:
    yield from root if root is not None else ()
