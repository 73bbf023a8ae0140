"""申请受限的数据:谁办、几日内答、用到哪天。"""

from datetime import timedelta

import pytest

from gongkai.law.errors import RuleBroken
from gongkai.law.opendata.terms import Opening
from gongkai.opendata import actions, papers
from gongkai.opendata.terms import ApplicationState
from tests.opendata.steward import Steward
from tests.records.office import Office, moment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("here")]
AT = moment(2026, 9, 1, 9)


@pytest.fixture
def office():
    return Office()


@pytest.fixture
def steward(office):
    return Steward(office.agency, office.people, AT)


class TestApplications:
    def applied(self, steward, **more):
        dataset = steward.restricted()
        given = {"purpose": "研究用能", "place": "某平台", "months": 12, "safeguards": "专人专机"} | more
        return actions.apply(dataset, **given, contact={"name": "张某某", "holder": "某大学"}, at=AT)

    def test_from_the_application_to_the_destruction(self, steward):
        one, _ = self.applied(steward)
        with pytest.raises(RuleBroken, match="现在不能下载"):
            actions.download(one, at=AT)
        one = actions.decide(one, True, "", "每季度报一次使用情况。", by=steward.head, at=AT)
        assert str(one.expires_on) == "2027-09-01"
        assert actions.download(one, at=AT).taken == 1
        text = papers.agreement(one)
        assert text.startswith(b"PK")
        later = AT + timedelta(days=400)
        assert actions.expire(on=later.date(), at=later) == 1
        one.refresh_from_db()
        assert one.state == ApplicationState.ENDED and (one.destroy_by - later.date()).days == 30
        with pytest.raises(RuleBroken, match="现在不能下载"):
            actions.download(one, at=later)
        assert (
            actions.destroy(one, "收到销毁记录。", by=steward.head, at=later).state == ApplicationState.DESTROYED
        )
        assert actions.erase_contacts(before=later, at=later) == 1

    def test_who_reviews_is_a_parameter(self, steward, monkeypatch):
        one, _ = self.applied(steward)
        monkeypatch.setattr("gongkai.law.opendata.using.by_district", lambda on: True)
        with pytest.raises(RuleBroken, match="区主管部门审核"):
            actions.decide(one, True, "", by=steward.head, at=AT)
        assert actions.decide(one, False, "用途不明。", by=steward.office, at=AT).state == ApplicationState.REFUSED

    def test_a_tightened_dataset_is_not_handed_out(self, steward):
        one, _ = self.applied(steward)
        actions.decide(one, True, "", by=steward.head, at=AT)
        actions.tighten(one.dataset, Opening.PROHIBITED, "不妥。", basis="某", by=steward.clerk, at=AT)
        with pytest.raises(RuleBroken, match="现在不能下载"):
            actions.download(one, at=AT)

    @pytest.mark.parametrize("months", [0, 25])
    def test_the_term_has_an_end(self, steward, months):
        with pytest.raises(RuleBroken, match="1到24"):
            self.applied(steward, months=months)
