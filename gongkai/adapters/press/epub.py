"""EPUB 3:一篇一页,导航就是目录。同样的稿子得出同样的字节。"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime

from gongkai.adapters import epub as writer
from gongkai.adapters.epub import EARLIEST, Chapter, attribute, text
from gongkai.law.marks import long_day

from ..picture import Fitted
from .model import Block, Book, Piece

STYLE = """body { line-height: 1.75; margin: 0 5%; }
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
    day = book.day or EARLIEST
    made = writer.Book(
        book.title,
        book.sponsor,
        book.identifier,
        datetime(day.year, day.month, day.day, tzinfo=UTC),
        list(_chapters(book, pictures)),
        [
            writer.Picture(f"{digest}.{one.kind}", f"image/{one.kind}", one.content)
            for digest, one in pictures.items()
        ],
        style=STYLE,
        metadata=list(metadata(book, pictures)),
    )
    return writer.write(made, day)


def _chapters(book: Book, pictures: Mapping[str, Fitted]) -> Iterator[Chapter]:
    """The cover, a page for each piece under its column, and what stands at the end."""
    yield Chapter("cover", book.title, _cover(book), listed=False)
    for piece in book.pieces:
        yield Chapter(f"piece-{piece.position}", piece.title, piece_page(piece, pictures), piece.section)
    for key, title, body in back_matter(book):
        yield Chapter(key, title, body)
    yield Chapter("back", "编辑部和查阅点", imprint_page(book))


def back_matter(book: Book) -> Iterator[tuple[str, str, str]]:
    """(key, title, page) of what stands after the pieces: the chronicle and the corrections, if there are any."""
    chronicle = [f'<p class="item">{text(day)}　{text(said)}</p>' for day, said in book.chronicle]
    corrections = [f"<p>{text(line)}</p>" for line in book.corrections]
    for key, title, lines in (("chronicle", "大事记", chronicle), ("corrections", "更正", corrections)):
        if lines:
            yield key, title, _join([f"<h1>{title}</h1>", *lines])


def imprint_page(book: Book) -> str:
    """Who edits it, and where it lies to be read."""
    back = [*book.colophon, *(["查阅点："] if book.places else []), *book.places]
    return _join(f"<p>{text(line)}</p>" for line in back)


def _join(lines: Iterable[str]) -> str:
    return "\n".join(lines)


def _cover(book: Book) -> str:
    day = f"<p>{long_day(book.day)}出版</p>" if book.day else ""
    return f"""<section class="cover" epub:type="cover">
<h1>{text(book.name)}</h1>
<p>{text(book.number)}{text(book.running)}</p>
{day}
<p>{text(book.sponsor)}主办</p>
<p class="meta">{text(book.statement)}</p>
</section>"""


def piece_page(piece: Piece, pictures: Mapping[str, Fitted]) -> str:
    """The page of one piece, as XHTML."""
    lines = [f'<p class="meta">{text(piece.section)}</p>']
    if piece.issuer:
        lines.append(f'<p class="head">{text(piece.issuer)}</p>')
    if piece.doc_number:
        lines.append(f'<p class="number">{text(piece.doc_number)}</p>')
    lines.append(f"<h1>{text(piece.title)}</h1>")
    if piece.notice:
        lines.append(f'<p class="notice">{text(piece.notice)}</p>')
    lines.append(f'<section class="body">\n{_join(_block(block, pictures) for block in piece.blocks)}\n</section>')
    lines += [f'<p class="meta">{text(one)}</p>' for one in piece.meta]
    return _join(lines)


_TAGS = {"b": "strong", "sup": "sup", "sub": "sub"}


def _block(block: Block, pictures: Mapping[str, Fitted]) -> str:
    if block.picture:
        picture = pictures[block.picture]
        size = f'width="{picture.width}" height="{picture.height}"'
        return (
            f'<p class="picture"><img src="{block.picture}.{picture.kind}" alt={attribute(block.alt)} {size}/></p>'
        )
    if block.kind == "table":
        rows = ("<tr>" + "".join(f"<td>{text(cell)}</td>" for cell in row) + "</tr>" for row in block.rows)
        return f"<table><tbody>\n{_join(rows)}\n</tbody></table>"
    inner = "".join(
        f"<{_TAGS[run.style]}>{text(run.text)}</{_TAGS[run.style]}>" if run.style else text(run.text)
        for run in block.runs
    )
    if block.kind == "h":
        return f"<h2>{inner}</h2>"
    shape = "item" if block.kind == "li" else block.align
    return f"<p{f' class={chr(34)}{shape}{chr(34)}' if shape else ''}>{text(block.marker)}{inner}</p>"


def metadata(book: Book, pictures: Mapping[str, Fitted]) -> Iterator[str]:
    """Who publishes it and when, and for whom it can be read (schema.org's terms of accessibility)."""
    yield f"<dc:publisher>{text(book.editor)}</dc:publisher><dc:source>{text(book.address)}</dc:source>"
    if book.day:
        yield f"<dc:date>{book.day.isoformat()}</dc:date>"
    yield from _modes(book, pictures)
    for feature in ("tableOfContents", "readingOrder"):
        yield _schema("accessibilityFeature", feature)
    yield _schema("accessibilityHazard", "none")
    yield _schema("accessibilitySummary", f"{'有图' if pictures else '全部是文字'}，有目录，次序同印本。")


def _schema(name: str, value: str) -> str:
    return f'<meta property="schema:{name}">{text(value)}</meta>'


def _modes(book: Book, pictures: Mapping[str, Fitted]) -> Iterator[str]:
    """By which senses it is read; pictures without words cannot be done without."""
    worded = all(block.alt for piece in book.pieces for block in piece.blocks if block.picture)
    for mode in ("textual", "visual") if pictures else ("textual",):
        yield _schema("accessMode", mode)
    yield _schema("accessModeSufficient", "textual" if worded else "textual,visual")
    if pictures and worded:
        yield _schema("accessibilityFeature", "alternativeText")
