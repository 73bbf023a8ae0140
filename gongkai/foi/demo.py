"""样本区的依申请公开:两年三百多件,每一种处理结果都有,全部走正式的动作;最近的停在各个环节上。"""

from __future__ import annotations

import random
import tomllib
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import Any

from gongkai.foi import actions
from gongkai.foi.actions import Intake
from gongkai.foi.models import Application
from gongkai.foi.terms import OpinionKind, RemedyKind, RemedyResult, Verdict
from gongkai.law import calendar, replies
from gongkai.law.agencies import Role
from gongkai.law.grounds import grounds
from gongkai.org.models import Agency
from gongkai.org.sample import District, moment

CHANNELS = ("web", "web", "web", "signed_mail", "signed_mail", "counter", "email", "plain_mail", "oral")
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 0/Kids[]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files("gongkai.foi").joinpath("data", "demo.toml").read_text("utf-8"))


@dataclass(slots=True)
class Clerk:
    """一个单位办依申请公开的人。"""

    agency: Agency
    people: dict[Role, Any]
    topics: list[str] = field(default_factory=list)


def load(district: District) -> None:
    """Load the cases, the last of them received on the day before ``until``."""
    desks, until, progress = district.desks, district.until, district.progress
    chance = random.Random(35)  # noqa: S311  样本数据,不是密码
    clerks = [Clerk(desks[code].agency, desks[code].people, topics) for code, topics in _table()["topics"].items()]
    paths = [path for path, count in _table()["paths"].items() for _ in range(count)]
    chance.shuffle(paths)
    days = _days(until, len(paths))
    for number, day in enumerate(days):
        clerk = chance.choice(clerks)
        Walk(clerk, _table()["people"], chance, day).walk_through(paths[number])
        if number % 25 == 0:
            progress("依申请公开", number, len(days))
    for number, day in enumerate(_recent(until)):
        clerk = clerks[number % len(clerks)]
        if number % 3 == 0:
            clerk = next(one for one in clerks if one.agency.code == "MH0101")
        Walk(clerk, _table()["people"], chance, day).stop_at(number, until)
    progress("依申请公开", len(days), len(days))


def _days(until: date, count: int) -> list[date]:
    """Working days over two years that ended some months before, so that every case could be finished."""
    last = until - 130 * calendar.DAY
    step = 600 / count
    days = (last - int((count - number) * step) * calendar.DAY for number in range(count))
    return [_working(day) for day in days]


def _recent(until: date) -> list[date]:
    """The working day at or before each of the last twenty-four days."""
    return [_working(until - (24 - number) * calendar.DAY) for number in range(24)]


def _working(day: date) -> date:
    while not calendar.is_workday(day, provisional=True):
        day -= calendar.DAY
    return day


