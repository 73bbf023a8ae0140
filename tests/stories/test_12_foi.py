"""任务十二 依申请公开:在 Chromium 里,申请人、承办人、审查人、负责人各办各的,从收到走到送达、救济、转为主动公开。"""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.core.cache import cache
from django.urls import reverse

from gongkai.foi.models import Application
from gongkai.law import calendar
from gongkai.org.models import LogEntry
from tests.foi.desk import Desk, moment
from tests.stories.windows import Windows, let_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ID_NUMBER = "330211196002300010"


class Town(Windows):
    """A district with one bureau, a clock that the test moves, and a window for each person."""

    def __init__(self, chromium, base, monkeypatch, tmp_path):
        super().__init__(chromium, base)
        self.tmp, self.bureau = tmp_path, Desk()
        let_in((*self.bureau.people.values(), self.bureau.colleague))
        self.now: datetime = moment("2025-02-20")
        monkeypatch.setattr("django.utils.timezone.now", lambda: self.now)

    def day(self, text: str) -> None:
        """Another day: everyone signs in anew."""
        self.now = moment(text, 10)
        self.close()
        cache.clear()

    @property
    def applicant(self):
        """The window of whoever applies, at a desk of his own."""
        if "applicant" not in self.windows:
            self.windows["applicant"] = self.chromium.new_context(locale="zh-CN").new_page()
        return self.windows["applicant"]

    def person(self, role: str):
        return self.desk(getattr(self.bureau, role))

    # --- 申请人 ---

    def apply(self, text: str) -> Case:
        page = self.applicant
        page.goto(self.base + reverse("public:apply_online"))
        page.select_option("#id_agency", self.bureau.agency.code)
        page.fill("#id_name", "张某某")
        page.fill("#id_identity", ID_NUMBER)
        page.fill("#id_phone", "0571-00000001")
        page.fill("#id_description", text)
        page.click("button:has-text('下一步：核对')")
        page.click("button:has-text('确认提交')")
        page.wait_for_selector(".receipt")
        return Case(self, page.inner_text("dd strong"), page.inner_text(".secret"))


class Case:
    """One application, with what each person does to it through the pages."""

    def __init__(self, town: Town, number: str, code: str) -> None:
        self.town, self.number, self.code = town, number, code

    @property
    def row(self) -> Application:
        return Application.objects.get(number=self.number)

    def progress(self):
        page = self.town.applicant
        page.goto(self.town.base + reverse("public:progress"))
        page.fill("#id_number", self.number)
        page.fill("#id_code", self.code)
        page.click("main form button")
        page.wait_for_selector("h1:has-text('申请')")
        return page

    def open(self, role: str):
        page = self.town.person(role)
        page.goto(self.town.base + reverse("desk:foi_cases") + "?list=all")
        page.click(f"tr:has-text('{self.number}') a.subject")
        return page

    def act(self, person: str, label: str, /, **fields) -> None:
        """One act: its link on the case, its form, back to the case with a word that it is done."""
        page = self.open(person)
        link = page.locator(f"aside a:text-is('{label}')")
        if not link.is_visible():
            page.click("summary:has-text('少办的事')")
        link.click()
        fill(page, fields)
        page.click("main form button")
        page.wait_for_selector(".notice:has-text('已经办好')")

    def decide(self, outcome: str, number: int = 0, **fields) -> None:
        page = self.open("clerk")
        page.locator("a:has-text('定结果')").nth(number).click()
        page.select_option("#id_outcome", outcome)
        page.click("button[name=show]")
        if ground := fields.pop("ground", ""):
            page.select_option("#id_ground", ground)
            page.click("button[name=show]")
        fill(page, fields)
        page.click("button:text-is('保存')")
        page.wait_for_selector(".notice:has-text('已经保存')")

    def letter(self, kind: str, label: str, *, role: str = "clerk", **fields) -> None:
        """Drafted by the clerk; issued by whoever may."""
        page = self.open("clerk")
        page.goto(page.url + f"draft/{kind}/")
        fill(page, fields)
        page.click("button:has-text('保存并预览')")
        page.wait_for_selector(f"h1:has-text('{label}')")
        if role != "clerk":
            address = page.url
            page = self.town.person(role)
            page.goto(address)
        page.click("button:text-is('签发')")
        page.wait_for_selector(".notice:has-text('已经签发')")

    def give(self) -> None:
        file = self.town.tmp / "明细.txt"
        file.write_text("支出明细", "utf-8")
        self.act("clerk", "放入文件", role="reply", file=file)

    def deliver(self, letter: str = "答复书", *, posted: str = "", signed: str = "") -> None:
        page = self.open("clerk")
        page.click(f".rows a:has-text('{letter}')")
        fill(page, {name: value for name, value in (("posted_on", posted), ("signed_on", signed)) if value})
        page.click("button:text-is('登记')")
        page.wait_for_selector(".notice:has-text('已经登记送达')")

    def pass_gates(self, *roles: str) -> None:
        for role in roles:
            self.act(
                role, {"secrecy": "保密审查", "legal": "法制审核"}[role], verdict="pass", text="经审查，同意。"
            )


