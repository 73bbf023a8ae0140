"""凭编号和查询码看一件:目录建议、列席报名同意见一样查得到,定了才说,别人看不到。"""

from datetime import date

import pytest
from django.urls import reverse

from gongkai.decisions import actions
from gongkai.decisions.models import CatalogueYear, Representative
from gongkai.decisions.terms import Ruling, YearStage
from gongkai.law.errors import RuleBroken
from tests.decisions import test_pages
from tests.decisions.office import AFTER, START, Council
from tests.decisions.test_pages import now, text_of  # noqa: F401
from tests.records.office import moment

pytestmark = [pytest.mark.django_db, pytest.mark.once]
LOOK = "public:opinion_look"
hold = test_pages.TestMeetings().hold


@pytest.fixture
def council():
    return Council()


def test_a_proposal_is_told_of_its_ruling_when_the_catalogue_is_public(council, client, now):  # noqa: F811
    clerk, head = council.office.clerk, council.office.head
    year = actions.open_year(council.government, 2027, by=clerk, at=START, call_until=date(2026, 9, 30))
    made, code = actions.propose(year, "夜间公交", "下班没有车", at=START)
    actions.rule(made, Ruling.REJECTED, "已经在公交调价里一并办。", by=head, at=START)
    given = {"number": made.number, "code": code}
    page = text_of(client.post(reverse(LOOK), given))
    assert "正在论证" in page and "一并办" not in page
    CatalogueYear.objects.filter(pk=year.pk).update(stage=YearStage.PUBLISHED)
    page = text_of(client.post(reverse(LOOK), given))
    assert "不采纳" in page and "一并办" in page
    assert client.post(reverse(LOOK), given | {"code": "AAAA-AAAA-AAAA"}).status_code == 404


def test_who_signs_up_sees_the_drawing_and_what_became_of_what_was_said(council, client, now):  # noqa: F811
    clerk, meeting = council.office.clerk, hold(council)
    person = {"name": "甲某", "phone": "0571-00000001"}
    first, code = actions.sign_up(meeting, person, "普通居民", "", at=START)
    with pytest.raises(RuleBroken, match="已经报过名"):
        actions.sign_up(meeting, {"name": " 甲 某", "phone": "0571 00000001"}, "专家", "", at=START)
    given = {"number": first.number, "code": code}
    assert "截止以后抽选" in text_of(client.post(reverse(LOOK), given))
    now(moment(2026, 9, 21))
    actions.draw(meeting, by=clerk, at=moment(2026, 9, 21))
    drawn = Representative.objects.get(pk=first.pk)
    assert "抽中了" in text_of(client.post(reverse(LOOK), given))
    with pytest.raises(RuleBroken, match="2026-09-24才召开"):
        actions.tell_representative(drawn, "票价慢一点涨。", "", by=clerk, at=moment(2026, 9, 21))
    noted = actions.tell_representative(drawn, "票价慢一点涨。", "", by=clerk, at=AFTER)
    assert noted.told_at is None, "只记了意见,没有告诉他怎样处理"
    actions.tell_representative(drawn, "票价慢一点涨。", "分两年涨到位。", by=clerk, at=AFTER)
    assert Representative.objects.get(pk=first.pk).told_at == AFTER
    page = text_of(client.post(reverse(LOOK), given))
    assert "票价慢一点涨" in page and "分两年涨到位" in page
