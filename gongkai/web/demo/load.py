"""把样本区装进数据库:单位、人员、查阅点、政府信息,全部走正式的动作,一个事务,装不完就不留。"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction

from gongkai.desk.rooms import rooms
from gongkai.law import calendar
from gongkai.law.agencies import AgencyKind, Role
from gongkai.law.calendar import DAY
from gongkai.org import actions as org
from gongkai.org.models import Agency, LogEntry, Membership, Place, User
from gongkai.org.sample import LAST_DAY, Desk, District, moment, phone
from gongkai.policies.samples import stock
from gongkai.records import actions

from . import life, year
from .attachments import attach
from .compose import HOURS, Sample, agencies, leader, renewed, road, samples
from .stages import in_hand, publish

PASSWORD = "minghu-demo-2026"  # noqa: S105  只用于本机演示的公开口令
HOME, OTHER = "MH0101", "MH0112"
#: 样本账号:用户名、姓名、岗位;都在区政府办公室。
ACCOUNTS = (
    ("clerk", "陈某", Role.CLERK),
    ("first", "林某", Role.FIRST_REVIEWER),
    ("second", "周某", Role.SECOND_REVIEWER),
    ("final", "吴某", Role.FINAL_REVIEWER),
    ("secrecy", "郑某", Role.SECRECY_REVIEWER),
    ("legal", "孙某", Role.LEGAL_REVIEWER),
    ("head", "何某", Role.HEAD),
    ("office", "张某", Role.OFFICE),
    ("inspector", "许某", Role.INSPECTOR),
    ("admin", "吕某", Role.ADMINISTRATOR),
)
#: 一个部门的两个人:起草的和公布的。
OTHER_ACCOUNTS = (("clerk2", "施某", Role.CLERK), ("head2", "魏某", Role.HEAD))
UNIT_ROLES = (
    Role.CLERK,
    Role.FIRST_REVIEWER,
    Role.SECOND_REVIEWER,
    Role.FINAL_REVIEWER,
    Role.SECRECY_REVIEWER,
    Role.LEGAL_REVIEWER,
    Role.HEAD,
)
#: 装完记的一条;以前的版本叫 demo.done。
DONE, FORMERLY = "web.demo", "demo.done"
#: So many of the newest are in hand, at every stage.
IN_HAND = 24


def is_loaded() -> bool:
    """Whether the sample district is in the database."""
    return LogEntry.objects.filter(action__in=(DONE, FORMERLY)).exists()


@transaction.atomic
def load(progress: Callable[[str, int, int], None], until: date = LAST_DAY) -> None:
    """Load everything; ``progress(what, done, total)`` is told as it goes.

    Args:
        until: the day on which the sample district lives; its applications under way are counted from it.
    """
    chance = random.Random(7)  # noqa: S311  样本数据,不是密码
    start = moment(date(2005, 1, 4), 9)
    desks = _desks(start)
    progress("单位和人员", len(desks), len(desks))
    _places(desks, start)
    made = samples()
    for number, sample in enumerate(made, 1):
        remaining = len(made) - number
        if remaining < IN_HAND:
            sample = renewed(sample, until - DAY * (1 + remaining % 8))
        _one(sample, desks[sample.agency], chance, remaining)
        if number % 25 == 0 or number == len(made):
            progress("政府信息", number, len(made))
    stock.load(desks, until, publish, progress)
    _merge(desks)
    life.withhold(desks)
    life.live(desks, chance, until)
    year.load(desks, until, publish, progress)
    for room in rooms():
        if room.demo:
            room.demo(District(desks, until, publish, progress))
    year.declare(desks, until)
    org.log(DONE, "样本区“明湖区”装入完毕", at=moment(until, 18))


def _desks(at: datetime) -> dict[str, Desk]:
    desks: dict[str, Desk] = {}
    root: Agency | None = None
    for order, row in enumerate(agencies()):
        agency = Agency(
            code=row["code"],
            name=row["name"],
            short_name=row["short"],
            kind=row["kind"],
            order=order * 10,
            number_codes=[f"{row['number']}{one}" for one in "发函规"] if row["number"] else [],
            duties=row["duties"],
            letter_code=f"{row['number']}公开" if row["number"] else "",
            leader=leader(row["code"]),
            address=f"明湖区{road(row['code'])}",
            hours=HOURS,
            phone=phone(row["code"]),
            fax=phone(row["code"], 9),
            email=f"{row['code'].lower()}@minghu.example",
            parent=root if row["kind"] != AgencyKind.GOVERNMENT else None,
        )
        org.save_agency(agency, by=None, at=at)
        root = root or agency
        desks[agency.code] = Desk(agency, {})
    _staff(desks)
    hashed = make_password(PASSWORD)  # 都是同一个公开的口令,散列一次就够
    for code, accounts in ((HOME, ACCOUNTS), (OTHER, OTHER_ACCOUNTS)):
        for username, name, role in accounts:
            user = org.add_person(username, name, None, by=None, at=at)
            user.password = hashed
            user.save(update_fields=["password"])
            org.grant(user, desks[code].agency, role, by=None, at=at)
            desks[code].people[role] = user
    return desks


def _staff(desks: dict[str, Desk]) -> None:
    """Clerks and reviewers of every other agency, without a password: they are there to have acted."""
    users = [
        User(
            username=f"{desk.agency.code.lower()}-{role.value}",
            name=f"{leader(desk.agency.code + role.value)}",
            password=make_password(None),
        )
        for desk in desks.values()
        for role in UNIT_ROLES
        if desk.agency.code != HOME
    ]
    by_name = {user.username: user for user in User.objects.bulk_create(users)}
    memberships = []
    for desk in desks.values():
        for role in UNIT_ROLES:
            if user := by_name.get(f"{desk.agency.code.lower()}-{role.value}"):
                desk.people[role] = user
                memberships.append(Membership(user=user, agency=desk.agency, role=role))
    Membership.objects.bulk_create(memberships)


def _places(desks: dict[str, Desk], at: datetime) -> None:
    rows = (
        ("MH0130", "明湖区档案馆政府信息查阅中心", Place.Kind.ARCHIVE, "查阅、复制政府信息，提交公开申请。"),
        ("MH0138", "明湖区图书馆政府信息查阅点", Place.Kind.LIBRARY, "查阅政府公报和主动公开信息。"),
        (
            "MH0127",
            "明湖区政务公开体验区",
            Place.Kind.EXPERIENCE,
            "自助查询、申请公开、政策咨询，有专人帮助老年人和残疾人。",
        ),
        ("MH02", "望湖街道政务公开体验区", Place.Kind.EXPERIENCE, "自助查询、申请公开、办事咨询。"),
        ("MH05", "白鹭镇政府信息查阅点", Place.Kind.READING, "查阅村务、镇务公开信息。"),
    )
    for code, name, kind, services in rows:
        place = Place(
            agency=desks[code].agency,
            name=name,
            kind=kind,
            address=f"明湖区{road(code)}",
            hours=HOURS,
            phone=phone(code),
            services=services,
            keeper=leader(code),
        )
        org.save_place(place, by=None, at=at)


def _one(sample: Sample, desk: Desk, chance: random.Random, remaining: int) -> None:
    """Draft one record and take it as far as its age lets it: the newest are still in hand."""
    day: date = sample.description["made_on"]
    at = moment(day, 9, chance.randrange(60))
    edition = actions.create(desk.agency, sample.type, by=desk.people[Role.CLERK], at=at, **sample.description)
    attach(edition, sample, desk.people[Role.CLERK], at, chance)
    if remaining < IN_HAND:
        in_hand(edition, desk, day, remaining)
        return
    publish(edition, desk, _signing_day(day, chance))


def _signing_day(made_on: date, chance: random.Random) -> date:
    """Mostly within a few working days; one in twelve is late."""
    wait = chance.randint(24, 40) if chance.randrange(12) == 0 else chance.randint(1, 12)
    try:
        return min(calendar.add(made_on, wait, provisional=True), LAST_DAY)
    except ValueError:
        return made_on + DAY * wait


def _merge(desks: dict[str, Desk]) -> None:
    for row in agencies():
        if "ended" in row:
            org.merge(
                desks[row["code"]].agency,
                desks[row["successor"]].agency,
                on=row["ended"],
                by=None,
                at=moment(row["ended"], 9),
            )
