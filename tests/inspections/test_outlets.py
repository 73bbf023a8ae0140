"""台账:开设要批、关停要公告、注销以前照常更新;推文的导入。"""

import io
from datetime import date

import pytest
import xlsxwriter
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from gongkai.inspections import actions, posts
from gongkai.inspections.models import Move, Outlet, Post
from gongkai.law.agencies import Role
from gongkai.law.errors import RuleBroken
from gongkai.law.outlets import ONLINE, WAYS, Platform, State, Step, after, possible
from tests.inspections.district import AT, LATER, outlet
from tests.records.office import Office, moment

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return Office()


@pytest.fixture
def now(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: LATER)


def text_of(response):
    return response.content.decode()


@pytest.mark.once
class TestWays:
    def test_no_way_past_the_notice_nor_back_from_the_end(self):
        assert possible(State.CLOSED) == ()
        with pytest.raises(RuleBroken, match="不能“注销完毕”"):
            after(State.RUNNING, Step.END)
        leads_to = {then for _, then in WAYS.values()}
        assert leads_to == set(State), "每个状态都走得到"
        ends = [(before, then) for before, then in WAYS.values() if then is State.CLOSED]
        assert ends == [((State.CANCELLING,), State.CLOSED)] and State.CLOSED not in ONLINE


class TestOpening:
    def test_asked_for_approved_by_another_filed(self, office):
        values = {"name": "明湖民政", "purpose": "发布救助政策"}
        one = actions.save_outlet(None, office.agency, Platform.WECHAT, values, by=office.clerk, at=AT)
        with pytest.raises(RuleBroken, match="没有填全"):
            actions.move(one, Step.SUBMIT, by=office.clerk, at=AT)
        one = actions.save_outlet(
            one, office.agency, Platform.WECHAT, {"head": "何某", "keeper": "陈某、施某"}, by=office.clerk, at=AT
        )
        one = actions.move(one, Step.SUBMIT, by=office.clerk, at=AT)
        with pytest.raises(PermissionDenied):
            actions.move(one, Step.APPROVE, by=office.clerk, at=AT)
        with pytest.raises(RuleBroken, match="为什么退回"):
            actions.move(one, Step.REFUSE, by=office.office, at=AT)
        one = actions.move(one, Step.APPROVE, by=office.office, at=AT)
        with pytest.raises(RuleBroken, match="回执号"):
            actions.move(one, Step.FILE, by=office.clerk, at=AT)
        one = actions.move(one, Step.FILE, by=office.clerk, at=LATER, paper="BS-2026-0031")
        assert (one.state, one.filing, one.opened_on) == (State.RUNNING, "BS-2026-0031", date(2026, 9, 2))
        assert [row.step for row in Move.objects.filter(outlet=one)] == ["submit", "approve", "file"]

    def test_nobody_approves_what_he_asked_for(self, office):
        values = {"name": "明湖发布", "purpose": "政务公开", "head": "何某", "keeper": "陈某、施某"}
        one = actions.save_outlet(None, office.agency, Platform.WEIBO, values, by=office.office, at=AT)
        one = actions.move(one, Step.SUBMIT, by=office.office, at=AT)
        with pytest.raises(RuleBroken, match="不能批准自己"):
            actions.move(one, Step.APPROVE, by=office.office, at=AT)

    def test_addresses_are_web_addresses(self, office):
        for url in ("javascript:alert(1)", "file:///etc/passwd", "www.mh.example"):
            with pytest.raises(RuleBroken, match="不是网址"):
                outlet(office, "某站", Platform.SITE, url=url)

    def test_hints_do_not_stop(self, office):
        outlet(office)
        second = outlet(office, "明湖发布二号", subject="明湖传媒有限公司", keeper="陈某")
        found = "".join(actions.outlets.remarks(second))
        assert "一个单位一个平台一个账号" in found and "不一致" in found and "只有一人" in found


