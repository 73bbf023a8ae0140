"""指南从草稿到公布、改版、暂停、取消;导入;清单;常见问题;链接。"""

import io
from datetime import timedelta

import pytest
import xlsxwriter
from django.core.exceptions import PermissionDenied

from gongkai.adapters.linkcheck import Seen
from gongkai.desk.figures import figures
from gongkai.law.errors import RuleBroken
from gongkai.org.models import LogEntry
from gongkai.services import actions, asked, compare, intake, standing
from gongkai.services.models import Cooperation, Faq, Guide, Link, Version
from gongkai.services.terms import FaqState, GuideState, LinkState, Stage
from tests.records.office import Office, moment
from tests.services.office import AT, NEXT, draft, live

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return Office("MH0122", "明湖区市场监督管理局")


def fresh(guide):
    return Guide.objects.get(pk=guide.pk)


class TestGuides:
    def test_from_the_draft_to_the_second_version(self, office):
        guide = draft(office)
        mine = draft(office, by=office.office, name="别的事项")
        with pytest.raises(RuleBroken, match="自己起草"):
            actions.publish_guide(mine, "", by=office.office, at=AT)
        guide = actions.publish_guide(guide, "", by=office.head, at=AT)
        assert (guide.state, guide.stops, guide.live.number, guide.draft) == (GuideState.LIVE, 0, 1, None)
        actions.save_draft(guide, {"promise_n": 6, "steps": []}, by=office.clerk, at=NEXT)
        assert fresh(guide).live.promise_n == 8 and fresh(guide).draft.conditions == guide.live.conditions
        with pytest.raises(RuleBroken, match="改了什么"):
            actions.publish_guide(guide, " ", by=office.head, at=NEXT)
        actions.publish_guide(guide, "时限压缩。", by=office.head, at=NEXT)
        stages = dict(Version.objects.filter(guide=guide).values_list("number", "stage"))
        assert stages == {1: Stage.PAST, 2: Stage.LIVE} and fresh(guide).live.promise_n == 6
        changed = compare.differences(guide.versions.get(number=1), guide.versions.get(number=2))
        assert ("时限", "承诺时限", "8个工作日", "6个工作日") in changed

    def test_what_has_to_be_mended_is_not_published(self, office):
        guide = draft(office, complaint="", materials=[{"name": "其他相关材料"}])
        with pytest.raises(RuleBroken, match="还有2处要改"):
            actions.publish_guide(guide, "", by=office.head, at=AT)
        assert fresh(guide).state == GuideState.NEW and fresh(guide).stops == 2

    def test_a_page_that_was_open_too_long_writes_nothing(self, office):
        guide = draft(office)
        seen = guide.mark
        actions.save_draft(guide, {"hours": "周一"}, by=office.clerk, at=NEXT, seen=seen)
        with pytest.raises(RuleBroken, match="最新"):
            actions.save_draft(guide, {"hours": "周二"}, by=office.clerk, at=NEXT, seen=seen)

    def test_pause_resume_cancel_and_what_hangs_on_it(self, office):
        guide = live(office)
        with pytest.raises(RuleBroken, match="原因"):
            actions.pause_guide(guide, " ", by=office.head, at=NEXT)
        assert actions.pause_guide(guide, "升级，周五恢复。", by=office.head, at=NEXT).state == GuideState.PAUSED
        assert actions.resume_guide(guide, by=office.head, at=NEXT).state_note == ""
        actions.cancel_guide(guide, "下放到镇。", by=office.head, at=NEXT)
        with pytest.raises(RuleBroken, match="已经取消"):
            actions.save_draft(guide, {}, by=office.clerk, at=NEXT)
        assert draft(office).name == guide.name  # 取消了的名称可以再建

    def test_a_draft_may_be_thrown_away(self, office):
        guide = live(office)
        actions.save_draft(guide, {"complaint": ""}, by=office.clerk, at=NEXT)
        assert fresh(guide).stops == 1
        actions.discard_draft(guide, by=office.clerk, at=NEXT)
        assert fresh(guide).stops == 0
        new = draft(office, name="没有公布过的")
        actions.discard_draft(new, by=office.clerk, at=NEXT)
        assert not Guide.objects.filter(name="没有公布过的").exists()

    def test_rights_and_the_log(self, office):
        other = Office("MH0999", "明湖区别的局")
        with pytest.raises(PermissionDenied):
            draft(office, by=other.clerk)
        guide = draft(office)
        with pytest.raises(PermissionDenied):
            actions.publish_guide(guide, "", by=office.clerk, at=AT)
        actions.publish_guide(guide, "", by=office.head, at=AT)
        assert list(LogEntry.objects.about(guide).values_list("action", flat=True).order_by("seq")) == [
            "services.guide",
            "services.publish",
        ]

    def test_two_of_one_name_are_refused(self, office):
        draft(office)
        with pytest.raises(RuleBroken, match="已经有"):
            draft(office)


