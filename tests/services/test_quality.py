"""一份指南查得出什么:没有毛病的满分,坏一处查出一处;同读办事指南的读法说一样的话。"""

from datetime import date

import pytest
from django.urls import reverse

from gongkai.services import actions, quality
from gongkai.services.models import Guide, Phone, Version
from gongkai.services.terms import Mark, PhoneState
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
    ("C1 承诺超过法定", {"promise_n": 25}, Mark.STOP, "超过法定时限"),
    ("C1 单位不同的换算", {"promise_n": 20, "legal_unit": "day"}, Mark.WARN, "换算以后约超过"),
    ("零日", {"promise_n": 0}, Mark.STOP, "写的是0"),
    ("C3 即办件却有天数", {"case_type": "instant"}, Mark.WARN, "即办件"),
    (
        "C4 各环节超过承诺",
        {"steps": [{"name": "受理审查送达", "who": "科", "n": 9, "unit": "workday"}]},
        Mark.STOP,
        "各环节加起来",
    ),
    (
        "C4 不计入的没有边界",
        {"steps": [{"name": "专家评审", "who": "科", "counted": False}]},
        Mark.WARN,
        "最长多久",
    ),
    ("C5 收费没有项目", {"charged": True}, Mark.STOP, "没有收费项目"),
    ("C5 不收费却有项目", {"fees": [{"item": "工本费"}]}, Mark.STOP, "不收费，又列了"),
    ("C5 收费没有依据", {"charged": True, "fees": [{"item": "工本费", "standard": "5元"}]}, Mark.STOP, "没有依据"),
    ("C6 份数自相矛盾", material(name="合同，一式四份", originals=3), Mark.STOP, "一式四份"),
    ("中介不在清单", material(by="水质检测"), Mark.STOP, "中介服务清单里没有"),
    ("有资质的机构", material(name="有资质的检测机构出具的报告"), Mark.STOP, "清单里的哪一项"),
    ("兜底的材料", material(name="其他相关材料"), Mark.STOP, "材料里有兜底的话"),
    ("兜底的条件", {"conditions": "符合国家的相关要求"}, Mark.STOP, "条件里有兜底的话"),
    ("要准生证", material(name="准生证"), Mark.STOP, "已经取消的证明"),
    ("C7 要的正是结果", material(name="食品经营许可证"), Mark.WARN, "正是办出来的结果"),
    ("C15 手机作咨询电话", {"consult": "13800000000"}, Mark.WARN, "手机"),
    ("C15 没有区号", {"consult": "86260000"}, Mark.WARN, "没有区号"),
    ("C15 12345作咨询", {"consult": "12345"}, Mark.WARN, "12345充当"),
    ("同一个电话", {"complaint": SOUND["consult"]}, Mark.WARN, "同一个"),
    ("全程网办还要跑", {"visits": 2, "visits_reason": "交件"}, Mark.STOP, "全程网办"),
    ("要跑没有原因", {"online": "apply", "visits": 1}, Mark.WARN, "没有写为什么"),
    ("受委托没有委托部门", {"body_kind": "entrusted"}, Mark.STOP, "委托部门"),
    ("编码校验位", {"code": "1144030069395366344440114024003"}, Mark.WARN, "校验位不对"),
    (
        "C2 单位抄错",
        {"bases": [{"law": "《法》", "article": "第一条", "text": "自受理之日起20日内决定。"}]},
        Mark.STOP,
        "条文是20日",
    ),
    (
        "C2 条文是别的数",
        {"bases": [{"law": "《法》", "article": "第一条", "text": "自受理之日起十五日内决定。"}]},
        Mark.WARN,
        "只说到15日",
    ),
    (
        "C4 受理以前先预审",
        {"steps": [{"name": "网上预审", "who": "窗口", "n": 2, "unit": "workday", "counted": False}]},
        Mark.WARN,
        "在受理以前又不计入时限",
    ),
    (
        "C7 丢了又要原件",
        {"name": "食品经营许可证补领", "materials": [SOUND["materials"][0] | {"name": "原许可证正本"}]},
        Mark.WARN,
        "丢了来补的",
    ),
    (
        "C8 条件没有材料对应",
        {"conditions": "从业人员持有健康证\n会说方言"},
        Mark.HINT,
        "看不出凭哪样材料证明：“会说方言",
    ),
    ("C9 动作对不上", {"name": "食品经营许可注销"}, Mark.HINT, "名称说的是注销"),
    (
        "C9 期限对不上",
        {"name": "一周岁以内出生登记", "conditions": "出生后一个月以内申报"},
        Mark.HINT,
        "名称写一周岁以内，条件写一个月以内",
    ),
    (
        "C13 不在政府网站上",
        {"online_url": "https://a-gov.com/apply"},
        Mark.WARN,
        "不在政府网站上：https://a-gov.com",
    ),
    ("C13 没有用 https", {"online_url": "http://a.gov.cn/apply"}, Mark.HINT, "没有用 https"),
    ("许可没有救济", {"remedy": ""}, Mark.WARN, "救济途径"),
    ("情形对不上", material(when={"food": ["烧烤"]}), Mark.STOP, "适用情形"),
    (
        "C14 旧的依据",
        {"bases": [{"law": "《中华人民共和国收养法》", "article": "第四条"}]},
        Mark.STOP,
        "依据已经废止",
    ),
]


