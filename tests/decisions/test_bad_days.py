"""坏的日子:截止早于开始、事后才有的放假、两个人同时收尾——说清楚,不丢,不误公布。"""

from datetime import date

import pytest
from django.db import connection

from gongkai.decisions import actions
from gongkai.decisions.models import Consultation
from gongkai.law import calendar
from gongkai.law import consultation as law
from gongkai.law.consultation import Disposition, Sufficiency
from gongkai.law.errors import LawError, RuleBroken
from gongkai.records import actions as records
from gongkai.records.models import Edition, Record
from tests.decisions.office import AFTER, START, Council
from tests.records.office import moment
from tests.records.test_concurrency import together

NOON = moment(2026, 9, 15, 12)


@pytest.mark.django_db
def test_an_end_before_the_start_is_said_with_the_article_before_anything_is_drafted():
    council = Council()
    dossier = council.dossier()
    with pytest.raises(RuleBroken, match=r"截止日2026-08-01早于开始日2026-09-01.*第十五条"):
        council.round(dossier, end_on=date(2026, 8, 1), publish=False)
    assert not Consultation.objects.exists() and not Record.objects.exists()
    one = council.round(dossier, publish=False)
    plan = {"media": one.media, "ways": [], "focus": "", "next_steps": "", "short_reason": "急"}
    with pytest.raises(RuleBroken, match="早于开始日"):
        actions.plan_round(one, date(2026, 8, 31), by=council.office.clerk, at=START, **plan)
    with pytest.raises(RuleBroken, match="早于开始日"):
        council.office.sign(one.record.draft, at=moment(2026, 10, 2))
    assert Record.objects.get().published_at is None, "放过了截止日才签发的，也公布不了"


@pytest.mark.django_db
def test_a_holiday_added_later_moves_the_day_of_the_result_and_never_the_end(tmp_path):
    council = Council()
    one = council.round(council.dossier())
    before = law.feedback_due(one.end_on).due
    days = [{"name": "国庆节", "date": f"2026-10-{n:02}", "isOffDay": True} for n in range(1, 13)]
    text = calendar.from_holiday_cn({"year": 2026, "papers": ["https://www.gov.cn/x"], "days": days})
    (tmp_path / "2026.toml").write_text(text, "utf-8")
    try:
        calendar.extra(tmp_path)
        assert law.feedback_due(one.end_on).due > before
        one.refresh_from_db()
        assert one.end_on == date(2026, 10, 1) and law.sufficiency(one.period) is Sufficiency.ENOUGH
        assert law.ends_in_long_holiday(one.period)
        actions.send_opinion(one, "截止那天的。", at=moment(2026, 10, 1, 23, 59))
        with pytest.raises(RuleBroken, match="已经截止"):
            actions.send_opinion(one, "放假还没有完。", at=moment(2026, 10, 2, 0, 1))
    finally:
        calendar.extra(None)


@pytest.mark.django_db(transaction=True)
def test_two_officials_close_a_round_at_once_and_it_is_closed_once():
    """PostgreSQL 上真的同时;SQLite 的写事务一个接一个,两个人手里都是旧的一页。"""
    council = Council()
    one = council.round(council.dossier())
    made, _ = actions.send_opinion(one, "提高补贴。", at=NOON)
    office = council.office
    stale = [Consultation.objects.get(pk=one.pk) for _ in range(2)]
    given = {"reason": "", "shown": "提高补贴。", "at": AFTER}
    actions.answer(stale[0], [made.pk], Disposition.TAKEN, by=office.clerk, **given)
    drafts = [
        lambda row=row, by=by: actions.feedback(row, by=by, at=AFTER)
        for row, by in zip(stale, (office.clerk, office.colleague), strict=True)
    ]
    done, faults = at_once(*drafts)
    assert done >= 1 and all(isinstance(fault, LawError) for fault in faults)
    record = Record.objects.get(type="consultation-result")
    edition = record.draft
    records.submit(edition, by=office.clerk, at=AFTER)
    for kind in ("secrecy", "first", "second"):
        office.judge(edition, kind, at=AFTER)
    editions = [Edition.objects.get(pk=edition.pk) for _ in range(2)]
    done, faults = at_once(*(lambda row=row: office.judge(row, "final", at=AFTER) for row in editions))
    assert done == 1 and [type(fault) for fault in faults] == [RuleBroken]
    record.refresh_from_db()
    assert record.is_public(AFTER) and record.editions.count() == 1
    assert record.live.fields["received"] == "1"
    with pytest.raises(RuleBroken, match="采纳情况已经签发"):
        actions.answer(one, [made.pk], Disposition.REJECTED, by=office.clerk, **given | {"reason": "不行"})


def at_once(*acts):
    """Really at once on PostgreSQL, one after the other from stale pages on SQLite."""
    if connection.vendor == "postgresql":
        return together(*acts)
    done, faults = 0, []
    for act in acts:
        try:
            act()
            done += 1
        except LawError as error:
            faults.append(error)
    return done, faults
