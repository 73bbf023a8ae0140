"""一件政策和从里面拆出来的一个事项,给云诊所的测试用。"""

from __future__ import annotations

from gongkai.policies import actions
from gongkai.policies.models import Fact, Measure
from gongkai.records.models import Record
from tests.records.office import AT, Office

QUOTE = "户籍在本区、年满八十周岁的老年人"
BODY = (
    f"<p><strong>第二条</strong>　本办法适用于{QUOTE}。</p><p><strong>第三条</strong>　每月发放一百至五百元。</p>"
    * 2
)
VALUES = {
    "title": "高龄津贴",
    "audience": "person",
    "benefit": "每月发给津贴。",
    "benefit_article": "第三条",
    "amount_kind": "range",
    "amount_data": {"yuan": "100", "high": "500"},
    "place": "镇街便民服务中心",
    "how": "本人或者家人申请。",
    "contact": "0571-00000000",
    "materials": "申请表\n户口簿",
    "estimated": 4000,
    "estimated_from": "2023年底户籍人口",
}


def policy(office: Office, title: str = "明湖区高龄津贴发放办法", **description) -> Record:
    number = Record.objects.count() + 1
    wanted = {"title": title, "doc_number": f"明政办发〔2024〕{number}号", "effective_on": AT.date(), "body": BODY}
    return office.publish("normative", **{**wanted, **description})


def age(office: Office) -> Fact:
    values = {"key": "age", "label": "今年多少周岁", "kind": "number", "unit": "周岁"}
    return Fact.objects.filter(key="age").first() or actions.add_fact(values, by=office.clerk, at=AT)


def draft(office: Office, paper: Record | None = None, **values) -> Measure:
    made = actions.draft_measure(paper or policy(office), {**VALUES, **values}, by=office.clerk, at=AT)
    actions.add_condition(made, age(office), {"low": "80"}, quote=QUOTE, article="第二条", by=office.clerk, at=AT)
    return made


def measure(office: Office, paper: Record | None = None, **values) -> Measure:
    return actions.publish_measure(draft(office, paper, **values), by=office.head, at=AT)
