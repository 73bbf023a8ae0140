"""样本区的历史信息:2005年以来各单位的底数,一批排着队的旧文件,一个旧网站,一批开放审核,两次移交。都是虚构的。"""

from __future__ import annotations

import tomllib
from datetime import date
from importlib.resources import files
from typing import Any

from django.db.models import Sum

from gongkai.adapters.crawl import Fetched, Reached, follow
from gongkai.backfile import actions
from gongkai.backfile.actions.crawling import Got
from gongkai.backfile.models import Address, Item
from gongkai.backfile.terms import ItemState, Kind, OpeningOpinion, Way
from gongkai.law.agencies import Role
from gongkai.law.calendar import DAY
from gongkai.org.models import Agency, User
from gongkai.org.sample import OFFICE, District, moment
from gongkai.records.models import Tally

FIRST_YEAR = 2005
ARCHIVE = "明湖区档案馆"
#: 排在后面的几个单位,前几年的还没有著录完。
_BEHIND = 7
_IN_QUEUE = 12
_TYPES = {"normative": Kind.NORMATIVE, "document": Kind.NUMBERED}


def load(district: District) -> None:
    """Everything of the room, through its own actions; the dates are counted back from ``until``."""
    table = tomllib.loads(files("gongkai.backfile").joinpath("data", "demo.toml").read_text("utf-8"))
    home, roads = (_Unit(district, table, row) for row in table["unit"])
    home.load_folder(district.until - DAY * 200)
    home.open_all(district.until - DAY * 150)
    home.hand_over(district.until - DAY * 120, published=True)
    roads.load_folder(district.until - DAY * 60)
    roads.review_some(district.until - DAY * 30)
    roads.hand_over(district.until - DAY * 6, published=False)
    roads.crawl(table["old_site"], district.person(OFFICE, Role.OFFICE), district.until - DAY * 45)
    home.queue(district.until - DAY)
    _stock(district, table)


def _stock(district: District, table: dict[str, Any]) -> None:
    """What each unit registered: as much as there is, a little more where it lags behind, and nothing where it had
    nothing."""
    online = Tally.objects.values_list("agency", "year", "type").annotate(total=Sum("n")).order_by()
    known: dict[tuple[int, int, Kind], int] = {}
    for agency, year, type, n in online:
        key = (agency, year, _TYPES.get(type, Kind.PLAIN))
        known[key] = known.get(key, 0) + n
    old = Item.objects.filter(state=ItemState.CONFIRMED, record=None, year__isnull=False)
    for agency, year, kind in old.values_list("agency", "year", "kind"):
        known[agency, year, Kind.from_value(kind)] = known.get((agency, year, Kind.from_value(kind)), 0) + 1
    years = range(FIRST_YEAR, district.until.year + 1)
    for place, desk in enumerate(desk for desk in district.desks.values() if Role.CLERK in desk.people):
        rows = [
            (year, kind, _counts(known.get((desk.agency.pk, year, kind), 0), place, year, table))
            for year in years
            for kind in Kind
            if (desk.agency.pk, year, kind) in known or kind is Kind.NUMBERED
        ]
        at = moment(district.until - DAY * (90 - place % 30), 15)
        actions.take_stock(desk.agency, rows, reason="首次清点", by=desk.people[Role.CLERK], at=at)


def _counts(here: int, place: int, year: int, table: dict[str, Any]) -> dict[str, Any]:
    extra = table["extra"][(place * 5 + year) % len(table["extra"])] if place % _BEHIND == 0 or year > 2023 else 0
    lost = 1 if extra and year < 2010 and place % 2 == 0 else 0
    return {
        "registered": here + extra,
        "filed": here if year % 3 else here + extra,
        "lost": lost,
        "lost_reason": table["lost_reason"] if lost else "",
        "note": "登记簿含作废的号" if extra and year % 3 else "",
    }


