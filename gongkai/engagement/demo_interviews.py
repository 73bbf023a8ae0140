"""样本区的在线访谈:一期正在进行,一期已经完成(有追答、有不答的),一期正在征集提问。"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from gongkai.engagement import actions
from gongkai.engagement.interview_forms import HOST
from gongkai.engagement.models import Asked, Interview
from gongkai.law import calendar
from gongkai.law.agencies import Role
from gongkai.law.calendar import DAY
from gongkai.org.sample import moment

Publish = Callable[..., Any]
#: How long before it an interview is announced.
NOTICE = DAY * 7


def load(row: dict[str, Any], desk: Any, until: date, publish: Publish) -> None:
    """One interview up to where the row says it is."""
    clerk, day = desk.people[Role.CLERK], until + DAY * row["days"]
    told = min(day - NOTICE, until - DAY)
    values = {
        "title": row["title"],
        "topic": row["topic"],
        "guests": row["guests"],
        "has_chief": row.get("chief", False),
        "starts_at": moment(day, 9),
        "ends_at": moment(day, 23) if day == until else moment(day, 10, 30),
        "questions_until": moment(day, 23) if day == until else moment(day, 10),
    }
    made = actions.plan_interview(desk.agency, values, by=clerk, at=moment(told, 9))
    publish(actions.draft_interview_notice(made, by=clerk, at=moment(told, 9, 30)), desk, told)
    made = Interview.objects.get(pk=made.pk)
    asked = [
        (actions.ask_interview(made, one["text"], at=moment(told, 20, number))[0], one)
        for number, one in enumerate(row["questions"])
    ]
    if day <= until:
        _hold(made, asked, desk, day)
    if day < until:
        _after(made, asked, desk, day)
    if row.get("transcript"):
        after = calendar.add(day, 3, provisional=True)
        publish(actions.draft_transcript(made, by=clerk, at=moment(after, 14)), desk, after)


def _hold(made: Interview, asked: list[tuple[Asked, dict[str, Any]]], desk: Any, day: date) -> None:
    clerk, now = desk.people[Role.CLERK], moment(day, 9)
    actions.open_interview(made, by=clerk, at=now)
    actions.say(made, HOST, "各位网友好，欢迎提问；先请嘉宾介绍情况。", by=clerk, at=now)
    guest = made.guests[0][0]
    actions.say(
        made, guest, "大家好，今天请大家敞开问，没有当场答的，结束以后在这一页公开回复。", by=clerk, at=now
    )
    for question, one in asked:
        now += timedelta(minutes=4)
        if one["state"] in ("answered", "read", "chosen"):
            actions.choose_question(question, one["text"], by=clerk, at=now)
        if one["state"] in ("answered", "read"):
            actions.read_out(question, by=clerk, at=now)
        if one["state"] == "answered":
            actions.say(made, guest, one["answer"], answers=question, by=clerk, at=now + timedelta(minutes=2))


def _after(made: Interview, asked: list[tuple[Asked, dict[str, Any]]], desk: Any, day: date) -> None:
    clerk, head = desk.people[Role.CLERK], desk.people[Role.HEAD]
    actions.close_interview(made, by=clerk, at=moment(day, 10, 30))
    replied = calendar.add(day, 2, provisional=True)
    for question, one in asked:
        if one["state"] == "declined":
            actions.decline_question(question, one["answer"], by=clerk, at=moment(day, 11))
        elif one["state"] == "replied":
            actions.draft_answer(question, one["text"], one["answer"], by=clerk, at=moment(replied, 10))
            actions.release_answer(question, by=head, at=moment(replied, 15))
