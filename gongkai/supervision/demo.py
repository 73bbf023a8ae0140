"""样本区的督查考核:五年方案(到期结束,没有完成的照样留着)、三份年度要点和进展、整改、通报、一次审定了的考核、各样登记。"""

from __future__ import annotations

import tomllib
from datetime import date
from decimal import Decimal
from importlib.resources import files
from typing import Any

from gongkai.adapters.readers import supervision as reader
from gongkai.law.agencies import AgencyKind, Role
from gongkai.law.calendar import DAY
from gongkai.law.supervision import UnitRole
from gongkai.org.sample import GOVERNMENT, OFFICE, Desk, District, moment
from gongkai.records import actions as records
from gongkai.records.models import Record

from . import actions, intake, shipped
from .models import Piece, Plan, Round
from .terms import Group, NoticeKind, ObjectionKind, ObjectionOutcome, Verdict

#: 五年方案里不是公开单位的,和写给一类单位的。
_OUTSIDE = ("区委", "区法院", "开办单位", "成员单位", "平台相关单位")
#: 考核的单位;组织考核的区政府办不在里面。
_ASSESSED = ("MH0102", "MH0104", "MH0107", "MH0108", "MH0109", "MH0112", "MH0118", "MH0124")

#: 单位名称的末尾 → 主要负责人的职务、会议的叫法。
_POSTS = {
    "局": ("局长", "党组会"),
    "镇人民政府": ("镇长", "党委会"),
    "街道办事处": ("主任", "党工委会"),
    "": ("主任", "党组会"),
}


def load(district: District) -> None:
    """Everything of the room, through its own actions; the dates of the papers are their own."""
    text = files("gongkai.supervision").joinpath("data", "demo.toml").read_text("utf-8")
    _Sample(district, tomllib.loads(text)).load()


