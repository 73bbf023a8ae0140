"""完整度:八组要素各占多少分(``law/data/params/services.toml``),缺什么扣多少,一条条写明在哪里、怎么改。"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from gongkai.law import params
from gongkai.law.guides import Unit

from ..models import Version
from ..terms import ItemType, Level, Mark, Online
from .findings import Finding, Group

#: 条件只写了法规名,没有写条件。
_ONLY_LAWS = re.compile(
    r"\A(?:符合|按照|依据|根据)?(?:《[^》]{2,40}》[、，和及]?)+(?:的?(?:规定|要求|条件))?[。;；]?\Z"
)


@dataclass(frozen=True, slots=True)
class Want:
    """一项要有的:占这一组的几份、有没有、缺了怎么说、怎么改、缺了能不能公布。"""

    share: float
    has: bool
    what: str
    fix: str
    must: bool = False


def score(version: Version, on: date) -> tuple[list[Group], list[Finding]]:
    """The groups with their points, and what is missing."""
    weights = params.at("services.weights", on).value
    groups, findings = [], []
    for key, (label, section, wants) in GROUPS.items():
        listed = list(wants(version))
        most, whole = weights[key], sum(want.share for want in listed)
        got = 0.0
        for want in listed:
            points = most * want.share / whole
            if want.has:
                got += points
            elif want.what:
                mark = Mark.STOP if want.must else Mark.WARN
                findings.append(Finding(mark, section, want.what, want.fix, points=round(points, 1)))
        groups.append(Group(key, label, most, round(got, 1)))
    return groups, findings


def _identity(version: Version) -> Iterator[Want]:
    yield Want(4, bool(version.name), "没有事项名称", "写目录里的名称。", must=True)
    yield Want(2, bool(version.code), "没有实施编码", "从省里的事项库抄31位编码。")
    yield Want(2, bool(version.item_type), "没有选事项类型", "照权责清单选。", must=True)
    yield Want(2, bool(version.level), "没有选行使层级", f"区里行使的选“{Level.COUNTY.label}”。")


def _basis(version: Version) -> Iterator[Want]:
    rows = version.basis_rows
    yield Want(4, bool(rows), "没有办理依据", "写法规全称和文号。", must=version.item_type == ItemType.LICENCE)
    yield Want(
        3,
        bool(rows) and all(row.article for row in rows),
        "依据没有写到条款" if rows else "",
        "写明第几条第几款。",
    )
    yield Want(
        3,
        bool(rows) and any(row.text for row in rows),
        "依据没有原文" if rows else "",
        "把条文抄上，办事的人看得到。",
    )


def _conditions(version: Version) -> Iterator[Want]:
    lines = version.condition_lines
    only_laws = bool(lines) and all(_ONLY_LAWS.match(text) for text in lines)
    yield Want(3, bool(lines), "没有受理条件", "一行写一条，每条都判断得出符合不符合。", must=True)
    yield Want(7, bool(lines) and not only_laws, "条件只写了法规名" if only_laws else "", "把条件本身写出来。")


def _materials(version: Version) -> Iterator[Want]:
    rows = version.material_rows
    none = version.no_materials and not rows
    yield Want(5, bool(rows) or none, "没有材料清单", "逐样填；不用交的勾“不用交材料”。", must=True)
    if not rows:
        yield Want(20, none, "", "")
        return
    wanted = [row for row in rows if row.need != "shared"]
    for share, label, fix, has in (
        (
            6,
            "份数",
            "写原件几份、复印件几份。",
            lambda row: row.originals or row.copies or row.form == "electronic",
        ),
        (5, "依据", "写要这样材料的条款。", lambda row: row.basis),
        (
            5,
            "填写样表",
            "放上样表或者示范文本的网址；证件类的写“出示原件”。",
            lambda row: row.sample or row.source != "own",
        ),
        (4, "审查要点", "写看什么、怎样算合格。", lambda row: row.points),
    ):
        lacking = [row.name for row in wanted if not has(row)]
        done = (len(wanted) - len(lacking)) / len(wanted) if wanted else 1.0
        if done:
            yield Want(share * done, True, "", "")
        if lacking:
            said = "、".join(lacking[:3]) + ("等" if len(lacking) > 3 else "")
            yield Want(share * (1 - done), False, f"{len(lacking)}样材料没有{label}：{said}", fix)


def _limits(version: Version) -> Iterator[Want]:
    timed = version.legal is not None and version.legal.unit is not Unit.NONE
    yield Want(4, version.legal is not None, "没有写法定时限", "法律没有规定的选“没有规定”。")
    yield Want(2, bool(version.legal_note) or not timed, "没有写法定时限的依据", "写到条款。")
    yield Want(
        6, version.promise is not None, "没有写承诺时限", "写数和单位；当场办得成的选“当场办结”。", must=True
    )
    yield Want(3, bool(version.case_type), "没有选办件类型", "当场办结的是即办件，别的是承诺件。", must=True)


def _steps(version: Version) -> Iterator[Want]:
    rows = version.step_rows
    yield Want(3, bool(rows), "没有办理流程", "一个环节一行：谁办、多久、办出什么。")
    yield Want(
        2, bool(rows) and all(row.who for row in rows), "有的环节没有写谁办" if rows else "", "写到科室或者岗位。"
    )
    yield Want(
        3, bool(version.result) or version.result_kind == "none", "没有写办理结果", "写发什么证、批什么文。"
    )
    yield Want(2, bool(version.delivery), "没有写结果怎样送达", "写当场领取、邮寄还是网上下载。")


def _fees(version: Version) -> Iterator[Want]:
    yield Want(2, version.charged is not None, "没有写收不收费", "不收费的也要写明。", must=True)
    rows = version.fee_rows
    told = version.charged is False or bool(rows and all(row.item and row.standard and row.basis for row in rows))
    yield Want(3, told, "", "")


def _contact(version: Version) -> Iterator[Want]:
    away = version.online == Online.WHOLE
    yield Want(3, bool(version.place) or away, "没有办理地点", "写到路名、门牌和楼层。", must=True)
    yield Want(3, bool(version.hours) or away, "没有办理时间", "写周几、几点到几点；有夏季时间的写起止日。")
    yield Want(4, bool(version.consult), "没有咨询电话", "写带区号的座机。", must=True)
    yield Want(5, bool(version.complaint), "没有监督投诉电话", "写同咨询不一样的电话。", must=True)


Wants = Callable[[Version], Iterator[Want]]
#: 组 → (名称, 在哪一部分改, 要有的)。
GROUPS: dict[str, tuple[str, str, Wants]] = {
    "identity": ("身份", "identity", _identity),
    "basis": ("依据", "basis", _basis),
    "conditions": ("条件", "conditions", _conditions),
    "materials": ("材料", "materials", _materials),
    "limits": ("时限", "limits", _limits),
    "steps": ("流程和结果", "steps", _steps),
    "fees": ("收费", "fees", _fees),
    "contact": ("去哪里、问谁", "contact", _contact),
}
