"""同上级平台交换申请:按对照表读 CSV、XLSX、JSON,一件一件对账,能收的收下。再导一次不会多出来。

对账的结论:新增、相同、有变化(补上对方有、我方没有的答复)、不一致(两边都有而不同,由人判断)、退回(读不成,说明原因);
我方有、对方没有的另列“仅本系统有”。
"""

from __future__ import annotations

import csv
import io
import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

from django.conf import settings
from python_calamine import CalamineError, CalamineWorkbook

from gongkai.adapters.files import Kind, kind_of
from gongkai.adapters.files.decode import decode
from gongkai.law import replies
from gongkai.law.errors import LawError, RuleBroken
from gongkai.law.receipt import Channel
from gongkai.org.models import Agency, User

from .actions import Intake
from .actions.imports import import_case, import_reply
from .models import Application
from .terms import ApplicantKind, Manner, Way

MOST_ROWS = 200_000
_DAYS = ("arrived_on", "confirmed_on", "extended_on", "replied_on")
_TERMS: dict[str, list[tuple[str, str]]] = {
    "channel": Channel.choices(),
    "applicant_kind": ApplicantKind.choices(),
    "manner": Manner.choices(),
    "way": Way.choices(),
    "outcome": [(key, one.label) for key, one in replies.outcomes().items()],
}
_DEFAULTS = {"channel": "web", "applicant_kind": "person", "manner": "electronic", "way": "web"}


@dataclass(frozen=True, slots=True)
class Table:
    """对照表:本系统的项 → 对方的列名;对方的写法 → 本系统的写法。"""

    columns: dict[str, tuple[str, ...]]
    values: dict[str, dict[str, str]]


@dataclass(frozen=True, slots=True)
class Line:
    """对账的一行:第几行、对方编号、结论、说明、我方的受理编号。"""

    row: int
    source_id: str
    verdict: str
    note: str = ""
    number: str = ""


@dataclass(slots=True)
class Report:
    """一次对账的全部结论。"""

    lines: list[Line] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        """How many of each verdict, in a fixed order."""
        return {
            verdict: sum(line.verdict == verdict for line in self.lines)
            for verdict in ("新增", "有变化", "相同", "不一致", "退回", "仅本系统有")
        }


def mapping() -> Table:
    """The office's own table, else the shipped one. Raises RuleBroken if it is not right."""
    own = Path(settings.GONGKAI_DATA) / "exchange.toml"
    text = (
        own.read_text("utf-8")
        if own.exists()
        else files("gongkai.foi").joinpath("data/exchange.toml").read_text("utf-8")
    )
    try:
        data = tomllib.loads(text)
        columns = {key: tuple(names) for key, names in data["columns"].items()}
        return Table(columns, data.get("values", {}))
    except (tomllib.TOMLDecodeError, KeyError, TypeError, AttributeError) as error:
        raise RuleBroken(f"对照表 exchange.toml 写得不对（{error}）", fix="请照样本改好。") from None


def read(content: bytes, name: str) -> Iterator[dict[str, str]]:
    """The rows of a file as text by column name. Raises RuleBroken if it is no table."""
    kind = kind_of(content)
    try:
        if kind in (Kind.XLSX, Kind.XLS, Kind.ODS):
            yield from _sheet(content)
        elif content.lstrip()[:1] in (b"[", b"{"):
            yield from _json(content)
        elif kind in (Kind.TXT, Kind.CSV):
            text = decode(content, name)[0].removeprefix("\ufeff")
            yield from ({k: v or "" for k, v in row.items() if k} for row in csv.DictReader(io.StringIO(text)))
        else:
            raise RuleBroken(f"《{name}》不是表格", fix="请给出 CSV、XLSX 或者 JSON。")
    except (ValueError, TypeError, KeyError, csv.Error, CalamineError, RecursionError) as error:
        if isinstance(error, LawError):
            raise
        raise RuleBroken(f"《{name}》读不出来", fix="请用原来的软件另存一份再导入。") from None


def _sheet(content: bytes) -> Iterator[dict[str, str]]:
    rows = iter(CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).iter_rows())
    head = [str(cell).strip() for cell in next(rows, [])]
    for row in rows:
        yield {name: _text(cell) for name, cell in zip(head, row, strict=False) if name}


def _json(content: bytes) -> Iterator[dict[str, str]]:
    data = json.loads(content.decode("utf-8-sig"))
    for row in data if isinstance(data, list) else data.get("applications", []):
        if not isinstance(row, dict):
            raise ValueError("not an object")
        yield {str(key): _text(value) for key, value in row.items()}


def _text(cell: Any) -> str:
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell).strip()


def reconcile(
    rows: Iterator[dict[str, str]],
    source: str,
    *,
    by: User,
    at: datetime,
    dry: bool,
) -> Report:
    """Take in what is new, add the replies that came since, and say of each row what became of it.

    Args:
        source: the name of the other system; its numbers are unique within it.
        dry: only look; nothing is written.
    """
    table, report, seen = mapping(), Report(), set()
    agencies = {name: one for one in Agency.objects.all() for name in (one.name, one.code, one.short_name) if name}
    for number, row in enumerate(rows, 2):
        if number > MOST_ROWS:
            raise RuleBroken(f"超过{MOST_ROWS}行", fix="请分几次导入。")
        if not any(row.values()):
            continue
        found = _mapped(row, table)
        key = found.get("source_id", "")
        try:
            if not key:
                raise RuleBroken("没有编号", fix="请补上对方的编号。")
            if key in seen:
                raise RuleBroken("编号在文件里重复", fix="请核对。")
            seen.add(key)
            report.lines.append(_one(number, key, _checked(found, agencies), source, by=by, at=at, dry=dry))
        except LawError as error:
            report.lines.append(Line(number, key, "退回", str(error)))
    ours = Application.objects.filter(source=source).exclude(source_id__in=seen)
    report.lines += [Line(0, one.source_id, "仅本系统有", "", one.number) for one in ours.iterator()]
    return report


