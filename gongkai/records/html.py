"""正文的 HTML:只留固定的一组标签;由它得出纯文本。每次保存都清洗,显示时再清洗一次。"""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Mapping

import nh3

TAGS = frozenset(
    [
        "h2",
        "h3",
        "h4",
        "h5",
        "p",
        "br",
        "hr",
        "ul",
        "ol",
        "li",
        "strong",
        "em",
        "u",
        "sup",
        "sub",
        "blockquote",
        "a",
        "img",
        "table",
        "caption",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "th",
        "td",
    ]
)
ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "width", "height"},
    "th": {"scope", "colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
    "ol": {"start"},
}
CLASSES = {"p": {"right", "center"}}
SCHEMES = {"http", "https", "mailto"}
_FILE = re.compile(r"/files/(\d{1,18})/[^\s\"'<>]*")
_RENAMED = (("h1", "h2"), ("h6", "h5"), ("b", "strong"), ("i", "em"))
_BLOCK = re.compile(r"</?(?:p|h[2-5]|li|tr|caption|blockquote|ul|ol|table)\b[^>]*>|<br>|<hr>")
_CELL = re.compile(r"(<t[dh]\b[^>]*>)(.*?)</t[dh]>", re.S)


def clean(body: str, *, images: Collection[int] = ()) -> str:
    """The body in the fixed tag set, safe to show.

    Args:
        body: any HTML.
        images: keys of the attachments that the body may show; every other image is dropped (C95).
    """
    for old, new in _RENAMED:
        body = re.sub(rf"<(/?){old}(?=[\s>/])", rf"<\1{new}", body, flags=re.I)

    def attribute(tag: str, name: str, value: str) -> str | None:
        if tag == "img" and name == "src":
            found = _FILE.fullmatch(value)
            return value if found and int(found[1]) in images else None
        if name in ("colspan", "rowspan", "start", "width", "height"):
            return value if value.isascii() and value.isdigit() and len(value) < 5 else None
        if name == "scope":
            return value if value in ("row", "col", "rowgroup", "colgroup") else None
        return value

    cleaned = nh3.clean(
        body,
        tags=set(TAGS),
        attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
        allowed_classes=CLASSES,
        url_schemes=SCHEMES,
        link_rel="noopener",
        attribute_filter=attribute,
    )
    return re.sub(r"<img(?![^>]*\ssrc=)[^>]*>", "", cleaned).strip()


def text_of(cleaned: str) -> str:
    """Plain text of a cleaned body: one block a line, cells apart by tabs, no empty lines."""
    marked = re.sub(r"\s*\n\s*", " ", cleaned)
    marked = _CELL.sub(lambda cell: cell[1] + _BLOCK.sub(" ", cell[2]).strip() + "\t", marked)
    marked = _BLOCK.sub("\n", marked)
    lines = html.unescape(re.sub(r"<[^>]*>", "", marked)).split("\n")
    return "\n".join(line for line in (line.strip() for line in lines) if line)


LEAD = 120
_SALUTATION = re.compile(r"[:：]\s*$")


def lead(text: str) -> str:
    """The beginning of a text for a list: the first paragraph that is a sentence, cut at ``LEAD`` characters."""
    lines = [line for line in text.split("\n") if line]
    first = next(
        (line for line in lines if "。" in line and not _SALUTATION.search(line)), lines[0] if lines else ""
    )
    return first if len(first) <= LEAD else first[: LEAD - 1] + "…"


def files_in(body: str) -> list[int]:
    """Keys of the attachments that the body links or shows."""
    return [int(found[1]) for found in _FILE.finditer(body)]


def rekeyed(body: str, keys: Mapping[int, int]) -> str:
    """The body with attachment keys changed by ``keys``: a new edition has its own rows."""
    return _FILE.sub(
        lambda found: found[0].replace(f"/files/{found[1]}/", f"/files/{keys.get(int(found[1]), found[1])}/", 1),
        body,
    )
