"""单位和查阅点:树、修改、撤并;停用的查阅点公众看不到。"""

import csv
import io
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from gongkai.law.agencies import Role
from gongkai.law.errors import RuleBroken
from gongkai.org import actions
from gongkai.org.models import Agency, LogEntry, Place
from gongkai.org.views.agencies import tree
from tests.org.conftest import staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client, admin):
    client.force_login(admin)
    return client


def text(response):
    return response.content.decode()


def values(agency, **changed):
    """What the form would send for an agency."""
    names = (
        "code",
        "name",
        "short_name",
        "kind",
        "uscc",
        "order",
        "duties",
        "leader",
        "address",
        "hours",
        "phone",
        "fax",
        "email",
    )
    given = {name: getattr(agency, name) for name in names}
    return given | {"parent": agency.parent_id or "", "number_codes": "、".join(agency.number_codes)} | changed


def test_the_tree_puts_each_below_its_parent(units):
    rows = list(Agency.objects.order_by("-order"))
    assert [(one.agency.code, one.depth) for one in tree(rows)] == [("T0", 0), ("B0", 1), ("A0", 1), ("A1", 2)]
    without = [one for one in rows if one.code != "A0"]
    assert ("A1", 0) in [(one.agency.code, one.depth) for one in tree(without)], "上级不在其列的也不能丢"


def test_a_new_agency(office, units):
    data = values(
        Agency(code="N1", name="新局", kind="department", parent=units.top), number_codes="新发，新函; 新发"
    )
    assert office.post(reverse("desk:new_agency"), data).url == reverse("desk:agency", args=["N1"])
    made = Agency.objects.get(code="N1")
    assert made.number_codes == ["新发", "新函"] and made.parent == units.top
    assert LogEntry.objects.about(made).get().summary == "新建单位新局"


def test_a_change_is_logged_with_old_and_new(office, units):
    office.post(
        reverse("desk:edit_agency", args=["A0"]), values(units.own, phone="0574-00000001", kind="department")
    )
    assert LogEntry.objects.about(units.own).get().detail == {
        "changed": {"联系电话": ["", "0574-00000001"], "类别": ["镇（街道）", "政府部门"]}
    }
    office.post(reverse("desk:edit_agency", args=["A0"]), values(Agency.objects.get(code="A0")))
    assert LogEntry.objects.about(units.own).count() == 1, "没有改动就不记"


def test_the_code_cannot_be_changed(office, units):
    office.post(reverse("desk:edit_agency", args=["A0"]), values(units.own, code="Z0"))
    assert Agency.objects.filter(code="A0").exists()


@pytest.mark.parametrize(
    ("given", "words"), [({"name": "乙局"}, "单位全称"), ({"name": ""}, "单位全称"), ({"email": "x"}, "电子邮箱")]
)
def test_a_form_that_is_wrong_says_so(office, units, given, words):
    response = office.post(reverse("desk:edit_agency", args=["A0"]), values(units.own, **given))
    assert response.status_code == 422 and words in text(response) and not LogEntry.objects.exists()
    assert "修改甲镇" in text(response)


@pytest.mark.parametrize("code", ["X", "X_1", "局1"])
def test_a_code_must_be_fit_for_index_numbers(office, units, code):
    data = values(Agency(code=code, name="新局", kind="department"))
    assert office.post(reverse("desk:new_agency"), data).status_code == 422
    with pytest.raises(ValidationError, match=r"索引号|连字符"):
        actions.save_agency(Agency(code=code, name="新局", kind="department"), by=None, at=None)


def test_nothing_stands_below_itself(office, units):
    response = office.post(reverse("desk:edit_agency", args=["A0"]), values(units.own, parent=units.below.pk))
    assert response.status_code == 422
    units.own.parent = units.below
    with pytest.raises(ValidationError, match="上级"):
        units.own.full_clean()


