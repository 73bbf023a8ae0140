"""一份旧文件:读出正文和要素,每个要素带着值、把握、从哪里读到;再留一段指纹,查可能不宜公开的地方。

整件事一次做完,好在另一个进程里做(``apart``):来回只送原件和结果。
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from . import likeness, paper, personal
from .files import reading
from .files.document import Document
from .pagescan import Scanned
from .pagescan import document as of_pages

#: 从哪里读到 → 把握;先列的先认。
_SURE = (
    ("要素栏", 0.97),
    ("标题下", 0.95),
    ("文号行", 0.95),
    ("落款", 0.92),
    ("标题", 0.9),
    ("网址", 0.5),
    ("正文", 0.7),
)
_UNKNOWN = 0.75
_TITLE, _DOUBTFUL_TITLE = 0.93, 0.6
#: 日期按这个次序取,后面的只是凑合。
_DAYS = (("成文日期", 1.0), ("发文日期", 0.9), ("发布日期", 0.7))
_ATTRIBUTE = re.compile(
    r"公开(?:属性|方式|形式|类别|类型)[\s:：]{0,6}(主动公开|依申请公开|免予公开|不予公开|不公开)"
)
_SECRET = re.compile(r"(绝密|机密|秘密)\s{0,4}(?:★|☆|\*|$)", re.M)
_INNER = re.compile(r"^\s{0,20}(内部(?:资料|文件)?(?:[,，\s]{0,4}注意保存)?)\s*$", re.M)
#: 头几行里的密级标志才算;正文里说到“秘密”的不算。
_HEAD = 300
#: 多半牵涉个人的事;只提示,不定论。
_PRIVATE = re.compile(
    r"处分|信访|上访|救助对象|低保|补偿(?:安置)?(?:名单|明细)|花名册|户主|身份证|身份号码|居民户口簿|护照|结婚证|出生医学证明|银行账[号户]|病历"
)
_PROCESS = re.compile(r"会议纪要|征求意见稿|请示|讨论稿|内部传阅|电话记录|拟办意见")


@dataclass(frozen=True, slots=True)
class Value:
    """一个要素:值、把握(0至1)、从哪里读到、在第几页的哪里(千分之几,没有的是空)。"""

    value: str
    sure: float
    where: str
    page: int = 0
    box: tuple[int, ...] = ()

    def row(self) -> dict[str, object]:
        """As JSON keeps it."""
        return {
            "value": self.value,
            "sure": round(self.sure, 2),
            "where": self.where,
            "page": self.page,
            "box": list(self.box),
        }


@dataclass(frozen=True, slots=True)
class OldFile:
    """读出来的一件。"""

    values: dict[str, Value]
    body: str
    text: str
    sketch: bytes
    notes: tuple[str, ...] = ()
    hints: dict[str, list[str]] = field(default_factory=dict)


def read_text_file(data: bytes, name: str) -> OldFile:
    """Read a file that has text. Raises Unreadable: a scan, a picture, anything else that has none."""
    return _taken(reading.read(data, name), ())


def assemble(pages: Sequence[Scanned], name: str) -> OldFile:
    """The same from the recognised pages of a scan."""
    return _taken(of_pages(pages, name), pages)


def _taken(document: Document, pages: Sequence[Scanned]) -> OldFile:
    found = paper.extract(document)
    whole = document.page or document.text
    values = {key: _placed(value, pages) for key, value in _values(found, whole) if value.value}
    notes = list(found.warnings)
    if found.other_title:
        notes.append(f"题名也可能是“{found.other_title}”")
    notes += found.doubts()
    if (validity := found.get("有效性")) and any(word in validity for word in ("废止", "失效", "停止")):
        notes.append(f"原来标着“{validity}”")
    if found.attachments:
        notes.append(f"原文列有附件：{'、'.join(found.attachments[:5])}")
    text = found.text or whole
    return OldFile(
        values, paper.body_html(found.blocks), text, likeness.sketch(text), tuple(notes), hints(found.title, whole)
    )


def _values(found: paper.Paper, whole: str) -> Iterator[tuple[str, Value]]:
    title_sure = _DOUBTFUL_TITLE if found.other_title else _TITLE
    yield "title", Value(found.title[:300], title_sure if found.title else 0, "标题")
    for name, key in (("doc_number", "文号"), ("index_number", "索引号")):
        if element := found.found.get(key):
            yield name, Value(element.value[:80], _sure(element.where), element.where)
    if found.issuers or found.get("发布机构"):
        element = found.found.get("发布机构")
        who = "、".join(found.issuers) if len(found.issuers) > 1 else found.get("发布机构") or found.issuers[0]
        yield (
            "issuer",
            Value(who[:120], _sure(element.where if element else ""), element.where if element else "标题"),
        )
    for key, less in _DAYS:
        if element := found.found.get(key):
            where = element.where if key == "成文日期" else f"{key}（{element.where}）"
            yield "date_text", Value(element.value[:40], _sure(element.where) * less, where)
            break
    if match := _ATTRIBUTE.search(whole[:3000]):
        yield "attribute", Value(match[1], 0.9, "要素栏")
    if match := _SECRET.search(whole[:_HEAD]) or _INNER.search(whole[:_HEAD]):
        yield "secrecy", Value(match[1], 0.95, "文件头")


def _sure(where: str) -> float:
    return next((sure for word, sure in _SURE if word in where), _UNKNOWN)


def _placed(value: Value, pages: Sequence[Scanned]) -> Value:
    """The value with its place on the scan, and no surer than the recogniser was of that line."""
    wanted = likeness.plain(value.value)
    for number, page in enumerate(pages, 1):
        for spot in page.spots:
            line = likeness.plain(spot.text)
            if line and (wanted in line or (len(line) > 3 and line in wanted)):
                return Value(value.value, value.sure * min(1.0, spot.sure), value.where, number, spot.box)
    if not pages:
        return value
    return Value(value.value, value.sure * min(page.sure for page in pages), value.where)


def hints(title: str, text: str) -> dict[str, list[str]]:
    """What a reviewer should look at, by the question it belongs to; nothing found is no verdict."""
    found: dict[str, list[str]] = {}
    if match := _SECRET.search(text[:_HEAD]) or _INNER.search(text[:_HEAD]):
        found["secrecy"] = [f"文件头有“{match[1]}”"]
    data = [f"{one.label}一处" for one in personal.personal_data(text)][:5]
    if match := _PRIVATE.search(title) or _PRIVATE.search(text):
        data.append(f"说到“{match[0]}”")
    if data:
        found["personal"] = list(dict.fromkeys(data))
    if "商业秘密" in text or "技术秘密" in text:
        found["third"] = ["说到商业秘密、技术秘密"]
    if match := _PROCESS.search(title):
        found["process"] = [f"题名有“{match[0]}”"]
    return found
