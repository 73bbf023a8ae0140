"""年报的编制:引用的数、手工填报、说明、两级审核、封存、起草公布稿、公布、更正。"""

import json
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from gongkai.adapters.render import NoFont
from gongkai.foi import actions as foi
from gongkai.law.errors import RuleBroken
from gongkai.law.report import from_row
from gongkai.org.models import LogEntry, Membership
from gongkai.records.models import Record
from gongkai.reports import actions, figures, findings, jobs, narrative
from gongkai.reports.terms import Scope, Stage
from gongkai.web.publisher import pages
from tests.foi.desk import Desk, fresh, moment
from tests.records.office import Office

pytestmark = pytest.mark.django_db
AT = moment("2026-01-12")
PROBLEMS = (
    "上年指出的网站栏目更新不及时已经整改，12个栏目改为按周更新。本年存在的问题：一是政策解读形式单一，图表解读只有两件；"
    "二是答复书说理不够。改进措施：组织两次培训，把解读材料纳入发文流程，答复书由法制机构逐件审核。"
)


@pytest.fixture
def desk():
    one = Desk()
    one.provide(one.case("2025-03-03"), "2025-03-10")
    return one


@pytest.fixture
def annual(desk):
    one = actions.start(desk.agency, 2025, by=desk.clerk, at=AT)
    return written(desk, one)


def written(desk, one, **sections):
    texts = {**narrative.OUTLINE, "五": PROBLEMS, **sections}
    return actions.save(one, texts, by=desk.clerk, at=AT, revision=one.revision)


def office():
    other = Office(code="MH0101")
    return other.people[next(role for role in other.people if role.value == "office")]


def approve(desk, annual):
    actions.submit(annual, by=desk.clerk, at=AT)
    actions.judge(annual, True, "", by=desk.head, at=AT)
    return actions.judge(annual, True, "", by=office(), at=AT)


def publish(desk, annual):
    edition = actions.draft(annual, by=desk.clerk, at=AT)
    record = desk.sign(edition, at=AT)
    actions.published(record, at=AT)
    annual.refresh_from_db()
    return record


def test_the_text_takes_its_numbers_from_the_tables(annual):
    result = findings.checked(annual)
    assert "本年新收政府信息公开申请1件" in result.report.sections["一"]
    assert result.blocking == [] and "{" not in result.report.sections["一"]


def test_a_name_that_gives_nothing_and_a_number_that_differs(desk, annual):
    with pytest.raises(RuleBroken, match=r"\{新收到\}"):
        written(desk, annual, 一="收到{新收到}件。")
    annual = written(desk, annual, 一="本年新收政府信息公开申请7件。")
    assert [one.id for one in findings.checked(annual).blocking] == ["E9"]
    with pytest.raises(RuleBroken, match="还有1处错误"):
        actions.submit(annual, by=desk.clerk, at=AT)


def test_every_name_in_braces_gives_something(annual):
    assert set(narrative.slots(annual, figures.figures(annual))) == narrative.NAMES


def test_somebody_elses_save_is_not_overwritten(desk, annual):
    with pytest.raises(RuleBroken, match="先保存过"):
        actions.save(annual, {}, by=desk.clerk, at=AT, revision=annual.revision - 1)


@pytest.mark.parametrize("number", ["-1", "1.5", "甲", "", "9" * 30, "NaN"])
def test_manual_figures_are_whole_numbers(desk, annual, number):
    with pytest.raises(RuleBroken):
        actions.put(annual, 2, "licence", 0, number, "审批系统", "", by=desk.clerk, at=AT)


def test_manual_figures_name_their_source_and_totals_are_not_filled(desk, annual):
    with pytest.raises(RuleBroken, match="来源"):
        actions.put(annual, 2, "licence", 0, "3", "", "", by=desk.clerk, at=AT)
    for cell in ((3, "tot", 0), (3, "new", 6), (4, "review", 4), (2, "norm", 3)):
        with pytest.raises(RuleBroken, match="没有这一格"):
            actions.put(annual, *cell, "3", "台账", "", by=desk.clerk, at=AT)
    actions.put(annual, 2, "charge", 0, "12.5", "非税系统", "", by=desk.clerk, at=AT)
    assert figures.report_of(annual).disclosures()["行政事业性收费(万元)"] == 12.5


def test_the_form_of_a_filled_cell_holds_the_number_as_it_is_written(desk, annual, client):
    actions.put(annual, 2, "licence", 0, "265", "审批系统", "", by=desk.clerk, at=AT)
    client.force_login(desk.clerk)
    page = client.get(reverse("desk:reports_cell", args=[annual.pk, 2, "licence", 0])).content.decode()
    assert 'value="265"' in page