def test_a_wrong_credit_code_is_pointed_out_but_saved(office, units):
    data = values(units.own, uscc="11330000000000000x")
    page = office.post(reverse("desk:edit_agency", args=["A0"]), data, follow=True)
    assert "校验位不对" in text(page)
    assert Agency.objects.get(code="A0").uscc == "11330000000000000X"


def test_merging(office, units, at):
    """C50: the history stays where it was, the log names the successor for those who move what is open."""
    page = reverse("desk:merge_agency", args=["A0"])
    staff("clerk", units.own, Role.CLERK, name="陈某")
    shown = text(office.get(page))
    assert "不能撤回" in shown and "陈某" in shown and "甲镇水厂" in shown
    office.post(page, {"successor": units.other.pk, "on": "2026-10-12"})
    merged = Agency.objects.get(code="A0")
    assert (merged.ended_on, merged.successor) == (date(2026, 10, 12), units.other)
    entry = LogEntry.objects.about(merged).get()
    assert entry.action == "org.merge" and entry.detail == {"successor": "B0", "on": "2026-10-12"}
    assert "由乙局承继" in text(office.get(reverse("desk:agencies"))).replace("\n", "").replace(
        f'<a href="{reverse("desk:agency", args=["B0"])}">', ""
    ).replace("</a>", "")
    assert merged not in Agency.objects.current(date(2026, 10, 12))
    assert merged in Agency.objects.current(date(2026, 10, 11))


def posts(user):
    return set(user.memberships.values_list("agency__code", "role"))


def test_merging_moves_those_who_are_ticked(office, units):
    moved = staff("clerk", units.own, Role.CLERK, Role.FIRST_REVIEWER, name="陈某")
    staying = staff("second", units.own, Role.SECOND_REVIEWER, name="孙某")
    elsewhere = staff("third", units.below, Role.CLERK, name="钱某")
    page = reverse("desk:merge_agency", args=["A0"])
    shown = text(office.get(page))
    assert shown.count("checked") == 3 and "钱某" not in shown, "先都勾上,别的单位的不在里面"
    chosen = [one.pk for one in moved.memberships.all()]
    strangers = [one.pk for one in elsewhere.memberships.all()]
    assert (
        office.post(page, {"successor": units.other.pk, "on": "2026-10-12", "staff": strangers}).status_code == 422
    )
    assert Agency.objects.get(code="A0").ended_on is None
    said = text(office.post(page, {"successor": units.other.pk, "on": "2026-10-12", "staff": chosen}, follow=True))
    assert "转过去2个岗位" in said
    assert posts(moved) == {("B0", "clerk"), ("B0", "first")}
    assert posts(staying) == {("A0", "second")} and posts(elsewhere) == {("A1", "clerk")}
    assert list(LogEntry.objects.about(moved).order_by("seq").values_list("action", flat=True)) == [
        "org.grant",
        "org.revoke",
        "org.grant",
        "org.revoke",
    ]


def test_a_post_that_is_held_there_already_is_not_held_twice(office, units, at):
    both = staff("clerk", units.own, Role.CLERK, name="陈某")
    actions.grant(both, units.other, Role.CLERK, by=None, at=at)
    moving = both.memberships.filter(agency=units.own)
    actions.merge(units.own, units.other, on=date(2026, 10, 12), by=None, at=at, staff=moving)
    assert posts(both) == {("B0", "clerk")}


def test_a_post_that_cannot_be_held_there_stops_the_whole_merge(office, units, at, admin):
    district = staff("office", units.other, Role.OFFICE)
    with pytest.raises(RuleBroken, match="不能挂在"):
        actions.merge(
            units.other, units.own, on=date(2026, 10, 12), by=admin, at=at, staff=district.memberships.all()
        )
    assert Agency.objects.get(code="B0").ended_on is None and posts(district) == {("B0", "office")}