TEXT = """事项名称：就业登记
受理条件：
1. 年满十六周岁
2. 已经就业
申请材料：
1. 劳动合同（复印件1份）
2. 身份证原件1份
办理流程：申请→受理→登记
法定时限：20个工作日
承诺时限：当场办结
收费：不收费
办理地点：湖滨路88号
咨询电话：0571-00001100
监督投诉电话：0571-00001109"""


def workbook(*rows):
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return file.getvalue()


class TestImport:
    def test_a_text_becomes_a_draft_with_its_columns(self, office, here):
        (read,) = intake.read(TEXT.encode(), "指南.txt")
        (done,) = actions.import_guides(office.agency, [read], "指南.txt", by=office.clerk, at=AT)
        version = done.guide.draft
        assert (version.name, version.promise_unit, version.legal_n, version.charged) == (
            "就业登记",
            "instant",
            20,
            False,
        )
        assert version.condition_lines == ["年满十六周岁", "已经就业"]
        assert [(row.name, row.originals, row.copies) for row in version.material_rows] == [
            ("劳动合同", 0, 1),
            ("身份证", 1, 0),
        ]
        assert [row.name for row in version.step_rows] == [
            "申请",
            "受理",
            "登记",
        ] and version.original == read.text

    def test_a_table_gives_one_a_row_and_twice_changes_nothing(self, office, here):
        head = ["事项名称", "申请材料", "承诺时限", "咨询电话"]
        data = workbook(
            head, ["甲事项", "1.身份证原件1份", "3个工作日", "0571-00000001"], ["乙事项", "无", "1个工作日", ""]
        )
        found = intake.read(data, "清单.xlsx")
        done = actions.import_guides(office.agency, found, "清单.xlsx", by=office.clerk, at=AT)
        assert [one.guide.name for one in done] == ["甲事项", "乙事项"]
        again = actions.import_guides(office.agency, found, "清单.xlsx", by=office.clerk, at=NEXT)
        assert {one.what for one in again} == {"同上次导入的一样，没有动"} and Version.objects.count() == 2

    def test_what_is_no_guide_is_refused_with_a_sentence(self, office, here):
        with pytest.raises(RuleBroken, match="没有读出"):
            actions.import_guides(
                office.agency, intake.read("通知。".encode(), "a.txt"), "a.txt", by=office.clerk, at=AT
            )
        with pytest.raises(RuleBroken, match="读不了"):
            intake.read(b"PK\x03\x04broken", "a.docx")


