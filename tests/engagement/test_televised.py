"""电视问政:问题定责任单位、承诺一天、报结果、另一个人回访;没有办到退回;公布以后公众看得到每一步,逾期照实。"""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from gongkai.engagement import actions, todo
from gongkai.engagement.models import TelevisedIssue
from gongkai.engagement.terms import IssueSource, IssueState
from gongkai.law.errors import RuleBroken
from tests.engagement.test_engagement import AT, now, office, text_of  # noqa: F401
from tests.engagement.test_interviews import text_of_stream
from tests.foi.test_planted import PHONE
from tests.records.office import Office, moment

pytestmark = pytest.mark.django_db
HELD, DUE = date(2026, 8, 31), date(2026, 9, 11)
LATER = moment(2026, 9, 12)


@pytest.fixture
def unit():
    return Office("MH0112", "明湖区住房和城乡建设局")


def issue_of(office, unit):  # noqa: F811
    made = actions.hold_broadcast(
        office.agency, {"title": "问城建", "held_on": HELD, "pleased": 6, "displeased": 4}, by=office.office, at=AT
    )
    return made, actions.add_issue(
        made, IssueSource.EXPOSED, "没有充电的地方", "三个小区。", unit.agency, by=office.office, at=AT
    )


def panel(user, label, on):
    return next(one for one in todo.panels(user, on) if one.label == label)


def test_from_the_issue_to_the_revisit(office, unit):  # noqa: F811
    _, issue = issue_of(office, unit)
    by, seen = {"by": unit.clerk, "at": AT}, issue.mark
    assert panel(unit.clerk, "待承诺的问政问题", HELD).count == 1
    for promise, day, said in (
        ("", DUE, "没有写全"),
        ("建充电棚", None, "没有写全"),
        ("建充电棚", HELD, "已经过了"),
        (f"打{PHONE}", DUE, "里有"),
    ):
        with pytest.raises(RuleBroken, match=said):
            actions.promise_issue(issue, promise, day, **by)
    with pytest.raises(RuleBroken, match="还没有写整改的承诺"):
        actions.settle_issue(issue, "建好了", **by)
    with pytest.raises(PermissionDenied):
        actions.promise_issue(issue, "建充电棚", DUE, by=office.clerk, at=AT)
    actions.promise_issue(issue, "建充电棚", DUE, seen=seen, **by)
    with pytest.raises(RuleBroken, match="不是最新"):
        actions.settle_issue(issue, "建好了", seen=seen, **by)
    label = "到期的问政承诺"
    assert (panel(unit.clerk, label, date(2026, 9, 10)).count, panel(unit.clerk, label, DUE).count) == (0, 1)
    assert list(TelevisedIssue.objects.late(DUE)) == [] and list(TelevisedIssue.objects.late(LATER.date())) == [
        issue
    ]
    actions.settle_issue(issue, "建好三处", by=unit.office, at=LATER)
    found = TelevisedIssue.objects.get()
    assert (found.state, found.revisit_on) == (IssueState.SETTLED, date(2026, 10, 12))
    assert panel(office.inspector, "待回访的问政问题", DUE).count == 1
    with pytest.raises(PermissionDenied):
        actions.revisit_issue(issue, True, "看过", by=unit.clerk, at=LATER)
    actions.revisit_issue(issue, False, "还有一处没有通电", by=office.inspector, at=LATER)
    found.refresh_from_db()
    assert (found.state, found.promise_on, found.revisit_on) == (IssueState.FOUND, None, None)
    actions.promise_issue(issue, "通电", date(2026, 9, 20), by=unit.clerk, at=LATER)
    actions.settle_issue(issue, "已经通电", by=unit.clerk, at=LATER)
    actions.revisit_issue(issue, True, "三处都能用", by=office.inspector, at=LATER)
    found.refresh_from_db()
    kinds = [step.kind for step in found.steps.all()]
    assert found.state == IssueState.CLOSED
    assert kinds == ["promise", "result", "broken", "promise", "result", "kept"]


def test_who_reported_does_not_revisit(office):  # noqa: F811
    _, issue = issue_of(office, office)
    actions.promise_issue(issue, "建充电棚", DUE, by=office.office, at=AT)
    actions.settle_issue(issue, "建好了", by=office.office, at=AT)
    with pytest.raises(RuleBroken, match="不能回访自己"):
        actions.revisit_issue(issue, True, "看过", by=office.office, at=AT)


