"""样本区的决策和会议:去年的目录总公开了,今年的公布着,明年的正在征集;六项决策各在一个环节,两轮正在征求意见;四次会议,一次在接受列席报名。"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from datetime import date
from importlib.resources import files
from typing import Any

from gongkai.adapters.files import Kind
from gongkai.decisions import actions, demo_meetings
from gongkai.decisions.attached import Attached
from gongkai.decisions.entering import Row
from gongkai.decisions.models import CatalogueItem, CatalogueYear, Consultation, Dossier
from gongkai.decisions.terms import ItemState
from gongkai.law.agencies import Role
from gongkai.law.calendar import DAY
from gongkai.law.consultation import Channel, Disposition
from gongkai.law.decisions import Step
from gongkai.org.sample import GOVERNMENT, OFFICE, District, moment
from gongkai.records import actions as records

Publish = Callable[..., Any]


def load(district: District) -> None:
    """Everything of the room, through its own actions; the dates are counted back from ``until``."""
    table = tomllib.loads(files("gongkai.decisions").joinpath("data", "demo.toml").read_text("utf-8"))
    _Sample(district, table).load()


class _Sample:
    """One loading: the desks by agency, the last day, how a record is published, the table of what there is."""

    def __init__(self, district: District, table: dict[str, Any]) -> None:
        self.district, self.table = district, table
        self.desks, self.until, self.publish = district.desks, district.until, district.publish
        self.government = self.desks[GOVERNMENT].agency
        self.office = self.desks[OFFICE].people[Role.OFFICE]

    def load(self) -> None:
        self._last_year()
        items = self._this_year()
        self._next_year()
        meals, lane, parking, bus, schools, _ = self._dossiers(items)  # 最后一项还是建议
        self._executed(schools)
        self._discussed(bus)
        self._open(meals, 18, 12, self._opinions(meals) * 2)
        self._crowd(self._open(lane, 6, 25, self._opinions(lane)))
        self._answered(parking)
        demo_meetings.load(self.district, self.table, bus)

    def _clerk(self, code: str) -> Any:
        return self.desks[code].people[Role.CLERK]

    def _year(self, year: int, rows: list[dict[str, Any]], opened: date, published: date) -> list[CatalogueItem]:
        made = CatalogueYear.objects.filter(agency=self.government, year=year).first() or actions.open_year(
            self.government, year, by=self.office, at=moment(opened, 9)
        )
        carried = {item.title for item in made.items.all()}
        for number, row in enumerate(rows):
            if row["title"] not in carried:
                values = {
                    "title": row["title"],
                    "lead": self.desks[row["lead"]].agency,
                    "procedures": row.get("procedures", ["participation", "legality", "discussion"]),
                    "planned_on": date(year, 6 + number, 28),
                    "basis": "《重大行政决策程序暂行条例》第三条",
                }
                actions.add_item(made, values, by=self.office, at=moment(opened + DAY * 20, 9))
        given = {
            "meeting": f"区政府第{year - 1990}次常务会议",
            "meeting_on": published - DAY * 12,
            "party_consent_on": published - DAY * 4,
            "party_number": f"明委函〔{year}〕9号",
        }
        actions.save_year(made, given, by=self.office, at=moment(published, 8))
        edition = actions.draft_catalogue(made, by=self._clerk(GOVERNMENT), at=moment(published, 8, 30))
        self.publish(edition, self.desks[GOVERNMENT], published)
        return list(made.items.order_by("order"))

    def _last_year(self) -> None:
        year = self.until.year - 1
        for item, row in zip(
            self._year(year, self.table["past"], date(year, 1, 8), date(year, 3, 20)),
            self.table["past"],
            strict=True,
        ):
            actions.settle_item(
                item,
                ItemState.from_value(row["state"]),
                row["outcome"],
                approved_by=row.get("approved_by", ""),
                by=self.office,
                at=moment(date(year, 12, 20), 9),
            )
        made = CatalogueYear.objects.get(agency=self.government, year=year)
        text = "四项：决策两项，结转一项，取消一项。"
        actions.close_year(made, text, by=self.office, at=moment(date(year, 12, 28), 9))

    def _this_year(self) -> list[CatalogueItem]:
        year = self.until.year
        actions.open_year(self.government, year, by=self.office, at=moment(date(year, 1, 6), 9))
        items = self._year(year, self.table["item"], date(year, 1, 6), date(year, 3, 18))
        by_title = {item.title: item for item in items}
        return [by_title[row["title"]] for row in self.table["item"]]

    def _next_year(self) -> None:
        made = actions.open_year(
            self.government,
            self.until.year + 1,
            by=self.office,
            at=moment(self.until - DAY * 10, 9),
            call_until=self.until + DAY * 25,
        )
        at = moment(self.until - DAY * 3, 10)
        actions.propose(
            made,
            "老旧小区充电棚统一规划",
            "电动自行车没有地方充电，有人拉线到楼道里。",
            at=at,
            plan="由社区统一建，按次收费。",
        )
        actions.propose(made, "公园夜间开放", "上班的人只有晚上有时间去公园。", at=at)

    def _dossiers(self, items: list[CatalogueItem]) -> list[Dossier]:
        flags: list[dict[str, bool]] = [
            {"vital": True},
            {"risky": True, "specialised": True},
            {"market": True, "hearing_by_law": True},
            {},
            {"specialised": True, "risky": True},
            {"risky": True},
        ]
        made = []
        for item, given in zip(items, flags, strict=True):
            category = (
                "project"
                if "建设" in item.title or "改造" in item.title
                else "plan"
                if "规划" in item.title
                else "policy"
            )
            made.append(
                actions.open_dossier(
                    self.government,
                    item.lead,
                    item.title,
                    category,
                    item=item,
                    by=self._clerk(item.lead.code),
                    at=moment(date(self.until.year, 2, 10), 9),
                    necessity="群众反映多，现有规定不够用，需要由区政府决定。",
                    **given,
                )
            )
        return made

    def _step(self, dossier: Dossier, step: Step, day: date, *, hour: int = 9) -> None:
        seen = Dossier.objects.get(pk=dossier.pk).mark
        actions.take_step(dossier, step, by=self.office, at=moment(day, hour), seen=seen)

    def _enter(
        self, dossier: Dossier, kind: str, day: date, *, by: Any = None, hour: int = 10, **data: Any
    ) -> None:
        seen = Dossier.objects.get(pk=dossier.pk).mark
        by = by or self._clerk(dossier.lead.code)
        actions.enter(dossier, kind, day, data, by=by, at=moment(day, hour), seen=seen)

    def _round(self, dossier: Dossier, opened: date, end_on: date) -> Consultation:
        draft = self.table["draft"].get(dossier.title, self.table["draft"]["其他"])
        made = actions.consult(
            Dossier.objects.get(pk=dossier.pk),
            f"关于公开征求《明湖区{dossier.title}（征求意见稿）》意见的公告",
            end_on,
            media=["政府网站", "政务新媒体", "各镇（街道）公告栏"],
            ways=["信寄：明湖区人民路1号，信封注明“征求意见”"],
            draft=draft["text"].strip(),
            explanation=draft["explanation"].strip(),
            focus=draft["focus"].strip(),
            next_steps="截止以后逐条研究，公布采纳情况，再送合法性审查、提请区政府常务会议讨论。",
            by=self._clerk(dossier.lead.code),
            at=moment(opened, 8),
        )
        self.publish(made.record.draft, self.desks[dossier.lead.code], opened)
        return Consultation.objects.get(pk=made.pk)

    def _opinions(self, dossier: Dossier) -> list[dict[str, str]]:
        """What was said about this decision."""
        return [row for row in self.table["opinion"] if row["about"] == dossier.title]

    def _say(self, consultation: Consultation, rows: list[dict[str, str]], day: date, *, answer: bool) -> None:
        clerk = self._clerk(consultation.dossier.lead.code)
        for number, row in enumerate(rows):
            at = moment(day, 9, number)
            if number % 4 == 3:
                made = actions.enter_opinion(
                    consultation, Channel.PHONE, row["text"], received_at=at, by=clerk, at=at
                )
            else:
                made, _ = actions.send_opinion(consultation, row["text"], at=at)
            if answer or number < len(rows) // 4:
                actions.answer(
                    consultation,
                    [made.pk],
                    Disposition.from_value(row["disposition"]),
                    reason=row["reason"],
                    shown=row["shown"],
                    by=clerk,
                    at=moment(day, 17),
                )

    def _open(self, dossier: Dossier, ago: int, ahead: int, rows: list[dict[str, str]]) -> Consultation:
        opened = self.until - DAY * ago
        self._step(dossier, Step.START, opened - DAY * 20)
        one = self._round(dossier, opened, self.until + DAY * ahead)
        self._say(one, rows, self.until - DAY, answer=False)
        actions.group_alike(one, at=moment(self.until, 8))
        return one

    def _crowd(self, consultation: Consultation) -> None:
        """A campaign that came by letter, entered at once, and a long opinion that came as a file."""
        given, at = self.table["crowd"], moment(self.until - DAY, 15)
        starts, count = given["starts"], given["count"]
        texts = [f"{starts[n % len(starts)]}{given['text']}{n + 1}幢居民。" for n in range(count)]
        rows = [Row(n + 1, text) for n, text in enumerate(texts)]
        clerk = self._clerk(consultation.dossier.lead.code)
        actions.enter_opinions(consultation, rows, Channel.LETTER, self.until - DAY * 2, by=clerk, at=at)
        content = given["file"].encode()
        file = Attached("对改造方案的意见.txt", content, Kind.TXT.value, given["file"].strip(), "")
        actions.send_opinion(consultation, "全文见附的文件。", at=at, file=file)
        actions.group_alike(consultation, at=at)

    def _heard(self, dossier: Dossier, opened: date) -> None:
        """One round from the notice to its published result."""
        one = self._round(dossier, opened, opened + DAY * 30)
        self._say(one, self._opinions(dossier), opened + DAY * 12, answer=True)
        edition = actions.feedback(one, by=self._clerk(dossier.lead.code), at=moment(opened + DAY * 36, 8))
        self.publish(edition, self.desks[dossier.lead.code], opened + DAY * 36)

    def _assessed(self, dossier: Dossier, day: date) -> None:
        if dossier.specialised:
            self._enter(
                dossier,
                "expert",
                day,
                name="范某",
                unit="云州某大学",
                signed=True,
                opinion="布点合理，建议分期实施。",
            )
        if dossier.risky:
            self._enter(
                dossier,
                "risk",
                day,
                assessor="云州某评估中心",
                points="施工期间交通不便",
                measures="分段施工、提前告知",
                plan="专人值守，及时处置",
                controllable="可控",
            )

    def _reviewed(self, dossier: Dossier, day: date) -> None:
        self._step(dossier, Step.HAND_IN, day)
        legal = self.desks[dossier.lead.code].people[Role.LEGAL_REVIEWER]
        self._enter(
            dossier,
            "review",
            day + DAY * 13,
            by=legal,
            sent_on=day.isoformat(),
            number="明司审〔2026〕12号",
            by_body=True,
            authority="在权限内",
            procedure="符合法定程序",
            content="合法",
            counsel=True,
            conclusion="合法",
        )

    def _decided(self, dossier: Dossier, day: date) -> None:
        self._enter(
            dossier,
            "discussion",
            day,
            by=self.office,
            meeting="常务会议",
            number="第36次",
            head_last=True,
            dissent="无",
            outcome="通过",
        )

    def _executed(self, dossier: Dossier) -> None:
        start = date(self.until.year, 3, 25)
        self._step(dossier, Step.START, start)
        self._heard(dossier, start + DAY * 7)
        self._assessed(dossier, start + DAY * 30)
        self._reviewed(dossier, start + DAY * 46)
        self._decided(dossier, start + DAY * 64)
        self._enter(dossier, "party", start + DAY * 66, number="明政请〔2026〕15号")
        code, day = dossier.lead.code, start + DAY * 70
        edition = records.create(
            dossier.lead,
            "document",
            by=self._clerk(code),
            at=moment(day, 8),
            title=f"明湖区{dossier.title}",
            made_on=day,
            genre="通知",
            body="<p>本规划自公布之日起施行，由区教育局组织实施。</p>",
        )
        seen = Dossier.objects.get(pk=dossier.pk).mark
        actions.attach_paper(dossier, edition.record, by=self._clerk(code), at=moment(day, 8, 30), seen=seen)
        self.publish(edition, self.desks[code], day)
        self._enter(
            dossier,
            "assignment",
            day + DAY * 5,
            unit="区教育局牵头，区住房和城乡建设局、区自然资源和规划局配合",
            tasks="年内两所学校开工，一所完成选址；明年八月以前投入使用。",
            report_on=(self.until - DAY * 15).isoformat(),
        )
        self._enter(
            dossier,
            "inspection",
            self.until - DAY * 30,
            unit="区政府督查室",
            found="一所学校的用地手续比计划慢了一个月。",
            asked="请区教育局月底以前办妥。",
        )
        self._enter(
            dossier, "execution", self.until - DAY * 20, unit="区教育局", summary="两所学校开工，一所完成选址。"
        )

    def _discussed(self, dossier: Dossier) -> None:
        start = self.until - DAY * 95
        self._step(dossier, Step.START, start)
        self._heard(dossier, start + DAY * 5)
        self._reviewed(dossier, start + DAY * 50)
        self._decided(dossier, self.until - DAY * 6)

    def _answered(self, dossier: Dossier) -> None:
        """A hearing by law, the competition review, and the draft handed in a few days ago."""
        start = self.until - DAY * 100
        self._step(dossier, Step.START, start - DAY * 10)
        self._heard(dossier, start)
        held = start + DAY * 50
        self._enter(
            dossier,
            "hearing",
            held,
            announced_on=(held - DAY * 35).isoformat(),
            selection=True,
            list_on=(held - DAY * 15).isoformat(),
            material_on=(held - DAY * 10).isoformat(),
            attended=15,
            signed=15,
            summary="多数赞成分时段收费，要求保留首半小时免费。",
        )
        self._enter(
            dossier,
            "competition",
            held + DAY * 5,
            number="明市监竞审〔2026〕3号",
            opinion="不含排除、限制竞争的内容。",
        )
        self._step(dossier, Step.HAND_IN, self.until - DAY * 4)
