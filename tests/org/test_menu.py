"""工作台的菜单:一组不过八项,合在一起的几页成一排分签,待办数是刚数的。"""

import pytest
from django.utils import timezone

from gongkai.desk import rooms
from gongkai.law.agencies import Role
from gongkai.org import actions, menu, waiting
from tests.records.office import Office

pytestmark = pytest.mark.once


def test_no_group_is_a_wall():
    heads = {
        group.value: [entry.label for entry in entries if not entry.under] for group, entries in rooms.desk_menu()
    }
    assert len(heads) <= 8 and {label: found for label, found in heads.items() if len(found) > 8} == {}


def test_an_entry_leads_or_is_led():
    with pytest.raises(Exception, match="没有这个领头的项"):
        rooms._led([rooms.DeskEntry(rooms.DeskGroup.OPENNESS, 1, "a", "甲", "records.view", under="b")])
    wall = [
        rooms.DeskEntry(rooms.DeskGroup.OPENNESS, number, str(number), "甲", "records.view") for number in range(9)
    ]
    with pytest.raises(Exception, match="至多8项"):
        rooms._led(wall)


@pytest.fixture
def office():
    return Office()


@pytest.mark.django_db
def test_pages_that_go_together_are_tabs(office):
    def tabs(path):
        return [tab.label for tab in menu.tabs(menu.menu(office.people[Role.OFFICE], path))]

    assert tabs("/desk/notices/channels/") == ["订阅", "推送的事", "发件箱", "通道", "信的样子", "到达率"]
    assert tabs("/desk/notices/channels/restore/") == [] and tabs("/desk/foi/") == []
    opened = next(
        group for group in menu.menu(office.people[Role.OFFICE], "/desk/notices/outbox/") if group.current
    )
    assert [item.label for item in opened.items if item.current] == ["订阅和推送"]


@pytest.mark.django_db
def test_the_counts_are_gone_once_something_is_done(office):
    waiting.remember(office.clerk.pk, {"公开": 3})
    assert {group.label: group.waiting for group in menu.menu(office.clerk, "/desk/")}["公开"] == 3
    actions.log("org.sign_in", "登录", at=timezone.now(), by=office.clerk)
    assert not any(group.waiting for group in menu.menu(office.clerk, "/desk/"))


def test_an_address_belongs_to_the_group_of_its_entry_or_of_its_neighbours():
    groups = [
        menu.group_of(url)
        for url in ("/desk/foi/3/?x", "/desk/policies/questions/", "/desk/policies/packages/", "/")
    ]
    assert groups == ["申请", "公开", "公开", ""]
