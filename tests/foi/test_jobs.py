"""后台任务:重算只动在办的、记下原来和现在;提醒各一次、补漏、停着的不提醒;单位撤并、人员停用、信息撤下跟着办。"""

from datetime import date

import pytest

from gongkai.foi import actions, jobs, numbering
from gongkai.foi.models import Application, Reminder
from gongkai.org import actions as org
from gongkai.org import codes, worker
from gongkai.org.models import LogEntry
from gongkai.records import actions as records
from gongkai.records.models import Record
from gongkai.records.terms import WithdrawalKind
from tests.foi.desk import Desk, fresh, moment

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return Desk()


def remind(day):
    return jobs.remind(on=date.fromisoformat(day), at=moment(day, 8))


def test_c08_a_new_calendar_moves_open_cases_only(desk):
    open_case, closed = desk.case("2026-03-02"), desk.case("2026-03-02")
    desk.provide(closed, "2026-03-10")
    old, done = fresh(open_case).due_on, fresh(closed).due_on
    # 库里存的是按旧安排算的:重算以后按现在的安排。
    Application.objects.filter(pk=open_case.pk).update(due_on=date(2026, 3, 31))
    jobs.recount(on=date(2026, 3, 5), at=moment("2026-03-05"))
    assert fresh(open_case).due_on == old and fresh(closed).due_on == done
    entry = LogEntry.objects.get(action="foi.recount")
    assert (entry.detail["old"], entry.detail["new"]) == ("2026-03-31", str(old))


def test_a_silent_third_party_is_closed_by_the_job(desk):
    application = desk.case("2025-09-22")
    desk.letter(application, "third_party", "2025-09-24", party="甲公司", content="报价")
    actions.served(application, "甲公司", date(2025, 9, 26), by=desk.clerk, at=moment("2025-09-26"))
    jobs.recount(on=date(2025, 10, 23), at=moment("2025-10-23"))
    assert fresh(application).state == "inquiring"
    jobs.recount(on=date(2025, 10, 24), at=moment("2025-10-24"))
    assert (fresh(application).state, fresh(application).due_on) == ("handling", date(2025, 11, 18))


def test_c32_each_reminder_once_even_if_the_job_runs_twice(desk):
    desk.case("2025-02-20")
    assert remind("2025-03-13") == "提醒了1件"
    assert remind("2025-03-13") == remind("2025-03-14") == "没有要提醒的"
    assert [remind(day)[:3] for day in ("2025-03-17", "2025-03-19", "2025-03-20", "2025-03-21")] == ["提醒了"] * 4
    words = list(LogEntry.objects.filter(action="foi.remind").order_by("seq").values_list("summary", flat=True))
    assert ["还有5个" in words[0], "还有1个" in words[2], "今天到期" in words[3], "已经逾期" in words[4]] == [
        True
    ] * 4


def test_c33_a_night_that_was_missed_is_made_up(desk):
    desk.case("2025-02-20")
    for day in (11, 12, 13, 14):
        jobs.remind(on=date(2025, 3, day), at=moment("2025-03-14"))
    assert Reminder.objects.count() == 1


def test_c34_none_for_closed_stopped_or_withdrawn(desk):
    cases = [desk.case("2025-02-20") for _ in range(3)]
    desk.provide(cases[0], "2025-02-21")
    desk.letter(cases[1], "correction", "2025-02-21", defects="年度不明", guidance="写明年度", days="15")
    actions.quit(cases[2], at=moment("2025-02-21"))
    assert remind("2025-03-20") == "没有要提醒的"


def test_c50_a_merged_unit_hands_over_what_is_open(desk):
    heir = Desk(code="MH0113", name="明湖区交通运输局", short="明湖交通")
    application, closed = desk.case("2025-02-20"), desk.case("2025-02-20")
    desk.provide(closed, "2025-02-21")
    org.merge(desk.agency, heir.agency, on=date(2025, 3, 3), by=None, at=moment("2025-03-03"))
    worker.drain(lambda: moment("2025-03-03", 11))
    assert fresh(application).agency == heir.agency and fresh(application).handler is None
    assert fresh(closed).agency == desk.agency
    actions.accept(application, by=heir.clerk, at=moment("2025-03-04"))
    assert LogEntry.objects.filter(action="foi.moved").count() == 1


