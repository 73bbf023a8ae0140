"""报送、联络员、去向、通报的数、投放。"""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from gongkai.backfile.models import Intake
from gongkai.desk.figures import figures as gazette_figures
from gongkai.gazette import actions, figures, jobs, reading, register
from gongkai.gazette.models import Item, Liaison, Submission
from gongkai.gazette.terms import ItemState, LiaisonKind
from gongkai.law.errors import RuleBroken
from gongkai.org.models import LogEntry, Place
from gongkai.web.models import LogReading, PageCount
from tests.gazette.press import AT, OCTOBER, OUT
from tests.records.office import moment

pytestmark = pytest.mark.django_db
IN_TIME, LATE = moment(2026, 11, 12), moment(2026, 11, 17)


def reported(press, records=(), *, at=IN_TIME, zero=False):
    keys = [record.pk for record in records]
    return actions.report(press.bureau.agency, OCTOBER, keys, by=press.bureau.clerk, at=at, zero=zero)


def row_of(press, *, at=LATE):
    return next(row for row in figures.rows(OCTOBER, OCTOBER, at) if row.code == press.bureau.agency.code)


def test_a_tick_confirms_and_a_second_report_replaces_the_first(press):
    must, may = press.paper(1, office=press.bureau, type="normative"), press.paper(2, office=press.bureau)
    reported(press, [must, may])
    assert set(Item.objects.values_list("record", "duty")) == {(must.pk, "must"), (may.pk, "may")}
    reported(press, [must], at=LATE)
    assert Item.objects.get().record == must and Submission.objects.get().reported_at == IN_TIME
    for records, zero, why in (
        ([must], True, "零报告里勾选了"),
        ([], False, "没有勾选"),
        ([press.paper(3)], False, "不是本单位"),
    ):
        with pytest.raises(RuleBroken, match=why):
            reported(press, records, zero=zero)
    with pytest.raises(RuleBroken, match="没有过完"):
        reported(press, zero=True, at=moment(2026, 10, 30))
    with pytest.raises(PermissionDenied):
        actions.report(press.office.agency, OCTOBER, [], by=press.bureau.clerk, at=IN_TIME, zero=True)


def test_zero_with_something_in_the_register_is_shown_as_untrue(press, client, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: LATE)
    press.paper(1, office=press.bureau, type="normative")
    reported(press, zero=True)
    row = row_of(press)
    assert (
        row.due,
        row.in_time,
        row.zero,
        row.untrue,
        row.owed,
        row.printed,
        row.report_rate,
        row.print_rate,
    ) == (1, 1, 1, 1, 1, 0, "100%", "0%")
    client.force_login(press.editor)
    address = reverse("desk:gazette_submissions") + "?month=2026-10"
    assert "零报告不实" in client.get(address).content.decode()
    shown = client.get(address + "&show=open").context
    assert [str(unit["agency"]) for unit in shown["rows"] if unit["untrue"]] == [str(press.bureau.agency)]
    assert len(shown["rows"]) == shown["pending_count"] == shown["unit_count"] - shown["told"] + 1


def test_late_and_silent_units_are_told_apart(press):
    reported(press, zero=True, at=LATE)
    assert (row_of(press).late, row_of(press).in_time, row_of(press).missing) == (1, 0, 0)
    silent = next(row for row in figures.rows(OCTOBER, OCTOBER, LATE) if row.code == press.office.agency.code)
    assert silent.missing == 1
    press.opened()
    assert jobs.remind(on=date(2026, 11, 16), at=LATE) == "提醒了1个单位"
    assert jobs.remind(on=date(2026, 11, 17), at=LATE) == "提醒了0个单位"
    assert "提醒了1个单位" in jobs.remind(on=date(2026, 11, 18), at=LATE)
    assert LogEntry.objects.filter(action="gazette.remind").count() == 2


def test_printing_rate_and_delay(press):
    record = press.paper(1, office=press.bureau, type="normative")
    reported(press, [record])
    press.out(press.opened())
    row = row_of(press)
    assert (row.owed, row.printed, row.median_wait, row.longest_wait) == (1, 1, 26, 26)
    whole = figures.total([row, row])
    assert (whole.owed, whole.printed, whole.longest_wait) == (2, 2, 26)


