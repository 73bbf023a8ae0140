"""任务十三 督查考核:在 Chromium 里,区政府办、督查、责任单位和手机上的公众各办各的。

要点从一份任务表读出来,定清楚、派下去;单位报完成,督查验证;证据后来撤了,退回整改,改好销号;一次考核有自评、有异议、
有复核,审定;月报印成两页。规则的每一条在 ``tests/supervision`` 里,这里走一遍页面。
"""

from __future__ import annotations

from datetime import date

import pytest
from django.core.cache import cache
from django.urls import reverse
from pypdfium2 import PdfDocument

from gongkai.adapters.apart import state
from gongkai.law.agencies import AgencyKind, Role
from gongkai.org.models import Agency
from gongkai.records import actions as records
from gongkai.supervision.models import Candidate, Correction, Piece, Plan, Progress, Round, System
from tests.records.office import Office, moment
from tests.stories.windows import Windows, fill, let_in
from tests.supervision.sample import SYSTEM

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TABLE = (
    "工作任务|牵头单位|责任单位|完成时限\n公布补贴办法的图解|区政府办公室|区民政局|2026年6月底前\n"
    "加强培训|区政府办公室|各部门|长期推进\n核对名录|区某某局||2026年9月底前"
)


class District(Windows):
    """The office and a bureau, a clock that the test moves, a window for each person."""

    def __init__(self, chromium, base, monkeypatch):
        super().__init__(chromium, base)
        Agency.objects.create(code="MH01", name="明湖区人民政府", kind=AgencyKind.GOVERNMENT)
        self.office, self.bureau = Office(), Office("MH0107", "明湖区民政局", short_name="区民政局")
        self.second = self.office.person("second-inspector", "督查乙", Role.INSPECTOR)
        let_in((*self.office.people.values(), *self.bureau.people.values(), self.second))
        monkeypatch.setattr("django.utils.timezone.now", lambda: self.now)
        monkeypatch.setattr(state, "apart", True)
        self.day(2026, 3, 4)

    def day(self, *day):
        """Another day: everyone signs in anew."""
        self.now = moment(*day)
        self.close()
        cache.clear()

    def open(self, person, name, *args):
        """A page of the desk."""
        page = self.desk(person)
        page.goto(self.base + (name if name.startswith("/") else reverse(f"desk:supervision_{name}", args=args)))
        return page

    def act(self, person, start, name, *args, refused="", **fields):
        """From a page follow its link to a form, fill that in, send it; what stands on the page then."""
        page = self.open(person, start)
        page.click(f"main a[href^='{reverse(f'desk:supervision_{name}', args=args)}']")
        fill(page, fields)
        with page.expect_response(lambda one: one.request.method == "POST") as answer, page.expect_navigation():
            page.click("main form[method=post] .actions button")
        text = page.inner_text("main")
        assert answer.value.status == (422 if refused else 302), text
        assert refused in text, text
        return text

    def press(self, person, start, label):
        """A button that needs nothing filled in."""
        page = self.open(person, start)
        with page.expect_navigation():
            page.click(f"main button:has-text('{label}')")
        return page.inner_text("main")


@pytest.fixture
def district(chromium, live_server, transactional_db, monkeypatch):
    one = District(chromium, live_server.url, monkeypatch)
    yield one
    one.close()