def test_c51_a_person_who_left_sets_cases_free(desk):
    application, closed = desk.case("2025-02-20"), desk.case("2025-02-20")
    desk.provide(closed, "2025-02-21")
    org.deactivate(desk.clerk, by=desk.admin, at=moment("2025-03-03"))
    worker.drain(lambda: moment("2025-03-03", 11))
    assert fresh(application).handler is None and fresh(closed).handler == desk.clerk
    actions.accept(application, by=desk.colleague, at=moment("2025-03-04"))


def test_c109_withdrawing_what_came_of_a_case_is_told_there(desk):
    application = desk.case("2025-02-20")
    desk.provide(application, "2025-03-10")
    row = actions.propose(application, "2024年低保资金支出", "两人申请", by=desk.clerk, at=moment("2025-03-11"))
    row = actions.release(row, True, "", by=desk.head, at=moment("2025-03-12"))
    edition = row.record.draft
    values = {
        "made_on": date(2025, 3, 12),
        "body": "<p>支出情况。</p>",
        "fields": {"law_basis": "《条例》第四十四条"},
    }
    edition = records.save(edition, values, by=desk.clerk, at=moment("2025-03-12"), revision=edition.revision)
    record = desk.sign(edition, at=moment("2025-03-13"))
    records.withdraw(
        record,
        WithdrawalKind.RETRACTED,
        reason="数字有误",
        on=date(2025, 3, 14),
        by=desk.head,
        at=moment("2025-03-14"),
    )
    worker.drain(lambda: moment("2025-03-14", 11))
    assert LogEntry.objects.about(application).filter(action="foi.warn").count() == 1
    assert Record.objects.get(pk=record.pk).from_applications.get() == row


def test_the_follower_may_see_everything_twice(desk):
    application = desk.case("2025-02-20")
    org.deactivate(desk.clerk, by=desk.admin, at=moment("2025-03-03"))
    entries = list(LogEntry.objects.order_by("seq"))
    jobs.follow(entries)
    jobs.follow(entries)
    assert LogEntry.objects.filter(action="foi.freed").count() == 1 and fresh(application).handler is None


def test_a_new_query_code_ends_the_old_one(desk):
    application, old = actions.submit(desk.intake(), at=moment("2025-02-20"))
    new = actions.new_code(application, by=desk.clerk, at=moment("2025-02-21"))
    stored = fresh(application).query_digest
    assert codes.matches(new, stored, numbering.CODE_PURPOSE) and not codes.matches(
        old, stored, numbering.CODE_PURPOSE
    )
    assert new not in str(list(LogEntry.objects.values()))


def chase(day):
    return jobs.chase(on=date.fromisoformat(day), at=moment(day, 8))


def test_c37_chasers_begin_repeat_escalate_and_end(desk):
    application = desk.case("2025-02-20")
    days = ["2025-02-28", "2025-03-03", "2025-03-04", "2025-03-06", "2025-03-07"]
    # 2月20日接手,第七个工作日是3月3日;以后每三个工作日一次:3月6日。
    assert [chase(day)[:4] for day in days] == ["没有要催", "催办了1", "没有要催", "催办了1", "没有要催"]
    assert LogEntry.objects.filter(action="foi.escalate").count() == 1
    desk.decide(application, "not_held", "2025-03-10", facts={"searched": "档案室", "where": "无"})
    assert chase("2025-03-11") == "没有要催办的"


def test_c37_the_inner_limit_is_pressed_for_at_once_and_what_waits_is_not(desk):
    application = desk.case("2025-02-20")
    actions.assign(application, desk.clerk, by=desk.head, at=moment("2025-02-21"), due_on=date(2025, 2, 24))
    assert chase("2025-02-24") == "没有要催办的"
    assert chase("2025-02-25") != "没有要催办的"
    desk.letter(application, "correction", "2025-02-26", defects="年度不明", guidance="写明年度", days="15")
    assert chase("2025-03-10") == "没有要催办的"
