"""决策和会议的各个比率:分子、分母各是什么,点开是哪些。"""

from datetime import date

import pytest

from gongkai.decisions import actions
from gongkai.decisions.models import AgendaItem
from gongkai.desk.figures import Listing, figures
from tests.decisions.office import AFTER, START, Council
from tests.records.office import moment

pytestmark = pytest.mark.django_db


@pytest.fixture
def council():
    return Council()


def value(key, agency, on):
    return figures()[key].count([agency.pk], on).get(agency.pk, (0, 0))


def behind(key, agency, on):
    found = figures()[key].things([agency.pk], on)
    return [(one.title, one.counts) for one in (found.shown(found.rows) if isinstance(found, Listing) else found)]


def test_a_result_is_owed_when_its_time_has_run_out(council):
    """截止的第二天还不欠;十五个工作日过了没有公布才算没有公布。"""
    agency = council.office.agency
    one = council.round(council.dossier())
    late = council.round(council.dossier(title="另一项"))
    assert value("decisions.feedback", agency, date(2026, 10, 2)) == (0, 0), "刚截止，期限没有到"
    council.feed_back(one, at=AFTER)
    assert value("decisions.feedback", agency, date(2026, 11, 30)) == (1, 2)
    assert sorted(counts for _, counts in behind("decisions.feedback", agency, date(2026, 11, 30))) == [
        False,
        True,
    ]
    council.feed_back(late, at=moment(2026, 12, 1))
    assert value("decisions.feedback", agency, date(2026, 12, 31)) == (2, 2)
    assert value("decisions.feedback", agency, date(2027, 1, 31)) == (0, 0), "期限在去年届满的"


def test_a_period_is_long_enough_or_says_why(council):
    agency = council.office.agency
    council.round(council.dossier())
    council.round(council.dossier(title="二"), end_on=date(2026, 9, 20), short_reason="汛期将至")
    council.round(council.dossier(title="三"), end_on=date(2026, 9, 30))
    assert value("decisions.period", agency, date(2026, 9, 30)) == (2, 3), "首日计入才满三十日的不算"
    assert value("decisions.period", agency, date(2026, 8, 31)) == (0, 0)


def test_the_course_owes_what_is_due_by_now(council):
    agency = council.office.agency
    dossier = council.dossier()
    council.dossier(title="不公开的", withheld_basis="保守国家秘密法")
    council.dossier(title="还是建议", start=False)
    on = date(2026, 10, 12)
    assert dict(behind("decisions.course", agency, on)) == {
        f"{dossier}：目录": False,
        f"{dossier}：征求意见": False,
        f"{dossier}：采纳情况": False,
    }
    one = council.round(dossier)
    council.feed_back(one, at=AFTER)
    assert value("decisions.course", agency, on) == (2, 3)


def test_the_three_opinions_are_asked_of_items_that_concern_people(council):
    clerk = council.office.clerk
    values = {"kind": "executive", "term": 18, "number": 48, "held_on": date(2026, 9, 14)}
    meeting = actions.hold(council.government, values, by=clerk, at=START)
    given = {
        "reporter": council.office.agency,
        "livelihood": True,
        "invite": False,
        "invitees": "涉密",
        "opened": True,
    }
    actions.add_agenda(meeting, given | {"title": "公交调价", "ways": ["decisions"]}, by=clerk, at=START)
    actions.add_agenda(meeting, {"title": "人事", "reporter": council.office.agency}, by=clerk, at=START)
    # 以前登记的、从别处导入的,可能不齐
    AgendaItem.objects.create(
        meeting=meeting, order=3, title="旧议题", reporter=council.office.agency, enterprises=True
    )
    on = date(2026, 9, 30)
    assert value("decisions.opinions", council.government, on) == (1, 2)
    assert dict(behind("decisions.opinions", council.government, on)) == {"公交调价": True, "旧议题": False}
