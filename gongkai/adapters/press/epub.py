"""EPUB 3:一篇一页,导航就是目录。同样的稿子得出同样的字节。"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape

from gongkai.adapters.epub import EARLIEST, packed

from ..picture import Fitted
from .model import Block, Book, Piece

_STYLE = """body { line-height: 1.75; margin: 0 5%; }
h1 { font-size: 1.35em; text-align: center; line-height: 1.5; }
h2 { font-size: 1.1em; }
.head, .number, .center { text-align: center; }
.head { color: #b5121b; font-weight: bold; letter-spacing: .1em; }
.right { text-align: right; }
p { margin: .4em 0; }
.body p { text-indent: 2em; }
.body p.right, .body p.center, .body p.item { text-indent: 0; }
.body p.picture { text-indent: 0; text-align: center; }
.picture img { max-width: 100%; }
.meta { font-size: .85em; color: #555; }
.notice { border: 1px solid #b5121b; padding: .6em; }
table { border-collapse: collapse; width: 100%; font-size: .85em; }
td { border: 1px solid #999; padding: .3em; vertical-align: top; }
.cover { text-align: center; margin-top: 20%; }
.cover h1 { color: #b5121b; font-size: 1.9em; letter-spacing: .15em; }
"""


def epub(book: Book, pictures: Mapping[str, Fitted] | None = None) -> bytes:
    """The EPUB of an issue; the day of publication stands on its files. A picture that is not given leaves its words."""
    pictures = pictures or {}
    book = book.with_pictures(pictures)
    images = {f"{digest}.{one.kind}": one.content for digest, one in pictures.items()}
    return packed({"style.css": _STYLE, **_documents(book, pictures), **images}, book.day or EARLIEST)


def _documents(book: Book, pictures: Mapping[str, Fitted]) -> dict[str, str]:
    """Name → content of every page, the package document and the contents."""
    chapters = [
        (f"piece-{piece.position}.xhtml", piece.title, _piece(book, piece, pictures)) for piece in book.pieces
    ]
    if book.chronicle:
        lines = (f'<p class="item">{_e(day)}　{_e(text)}</p>' for day, text in book.chronicle)
        chapters.append(("chronicle.xhtml", "大事记", _page(book, "大事记", f"<h1>大事记</h1>\n{_join(lines)}")))
    if book.corrections:
        lines = (f"<p>{_e(one)}</p>" for one in book.corrections)
        chapters.append(("corrections.xhtml", "更正", _page(book, "更正", f"<h1>更正</h1>\n{_join(lines)}")))
    back = [*book.colophon, *(["查阅点："] if book.places else []), *book.places]
    chapters.append(
        ("back.xhtml", "编辑部和查阅点", _page(book, "编辑部和查阅点", _join(f"<p>{_e(one)}</p>" for one in back)))
    )
    names = ["cover.xhtml", "nav.xhtml", *(name for name, _, _ in chapters)]
    found = {"cover.xhtml": _cover(book), "nav.xhtml": _nav(book, [(name, title) for name, title, _ in chapters])}
    found |= {name: content for name, _, content in chapters}
    return found | {"content.opf": _package(book, names, pictures)}


def _e(text: str) -> str:
    return escape("".join(sign for sign in text if sign >= " " or sign == "\n"), quote=True)


def _join(lines: Iterable[str]) -> str:
    return "\n".join(lines)


def _page(book: Book, title: str, body: str, *, kind: str = "") -> str:
    told = f' epub:type="{kind}"' if kind else ""
    return f"""<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" xml:lang="zh-CN" lang="zh-CN">
<head><meta charset="utf-8"/><title>{_e(title)}</title><link rel="stylesheet" type="text/css" href="style.css"/></head>
<body{told}>
{body}
</body>
</html>
"""


def _cover(book: Book) -> str:
    day = f"<p>{book.day.year}年{book.day.month}月{book.day.day}日出版</p>" if book.day else ""
    lines = f"""<section class="cover" epub:type="cover">
<h1>{_e(book.name)}</h1>
<p>{_e(book.number)}{_e(book.running)}</p>
{day}
<p>{_e(book.sponsor)}主办</p>
<p class="meta">{_e(book.statement)}</p>
</section>"""
    return _page(book, book.title, lines)


def _nav(book: Book, chapters: list[tuple[str, str]]) -> str:
    by_section: dict[str, list[str]] = {}
    sections = {f"piece-{piece.position}.xhtml": piece.section for piece in book.pieces}
    for name, title in chapters:
        by_section.setdefault(sections.get(name, ""), []).append(f'<li><a href="{name}">{_e(title)}</a></li>')
    parts = []
    for section, links in by_section.items():
        inner = _join(links)
        parts.append(f"<li><span>{_e(section)}</span>\n<ol>\n{inner}\n</ol></li>" if section else inner)
    body = f'<nav epub:type="toc" id="toc">\n<h1>目录</h1>\n<ol>\n{_join(parts)}\n</ol>\n</nav>'
    return _page(book, "目录", body)


def _piece(book: Book, piece: Piece, pictures: Mapping[str, Fitted]) -> str:
    lines = [f'<p class="meta">{_e(piece.section)}</p>']
    if piece.issuer:
        lines.append(f'<p class="head">{_e(piece.issuer)}</p>')
    if piece.doc_number:
        lines.append(f'<p class="number">{_e(piece.doc_number)}</p>')
    lines.append(f"<h1>{_e(piece.title)}</h1>")
    if piece.notice:
        lines.append(f'<p class="notice">{_e(piece.notice)}</p>')
    lines.append(f'<section class="body">\n{_join(_block(block, pictures) for block in piece.blocks)}\n</section>')
    lines += [f'<p class="meta">{_e(one)}</p>' for one in piece.meta]
    return _page(book, piece.title, _join(lines))


_TAGS = {"b": "strong", "sup": "sup", "sub": "sub"}


def _block(block: Block, pictures: Mapping[str, Fitted]) -> str:
    if block.picture:
        one = pictures[block.picture]
        size = f'width="{one.width}" height="{one.height}"'
        return f'<p class="picture"><img src="{block.picture}.{one.kind}" alt="{_e(block.alt)}" {size}/></p>'
    if block.kind == "table":
        rows = ("<tr>" + "".join(f"<td>{_e(cell)}</td>" for cell in row) + "</tr>" for row in block.rows)
        return f"<table><tbody>\n{_join(rows)}\n</tbody></table>"
    inner = "".join(
        f"<{_TAGS[run.style]}>{_e(run.text)}</{_TAGS[run.style]}>" if run.style else _e(run.text)
        for run in block.runs
    )
    if block.kind == "h":
        return f"<h2>{inner}</h2>"
    shape = "item" if block.kind == "li" else block.align
    return f"<p{f' class={chr(34)}{shape}{chr(34)}' if shape else ''}>{_e(block.marker)}{inner}</p>"


def _package(book: Book, names: list[str], pictures: Mapping[str, Fitted]) -> str:
    items = [
        f'<item id="{_id(name)}" href="{name}" media-type="application/xhtml+xml"{" properties=" + chr(34) + "nav" + chr(34) if name == "nav.xhtml" else ""}/>'
        for name in names
    ]
    items += [
        f'<item id="i{digest}" href="{digest}.{one.kind}" media-type="image/{one.kind}"/>'
        for digest, one in pictures.items()
    ]
    spine = [f'<itemref idref="{_id(name)}"/>' for name in names]
    day = f"<dc:date>{book.day.isoformat()}</dc:date>" if book.day else ""
    changed = f"{(book.day or EARLIEST).isoformat()}T00:00:00Z"
    return f"""<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="zh-CN">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">{_e(book.identifier)}</dc:identifier>
<dc:title>{_e(book.title)}</dc:title>
<dc:language>zh-CN</dc:language>
<dc:creator>{_e(book.sponsor)}</dc:creator>
<dc:publisher>{_e(book.editor)}</dc:publisher>
<dc:source>{_e(book.address)}</dc:source>
{day}
<meta property="dcterms:modified">{changed}</meta>
{_modes(book, pictures)}
<meta property="schema:accessibilityFeature">tableOfContents</meta>
<meta property="schema:accessibilityFeature">readingOrder</meta>
<meta property="schema:accessibilityHazard">none</meta>
<meta property="schema:accessibilitySummary">{"有图" if pictures else "全部是文字"}，有目录，次序同印本。</meta>
</metadata>
<manifest>
<item id="style" href="style.css" media-type="text/css"/>
{_join(items)}
</manifest>
<spine>
{_join(spine)}
</spine>
</package>
"""


def _modes(book: Book, pictures: Mapping[str, Fitted]) -> str:
    """By which senses it is read; pictures without words cannot be done without."""
    told = all(block.alt for piece in book.pieces for block in piece.blocks if block.picture)
    modes = ["textual", "visual"] if pictures else ["textual"]
    lines = [f'<meta property="schema:accessMode">{mode}</meta>' for mode in modes]
    enough = "textual" if told else "textual,visual"
    lines.append(f'<meta property="schema:accessModeSufficient">{enough}</meta>')
    if pictures and told:
        lines.append('<meta property="schema:accessibilityFeature">alternativeText</meta>')
    return _join(lines)


def _id(name: str) -> str:
    return name.removesuffix(".xhtml")