class Walk:
    """一件申请从收到走到头,或者停在某一步。"""

    def __init__(self, clerk: Clerk, names: dict[str, list[str]], chance: random.Random, received: date) -> None:
        self.clerk, self.names, self.chance, self.day = clerk, names, chance, received
        self.by = clerk.people[Role.CLERK]
        self.case: Application

    # --- 收件 ---

    def receive(self, *, accept: bool = True) -> None:
        kind = self.chance.choices(
            ["person", "business", "research", "welfare", "legal", "other"], [82, 8, 1, 2, 4, 3]
        )[0]
        text = self.chance.choice(self.clerk.topics).format(year=self.day.year - self.chance.randint(1, 3))
        given = Intake(
            agency=self.clerk.agency,
            applicant_kind=kind,
            personal=self._person(kind),
            description=f"申请公开{text}。",
            manner="electronic",
            way=self.chance.choice(["web", "email", "mail"]),
            suggests_release=self.chance.randrange(20) == 0,
        )
        channel = self.chance.choice(CHANNELS)
        at = self.at(9)
        if channel == "web":
            self.case = actions.submit(given, at=at)[0]
        else:
            confirmed = self.day if channel == "plain_mail" else None
            self.case = actions.register(given, channel, self.day, by=self.by, at=at, confirmed_on=confirmed)[0]
        if accept:
            actions.accept(self.case, by=self.by, at=self.at(10))

    def _person(self, kind: str) -> dict[str, str]:
        serial = self.chance.randrange(1000)
        phone, address = f"0571-0000{serial:04}", f"明湖区望湖路{serial % 90 + 1}号"
        if kind == "person":
            name = self.chance.choice(self.names["surnames"]) + self.chance.choice(self.names["given"])
            # 二月三十日:这样的号码不可能是任何人的。
            identity = f"33021119{60 + serial % 40}0230{serial:03}0"
            return {
                "name": name,
                "identity_kind": "居民身份证",
                "identity": identity,
                "phone": phone,
                "email": f"a{serial}@example.cn",
                "address": address,
            }
        return {
            "name": self.chance.choice(self.names[kind]),
            "identity_kind": "统一社会信用代码",
            "identity": f"91330200MA000000{serial % 10}X",
            "contact": "联系人某",
            "phone": phone,
            "address": address,
            "email": f"b{serial}@example.cn",
        }

    # --- 走的工具 ---

    def at(self, hour: int) -> datetime:
        return moment(self.day, hour)

    def on(self, workdays: int) -> None:
        """Some working days later."""
        self.day = calendar.add(self.day, workdays, provisional=True) if workdays else self.day

    def letter(self, kind: str, *, by: Any = None, **fields: str) -> Any:
        draft = actions.draft(self.case, kind, fields, by=self.by, at=self.at(11))
        return actions.issue(draft, by=by or self.by, at=self.at(12))

    def decide(self, outcome: str, ground: str = "") -> None:
        one = replies.outcomes()[outcome]
        chosen = one.ground or ground
        tests = grounds()[chosen].tests if chosen else ()
        answers = {
            test.key: _table()["special" if outcome == "special_law" else "answers"][test.key] for test in tests
        }
        facts = {name: _table()["facts"][name] for name in one.needs if name != "tests"}
        for item in self.case.items.all():
            actions.decide(item, outcome, by=self.by, at=self.at(13), facts=facts, ground=ground, answers=answers)
        if outcome in ("provided", "partial"):
            actions.add_file(self.case, "reply", "提供的信息.pdf", PDF, by=self.by, at=self.at(13))
        for gate in replies.gates([outcome]):
            role = Role.SECRECY_REVIEWER if gate == "secrecy" else Role.LEGAL_REVIEWER
            actions.opine(
                self.case,
                OpinionKind.from_value(gate),
                Verdict.PASS,
                "经审查，同意拟办意见。",
                by=self.clerk.people[role],
                at=self.at(14),
            )

        if heard := _table()["heard"].get(outcome):
            kind = OpinionKind.from_value(heard["kind"])
            parties, at = heard.get("parties", ""), self.at(14)
            actions.opine(self.case, kind, Verdict.PASS, heard["text"], by=self.by, at=at, parties=parties)

    def reply(self, *, wait: int = 0) -> None:
        draft = actions.draft(self.case, "reply", {}, by=self.by, at=self.at(15))
        letter = actions.issue(draft, by=self.clerk.people[Role.FINAL_REVIEWER], at=self.at(16))
        self.on(wait)
        posted = self.case.way == "mail"
        days = {"posted_on": self.day} if posted else {"signed_on": self.day}
        actions.deliver(letter, by=self.by, at=self.at(17), **days)  # type: ignore[arg-type]

    # --- 各种走法 ---

    def walk_through(self, path: str) -> None:
        """The whole way, answered in time unless the path says otherwise."""
        self.receive()
        special = getattr(self, f"_{path}", None)
        if special is not None:
            special()
        else:
            self.on(self.chance.randint(3, 18))
            self.decide(path, "process" if path == "partial" else "")
            self.reply()
        if not Application.objects.get(pk=self.case.pk).is_open and self.chance.randrange(3) == 0:
            self.on(2)
            score = self.chance.choices([5, 4, 3, 2, 1], [60, 22, 9, 5, 4])[0]
            actions.rate(self.case, score, "", at=self.at(9))
        if path in ("not_held", "process", "internal") and self.chance.randrange(4) == 0:
            self._contested()

    def _inquire(self, workdays: int, agrees: str) -> None:
        self.on(2)
        party = "云州某某建设有限公司"
        self.letter("third_party", party=party, content="合同中涉及该公司报价的部分")
        self.on(1)
        actions.served(self.case, party, self.day, by=self.by, at=self.at(9))
        self.on(workdays)
        reason = "" if agrees == "yes" else "报价和成本构成属于商业秘密。"
        actions.heard(self.case, party, self.day, agrees, reason, by=self.by, at=self.at(9))

    def _third_party(self) -> None:
        self._inquire(8, "no")
        self.on(3)
        self.decide("third_party")
        self.reply()

    def _partial_third_party(self) -> None:
        self._inquire(6, "part")
        self.on(3)
        self.decide("partial", "third_party")
        self.reply()

    def _correct(self) -> None:
        self.on(self.chance.randint(1, 5))
        self.letter(
            "correction",
            defects="没有写明所要信息的年度和项目名称。",
            guidance="请写明哪一年、哪一个项目。",
            days="10",
        )

    def _still_unclear(self) -> None:
        self._correct()
        self.on(5)
        actions.corrected(self.case, self.day, by=self.by, at=self.at(9), note="补正材料仍没有写明年度")
        self.on(6)
        self.decide("still_unclear")
        self.reply()

    def _correction_lapsed(self) -> None:
        self._correct()
        self.on(11)
        actions.lapse(self.case, "correction_lapsed", self.day, by=self.by, at=self.at(9))
        self.letter("lapsed", earlier="本机关已送达补正告知书")

    def _charge(self) -> None:
        self.on(5)
        self.letter(
            "fee",
            basis="page",
            quantity=str(self.chance.randint(40, 150)),
            payment="缴至区财政非税收入专户，凭缴款码办理。",
        )

    def _fee_lapsed(self) -> None:
        self._charge()
        self.on(21)
        actions.lapse(self.case, "fee_lapsed", self.day, by=self.by, at=self.at(9))

    def _fee_paid(self) -> None:
        self._charge()
        self.on(8)
        actions.paid(self.case, self.day, "省统一票据", by=self.by, at=self.at(9))
        self.on(6)
        self.decide("provided")
        self.reply()

    def _withdrawn(self) -> None:
        self.on(self.chance.randint(1, 8))
        actions.quit(self.case, at=self.at(9))

    def _excessive(self) -> None:
        self.on(3)
        self.letter("reasons", excess="一个自然月内向本机关提出申请41件，内容相近。", days="10")
        self.on(11)
        self.decide("excessive")
        self.reply()

    def _extended(self) -> None:
        self.on(15)
        head = self.clerk.people[Role.HEAD]
        self.letter("extension", by=head, why="需要检索多年的纸质档案", days="15")
        self.on(14)
        self.decide("provided")
        self.reply()

    def _late(self) -> None:
        self.on(22)
        self.decide("provided")
        self.reply()
        actions.explain_late(self.case, "承办人岗位调整，移交迟延。", by=self.by, at=self.at(18))

    def _reopened(self) -> None:
        self.on(8)
        self.decide("not_held")
        self.reply()
        self.on(20)
        row = self._remedy(RemedyKind.REVIEW)
        self.on(25)
        legal = self.clerk.people[Role.LEGAL_REVIEWER]
        actions.settle(
            row,
            RemedyResult.CORRECTED,
            self.day,
            "检索范围过窄，没有检索内设机构的资料。",
            by=legal,
            at=self.at(9),
        )
        actions.reopen(self.case, self.day, "行政复议决定责令重新答复。", by=legal, at=self.at(10), days=20)
        self.on(9)
        self.decide("provided")
        self.reply()

    def _contested(self) -> None:
        self.on(15)
        row = self._remedy(self.chance.choice(list(RemedyKind)))
        self.on(40)
        result = self.chance.choice(
            [RemedyResult.UPHELD, RemedyResult.UPHELD, RemedyResult.CORRECTED, RemedyResult.OTHER]
        )
        reason = "没有说明理由。" if result is RemedyResult.CORRECTED else ""
        actions.settle(row, result, self.day, reason, by=self.clerk.people[Role.LEGAL_REVIEWER], at=self.at(9))

    def _remedy(self, kind: RemedyKind) -> Any:
        body = "明湖区人民政府行政复议局" if kind is RemedyKind.REVIEW else "云州市明湖区人民法院"
        return actions.remedy(
            self.clerk.agency,
            kind,
            self.day,
            body,
            by=self.clerk.people[Role.LEGAL_REVIEWER],
            at=self.at(9),
            application=self.case,
        )

    # --- 正在办的 ---

    def stop_at(self, number: int, until: date) -> None:
        """Leave it at one of the stages: not taken over, in hand, correcting, inquiring, paying, to be reviewed, to be
        signed, signed and not yet sent."""
        stage = number % 8
        self.receive(accept=stage != 0)
        left = calendar.between(self.day, until, provisional=True)
        if stage in (0, 1) or left < 6:
            return
        if stage == 2:
            self._correct()
        elif stage == 3:
            self.on(2)
            self.letter("third_party", party="云州某某建设有限公司", content="合同中涉及该公司报价的部分")
        elif stage == 4:
            self._charge()
        else:
            self.on(4)
            self.decide("provided" if stage != 6 else "not_held")
            if stage == 5:
                return
            draft = actions.draft(self.case, "reply", {}, by=self.by, at=self.at(15))
            if stage == 7:
                actions.issue(draft, by=self.clerk.people[Role.FINAL_REVIEWER], at=self.at(16))
