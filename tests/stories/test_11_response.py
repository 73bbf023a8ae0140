"""任务十一 回应关切:在 Chromium 里,公众拿着手机,单位和区政府办各办各的。

一封信从手机写到评价;一件节假日夜里十一点的舆情,按时的和迟了的;一场发布会;一期访谈;一次报名超过名额的开放日。
规则的每一条在 ``tests/engagement`` 里,这里走一遍页面。
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse

from gongkai.engagement.models import Asked, Briefing, Event, Interview, Letter, OpinionCase, Signup
from gongkai.engagement.views import talks
from gongkai.records.models import Record
from tests.records.office import Office, moment
from tests.stories.windows import Windows, fill, let_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FIVE = "%Y-%m-%dT%H:%M"


class Bureau(Windows):
    """One unit with its people, a clock that the test moves, a window for each person, and the public's phone."""

    def __init__(self, chromium, base, monkeypatch):
        super().__init__(chromium, base)
        self.office = Office()
        let_in((self.office.clerk, self.office.head, self.office.office))
        monkeypatch.setattr("django.utils.timezone.now", lambda: self.now)
        self.at(2026, 9, 1, 9)

    def at(self, *when):
        """Another moment of the same sitting, or another day: then everyone signs in anew."""
        before, self.now = getattr(self, "now", None), moment(*when)
        if before is None or self.now - before > timedelta(hours=8):
            self.close()
            cache.clear()

    def open(self, person, name, *args):
        """A page of the desk; what stands on it."""
        page = self.desk(person)
        page.goto(self.base + (name if name.startswith("/") else reverse(f"desk:engagement_{name}", args=args)))
        return page.inner_text("main")

    def act(self, person, view, /, *args, refused="", **fields):
        """Fill a form in and send it; what stands on the page then."""
        self.open(person, view, *args)
        page = self.desk(person)
        fill(page, fields)
        with page.expect_response(lambda one: one.request.method == "POST") as answer, page.expect_navigation():
            page.click("main form[method=post].narrow-form .actions button")
        text = page.inner_text("main")
        assert answer.value.status == (422 if refused else 302), text
        assert refused in text, text
        return text

    def press(self, person, where, label):
        """A button that needs nothing filled in."""
        self.open(person, where)
        page = self.desk(person)
        with page.expect_navigation():
            page.click(f"main button:has-text('{label}')")
        return page.inner_text("main")

    def send(self, url, **fields):
        """The public fills a form in on the phone; number and code of the receipt."""
        self.read(url)
        fill(self.phone, fields)
        with self.phone.expect_navigation():
            self.phone.click("main form[method=post] .actions button")
        return [one.inner_text() for one in self.phone.locator("main .secret").all()]

    def look(self, number, code):
        """By number and code, on the phone."""
        self.send(reverse("public:letter_look"), number=number, code=code)
        return self.phone.inner_text("main")

    def sign(self, record):
        """Through every review."""
        return self.office.sign(record.draft, at=self.now)


@pytest.fixture
def bureau(chromium, live_server, transactional_db, monkeypatch):
    one = Bureau(chromium, live_server.url, monkeypatch)
    yield one
    one.close()


def test_a_letter_from_the_phone_to_the_rating(bureau):
    office = bureau.office
    given = {"kind": "consult", "agency": office.agency.code, "title": "路灯不亮", "text": "什么时候修？"}
    number, code = bureau.send(reverse("public:letter_write"), **given, name="甲某", consents_content=True)
    assert "正在办理" in bureau.look(number, code)
    letter = Letter.objects.get(number=number)
    bureau.act(office.clerk, "act", letter.pk, "accept")
    promise = {"promise": "更换灯具", "promise_on": "2026-09-09"}
    bureau.act(office.clerk, "act", letter.pk, "draft", text="下周修好。", **promise)
    bureau.act(office.head, "act", letter.pk, "reply", answered_all=True)
    assert "下周修好。" in bureau.look(number, code) and "2026年9月9日" in bureau.phone.inner_text("main")
    bureau.phone.check("main [name=grade][value='2']")
    bureau.phone.fill("main [name=note]", "太慢")
    with bureau.phone.expect_navigation():
        bureau.phone.click("main button:has-text('评价')")
    assert "谢谢您的评价" in bureau.phone.inner_text("main")
    assert "不满意的来信" in bureau.open(office.clerk, reverse("desk:home"))
    bureau.act(office.clerk, "act", letter.pk, "revisit", note="说明了备件到货的日子。")
    bureau.act(office.head, "act", letter.pk, "publish")
    assert "路灯不亮" in bureau.read(reverse("public:letters"))


