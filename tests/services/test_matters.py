"""一件事:按回答要办哪几项、合并的材料、时限;公布以前的核对;一本通同指南同源,指南一改就是旧版。"""

import io
import zipfile
from datetime import date
from xml.etree import ElementTree

import pytest

from gongkai.law.errors import RuleBroken
from gongkai.services import actions, handbook, joining
from gongkai.services.models import Handbook, Matter
from tests.records.office import Office
from tests.services.office import AT, NEXT, live, matter

pytestmark = pytest.mark.django_db
ON = date(2026, 9, 1)
FOOD = {"key": "food", "text": "经营什么", "options": ["热食", "预包装食品"]}


@pytest.fixture
def office():
    return Office("MH0122", "明湖区市场监督管理局")


@pytest.fixture
def guides(office):
    base = {"situations": [], "online": "whole", "steps": []}
    card = {"name": "身份证", "originals": 1}
    registered = live(
        office,
        name="个体工商户登记",
        result="营业执照",
        promise_n=None,
        promise_unit="instant",
        case_type="instant",
        materials=[{"name": "登记申请书", "originals": 1}, card],
        **base,
    )
    food = live(
        office,
        name="食品经营许可",
        promise_n=8,
        materials=[
            {"name": "居民身份证（原件）", "originals": 1, "copies": 2},
            {"name": "《营业执照》复印件", "copies": 1},
            {"name": "布局图", "originals": 1},
            {"name": "健康证明", "need": "shared"},
        ],
        **base,
    )
    sign = live(
        office,
        name="户外招牌设置",
        promise_n=3,
        materials=[card, {"name": "效果图", "originals": 1}],
        result="准予通知",
        **base,
    )
    return registered, food, sign


class TestJoining:
    def test_what_is_the_same_is_handed_in_once(self, office, guides):
        one = matter(office, guides)
        found = joining.joint(one, {}, ON)
        card = next(row for row in found.materials if "身份证" in row.name)
        assert (card.originals, card.copies) == (1, 2) and card.serves == [
            "个体工商户登记",
            "食品经营许可",
            "户外招牌设置",
        ]
        assert [row.name for row in found.made] == ["《营业执照》复印件"]  # 前一项办出来的
        assert [row.name for row in found.shared] == ["健康证明"] and found.separately == 7
        assert found.together.words == found.apart.words == "11个工作日"

    def test_side_by_side_takes_the_longest(self, office, guides):
        one = matter(office, guides)
        for part in one.parts.all():
            actions.put_part(one, part.guide, batch=1, by=office.clerk, at=NEXT)
        assert joining.joint(one, {}, ON).together.words == "8个工作日"

    def test_an_unanswered_question_is_not_a_no(self, office, guides):
        one = matter(office, guides, situations=[FOOD], when={"食品经营许可": {"food": ["热食"]}})

        def needed(answers):
            found = joining.joint(one, answers, ON)
            return [(row.version.name, row.verdict.value) for row in found.parts], [
                row.version.name for row in found.left_out
            ]

        assert needed({})[0][1] == ("食品经营许可", "unknown")
        found = joining.joint(one, {}, ON)
        assert (found.together.words, found.together_at_most.words) == ("3个工作日", "11个工作日")
        assert needed({"food": "热食"})[0][1] == ("食品经营许可", "yes")
        assert needed({"food": "预包装食品"})[1] == ["食品经营许可"]
        assert joining.answers_of(one.situation_rows, {"a-food": "别的", "a-x": "热食"}) == {}


class TestPublishing:
    def test_what_is_no_matter_is_not_published(self, office, guides):
        one = matter(office, guides[:1], publish=False)
        with pytest.raises(RuleBroken, match="只有一个事项"):
            actions.publish_matter(one, by=office.head, at=AT)
        actions.put_part(one, guides[1], by=office.clerk, at=AT)
        actions.save_matter(one, {"joined": [], "not_joined": ""}, by=office.office, at=AT)
        with pytest.raises(RuleBroken, match="没有说联通了哪些"):
            actions.publish_matter(one, by=office.head, at=AT)
        actions.save_matter(one, {"joined": ["told"]}, by=office.office, at=AT)
        with pytest.raises(RuleBroken, match="自己起草"):
            actions.publish_matter(one, by=office.office, at=AT)
        assert actions.publish_matter(one, by=office.head, at=AT).state == "live"

    def test_a_public_matter_cannot_be_spoilt(self, office, guides):
        one = matter(office, guides)
        for part in list(one.parts.all())[:1]:
            actions.remove_part(part, by=office.clerk, at=NEXT)
        with pytest.raises(RuleBroken, match="只有一个事项"):
            actions.remove_part(one.parts.first(), by=office.clerk, at=NEXT)
        assert Matter.objects.get().parts.count() == 2
        with pytest.raises(RuleBroken, match="里还有这一项"):
            actions.cancel_guide(guides[2], "不办了。", by=office.head, at=NEXT)


class TestHandbook:
    def test_made_of_what_is_live_and_stale_when_that_changes(self, office, guides, tmp_path, settings):
        made = actions.make_handbook("办事一本通", "明湖区", by=office.office, at=AT)
        assert made.entries.count() == 3 and handbook.is_stale(made) == 0
        actions.save_draft(guides[0], {"hours": "周六也办"}, by=office.clerk, at=NEXT)
        assert handbook.is_stale(made) == 0  # 草稿还没有公布
        actions.publish_guide(guides[0], "周六也办。", by=office.head, at=NEXT)
        live(office, name="新的事项", at=NEXT)
        assert handbook.is_stale(made) == 2
        again = actions.make_handbook("办事一本通", "明湖区", by=office.office, at=NEXT)
        assert (again.number, handbook.is_stale(again), handbook.latest()) == (2, 0, again)
        actions.withdraw_handbook(again, "印错了。", by=office.office, at=NEXT)
        assert handbook.latest() == made

    def test_the_epub_is_whole(self, office, guides):
        found = handbook.versions()
        book = handbook.book(found, "一本通<&>", 1, "明湖区", ON, lambda path: f"https://a.gov.cn{path}")
        content = handbook.epub_of(book, "urn:x", AT)
        assert content == handbook.epub_of(book, "urn:x", AT)
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            names = file.namelist()
            assert names[0] == "mimetype" and file.getinfo("mimetype").compress_type == zipfile.ZIP_STORED
            trees = {
                name: ElementTree.fromstring(file.read(name))
                for name in names
                if name.endswith((".xhtml", ".opf", ".svg", ".xml"))
            }
            listed = {
                one.get("href") for one in trees["OEBPS/content.opf"].iter("{http://www.idpf.org/2007/opf}item")
            }
            assert {f"OEBPS/{name}" for name in listed} == {
                name for name in names if name.startswith("OEBPS/")
            } - {"OEBPS/content.opf"}
            text = "".join(trees[f"OEBPS/guide-{found[0].guide_id}.xhtml"].itertext())
        assert "怎么投诉" in text and "本页数据日期2026-09-01" in text and Handbook.objects.count() == 0

    def test_nothing_live_gives_no_book(self, office):
        with pytest.raises(RuleBroken, match="还没有公布"):
            actions.make_handbook("一本通", "明湖区", by=office.office, at=AT)
