"""任务九 政府公报:在 Chromium 里,从一个局报送到一摞印好的公报送到查阅点,手机上的公众一直看得到。

一个街道没有报;一件在审签的时候撤下,另一件出刊以后撤下;编辑用键盘排次序。信息怎样三审、签发是 ``test_01`` 的事。
"""

from __future__ import annotations

from datetime import datetime

import pytest
from django.contrib.auth.hashers import make_password
from django.core.cache import cache
from django.urls import reverse

from gongkai.gazette.models import Delivery, Issue
from gongkai.law.agencies import AgencyKind
from gongkai.org.models import Agency, Place, User
from gongkai.records import actions as records
from gongkai.records.terms import WithdrawalKind
from tests.gazette.press import Press
from tests.records.office import moment
from tests.stories.windows import SECRET, Windows, fill

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


class Newsroom(Press, Windows):
    """The gazette's people, each at a window of the browser, and a clock that the test moves."""

    def __init__(self, chromium, base, monkeypatch) -> None:
        Press.__init__(self)
        Windows.__init__(self, chromium, base)
        Agency.objects.create(code="MH0205", name="望湖街道办事处", kind=AgencyKind.TOWN, parent=self.government)
        User.objects.update(password=make_password(SECRET))
        monkeypatch.setattr("django.utils.timezone.now", lambda: self.now)
        self.now: datetime = moment(2026, 11, 5)

    def at(self, *when: int) -> None:
        """Another day: everyone signs in anew."""
        self.now = moment(*when)
        self.close()
        cache.clear()

    def go(self, person: User, name: str, *args):
        page = self.desk(person)
        page.goto(self.base + reverse(f"desk:gazette_{name}", args=args))
        return page

    def send(self, page, button: str) -> str:
        """Press a button of the page; what stands there then."""
        with page.expect_navigation():
            page.click(f"main button:has-text('{button}')")
        return page.inner_text("main")

    def press(self, page, link: str, button: str, **fields) -> str:
        """Follow a link to a form, fill it in and send it."""
        page.click(f"main a:has-text('{link}')")
        fill(page, fields)
        return self.send(page, button)

    def withdraw(self, record, office) -> None:
        records.withdraw(
            record, WithdrawalKind.RETRACTED, reason="数字有误。", on=self.now.date(), by=office.head, at=self.now
        )


@pytest.fixture
def room(chromium, live_server, transactional_db, monkeypatch):
    one = Newsroom(chromium, live_server.url, monkeypatch)
    yield one
    one.close()