class _Unit:
    """One unit with its old papers."""

    def __init__(self, district: District, table: dict[str, Any], row: dict[str, Any]) -> None:
        desk = district.desks[row["agency"]]
        self.agency: Agency = desk.agency
        self.clerk: User = desk.people[Role.CLERK]
        self.head: User = desk.people[Role.HEAD]
        self.table, self.row = table, row
        self.items: list[Item] = []

    def load_folder(self, day: date) -> None:
        """A folder of the years' papers, read and checked."""
        intake = actions.begin(
            self.agency,
            Way.FOLDER,
            f"{self.row['years'][0]}年以来发文",
            fonds=self.row["fonds"],
            by=self.clerk,
            at=moment(day, 9),
        )
        found = [
            (f"{year}/{number:03}.txt", self._paper(year, number).encode())
            for year in self.row["years"]
            for number in range(1, 7)
        ]
        actions.enter(intake, found, at=moment(day, 9, 10))
        actions.read_waiting(at=moment(day, 9, 20), own=intake)
        for number, item in enumerate(intake.items.order_by("pk")):
            code = f"{self.row['fonds']}-WS·{item.year}-Y-{item.number_seq:04}"
            said = {"reference_code": code, "page_count": str(number % 4 + 1), "retention": "Y"}
            if number == 2:
                said["date_text"] = str(item.year)
            actions.confirm(item, said, by=self.clerk, at=moment(day + DAY, 9, number))
        self.items = list(intake.items.order_by("pk"))

    def _paper(self, year: int, number: int) -> str:
        topics = self.table["topic"]
        topic = topics[(year * 3 + number) % len(topics)]
        about, day = topic["about"], f"{year}年{number * 2 - 1}月{number * 3}日"
        return (
            f"{self.agency}文件\n{self.row['code']}〔{year}〕{number * 4}号\n关于做好{year}年{about}工作的通知\n各镇人民政府、街道办事处：\n"
            f"为做好{year}年{about}工作，现就有关事项通知如下。\n一、{topic['detail']}\n"
            f"二、{number * 2 + 1}月底以前报送进展情况，由{self.agency}汇总后通报。\n\n{self.agency}\n{day}\n"
        )

    def _batch(self, items: list[Item], name: str, day: date) -> Any:
        batch = actions.open_batch(self.agency, name, items, by=self.clerk, at=moment(day, 9))
        actions.answer_together(batch, by=self.clerk, at=moment(day, 10))
        for opening in batch.openings.filter(conclusion=""):
            actions.answer(
                opening,
                actions.opening.CLEAR,
                actions.opening.Conclusion.ACTIVE,
                by=self.clerk,
                at=moment(day, 11),
            )
        return actions.hand_in(batch, by=self.clerk, at=moment(day, 14))

    def open_all(self, day: date) -> None:
        """Reviewed by two people and opened."""
        batch = self._batch(self.items, f"{self.row['years'][0]}年以来发文", day)
        for opening in batch.openings.filter(sampled=True):
            actions.second(opening, True, by=self.head, at=moment(day + DAY, 9))
        actions.agree(batch, by=self.head, at=moment(day + DAY, 10))
        actions.publish(batch, by=self.head, at=moment(day + DAY * 2, 9))

    def review_some(self, day: date) -> None:
        """A batch that waits for the second person."""
        self._batch(self.items[:8], f"{self.row['years'][0]}年发文", day)

    def hand_over(self, day: date, *, published: bool) -> None:
        """A batch in the archive; its catalogue is public, or is due."""
        years = self.row["years"]
        values = {
            "fonds": self.row["fonds"],
            "archive": ARCHIVE,
            "since": years[0],
            "until": years[-1],
            "tested": "真实、完整、可用、安全四项检测通过",
            "gaps_note": "其余的号是不归档的事务性通知",
        }
        transfer = actions.open_transfer(self.agency, values, by=self.clerk, at=moment(day, 9))
        actions.fill(transfer, by=self.clerk, at=moment(day, 9, 30))
        for row in transfer.rows.filter(opinion=OpeningOpinion.UNSEEN):
            given = {"opinion": OpeningOpinion.OPEN, "disclosed": "not", "remark": "开放审核在办"}
            actions.save_row(transfer, row, given, by=self.clerk, at=moment(day, 10))
        actions.hand_over(transfer, day, "方某", by=self.clerk, at=moment(day, 16))
        if published:
            actions.publish_catalogue(transfer, by=self.clerk, at=moment(day + DAY * 10, 9))

    def queue(self, day: date) -> None:
        """A folder that has just come in, and waits for the background to read it."""
        intake = actions.begin(
            self.agency, Way.FOLDER, "2011年发文", fonds=self.row["fonds"], by=self.clerk, at=moment(day, 16)
        )
        found = [
            (f"2011/{number:03}.txt", self._paper(2011, number % 6 + 1 + number // 6 * 7).encode())
            for number in range(_IN_QUEUE)
        ]
        actions.enter(intake, found, at=moment(day, 16, 10))

    def crawl(self, row: dict[str, Any], office: User, day: date) -> None:
        """An old site of the unit that was taken in: its front page, its papers, what was not there any more."""
        begun = moment(day, 9)
        old = actions.declare_site(self.agency, row, by=office, at=begun)
        intake = actions.begin_crawl(old, fonds=self.row["fonds"], by=self.clerk, at=begun)
        answers = {row["start"]: _front(row["missing"])}
        answers |= {f"{row['start']}show.asp?id={n}": self._page(n) for n in range(1, 5)}
        while addresses := actions.waiting(intake, begun, 40):
            got = [self._got(address, answers.get(address.url, "")) for address in addresses]
            actions.record_crawled(intake, got, at=begun)
        actions.read_waiting(at=moment(day, 10), own=intake)

    def _page(self, number: int) -> str:
        lines = "".join(f"<P>{one}" for one in self._paper(2004, number).split("\n"))
        return f"<HTML><BODY><TABLE><TR><TD>{lines}"

    @staticmethod
    def _got(address: Address, markup: str) -> Got:
        body = markup.encode("gb18030")
        reached = Reached.OK if body else Reached.DEAD
        fetched = Fetched(
            address.url, address.url, reached, 200 if body else 404, 0.2, {"content-type": "text/html"}, body
        )
        return Got(address, fetched, follow(body, address.url) if body else {})


def _front(missing: str) -> str:
    """The front page of the old site, as they were written then."""
    rows = "".join(f"<LI><A HREF=show.asp?id={n}>2004年第{n}件通知的标题</A> 2004-0{n}-05" for n in range(1, 5))
    return f"<HTML><BODY BGCOLOR=white><UL>{rows}<LI><A HREF={missing}>办事指南和表格下载</A></UL>"
