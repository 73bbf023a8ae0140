"""消息:别人对我经手的事做了什么,看过的不再说;快到期的。"""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from gongkai.foi import actions as foi
from gongkai.law.agencies import Role
from gongkai.org import access, news
from gongkai.org.actions import read_news
from gongkai.org.models import LogEntry
from gongkai.records import actions
from tests.foi.desk import Desk
from tests.foi.desk import moment as foi_moment
from tests.records.office import AT, Office, moment

pytestmark = pytest.mark.django_db


def told(user, at=AT):
    return [item.entry.action for item in news.unread(user, at)]


@pytest.fixture
def office():
    return Office()


@pytest.fixture
def returned(office):
    """A paper sent back by the first reviewer."""
    edition = office.draft()
    actions.submit(edition, by=office.clerk, at=AT)
    return office.judge(edition, "first", "return", "日期不对")


def test_the_author_is_told_and_nobody_else(office, returned):
    assert told(office.clerk) == ["records.first"]
    assert told(office.colleague) == [] and told(office.first) == []
    item = news.unread(office.clerk, AT)[0]
    assert item.url == reverse("desk:record", args=[returned.record_id]) and "退回" in item.entry.summary


def test_what_was_read_is_not_told_again_but_what_came_since_is(client, office, returned, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: AT)
    client.force_login(office.clerk)
    page = client.get(reverse("desk:news"))
    actions.submit(returned, by=office.clerk, at=AT)
    office.judge(returned, "first")
    client.post(reverse("desk:read_news"), {"through": page.context["through"]})
    assert told(office.clerk) == ["records.first"], "页面打开以后来的还没有看过"
    assert news.unread(office.clerk, AT)[0].entry.detail["verdict"] == "pass"
    last = LogEntry.objects.order_by("-seq").first().seq
    read_news(office.clerk, last, at=AT)
    assert told(office.clerk) == []
    count = LogEntry.objects.count()
    read_news(office.clerk, 1, at=AT)
    read_news(office.clerk, last + 10**6, at=AT)
    assert LogEntry.objects.count() == count, "往回的、还没有的都不算"


@pytest.mark.parametrize("through", ["", "-1", "x", "9" * 40, "²"])
def test_a_wrong_number_changes_nothing(client, office, returned, through):
    client.force_login(office.clerk)
    assert client.post(reverse("desk:read_news"), {"through": through}).status_code == 302
    assert told(office.clerk) == ["records.first"]


def test_old_changes_are_not_told(office, returned):
    assert told(office.clerk, at=moment(2024, 11, 3)) == []


def test_who_lost_the_post_is_not_told(office, returned):
    office.clerk.memberships.all().delete()
    del office.clerk.__dict__["_memberships"]
    assert not access.roles(office.clerk) and told(office.clerk) == []


def test_the_header_counts(client, office, returned, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: AT)
    client.force_login(office.clerk)
    assert '1<span class="sr">条没有看过' in client.get(reverse("desk:me")).content.decode()


def test_a_case_taken_over_is_told_to_both(client):
    desk = Desk()
    case = desk.case("2025-02-20")
    other = desk.person("other", "另一位", Role.CLERK)
    at = foi_moment("2025-02-21")
    before = case.handler
    foi.assign(case, other, by=desk.head, at=at)
    assert "foi.assign" in told(before, at) and "foi.assign" in told(other, at)


def test_what_falls_due_stays_until_it_is_done(client, office, monkeypatch):
    edition = office.draft(made_on=date(2024, 8, 6))
    due = edition.record.publication_due_on
    panels = news.due(office.clerk, due)
    assert [panel.count for panel in panels] == [1] and panels[0].tasks[0].title == edition.title
    assert news.due(office.colleague, due) == []
