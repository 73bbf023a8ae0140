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
from gongkai.law.normative import EffectKind
from gongkai.law.openness import Openness
from gongkai.org import actions as org
from gongkai.org.models import Agency, LogEntry, Membership, Place, User
from gongkai.org.sample import Desk, District, moment
from gongkai.policies.actions import happen
from gongkai.records import actions
from gongkai.records.models import Edition, Record
from gongkai.records.terms import RelationKind, ReviewKind, Verdict, WithdrawalKind

from . import annual, cases, clinic, policies, sections, stock, year
from .attachments import attach
from .compose import HOURS, LAST_DAY, Sample, agencies, leader, phone, renewed, road, samples

PASSWORD = "minghu-demo-2026"  # noqa: S105  只用于本机演示的公开口令
HOME, OTHER = "MH0101", "MH0112"
#: 样本账号:用户名、姓名、岗位;都在区政府办公室。
ACCOUNTS = (
    ("clerk", "陈某", Role.CLERK), ("first", "林某", Role.FIRST_REVIEWER), ("second", "周某", Role.SECOND_REVIEWER),
    ("final", "吴某", Role.FINAL_REVIEWER), ("secrecy", "郑某", Role.SECRECY_REVIEWER), ("legal", "孙某", Role.LEGAL_REVIEWER),
    ("head", "何某", Role.HEAD), ("office", "张某", Role.OFFICE), ("inspector", "许某", Role.INSPECTOR),
    ("admin", "吕某", Role.ADMINISTRATOR),
)  # fmt: skip
#: 一个部门的两个人:起草的和公布的。
OTHER_ACCOUNTS = (("clerk2", "施某", Role.CLERK), ("head2", "魏某", Role.HEAD))
UNIT_ROLES = (Role.CLERK, Role.FIRST_REVIEWER, Role.SECOND_REVIEWER, Role.FINAL_REVIEWER, Role.SECRECY_REVIEWER,
              Role.LEGAL_REVIEWER, Role.HEAD)  # fmt: skip
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
    stock.load(desks, _publish, progress)
    _merge(desks)
    _withheld(desks)
    _life(desks, chance, until)
    year.load(desks, until, _publish, progress)
    policies.load(desks, until)
    clinic.load(desks, until)
    cases.load(desks, until, progress)
    annual.load(desks, until, _publish, progress)
    sections.load(desks, until, progress)
    for room in rooms():
        if room.demo:
            room.demo(District(desks, until, _publish, progress))
    year.declare(desks, until)
    org.log(DONE, "样本区“明湖区”装入完毕", at=moment(until, 18))


def _desks(at: datetime) -> dict[str, Desk]:
    desks: dict[str, Desk] = {}
    root: Agency | None = None
    for order, row in enumerate(agencies()):
        agency = Agency(
            code=row["code"], name=row["name"], short_name=row["short"], kind=row["kind"], order=order * 10,
            number_codes=[f"{row['number']}{one}" for one in "发函规"] if row["number"] else [], duties=row["duties"],
            letter_code=f"{row['number']}公开" if row["number"] else "",
            leader=leader(row["code"]), address=f"明湖区{road(row['code'])}", hours=HOURS, phone=phone(row["code"]),
            fax=phone(row["code"], 9), email=f"{row['code'].lower()}@minghu.example",
            parent=root if row["kind"] != AgencyKind.GOVERNMENT else None,
        )  # fmt: skip
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
        User(username=f"{desk.agency.code.lower()}-{role.value}", name=f"{leader(desk.agency.code + role.value)}", password=make_password(None))
        for desk in desks.values() for role in UNIT_ROLES if desk.agency.code != HOME
    ]  # fmt: skip
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
        place = Place(agency=desks[code].agency, name=name, kind=kind, address=f"明湖区{road(code)}", hours=HOURS,
                      phone=phone(code), services=services, keeper=leader(code))  # fmt: skip
        org.save_place(place, by=None, at=at)


def _one(sample: Sample, desk: Desk, chance: random.Random, remaining: int) -> None:
    """Draft one record and take it as far as its age lets it: the newest are still in hand."""
    day: date = sample.description["made_on"]
    at = moment(day, 9, chance.randrange(60))
    edition = actions.create(desk.agency, sample.type, by=desk.people[Role.CLERK], at=at, **sample.description)
    attach(edition, sample, desk.people[Role.CLERK], at, chance)
    if remaining < IN_HAND:
        _in_hand(edition, desk, day, remaining)
        return
    _publish(edition, desk, _signing_day(day, chance))


