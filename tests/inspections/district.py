"""台账里有网站和账号的一个单位,给检查的测试用。"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from gongkai.desk.moments import local_day
from gongkai.inspections import actions
from gongkai.inspections.models import Finding, Outlet, Round
from gongkai.law.indicators import Answer, Effect, indicators_for
from gongkai.law.outlets import Platform, State
from tests.records.office import Office, moment

AT = moment(2026, 9, 1, 9)
LATER = moment(2026, 9, 2, 9)


def outlet(office: Office, name: str = "明湖发布", platform: Platform = Platform.WECHAT, **values) -> Outlet:
    """A running outlet, as the register has it."""
    url = {"url": "https://www.mh.example/"} if platform is Platform.SITE else {}
    made = actions.save_outlet(
        None, office.agency, platform, {"name": name, **url, **values}, by=office.clerk, at=AT
    )
    Outlet.objects.filter(pk=made.pk).update(state=State.RUNNING)
    return Outlet.objects.get(pk=made.pk)


def drawn(office: Office, year: int, quarter: int, on: date, *, at: datetime = AT, **options) -> Round:
    """A round whose frame was fixed the day before and whose sample was drawn."""
    made = actions.open_round(year, quarter, on, by=office.inspector, at=at - timedelta(days=1), **options)
    return actions.draw_sample(made, by=office.inspector, at=at)


def opened(office: Office, **options) -> Round:
    """A round over everything, begun."""
    on = options.pop("on", local_day(AT))
    made = drawn(office, on.year, 3, on, site_percent=100, account_percent=100, **options)
    return actions.start(made, by=office.inspector, at=AT)


def looked_at(office: Office, one: Round, **short: str) -> None:
    """Every sample answered: what is named falls short, all else holds."""
    for sample in one.samples.select_related("outlet"):
        known = {row.code for row in sample.checks.all()}
        answers = {
            row.code: (Answer.HOLDS.value, "")
            for row in indicators_for(sample.outlet.kind)
            if row.effect is not Effect.BONUS and row.code not in known
        }
        for code, fact in short.items():
            answers[code.replace("_", ".")] = (Answer.SHORT.value, fact)
        actions.answer(sample, answers, by=office.inspector, at=AT)


def confirmed(office: Office, one: Outlet, code: str = "M2", text: str = "三周没有更新", **options) -> Finding:
    """A finding that was noticed."""
    found = actions.suspect(one, code, text, by=office.inspector, at=AT, **options)
    found = actions.confirm(found, by=office.inspector, at=AT)
    return actions.notice(found, date(2026, 9, 8), by=office.inspector, at=AT)