def test_against_the_recount_only_with_a_reason(desk, annual):
    """E16: other numbers than the register gives are shown, and stand only with an explanation."""
    for row in ("new", "r1"):
        actions.put(annual, 3, row, 0, "4", "上级平台", "", by=desk.clerk, at=AT)
    blocking = findings.checked(annual).blocking
    assert {one.id for one in blocking} == {"E16"} and len(blocking) == 2
    for one in blocking:
        actions.explain(annual, findings.key_of(one), "另有三件由上级平台受理", by=desk.clerk, at=AT)
        annual.refresh_from_db()
    assert findings.checked(annual).blocking == []
    with pytest.raises(RuleBroken, match="不能用说明"):
        actions.explain(annual, "E9 正文/本年新收", "口径", by=desk.clerk, at=AT)


def test_each_step_by_its_post_and_never_by_the_writer(desk, annual):
    with pytest.raises(RuleBroken, match="不用审核"):
        actions.judge(annual, True, "", by=desk.head, at=AT)
    actions.submit(annual, by=desk.clerk, at=AT)
    for who in (desk.clerk, desk.final, office()):
        with pytest.raises(PermissionDenied):
            actions.judge(annual, True, "", by=who, at=AT)
    with pytest.raises(RuleBroken, match="退回要写明意见"):
        actions.judge(annual, False, " ", by=desk.head, at=AT)
    actions.judge(annual, False, "第五部分太短", by=desk.head, at=AT)
    annual.refresh_from_db()
    assert (annual.stage, annual.opinion) == (Stage.DRAFT, "第五部分太短")


def test_figures_that_moved_under_the_reviewers_eyes_are_not_approved(desk, annual, client):
    actions.submit(annual, by=desk.clerk, at=AT)
    client.force_login(desk.head)
    one = reverse("desk:reports_one", args=[annual.pk])
    seen = client.get(one).context["judge"].initial["seen"]
    desk.provide(desk.case("2025-04-01"), "2025-04-10")
    answer = {"verdict": "agree", "opinion": ""}
    url = reverse("desk:reports_judge", args=[annual.pk])
    stale = client.post(url, answer | {"seen": seen, "opinion": "第三部分写得好。"})
    assert stale.status_code == 422 and "不是最新的稿子" in stale.content.decode()
    assert "第三部分写得好。" in stale.content.decode(), "写的意见留着"
    unsaid = client.post(url, {"seen": seen, "opinion": "没有选同意还是退回。"})
    assert unsaid.status_code == 422 and "没有选同意还是退回。" in unsaid.content.decode()
    annual.refresh_from_db()
    assert annual.stage == Stage.UNIT
    client.post(url, answer | {"seen": client.get(one).context["judge"].initial["seen"]})
    annual.refresh_from_db()
    assert annual.stage == Stage.OFFICE


def test_what_was_written_stays_where_a_form_of_the_report_is_refused(desk, annual, client):
    client.force_login(desk.clerk)
    long = client.post(reverse("desk:reports_explain", args=[annual.pk]), {"key": "E1", "reason": "因" * 501})
    assert long.status_code == 422 and long.context["explain"]["reason"].value() == "因" * 501
    unchosen = client.post(reverse("desk:reports_start"), {"year": "2025"})
    assert unchosen.status_code == 422 and unchosen.context["form"]["year"].value() == "2025"


def test_sealed_figures_no_longer_follow_the_register(desk, annual):
    annual = approve(desk, annual)
    assert annual.stage == Stage.APPROVED and annual.frozen["year"] == 2025
    late = desk.case("2025-12-01")
    assert int(figures.figures(annual)[3, "new", 6].number) == 2
    assert from_row(annual.frozen).value("new", "total").number == 1
    for _ in "twice":
        assert jobs.watch(on=AT.date(), at=AT).startswith("1份")
    assert LogEntry.objects.filter(action="reports.drift").count() == 1
    assert fresh(late).counted_on is None
    with pytest.raises(RuleBroken, match="不能再改"):
        written(desk, annual)


def test_published_as_information_with_its_files(desk, annual):
    record = publish(desk, approve(desk, annual))
    assert record.type == "annual-report" and record.fields["year"] == "2025"
    assert (annual.refresh_from_db(), annual.stage, annual.published_on)[1:] == (
        Stage.PUBLISHED,
        date(2026, 1, 12),
    )
    body = record.live.body
    assert "<table>" in body and "colspan" in body and "本年新收政府信息公开申请1件" in body
    names = sorted(one.name.rpartition(".")[2] for one in record.live.attachments.all())
    assert names == ["docx", "pdf", "xlsx"]
    with pytest.raises(RuleBroken, match="已经起草"):
        actions.draft(annual, by=desk.clerk, at=AT)