@pytest.mark.parametrize(("changes", "mark", "said"), [row[1:] for row in WRONG], ids=[row[0] for row in WRONG])
def test_one_fault_is_found(office, changes, mark, said):
    review = found(office, **changes)
    hits = [one for one in review.findings if said in one.what]
    assert hits and hits[0].mark is mark, [one.what for one in review.findings]


PROVED = [
    "年满十八周岁的公民",
    "场所面积不小于二十平方米",
    "没有不良信用记录（由部门核查）",
    "已经取得营业执照",
    "从业人员持有有效的健康证明",
]


def test_conditions_that_a_material_shows_are_left_alone(office):
    more = [SOUND["materials"][0] | {"name": name} for name in ("身份证", "从业人员花名册")]
    review = found(office, conditions="\n".join(PROVED), materials=[*SOUND["materials"], *more])
    assert not [one.what for one in review.findings if "看不出凭" in one.what]


def test_a_guide_that_only_changed_its_name_is_pointed_out(office):
    conditions = "\n".join(f"第{n}个条件：摊位离路口{n}0米以上，营业执照上写明经营范围" for n in range(1, 6))
    live(office, name="早餐点登记", conditions=conditions)
    said = [one.what for one in found(office, name="夜市点登记", conditions=conditions).findings]
    assert "同“早餐点登记”除了名称几乎一样" in said
    changed = conditions.replace("摊位", "仓库").replace("路口", "河道").replace("经营范围", "储存品种和数量")
    others = [one.what for one in found(office, name="仓库登记", conditions=changed).findings]
    assert not any("几乎一样" in what for what in others)


def test_who_publishes_is_who_does_the_work(office):
    said = [one.what for one in quality.review(draft_with_text(office, "明湖区卫生健康局"), ON).findings]
    assert "原文的实施主体是“明湖区卫生健康局”，公布的是明湖区市场监督管理局" in said
    assert not quality.review(draft_with_text(office, "区市场监督管理局"), ON).by_section().get("identity", [])[1:]


def draft_with_text(office, body):
    values = SOUND | {"name": f"许可{body}"}
    text = f"事项名称：许可\n实施主体：{body}\n"
    guide = actions.new_guide(office.agency, values, by=office.clerk, at=AT, source="导入", original=text)
    return guide.draft


def test_the_code_of_another_unit_is_pointed_out(office):
    one, other = "1144030069395366354440114024003", "12441500196720244T3442199806003"
    live(office, name="甲许可", code=one)
    assert not any("信用代码" in what.what for what in found(office, code=one).findings)
    assert any(
        "同明湖区市场监督管理局别的指南不一样" in what.what
        for what in found(office, name="乙许可", code=other).findings
    )


def test_a_phone_is_called_by_a_person_and_silence_is_not_wrong(office, client):
    guide = live(office)
    assert actions.gather_phones(at=AT) == 2
    asked, other = Phone.objects.order_by("number")
    client.force_login(office.clerk)
    url = reverse("desk:services_phones")
    assert asked.number in client.get(url).content.decode()
    for _ in range(3):
        actions.note_call(asked, PhoneState.SILENT, by=office.clerk, at=NEXT)
    assert (Phone.objects.get(pk=asked.pk).state, Phone.objects.get(pk=asked.pk).silent) == ("silent", 3)
    assert not any("空号" in one.what for one in quality.review(guide.live, ON).findings)
    client.post(reverse("desk:services_called", args=[asked.pk, "wrong"]), {"list": "due"})
    assert any(f"{asked.number}是空号" in one.what for one in quality.review(guide.live, ON).findings)
    assert asked.number in client.get(url, {"list": "wrong"}).content.decode()
    client.force_login(office.head)
    assert client.post(reverse("desk:services_called", args=[other.pk, "answered"])).status_code == 403
    actions.save_draft(guide, {"consult": "0571-00005555"}, by=office.clerk, at=NEXT)
    actions.publish_guide(guide, "换了电话。", by=office.head, at=NEXT)
    assert actions.gather_phones(at=NEXT) == 2 and not Phone.objects.filter(pk=asked.pk).exists()


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
