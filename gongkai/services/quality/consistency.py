"""一致性:时限、办件类型、环节、收费、份数、材料、依据、电话、链接、各处同一事项。编号 C1—C16 同检查表一致。"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.adapters.readers.services.limits import amount, amounts
from gongkai.law import guides as law
from gongkai.law import itemcode, params
from gongkai.law.agencies import AgencyKind
from gongkai.law.guides import Limit, Order, Unit

from ..models import Version
from ..terms import BodyKind, CaseType, ItemType, Level, Mark, Online
from .context import Around
from .findings import Finding

_UNITS = {"workday": Unit.WORKDAY, "day": Unit.DAY, "month": Unit.MONTH, "hour": Unit.HOUR}
_SEVERAL = re.compile(r"一式([二两三四五六七八九十\d])份")
_QUALIFIED = re.compile(
    r"(?:具有|具备|有)[^，。；\n]{0,16}资质[^，。；\n]{0,8}(?:机构|单位|公司)|(?:检测|评估|鉴定|评价|审计)机构出具"
)
_AGAIN = re.compile(r"延续|变更|换发|换领|注销|年审|校验|补领|补办|遗失")
_LOST = re.compile(r"遗失|补领|补办|挂失|丢失")
_OLD = re.compile(r"原(?:有)?[\u4e00-\u9fff]{0,8}(?:证|照)(?:原件|书|件)?")
_LANDLINE = re.compile(r"0\d{2,3}[-—－ ]?\d{7,8}")
_MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
_BEFORE = re.compile("预审|预受理|预核|预先审|网上初审|受理前")
_BRANCH = re.compile(r"\d{5,}")
#: 同一事项在各处逐项比的几样。
_COMPARED = (("承诺时限", "promise"), ("法定时限", "legal"), ("收不收费", "charged"), ("材料", "material_names"))


def consistency(version: Version, around: Around) -> Iterator[Finding]:
    """Everything that does not fit together."""
    yield from _limits(version, around)
    yield from _kinds(version)
    yield from _steps(version, around)
    yield from _fees(version, around)
    yield from _materials(version, around)
    yield from _contact(version, around)
    yield from _elsewhere(version, around)
    yield from _identity(version, around)


def _limits(version: Version, around: Around) -> Iterator[Finding]:
    for label, n, unit in (
        ("法定时限", version.legal_n, version.legal_unit),
        ("承诺时限", version.promise_n, version.promise_unit),
    ):
        timed = unit and unit not in (Unit.INSTANT, Unit.NONE)
        if timed and not n:
            yield Finding(
                Mark.STOP, "limits", f"{label}写的是0", "当场办得成的选“当场办结”；没有规定的选“没有规定”。"
            )
        if n and not unit:
            yield Finding(Mark.STOP, "limits", f"{label}没有单位", "选工作日、日、月或者小时。")
    order = law.compare(version.promise, version.legal, around.on)
    if version.promise and version.legal and order in (Order.OVER, Order.PERHAPS):
        mark = Mark.STOP if order is Order.OVER else Mark.WARN
        yield Finding(
            mark,
            "limits",
            f"承诺时限{version.promise.words}{order.label}法定时限{version.legal.words}",
            "承诺只能比法定的短；单位不同的，先换成同一种再比。",
        )
    yield from _by_text(version)
    permit = law.permit_limit(around.on)
    over = version.legal and version.legal.unit is Unit.WORKDAY and version.legal.n > permit.value
    if version.item_type == ItemType.LICENCE and over and not version.legal_note and version.legal:
        yield Finding(
            Mark.WARN,
            "limits",
            f"行政许可的法定时限写了{version.legal.words}，没有写依据",
            f"没有别的法律规定的，是{permit.value}个{permit.unit}。",
            permit.source,
        )


def _by_text(version: Version) -> Iterator[Finding]:
    """C2: the number stands in the article, but with another unit (自然日、工作日); or the article states another one."""
    if version.legal is None or version.legal.unit in (Unit.INSTANT, Unit.NONE):
        return
    for row in version.basis_rows:
        said = [Limit(found["n"], _UNITS[found["unit"]]) for found in amounts(row.text) if found["unit"] in _UNITS]
        same = [found for found in said if found.n == version.legal.n]
        if same and all(found.unit != version.legal.unit for found in same):
            yield Finding(
                Mark.STOP,
                "limits",
                f"法定时限写{version.legal.words}，《{row.law.strip('《》')}》的条文是{same[0].words}",
                "照条文改单位。",
                quote=same[0].words,
            )
        elif len(said) == 1 and not same:
            yield Finding(
                Mark.WARN,
                "limits",
                f"法定时限写{version.legal.words}，《{row.law.strip('《》')}》的条文只说到{said[0].words}",
                "核对条文说的是不是这个时限。",
                quote=said[0].words,
            )


def _kinds(version: Version) -> Iterator[Finding]:
    instant = version.promise is not None and version.promise.unit is Unit.INSTANT
    if version.promise and version.case_type == CaseType.INSTANT and not instant:
        yield Finding(
            Mark.WARN, "limits", f"即办件的承诺时限写了{version.promise.words}", "当场办不成的改成承诺件。"
        )
    if instant and version.case_type == CaseType.PROMISED:
        yield Finding(Mark.WARN, "limits", "承诺当场办结，却选了承诺件", "改成即办件。")
    if version.online == Online.WHOLE and version.visits:
        yield Finding(Mark.STOP, "contact", f"全程网办，又要到现场{version.visits}次", "核对后改一处。")
    if version.visits == 0 and version.online in (Online.NONE, Online.ASK, ""):
        yield Finding(Mark.WARN, "contact", "到现场0次，又没有网上办理的办法", "写明网上怎样办、能不能邮寄。")
    if version.visits and not version.visits_reason:
        yield Finding(
            Mark.WARN, "contact", f"要到现场{version.visits}次，没有写为什么", "写明原因，如核对本人、现场签字。"
        )


def _steps(version: Version, around: Around) -> Iterator[Finding]:
    rows = version.step_rows
    timed = [row.limit for row in rows if row.counted and row.unit and (row.n or row.unit == Unit.INSTANT)]
    total = law.apart(timed, around.on)
    if timed and total.limit and version.promise and version.promise.unit is not Unit.NONE:
        order = law.compare(total.limit, version.promise, around.on)
        if order in (Order.OVER, Order.PERHAPS):
            mark = Mark.STOP if order is Order.OVER and not total.about else Mark.WARN
            yield Finding(
                mark,
                "steps",
                f"各环节加起来{total.words}，超过承诺的{version.promise.words}",
                "改环节的时限或者承诺时限。",
            )
    for row in rows:
        if not row.counted and _BEFORE.search(row.name):
            said = f"“{row.name}”在受理以前又不计入时限，申请人等的比承诺的长"
            yield Finding(Mark.WARN, "steps", said, "并入受理；确要预审的，写明法律依据和最长时间，计入承诺。")
        elif not row.counted and not (row.n or row.bound):
            yield Finding(Mark.WARN, "steps", f"“{row.name}”不计入时限，没有写最长多久", "写依据和最长时间。")
    if version.item_type == ItemType.LICENCE and rows:
        lacking = [name for name in ("受理", "审", "送达") if not any(name in row.name for row in rows)]
        if lacking:
            names = "、".join("审查" if name == "审" else name for name in lacking)
            yield Finding(Mark.HINT, "steps", f"行政许可的流程里没有{names}", "补上这个环节，或者写在别的环节里。")


def _fees(version: Version, around: Around) -> Iterator[Finding]:
    rows = version.fee_rows
    if version.charged and not rows:
        yield Finding(Mark.STOP, "fees", "收费的，没有收费项目", "写项目、标准、依据、减免。")
    if version.charged is False and rows:
        yield Finding(Mark.STOP, "fees", f"不收费，又列了收费项目“{rows[0].item}”", "核对后改一处。")
    for row in rows if version.charged else []:
        lacking = [label for label, text in (("标准", row.standard), ("依据", row.basis)) if not text]
        if lacking:
            yield Finding(Mark.STOP, "fees", f"收费项目“{row.item}”没有{'、'.join(lacking)}", "照收费目录写。")
        if not row.relief:
            yield Finding(Mark.HINT, "fees", f"收费项目“{row.item}”没有写减免", "没有减免的写“无”。")
        if around.fees and row.item not in around.fees:
            yield Finding(
                Mark.STOP,
                "fees",
                f"收费项目“{row.item}”不在政府收费目录清单里",
                "不在目录里的不得收；名称不一样的照目录改。",
            )


def _materials(version: Version, around: Around) -> Iterator[Finding]:
    lost, again = _LOST.search(version.name), _AGAIN.search(version.name)
    for row in version.material_rows:
        several = _SEVERAL.search(row.name + row.points)
        if several and row.originals and amount(several[1]) != row.originals:
            yield Finding(
                Mark.STOP,
                "materials",
                f"“{row.name}”写{several[0]}，原件份数填了{row.originals}",
                "核对后改一处。",
            )
        if row.by and row.by not in around.intermediaries:
            yield Finding(
                Mark.STOP,
                "materials",
                f"“{row.name}”由“{row.by}”出具，中介服务清单里没有这一项",
                "没有列入清单的，不得作为受理条件；先报列入，或者去掉这样材料。",
                "《营商环境条例》第四十三条",
            )
        elif not row.by and _QUALIFIED.search(row.name + row.points):
            yield Finding(
                Mark.STOP,
                "materials",
                f"“{row.name}”要有资质的机构出具，没有写是清单里的哪一项中介服务",
                "填清单里的名称；清单没有的不得要。",
                "《营商环境条例》第四十三条",
            )
        if version.result and not again and version.result.strip("《》") == row.name.strip("《》"):
            yield Finding(
                Mark.WARN, "materials", f"材料要“{row.name}”，正是办出来的结果", "还没有办的人拿不出来，请核对。"
            )
        if lost and (old := _OLD.search(row.name)):
            yield Finding(Mark.WARN, "materials", f"丢了来补的，又要“{old[0]}”", "改成声明或者由部门核查。")
        keys = {situation.key: situation.options for situation in version.situation_rows}
        for key, options in row.when.items():
            if set(options) - set(keys.get(key, [])):
                yield Finding(Mark.STOP, "materials", f"“{row.name}”的适用情形在情形里没有", "先改情形，再选。")
    if version.condition_lines and not version.material_rows and not version.no_materials:
        yield Finding(
            Mark.HINT, "conditions", "有条件，没有材料或者核查的办法", "每个条件写明凭什么证明，或者由部门核查。"
        )


def _contact(version: Version, around: Around) -> Iterator[Finding]:
    for label, text in (("咨询", version.consult), ("投诉", version.complaint)):
        if _MOBILE.search(text):
            yield Finding(Mark.WARN, "contact", f"{label}电话是手机", "写单位的座机。")
        elif text and _BRANCH.search(text) and not _LANDLINE.search(text) and "12345" not in text:
            yield Finding(Mark.WARN, "contact", f"{label}电话没有区号", "写成0571-00000000的样子。")
    if version.consult and "12345" in version.consult and not _LANDLINE.search(version.consult):
        yield Finding(Mark.WARN, "contact", "用12345充当咨询电话", "写办理单位自己的电话。")
    if version.consult and version.consult == version.complaint:
        yield Finding(Mark.WARN, "contact", "咨询电话和投诉电话是同一个", "投诉的不要由被投诉的人接。")
    if version.item_type == ItemType.LICENCE and not version.remedy:
        yield Finding(Mark.WARN, "contact", "行政许可没有写救济途径", "写向哪里申请行政复议、向哪个法院起诉。")
    if version.cancel_on and version.cancel_on <= around.on and version.guide.state == "live":
        yield Finding(
            Mark.STOP, "identity", f"计划{version.cancel_on}取消，已经过了", "取消这个事项，或者改日期。"
        )
    points = params.at("services.deductions", around.on).value["dead_link"]
    numbers = re.sub(r"[—－ ]", "-", f"{version.consult} {version.complaint} {version.complaint_ways}")
    for number in around.bad_phones.get(version.guide_id, []):
        if number in numbers:
            said = f"打过的电话{number}是空号或者不是这里"
            yield Finding(Mark.WARN, "contact", said, "换成现在的。", points=points)
    for link in around.bad_links.get(version.guide_id, []):
        yield Finding(
            Mark.WARN,
            "contact",
            f"网址{link.get_state_display()}：{link.url[:80]}",
            "打开核对，换成现在的。",
            points=points,
        )


def _elsewhere(version: Version, around: Around) -> Iterator[Finding]:
    """C10, C12: the same item of another unit, field by field; a guide that only changed its name."""
    points = params.at("services.deductions", around.on).value["differs"]
    for other in around.others(version):
        for label, name in _COMPARED:
            mine, theirs = _value(version, name), _value(other, name)
            if mine != theirs and mine and theirs:
                yield Finding(
                    Mark.WARN,
                    "identity",
                    f"{label}同{other.guide.agency}的“{other.name}”不一样：这里{mine}，那里{theirs}",
                    "以牵头单位的为准，改一致。",
                    points=points,
                )


def _value(version: Version, name: str) -> str:
    if name == "material_names":
        return "、".join(sorted(row.name for row in version.material_rows))[:60]
    if name == "charged":
        return {True: "收费", False: "不收费", None: ""}[version.charged]
    found = getattr(version, name)
    return found.words if found else ""


def _identity(version: Version, around: Around) -> Iterator[Finding]:
    points = params.at("services.deductions", around.on).value["code"]
    level = Level.from_value(version.level).label if version.level else ""
    for what in itemcode.problems(version.code, level=level):
        yield Finding(Mark.WARN, "identity", what, "从省里的事项库重抄；各地编法不同的，请核对。", points=points)
    if version.body_kind == BodyKind.ENTRUSTED and not version.entrusted_by:
        yield Finding(Mark.STOP, "identity", "受委托的组织没有写委托部门", "写委托的行政机关。")
    if (
        version.item_type == ItemType.LICENCE
        and version.guide.agency.kind == AgencyKind.TOWN
        and version.power in ("", "own")
    ):
        yield Finding(
            Mark.WARN, "identity", "乡镇（街道）作许可机关，没有写权力从哪里来", "下放、授权、委托的选明。"
        )