def test_an_old_paper_opened_this_month_is_owed_by_nobody(press):
    """补录的旧件不是当月的事,也不拉长时滞。"""
    record = press.paper(1, office=press.bureau, type="normative")
    assert row_of(press).owed == 1
    given = {"agency": press.bureau.agency, "at": AT}
    intake = Intake.objects.create(way="folder", name="旧件", by=press.editor, **given)
    intake.items.create(agency=press.bureau.agency, path="1.pdf", record=record)
    assert row_of(press).owed == 0 and register.entries(OCTOBER, LATE) == []


def test_where_an_item_goes(press):
    record = press.paper(1, office=press.bureau, type="normative")
    given = {"by": press.editor, "at": AT}
    with pytest.raises(RuleBroken, match="没有报过"):
        actions.decide(record, ItemState.RETURNED, note="附件不全", **given)
    reported(press, [record])
    with pytest.raises(RuleBroken, match="没有选理由"):
        actions.decide(record, ItemState.REFUSED, **given)
    item = actions.decide(record, ItemState.RETURNED, note="附件不全", **given)
    assert item.returns == 1
    with pytest.raises(RuleBroken, match="不是最新"):
        actions.decide(record, ItemState.DEFERRED, note="下期", seen="0" * 16, **given)
    reported(press, [record])
    assert press.fresh(item).state == "reported"
    assert "没有定去向" in press.findings(press.opened(propose=False))["GZ04"]
    actions.decide(record, ItemState.DEFERRED, note="篇幅", **given)
    later = press.opened(month=date(2026, 11, 1), at=OUT)
    assert later.articles.get().record == record
    with pytest.raises(RuleBroken, match="已经采用"):
        actions.decide(record, ItemState.DEFERRED, note="再等等", **given)


def test_liaisons_have_a_history(press):
    unit, by = press.bureau.agency, press.bureau.clerk
    for name, day in (("甲某", date(2025, 1, 1)), ("乙某", date(2026, 3, 1))):
        actions.appoint(unit, LiaisonKind.MAIN, name, since_on=day, by=by, at=AT)
    assert list(Liaison.objects.values_list("name", "until_on")) == [("乙某", None), ("甲某", date(2026, 3, 1))]
    with pytest.raises(RuleBroken, match="不能早于"):
        actions.appoint(unit, LiaisonKind.MAIN, "丙某", since_on=date(2026, 1, 1), by=by, at=AT)
    actions.dismiss(Liaison.objects.current().get(), date(2026, 10, 1), by=by, at=AT)
    assert not Liaison.objects.current().exists()


def test_a_notice_keeps_its_figures_and_its_papers(press, client, monkeypatch):
    press.paper(1, office=press.bureau, type="normative", at=moment(2026, 8, 3))
    with pytest.raises(RuleBroken, match="才截止"):
        actions.issue_notice(2026, 4, "", by=press.editor, at=AT)
    notice = actions.issue_notice(2026, 3, "三个单位没有报。", by=press.editor, at=AT)
    with pytest.raises(RuleBroken, match="已经印发"):
        actions.issue_notice(2026, 3, "", by=press.editor, at=AT)
    rows = {row.code: row for row in figures.unsealed(notice.figures)}
    assert (rows["MH0122"].due, rows["MH0122"].missing, rows["MH0122"].owed) == (3, 3, 1)
    client.force_login(press.editor)
    for kind, start in (("docx", b"PK"), ("pdf", b"%PDF")):
        answer = client.get(reverse("desk:gazette_notice_file", args=[notice.pk, kind]))
        assert answer.content.startswith(start)
    address = reverse("desk:gazette_unit_figures", args=["MH0122"]) + "?year=2026&amp;quarter=3"
    assert address in client.get(notice.get_absolute_url()).content.decode()