def test_key_points_are_read_sent_out_done_doubted_and_mended(district):
    office, bureau = district.office, district.bureau
    plans = reverse("desk:supervision_plans")
    given = {"agency": "MH0101", "title": "2026年要点", "issued_on": "2026-03-02", "starts_on": "2026-03-02"}
    district.act(office.office, plans, "new_plan", **given, ends_on="2026-12-31", text=TABLE)
    plan = Plan.objects.get()
    home = plan.get_absolute_url()
    assert "“区某某局”没有对到本区的单位" in district.open(office.office, home).inner_text("main")
    assert "第3项“区某某局”没有对到本区的单位" in district.press(office.office, home, "确认、派下去")
    unknown = Piece.objects.get(agency=None, group="")
    task = unknown.task.get_absolute_url()
    district.act(office.office, task, "set_piece", unknown.pk, refused="没有选清")
    district.act(office.office, task, "set_piece", unknown.pk, agency="MH0107")
    assert "派下去了" in district.press(office.office, home, "确认、派下去")

    # 单位报完成,附公众看得到的图解;报的人自己不验证
    district.day(2026, 6, 22)
    assert "公布补贴办法的图解" in district.open(bureau.clerk, "unit").inner_text("main")
    record = bureau.publish(at=district.now, made_on=date(2026, 6, 18), title="明湖区民政局关于补贴办法图解的公告")
    part = Piece.objects.get(agency=bureau.agency, task__order=1)
    where = part.task.get_absolute_url()
    district.act(bureau.clerk, where, "report", part.pk, refused="没有附证据", text="图解两份。", done=True)
    district.act(bureau.clerk, where, "report", part.pk, text="图解两份。", done=True, record=record.index_number)
    report = Progress.objects.get()
    inspecting = reverse("desk:supervision_inspect")
    district.act(office.inspector, inspecting, "judge", report.pk, refused="差什么", verdict=["returned"])
    district.act(
        office.inspector, inspecting, "judge", report.pk, verdict=["passed"], opinion="打开看过，两份齐全。"
    )
    assert "完成" in district.open(bureau.clerk, where).inner_text("main")

    # 证据撤下:亮出来,退回整改,改好由没有下达的人复核
    district.day(2026, 7, 6)
    records.withdraw(
        record, "retracted", reason="标准有误", on=district.now.date(), by=bureau.head, at=district.now
    )
    assert "公众看不到" in district.open(office.inspector, inspecting).inner_text("main")
    words = {"facts": "2026年7月6日查看，图解已经撤下。", "requirement": "换上正确的图解"}
    district.act(office.inspector, inspecting, "doubt", part.pk, refused="太紧", **words, due_on="2026-07-07")
    district.act(office.inspector, inspecting, "doubt", part.pk, **words, due_on="2026-07-20")
    one = Correction.objects.get()
    mending = one.get_absolute_url()
    district.day(2026, 7, 10)
    again = bureau.publish(
        at=district.now, made_on=date(2026, 7, 9), title="明湖区民政局关于补贴办法图解（更正）的公告"
    )
    given = {"text": "已经换上正确的图解。", "record": again.index_number}
    district.act(bureau.clerk, mending, "answer", one.pk, **given)
    waiting = district.open(office.inspector, mending).inner_text("main")
    assert "由没有下达这件整改的人复核" in waiting
    district.act(office.office, mending, "review", one.pk, passed=["yes"], text="7月10日看过，标准正确。")
    given = {"text": "图解换过。", "done": True, "record": again.index_number}
    district.act(bureau.clerk, where, "report", part.pk, **given)
    latest = Progress.objects.latest("pk").pk
    district.act(office.office, where, "judge", latest, verdict=["passed"], opinion="看过。")

    # 公众看进展;月报两页
    assert "已经公开进展" in district.press(office.office, home, "向社会公开进展")
    assert "公布补贴办法的图解" in district.read(reverse("public:plan_progress"))
    page = district.open(office.inspector, "brief")
    assert "2026年7月" in page.inner_text("main")
    with page.expect_download() as saved:
        page.click("main a:has-text('印成两页')")
    assert len(PdfDocument(saved.value.path())) == 2


def test_an_assessment_with_an_objection(district):
    office, bureau = district.office, district.bureau
    district.day(2026, 10, 12)
    bureau.publish(at=district.now, made_on=date(2026, 10, 9), title="明湖区民政局关于救助标准的通知")
    systems, rounds = reverse("desk:supervision_systems"), reverse("desk:supervision_rounds")
    broken = SYSTEM.replace('weight = "60"', 'weight = "50"')
    district.act(office.inspector, systems, "new_system", title="部门表", text=broken, refused="一级指标合计90分")
    district.act(office.inspector, systems, "new_system", title="部门表", text=SYSTEM)
    given = {
        "system": str(System.objects.get().pk),
        "title": "年度考核",
        "organiser": "MH0101",
        "agencies": ["MH0107"],
    }
    district.act(office.inspector, rounds, "new_round", **given)
    round, candidate = Round.objects.get(), Candidate.objects.get()
    home, sheet = round.get_absolute_url(), reverse("desk:supervision_candidate", args=[candidate.pk])
    page = district.open(bureau.head, sheet)
    page.click("main a:has-text('自评')")
    for key, points in (("1", "60"), ("2", "20"), ("3", "20")):
        page.fill(f"main [name='points_{key}']", points)
    page.check("main [name=hand_in]")
    with page.expect_navigation():
        page.click("main form .actions button")
    assert "已经交上" in page.inner_text("main")
    assert "读了2处" in district.press(office.inspector, home, "自动读数")
    district.press(office.inspector, home, "开始复评")
    given = {"points": "12", "proof": "缺会商制度"}
    district.act(office.inspector, sheet, "line", candidate.pk, "3", **given)
    district.act(office.office, sheet, "line", candidate.pk, "3", **given)
    assert "反馈、异议" in district.press(office.inspector, home, "反馈给单位")

    district.act(bureau.head, sheet, "object", candidate.pk, "3", kind="fact", text="会商制度在附件二。")
    objection = candidate.marks.get(indicator="3").objections.get()
    look = {"outcome": ["changed"], "reason": "附件二确有会商制度。", "points": "20"}
    district.act(office.inspector, sheet, "look", objection.pk, refused="评过这一项的人", **look)
    district.act(district.second, sheet, "look", objection.pk, **look)
    district.act(office.head, home, "decide", round.pk, refused="才截止", decision="第40次常务会议")
    district.day(2026, 10, 26)
    district.act(office.head, home, "decide", round.pk, decision="第40次常务会议")
    assert "100.00" in district.open(bureau.head, home).inner_text("main")
    district.press(office.clerk, home, "起草公布稿")
    round.refresh_from_db()
    assert round.record is not None and "年度考核" in round.record.draft.title
