"""任务五 标准化规范化:法定事项和信息类型就是标准;一个领域的目录从导入到发现迟公开;一个村公布一季;终端上前一个人不留什么。"""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse
from PIL import Image

from gongkai.law import duties
from gongkai.law.agencies import AgencyKind
from gongkai.org import actions
from gongkai.org.models import Place
from gongkai.records import types
from gongkai.standards import actions as standards
from gongkai.standards.models import Area, Charge, Period, Standard, Village
from tests.records.office import AT, Office, moment
from tests.standards.office import workbook
from tests.stories.windows import Windows, fill, let_in


def test_every_statutory_item_has_basis_period_and_a_type(db):
    served = {one.duty for one in types.all()} | {name for one in types.all() for name in one.lists}
    for key, duty in duties.all().items():
        assert duty.basis.startswith("《") and duty.months > 0 and duty.label
        assert key in served, f"没有信息类型归入{duty.label}"


def test_towns_and_departments_each_have_their_own_standard(db):
    town = {one.key for one in duties.duties_of(AgencyKind.TOWN)}
    department = {one.key for one in duties.duties_of(AgencyKind.DEPARTMENT)}
    assert {"waterworks", "homesteads", "levies"} <= town - department
    assert {"municipal", "public-security"} <= department - town


def test_an_item_that_an_agency_does_not_have_is_declared_not_empty(office):
    from gongkai.records import actions as record_actions
    from gongkai.records import catalogue

    def state(duty):
        table = catalogue.matrix(on=AT.date())
        row = next(row for row in table.rows if row.agency == office.agency)
        return next(cell.state for cell in row.cells if cell and cell.duty == duty)

    assert state("fees") == "empty"
    record_actions.declare_absences(office.agency, ["fees"], "本单位没有行政事业性收费。", by=office.clerk, at=AT)
    record_actions.judge_absences(office.agency, ["fees"], True, by=office.office, at=AT)
    assert state("fees") == "absent"


def test_experience_places_are_registered_and_shown(client, office):
    place = Place(
        agency=office.agency,
        name="明湖区政务公开体验区",
        kind=Place.Kind.EXPERIENCE,
        address="明湖区人民路",
        hours="工作日",
        services="查询、申请、咨询",
        keeper="某人",
    )
    actions.save_place(place, by=office.admin, at=AT)
    page = client.get(reverse("public:places")).content.decode()
    for wanted in ("明湖区政务公开体验区", "政务公开体验区", "查询、申请、咨询"):
        assert wanted in page


class Desks(Windows):
    """Windows of people at their desks, and one phone; a clock that the test moves."""

    def __init__(self, chromium, base, monkeypatch) -> None:
        super().__init__(chromium, base)
        monkeypatch.setattr("django.utils.timezone.now", lambda: self.now)
        self.now = moment(2026, 10, 12)

    def at(self, user):
        """The window of this person, signed in."""
        if user.pk not in self.windows:
            let_in([user])
        return self.desk(user)

    def step(self, page, **fields):
        """Fill in the form that is open and send it; what stands on the page then."""
        fill(page, fields)
        with page.expect_navigation():
            page.click("main form .actions button >> nth=0")
        return page.inner_text("main")

    def click(self, page, words):
        with page.expect_navigation():
            page.click(f"main :is(a, button):has-text('{words}') >> nth=0")


