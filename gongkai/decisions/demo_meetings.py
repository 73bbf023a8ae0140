"""样本区的政府会议:一次涉密不公开,一次开过了、有居民抽中列席,一次在接受报名。"""

from __future__ import annotations

from datetime import date
from typing import Any

from gongkai.decisions import actions
from gongkai.decisions.models import Dossier, Meeting
from gongkai.desk.moments import end_of
from gongkai.law.agencies import Role
from gongkai.law.calendar import DAY
from gongkai.org.sample import GOVERNMENT, OFFICE, District, moment

#: 第几次、在装入那天以前多少天、不公开的依据;负的是还没有开的。
MEETINGS = ((34, 48, ""), (35, 27, "涉及国家秘密"), (36, 6, ""), (37, -16, ""))
#: 从这一次起有公众列席;这一次讨论公交线路。
SEATED, ON_BUSES = 36, 36
INVITED = "居民代表2人、专家1人"


def load(district: District, table: dict[str, Any], bus: Dossier) -> None:
    """The meetings with their agenda, sign-up and minutes.

    Args:
        table: ``coming``, an item of the meeting to come, and ``representatives``, who signs up and why.
        bus: the decision that was discussed.
    """
    for number, ago, secret in MEETINGS:
        day = district.until - DAY * ago
        meeting = _held(district, number, day, secret)
        if not secret:
            _with_agenda(district, table, meeting, day, bus)


def _opened(day: date) -> date:
    return day - DAY * 22


def _held(district: District, number: int, day: date, secret: str) -> Meeting:
    seated = number >= SEATED
    values = {
        "kind": "executive",
        "term": 18,
        "number": number,
        "held_on": day,
        "place": "区政府第一会议室",
        "secret_basis": secret,
        "seats": 2 if seated else 0,
        "signup_until": end_of(day - DAY * 4) if seated else None,
    }
    government = district.desks[GOVERNMENT].agency
    return actions.hold(government, values, by=_office(district), at=moment(_opened(day), 9))


def _with_agenda(district: District, table: dict[str, Any], meeting: Meeting, day: date, bus: Dossier) -> None:
    on_buses, coming = meeting.number == ON_BUSES, day > district.until
    item = _on_buses(district, bus) if on_buses else _on_water(district)
    if coming:
        item |= table["coming"]
    agenda = actions.add_agenda(meeting, item, by=_office(district), at=moment(_opened(day), 10))
    if meeting.seats:
        _sign_up(meeting, table["representatives"], min(_opened(day) + DAY * 3, district.until))
    if coming:
        return
    if on_buses:
        after = {"attended": INVITED, "result": item["result"]}
        actions.save_agenda(agenda, after, by=_office(district), at=moment(day, 17))
        _draw(district, meeting, day)
    desk = district.desks[GOVERNMENT]
    edition = actions.draft_minutes(meeting, by=desk.people[Role.CLERK], at=moment(day + DAY * 3, 8))
    district.publish(edition, desk, day + DAY * 3)


def _on_buses(district: District, bus: Dossier) -> dict[str, Any]:
    return {
        "title": bus.title,
        "reporter": district.desks["MH0113"].agency,
        "dossier": bus,
        "livelihood": True,
        "invite": True,
        "invitees": INVITED,
        "opened": True,
        "ways": ["decisions"],
        "result": "原则同意，按会议意见修改后公布。",
    }


def _on_water(district: District) -> dict[str, Any]:
    return {
        "title": "冬季供水保障工作",
        "reporter": district.desks["MH0114"].agency,
        "dossier": None,
        "livelihood": False,
        "invite": None,
        "invitees": "",
        "opened": True,
        "ways": ["decisions"],
        "result": "听取汇报，要求十二月底以前完成检修。",
    }


def _sign_up(meeting: Meeting, rows: dict[str, str], day: date) -> None:
    """People who want to sit in; nobody's name or telephone."""
    for number, (kind, why) in enumerate(rows.items(), 1):
        contact = {"name": f"报名人{number}", "phone": f"0000-000002{number:02}"}
        actions.sign_up(meeting, contact, kind, why, at=moment(day, 9 + number))


def _draw(district: District, meeting: Meeting, day: date) -> None:
    """Drawn by the seed agreed before, told after the meeting what became of what they said."""
    for row in actions.draw(meeting, by=_office(district), at=moment(day - DAY * 3, 9)):
        said, became = "建议保留夜间的末班车。", "会议采纳，写进了方案第三条。"
        actions.tell_representative(row, said, became, by=_office(district), at=moment(day + DAY, 10))


def _office(district: District) -> Any:
    return district.desks[OFFICE].people[Role.OFFICE]
