"""样本区的网站和新媒体检查:一个网站,四个平台上三十四个账号,四轮检查;一个在关停,一个已经关停,一个在报批。"""

from __future__ import annotations

import tomllib
from datetime import date
from hashlib import sha256
from importlib.resources import files
from typing import Any

from gongkai.adapters import axe
from gongkai.law import calendar
from gongkai.law.agencies import Role
from gongkai.law.calendar import DAY
from gongkai.law.indicators import Effect, indicators_for
from gongkai.law.outlets import Platform, Step
from gongkai.org import site
from gongkai.org.sample import OFFICE, District, moment

from . import actions
from .actions.barriers import CODE as BARRIERS
from .actions.rounds import quarter_of
from .barriers import Results
from .models import Finding, Outlet
from .terms import PostKind

#: Rounds by how many days before ``until`` they were made, the newest last; the newest is being mended.
ROUNDS = (300, 210, 120, 12)
OPENED, POSTED = 420, 330
#: A post every so many days, by the place of an account in the list: all of them keep within the two weeks.
GAPS = (5, 7, 9, 11)


def load(district: District) -> None:
    """Everything of the room, through its own actions; the dates are counted back from ``until``."""
    table = tomllib.loads(files("gongkai.inspections").joinpath("data", "demo.toml").read_text("utf-8"))
    office = district.person(OFFICE, Role.OFFICE)
    at = moment(district.until - DAY * (OPENED + 30), 9)
    for name in table["sources"]:
        actions.allow_source(name, by=office, at=at)
    _site(table["site"], district)
    accounts = [(one, quiet) for row in table["accounts"] for one, quiet in _accounts(row, district)]
    _posts(table, accounts, district)
    for key in ("closing", "closed"):
        _close(table[key], district, over=key == "closed")
    _plan(table["planned"], district)
    for number, ago in enumerate(ROUNDS):
        last = len(ROUNDS) - 1
        tested = table["barriers"] if number >= last - 1 else []
        _round(district, district.until - DAY * ago, tested, newest=number == last)
    _release(table["release"], district)
    district.progress("网站和新媒体检查", len(ROUNDS), len(ROUNDS))


def _clerk(district: District, code: str) -> Any:
    return district.person(code, Role.CLERK)


def _opened(row: dict[str, Any], platform: Platform, district: District, **values: Any) -> Outlet:
    """From the proposal to the filing."""
    clerk, office = _clerk(district, row["agency"]), district.person(OFFICE, Role.OFFICE)
    agency, day = district.desks[row["agency"]].agency, district.until - DAY * OPENED
    given = {
        "name": row["name"],
        "purpose": "发布本单位的政务信息，回应群众关切。",
        "head": agency.leader,
        "keeper": "甲某、乙某",
        "security": "丙某",
        "phone": agency.phone,
        "subject": agency.name,
    } | values
    outlet = actions.save_outlet(None, agency, platform, given, by=clerk, at=moment(day, 9))
    outlet = actions.move(outlet, Step.SUBMIT, by=clerk, at=moment(day, 10))
    outlet = actions.move(outlet, Step.APPROVE, by=office, at=moment(day + DAY, 10))
    return actions.move(
        outlet, Step.FILE, by=clerk, at=moment(day + DAY * 3, 10), paper=f"BS-{day.year}-{outlet.pk:04}"
    )


def _site(row: dict[str, Any], district: District) -> None:
    own = site.current()
    values = {
        "url": row["url"],
        "is_own": True,
        "id_code": own.id_code,
        "icp": own.icp,
        "police": own.police,
        "subject": "",
    }
    _opened(row, Platform.SITE, district, **values)


def _accounts(row: dict[str, Any], district: District) -> list[tuple[Outlet, int]]:
    quiet = row.get("quiet", {})
    made = []
    for platform in row["platforms"]:
        handle = f"minghu-{row['agency'].lower()}-{platform}"
        made.append((_opened(row, Platform.from_value(platform), district, handle=handle), quiet.get(platform, 0)))
    return made