@pytest.fixture
def desks(chromium, live_server, transactional_db, monkeypatch):
    one = Desks(chromium, live_server.url, monkeypatch)
    yield one
    one.close()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_an_area_is_imported_checked_published_and_found_late(desks, tmp_path):
    """一个领域:读进来先看,收进,送审,别人公布;公众读得到;迟公开的、超期的在对照里看得到。"""
    office = Office("MH0107", "明湖区民政局", short_name="区民政局")
    standards.install_areas(by=None, at=desks.now)
    sheet = tmp_path / "社会救助.xlsx"
    sheet.write_bytes(workbook())
    page = desks.at(office.clerk)
    page.goto(desks.base + reverse("desk:standards_import"))
    page.set_input_files("[name=file]", sheet)
    area = str(Area.objects.get(name="社会救助").pk)
    text = desks.step(page, area=area, agency=str(office.agency.pk))
    assert "每列认得出多少" in text and not Standard.objects.exists()
    desks.step(page, year="2026")
    desks.click(page, "送审")
    desks.step(page)
    standard = Standard.objects.get()
    head = desks.at(office.head)
    head.goto(desks.base + reverse("desk:standards_one", args=[standard.pk]))
    desks.click(head, "审核公布")
    assert "已公布" in desks.step(head)
    assert "临时救助批准" in desks.read(reverse("public:standard", args=[standard.pk]))

    office.publish(title="行政处罚决定书", at=moment(2026, 10, 9), made_on=date(2026, 8, 3))
    row = standard.rows.get(level2="处罚决定")
    page.goto(desks.base + reverse("desk:standards_link", args=[row.pk]))
    desks.step(page, words="处罚")
    charge = Charge.objects.get(row__level2="临时救助批准")
    page.goto(desks.base + reverse("desk:standards_event", args=[charge.pk]))
    assert "2026-09-15" in desks.step(page, on="2026-09-01", what="区政府批复")
    page.goto(desks.base + reverse("desk:standards_matrix"))
    assert "1超" in page.inner_text("main .matrix")
    page.goto(desks.base + reverse("desk:standards_charges") + "?state=late")
    assert "迟公开1件" in page.inner_text("main")


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_village_posts_a_quarter_and_somebody_objects(desks, tmp_path):
    """一个季度:填报、记账、审查、上墙;村民在手机上看、提异议、看答复;体验区里后一个人看不到前一个人的。"""
    town = Office("MH05", "明湖区白鹭镇人民政府", kind=AgencyKind.TOWN)
    village = standards.save_village(
        Village(town=town.agency, name="沙溪村", board="村口", committee="甲某", supervisors="丙某"),
        by=None,
        at=desks.now,
    )
    standards.open_period(village, village.unit, 2026, 3, by=town.clerk, at=desks.now)
    period = Period.objects.get()
    home = reverse("desk:standards_period", args=[period.pk])
    page = desks.at(town.clerk)

    def act(words, **fields):
        page.goto(desks.base + home)
        desks.click(page, words)
        return desks.step(page, **fields)

    assert "不能公布" in act("填一条", title="救助", content="某人，肢体残疾二级")
    act("填一条", title="临时救助对象", content="某人 600元", is_list=True)
    act("记账", lines="7月3日 收 门面租金 12000\n8月1日 支 道路修补 3000.5")
    act("送监督委员会审查")
    assert "不能作监督委员会成员" in act("登记监督委员会的审查", names="甲某", agrees=["yes"])
    act("登记监督委员会的审查", names="丙某", agrees=["yes"])
    photo = tmp_path / "board.png"
    Image.new("RGB", (60, 40), "white").save(photo)
    page.goto(desks.base + home)
    desks.click(page, "上墙、公布")
    page.set_input_files("[name=photo]", photo)
    assert "已公布" in desks.step(page)
    text = desks.read(reverse("public:village_period", args=[village.pk, period.pk]))
    assert "8,999.50" in text and text.count("做到了") == 2
    phone = desks.phone
    desks.click(phone, "提异议")
    desks.step(phone, text="道路修补报了两次")
    number, code = phone.locator(".totals dd").all_inner_texts()
    page.goto(desks.base + reverse("desk:standards_objections"))
    desks.click(page, number)
    desks.step(page, answer="两次是不同路段。")
    desks.read(reverse("public:village_look"))
    assert "两次是不同路段" in desks.step(phone, number=number, code=code)

    kiosk = desks.chromium.new_context(locale="zh-CN", viewport={"width": 1080, "height": 1920}).new_page()
    kiosk.goto(desks.base + reverse("public:kiosk"))
    kiosk.goto(desks.base + reverse("public:village_look"))
    desks.step(kiosk, number=number, code=code)
    with kiosk.expect_navigation(url="**/kiosk/"):
        kiosk.click(".kiosk-bar button:has-text('结束并清除')")
    kiosk.go_back(wait_until="commit")
    kiosk.wait_for_selector(".kiosk-tasks")
    assert number not in kiosk.content()