def _signing_day(made_on: date, chance: random.Random) -> date:
    """Mostly within a few working days; one in twelve is late."""
    wait = chance.randint(24, 40) if chance.randrange(12) == 0 else chance.randint(1, 12)
    try:
        return min(calendar.add(made_on, wait, provisional=True), LAST_DAY)
    except ValueError:
        return made_on + DAY * wait


def _publish(edition: Edition, desk: Desk, day: date, publish_at: datetime | None = None) -> Edition:
    people = desk.people
    edition = Edition.objects.get(pk=edition.pk)
    actions.submit(edition, by=people[Role.CLERK], at=moment(day, 9, 10))
    steps = ((ReviewKind.FIRST, Role.FIRST_REVIEWER), (ReviewKind.SECOND, Role.SECOND_REVIEWER),
             (ReviewKind.SECRECY, Role.SECRECY_REVIEWER))  # fmt: skip
    for hour, (kind, role) in enumerate(steps, 10):
        actions.judge(
            edition,
            kind,
            Verdict.PASS,
            "已逐项审查，同意公开。" if kind is ReviewKind.SECRECY else "",
            by=people[role],
            at=moment(day, hour),
        )
    if edition.record.type == "normative":
        actions.judge(
            edition,
            ReviewKind.LEGAL,
            Verdict.PASS,
            "已经合法性审核。",
            by=people[Role.LEGAL_REVIEWER],
            at=moment(day, 14),
        )
        return policies.release(edition, desk, day)
    return actions.judge(
        edition,
        ReviewKind.FINAL,
        Verdict.PASS,
        "",
        by=people[Role.FINAL_REVIEWER],
        at=moment(day, 15),
        publish_at=publish_at,
    )


def _in_hand(edition: Edition, desk: Desk, day: date, remaining: int) -> None:
    """Leave the newest at every stage: drafts, each review, returned, scheduled."""
    people, at = desk.people, moment(day, 16)
    if remaining < 7:
        return
    actions.submit(edition, by=people[Role.CLERK], at=at)
    if remaining < 12:
        return
    actions.judge(edition, ReviewKind.FIRST, Verdict.PASS, by=people[Role.FIRST_REVIEWER], at=at)
    if remaining < 16:
        return
    actions.judge(edition, ReviewKind.SECRECY, Verdict.PASS, "同意公开。", by=people[Role.SECRECY_REVIEWER], at=at)
    if remaining < 18:
        actions.judge(
            edition,
            ReviewKind.SECOND,
            Verdict.RETURN,
            "附件同正文的数字不一致，请核对。",
            by=people[Role.SECOND_REVIEWER],
            at=at,
        )
        return
    actions.judge(edition, ReviewKind.SECOND, Verdict.PASS, by=people[Role.SECOND_REVIEWER], at=at)


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


WITHHELD = (
    ("MH0108", "关于某行政复议案件的讨论记录", "过程性信息", "《条例》第十六条第二款"),
    ("MH0101", "区政府专题会议讨论稿（老旧小区改造资金筹措）", "过程性信息", "《条例》第十六条第二款"),
    ("MH0109", "关于某企业融资情况的报告", "商业秘密", "《条例》第十五条"),
    ("MH0118", "传染病个案流行病学调查报告", "个人隐私", "《条例》第十五条"),
    ("MH0120", "重点目标防护方案", "危及公共安全", "《条例》第十四条"),
    ("MH0111", "土地储备规划研究初稿", "过程性信息", "《条例》第十六条第二款"),
    ("MH0110", "机关内部考勤管理办法", "内部事务信息", "《条例》第十六条第一款"),
    ("MH0107", "困难家庭入户调查表汇总", "个人隐私", "《条例》第十五条"),
)


def _withheld(desks: dict[str, Desk]) -> None:
    """Papers that are not published, some assessed in later years (条例第十八条)."""
    for number, (code, title, ground, article) in enumerate(WITHHELD):
        desk = desks[code]
        day = date(2021 + number % 3, 3 + number, 8)
        edition = actions.create(
            desk.agency, "document", by=desk.people[Role.CLERK], at=moment(day, 9), title=title, made_on=day,
            openness=Openness.ON_REQUEST if number % 4 == 1 else Openness.WITHHELD, ground=ground,
            ground_note=f"依据{article}，经审查不主动公开。", body="<p>（本件不主动公开，内容从略。）</p>",
        )  # fmt: skip
        _publish(edition, desk, day + DAY * 3)
        for later in range(day.year + 1, 2026):
            record = Record.objects.get(pk=edition.record_id)
            actions.reassess(
                record,
                later,
                "keep",
                "情形没有变化，维持不予公开。",
                by=desk.people[Role.CLERK],
                at=moment(date(later, 11, 20), 10),
            )