class TestClosing:
    def asked(self, office):
        one = actions.move(
            outlet(office, updated_on=date(2026, 8, 30)), Step.CLOSE, by=office.clerk, at=AT, note="机构改革"
        )
        given = {
            "basis": "机构改革",
            "stop_on": date(2026, 9, 9),
            "cancel_on": date(2026, 9, 9),
            "instead": "公众号“明湖文旅”",
        }
        return actions.save_closing(one, given, by=office.clerk, at=AT), given

    def test_the_notice_has_five_elements_and_its_time(self, office):
        one, given = self.asked(office)
        for name in ("basis", "stop_on", "cancel_on", "instead"):
            less = actions.save_closing(
                one, given | {name: None if name.endswith("on") else ""}, by=office.clerk, at=AT
            )
            with pytest.raises(RuleBroken, match="关停公告缺"):
                actions.draft_closing_notice(less, by=office.clerk, at=AT)
        early = actions.save_closing(
            one, given | {"cancel_on": date(2026, 9, 7), "stop_on": date(2026, 9, 7)}, by=office.clerk, at=AT
        )
        with pytest.raises(RuleBroken, match="不足7日"):
            actions.draft_closing_notice(early, by=office.clerk, at=AT)

    def test_to_the_very_end_it_is_kept_up(self, office, client, now):
        one, _ = self.asked(office)
        with pytest.raises(RuleBroken, match="还没有公开"):
            actions.move(one, Step.ANNOUNCE, by=office.office, at=AT)
        edition = actions.draft_closing_notice(one, by=office.clerk, at=AT)
        assert all(
            part in edition.body for part in ("机构改革", "明湖发布（微信公众号）", "2026-09-09", "明湖文旅")
        )
        office.sign(edition, at=AT)
        one = actions.move(Outlet.objects.get(pk=one.pk), Step.ANNOUNCE, by=office.office, at=AT)
        assert one.update_due(date(2026, 9, 2)) == date(2026, 9, 13), "公告中也要更新"
        shown = text_of(client.get(reverse("public:outlets")))
        assert "正在关停" in shown and "明湖文旅" in shown and one.notice.get_absolute_url() in shown
        with pytest.raises(RuleBroken, match="还没有到"):
            actions.move(one, Step.CANCEL, by=office.clerk, at=LATER, note="备份在档案室")
        one = actions.move(one, Step.CANCEL, by=office.clerk, at=moment(2026, 9, 9), note="备份在档案室")
        assert one.update_due(date(2026, 9, 9)) is not None, "注销完成以前"
        with pytest.raises(RuleBroken, match="注销回执号"):
            actions.move(one, Step.END, by=office.clerk, at=moment(2026, 9, 10))
        one = actions.move(one, Step.END, by=office.clerk, at=moment(2026, 9, 10), paper="ZX-2026-0009")
        assert one.update_due(date(2026, 9, 10)) is None and one.closed_on == date(2026, 9, 10)
        assert "已经关停" in text_of(client.get(reverse("public:outlets")))
        with pytest.raises(RuleBroken, match="不再修改"):
            actions.save_outlet(one, office.agency, Platform.WECHAT, {"name": "别的"}, by=office.clerk, at=LATER)


class TestPosts:
    CSV = "平台,名称,发布时间,标题,来源\n微信公众号,明湖发布,2026-08-30 09:00,便民地图上线,\n,明湖发布,2026/8/31,某会议,新华社\n,没有的,2026-08-31,甲,\n,明湖发布,昨天,乙,\n"

    def test_an_export_is_taken_in_once(self, office, client, now):
        one = outlet(office)
        client.force_login(office.clerk)
        for code in ("utf-8-sig", "gb18030"):
            file = SimpleUploadedFile("a.csv", self.CSV.encode(code))
            page = text_of(client.post(reverse("desk:inspections_posts"), {"file": file}))
            assert "第4行：台账里没有" in page and "第5行：日期不对" in page, page
        one.refresh_from_db()
        assert Post.objects.count() == 2, "第二次是重复的"
        assert (one.updated_on, one.original_on) == (date(2026, 8, 31), date(2026, 8, 30))

    @pytest.mark.once
    def test_workbooks_and_what_is_no_table(self):
        buffer = io.BytesIO()
        with xlsxwriter.Workbook(buffer) as book:
            sheet = book.add_worksheet()
            for number, row in enumerate(
                (("导出时间", "某日"), ("名称", "日期", "标题", "分类"), ("甲", "2026-08-30", "乙", "政策解读"))
            ):
                sheet.write_row(number, 0, row)
        (row,) = posts.read(buffer.getvalue(), "a.xlsx")
        assert (row["name"], row["on"], row["kind"]) == ("甲", date(2026, 8, 30), "interpretation")
        for data, words in (
            (b"\x89PNG\r\n\x1a\n", "不是表格"),
            (b"a,b\n1,2\n", "列名"),
            ("名称,日期,来源\n".encode(), "缺少标题"),
        ):
            with pytest.raises(RuleBroken, match=words):
                posts.read(data, "a.csv")

    def test_others_accounts_are_not_touched(self, office):
        other = outlet(Office("MH0122", "明湖区民政局"))
        rows = posts.read(self.CSV.encode(), "a.csv")
        assert actions.import_posts(rows, by=office.clerk, at=LATER)[0] == 0 and not other.posts.exists()


def test_desk_pages_and_steps_by_hand(office, client, now):
    client.force_login(office.clerk)
    page = client.post(
        reverse("desk:inspections_new_outlet"), {"platform": "site", "agency": office.agency.pk, "name": "某站"}
    )
    assert page.status_code == 422 and "没有写网址" in text_of(page)
    page = client.post(
        reverse("desk:inspections_new_outlet"),
        {"platform": "site", "agency": office.agency.pk, "name": "某站", "url": "https://a.example/"},
        follow=True,
    )
    one = Outlet.objects.get()
    assert "网站标识码" in text_of(page) and "认证主体" not in text_of(page)
    bad = {"seen": one.mark, "name": "某站", "url": "https://a.example/", "id_code": "123"}
    assert "十位数字" in text_of(client.post(reverse("desk:inspections_edit_outlet", args=[one.pk]), bad))
    column = {"name": "要闻", "url": "https://a.example/1/", "kind": "news", "level": "1"}
    assert client.post(reverse("desk:inspections_new_column", args=[one.pk]), column).status_code == 302
    assert "要闻" in text_of(client.get(one.get_absolute_url()))
    assert "某站" in text_of(client.get(reverse("desk:inspections_outlets") + "?q=某&state=planned"))
    rows = b"".join(client.get(reverse("desk:inspections_outlets") + "?format=csv").streaming_content).decode()
    assert "某站" in rows
    client.force_login(office.people[Role.ADMINISTRATOR])
    assert client.get(one.get_absolute_url()).status_code == 403