def test_a_month_from_the_report_to_the_printed_pile(room):
    first, second, third = (room.paper(number) for number in (1, 2, 3))
    must = room.paper(8, office=room.bureau, type="normative")
    for name, kind in (("区档案馆", "archive"), ("区图书馆", "library")):
        Place.objects.create(agency=room.office.agency, name=name, kind=kind, address="某路", hours="工作日")

    # 局里的信息员:首页上有,勾选确认,不用再上传
    page = room.desk(room.bureau.clerk)
    assert "待报送的公报文件" in page.inner_text("main")
    page.click("main summary:has-text('待报送的公报文件')")
    page.click("main details a:has-text('明湖区民政局2026年10月')")
    assert page.locator("input[name=record]").is_checked()
    assert "已报送" in room.send(page, "报送勾选的")

    # 编辑:街道没有报;建一期,用键盘把第三件移到最前,排版,送审签
    room.at(2026, 11, 17)
    page = room.go(room.editor, "submissions")
    silent = page.locator("tr", has_text="望湖街道办事处")
    assert "逾期没有报" in silent.inner_text()
    page = room.go(room.editor, "issues")
    room.press(page, "建立一期", "建立", month="2026-10", planned_on="2026-11-20")
    issue = Issue.objects.get()
    assert [str(row) for row in issue.articles.all()] == [str(one) for one in (first, second, third, must)]
    item = page.locator("[data-order] > li").nth(2)
    item.focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert "已经照这个次序排好" in room.send(page, "保存次序和栏目")
    assert [str(row) for row in issue.articles.all()] == [str(one) for one in (third, first, second, must)]
    room.press(page, "改出版日", "保存", print_run="12")
    assert "读回来同稿子核对过" in room.send(page, "排版")
    assert "GZ01—GZ15都过了" in page.inner_text("main")
    assert "已经送审签" in room.press(page, "送审签", "送审签")

    # 审签的时候一件撤下了:自动退回,说清是哪一篇;去掉、重排、再送
    assert "等另一位签发" in room.press(room.go(room.office.final, "issue", issue.pk), "审签", "同意")
    room.withdraw(second, room.office)
    page = room.go(room.editor, "issue", issue.pk)
    text = page.inner_text("main")
    assert "自动退回" in text and "GZ06" in text and "没有公开或者已经撤下" in text
    page.click(f"main button:has-text('去掉“{second}”')")
    page.wait_for_selector(f"text=已经去掉“{second}”")
    room.send(page, "排版")
    room.press(page, "送审签", "送审签")
    for person in (room.office.final, room.office.head):
        page = room.go(person, "issue", issue.pk)
        assert str(third) in page.inner_text("main")
        text = room.press(page, "审签", "同意", opinion="同意")
    assert "已经签发" in text

    # 早一天出不了;到了日子出刊,手机上当场看得到
    page = room.go(room.editor, "issue", issue.pk)
    assert "封面上印的出版日" in room.press(page, "出刊", "出刊")
    assert "还没有出刊" in room.read(reverse("public:gazette"))
    room.at(2026, 11, 20)
    page = room.go(room.editor, "issue", issue.pk)
    assert "已经出刊" in room.press(page, "出刊", "出刊")
    issue = Issue.objects.get()
    text = room.read(reverse("public:gazette"))
    assert "2026年第1期" in text and str(must) in text and str(second) not in text
    article = issue.articles.get(record=must)
    text = room.read(article.get_absolute_url())
    assert article.citation in text and "现在的效力" in text
    assert article.get_absolute_url() in room.windows["phone"].url
    room.read(reverse("public:gazette_search"))
    phone = room.windows["phone"]
    phone.fill("main input[name=q]", article.citation)
    phone.click("main form button")
    phone.wait_for_selector("text=您找的是")
    for kind in ("pdf", "epub"):
        answer = phone.request.get(room.base + reverse("public:gazette_form", args=[2026, "1", kind]))
        assert answer.ok and answer.headers["accept-ranges"] == "bytes"

    # 出刊以后撤下:各处只剩说明,篇次不变
    room.withdraw(first, room.office)
    gone = issue.articles.get(record=first)
    assert "本篇已于2026年11月20日撤回" in room.read(gone.get_absolute_url())
    assert "已撤下" in room.read(issue.get_absolute_url())
    page = room.go(room.editor, "issue", issue.pk)
    room.press(page, "更正", "更正", was="第3项", now="第三项")
    assert "更正为“第三项”" in room.read(issue.articles.get(record=third).get_absolute_url())

    # 印好的一摞:两个点位,签收,剩余
    page = room.go(room.editor, "deliveries", issue.pk)
    for row, left in zip(Delivery.objects.all(), ("1", ""), strict=True):
        page.goto(room.base + reverse("desk:gazette_deliver", args=[row.pk]))
        fill(page, {"delivered": "5", "on": "2026-11-20", "signed_by": "柳某", "left_over": left})
        text = room.send(page, "登记")
    assert "实投10份，剩余回收1份" in text
    with page.expect_download() as paper:
        page.click("main a:has-text('送交单')")
    assert paper.value.suggested_filename.endswith(".docx")

    # 通报的数:局按期,街道没有报
    page = room.go(room.editor, "figures")
    rows = {row.split("\t")[0]: row.split("\t")[1:] for row in page.locator("main tbody tr").all_inner_texts()}
    assert rows["明湖区民政局"][:4] == ["1", "1", "0", "0"] and rows["望湖街道办事处"][:4] == ["1", "0", "0", "1"]
