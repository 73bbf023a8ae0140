"""样本区的活动系列:每月一场的水厂开放日,办过一场(签到、评价),一场正在报名、有候补,一场截止了等抽选,两场还没有开始报名。"""

from __future__ import annotations

import tomllib
from datetime import timedelta
from importlib.resources import files

from gongkai.engagement import actions
from gongkai.engagement.models import EventSeries
from gongkai.engagement.terms import EventKind
from gongkai.law.agencies import Role
from gongkai.law.calendar import DAY
from gongkai.law.engagement import Step
from gongkai.org.sample import District, moment

GRADES = (5, 5, 4, 5, 4, 3)


def load(district: District) -> None:
    """Through the room's own actions; the first session lies behind ``until``."""
    text = files("gongkai.engagement").joinpath("data", "demo_series.toml").read_text("utf-8")
    for row in tomllib.loads(text)["series"]:
        _series(row, district)


def _series(row: dict, district: District) -> None:
    desk = district.desks[row["agency"]]
    clerk = desk.people[Role.CLERK]
    first = district.until - DAY * row["ago"]
    opened = first - DAY * 20
    by = {"by": clerk, "at": moment(opened, 9)}
    series = actions.open_series(desk.agency, EventKind.from_value(row["kind"]), row, **by)
    times = {
        "starts_at": moment(first, 9),
        "ends_at": moment(first, 11),
        "signup_from": moment(first - DAY * row["opens"], 9),
        "signup_until": moment(first - DAY * row["closes"], 17),
        "seats": row["seats"],
        "selection": row["selection"],
    }
    actions.add_sessions(series, times, count=row["count"], step=Step.from_value(row["step"]), **by)
    edition = actions.draft_series_notice(series, **by)
    district.publish(edition, desk, opened)
    series = EventSeries.objects.get(pk=series.pk)
    for session in series.sessions.select_related("series__record").order_by("starts_at"):
        if session.signup_from.date() >= district.until:
            continue
        at = session.signup_from + timedelta(hours=1)
        made = [
            actions.sign_up(
                session,
                {"name": f"报名人{n}", "reach": f"visit-{n}@citizen.example"},
                at=at + timedelta(minutes=n),
            )[0]
            for n in range(row["people"])
        ]
        if session.ends_at < moment(district.until, 0):
            after = session.ends_at + timedelta(hours=2)
            came = [one.number for one in made[: len(GRADES)]]
            actions.mark_attendance(session, came, by=clerk, at=after)
            for event, grade in zip(made, GRADES, strict=False):
                event.refresh_from_db()
                if event.may_rate(after):
                    actions.give_feedback(event, grade, "", at=after)
            actions.finish_event(session, len(came), row["outcome"], by=clerk, at=after)
