"""任务二 重大行政决策和会议公开:在 Chromium 里,区政府办、承办单位、司法局和手机上的公众各办各的。

一年的目录从征集到总公开;一项决策从建议到评估,每一条硬的规则都试过、挡住过一次;一次邀请代表列席的会议。
信息怎样三审、签发是 ``test_01`` 的事,这里照样签发,不再一页页点。
"""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from gongkai.decisions.models import CatalogueYear, Consultation, Dossier, Meeting, Opinion
from gongkai.law.agencies import Role
from gongkai.law.errors import RuleBroken
from gongkai.records.models import Record
from tests.stories.council import Decision, Town
from tests.stories.windows import fill

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TITLE = "明湖区停车收费办法"


@pytest.fixture
def town(chromium, live_server, transactional_db, monkeypatch):
    one = Town(chromium, live_server.url, monkeypatch)
    yield one
    one.close()


def test_the_catalogue_of_a_year(town):
    """征集、论证、审定、公布、调整、登记结果、总公开。"""
    clerk, head = Role.CLERK, Role.HEAD
    given = {"agency": str(town.government.pk), "year": "2026", "call_until": "2026-01-31"}
    town.act(clerk, reverse("desk:decisions_years"), "new_year", **given)
    year = CatalogueYear.objects.get()
    home = reverse("desk:decisions_year", args=[year.pk])
    number, _ = town.said(reverse("public:decision_propose"), title="错时停车", problem="晚上没有地方停车。")
    first = {
        "title": TITLE,
        "lead": str(town.office.agency.pk),
        "planned_on": "2026-08-31",
        "procedures": ["participation", "legality"],
    }
    assert "迟于计划完成" in town.act(clerk, home, "new_item", year.pk, **first | {"planned_on": "2026-01-20"})
    item = year.items.get()
    town.act(clerk, home, "edit_item", item.pk, planned_on="2026-08-31")
    town.act(clerk, home, "new_item", year.pk, **first | {"title": "公园夜间开放"})
    proposal = year.proposals.get()
    assert number in town.act(
        head, home, "rule", proposal.pk, ruling="merged", item=str(item.pk), reason="并入停车办法。"
    )
    assert "没有填审定目录的会议" in town.press(clerk, home, "起草公布稿") and not Record.objects.exists()
    town.act(
        clerk,
        home,
        "save_year",
        year.pk,
        meeting="区政府第2次常务会议",
        meeting_on="2026-01-04",
        party_consent_on="2026-01-05",
    )
    town.press(clerk, home, "起草公布稿")
    town.signed(Record.objects.get())
    public = reverse("public:decision_catalogue", args=[2026])
    assert TITLE in town.read(public)

    town.day(2026, 12, 20)
    park = year.items.get(title="公园夜间开放")
    town.act(clerk, home, "edit_item", park.pk, refused=("批准",), planned_on="2026-11-30", reason="排不下")
    town.act(
        clerk, home, "edit_item", park.pk, planned_on="2026-11-30", reason="排不下", approved_by="第40次常务会议"
    )
    assert "排不下" in town.read(public)
    town.act(head, home, "close_year", year.pk, refused=("没有结果",), summary="两项。")
    town.act(clerk, home, "settle_item", item.pk, state="decided", refused=("没有已经公布的决策卷",))
    town.act(clerk, home, "settle_item", item.pk, state="decided", outcome="明政发〔2026〕30号，11月2日公布")
    town.act(clerk, home, "settle_item", park.pk, state="carried", refused=("说明",))
    town.act(clerk, home, "settle_item", park.pk, state="carried", outcome="等测算")
    town.act(head, home, "close_year", year.pk, summary="两项，一项决策，一项结转。")
    assert "一项结转" in town.read(public)


FLAGS = dict.fromkeys(("specialised", "risky", "market", "groups", "disputed", "hearing_by_law"), True)
HEARING = {
    "announced_on": "2026-02-20",
    "selection": True,
    "list_on": "2026-03-05",
    "attended": "12",
    "signed": "12",
    "summary": "多数赞成。",
}
RISK = {"assessor": "云州某评估中心", "points": "周边道路拥堵", "measures": "分段实施", "plan": "专人值守"}
EXPERT = {"name": "范某", "unit": "云州某大学", "opinion": "分时段收费可行。"}


