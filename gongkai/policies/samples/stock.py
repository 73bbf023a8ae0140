"""样本区历年的规范性文件,和它们后来的各种变动:修改、废止、部分废止、日期不明、延长、暂停、清理、撤并承继。"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from datetime import date
from importlib.resources import files
from typing import Any

from gongkai.law.agencies import Role
from gongkai.law.calendar import DAY
from gongkai.law.marks import long_day
from gongkai.law.normative import EffectKind, Outcome
from gongkai.org.sample import LAST_DAY, moment
from gongkai.policies import actions
from gongkai.policies.models import Batch, Document
from gongkai.records import actions as records
from gongkai.records.models import Edition, Record

BODY = """<p>各镇人民政府、街道办事处，区政府各部门，各有关单位：</p><p>现将《明湖区{name}》印发给你们，请认真贯彻执行。</p>
<h2>明湖区{name}</h2><p><strong>第一条</strong>　为了规范有关工作，方便群众和企业办事，结合本区实际，制定本{kind}。</p>
<p><strong>第二条</strong>　本{kind}适用于{who}。</p><p><strong>第三条</strong>　{rule}。</p>
<p><strong>第四条</strong>　申请人向{agency}或者所在镇街便民服务中心提出申请，提交申请表；能够通过数据共享取得的材料，不用提交。</p>
<p><strong>第五条</strong>　受理单位应当及时审核，符合条件的予以办理；不符合的，一次性说明理由。</p>
<p><strong>第六条</strong>　本{kind}自{start}起施行{term}。</p>"""
Desks = dict[str, Any]


def load(
    desks: Desks, until: date, publish: Callable[..., object], progress: Callable[[str, int, int], None]
) -> None:
    """The papers in the order of their days; then what happened to them, and the newest."""
    rows = _rows()
    for number, (day, code, *words) in enumerate(rows, 1):
        _paper(desks[code], day, *words, publish=publish)
        if number % 10 == 0 or number == len(rows):
            progress("规范性文件", number, len(rows))
    _happened(desks, publish)
    _reviews(desks)
    _clean_up(desks, publish)
    for line in _lines("recent"):
        code, days, name, who, rule = line.split(";")
        _paper(desks[code], until - DAY * int(days), name, who, rule, publish=publish)


def _lines(key: str) -> list[str]:
    table = tomllib.loads(files("gongkai.policies").joinpath("data", "demo_stock.toml").read_text("utf-8"))
    return table[key].strip().splitlines()


def _rows() -> list[tuple[date, str, str, str, str]]:
    found = []
    for n, line in enumerate(_lines("papers")):
        code, year, name, who, rule = line.split(";")
        found.append((date(int(year), n * 5 % 12 + 1, n * 7 % 24 + 3), code, name, who, rule))
    return sorted(found)


def _paper(desk: Any, day: date, name: str, who: str, rule: str, *, publish: Callable[..., object]) -> None:
    start = day + DAY * 30
    expires = start.replace(year=start.year + 5, day=min(start.day, 28)) - DAY if day.year >= 2015 else None
    kind = next(one for one in ("细则", "规定", "办法") if name.endswith(one))
    year_of = Record.objects.filter(number_code=f"{_code(desk)}规", number_year=day.year).count() + 1
    body = BODY.format(
        name=name,
        kind="细则" if kind == "细则" else kind,
        who=who,
        rule=rule,
        agency=desk.agency.name,
        start=long_day(start),
        term="，有效期五年" if expires else "",
    )
    edition = records.create(
        desk.agency,
        "normative",
        by=desk.people[Role.CLERK],
        at=moment(day, 9),
        made_on=day,
        effective_on=start,
        genre="通知",
        title=f"{desk.agency.name}关于印发《明湖区{name}》的通知",
        doc_number=f"{_code(desk)}规〔{day.year}〕{year_of}号",
        expires_on=expires,
        body=body,
        source=desk.agency.name,
        subject="综合政务/其他",
    )
    publish(edition, desk, day + DAY * 3)


def _code(desk: Any) -> str:
    return desk.agency.number_codes[0].removesuffix("发")


def _document(name: str) -> Document:
    return Document.objects.select_related("record__agency").get(record__title__contains=f"《明湖区{name}》")


def _happened(desks: Desks, publish: Callable[..., object]) -> None:
    """One of every kind of change, and then some."""
    office, at = desks["MH0101"].people[Role.OFFICE], moment(LAST_DAY - DAY * 30, 10)

    def happen(name: str, kind: EffectKind, on: date | None = None, **more: Any) -> None:
        given = {"source_note": "明湖区人民政府常务会议纪要", **more}
        actions.happen(_document(name), kind, on=on, by=office, at=at, **given)

    later = {
        one: _document(one).record
        for one in (
            "促进民营经济高质量发展若干规定",
            "高龄津贴发放办法",
            "既有住宅加装电梯补助实施细则",
            "个体工商户纾困补助办法",
            "残疾人辅助器具补贴办法",
            "粮食规模种植补贴办法",
            "企业数字化改造补助办法",
            "重大行政决策公众参与办法",
        )
    }
    for name, day in (
        ("居家养老服务促进办法", date(2019, 6, 1)),
        ("民宿管理办法", date(2021, 3, 1)),
        ("科技创新券管理办法", date(2022, 1, 1)),
    ):
        edition = _amended(desks, name, day, publish)
        happen(name, EffectKind.AMEND, day, articles="第三条", edition=edition)
    happen("农村危房改造补助办法", EffectKind.AMEND, date(2023, 3, 1), articles="第二条、第三条")
    happen(
        "政府投资项目管理办法",
        EffectKind.AMEND,
        by_day=date(2014, 12, 31),
        articles="第五条",
        source_note="历年修改，原件没有找到",
    )
    happen(
        "行政规范性文件备案规定",
        EffectKind.REPEAL_PART,
        date(2022, 2, 1),
        articles="第四条",
        source=later["重大行政决策公众参与办法"],
    )
    happen("工业企业分类评价办法", EffectKind.REPEAL, date(2024, 8, 1), source=later["企业数字化改造补助办法"])
    happen(
        "农民专业合作社扶持办法",
        EffectKind.REPEAL,
        by_day=date(2018, 12, 31),
        source_note="机构改革前的清理清单（原件没有日期）",
    )
    happen(
        "中小企业信用担保补助办法",
        EffectKind.LAPSE,
        date(2018, 6, 1),
        source_note="明湖区2018年规范性文件清理决定",
    )
    happen(
        "居住证积分管理办法",
        EffectKind.SUSPEND,
        date(2020, 3, 1),
        until=date(2020, 12, 31),
        source_note="疫情防控期间的通告",
    )
    happen(
        "户外广告设置管理办法", EffectKind.SUSPEND, date(2023, 5, 1), source_note="关于开展户外广告专项整治的通告"
    )
    happen("菜市场改造补助办法", EffectKind.SUSPEND, date(2019, 1, 1), source_note="关于调整专项资金的通知")
    happen("菜市场改造补助办法", EffectKind.RESUME, date(2020, 7, 1), source_note="关于恢复专项资金的通知")
    happen(
        "电动自行车管理规定",
        EffectKind.COMMENCE_PART,
        date(2020, 10, 16),
        articles="第四条",
        source_note="本规定第六条",
    )
    happen("临时用地管理办法", EffectKind.COMMENCE, date(2022, 1, 1), source_note="关于推迟施行的通知")
    happen(
        "中介服务管理办法",
        EffectKind.EXTEND,
        date(2023, 1, 10),
        until=date(2027, 12, 31),
        source_note="有效期评估结论",
    )
    happen(
        "河道保洁考核办法",
        EffectKind.EXTEND,
        date(2023, 2, 1),
        until=date(2027, 6, 30),
        source_note="有效期评估结论（届满以后）",
    )
    happen("农村五保供养办法", EffectKind.KEEP, date(2018, 6, 1), source_note="明湖区2018年规范性文件清理决定")
    happen("残疾人就业扶持办法", EffectKind.REPEAL, date(2024, 9, 1), source=later["残疾人辅助器具补贴办法"])


def _amended(desks: Desks, name: str, day: date, publish: Callable[..., object]) -> Edition:
    """The text as amended, signed as a new edition on that day."""
    record = _document(name).record
    desk = next(one for one in desks.values() if one.agency.pk == record.agency_id)
    clerk, at = desk.people[Role.CLERK], moment(day - DAY * 5, 9)
    edition = records.revise(record, by=clerk, at=at, change_note="按修改决定整理的文本。")
    body = edition.body.replace("</p>\n<p><strong>第四条", "；标准每年调整一次，向社会公布</p>\n<p><strong>第四条")
    edition = records.save(edition, {"body": body}, by=clerk, at=at, revision=edition.revision)
    publish(edition, desk, day - DAY * 2)
    return Edition.objects.get(pk=edition.pk)


def _reviews(desks: Desks) -> None:
    """Most have the record of their legality review; some old ones have none."""
    rows = Document.objects.filter(record__made_on__year__gte=2012).select_related("record__agency").order_by("pk")
    for row in rows:
        if row.pk % 9 == 0:
            continue
        day = row.record.made_on - DAY * 6
        legal = next(desk for desk in desks.values() if desk.agency.pk == row.record.agency_id).people[
            Role.LEGAL_REVIEWER
        ]
        actions.review(
            row,
            number=f"明司审〔{day.year}〕{row.number_seq}号",
            on=day,
            reviewer="明湖区司法局",
            opinion="主体适格，权限合法，内容同上位法不抵触，程序符合规定。",
            by=legal,
            at=moment(day, 10),
        )


def _clean_up(desks: Desks, publish: Callable[..., object]) -> None:
    """The clean-up of 2024 brought to its end; that of 2026 under way."""
    desk, office = desks["MH0101"], desks["MH0101"].people[Role.OFFICE]
    day = date(2024, 11, 18)
    batch = actions.open_batch("2024年行政规范性文件清理", date(2014, 12, 31), by=office, at=moment(day, 9))
    ends = (Outcome.KEEP, Outcome.KEEP, Outcome.REPEAL, Outcome.KEEP, Outcome.LAPSE, Outcome.KEEP, Outcome.AMEND)
    reasons = {
        Outcome.REPEAL: "同上位法不一致。",
        Outcome.LAPSE: "调整对象已经消失。",
        Outcome.AMEND: "部分条款不适应机构改革。",
    }
    _rule(batch, ends, reasons, office, day)
    edition = records.create(
        desk.agency,
        "document",
        by=desk.people[Role.CLERK],
        at=moment(day, 14),
        made_on=day,
        genre="通知",
        title="明湖区人民政府办公室关于公布2024年行政规范性文件清理结果的通知",
        doc_number="明政办规〔2024〕9号",
        source=desk.agency.name,
        body="<p>各镇人民政府、街道办事处，区政府各部门：</p><p>2024年行政规范性文件清理工作已经完成，继续有效、拟修改、废止和宣布失效的目录见文件库。</p>",
    )
    publish(edition, desk, day + DAY)
    result = Record.objects.get(pk=edition.record_id)
    actions.close(batch, result, date(2024, 12, 1), by=office, at=moment(day + DAY * 2, 9))
    under_way = actions.open_batch(
        "2026年行政规范性文件清理", date(2020, 12, 31), by=office, at=moment(LAST_DAY - DAY * 9, 9)
    )
    _rule(under_way, ends[:3], reasons, office, LAST_DAY - DAY * 8, share=2)


def _rule(batch: Batch, ends: Any, reasons: dict[Outcome, str], office: Any, day: date, *, share: int = 1) -> None:
    for n, document in enumerate(batch.scope().select_related("record__agency").order_by("pk")):
        if n % share == 0:
            outcome = ends[n // share % len(ends)]
            actions.rule(batch, document, outcome, reasons.get(outcome, ""), by=office, at=moment(day, 10))
