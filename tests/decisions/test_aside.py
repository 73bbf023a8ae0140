"""不在直路上的几步:退回补充、撤回送审、中止、恢复、终止、调整;日子的先后;公开了的不能一句话变成不公开。"""

from datetime import date

import pytest
from django.urls import reverse

from gongkai.decisions import actions
from gongkai.decisions.models import Consultation
from gongkai.law.agencies import Role
from gongkai.law.consultation import Disposition
from gongkai.law.decisions import Stage, Step
from gongkai.law.errors import RuleBroken
from tests.decisions.office import AFTER, DISCUSSION, REVIEW, START, Council
from tests.decisions.test_pages import now, text_of  # noqa: F401
from tests.records.office import moment

pytestmark = [pytest.mark.django_db, pytest.mark.once]
SENT, MET = moment(2026, 10, 13, 9), moment(2026, 10, 28, 9)


@pytest.fixture
def council():
    return Council()


def ready(council):
    """A dossier whose round has its result, and the clerk, the legal officer, the head."""
    dossier = council.dossier()
    council.feed_back(council.round(dossier), at=AFTER)
    people = council.office.people
    return council.fresh(dossier), people[Role.CLERK], people[Role.LEGAL_REVIEWER], people[Role.HEAD]


def test_what_was_sent_for_review_goes_back_for_papers_or_is_taken_back(council, client):
    dossier, clerk, legal, _ = ready(council)
    council.step(dossier, Step.HAND_IN, at=SENT, by=clerk)
    with pytest.raises(RuleBroken, match="退回补充没有写原因"):
        council.step(dossier, Step.SEND_BACK, at=SENT, by=legal)
    back = council.step(dossier, Step.SEND_BACK, at=SENT, by=legal, reason="缺依据汇编")
    assert (back.stage, back.draft_no) == (Stage.DRAFTING, 1), "补材料不是改稿"
    client.force_login(clerk)
    page = text_of(client.get(reverse("desk:decisions_dossier", args=[dossier.pk])))
    assert "退回补充（缺依据汇编）" in page
    council.step(dossier, Step.HAND_IN, at=SENT, by=clerk)
    taken = council.step(dossier, Step.TAKE_BACK, at=SENT, by=clerk, reason="还要改一处")
    assert taken.stage == Stage.DRAFTING


def test_days_of_the_review_and_the_discussion_follow_each_other(council, client, now):  # noqa: F811
    dossier, clerk, legal, head = ready(council)
    council.step(dossier, Step.HAND_IN, at=SENT, by=clerk)
    reviewed, on = moment(2026, 10, 26, 9), date(2026, 10, 26)
    with pytest.raises(RuleBroken, match=r"出具，早于送审的2026-10-27.*第二十六条"):
        council.enter(dossier, "review", on, REVIEW | {"sent_on": "2026-10-27"}, at=reviewed, by=legal)
    with pytest.raises(RuleBroken, match=r"第1轮征求意见截止（2026-10-01）以前"):
        council.enter(dossier, "review", on, REVIEW | {"sent_on": "2026-09-30"}, at=reviewed, by=legal)
    council.enter(dossier, "review", on, REVIEW, at=reviewed, by=legal)
    with pytest.raises(RuleBroken, match="审查意见2026-10-26才出具，迟于2026-10-23"):
        council.enter(dossier, "discussion", date(2026, 10, 23), DISCUSSION, at=MET, by=head)
    now(moment(2026, 10, 20, 9))
    client.force_login(head)
    form = text_of(client.get(reverse("desk:decisions_enter", args=[dossier.pk, "discussion"])))
    assert "送审到讨论只有5个工作日" in form and "不足七个工作日的，为什么" in form, "登记的时候也看得到要留意的"
    council.enter(dossier, "discussion", date(2026, 10, 28), DISCUSSION, at=MET, by=head)


