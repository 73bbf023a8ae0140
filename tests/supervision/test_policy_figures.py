"""五年方案里政策解读一类的指标。"""

from datetime import date, timedelta

import pytest

from gongkai.policies import actions
from gongkai.policies.models import Briefing, Measure, Package, Redemption
from gongkai.records.models import Relation
from tests.policies import cure
from tests.records.office import Office, moment
from tests.supervision.test_clause_figures import question, value

pytestmark = pytest.mark.django_db
ON = date(2026, 10, 12)
DAY = timedelta(1)


@pytest.fixture
def office():
    return Office()


class TestPolicies:
    """闭环解读、在线办理、兑现填报。"""

    @pytest.fixture
    def paper(self, office):
        given = {
            "title": "明湖区停车管理办法",
            "doc_number": "明政办发〔2026〕3号",
            "effective_on": date(2026, 6, 1),
        }
        return office.publish("normative", at=moment(2026, 4, 2), made_on=date(2026, 4, 2), **given)

    def test_the_loop_of_a_paper(self, office, paper):
        assert value("policies.loop", office.agency) == (0, 0), "核准不附解读的"
        Package.objects.update(exemption="")
        assert value("policies.loop", office.agency) == (0, 2)
        Briefing.objects.create(
            policy=paper, on=date(2026, 4, 2), title="通气会", by=office.clerk, at=moment(2026, 4, 1)
        )
        said = office.publish(at=moment(2026, 4, 2), made_on=date(2026, 4, 2), title="停车管理办法政策解读")
        Relation.objects.create(source=said, target=paper, kind="interprets")
        question(office, 1, moment(2026, 4, 3), date(2026, 4, 20), policy=paper)
        assert value("policies.loop", office.agency, date(2026, 4, 20)) == (2, 2)
        assert value("policies.loop", office.agency) == (2, 3), "问了没有答"

    def test_measures(self, office, paper):
        for number, (guide, day) in enumerate((("https://a.gov.cn/1", 3), ("", 3), ("", 30))):
            Measure.objects.create(
                policy=paper,
                agency=office.agency,
                title=f"补贴{number}",
                audience="business",
                benefit="补",
                place="窗口",
                how="申请",
                contact="0571-00001220",
                guide=guide,
                stage="live",
                drafted_by=office.clerk,
                drafted_at=moment(2026, 4, 2),
                published_at=moment(2026, 4, day),
            )
        assert value("policies.online", office.agency) == (1, 3)
        assert value("policies.online", office.agency, date(2026, 4, 29)) == (1, 2)
        assert value("policies.redeemed", office.agency) == (0, 0), "上一年度还没有公布的"
        Redemption.objects.create(
            measure=Measure.objects.first(),
            year=2026,
            applied=2,
            granted=1,
            source="台账",
            by=office.clerk,
            at=moment(2027, 1, 9),
        )
        assert value("policies.redeemed", office.agency, date(2027, 1, 8)) == (0, 3)
        assert value("policies.redeemed", office.agency, date(2027, 1, 9)) == (1, 3)

    def test_a_replaced_wording_is_one_with_the_new(self, office):
        at, year = moment(2026, 3, 2), date(2027, 3, 1)
        old = cure.measure(office)
        new = actions.publish_measure(actions.revise_measure(old, by=office.clerk, at=at), by=office.head, at=at)
        assert value("policies.redeemed", office.agency, year) == (0, 1)
        given = {"applied": 2, "granted": 1, "yuan": 300, "source": "台账"}
        actions.redeem(old, 2026, given, by=office.clerk, at=moment(2027, 1, 9))
        assert value("policies.redeemed", office.agency, year) == (1, 1)
        actions.end_measure(new, "资金用完", by=office.head, at=moment(2027, 2, 1))
        assert value("policies.redeemed", office.agency, date(2029, 3, 1)) == (0, 0)