def test_without_any_font_the_report_is_published_without_its_pdf(desk, annual, monkeypatch, caplog):
    def none():
        raise NoFont("没有能排中文的字体")

    monkeypatch.setattr(actions.publishing.papers, "fonts", none)
    record = publish(desk, approve(desk, annual))
    names = sorted(attachment.name.rpartition(".")[2] for attachment in record.live.attachments.all())
    assert names == ["docx", "xlsx"] and "没有能排中文的字体" in caplog.text


def test_c62_a_correction_is_a_visible_erratum(desk, annual):
    record = publish(desk, approve(desk, annual))
    with pytest.raises(RuleBroken, match="没有变化"):
        actions.correct(annual, "核对", by=desk.head, at=AT)
    foi.register(desk.intake(), "counter", date(2025, 12, 30), by=desk.clerk, at=AT)
    row = actions.correct(annual, "漏登一件窗口申请", by=desk.head, at=AT)
    assert {one["where"] for one in row.changes} == {
        f"表三“{label}”第{n}格"
        for label in ("一、本年新收政府信息公开申请数量", "四、结转下年度继续办理")
        for n in (1, 7)
    }
    assert row.before["cells"]["一、本年新收"][6] == 1
    annual.refresh_from_db()
    assert "新收政府信息公开申请2件" in annual.frozen["sections"]["一"]
    edition = actions.draft(annual, by=desk.clerk, at=AT)
    assert edition.record == record and "更正说明" in edition.body and "漏登一件窗口申请" in edition.body
    assert "更正说明" not in Record.objects.get(pk=record.pk).live.body
    desk.sign(edition, at=AT)
    assert "由1改为2" in Record.objects.get(pk=record.pk).live.body


def test_the_year_before_must_carry_over(desk, annual):
    """E4: sealed by the year before; the next year's carry-over is checked against it."""
    approve(desk, annual)
    desk.case("2025-12-30")
    after = actions.start(desk.agency, 2026, by=desk.clerk, at=AT)
    assert [one.id for one in findings.checked(after).findings if one.id == "E4"] == ["E4", "E4"]


def test_the_sealed_row_is_read_back_unchanged(desk, annual):
    annual = approve(desk, annual)
    report = from_row(json.loads(json.dumps(annual.frozen)))
    assert report.cells() == figures.report_of(annual, figures.figures(annual)).cells()
    assert set(report.sections) == {"一", "五", "六"}


def test_reminders_on_their_days_only_for_who_has_not_published(desk):
    days = {
        day: jobs.remind(on=date.fromisoformat(day), at=moment(day))
        for day in ("2026-01-24", "2026-01-25", "2026-02-01")
    }
    # 区政府三月底到期,民政局一月底。
    assert days == {"2026-01-24": "提醒了1个机关", "2026-01-25": "没有要提醒的", "2026-02-01": "提醒了1个机关"}
    # 机关没有变:提醒不该叫网页重写
    assert pages.changed(LogEntry.objects.filter(action="reports.remind")) == set()


def test_a_restricted_case_is_counted_and_not_shown(desk, annual, client):
    """C68: the list behind a number opens nothing that the case itself would not."""
    case = desk.case("2025-06-03", description="某项保密的事")
    foi.hold(case, True, by=desk.head, at=AT)
    url = reverse("desk:reports_cell", args=[annual.pk, 3, "new", 6])
    for who, shown in ((desk.colleague, False), (desk.clerk, True), (desk.head, True)):
        client.force_login(who)
        text = client.get(url).content.decode()
        assert "背后的2件" in text and (case.number in text) is shown, who
        assert ("其中1件按您的岗位不能看" in text) is not shown


def test_the_district_s_number_shows_only_what_the_person_may_see(desk, client):
    government = desk.agency.parent
    clerk = desk.person("gov-clerk", "区政府信息员")
    Membership.objects.create(user=clerk, agency=government, role="clerk")
    whole = actions.start(government, 2025, by=clerk, at=AT, scope=Scope.WHOLE)
    client.force_login(clerk)
    text = client.get(reverse("desk:reports_cell", args=[whole.pk, 3, "new", 6])).content.decode()
    assert "背后的1件" in text and "MH0112-" not in text