def _mapped(row: Mapping[str, str], table: Table) -> dict[str, str]:
    found = {}
    for key, names in table.columns.items():
        value = next((row[name].strip() for name in names if row.get(name, "").strip()), "")
        if value:
            found[key] = table.values.get(key, {}).get(value, value)
    return found


def _checked(found: dict[str, str], agencies: dict[str, Agency]) -> dict[str, Any]:
    """Values of the right kind. Raises RuleBroken with what is wrong."""
    values: dict[str, Any] = {**_DEFAULTS, **found}
    for key, terms in _TERMS.items():
        if key in values:
            known = {text: one for one, label in terms for text in (one, label)}
            if values[key] not in known:
                raise RuleBroken(f"不认得“{values[key]}”", fix=f"请在对照表的 values.{key} 里写明。")
            values[key] = known[values[key]]
    for key in _DAYS:
        if key in values:
            values[key] = _day(values[key])
    if values.get("agency") not in agencies:
        raise RuleBroken(f"没有“{values.get('agency', '')}”这个单位", fix="请核对单位名称或者代码。")
    values["agency"] = agencies[values["agency"]]
    for key in ("name", "description", "arrived_on"):
        if not values.get(key):
            raise RuleBroken(
                {"name": "没有申请人", "description": "没有所需信息", "arrived_on": "没有提交日期"}[key],
                fix="请补上。",
            )
    return values


def _day(text: str) -> date:
    plain = text.replace("年", "-").replace("月", "-").replace("日", "").replace("/", "-").replace(".", "-")
    try:
        return date(*(int(part) for part in plain.split()[0].split("T")[0].split("-")[:3]))
    except (ValueError, TypeError, IndexError):
        raise RuleBroken(f"日期“{text}”不对", fix="请写成“年-月-日”。") from None


def _one(row: int, key: str, values: dict[str, Any], source: str, *, by: User, at: datetime, dry: bool) -> Line:
    application = Application.objects.filter(source=source, source_id=key).select_related("agency").first()
    if application is None:
        if dry:
            return Line(row, key, "新增")
        return Line(row, key, "新增", "", import_case(_intake(values, source, key), values, by=by, at=at).number)
    differ = _differences(application, values)
    if differ:
        return Line(row, key, "不一致", "；".join(differ), application.number)
    if values.get("replied_on") and application.is_open:
        if not dry:
            import_reply(application, values, by=by, at=at)
        return Line(row, key, "有变化", f"补上答复（{values['replied_on']}）", application.number)
    return Line(row, key, "相同", "", application.number)


def _differences(application: Application, values: dict[str, Any]) -> list[str]:
    pairs = [
        ("受理机关", str(application.agency), str(values["agency"])),
        ("提交日期", str(application.arrived_on), str(values["arrived_on"])),
    ]
    if not application.is_open and values.get("replied_on"):
        pairs.append(
            ("答复日期", str(application.answered_on or application.closed_on), str(values["replied_on"]))
        )
        if values.get("outcome"):
            labels = {key: found.label for key, found in replies.outcomes().items()}
            pairs.append(("处理结果", labels.get(application.outcome, ""), labels[values["outcome"]]))
    return [f"{name}：我方{ours}，对方{theirs}" for name, ours, theirs in pairs if ours != theirs]


def _intake(values: dict[str, Any], source: str, key: str) -> Intake:
    known = ("name", "identity", "phone", "email", "address")
    return Intake(
        agency=values["agency"],
        applicant_kind=values["applicant_kind"],
        personal={name: values[name] for name in known if values.get(name)},
        description=values["description"],
        manner=values["manner"],
        way=values["way"],
        doc_number=values.get("doc_number", ""),
        source=source,
        source_id=key,
    )


EXPORT = (
    "编号",
    "受理机关",
    "渠道",
    "申请日期",
    "收到日期",
    "申请人类别",
    "申请人",
    "所需信息",
    "文号",
    "提供方式",
    "获取途径",
    "应答复日",
    "延期工作日",
    "答复日期",
    "处理结果",
    "是否逾期",
)


def export_row(application: Application) -> list[Any]:
    """A row that ``read`` and ``reconcile`` take back; the applicant masked unless an organisation."""
    days = next(
        (step.extra.get("days") for step in application.steps.all() if step.kind == "extended" and not step.void),
        "",
    )
    return [
        application.number,
        application.agency.name,
        application.get_channel_display(),
        application.arrived_on,
        application.received_on,
        application.get_applicant_kind_display(),
        application.applicant,
        application.shown_description,
        application.doc_number,
        application.get_manner_display(),
        application.get_way_display(),
        application.due_on or "",
        days or "",
        application.answered_on or "",
        application.get_outcome_display(),
        "是" if application.late else "",
    ]