def _posts(table: dict[str, Any], accounts: list[tuple[Outlet, int]], district: District) -> None:
    """A year of posts, as an export brings them; who is quiet stopped so many days ago."""
    kinds = table["posts"]
    rows: list[dict[str, Any]] = []
    for place, (outlet, quiet) in enumerate(accounts):
        gap, ago, number = GAPS[place % len(GAPS)], POSTED - place, place
        while ago >= max(quiet, 1):
            kind = kinds[(number * 7 + place) % len(kinds)]
            title = kind["titles"][number % len(kind["titles"])]
            source = table["sources"][number % len(table["sources"])] if kind["kind"] == "relay" else ""
            rows.append(
                {
                    "line": len(rows) + 2,
                    "platform": outlet.get_platform_display(),
                    "name": outlet.name,
                    "on": district.until - DAY * ago,
                    "title": title,
                    "url": "",
                    "kind": PostKind.from_value(kind["kind"]),
                    "source": source,
                }
            )
            number += 1
            ago -= gap
        if quiet:
            rows[-1]["on"] = district.until - DAY * quiet
    actions.import_posts(rows, by=district.person(OFFICE, Role.OFFICE), at=moment(district.until, 8))


def _close(row: dict[str, Any], district: District, *, over: bool) -> None:
    outlet = _opened(row, Platform.from_value(row["platform"]), district)
    clerk, office, desk = (
        _clerk(district, row["agency"]),
        district.person(OFFICE, Role.OFFICE),
        district.desks[row["agency"]],
    )
    day = district.until - DAY * (200 if over else 6)
    outlet = actions.move(outlet, Step.CLOSE, by=clerk, at=moment(day, 9), note=row["basis"])
    ends = day + DAY * 12
    values = {"basis": row["basis"], "instead": row["instead"], "stop_on": ends, "cancel_on": ends}
    actions.save_closing(outlet, values, by=clerk, at=moment(day, 9, 30))
    district.publish(actions.draft_closing_notice(outlet, by=clerk, at=moment(day, 10)), desk, day)
    outlet = actions.move(Outlet.objects.get(pk=outlet.pk), Step.ANNOUNCE, by=office, at=moment(day, 17))
    if over:
        outlet = actions.move(
            outlet, Step.CANCEL, by=clerk, at=moment(ends, 9), note="推文和评论已经导出，存区档案馆。"
        )
        actions.move(outlet, Step.END, by=clerk, at=moment(ends + DAY * 3, 9), paper=f"ZX-{ends.year}-0007")


def _plan(row: dict[str, Any], district: District) -> None:
    clerk, agency = _clerk(district, row["agency"]), district.desks[row["agency"]].agency
    day = district.until - DAY * 2
    values = {
        "name": row["name"],
        "purpose": row["purpose"],
        "head": agency.leader,
        "keeper": "甲某、乙某",
        "security": "丙某",
    }
    outlet = actions.save_outlet(
        None, agency, Platform.from_value(row["platform"]), values, by=clerk, at=moment(day, 9)
    )
    actions.move(outlet, Step.SUBMIT, by=clerk, at=moment(day, 10))


def _tested(rows: list[dict[str, Any]]) -> list[axe.Page]:
    """Pages of the own site as a test of accessibility gives them."""
    return [
        axe.Page(
            url=site_address(row["path"]),
            stamp="",
            version="4.10.2",
            passed=31,
            barriers=tuple(axe.Barrier(text="", **rule) for rule in row["rules"]),
        )
        for row in rows
    ]


