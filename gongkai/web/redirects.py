"""旧网址:怎样写成一个样子,去处对不对,CSV 里的逐行核对。只读,写在 ``actions``。"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import quote, urlsplit

from django.urls import Resolver404, resolve

from gongkai.adapters.files.decode import decode
from gongkai.desk.old_paths import decoded, normal
from gongkai.law.errors import RuleBroken
from gongkai.org import site
from gongkai.records.models import Record

from .headers import PRIVATE
from .models import OldAddress

#: Column names that the import knows.
COLUMNS = {
    "path": ("旧网址", "原网址", "old", "path"),
    "kind": ("种类", "处理", "kind"),
    "target": ("去处", "新网址", "target"),
    "note": ("说明", "备注", "note"),
}
_KINDS = {str(word).casefold(): kind for kind in OldAddress.Kind for word in (kind.value, kind.label)}


def is_ours(address: str) -> bool:
    """Whether the site of today has addresses of this form; such a one is never looked up as an old one."""
    try:
        resolve(address.partition("?")[0])
    except Resolver404:
        return False
    return True


def checked(address: OldAddress) -> OldAddress:
    """The same with its old address and its target in order.

    Raises:
        RuleBroken: the old address is one of today's; there is nowhere to go; the target is none, or an old address
            itself (so that nobody is led round in a circle).
    """
    address.path = normal(address.path)
    if is_ours(address.path) or address.path.startswith((*PRIVATE, "/static/")):
        raise RuleBroken(f"“{address.path}”是本站现在的网址，不能作旧网址", fix="旧网址只管本站已经没有的。")
    if address.record is None and address.target:
        address.target, address.record = _target(address.target)
    if address.kind == OldAddress.Kind.GONE and address.to:
        raise RuleBroken("“已不提供”的不要填去处", fix="请去掉去处，或者改成“跳转”“存档页”。")
    if address.kind == OldAddress.Kind.REDIRECT and not address.to:
        raise RuleBroken("“跳转”要有去处", fix="请填信息的网址、本站的网页或者别的网站。")
    return address


def _target(target: str) -> tuple[str, Record | None]:
    """A target as it is kept: a record, a page of this site, or the address of another site."""
    target = target.strip()
    try:
        parts = urlsplit(target)
        host = parts.hostname or ""
    except ValueError:
        raise RuleBroken(f"去处“{target[:80]}”不是网址", fix="请核对。") from None
    if parts.scheme in ("http", "https") and host and host != site.current().domain:
        return target, None
    if parts.scheme not in ("", "http", "https") or (parts.netloc and not parts.scheme):
        raise RuleBroken(f"去处“{target[:80]}”不是网址", fix="请写成 /records/1/ 的样子，或者整条网址。")
    own = decoded(parts.path)
    if not own.startswith("/") or own.startswith(PRIVATE) or not is_ours(own):
        raise RuleBroken(
            f"去处“{target[:80]}”不是本站的网页，或者它自己就是旧网址", fix="请直接填最后的去处，不要绕着跳。"
        )
    found = resolve(own)
    if found.view_name == "public:record":
        record = Record.objects.filter(pk=found.kwargs["pk"]).first()
        if record is None or record.published_at is None:
            raise RuleBroken(f"没有公开过“{own}”这件信息", fix="请核对编号；还没有公开的，公开以后再登记。")
        return "", record
    return quote(own) + (f"?{parts.query}" if parts.query else ""), None


# --- 成批导入 ---


@dataclass(frozen=True, slots=True)
class Line:
    """CSV 的一行和结论。"""

    row: int
    path: str
    verdict: str
    note: str = ""
    address: OldAddress | None = None


@dataclass(slots=True)
class Plan:
    """导入的打算:逐行的结论;``written_addresses`` 是要写的。"""

    lines: list[Line] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        found = {"新增": 0, "修改": 0, "相同": 0, "重复": 0, "退回": 0}
        for line in self.lines:
            found[line.verdict] += 1
        return found

    @property
    def written_addresses(self) -> list[OldAddress]:
        return [one.address for one in self.lines if one.verdict in ("新增", "修改") and one.address]

    @property
    def doubtful(self) -> list[Line]:
        """What a person should look at: duplicates and errors."""
        return [one for one in self.lines if one.verdict in ("重复", "退回")]


def plan(content: bytes, name: str) -> Plan:
    """What an import of this CSV file would do, row by row. Raises RuleBroken if it is no such file."""
    text, _ = decode(content, name)
    rows = csv.reader(text.lstrip("\ufeff").splitlines())
    head = [one.strip().casefold() for one in next(rows, [])]
    places = {
        key: next((head.index(word) for word in words if word in head), None) for key, words in COLUMNS.items()
    }
    if places["path"] is None:
        raise RuleBroken(
            f"《{name}》没有“旧网址”一列", fix="第一行要有列名：旧网址、种类、去处、说明（后三列可以没有）。"
        )
    known = {one.path: one for one in OldAddress.objects.all()}
    made, seen = Plan(), {}
    for number, row in enumerate(rows, 2):
        if any(cell.strip() for cell in row):
            given = {
                key: row[at].strip() if at is not None and at < len(row) else "" for key, at in places.items()
            }
            made.lines.append(_line(number, given, known, seen))
    return made


def _line(row: int, given: dict[str, str], known: dict[str, OldAddress], seen: dict[str, int]) -> Line:
    try:
        address = checked(
            OldAddress(path=given["path"], kind=_kind(given), target=given["target"], note=given["note"][:300])
        )
    except RuleBroken as error:
        return Line(row, given["path"], "退回", str(error))
    if address.path in seen:
        return Line(row, address.path, "重复", f"同第{seen[address.path]}行是一个网址，只收先写的。")
    seen[address.path] = row
    old = known.get(address.path)
    if old is None:
        return Line(row, address.path, "新增", address=address)
    if _same(old, address):
        return Line(row, address.path, "相同")
    address.pk, address.hits, address.last_hit_on = old.pk, old.hits, old.last_hit_on
    return Line(row, address.path, "修改", f"原来：{old.get_kind_display()} {old.to}", address)


def _kind(given: dict[str, str]) -> str:
    word = given["kind"].casefold()
    if not word:
        return OldAddress.Kind.REDIRECT if given["target"] else OldAddress.Kind.GONE
    if word not in _KINDS:
        raise RuleBroken(f"种类“{given['kind']}”不认得", fix=f"请填{'、'.join(OldAddress.Kind.labels)}之一。")
    return _KINDS[word]


def _same(old_address: OldAddress, other: OldAddress) -> bool:
    return _content(old_address) == _content(other)


def _content(old_address: OldAddress) -> Iterable[object]:
    return (old_address.kind, old_address.record_id, old_address.target, old_address.note)
