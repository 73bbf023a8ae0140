"""样本区的体验区:三处,一处有设备坏了、缺切换的日子。"""

from __future__ import annotations

from gongkai.law.agencies import Role
from gongkai.law.calendar import DAY
from gongkai.org.models import Place
from gongkai.org.sample import District, moment
from gongkai.standards import actions
from gongkai.standards.models import Comment, DayCount, Equipment, Patrol, Season, Stock, Zone
from gongkai.standards.models.zone import Level
from gongkai.standards.terms import BookKind, Device, Unity

SUMMER = ("夏令时", 5, 1, 9, 30, "8:30-12:00，14:30-17:30")
WINTER = ("冬令时", 10, 1, 4, 30, "8:30-12:00，14:00-17:00")
#: 查阅点、编号、级别、面积、功能区、四统一、有没有毛病。
ZONES = (
    (
        "明湖区政务公开体验区",
        "MH-TY-01",
        Level.DISTRICT,
        180,
        ["查询区", "申请区", "咨询区", "阅读区"],
        list(Unity),
        False,
    ),
    (
        "望湖街道政务公开体验区",
        "MH-TY-02",
        Level.TOWN,
        60,
        ["查询区", "咨询区"],
        [Unity.SIGNS, Unity.EQUIPMENT, Unity.MANAGEMENT],
        True,
    ),
    ("白鹭镇政府信息查阅点", "MH-TY-03", Level.TOWN, 40, ["查阅区"], list(Unity), False),
)
DEVICES = (Device.COMPUTER, Device.PRINTER, Device.KIOSK, Device.RACK, Device.LOW_DESK, Device.BOX)
#: 意见簿:意见、写在哪里、答复。
BOOK = (
    ("打印机旁边没有椅子，老人站着等。", BookKind.SCREEN, ""),
    ("想看近三年的公报，架上只有今年的。", BookKind.PAPER, "已经补了近三年的合订目录，全文可以在终端上打印。"),
    ("中午能不能开门？", BookKind.PAPER, "十一月起中午留一人值班，门口已经贴出。"),
)
PAPERS = ("政府公报", "公开指南", "办事指南汇编", "社会救助政策问答")


def load(district: District) -> None:
    """The zones, through the room's own actions."""
    until = district.until
    for n, (name, number, level, area, functions, unities, faulty) in enumerate(ZONES):
        place = Place.objects.select_related("agency").get(name=name)
        clerk = district.desks[place.agency.code].people[Role.CLERK]
        seasons = [SUMMER] if faulty else [SUMMER, WINTER]
        made = actions.save_zone(
            Zone(
                place=place,
                number=number,
                level=level,
                area=area,
                functions=functions,
                full_time=2 if level is Level.DISTRICT else 1,
            ),
            [_season(*one) for one in seasons],
            [one.value for one in unities],
            by=None,
            on=until - DAY * 90,
            at=moment(until - DAY * 90, 9),
        )
        actions.add_equipment(
            made,
            [
                Equipment(
                    zone=made,
                    kind=kind,
                    number=f"{number}-{place_of}",
                    works=not (faulty and kind is Device.PRINTER),
                    fault="卡纸，已报修" if faulty and kind is Device.PRINTER else "",
                    checked_on=until - DAY * (2 + n),
                )
                for place_of, kind in enumerate(DEVICES, start=1)
            ],
            by=None,
            at=moment(until - DAY * 80, 9),
        )
        for place_of, title in enumerate(PAPERS[: 4 - n]):
            actions.save_stock(
                Stock(
                    zone=made,
                    title=title,
                    placed=100,
                    left=max(4, 90 - 37 * place_of),
                    updated_on=until - DAY * (6 + 16 * place_of),
                ),
                by=None,
                at=moment(until - DAY * 30, 9),
            )
        patrols = [
            Patrol(
                zone=made,
                on=until - DAY * (7 * week + 2 + 9 * faulty),
                is_open=not (faulty and week == 3),
                found="当天停电，没有开放" if faulty and week == 3 else "",
                by=clerk,
            )
            for week in range(10)
        ]
        actions.add_patrols(made, patrols, by=clerk, at=moment(until, 9))
        days = [
            DayCount(
                zone=made,
                on=until - DAY * ago,
                searches=12 + ago * 7 % 19 - n,
                applications=ago % 3,
                questions=4 + ago % 5,
                answered=4 + ago % 5 - (ago % 7 == 0),
                prints=6 + ago * 5 % 23,
                helped=1 + ago % 4,
            )
            for ago in range(60)
            if (until - DAY * ago).weekday() < 5
        ]
        actions.add_days(made, days, by=None, at=moment(until, 9))
        book = [
            Comment(on=until - DAY * (12 * nth + 2 + n), kind=kind, text=text)
            for nth, (text, kind, _) in enumerate(BOOK[: 3 - n])
        ]
        actions.add_comments(made, book, by=clerk, at=moment(until, 9))
        for comment, (_, _, answer) in zip(book, BOOK, strict=False):
            if answer:
                actions.answer_comment(comment, answer, True, by=clerk, at=moment(comment.on + DAY * 2, 10))


def _season(name: str, from_month: int, from_day: int, until_month: int, until_day: int, hours: str) -> Season:
    return Season(
        name=name,
        from_month=from_month,
        from_day=from_day,
        until_month=until_month,
        until_day=until_day,
        hours=hours,
    )