class _Sample:
    """One loading: the desks by agency, the last day, the table of what there is."""

    def __init__(self, district: District, table: dict[str, Any]) -> None:
        self.desks, self.until, self.table = district.desks, district.until, table
        self.publish = district.publish
        self.government, self.own = self.desks[GOVERNMENT].agency, self.desks[OFFICE]
        self.office, self.inspector = self.own.people[Role.OFFICE], self.own.people[Role.INSPECTOR]

    def load(self) -> None:
        self._five_years()
        plans = self._papers()
        for row in self.table["report"]:
            if row["on"] <= self.until:
                self._report(plans[row["year"]], row)
        for year, plan in plans.items():
            if year < self.until.year:
                day = date(year + 1, 1, 20)
                actions.close_plan(plan, on=day, by=self.office, at=moment(day, 9))
        self._registers()
        for row in self.table["correction"]:
            self._correction(row)
        self._assessment()
        self._notice()

    def _confirm(self, plan: Plan, day: date) -> None:
        """What the paper leaves open, as the office settled it."""
        for task in plan.tasks.prefetch_related("pieces__agency"):
            pieces = list(task.pieces.all())
            for piece in pieces:
                if not piece.is_known:
                    outside = any(word in piece.written for word in _OUTSIDE)
                    actions.set_piece(
                        task,
                        piece,
                        UnitRole.from_value(piece.role),
                        group=None if outside else Group.DEPARTMENTS,
                        outside=piece.written if outside else "",
                        by=self.office,
                        at=moment(day, 10),
                    )
            leads = [piece for piece in pieces if piece.role == UnitRole.LEAD]
            if len(leads) > 1:
                gatherer = next((piece.agency for piece in leads if piece.agency), self.own.agency)
                given = {"text": task.text, "gatherer": gatherer}
                actions.save_task(task, given, by=self.office, at=moment(day, 11))
        actions.confirm_plan(plan, on=day, by=self.office, at=moment(day, 15))

    def _five_years(self) -> None:
        day = date(2021, 10, 8)
        plan = actions.adopt_plan(self.government, shipped.FIVE_YEAR, by=self.office, at=moment(day, 9))
        self._confirm(plan, day)
        self._done(plan, "6.4", date(2022, 12, 16), "一本通已经编成，网上可以下载，窗口可以取阅。")
        self._done(plan, "5.2", date(2024, 2, 21), "标准目录和动态调整办法已经印发，比方案迟了五十二天。")
        self._done(plan, "10.1", date(2025, 4, 3), "各机关年报按统一格式公布，逾期两家已经通报。")
        self._done(plan, "9.2", date(2025, 12, 22), "当年十二期，无断号。", done=False)
        told = "2005年至2007年的纸质文件还有三成没有扫描，没有完成。"
        self._done(plan, "3.2", date(2025, 12, 24), told, done=False)
        actions.show_plan(plan, True, by=self.office, at=moment(day, 16))
        actions.close_plan(plan, on=date(2026, 1, 20), by=self.office, at=moment(date(2026, 1, 20), 9))

    def _done(self, plan: Plan, clause: str, day: date, text: str, *, done: bool = True) -> None:
        """Every unit that leads the clause reports, another verifies."""
        for piece in Piece.objects.filter(task__plan=plan, task__clause=clause, role=UnitRole.LEAD).exclude(
            agency=None
        ):
            assert piece.agency is not None
            clerk = self.desks[piece.agency.code].people[Role.CLERK]
            report = actions.report(
                piece,
                piece.agency,
                text,
                done=done,
                proofs=[actions.Proof(note="材料存区政府办公室政务公开科")],
                by=clerk,
                at=moment(day, 10),
            )
            if done:
                later = day + DAY
                actions.judge(report, Verdict.PASSED, "看过", on=later, by=self.inspector, at=moment(later, 9))

    def _papers(self) -> dict[int, Plan]:
        found: dict[int, Plan] = {}
        for row in self.table["paper"]:
            year, issued = row["year"], row["issued"]
            title = f"{self.government.name.removesuffix('人民政府')}{year}年政务公开工作要点任务分解"
            given = {"text": row["text"].strip(), "title": title, "date": issued.isoformat()}
            plan = actions.enter_plan(
                self.own.agency,
                title,
                issued,
                [intake.draft(task) for task in reader.read(given)["tasks"]],
                starts_on=issued,
                ends_on=date(year, 12, 31),
                number=row["number"],
                source=row["text"].strip(),
                before=found.get(year - 1),
                by=self.office,
                at=moment(issued, 14),
            )
            self._confirm(plan, issued + DAY * 4)
            found[year] = plan
        return found

    def _report(self, plan: Plan, row: dict[str, Any]) -> None:
        day, desk = row["on"], self.desks[row["unit"]]
        piece = Piece.objects.get(task__plan=plan, task__order=row["task"], agency=desk.agency)
        proof, record = actions.Proof(note="工作台账，存本单位办公室"), None
        if row.get("record"):
            record = self._record(desk, row["text"], day)
            proof = actions.Proof(record)
        report = actions.report(
            piece,
            desk.agency,
            row["text"],
            period=row.get("period", ""),
            done=row.get("done", False),
            proofs=[proof],
            by=desk.people[Role.CLERK],
            at=moment(day, 16),
        )
        if "then" in row:
            later, verdict = day + DAY * 3, Verdict.from_value(row["then"])
            opinion = row.get("note", "逐件看过证据，属实。")
            actions.judge(report, verdict, opinion, on=later, by=self.inspector, at=moment(later, 10))
        if record is not None and "gone" in row:
            gone = self.until - DAY * 9
            records.withdraw(
                record, "retracted", reason=row["gone"], on=gone, by=desk.people[Role.HEAD], at=moment(gone, 9)
            )

    def _record(self, desk: Desk, text: str, day: date) -> Record:
        edition = records.create(
            desk.agency,
            "document",
            by=desk.people[Role.CLERK],
            at=moment(day, 8),
            title=f"{desk.agency}关于{text[:18].rstrip('，。')}的公告",
            made_on=day,
            genre="公告",
            body=f"<p>{text}</p>",
        )
        return self.publish(edition, desk, day).record  # type: ignore[no-any-return]

    def _correction(self, row: dict[str, Any]) -> None:
        desk, day = self.desks[row["unit"]], self.until - DAY * row["ago"]
        given = (desk.agency, row["subject"], row["facts"], row["requirement"])
        due = day + DAY * row["days"]
        made = actions.issue_correction(
            *given, due_on=due, basis=row["basis"], on=day, by=self.inspector, at=moment(day, 9)
        )
        if "answer" not in row:
            late = due + DAY * 3
            actions.escalate(made, "请尽快改好，把结果报来。", on=late, by=self.inspector, at=moment(late, 9))
            return
        answered = due - DAY * 4
        made = actions.answer_correction(
            made, row["answer"], on=answered, by=desk.people[Role.CLERK], at=moment(answered, 10)
        )
        if "passed" in row:
            actions.review_correction(made, True, row["passed"], on=due, by=self.office, at=moment(due, 10))

    def _registers(self) -> None:
        obliged = (AgencyKind.DEPARTMENT, AgencyKind.TOWN)
        desks = [desk for desk in self.desks.values() if desk.agency.kind in obliged and not desk.agency.ended_on]
        for year, missing in ((2025, 7), (2026, 3)):
            for number, desk in enumerate(desks):
                day = date(year, 2 + number % 8, 3 + number % 20)
                if number % missing and day <= self.until:
                    self._hearing(desk, day, by_head=number % 11 != 5)
            for month in (4, 9):
                self._training(desks, date(year, month, 16))
        for number, desk in enumerate(desks[:12]):
            given = {
                "year": 2026,
                "full_time": 1 + number % 2,
                "part_time": 2,
                "budget": Decimal(6 + number),
                "places": "查阅点一处",
            }
            actions.enter_support(desk.agency, given, by=desk.people[Role.CLERK], at=moment(date(2026, 2, 9), 10))
        for row in self.table["result"]:
            given = {**row, "score": Decimal(row["score"]) if "score" in row else None}
            actions.enter_result(
                self.own.agency, given, on=self.until, by=self.office, at=moment(date(2026, 1, 26), 10)
            )

    def _hearing(self, desk: Desk, day: date, *, by_head: bool) -> None:
        post, meeting = next(said for end, said in _POSTS.items() if desk.agency.name.endswith(end))
        given = {
            "held_on": day,
            "meeting": "party",
            "name": f"{meeting}{day.year}年第{day.month}次",
            "presider": post if by_head else f"副{post}",
            "by_head": by_head,
            "evidence": f"会议纪要〔{day.year}〕{day.month}号",
        }
        actions.enter_hearing(desk.agency, given, on=day, by=desk.people[Role.CLERK], at=moment(day, 17))

    def _training(self, desks: list[Desk], day: date) -> None:
        if day > self.until:
            return
        units = [desk.agency for number, desk in enumerate(desks) if (number + day.month) % 5]
        given = {
            "held_on": day,
            "title": "政府信息公开条例和依申请公开实务",
            "audience": "各单位信息员",
            "hours": Decimal(4),
            "due": len(desks),
            "attended": len(units),
            "material": "课件存区政府办公室",
        }
        actions.enter_training(self.own.agency, given, units, on=day, by=self.office, at=moment(day, 17))

    def _assessment(self) -> None:
        """Last year's, through self-assessment, two scorers, an objection and a second look, to the decision."""
        text = files("gongkai.supervision").joinpath("data", "demo_system.toml").read_text("utf-8")
        day, agency = date(2026, 1, 8), self.own.agency
        system = actions.save_system(
            "区级部门指标表", text, on=day, by=self.inspector, at=moment(day, 9), agency=agency
        )
        units = [self.desks[code].agency for code in _ASSESSED]
        span = {"starts_on": date(2025, 1, 1), "ends_on": date(2025, 12, 31)}
        round = actions.open_round(
            system, "2025年度区级部门政务公开考核", agency, units, **span, by=self.inspector, at=moment(day, 10)
        )
        actions.read_figures(round, by=self.inspector, at=moment(day, 11))
        leaves = [one.id for one in system.parsed().leaves()]
        weights = {one.id: one.weight for one in system.parsed().leaves()}
        for candidate in round.candidates.select_related("agency", "round__system"):
            given = {key: (weights[key], "") for key in leaves}
            head = self.desks[candidate.agency.code].people[Role.HEAD]
            actions.assess_self(candidate, given, hand_in=True, by=head, at=moment(day + DAY * 6, 10))
        round = actions.go_on(
            Round.objects.get(pk=round.pk), on=day + DAY * 8, by=self.inspector, at=moment(day + DAY * 8, 9)
        )
        for number, candidate in enumerate(round.candidates.select_related("agency", "round__system")):
            self._marked(candidate, number, day + DAY * 12)
        feedback = day + DAY * 15
        round = actions.go_on(
            Round.objects.get(pk=round.pk), on=feedback, by=self.inspector, at=moment(feedback, 9)
        )
        self._objection(round, feedback + DAY * 2)
        assert round.objections_until is not None
        decided = round.objections_until + DAY * 10
        actions.decide(
            Round.objects.get(pk=round.pk),
            "区政府第46次常务会议",
            on=decided,
            by=self.own.people[Role.HEAD],
            at=moment(decided, 15),
        )

    def _marked(self, candidate: Any, number: int, day: date) -> None:
        """The judged line by two people; what no figure could read is not applicable."""
        points = Decimal((10, 8, 10, 10, 5, 8, 10, 8)[number % 8])
        given = {"points": points, "proof": "纪要、签到表", "why": "按纪要和签到表给分", "applies": True}
        for scorer in (self.inspector, self.office):
            actions.mark_line(candidate, "4", given, on=day, by=scorer, at=moment(day, 10))

    def _objection(self, round: Round, day: date) -> None:
        candidate = round.candidates.get(agency__code="MH0112")
        line = candidate.marks.get(indicator="1.1")
        head = self.desks["MH0112"].people[Role.HEAD]
        made = actions.object_to(
            line,
            ObjectionKind.FACT,
            "有一项在考核期末当天公布，没有算进去。",
            "索引号见附件",
            on=day,
            by=head,
            at=moment(day, 9),
        )
        reason = "核对操作记录，那一件是次日零时以后公开的，考核期末没有公开，维持。"
        actions.look_again(made, ObjectionOutcome.KEPT, reason, by=self.office, at=moment(day + DAY * 2, 10))

    def _notice(self) -> None:
        day = date(self.until.year, 10, 12)
        if day > self.until:
            return
        notice = actions.draft_notice(
            self.own.agency,
            NoticeKind.CRITICISM,
            f"关于{day.year}年第三季度政务公开任务落实情况的通报",
            since=date(day.year, 7, 1),
            until=date(day.year, 9, 30),
            on=day,
            by=self.office,
            at=moment(day, 9),
        )
        notice = actions.confirm_notice(notice, by=self.inspector, at=moment(day, 15))
        number = f"明政办通〔{day.year}〕18号"
        actions.issue_notice(notice, number, on=day + DAY, by=self.office, at=moment(day + DAY, 10))
