"""一份指南查得出什么:没有毛病的满分,坏一处查出一处;同读办事指南的读法说一样的话。"""

from datetime import date

import pytest

from gongkai.services import actions, quality
from gongkai.services.models import Guide, Version
from gongkai.services.terms import Mark
from tests.records.office import Office
from tests.services.office import AT, NEXT, SOUND, draft, live

pytestmark = pytest.mark.django_db
ON = date(2026, 9, 1)


@pytest.fixture
def office():
    return Office("MH0122", "明湖区市场监督管理局")


def found(office, **changes):
    guide = draft(office, **changes)
    return quality.review(guide.draft, ON)


def material(**changes):
    return {"materials": [SOUND["materials"][0] | changes]}


def test_a_sound_guide_has_nothing_to_mend(office):
    review = found(office, code="")
    assert review.stops == [] and review.score >= 95
    assert [one.what for one in review.warnings] == ["没有实施编码"]


LACKING = {
    "conditions": "没有受理条件",
    "promise_unit": "没有写承诺时限",
    "charged": "没有写收不收费",
    "consult": "没有咨询电话",
    "complaint": "没有监督投诉电话",
    "bases": "没有办理依据",
    "item_type": "没有选事项类型",
    "case_type": "没有选办件类型",
}


@pytest.mark.parametrize(("field", "said"), LACKING.items())
def test_what_is_missing_is_named_with_how_to_mend_it(office, field, said):
    empty = {"charged": None, "bases": []}.get(field, "")
    more = {"promise_n": None} if field == "promise_unit" else {}
    review = found(office, **{field: empty}, **more)
    one = next(one for one in review.stops if one.what == said)
    assert one.fix and one.section and review.score < 100


WRONG = [
    ("承诺超过法定", {"promise_n": 25}, Mark.STOP, "超过法定时限"),
    ("单位不同的换算", {"promise_n": 20, "legal_unit": "day"}, Mark.WARN, "换算以后约超过"),
    ("零日", {"promise_n": 0}, Mark.STOP, "写的是0"),
    ("即办件却有天数", {"case_type": "instant"}, Mark.WARN, "即办件"),
    (
        "各环节超过承诺",
        {"steps": [{"name": "受理审查送达", "who": "科", "n": 9, "unit": "workday"}]},
        Mark.STOP,
        "各环节加起来",
    ),
    ("不计入的没有边界", {"steps": [{"name": "专家评审", "who": "科", "counted": False}]}, Mark.WARN, "最长多久"),
    ("收费没有项目", {"charged": True}, Mark.STOP, "没有收费项目"),
    ("不收费却有项目", {"fees": [{"item": "工本费"}]}, Mark.STOP, "不收费，又列了"),
    ("收费没有依据", {"charged": True, "fees": [{"item": "工本费", "standard": "5元"}]}, Mark.STOP, "没有依据"),
    ("份数自相矛盾", material(name="合同，一式四份", originals=3), Mark.STOP, "一式四份"),
    ("中介不在清单", material(by="水质检测"), Mark.STOP, "中介服务清单里没有"),
    ("有资质的机构", material(name="有资质的检测机构出具的报告"), Mark.STOP, "清单里的哪一项"),
    ("兜底的材料", material(name="其他相关材料"), Mark.STOP, "材料里有兜底的话"),
    ("兜底的条件", {"conditions": "符合国家的相关要求"}, Mark.STOP, "条件里有兜底的话"),
    ("要准生证", material(name="准生证"), Mark.STOP, "已经取消的证明"),
    ("要的正是结果", material(name="食品经营许可证"), Mark.WARN, "正是办出来的结果"),
    ("手机作咨询电话", {"consult": "13800000000"}, Mark.WARN, "手机"),
    ("没有区号", {"consult": "86260000"}, Mark.WARN, "没有区号"),
    ("12345作咨询", {"consult": "12345"}, Mark.WARN, "12345充当"),
    ("同一个电话", {"complaint": SOUND["consult"]}, Mark.WARN, "同一个"),
    ("全程网办还要跑", {"visits": 2, "visits_reason": "交件"}, Mark.STOP, "全程网办"),
    ("要跑没有原因", {"online": "apply", "visits": 1}, Mark.WARN, "没有写为什么"),
    ("受委托没有委托部门", {"body_kind": "entrusted"}, Mark.STOP, "委托部门"),
    ("编码校验位", {"code": "1144030069395366344440114024003"}, Mark.WARN, "校验位不对"),
    (
        "单位抄错",
        {"bases": [{"law": "《法》", "article": "第一条", "text": "自受理之日起20日内决定。"}]},
        Mark.STOP,
        "条文是20日",
    ),
    ("许可没有救济", {"remedy": ""}, Mark.WARN, "救济途径"),
    ("情形对不上", material(when={"food": ["烧烤"]}), Mark.STOP, "适用情形"),
    ("旧的依据", {"bases": [{"law": "《中华人民共和国收养法》", "article": "第四条"}]}, Mark.STOP, "依据已经废止"),
]


@pytest.mark.parametrize(("changes", "mark", "said"), [row[1:] for row in WRONG], ids=[row[0] for row in WRONG])
def test_one_fault_is_found(office, changes, mark, said):
    review = found(office, **changes)
    hits = [one for one in review.findings if said in one.what]
    assert hits and hits[0].mark is mark, [one.what for one in review.findings]


def test_a_law_may_have_a_catch_all(office):
    row = {"law": "《取水条例》", "article": "第十一条", "text": "国务院水行政主管部门规定的其他材料。"}
    assert found(office, bases=[row]).stops == []


def test_the_same_item_elsewhere_is_compared_field_by_field(office):
    live(office)
    town = Office("MH05", "明湖区白鹭镇人民政府")
    guide = draft(town, promise_n=15, promise_unit="workday")
    said = [one.what for one in quality.review(guide.draft, ON).warnings]
    assert any("承诺时限同明湖区市场监督管理局" in what and "15个工作日" in what for what in said)
    assert not any("不一样" in one.what for one in quality.review(Guide.objects.first().live, ON).findings)


def test_a_fee_must_be_in_the_catalogue_once_there_is_one(office):
    fee = {"charged": True, "fees": [{"item": "工本费", "standard": "5元", "basis": "文件", "relief": "无"}]}
    assert not any("收费目录" in one.what for one in found(office, **fee).findings)
    actions.put_fee(
        office.agency, {"name": "检验费", "standard": "5元", "basis": "文件"}, by=office.clerk, at=NEXT
    )
    version = Version.objects.get()
    assert any("收费目录" in one.what for one in quality.review(version, ON).stops)
    actions.put_fee(
        office.agency, {"name": "工本费", "standard": "5元", "basis": "文件"}, by=office.clerk, at=NEXT
    )
    assert quality.review(version, ON).stops == []


def test_many_catch_alls_cost_no_more_than_the_most(office):
    names = (
        "其他相关材料",
        "有关证明材料",
        "相应的证明",
        "以及其他材料",
        "法律法规规定的其他材料",
        "等有关材料",
        "相关手续",
        "相关资质证明",
    )
    rows = [SOUND["materials"][0] | {"name": name} for name in names]
    review = found(office, materials=rows)
    costs = sum(one.points for one in review.findings if "兜底" in one.what)
    assert costs <= 15 and len(review.stops) >= 5 and AT