def fill(page, fields) -> None:
    """Each field by its kind: radio, file, or text."""
    for name, value in fields.items():
        control = page.locator(f"[name={name}]").first
        kind = control.get_attribute("type")
        if kind == "radio":
            page.check(f"[name={name}][value={value}]")
        elif kind == "file":
            control.set_input_files(value)
        elif control.evaluate("one => one.tagName") == "SELECT":
            control.select_option(value)
        else:
            control.fill(str(value))


@pytest.fixture
def town(chromium, live_server, transactional_db, monkeypatch, tmp_path):
    one = Town(chromium, live_server.url, monkeypatch, tmp_path)
    yield one
    one.close()


GIVEN = {"fact_provided": "支出明细一份", "fact_where": "在本网站下载", "fact_when": "随本答复"}


def test_plain_disclosure_turned_public_and_rated(town):
    case = town.apply("2024年度城乡低保资金的支出明细")
    assert case.row.due_on == date(2025, 3, 20)
    assert "2025年3月20日" in case.progress().inner_text("main")
    case.act("clerk", "接手")
    case.decide("provided", **GIVEN)
    case.give()
    case.pass_gates("secrecy")
    town.day("2025-03-14")
    case.letter("reply", "答复书", role="head")
    page = case.progress()
    with page.expect_download() as download:
        page.click("button:has-text('下载《政府信息公开申请答复书》')")
    assert download.value.suggested_filename.endswith(".pdf")
    assert (case.row.outcome, case.row.late, case.row.answered_on) == ("provided", False, date(2025, 3, 14))
    page = case.progress()
    page.click("summary:has-text('评价')")
    page.check("[name=score][value='5']")
    page.click("button[value=rate]")
    page.wait_for_selector(".notice:has-text('谢谢')")
    case.act("clerk", "建议转为主动公开", title="2024年度低保资金支出情况", why="申请人建议")
    page = town.person("head")
    page.goto(town.base + reverse("desk:foi_conversions"))
    page.click("main a:has-text('审核')")
    fill(page, {"accept": "yes"})
    page.click("button:text-is('保存')")
    page.wait_for_selector(".notice:has-text('已经起草')")
    record = case.row.conversions.get().record
    assert record.title == "2024年度低保资金支出情况" and not record.is_public(town.now)


def test_partial_with_a_third_party_who_objects(town):
    town.day("2025-09-22")
    case = town.apply("某采购合同全文")
    case.act("clerk", "接手")
    town.day("2025-09-24")
    case.letter("third_party", "征求第三方意见书", party="甲公司", content="合同中的报价部分")
    assert "征求意见的时间不计入期限" in case.progress().inner_text(".verdict")
    town.day("2025-09-26")
    case.deliver("征求第三方意见书", signed="2025-09-26")
    town.day("2025-10-17")
    case.act("clerk", "登记收到的意见", party="甲公司", on="2025-10-17", agrees="no", reason="报价是商业秘密")
    assert case.row.due_on == date(2025, 11, 12)
    case.decide(
        "partial",
        ground="third_party",
        fact_provided="合同其余部分",
        fact_where="在本网站下载",
        fact_withheld="报价部分",
        fact_reason="涉及第三方商业秘密",
        test_right="甲公司的商业秘密，公开将泄露报价",
        test_opinion="不同意，理由合理",
        test_public_interest="结果已经公告，不会有重大影响",
    )
    case.give()
    case.pass_gates("secrecy", "legal")
    town.day("2025-11-04")
    case.letter("reply", "答复书", role="final")
    case.deliver(posted="2025-11-04")
    page = case.progress()
    text = page.inner_text("main")
    assert "先向明湖区人民政府申请行政复议" in text and "申请行政复议" in text and case.row.outcome == "partial"


