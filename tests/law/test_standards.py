"""标准目录到期没有、村务多久公布、停供要提前多久:判不了的说判不了。"""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from gongkai.law import row_due, utilities, villages
from gongkai.law.due_clauses import Clause, clauses
from gongkai.law.errors import RuleBroken
from gongkai.law.row_due import Happened, Published, State
from gongkai.law.utilities import Interruption
from gongkai.law.villages import Unit

ON = date(2026, 10, 30)


def judged(text, published=(), happened=()):
    return row_due.judge(clauses(text), published, happened, ON)


@pytest.mark.parametrize(
    ("text", "event", "due"),
    [
        ("信息形成之日起20个工作日内", date(2026, 9, 1), date(2026, 9, 29)),
        ("决定作出之日起7个工作日内", date(2026, 9, 25), date(2026, 10, 12)),
        ("批准后20日内", date(2026, 9, 1), date(2026, 9, 21)),
        ("实施之日3日前", date(2026, 9, 10), date(2026, 9, 7)),
        ("招生开始前10个工作日", date(2026, 9, 1), date(2026, 8, 18)),
        ("及时公开", date(2026, 9, 1), None),
        ("每季度", date(2026, 9, 1), None),
    ],
)
def test_days_are_counted_from_the_event(text, event, due):
    assert row_due.due_after(clauses(text)[0], event) == due


def test_nothing_public_is_empty_and_an_event_nobody_entered_cannot_be_judged():
    assert judged("信息形成之日起20个工作日内").state is State.EMPTY
    assert judged("收到征地批准文件10个工作日内").state is State.UNJUDGED
    assert "收到征地批准" in judged("收到征地批准文件10个工作日内").why


def test_an_event_runs_out_or_is_answered_in_time():
    text, event = "收到征地批准文件10个工作日内", date(2026, 9, 1)
    assert judged(text, happened=[Happened(event, None)]).state is State.OVERDUE
    assert judged(text, happened=[Happened(event, date(2026, 9, 15))]).state is State.OK
    assert judged(text, happened=[Happened(event, date(2026, 9, 16))]).state is State.LATE
    assert judged(text, happened=[Happened(date(2026, 10, 29), None)]).due == date(2026, 11, 12)


def test_late_is_told_by_the_row_s_own_days():
    seven = [Published(date(2026, 9, 1), date(2026, 9, 15))]
    assert judged("决定作出之日起7个工作日内", seven).state is State.LATE
    assert judged("信息形成之日起20个工作日内", seven).state is State.OK
    assert judged("及时公开", seven).state is State.UNJUDGED, "没有天数的不说它合规"
    assert judged("及时公开", [Published(date(2026, 1, 5), date(2026, 9, 15))]).state is State.LATE, "有条例的底线"


def test_periods_and_yearly_days_run_out():
    assert judged("每季度", [Published(None, date(2026, 7, 20))]).due == date(2026, 12, 31)
    assert judged("每季度", [Published(None, date(2026, 5, 20))]).state is State.OVERDUE
    assert judged("每年3月31日前", [Published(None, date(2025, 3, 1))]).state is State.OVERDUE
    assert judged("每年3月31日前", [Published(None, date(2026, 3, 1))]).due == date(2027, 3, 31)


def test_a_text_nobody_understands_is_not_kept():
    assert judged("另见附件", [Published(None, date(2026, 7, 20))]).state is State.UNJUDGED


@pytest.mark.parametrize(
    ("old", "new", "looser"),
    [
        ("形成之日起10个工作日内", "形成之日起20个工作日内", True),
        ("形成之日起20个工作日内", "形成之日起20日内", False),
        ("每月", "每季度", True),
        ("每季度", "每月", False),
        ("形成之日起7个工作日内", "及时", True),
        ("及时", "形成之日起20个工作日内", False),
    ],
)
def test_looser_limits_are_seen(old, new, looser):
    assert row_due.is_looser(clauses(old), clauses(new)) is looser


def test_clauses_come_back_from_how_they_are_stored():
    from gongkai.standards.models.catalogue import clause_of

    for one in clauses("制定之日起10个工作日内，公示7日，每年3月31日前"):
        assert clause_of(one.facts()) == one
    assert isinstance(clause_of({"kind": "promptly", "checkable": False}), Clause)


@pytest.mark.parametrize(
    ("unit", "number", "due"), [(Unit.QUARTER, 4, date(2027, 1, 20)), (Unit.MONTH, 2, date(2026, 3, 20))]
)
def test_a_period_of_a_village_is_due_in_the_month_after_it(unit, number, due):
    assert villages.posting_due(unit, 2026, number) == due
    with pytest.raises(RuleBroken, match="没有第"):
        villages.span(unit, 2026, 13)


def test_both_laws_are_computed_apart():
    due = date(2026, 10, 20)
    heavy = villages.national(Unit.QUARTER, True, date(2026, 10, 10), due, ON)
    assert heavy.kept is False and "第三十条" in heavy.source, "财务往来多的要按月"
    own = villages.provincial(date(2026, 10, 10), due, ON, itemised=False)
    assert own.kept is False and "第二十五条" in own.source, "没有明细不算"
    assert villages.provincial(date(2026, 10, 10), due, ON, itemised=True).kept is True
    assert villages.national(Unit.QUARTER, False, None, date(2026, 11, 20), ON).kept is None


def test_members_of_the_committee_do_not_supervise_themselves():
    villages.may_supervise(["甲某"], ["乙某"])
    for names, words in (([], "谁审查"), (["甲某"], "甲某")):
        with pytest.raises(RuleBroken, match=words):
            villages.may_supervise(names, ["甲某"])


def test_what_was_left_is_what_the_next_period_begins_with():
    assert villages.balance(Decimal("1.10"), [Decimal("2.20")], [Decimal("0.30")]) == Decimal("3.00")
    with pytest.raises(RuleBroken, match=r"差0\.10元"):
        villages.check_carried(Decimal("3.10"), Decimal("3.00"))


@pytest.mark.parametrize(
    ("sector", "kind", "hours"),
    [
        ("water", Interruption.PLANNED, 24),
        ("gas", Interruption.PLANNED, 48),
        ("power", Interruption.PLANNED, 168),
        ("power", Interruption.TEMPORARY, 24),
        ("transport", Interruption.CHANGE, 72),
    ],
)
def test_lead_times_of_notices(sector, kind, hours):
    starts = datetime(2026, 9, 10, 8)
    assert utilities.check_lead(sector, kind, starts - timedelta(hours=hours), starts).enough is True
    short = utilities.check_lead(sector, kind, starts - timedelta(hours=hours - 1), starts)
    assert short.enough is False and short.short == 1 and "《" in short.said


def test_repairs_and_sectors_without_a_rule_are_not_judged():
    starts = datetime(2026, 9, 10, 8)
    assert utilities.check_lead("water", Interruption.REPAIR, starts, starts).enough is None
    assert utilities.check_lead("health", Interruption.CHANGE, starts, starts).enough is None


def test_every_sector_names_an_article_for_each_content_and_says_why_there_are_no_applications():
    assert all(one.source.startswith("《") for sector in utilities.sectors().values() for one in sector.contents)
    assert "第五十五条" in utilities.without_application()