def test_merging_tells_of_open_drafts(office, units, at):
    from gongkai.records import actions as records

    records.create(units.own, "document", by=staff("clerk", units.own, Role.CLERK), at=at, title="没写完的通知")
    shown = text(office.get(reverse("desk:merge_agency", args=["A0"])))
    assert "没办完的1件" in shown and "没写完的通知" in shown


def test_merging_that_makes_no_sense(units, at, office):
    on = date(2026, 10, 12)
    with pytest.raises(RuleBroken, match="它自己"):
        actions.merge(units.own, units.own, on=on, by=None, at=at)
    actions.merge(units.own, units.other, on=on, by=None, at=at)
    with pytest.raises(RuleBroken, match="已于2026-10-12撤并"):
        actions.merge(units.own, units.top, on=on, by=None, at=at)
    with pytest.raises(RuleBroken, match="不能承继"):
        actions.merge(units.below, units.own, on=on, by=None, at=at)
    response = office.post(
        reverse("desk:merge_agency", args=["A0"]), {"successor": units.top.pk, "on": "2026-10-12"}
    )
    assert response.status_code == 422 and "撤并" in text(response)


def test_no_role_in_an_agency_that_is_gone(units, at, admin):
    actions.merge(units.own, units.other, on=date(2026, 10, 12), by=None, at=at)
    units.own.refresh_from_db()
    with pytest.raises(RuleBroken, match="乙局的岗位"):
        actions.grant(admin, units.own, Role.CLERK, by=admin, at=at)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["T0", "A0", "A1", "B0"]),
        ("q=水厂", ["A1"]),
        ("q=b0", ["B0"]),
        ("kind=town", ["A0"]),
        ("kind=x", ["T0", "A0", "A1", "B0"]),
        ("state=on", ["T0", "A0", "A1"]),
        ("state=off", ["B0"]),
        ("q=没有", []),
        ("q=%00%27", []),
        ("q=%00", ["T0", "A0", "A1", "B0"]),
    ],
)
def test_the_list_is_filtered(office, units, query, found):
    Agency.objects.filter(code="B0").update(ended_on=date(2020, 1, 1))
    body = text(office.get(f"{reverse('desk:agencies')}?format=csv&{query}"))
    assert [row["代码"] for row in csv.DictReader(io.StringIO(body.lstrip("\ufeff")))] == found
    assert ("没有符合" in text(office.get(f"{reverse('desk:agencies')}?{query}"))) is (not found)


def test_a_clerk_reads_but_finds_no_button(client, units):
    client.force_login(staff("clerk", units.own, Role.CLERK))
    listed, one = text(client.get(reverse("desk:agencies"))), text(client.get(reverse("desk:agency", args=["B0"])))
    assert (
        "新建单位" not in listed and "任职的人" not in one and reverse("desk:edit_agency", args=["B0"]) not in one
    )


def test_a_place_is_made_changed_and_closed(office, client, units, on):
    data = {
        "agency": units.own.pk,
        "name": "甲镇查阅点",
        "kind": "reading",
        "address": "一路1号",
        "hours": "工作日",
        "phone": "",
        "services": "",
        "keeper": "",
        "closed_on": "",
    }
    office.post(reverse("desk:new_place"), data)
    place = Place.objects.get()
    assert "甲镇查阅点" in text(client.get(reverse("public:places")))
    page = reverse("desk:edit_place", args=[place.pk])
    office.post(page, data | {"hours": "每天"})
    office.post(page, data | {"hours": "每天", "closed_on": "2020-01-01"})
    assert list(LogEntry.objects.about(place).values_list("summary", flat=True)) == [
        "停用查阅点甲镇查阅点",
        "修改查阅点甲镇查阅点",
        "新建查阅点甲镇查阅点",
    ]
    assert "甲镇查阅点" not in text(client.get(reverse("public:places")))
    assert "甲镇查阅点" in text(office.get(reverse("desk:places")))
    assert office.post(page, data | {"address": ""}).status_code == 422
    assert "甲镇查阅点" in text(office.get(reverse("desk:places"), {"format": "csv"}))
