"""两版目录的差异,各领域之间的矛盾,一行里看得出的毛病。"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from gongkai.law import params
from gongkai.law.due_clauses import Clause
from gongkai.law.row_due import is_looser
from gongkai.law.timeliness import outdated, repealed

from .models import Row, Standard

#: 比对的列:名称和字段。
FIELDS = (
    ("公开内容", "content"),
    ("公开依据", "basis"),
    ("公开时限", "due_text"),
    ("公开主体", "subject"),
    ("公开渠道和载体", "channel_text"),
)


@dataclass(frozen=True, slots=True)
class Difference:
    """一处差异:是新增、删除还是改了;改了哪些列(列名、原来、现在);时限是不是变松。"""

    kind: str
    row: Row
    old: Row | None
    changes: tuple[tuple[str, str, str], ...] = ()
    is_looser: bool = False

    @property
    def label(self) -> str:
        return {"added": "新增", "removed": "删除", "changed": "修改"}[self.kind]


def differences(old: Iterable[Row], new: Iterable[Row]) -> list[Difference]:
    """What changed from one version to the next, in the order of the new one; removed rows last.

    Rows are the same by their items; several rows of one item by their content, then by their order.
    """
    before: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in old:
        before[row.key].append(row)
    found: list[Difference] = []
    for row in new:
        rows = before.get(row.key)
        if not rows:
            found.append(Difference("added", row, None))
            continue
        match = next((one for one in rows if one.content == row.content), rows[0])
        rows.remove(match)
        changes = tuple(
            (label, getattr(match, name), getattr(row, name))
            for label, name in FIELDS
            if getattr(match, name) != getattr(row, name)
        )
        if changes:
            found.append(Difference("changed", row, match, changes, is_looser(match.clauses, row.clauses)))
    found += [Difference("removed", row, row) for rows in before.values() for row in rows]
    return found


#: 同样的事,各领域的时限应当一样:叫法 → 事项、内容里的字。
_MATTERS = (
    ("行政处罚决定", re.compile(r"处罚(?:决定|结果)|行政处罚")),
    ("行政许可结果", re.compile(r"许可(?:决定|结果)|审批结果")),
    ("办事指南", re.compile(r"办事指南|服务指南|办理(?:流程|指南)")),
    ("政策文件", re.compile(r"政策(?:法规|文件)|法规文件|规范性文件")),
    ("监督检查结果", re.compile(r"(?:监督)?检查(?:结果|情况)|抽检结果|抽查结果")),
    ("机构信息", re.compile(r"机构(?:职能|信息|设置|简介)")),
)


@dataclass(frozen=True, slots=True)
class Contradiction:
    """同一类事在几个领域里时限不一样:叫法、各种写法和写着它的行。"""

    matter: str
    limits: tuple[tuple[str, tuple[Row, ...]], ...]


def contradictions(rows: Iterable[Row]) -> list[Contradiction]:
    """Matters of one kind whose limits differ between areas; within one catalogue several limits are its own affair."""
    by_matter: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        text = f"{row.level1}{row.level2}{row.level3}"
        for matter, pattern in _MATTERS:
            if pattern.search(text) and (limit := time_in_words(row.clauses)):
                by_matter[matter][limit].append(row)
                break
    found = []
    for matter, limits in by_matter.items():
        if len(limits) > 1 and len({row.standard_id for rows in limits.values() for row in rows}) > 1:
            ordered = sorted(limits.items(), key=lambda item: -len(item[1]))
            found.append(Contradiction(matter, tuple((limit, tuple(rows)) for limit, rows in ordered)))
    return found


_UNITS = {"workday": "个工作日", "day": "日", "week": "周", "month": "个月", "year": "年", "hour": "小时"}
_PERIODS = {
    "day": "每日",
    "week": "每周",
    "month": "每月",
    "quarter": "每季度",
    "half_year": "每半年",
    "year": "每年",
}
_KINDS = {
    "permanent": "长期公开",
    "promptly": "及时",
    "realtime": "实时",
    "anytime": "随时",
    "per_stage": "分阶段",
    "at_event": "当时",
    "other_rule_prevails": "从其规定",
    "unreadable": "看不清",
    "same_as_above": "同上",
}
_COUNTED = {
    "within": "{}内",
    "before_event": "提前{}",
    "display": "公示{}",
    "min_period": "不少于{}",
    "withdraw_after": "满{}撤下",
    "extension": "可延长{}",
}


def time_in_words(clauses: Sequence[Clause]) -> str:
    """The first clause that sets a time, in words; empty where none does."""
    for clause in clauses:
        if clause.kind in ("within", "before_event", "periodic", "annual_by_date"):
            return in_words(clause)
    return ""


def in_words(clause: Clause) -> str:
    """One clause as a short phrase.

    >>> in_words(Clause("periodic", period="quarter")), in_words(Clause("annual_by_date", month=3, day=31))
    ('每季度', '每年3月31日以前')
    """
    if clause.kind in _COUNTED:
        count = f"{clause.n}{_UNITS[clause.unit]}" if clause.n and clause.unit else "若干天"
        return _COUNTED[clause.kind].format(count)
    if clause.kind == "periodic":
        return _PERIODS.get(clause.period or "", "定期")
    if clause.kind == "annual_by_date":
        return f"每年{clause.month}月{f'{clause.day}日' if clause.day else ''}以前"
    return _KINDS.get(clause.kind, clause.kind)


def row_faults(row: Row, on: date) -> list[str]:
    """What is doubtful in a row by the rules of the guide: for the person who draws it up, nothing is forbidden by it."""
    faults = []
    text = f"{row.level1}{row.level2}{row.content}"
    most = params.at("disclosure.credit_publicity_days", on)
    if re.search(r"处罚(?:决定|结果)|许可(?:决定|结果)", text):
        longest = max(
            (one.n or 0 for one in row.clauses if one.kind == "within" and one.unit == "workday"), default=0
        )
        if longest > most.value:
            faults.append(
                f"许可、处罚的结果写了{longest}个{most.unit}，一般是{most.value}个{most.unit}（{most.source}）"
            )
    if re.search(r"预警", text) and any(one.kind == "within" and (one.n or 0) > 1 for one in row.clauses):
        faults.append("预警信息不能等这么久，应当立即公开")
    if re.search(r"开放时间|停止开放|联系电话", text) and any(one.kind == "permanent" for one in row.clauses):
        faults.append("内容常变，却写着长期公开，请写明多久更新")
    if name := outdated(row.basis, on):
        faults.append(f"依据《{name}》已经废止")
    if (
        re.search(r"低保|特困|危房|残疾|救助|补贴.{0,4}名单|困难", text)
        and "名单" in text
        and not any(one.kind in ("withdraw_after", "display") for one in row.clauses)
    ):
        faults.append("名单类内容没有写公示多久、何时撤下")
    if row.way and row.audience and row.audience.get("特定群体") is True:
        faults.append("特定群体没有写明是谁")
    if not row.due:
        faults.append("公开时限没有写，或者认不出来")
    return faults


def outdated_rows(rows: QuerySet[Row]) -> QuerySet[Row]:
    """Rows whose basis names a rule that is no longer in force, so that their catalogue is to be reviewed."""
    condition = Q(pk__in=[])
    for title, _ in repealed():
        condition |= Q(basis__contains=f"《{title}》")
    return rows.filter(condition)


def earlier(standard: Standard) -> list[Difference]:
    """The differences from the version that this one replaces; none for a first version."""
    if standard.replaces_id is None:
        return []
    return differences(Row.objects.filter(standard=standard.replaces_id), standard.rows.all())
