"""首页上等人办的事:各岗位看到自己的,件数和点开的清单一致,办了就没有了。"""

from datetime import date

import pytest

from gongkai.foi import actions, todo
from tests.foi.desk import Desk, moment

pytestmark = pytest.mark.django_db
ON = date(2025, 3, 10)


@pytest.fixture
def desk():
    return Desk()


def panels(user, on=ON):
    return {panel.label: panel.count for panel in todo.panels(user, on) if panel.count}


def test_each_post_sees_its_own(desk, client):
    free = desk.submit("2025-03-03")
    mine = desk.case("2025-03-03")
    assert panels(desk.clerk) == {"我承办的申请": 1, "还没有人承办的申请": 1}
    desk.decide(mine, "provided", "2025-03-04", facts={"provided": "明细", "where": "网站", "when": "随本答复"})
    assert panels(desk.secrecy) == {"待保密审查的申请": 1}
    desk.gates(mine, "2025-03-05", "secrecy")
    assert panels(desk.secrecy) == {}
    assert panels(desk.head) == {}
    actions.draft(mine, "reply", {}, by=desk.clerk, at=moment("2025-03-05"))
    assert panels(desk.head) == {"待签发的答复": 1}
    assert panels(desk.head, date(2025, 4, 2)) == {"待签发的答复": 1, "逾期没有答复的申请": 2}
    actions.quit(free, at=moment("2025-03-06"))
    assert panels(desk.clerk) == {"我承办的申请": 1}


def test_letters_from_the_applicant_and_proposals(desk):
    case = desk.case("2025-03-03")
    actions.amend_contact(case, {"phone": "0571-00000001"}, at=moment("2025-03-04"))
    assert panels(desk.clerk)["申请人的来件"] == 1
    actions.propose(case, "低保资金明细", "多人申请", by=desk.clerk, at=moment("2025-03-04"))
    assert panels(desk.head) == {"待审核的转主动公开建议": 1}


def test_another_unit_sees_nothing(desk):
    other = Desk(code="MH0113", name="明湖区交通运输局", short="明湖交通")
    desk.submit("2025-03-03")
    desk.case("2025-03-03")
    assert panels(other.clerk) == panels(other.head) == {}


@pytest.mark.parametrize("awaits", todo.AWAITS)
def test_the_number_opens_its_cases(desk, client, awaits):
    case = desk.case("2025-03-03")
    client.force_login(desk.head)
    response = client.get(f"/desk/foi/?awaits={awaits}")
    assert response.status_code == 200 and case.number not in response.content.decode()