def _round(district: District, day: date, tested: list[dict[str, Any]], *, newest: bool) -> None:
    """A quarter's round: drawn, checked, confirmed, mended; the newest stands in the midst of it."""
    inspector = district.person(OFFICE, Role.INSPECTOR)
    eve = moment(day - DAY, 16)
    made = actions.open_round(day.year, quarter_of(day), day, by=inspector, at=eve, account_percent=50)
    made = actions.draw_sample(made, by=inspector, at=moment(day, 9))
    made = actions.start(made, by=inspector, at=moment(day, 9, 30))
    for sample in made.samples.select_related("outlet"):
        known = {row.code for row in sample.checks.all()}
        answers = {
            row.code: ("holds", "")
            for row in indicators_for(sample.outlet.kind)
            if row.effect is not Effect.BONUS and row.code not in known
        }
        results = Results(_tested(tested), sha256(b"axe").hexdigest()) if tested and sample.outlet.is_own else None
        if results:
            answers.pop(BARRIERS, None)  # 由检测结果答
        actions.answer(sample, answers, by=inspector, at=moment(day, 15), barriers=results)
    for number, found in enumerate(Finding.objects.filter(round=made).order_by("rule", "pk")):
        if found.code == "D.DOMAIN":
            actions.drop(found, "样本区的域名是虚构的。", by=inspector, at=moment(day + DAY, 10))
            continue
        found = actions.confirm(found, by=inspector, at=moment(day + DAY, 10))
        found = actions.notice(found, None, by=inspector, at=moment(day + DAY, 11))
        _mend(found, district, day, number, newest=newest)
    made.refresh_from_db()
    made = actions.finish_checking(made, by=inspector, at=moment(day + DAY * 2, 9))
    if not newest:
        made = actions.close_round(made, by=inspector, at=moment(day + DAY * 12, 9))
        clerk = _clerk(district, OFFICE)
        edition = actions.draft_bulletin(made, by=clerk, at=moment(day + DAY * 12, 10))
        district.publish(edition, district.desks[OFFICE], day + DAY * 13)


def _mend(found: Finding, district: District, day: date, number: int, *, newest: bool) -> None:
    """Mended and looked at again; of the newest round one is disputed, one waits for the second look, the rest go on."""
    clerk, inspector = _clerk(district, found.agency.code), district.person(OFFICE, Role.INSPECTOR)
    if newest and number == 0:
        actions.dispute(
            found, "当天发过一条，导出表的时间晚了一天，链接附后。", by=clerk, at=moment(day + DAY * 2, 9)
        )
        return
    if newest and number > 1:
        return
    fixed = calendar.add(day + DAY, 3, provisional=True)
    said = "已经改了模板，重新检测过，没有了。" if found.rule else "已经改好，安排了专人更新、每周检查。"
    found = actions.fix(found, said, by=clerk, at=moment(fixed, 10))
    if not newest:
        actions.recheck(found, True, "打开看过，已经改好。", by=inspector, at=moment(fixed + DAY, 10))


def _release(row: dict[str, Any], district: District) -> None:
    office, day = district.person(OFFICE, Role.OFFICE), district.until - DAY * 3
    made = actions.make_release(
        row["title"],
        row["text"],
        site_address("/"),
        moment(day, 18),
        ["wechat", "weibo"],
        by=office,
        at=moment(day, 10),
    )
    passed: list[dict[str, Any]] = []
    for number, relay in enumerate(made.relays.select_related("outlet__agency")):
        if number % 6 == 5:
            continue
        hour = 19 if number % 6 == 4 else 14
        clerk = _clerk(district, relay.outlet.agency.code)
        actions.note_relay(relay, moment(day, hour), "", "", by=clerk, at=moment(day, 20))
        # 有一个账号的推文晚了一天,同登记的对不上
        passed.append(_post(relay.outlet, day + DAY * (number == 1), row["title"], len(passed) + 2))
    actions.import_posts(passed, by=office, at=moment(district.until, 8, 30))


def _post(outlet: Outlet, on: date, title: str, line: int) -> dict[str, Any]:
    """A line of an export: a release that was passed on."""
    return {
        "line": line,
        "platform": outlet.get_platform_display(),
        "name": outlet.name,
        "on": on,
        "title": title,
        "url": "",
        "kind": PostKind.SERVICE,
        "source": "",
    }


def site_address(path: str) -> str:
    """An address of this site."""
    return f"https://{site.current().domain}{path}"