def test_the_public_reads_why_a_decision_was_stopped_and_what_adjusts_it(council, client, now):  # noqa: F811
    dossier, clerk, _, head = ready(council)
    with pytest.raises(RuleBroken, match="原因里有手机号"):
        council.step(dossier, Step.END, at=AFTER, by=head, reason="请找13900000000")
    council.reviewed(dossier)
    council.enter(dossier, "discussion", date(2026, 10, 28), DISCUSSION, at=MET, by=head)
    council.enter(
        dossier, "party", date(2026, 10, 29), {"number": "明政请〔2026〕9号"}, at=moment(2026, 10, 29, 9)
    )
    paper = council.office.draft(title="明湖区老年助餐服务补贴办法", at=MET)
    actions.attach_paper(
        dossier, paper.record, by=clerk, at=moment(2026, 10, 29, 10), seen=council.fresh(dossier).mark
    )
    council.office.sign(paper, at=moment(2026, 10, 30, 9))
    stopped = moment(2026, 11, 20, 9)
    council.step(dossier, Step.SUSPEND, at=stopped, by=head, reason="配餐企业停业，重新招标。")
    changed = council.dossier(title="调整助餐补贴办法", adjusts=council.fresh(dossier), at=stopped)
    now(moment(2026, 11, 21))
    page = text_of(client.get(dossier.get_absolute_url()))
    assert "现在中止执行" in page and "配餐企业停业" in page and changed.get_absolute_url() in page
    assert dossier.get_absolute_url() in text_of(client.get(changed.get_absolute_url()))
    council.step(dossier, Step.RESUME, at=moment(2026, 11, 22, 9), by=head, reason="新企业已经到位。")
    now(moment(2026, 11, 23))
    page = text_of(client.get(dossier.get_absolute_url()))
    assert "现在中止执行" not in page and "新企业已经到位" in page
    with pytest.raises(RuleBroken, match="由走那一步记下"):
        council.enter(dossier, "suspend", date(2026, 11, 22), {"reason": "x"}, at=moment(2026, 11, 23), by=head)


def test_what_the_public_was_asked_about_does_not_vanish_by_a_word(council):
    dossier = council.dossier()
    one = council.round(dossier)
    given = {"withheld_basis": "工作秘密"}
    with pytest.raises(RuleBroken, match="已经公开，不能改成依法不予公开"):
        actions.save_dossier(dossier, given, seen=council.fresh(dossier).mark, by=council.office.clerk, at=START)
    assert not council.fresh(dossier).withheld_basis and Consultation.objects.public(START).get() == one
    other = council.dossier(title="另一项")
    actions.save_dossier(other, given, seen=other.mark, by=council.office.clerk, at=START)


def test_an_entry_leads_to_its_public_paper(council, client, now):  # noqa: F811
    dossier = council.dossier()
    record = council.office.publish(at=START)
    client.force_login(council.office.clerk)
    url = reverse("desk:decisions_enter", args=[dossier.pk, "participation"])
    given = {"on": "2026-09-10", "way": "座谈会", "who": "老人12人", "summary": "支持", "seen": dossier.mark}
    assert client.post(url, given | {"record": str(record.pk)}).status_code == 302
    client.logout()
    assert record.get_absolute_url() in text_of(client.get(dossier.get_absolute_url()))


def test_the_result_says_its_figures_first_and_takes_no_term_from_what_it_quotes(council, client, now):  # noqa: F811
    """理由里说的“试行六个月”不是公告自己的有效期:原来标成“现行有效”,过了日子又会标失效。"""
    one = council.round(council.dossier())
    pks = [actions.send_opinion(one, f"第{n}条意见", at=START)[0].pk for n in range(2)]
    given = {
        "shown": "间隔再短一点。",
        "reason": "本办法自2026年10月1日起施行，有效期一年。",
        "by": council.office.clerk,
    }
    actions.answer(one, pks, Disposition.REJECTED, at=AFTER, **given)
    record = council.feed_back(one, at=AFTER)
    assert record.expires_on is None
    now(AFTER)
    page = text_of(client.get(record.get_absolute_url()))
    assert "现行有效" not in page and "收到意见2条，逐条答复" in page and one.get_absolute_url() in page
    assert "间隔再短一点。（2条）" in page and "<dt>未采纳</dt><dd><strong>2</strong>条</dd>" in page