@pytest.mark.parametrize(("said_at", "told"), [((2026, 10, 2, 3), "按时"), ((2026, 10, 2, 5), "迟了")])
def test_a_case_of_a_holiday_night(bureau, said_at, told):
    office = bureau.office
    bureau.at(2026, 10, 1, 23)
    given = {"title": "某路塌陷", "source": "本地论坛", "owner": str(office.agency.pk)}
    bureau.act(office.office, "new_case", **given, detected_at=f"{bureau.now:{FIVE}}")
    case = OpinionCase.objects.get()
    bureau.act(office.office, "grade", case.pk, grade="grave", owner=str(office.agency.pk))
    assert "2026-10-02 04:00" in bureau.open(office.office, "case", case.pk)
    assert "还没有回应的舆情" in bureau.open(office.office, reverse("desk:home"))
    bureau.at(*said_at)
    record = office.publish(at=bureau.now, title="明湖区人民政府办公室关于某路塌陷处置情况的通报")
    word = {"kind": "first", "when": f"{bureau.now:{FIVE}}", "text": "已经围挡、改道。"}
    bureau.act(office.office, "entry", case.pk, **word, refused="没有链到公开的信息")
    bureau.act(office.office, "entry", case.pk, **word, record=record.index_number)
    home = case.get_absolute_url()
    assert told in bureau.open(office.office, home)
    assert "回应不等于解决" in bureau.press(office.office, home, "办结")
    done = {"kind": "action", "when": f"{bureau.now:{FIVE}}", "text": "管道修复，路面恢复。"}
    bureau.act(office.office, "entry", case.pk, **done)
    assert "已办结" in bureau.press(office.office, home, "办结")


def test_a_briefing_is_approved_announced_and_written_down(bureau):
    office = bureau.office
    bureau.at(2026, 9, 1, 9)
    times = {"starts_at": "2026-09-08T10:00", "ends_at": "2026-09-08T11:00"}
    given = {"agency": str(office.agency.pk), "title": "秋季学期开学", "place": "区新闻发布厅", **times}
    bureau.act(office.clerk, "new_briefing", **given)
    briefing = Briefing.objects.get()
    bureau.act(office.clerk, "briefing_act", briefing.pk, "submit")
    bureau.act(office.head, "briefing_act", briefing.pk, "approve", refused="由区政府办公室审批")
    bureau.act(office.office, "briefing_act", briefing.pk, "approve")
    bureau.act(office.clerk, "briefing_act", briefing.pk, "notice")
    notice = bureau.sign(Record.objects.get(event__briefing=briefing))
    assert "秋季学期开学" in bureau.read(notice.get_absolute_url())
    bureau.at(2026, 9, 8, 14)
    person = {"name": "章某", "post": "局长", "rank": "chief"}
    bureau.act(office.clerk, "briefing_act", briefing.pk, "attend", **person)
    bureau.act(office.clerk, "briefing_act", briefing.pk, "hold", opening="今年新增学位两千个。")
    asked = {"outlet": "区融媒体中心", "question": "食堂怎样监管？", "answer": "每周抽检一次。"}
    answered_by = str(briefing.attendees.get().pk)
    bureau.act(office.clerk, "new_press_question", briefing.pk, **asked, answered_by=answered_by)
    bureau.act(office.clerk, "briefing_act", briefing.pk, "transcript")
    bureau.sign(Briefing.objects.get().transcript)
    assert "每周抽检一次" in bureau.read(reverse("public:press_questions"))