def test_a_decision_from_proposal_to_evaluation_with_every_hard_rule_tried(town):
    """H1—H11 各挡住一次;公众每一步都在手机上看得到。"""
    town.day(2026, 2, 10)
    given = {
        "agency": str(town.government.pk),
        "lead": str(town.office.agency.pk),
        "title": TITLE,
        "category": "policy",
        "necessity": "乱停车。",
    }
    town.act(Role.CLERK, reverse("desk:decisions_dossiers"), "new", **given | FLAGS)
    one = Decision(town, Dossier.objects.get())
    assert town.phone.goto(town.base + one.public).status == 404, "没有启动的公众看不到"
    one.step("start")
    assert "启动" in town.read(one.public)

    # H1、H4、H5、H6、H9、争议:一样也没有
    one.step(
        "hand_in",
        "没有用任何一种方式听取社会意见",
        "没有同人民团体",
        "没有听证",
        "没有专家论证",
        "没有风险评估",
        "没有公平竞争审查的意见",
        "没有争议的说明",
    )
    round = one.heard("2026-03-12")
    number, code = one.opinions(round)
    assert "第1轮公开征求意见" in town.read(one.public)

    # H3 没有截止;H4 材料晚送、没有签字;H5 利害关系、没有署名;H6 缺预案、不可控
    town.day(2026, 3, 11)
    one.enter("hearing", "2026-03-10", **HEARING | {"material_on": "2026-03-08", "signed": "10"})
    one.enter("expert", "2026-03-09", **EXPERT | {"interest": True, "signed": False})
    one.enter("risk", "2026-03-09", **RISK | {"plan": "", "controllable": "不可控"})
    one.step(
        "hand_in",
        "2026-03-12才截止",
        "会前7日送达",
        "签字10人",
        "直接利害关系",
        "没有署名",
        "没有写处置预案",
        "不可控",
    )
    for kind in ("hearing", "expert"):
        one.void(kind)
    one.enter("hearing", "2026-03-10", **HEARING | {"material_on": "2026-03-02"})
    one.enter("expert", "2026-03-11", **EXPERT | {"signed": True})
    one.enter("risk", "2026-03-11", **RISK | {"controllable": "可控"})
    one.enter("participation", "2026-03-11", way="座谈会", who="商户代表8人", group=True, summary="支持。")
    one.enter("dispute", "2026-03-11", issue="谁来管", others="由城管管", own="由交通管")
    one.enter("competition", "2026-03-11", number="明市监竞审〔2026〕3号", opinion="不含排除、限制竞争的内容。")

    # H3 没有逐条答复、没有公布采纳情况
    town.day(2026, 3, 13)
    one.step("hand_in", "还有12条意见没有写明怎样处理")
    one.answer(round)
    one.step("hand_in", "采纳情况还没有公布")
    town.press(Role.CLERK, reverse("desk:decisions_round", args=[round.pk]), "起草采纳情况")
    round = Consultation.objects.get()
    town.signed(round.feedback)
    assert "收到意见12条" in town.read(one.public)
    shown = town.read(round.feedback.get_absolute_url())
    assert "首半小时免费" in shown and "先在医院周边试行" in shown and "张某某" not in shown
    town.read(reverse("public:opinion_look"))
    fill(town.phone, {"number": number, "code": code})
    town.phone.click("main form .actions button")
    town.phone.wait_for_selector("main:has-text('部分采纳')")

    # H7 会签不算审查;不合法退回;没有写明法律风险、没有法律顾问;改稿以后重新审查
    one.step("hand_in")
    one.review("2026-03-13", by_body=False)
    one.discuss("2026-03-13", "会签、征求意见不能代替")
    one.redraft()
    one.step("hand_in")
    one.review("2026-03-13", conclusion="不合法")
    assert one.row.stage == "drafting"
    one.step("hand_in")
    one.review("2026-03-13", conclusion="探索性改革，明示法律风险", counsel=False)
    one.discuss("2026-03-13", "没有写明法律风险", "另有1处")
    one.redraft()
    one.step("hand_in")
    one.review("2026-03-13")

    # H8 首长同多数不一致,没有记下理由;H10 没有请示报告
    one.discuss("2026-03-13", against=True)
    edition = town.office.draft(title=TITLE, made_on=date(2026, 3, 13), at=town.now)
    town.act(Role.CLERK, one.home, "paper", one.pk, record=str(edition.record_id))
    with pytest.raises(RuleBroken, match="没有记下理由"):
        town.signed(edition.record)
    one.redraft()
    one.step("hand_in")
    one.review("2026-03-13")
    one.discuss("2026-03-13", dissent="一位委员建议推迟半年。")
    page = town.at_desk(Role.HEAD)
    page.goto(town.base + one.home)
    assert "没有登记向同级党委请示报告" in page.inner_text("main")
    minutes = one.row.evidence.filter(kind="discussion").latest("pk")
    gone = reverse("desk:decisions_void", args=[one.pk, minutes.pk])
    assert not page.locator(f"a[href='{gone}']").count(), "集体讨论的登记不能作废"
    edition = town.office.fresh(edition)
    with pytest.raises(RuleBroken, match="请示报告"):
        town.office.judge(edition, "final", at=town.now)
    assert town.phone.goto(town.base + edition.record.get_absolute_url()).status == 404
    one.enter("party", "2026-03-13", number="明政请〔2026〕9号")
    town.office.judge(edition, "final", at=town.now)
    assert "公布决策" in town.read(one.public)
    assert TITLE in town.read(edition.record.get_absolute_url())

    # 执行、决策以后的意见、评估(H11 原来评估的单位不能再评)、归档
    town.day(2026, 11, 2)
    one.enter("execution", "2026-10-30", unit="区民政局", summary="已经在三处实施。")
    one.enter("voice", "2026-10-30", count="25", summary="希望延长免费时间。")
    one.enter(
        "evaluation",
        "2026-11-02",
        "不能再作决策后评估",
        role=Role.HEAD,
        unit="云州某评估中心",
        heard=True,
        conclusion="有效。",
    )
    one.enter(
        "evaluation",
        "2026-11-02",
        role=Role.HEAD,
        unit="云州另一所大学",
        heard=True,
        conclusion="有效，建议继续。",
    )
    text = town.read(one.public)
    assert "决策后评估" in text and "执行情况报告" in text
    one.enter("archive", "2026-11-02", list="全卷材料")
    one.step("archive")
    assert one.row.stage == "archived"


