"""标准目录:导入要先看,收进是草稿,别人审,变松要有理由,镇街跟着,空缺、超期、判不了各是各的。"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from gongkai.adapters.readers.standards.sheet import read_here
from gongkai.desk.figures import figures
from gongkai.law.agencies import AgencyKind, Role
from gongkai.law.errors import RuleBroken
from gongkai.law.row_due import State
from gongkai.org.models import Agency, Membership
from gongkai.standards import actions, compare, export, matrix
from gongkai.standards.models import Area, Charge, Intake, Row, Standard
from gongkai.standards.subjects import Resolver
from gongkai.standards.terms import Cause, Conclusion, Stage
from tests.records.office import Office, moment
from tests.standards.office import ROWS, workbook

pytestmark = [pytest.mark.django_db, pytest.mark.once]
AT, ON = moment(2026, 10, 12), date(2026, 10, 12)


@pytest.fixture(autouse=True)
def files_root(settings, tmp_path):
    settings.FILES_ROOT = tmp_path / "files"


@pytest.fixture
def office():
    one = Office("MH0107", "明湖区民政局", short_name="区民政局")
    actions.install_areas(by=None, at=AT)
    return one


def taken(office, rows=ROWS, year=2026) -> Standard:
    area = Area.objects.get(name="社会救助")
    sheet = actions.take_sheet(workbook(rows), "社会救助.xlsx", area, office.agency, by=office.clerk, at=AT)
    return actions.take_in(sheet, year, by=office.clerk, at=AT)


def published(office, standard=None, on=ON) -> Standard:
    standard = standard or taken(office)
    actions.submit(standard, by=standard.drafted_by, at=AT)
    return actions.publish(Standard.objects.get(pk=standard.pk), by=office.head, on=on, at=AT)


def test_nothing_is_taken_in_before_it_was_seen(office):
    area = Area.objects.get(name="社会救助")
    sheet = actions.take_sheet(workbook(), "社会救助.xlsx", area, office.agency, by=office.clerk, at=AT)
    assert not Standard.objects.exists() and len(sheet.lines) == 4 and sheet.rates["公开时限"] == 100
    standard = actions.take_in(sheet, 2026, by=office.clerk, at=AT)
    assert standard.stage == Stage.DRAFT and standard.rows.count() == 4
    assert [row.charges.count() for row in standard.rows.all()] == [1, 1, 1, 1]
    with pytest.raises(RuleBroken, match="已经收进"):
        actions.take_in(Intake.objects.get(), 2026, by=office.clerk, at=AT)


def test_who_drew_it_up_does_not_check_it(office):
    standard = taken(office)
    actions.submit(standard, by=office.clerk, at=AT)
    Membership.objects.create(user=office.clerk, agency=office.agency, role=Role.HEAD)
    again = type(office.clerk).objects.get(pk=office.clerk.pk)
    with pytest.raises(RuleBroken, match="不能审核自己"):
        actions.publish(Standard.objects.get(), by=again, on=ON, at=AT)
    with pytest.raises(PermissionDenied):
        actions.publish(Standard.objects.get(), by=office.colleague, on=ON, at=AT)
    assert published_now(office).stage == Stage.LIVE


def test_who_changed_a_row_does_not_check_it_either(office):
    """Two see each catalogue: whoever wrote a word of it is one of them."""
    standard = taken(office)
    Membership.objects.create(user=office.colleague, agency=office.agency, role=Role.HEAD)
    again = type(office.clerk).objects.get(pk=office.colleague.pk)
    actions.save_row(standard.rows.first(), {"due_text": "即时公开"}, by=again, at=AT)
    actions.submit(Standard.objects.get(), by=office.clerk, at=AT)
    with pytest.raises(RuleBroken, match="改过行的人不能审核"):
        actions.publish(Standard.objects.get(), by=again, on=ON, at=AT)
    assert published_now(office).stage == Stage.LIVE


def published_now(office):
    return actions.publish(Standard.objects.get(), by=office.head, on=ON, at=AT)


def test_a_looser_limit_needs_a_reason(office):
    first = published(office)
    new = actions.revise(first, 2027, "修订", by=office.clerk, at=AT)
    row = new.rows.get(level2="临时救助批准")
    actions.save_row(row, {"due_text": "收到批准文件20个工作日内"}, by=office.clerk, at=AT)
    actions.submit(Standard.objects.get(pk=new.pk), by=office.clerk, at=AT)
    with pytest.raises(RuleBroken, match="时限比上一版松"):
        actions.publish(Standard.objects.get(pk=new.pk), by=office.head, on=ON, at=AT)
    actions.send_back(Standard.objects.get(pk=new.pk), "写理由", by=office.head, at=AT)
    actions.save_row(Row.objects.get(pk=row.pk), {"reason": "批准文件送达要时间"}, by=office.clerk, at=AT)
    done = published(office, Standard.objects.get(pk=new.pk))
    first.refresh_from_db()
    assert done.stage == Stage.LIVE and first.stage == Stage.REPLACED
    (change,) = compare.earlier(done)
    assert change.is_looser and change.changes[0][0] == "公开时限"


def test_towns_take_rows_over_and_confirm_what_changed(office):
    first = published(office)
    town = Office("MH05", "明湖区白鹭镇人民政府", kind=AgencyKind.TOWN)
    rows = list(first.rows.filter(level1="社会救助").values_list("pk", flat=True))
    own = actions.inherit(first, town.agency, rows, 2026, by=town.clerk, at=AT)
    assert set(own.charges.values_list("agency__code", flat=True)) == {"MH05"} and own.rows.count() == 2
    published(town, own)
    new = actions.revise(Standard.objects.get(pk=first.pk), 2027, "修订", by=office.clerk, at=AT)
    actions.save_row(
        new.rows.get(level2="临时救助批准"), {"due_text": "收到批准文件5个工作日内"}, by=office.clerk, at=AT
    )
    done = published(office, Standard.objects.get(pk=new.pk))
    waiting = own.rows.get(is_to_confirm=True)
    assert waiting.level2 == "临时救助批准" and Standard.objects.get(pk=own.pk).parent == done
    actions.confirm_row(waiting, by=town.clerk, at=AT)
    waiting.refresh_from_db()
    assert not waiting.is_to_confirm and waiting.due[0]["n"] == 5


def states(standard):
    actions.recount(on=ON, at=AT, standard=standard)
    return {one.row.level2: State.from_value(one.state) for one in standard.charges.select_related("row")}


def test_rows_records_and_events_are_set_against_each_other(office):
    standard = published(office)
    assert states(standard) == {
        "处罚决定": State.EMPTY,
        "处罚流程": State.EMPTY,
        "低保对象名单": State.EMPTY,
        "临时救助批准": State.UNJUDGED,
    }
    office.publish(title="民政领域行政处罚决定书", at=moment(2026, 9, 28), made_on=date(2026, 8, 3))
    office.publish(title="第三季度低保名单", at=moment(2026, 10, 9), made_on=date(2026, 10, 8))
    for words in ("处罚", "名单"):
        row = standard.rows.filter(level2__contains=words).first()
        actions.link(row, "", "", words, by=office.clerk, at=AT)
    charge = Charge.objects.get(row__level2="临时救助批准")
    event = actions.enter_event(charge, date(2026, 9, 1), "区政府批复", by=office.clerk, at=AT)
    assert event.due_on == date(2026, 9, 15)
    found = states(standard)
    assert (
        found["处罚决定"] is State.LATE
        and found["低保对象名单"] is State.OK
        and found["临时救助批准"] is State.OVERDUE
    )
    record = office.publish(title="临时救助批准情况", at=moment(2026, 10, 10), made_on=date(2026, 10, 9))
    actions.answer_event(event, record, by=office.clerk, at=AT)
    assert states(standard)["临时救助批准"] is State.LATE


def test_not_this_agency_s_duty_is_agreed_to_by_somebody_else(office):
    standard = published(office)
    charge = Charge.objects.get(row__level2="临时救助批准")
    actions.excuse([charge.pk], office.agency, "由镇街办理", by=office.office, at=AT)
    with pytest.raises(RuleBroken, match="不能自己核准"):
        actions.judge_excuse([charge.pk], office.agency, True, by=office.office, at=AT)
    other = office.person("office2", "另一位", Role.OFFICE)
    with pytest.raises(RuleBroken, match="没有写意见"):
        actions.judge_excuse([charge.pk], office.agency, False, by=other, at=AT)
    actions.judge_excuse([charge.pk], office.agency, True, by=other, at=AT)
    table = matrix.matrix(Standard.objects.filter(pk=standard.pk), whole=True)
    assert table.total == 3 and table.lines[0].excused == 1


def test_where_all_is_well_the_matrix_is_silent(office):
    standard = published(office)
    Charge.objects.update(state=State.OK)
    table = matrix.matrix(Standard.objects.filter(pk=standard.pk))
    assert not table.lines and table.quiet == 1 and table.covered == 100


def test_a_review_is_due_after_a_year(office):
    standard = published(office, on=ON - timedelta(days=400))
    assert standard.review_due < ON
    actions.review(standard, Cause.YEARLY, Conclusion.KEEP, "看过，没有变化。", by=office.head, on=ON, at=AT)
    assert Standard.objects.get(pk=standard.pk).review_due > ON


def test_what_is_exported_reads_back_the_same(office):
    standard = taken(office)
    rows = list(standard.rows.all())
    sheet = read_here(export.xlsx(standard, rows), "导出.xlsx")
    assert [line.merged for line in sheet.lines] == [row.merged for row in rows]
    assert [line.columns["公开内容"] for line in sheet.lines] == [row.content for row in rows]
    assert [line.columns["公开对象"] for line in sheet.lines] == [row.audience for row in rows]
    assert sheet.lines[0].due == rows[0].due


def test_one_matter_with_two_limits_in_two_areas_is_a_contradiction(office):
    published(office)
    other = Area.objects.get(name="养老服务")
    rows = [
        ["1", "行政处罚", "处罚决定", "x", "y", "决定作出之日起7个工作日内", "民政部门", *ROWS[0][7:]],
        *ROWS[1:],
    ]
    sheet = actions.take_sheet(workbook(rows), "养老.xlsx", other, office.agency, by=office.clerk, at=AT)
    published(office, actions.take_in(sheet, 2026, by=office.clerk, at=AT))
    found = compare.contradictions(Row.objects.filter(standard__stage="live").select_related("standard__area"))
    assert [(one.matter, len(one.limits)) for one in found] == [("行政处罚决定", 2)]


def test_doubtful_rows_are_pointed_out():
    row = Row(
        level1="行政处罚",
        level2="处罚决定",
        due_text="x",
        basis="《信访条例》",
        audience={"特定群体": True},
        way={"主动": True},
    )
    row.due = [{"kind": "within", "n": 20, "unit": "workday", "trigger": "决定"}]
    faults = "；".join(compare.row_faults(row, ON))
    assert "一般是7个工作日" in faults and "已经废止" in faults and "没有写明是谁" in faults


def test_rows_on_a_repealed_basis_are_listed_for_review(office, client, settings):
    settings.REQUIRE_MFA = False
    standard = published(office)
    standard.rows.filter(level2="处罚流程").update(basis="《信访条例》第三条")
    assert [row.level2 for row in compare.outdated_rows(Row.objects.all())] == ["处罚流程"]
    client.force_login(office.clerk)
    assert "依据已经废止的1行" in client.get(reverse("desk:standards_contradictions")).content.decode()
    assert "社会救助" in client.get(reverse("desk:find") + "?q=社会救助").content.decode()


def test_subjects_find_their_agencies():
    kinds = (
        ("MH05", "明湖区白鹭镇人民政府", AgencyKind.TOWN),
        ("MH06", "明湖区望湖街道办事处", AgencyKind.TOWN),
        ("MH0107", "明湖区民政局", AgencyKind.DEPARTMENT),
    )
    resolver = Resolver(
        [Agency(pk=n, code=code, name=name, kind=kind) for n, (code, name, kind) in enumerate(kinds, 1)]
    )
    assert [one.code for one in resolver.agencies_named("县级政府民政部门")] == ["MH0107"]
    assert [one.code for one in resolver.agencies_named("各镇（街道）")] == ["MH05", "MH06"]
    assert [one.code for one in resolver.agencies_named("明湖区民政局、白鹭镇")] == ["MH0107"]
    assert resolver.agencies_named("相关企业") == ()


def test_the_clerk_imports_by_the_pages_and_the_public_reads(office, client, settings):
    settings.REQUIRE_MFA = False
    client.force_login(office.clerk)
    file = SimpleUploadedFile("目录.xlsx", workbook())
    given = {"area": Area.objects.get(name="社会救助").pk, "agency": office.agency.pk, "file": file}
    preview = client.post(reverse("desk:standards_import"), given, follow=True).content.decode()
    assert "每列认得出多少" in preview and "勾可能在转换时丢了" in preview
    picture = SimpleUploadedFile("扫描.docx", b"not a table")
    refused = client.post(reverse("desk:standards_import"), given | {"file": picture})
    assert refused.status_code == 422
    page = client.post(
        reverse("desk:standards_intake", args=[Intake.objects.get().pk]), {"year": 2026}, follow=True
    )
    assert "处罚决定" in page.content.decode()
    standard = Standard.objects.get()
    public = reverse("public:standard", args=[standard.pk])
    assert client.get(public).status_code == 404, "没有公布的公众看不到"
    published(office, standard)
    text = client.get(public).content.decode()
    assert "处罚决定" in text and "收到批准文件" in text
    assert client.get(public + "?format=xlsx").content[:2] == b"PK"
    assert "社会救助" in client.get(reverse("public:standards")).content.decode()


def test_a_clerk_of_another_agency_does_not_see_a_draft(office, client, settings):
    settings.REQUIRE_MFA = False
    standard = taken(office)
    client.force_login(Office("MH0999", "明湖区别的局").clerk)
    for name in ("one", "xlsx", "new_row"):
        assert client.get(reverse(f"desk:standards_{name}", args=[standard.pk])).status_code == 404
    assert client.get(reverse("desk:standards_list")).status_code == 200


def test_its_figures_count_what_the_matrix_shows(office):
    published(office)
    agency = office.agency.pk
    charges = Charge.objects.filter(agency=agency)
    count, late = (figures()[key].count([agency], ON)[agency] for key in ("standards.covered", "standards.timely"))
    assert count == (charges.filter(count__gt=0).count(), charges.count())
    assert late == (charges.exclude(state=State.OVERDUE).count(), charges.count())
    charge = charges.first()
    actions.excuse([charge.pk], office.agency, "不是本单位职责", by=office.clerk, at=AT)
    actions.judge_excuse([charge.pk], office.agency, True, by=office.office, at=AT)
    assert figures()["standards.covered"].count([agency], ON)[agency][1] == charges.count() - 1