def test_an_interview_grows_on_the_phone(bureau, monkeypatch):
    office = bureau.office
    monkeypatch.setattr(talks, "EVERY", 1)
    given = {
        "agency": str(office.agency.pk),
        "title": "谈加装电梯",
        "topic": "条件和补助。",
        "guests": "钱某，局长",
        "starts_at": "2026-09-10T14:00",
        "ends_at": "2026-09-10T15:00",
        "questions_until": "2026-09-10T15:00",
    }
    bureau.act(office.clerk, "new_interview", **given)
    made = Interview.objects.get()
    bureau.press(office.clerk, made.desk_url, "起草预告")
    made.refresh_from_db()
    bureau.sign(made.record)
    ask = reverse("public:interview_ask", args=[made.pk])
    receipts = [bureau.send(ask, text=text) for text in ("补助多少？", "五层能装吗？")]
    bureau.at(2026, 9, 10, 14)
    bureau.press(office.clerk, made.desk_url, "宣布开始")
    assert "正在进行" in bureau.read(made.get_absolute_url())
    asked = Asked.objects.first()
    bureau.act(office.clerk, "asked", asked.pk, "choose", shown="补助多少？")
    bureau.press(office.clerk, made.desk_url, "读出")
    page = bureau.desk(office.clerk)
    fill(page, {"speaker": "钱某", "answers": str(asked.pk), "text": "每台二十万元。"})
    with page.expect_navigation():
        page.click("#say button")
    # 开着的页自己添上来:两段都是打开以后登记的
    bureau.phone.wait_for_selector("[data-live] li[data-n='2'] .text:has-text('每台二十万元。')", timeout=20_000)
    assert bureau.phone.locator("[data-live] li").count() == 2
    bureau.press(office.clerk, made.desk_url, "宣布结束")
    # 开着的页自己重新打开一次;这以后才打开别的页
    bureau.phone.wait_for_selector("main .tag:has-text('已经结束')", timeout=20_000)
    assert "2026年9月17日" in bureau.look(*receipts[1])
    left = Asked.objects.last()
    answer = {"shown": "五层能装吗？", "answer": "四层以上都可以。"}
    bureau.act(office.clerk, "asked", left.pk, "answer", **answer)
    bureau.act(office.head, "asked", left.pk, "release")
    assert "四层以上都可以。" in bureau.look(*receipts[1])
    bureau.press(office.clerk, made.desk_url, "起草实录")
    made.refresh_from_db()
    record = bureau.sign(made.transcript)
    assert "网友：补助多少？" in bureau.read(record.get_absolute_url())
    assert "已完成" in bureau.open(office.clerk, made.desk_url)


def test_an_open_day_filled_beyond_its_seats(bureau):
    office = bureau.office
    given = {
        "kind": "open_day",
        "agency": str(office.agency.pk),
        "title": "自来水厂开放日",
        "place": "城西水厂",
        "starts_at": "2026-09-20T09:00",
        "ends_at": "2026-09-20T11:00",
        "seats": "2",
        "signup_until": "2026-09-15T18:00",
    }
    bureau.act(office.clerk, "new_event", **given)
    event = Event.objects.get()
    bureau.press(office.clerk, event.get_absolute_url(), "起草公告")
    event.refresh_from_db()
    bureau.sign(event.record)
    url = reverse("public:event_sign_up", args=[event.pk])
    receipts = [bureau.send(url, name=f"甲{number}", reach="0571-00000001") for number in range(3)]
    assert "候补" in bureau.look(*receipts[2])
    bureau.look(*receipts[0])
    with bureau.phone.expect_navigation():
        bureau.phone.click("main summary:has-text('取消报名')")
        bureau.phone.click("main button:has-text('确定取消')")
    assert "已报上" in bureau.look(*receipts[2])
    assert Signup.objects.filter(state="in").count() == 2
    bureau.at(2026, 9, 21, 9)
    bureau.act(office.clerk, "finish", event.pk, attended="2", outcome="没有收到意见")
    assert "到场2人" in bureau.read(event.record.get_absolute_url())