def test_correction_then_lapse(town):
    case = town.apply("那个文件")
    case.act("clerk", "接手")
    town.day("2025-02-21")
    case.letter("correction", "补正告知书", defects="没有写明是哪个文件", guidance="请写明名称或者文号", days="10")
    assert "请您补正" in case.progress().inner_text("main")
    town.day("2025-03-10")
    case.act("clerk", "逾期不补正", on="2025-03-10")
    assert case.row.cell == "r6_1" and case.row.due_on is None


def test_a_fee_and_its_payment(town):
    town.day("2025-01-02")
    case = town.apply("十年的全部合同")
    case.act("clerk", "接手")
    town.day("2025-01-20")
    case.letter("fee", "收费通知书", basis="item", quantity="35", payment="缴至区财政专户")
    page = case.progress()
    assert "200" in page.inner_text("main")
    proof = town.tmp / "凭证.txt"
    proof.write_text("已缴", "utf-8")
    page.set_input_files("[name=files]", proof)
    page.click("button[value=proof]")
    page.wait_for_selector(".notice:has-text('已经收到')")
    town.day("2025-02-20")
    case.act("clerk", "登记缴费", on="2025-02-20", receipt="票据1")
    assert case.row.due_on == date(2025, 3, 20)


def test_extension_excessive_and_not_held(town):
    town.day("2024-01-15")
    case = town.apply("四十年的会议纪要")
    case.act("clerk", "接手")
    town.day("2024-02-01")
    case.letter("extension", "延期答复告知书", role="head", why="需要检索多年的档案", days="20")
    assert (case.row.due_on, case.row.original_due_on) == (date(2024, 3, 14), date(2024, 2, 9))
    case.letter("reasons", "说明理由告知书", excess="一个月申请41件", days="5")
    case.decide("excessive", fact_demand="已要求说明，没有合理理由", fact_reason="理由不合理")
    case.pass_gates("legal")
    case.letter("reply", "答复书", role="head")
    case.deliver(signed="2024-02-01")
    assert case.row.cell == "r5_4"
    other = town.apply("一九五〇年的档案")
    other.act("clerk", "接手")
    other.decide("not_held", fact_search="以题名检索了全部目录，没有找到")
    other.pass_gates("legal")
    other.letter("reply", "答复书", role="head")
    other.deliver(signed="2024-02-01")
    assert other.row.cell == "r4_1"


def test_late_is_shown_late_and_a_court_sends_it_back(town):
    case = town.apply("低保资金的支出明细")
    case.act("clerk", "接手")
    town.day("2025-03-24")
    assert "已经逾期" in case.progress().inner_text(".verdict")
    case.decide("not_held", fact_search="检索了2020年以来的目录")
    case.pass_gates("legal")
    case.letter("reply", "答复书", role="head")
    case.deliver(signed="2025-03-24")
    assert case.row.late and "逾期答复" in case.progress().inner_text(".verdict")
    case.act("clerk", "写明逾期原因", reason="承办人换岗，移交迟延")
    town.day("2025-04-07")
    page = town.person("legal")
    page.goto(town.base + reverse("desk:foi_new_remedy") + f"?number={case.number}")
    fill(
        page,
        {
            "agency": str(town.bureau.agency.pk),
            "kind": "review",
            "body": "明湖区人民政府",
            "filed_on": "2025-04-07",
        },
    )
    page.click("button:text-is('保存')")
    page.wait_for_selector(".notice:has-text('已经登记')")
    town.day("2025-06-25")
    page = town.person("legal")
    page.goto(town.base + reverse("desk:foi_remedies"))
    page.click("a:has-text('登记结果')")
    fill(page, {"result": "corrected", "decided_on": "2025-06-25", "reason": "检索不充分"})
    page.click("button:text-is('保存')")
    page.wait_for_selector(".tag:has-text('结果纠正')")
    case.act("legal", "重新办理", on="2025-06-25", days="15", reason="明湖政复〔2025〕9号")
    assert case.row.due_on == calendar.add(date(2025, 6, 25), 15)
    assert case.row.counted_outcome == "not_held"
    assert LogEntry.objects.filter(action="foi.reopened").exists()