def test_figures_lead_on_to_the_months_and_papers_of_a_unit(press, client, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: LATE)
    must = press.paper(1, office=press.bureau, type="normative")
    press.paper(2, office=press.bureau)
    reported(press, [must], at=LATE)
    issue = press.out(press.opened())
    months, papers = figures.of_unit(press.bureau.agency, OCTOBER, OCTOBER, LATE)
    assert [(one.is_late, one.is_untrue) for one in months] == [(True, False)]
    wait = (issue.planned_on - must.made_on).days
    assert [(one.outcome, one.wait) for one in papers] == [(f"登在{issue}", wait), ("还没有登", None)]
    assert figures.of_unit(press.government, OCTOBER, OCTOBER, LATE) == ([], []), "区政府不报送"
    address = reverse("desk:gazette_unit_figures", args=["MH0122"]) + "?year=2026&quarter=4"
    client.force_login(press.bureau.clerk)
    page = client.get(address).content.decode()
    assert "迟报" in page and str(must) in page
    client.force_login(press.office.clerk)
    assert client.get(address).status_code == 404


def test_reading_is_counted_by_issue_and_names_nobody(press, client, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: OUT)
    press.paper()
    issue = press.out(press.opened())
    client.force_login(press.editor)
    address = reverse("desk:gazette_reading")
    assert "还没有读过访问日志" in client.get(address).content.decode()
    LogReading.objects.create(log="1:access.log")
    base = issue.get_absolute_url()
    for path, n in (
        (base, 5),
        (f"{base}issue.pdf", 3),
        (f"{base}issue.epub", 2),
        (f"{base}1/", 7),
        (f"{base}1/article.pdf", 1),
    ):
        PageCount.objects.create(day=OUT.date(), path=path, n=n)
    PageCount.objects.create(day=OUT.date(), path="/gazette/2026/99/", n=4)
    PageCount.objects.create(day=OUT.date(), path="/gazette/", n=6)
    found = reading.reading(OUT.date(), OUT.date())
    line = found.issues[0]
    assert len(found.issues) == 1 and (line.read, line.pdf, line.epub, line.cut, line.total) == (12, 3, 2, 1, 18)
    assert [(one.position, n) for one, n in found.articles] == [(1, 8)] and found.others == {"公报首页": 6}
    assert "18" in client.get(address).content.decode()
    assert client.get(address + "?format=csv").content.decode("utf-8-sig").splitlines()[1].endswith("12,3,2,1,18")


def test_deliveries_are_planned_signed_and_counted(press):
    for number in range(2):
        Place.objects.create(
            agency=press.office.agency, name=f"查阅点{number}", kind="reading", address="某路", hours="工作日"
        )
    press.paper()
    issue = press.opened()
    actions.edit(issue, {"print_run": 8}, by=press.editor, at=AT)
    issue = press.out(issue)
    first, second = issue.deliveries.all()
    assert (first.planned, second.planned) == (5, 5)
    given = {"by": press.editor, "at": OUT, "on": OUT.date()}
    with pytest.raises(RuleBroken, match="签收人"):
        actions.deliver(first, 5, 5, **given)
    actions.deliver(first, 5, 5, signed_by="柳某", left_over=1, **given)
    with pytest.raises(RuleBroken, match="超过印数"):
        actions.deliver(second, 5, 4, signed_by="柳某", **given)
    with pytest.raises(RuleBroken, match="多于实投"):
        actions.deliver(second, 5, 3, signed_by="柳某", left_over=4, **given)
    actions.deliver(second, 3, 3, signed_by="柳某", **given)
    press.paper(2, at=OUT)
    later = press.opened(month=date(2026, 11, 1), at=OUT)
    actions.edit(later, {"print_run": 8}, by=press.editor, at=OUT)
    assert actions.plan(later, by=press.editor, at=OUT) == 2
    assert [row.planned for row in later.deliveries.all()] == [5, 3]


def test_the_figure_of_reports_counts_months_that_fell_due(press):
    agency = press.bureau.agency
    count = gazette_figures()["gazette.reports"].count
    assert count([agency.pk], date(2026, 11, 30)) == {}
    reported(press, zero=True, at=LATE)
    assert count([agency.pk], date(2026, 11, 15)) == {}
    assert count([agency.pk], date(2026, 11, 30)) == {agency.pk: (0, 1)}
    Submission.objects.update(reported_at=IN_TIME)
    assert count([agency.pk], date(2026, 11, 30)) == {agency.pk: (1, 1)}
    assert count([agency.pk], date(2026, 12, 31)) == {agency.pk: (1, 2)}
