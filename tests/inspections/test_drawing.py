"""抽样:种子事先约定,抽中的人人可以照着重算。"""

from datetime import date, timedelta
from hashlib import sha256

import pytest
from django.urls import reverse

from gongkai.inspections import actions
from gongkai.law.errors import RuleBroken
from gongkai.law.outlets import Platform
from gongkai.org.models import LogEntry
from tests.inspections.district import AT, LATER, drawn, outlet
from tests.records.office import Office

pytestmark = pytest.mark.django_db
ON = date(2026, 9, 1)


@pytest.fixture
def office():
    return Office()


def text_of(response):
    return response.content.decode()


class TestDrawing:
    """抽样框先定下,种子先约定;抽了不能重来,谁都可以重抽。"""

    def frame(self, office, count=9):
        return [outlet(office, f"账号{n}", Platform.WEIBO, updated_on=date(2026, 8, 31)) for n in range(count)]

    def test_a_sealed_seed_and_a_frame_that_stays(self, office):
        rows = self.frame(office)
        made = actions.open_round(2026, 3, ON, by=office.inspector, at=AT, account_percent=34)
        assert (made.drawing.commitment, made.seed) != ("", "") and not made.is_drawn
        secret = made.drawing.secret
        entries = LogEntry.objects.filter(action="inspections.round").values_list("summary", flat=True)
        assert made.drawing.commitment in entries[0] and secret not in entries[0]
        late = outlet(office, "后来开的", Platform.WEIBO)
        with pytest.raises(RuleBroken, match="还没有抽样"):
            actions.start(made, by=office.inspector, at=LATER)
        with pytest.raises(RuleBroken, match="名单还没有截止"):
            actions.draw_sample(made, by=office.inspector, at=AT)
        made = actions.draw_sample(made, by=office.inspector, at=LATER)
        assert made.seed == secret and made.drawing.holds
        want = sorted(rows, key=lambda one: sha256(f"{secret}:{one.pk}".encode()).hexdigest())[:4]
        assert set(made.samples.values_list("outlet", flat=True)) == {one.pk for one in want}
        assert late.pk not in {key for key, *_ in made.members}
        with pytest.raises(RuleBroken, match="已经抽选过"):
            actions.draw_sample(made, by=office.inspector, at=LATER)

    def test_a_public_number_comes_out_afterwards(self, office):
        self.frame(office, 3)
        agreed = {"source": "9月2日某彩票的开奖号码", "by": office.inspector, "at": AT}
        with pytest.raises(RuleBroken, match="名单截止以前就产生了"):
            actions.open_round(2026, 3, ON, comes_out=AT, **agreed)
        with pytest.raises(RuleBroken, match="什么时候产生"):
            actions.open_round(2026, 3, ON, **agreed)
        made = actions.open_round(2026, 3, ON, comes_out=LATER, **agreed)
        with pytest.raises(RuleBroken, match="还没有产生"):
            actions.draw_sample(made, "07", by=office.inspector, at=LATER - timedelta(minutes=1))
        with pytest.raises(RuleBroken, match="没有填约定的公开数"):
            actions.draw_sample(made, by=office.inspector, at=LATER)
        assert actions.draw_sample(made, "07", by=office.inspector, at=LATER).seed == "07"

    def test_everybody_may_draw_again(self, office, client):
        self.frame(office, 5)
        voided = actions.open_round(2026, 3, ON, by=office.inspector, at=AT)
        actions.void(voided, "换一天", by=office.inspector, at=AT)
        made = drawn(office, 2026, 3, ON, account_percent=40)
        page = reverse("public:inspection_drawing", args=[made.pk])
        assert client.get(page).status_code == 404, "通报公开以前什么都看不到"
        made.record = office.publish()
        made.save(update_fields=["record"])
        shown = text_of(client.get(page))
        assert made.seed in shown and made.drawing.commitment in shown and "5个里抽2个（40%）" in shown
        assert shown.count('<span class="tag ok">抽中</span>') == 2
        round_page = text_of(client.get(reverse("public:inspection", args=[made.pk])))
        assert page in round_page and "这一季度另有1轮作废" in round_page