class TestLists:
    def test_an_intermediary_service_in_use_is_not_taken_off(self, office):
        values = {
            "name": "水质检测",
            "approval": "排水许可",
            "basis": "办法第八条",
            "bodies": "有资质",
            "pricing": "market",
        }
        with pytest.raises(RuleBroken, match="没有设定依据"):
            actions.put_intermediary(office.agency, values | {"basis": ""}, by=office.clerk, at=AT)
        row = actions.put_intermediary(office.agency, values, by=office.clerk, at=AT)
        with pytest.raises(RuleBroken, match="已经有"):
            actions.put_intermediary(office.agency, values, by=office.clerk, at=AT)
        guide = live(office, materials=[{"name": "检测报告", "originals": 1, "by": "水质检测", "source": "third"}])
        with pytest.raises(RuleBroken, match="食品经营许可"):
            actions.remove_intermediary(row, by=office.clerk, at=NEXT)
        actions.cancel_guide(guide, "取消。", by=office.head, at=NEXT)
        assert actions.remove_intermediary(row, by=office.clerk, at=NEXT).removed_at == NEXT

    def test_a_question_needs_a_second_person(self, office):
        guide = live(office)
        one = actions.propose_faq(guide, "要多久？", "八个工作日。", "热线", by=office.office, at=AT)
        with pytest.raises(RuleBroken, match="自己拟"):
            actions.confirm_faq(one, FaqState.SHOWN, by=office.office, at=AT)
        actions.confirm_faq(one, FaqState.SHOWN, by=office.head, at=AT)
        assert Faq.objects.get().state == FaqState.SHOWN

    def test_a_published_question_is_mended_by_two_and_the_old_one_stands_until_then(self, office):
        guide = live(office)
        old = actions.propose_faq(guide, "要多久？", "八个工作日。", "来信L2等3封", by=office.office, at=AT)
        with pytest.raises(RuleBroken, match="不能改"):
            actions.propose_faq(guide, "要多久？", "五天。", replaces=old, by=office.clerk, at=AT)
        actions.confirm_faq(old, FaqState.SHOWN, by=office.head, at=AT)
        new = actions.propose_faq(
            guide, "要多久？", "五个工作日。", "来信L2等3封", replaces=old, by=office.clerk, at=NEXT
        )
        with pytest.raises(RuleBroken, match="等着确认"):
            actions.propose_faq(guide, "几天？", "五天。", replaces=old, by=office.clerk, at=NEXT)
        assert guide.faqs.get(state=FaqState.SHOWN) == old
        actions.confirm_faq(new, FaqState.SHOWN, by=office.head, at=NEXT)
        assert guide.faqs.get(state=FaqState.SHOWN) == new and guide.faqs.get(state=FaqState.DROPPED) == old
        address = f"{guide.get_absolute_url()}#questions"
        assert list(asked.of_letter("L2")) == [("要多久？", address)] and not list(asked.of_letter("L"))

    def test_a_question_is_looked_at_again_when_its_guide_changes(self, office):
        guide = live(office)
        one = actions.propose_faq(guide, "要多久？", "八个工作日。", "热线", by=office.office, at=NEXT)
        actions.confirm_faq(one, FaqState.SHOWN, by=office.head, at=NEXT)
        with pytest.raises(RuleBroken, match="请刷新"):
            actions.confirm_faq(one, FaqState.SHOWN, by=office.head, at=NEXT)
        later = NEXT + timedelta(days=1)
        actions.save_draft(guide, {"hours": "周六也办"}, by=office.clerk, at=later)
        assert not standing.outdated_questions().exists(), "草稿还没有公布"
        actions.publish_guide(guide, "加了周六。", by=office.head, at=later)
        assert standing.outdated_questions().get() == one
        actions.confirm_faq(one, FaqState.SHOWN, by=office.head, at=later)
        assert not standing.outdated_questions().exists()
        assert "照旧" in LogEntry.objects.latest("pk").summary

    def test_cases_handled_only_grow(self, office):
        values = {"name": "备案", "circle": "provinces", "mode": "whole", "area": "全国", "handled": 10}
        row = actions.put_cooperation(office.agency, values, by=office.clerk, at=AT)
        with pytest.raises(RuleBroken, match="少于"):
            actions.put_cooperation(
                office.agency,
                values | {"handled": 9},
                Cooperation.objects.get(pk=row.pk),
                by=office.clerk,
                at=NEXT,
            )
        actions.remove_cooperation(row, "并入省里。", by=office.clerk, at=NEXT)
        assert not Cooperation.objects.exists()


class TestLinks:
    def test_gathered_seen_and_silent_is_not_dead(self, office):
        guide = live(office)
        assert actions.gather_links(at=AT) == 3
        url = "https://a.gov.cn/apply"
        for _ in range(2):
            assert actions.note_links([(url, Seen("silent"))], at=AT) == 0
        assert (Link.objects.get(url=url).state, Link.objects.get(url=url).silent) == (LinkState.SILENT, 2)
        actions.note_links([(url, Seen("alive", 200))], at=AT)
        actions.note_links([(url, Seen("silent"))], at=AT)
        assert Link.objects.get(url=url).state == LinkState.ALIVE  # 一次连不上,还算通
        assert actions.note_links([(url, Seen("dead", 404))], at=NEXT) == 1
        assert actions.note_links([(url, Seen("dead", 404))], at=NEXT) == 0
        actions.save_draft(guide, {"online_url": "https://b.gov.cn/x"}, by=office.clerk, at=NEXT)
        actions.publish_guide(guide, "换网址。", by=office.head, at=moment(2026, 9, 3))
        actions.gather_links(at=moment(2026, 9, 3))
        assert (
            not Link.objects.filter(url=url).exists()
            and Link.objects.get(url="https://b.gov.cn/x").guides.get() == guide
        )


def test_the_figure_of_guides_counts_those_with_nothing_to_mend(office):
    for number, stops in enumerate((0, 2)):
        Guide.objects.create(agency=office.agency, name=f"事项{number}", state="live", stops=stops)
    Guide.objects.create(agency=office.agency, name="没有公布的", state="new")
    assert figures()["services.sound"].count([office.agency.pk], AT.date())[office.agency.pk] == (1, 2)