def test_a_meeting_with_representatives_who_were_drawn(town):
    """三项意见、报名、抽选、会后公开、告知。"""
    town.day(2026, 4, 1)
    clerk = Role.CLERK
    town.act(
        clerk,
        reverse("desk:decisions_meetings"),
        "new_meeting",
        agency=str(town.government.pk),
        kind="executive",
        term="18",
        number="40",
        held_on="2026-04-20",
        place="第一会议室",
        seats="2",
        signup_until="2026-04-10",
    )
    meeting = Meeting.objects.get()
    home = reverse("desk:decisions_meeting", args=[meeting.pk])
    item = {"title": "公交调价方案", "reporter": str(town.office.agency.pk), "livelihood": True}
    town.act(clerk, home, "new_agenda", meeting.pk, refused=("是否邀请列席", "是否公开"), **item)
    town.act(
        clerk,
        home,
        "new_agenda",
        meeting.pk,
        **item,
        invite="True",
        invitees="居民代表2人",
        opened="True",
        ways=["decisions"],
    )
    assert "报名列席" in town.read(reverse("public:meetings"))
    form = reverse("public:meeting_sign_up", args=[meeting.pk])
    numbers = {
        town.said(form, name=name, phone="0571-00000001", kind="普通居民")[0] for name in ("甲某", "乙某", "丙某")
    }

    town.day(2026, 4, 11)
    town.act(clerk, home, "draw", meeting.pk)
    drawn = list(meeting.representatives.filter(drawn=True))
    assert len(drawn) == 2 and {one.number for one in drawn} < numbers

    town.day(2026, 4, 21)
    assert "没有填议定事项" in town.press(clerk, home, "起草议定事项")
    agenda = meeting.agenda.get()
    town.act(clerk, home, "edit_agenda", agenda.pk, result="原则同意，保留老人卡。")
    town.act(clerk, home, "tell", drawn[0].pk, opinion="建议保留老人卡。", reply="会议采纳。")
    assert "没有记实际谁列席" in town.press(clerk, home, "起草议定事项"), "邀请了谁，会后说来了谁"
    town.act(clerk, home, "edit_agenda", agenda.pk, attended="居民代表2人")
    town.press(clerk, home, "起草议定事项")
    record = town.signed(Meeting.objects.get().record)
    text = town.read(record.get_absolute_url())
    assert "保留老人卡" in text and Meeting.objects.get().drawing.seed in text and "甲某" not in text
    assert "打算请谁列席" in text and "居民代表2人" in text and "已经告知1人" in text
    assert record.title.removesuffix("议定事项") in town.read(reverse("public:meetings"))
    assert not Opinion.objects.exists()
