"""案卷的下一步:从收到到送达,每一步只说一件,指到能办的地方。"""

import pytest
from django.urls import reverse

from gongkai.foi import actions, next_step
from tests.foi.desk import Desk, fresh, moment

pytestmark = pytest.mark.django_db
PROVIDED = {"provided": "支出明细一份", "where": "在本网站下载", "when": "随本答复"}


def test_from_the_receipt_to_the_delivery(client):
    desk, said = Desk(), []

    def look(case):
        said.append(next_step.next_step(fresh(case)).text)

    case = desk.submit("2025-03-03")
    look(case)
    actions.accept(case, by=desk.clerk, at=moment("2025-03-03", 11))
    look(case)
    desk.decide(case, "provided", "2025-03-04", facts=PROVIDED)
    desk.give(case, "2025-03-04")
    look(case)
    desk.gates(case, "2025-03-04", "secrecy")
    look(case)
    reply = actions.draft(case, "reply", {}, by=desk.clerk, at=moment("2025-03-05"))
    look(case)
    actions.hand_in(reply, by=desk.clerk, at=moment("2025-03-05"))
    look(case)
    actions.issue(reply, by=desk.head, at=moment("2025-03-06"))
    look(case)
    assert said == [
        "接手这件申请",
        "定第1项的处理结果",
        "保密审查",
        "拟答复书",
        "把答复书送签",
        "签发答复书",
        "送达答复书，登记交邮或者签收",
    ]
    actions.deliver(reply, by=desk.clerk, at=moment("2025-03-07"), signed_on=moment("2025-03-07").date())
    assert next_step.next_step(fresh(case)).text == "归档"
    actions.archive(case, by=desk.clerk, at=moment("2025-03-10"))
    assert next_step.next_step(fresh(case)) is None


def test_a_case_that_waits_says_for_whom(client):
    desk = Desk()
    case = desk.case("2025-03-03")
    desk.letter(case, "correction", "2025-03-04", defects="年度", guidance="写明年度", days="15")
    assert "补正" in next_step.next_step(fresh(case)).text
    client.force_login(desk.clerk)
    page = client.get(reverse("desk:foi_case", args=[case.pk])).content.decode()
    assert "下一步" in page and next_step.next_step(fresh(case)).text in page
