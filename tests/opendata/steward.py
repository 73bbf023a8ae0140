"""一个单位管数据的人:编目、交数据、定级、判定、签字,测试照着正式的动作走。"""

from __future__ import annotations

from gongkai.law.agencies import Role
from gongkai.law.opendata.terms import Cycle, Domain
from gongkai.opendata import actions
from gongkai.opendata.models import Dataset

PARKING = """停车场名称,地址,所属镇街,车位数,单价,启用日期
湖东路停车场,湖东路12号,望湖街道,120,2.50,2020-05-01
柳堤停车场,柳堤路3号,柳堤街道,80,3.00,2019-03-15
医院北停车场,人民路20号,望湖街道,240,2.00,2021-11-30
白鹭停车场,白鹭路1号,白鹭镇,60,1.50,2018-07-01
"""
ENTRY = {
    "title": "公共停车场名录",
    "summary": "全区公共停车场的名称、地址、所属镇街、车位数和单价，每月更新，可用于出行服务。",
    "office": "综合科",
    "phone": "0571-00000001",
    "domain": Domain.TRANSPORT,
    "cycle": Cycle.MONTHLY,
    "tags": "停车、交通",
}


class Steward:
    """Whoever keeps the data of an agency; the moment is given once and moved by the test."""

    def __init__(self, agency, people, at) -> None:
        self.agency, self.people, self.at = agency, people, at
        self.clerk, self.head, self.office = (people[role] for role in (Role.CLERK, Role.HEAD, Role.OFFICE))

    def entry(self, **values) -> Dataset:
        return actions.catalogue(self.agency, ENTRY | values, by=self.clerk, at=self.at)

    def report(self, dataset, text=PARKING, name="parking.csv"):
        """(version, report) of what is handed in."""
        data = text.encode() if isinstance(text, str) else text
        return actions.upload(dataset, data, name, by=self.clerk, at=self.at)

    def uploaded(self, dataset, text=PARKING, name="parking.csv"):
        version, report = self.report(dataset, text, name)
        assert version is not None, report["faults"]
        return version

    def graded(self, dataset, level="L1", **more) -> Dataset:
        """Every field explained and of this level; ``more`` changes fields by name."""
        rows = []
        for field in dataset.fields.all():
            row = {**field.described(), "meaning": field.title, "level": level, "is_quasi": False}
            rows.append(row | more.get(field.name, {}))
        return actions.save_fields(dataset, rows, by=self.clerk, at=self.at)

    def judged(self, dataset, **answers):
        conditions = answers.pop("conditions", "")
        return actions.judge(
            dataset, answers, conditions=conditions, basis=answers.pop("basis", ""), by=self.clerk, at=self.at
        )

    def fresh(self, dataset) -> Dataset:
        return Dataset.objects.select_related("agency", "current").get(pk=dataset.pk)

    def opened(self, text=PARKING, **values) -> Dataset:
        """A dataset that everybody may use."""
        dataset = self.entry(**values)
        version = self.uploaded(dataset, text)
        self.graded(dataset)
        actions.approve(self.judged(dataset), by=self.office, at=self.at)
        actions.open_version(version, "没有个人信息。", by=self.head, at=self.at)
        return self.fresh(dataset)

    def restricted(self, title="企业用能明细", text=PARKING) -> Dataset:
        """A dataset to be had on application."""
        dataset = self.entry(title=title)
        version = self.uploaded(dataset, text)
        self.graded(dataset, "L3")
        ruling = self.judged(dataset, authorised=True, conditions="只用于研究，在安全域内使用。")
        actions.approve(ruling, by=self.office, at=self.at)
        actions.open_version(version, "按受限开放。", by=self.head, at=self.at)
        return self.fresh(dataset)

    def next_version(self, dataset, text) -> Dataset:
        actions.open_version(self.uploaded(dataset, text), "没有个人信息。", by=self.head, at=self.at)
        return self.fresh(dataset)