#: 区政府办公室手上的几件,让每个样本账号都有事可办:标题,和 ``_in_hand`` 办到哪一步。
WAITING = (
    ("关于做好第四季度政务公开工作的通知", 8), ("关于公布行政规范性文件清理结果的通知", 13), ("关于政务公开培训安排的通知", 17),
    ("关于举办政府开放日活动的公告", 20),
)  # fmt: skip


def _life(desks: dict[str, Desk], chance: random.Random, until: date) -> None:
    """What happens to published papers: replaced, amended, interpreted, corrected, withdrawn."""
    head = desks[HOME].people[Role.OFFICE]
    day = LAST_DAY - DAY * 20
    normative = list(
        Record.objects.filter(type="normative", normative__effects=None)
        .exclude(published_at=None)
        .exclude(title__contains="《")
        .select_related("agency", "normative")
        .order_by("made_on")
    )
    for number, old in enumerate(normative[: len(normative) // 2]):
        later = next(
            (one for one in normative if one.agency_id == old.agency_id and one.made_on > old.made_on), None
        )
        if later is None or number % 5 == 4:
            continue
        on = later.effective_on or later.made_on
        kind = EffectKind.AMEND if number % 3 == 0 else EffectKind.REPEAL
        articles = "第五条" if kind is EffectKind.AMEND else ""
        happen(old.normative, kind, on=on, source=later, articles=articles, by=head, at=moment(day, 11))
    interpretations = (
        Record.objects.filter(type="interpretation", package_part=None)
        .exclude(published_at=None)
        .select_related("agency")
    )
    for one in interpretations:
        earlier = [
            paper for paper in normative if paper.agency_id == one.agency_id and paper.made_on <= one.made_on
        ]
        if earlier:
            clerk = desks[one.agency.code].people[Role.CLERK]
            actions.relate(one, earlier[-1], RelationKind.INTERPRETS, by=clerk, at=moment(day, 12))
    others = list(Record.objects.filter(type__in=("notice", "document", "livelihood"), withdrawn="").exclude(published_at=None)
                  .select_related("agency").order_by("pk"))  # fmt: skip
    chance.shuffle(others)
    actions.withdraw(
        others[0],
        WithdrawalKind.RETRACTED,
        reason="内容有误，已经撤回，更正后重新公布。",
        on=day,
        by=head,
        at=moment(day, 13),
    )
    actions.withdraw(others[1], WithdrawalKind.RETRACTED, reason="重复发布。", on=day, by=head, at=moment(day, 13))
    actions.withdraw(
        others[2],
        WithdrawalKind.CONFIDENTIAL,
        reason="附件里有个人信息，没有隐去。",
        on=day,
        by=head,
        at=moment(day, 13),
    )
    actions.withdraw(
        others[3],
        WithdrawalKind.MOVED,
        reason="同内容合并到新的一件。",
        on=day,
        by=head,
        at=moment(day, 13),
        successor=others[4],
    )
    for one in others[5:9]:
        desk = desks[one.agency.code]
        edition = actions.revise(
            one, by=desk.people[Role.CLERK], at=moment(day, 14), change_note="更正联系方式和办理地点的表述。"
        )
        body = (
            edition.body.replace("欢迎社会各界监督", "欢迎社会各界监督，意见可以当面或者来信反映")
            + "<p>（已按更正说明修改。）</p>"
        )
        edition = actions.save(
            edition, {"body": body}, by=desk.people[Role.CLERK], at=moment(day, 15), revision=edition.revision
        )
        _publish(edition, desk, day + DAY)
    desk, day = desks[HOME], until - DAY * 6
    for title, remaining in WAITING:
        edition = actions.create(
            desk.agency, "document", by=desk.people[Role.CLERK], at=moment(day, 9), made_on=day, genre="通知",
            title=f"明湖区人民政府办公室{title}", body="<p>各有关单位：</p><p>请按照要求做好工作，情况及时报送。</p>",
        )  # fmt: skip
        _in_hand(edition, desk, day, remaining)
    edition = actions.create(
        desk.agency, "document", by=desk.people[Role.CLERK], at=moment(day, 9), made_on=day, genre="通知",
        title="明湖区人民政府办公室关于政务服务大厅下月调整办公时间的通知", body="<p>政务服务中心安排值班窗口，具体时间另行公告。</p>",
    )  # fmt: skip
    _publish(edition, desk, day, publish_at=moment(until + DAY * 32, 9))