def test_the_public_sees_it_once_it_is_listed_and_the_lateness_too(office, unit, client, now):  # noqa: F811
    made, issue = issue_of(office, unit)
    assert client.get(made.get_absolute_url()).status_code == 404
    assert "问城建" not in text_of(client.get(reverse("public:broadcasts")))
    early = actions.hold_broadcast(office.agency, {"title": "下一场", "held_on": DUE}, by=office.office, at=AT)
    with pytest.raises(RuleBroken, match="还没有办"):
        actions.list_issues(early, by=office.office, at=AT)
    with pytest.raises(RuleBroken, match="一个问题也没有"):
        actions.list_issues(early, by=office.office, at=LATER)
    actions.promise_issue(issue, "建充电棚", DUE, by=unit.clerk, at=AT)
    actions.list_issues(made, by=office.office, at=AT)
    assert "1个问题，办结0个" in text_of(client.get(reverse("public:broadcasts")))
    page = text_of(client.get(made.get_absolute_url()))
    assert "建充电棚" in page and "2026年9月11日" in page and "满意6人，不满意4人" in page
    assert "共1个问题：节目曝光1个，热线0个，网友留言0个，现场提出0个。" in page
    assert "过了承诺的日子" not in page and unit.clerk.name not in page
    now(LATER)
    assert "过了承诺的日子" in text_of(client.get(made.get_absolute_url()))
    assert "没有这样的问题" in text_of(client.get(made.get_absolute_url() + "?state=closed"))


def test_the_desk_walks_it(office, unit, client, now):  # noqa: F811
    client.force_login(office.office)
    assert "还没有登记电视问政" in text_of(client.get(reverse("desk:engagement_broadcasts")))
    given = {"agency": office.agency.pk, "title": "问城建", "held_on": "2026-08-31"}
    made = client.post(reverse("desk:engagement_new_broadcast"), given)
    home = made["Location"]
    new = {"source": "hotline", "title": "路灯不亮", "owner": unit.agency.pk}
    pk = int(home.rstrip("/").rpartition("/")[2])
    assert client.post(reverse("desk:engagement_new_issue", args=[pk]), new).status_code == 302
    client.post(reverse("desk:engagement_list_issues", args=[pk]))
    assert "公众看到的" in text_of(client.get(home))
    issue = TelevisedIssue.objects.get()
    client.force_login(unit.clerk)
    do = reverse("desk:engagement_issue_act", args=[issue.pk, "promise"])
    given = {"seen": issue.mark, "promise": "全部更换", "promise_on": "2026-09-11"}
    assert client.post(do, given).status_code == 302
    assert client.post(do, given).status_code == 422, "同一张表第二次"
    page = text_of(client.get(issue.get_absolute_url()))
    assert "全部更换" in page and "报结果" in page
    now(LATER)
    client.force_login(unit.clerk)
    rows = client.get(reverse("desk:engagement_issues"), {"late": "on", "format": "csv"})
    assert (
        "问城建,2026-08-31,热线,路灯不亮,明湖区住房和城乡建设局,整改中,2026-09-07,2026-09-11,是"
        in text_of_stream(rows)
    )
    assert "没有这样的问题" in text_of(client.get(reverse("desk:engagement_issues"), {"state": "closed"}))


def test_a_promise_has_its_day_and_its_furthest_day(office, unit, client, now):  # noqa: F811
    made, issue = issue_of(office, unit)
    actions.list_issues(made, by=office.office, at=AT)
    with pytest.raises(RuleBroken, match="180日以后"):
        actions.promise_issue(issue, "建充电棚", date(2027, 3, 1), by=unit.clerk, at=AT)
    day = issue.promise_due_on
    assert day == date(2026, 9, 7), "播出那天（8月31日）不计，第五个工作日"

    def late(on):
        listed = set(TelevisedIssue.objects.late(on))
        assert listed == {one for one in TelevisedIssue.objects.all() if one.is_late(on)}, "清单和每一件说的一样"
        return issue in listed

    assert not late(day) and late(day + timedelta(1))
    now(moment(2026, 9, 8, 9))
    assert "过了应承诺的日子" in text_of(client.get(made.get_absolute_url()))
    actions.promise_issue(issue, "建充电棚", DUE, by=unit.clerk, at=moment(2026, 9, 8, 9))
    assert not late(DUE) and late(DUE + timedelta(1))
    actions.settle_issue(issue, "建好了", by=unit.clerk, at=moment(2026, 9, 14, 9))
    actions.revisit_issue(issue, False, "没有通电", by=office.office, at=moment(2026, 9, 15, 9))
    again = TelevisedIssue.objects.get()
    assert again.promise_due_on == date(2026, 9, 21), "9月20日补班"
    assert not late(date(2026, 9, 21)) and late(date(2026, 9, 22))
