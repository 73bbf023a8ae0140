"""工作台的信息清单:筛选、排序、在谁手上、导出的就是看到的。"""

import csv
import re
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from gongkai.desk import paging
from gongkai.law.agencies import Role
from gongkai.records import actions, list_forms
from gongkai.records.models import Record
from gongkai.records.terms import WithdrawalKind
from gongkai.records.views import desk
from tests.records.office import AT, Office, moment

pytestmark = pytest.mark.django_db
NOW = moment(2024, 9, 20)


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    monkeypatch.setattr(timezone, "localdate", lambda *a: NOW.date())


@pytest.fixture
def rows(office):
    """One record in each state, by name."""
    made = {
        "draft": office.draft(title="关于修剪行道树的通知", made_on=None).record,
        "first": office.draft(title="关于清理河道的通知", doc_number="明政办发〔2024〕7号").record,
        "public": office.publish(title="关于早期公开的通知", made_on=date(2024, 8, 1), at=moment(2024, 8, 6)),
        "scheduled": office.sign(
            office.draft(title="关于到时公开的通知", made_on=date(2024, 9, 2)), publish_at=moment(2024, 9, 25)
        ),
        "withheld": office.draft(title="关于不公开的事", openness="withheld", ground="第十六条").record,
        "withdrawn": office.publish(title="关于撤回的通知", made_on=date(2024, 8, 20)),
    }
    actions.submit(made["first"].editions.get(), by=office.clerk, at=AT)
    actions.withdraw(
        made["withdrawn"],
        WithdrawalKind.RETRACTED,
        reason="登错了",
        on=date(2024, 9, 10),
        by=office.head,
        at=moment(2024, 9, 10),
    )
    return made


def shown(client, user, **query):
    client.force_login(user)
    page = client.get(reverse("desk:records"), query).context["page"]
    return {record.pk for record in page.rows}


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({"q": "河道 7号"}, ["first"]),
        ({"q": "〔2024〕7号"}, ["first"]),
        ({"q": "行道树"}, ["draft"]),
        ({"state": "draft"}, ["draft", "withheld"]),
        ({"state": "first"}, ["first"]),
        ({"state": "public"}, ["public"]),
        ({"state": "scheduled"}, ["scheduled"]),
        ({"state": "withdrawn"}, ["withdrawn"]),
        ({"state": "withheld"}, ["withheld"]),
        ({"made_from": "2024-08-20", "made_to": "2024-08-20"}, ["withdrawn"]),
        ({"made_to": "2024-08-19"}, ["public"]),
        ({"public_from": "2024-08-06", "public_to": "2024-08-06"}, ["public"]),
        ({"public_from": "2024-08-07"}, []),
        ({"agency": "MH0101", "type": "document", "state": "public"}, ["public"]),
        ({"holder": "初审"}, ["first"]),
        ({"holder": "信息员"}, ["draft", "withheld"]),
        ({"holder": "查无此人"}, []),
    ],
)
def test_each_condition_finds_its_rows(client, office, rows, query, names):
    assert shown(client, office.head, **query) == {rows[name].pk for name in names}


def test_an_index_number_is_found(client, office, rows):
    assert shown(client, office.head, q=rows["public"].index_number) == {rows["public"].pk}


def test_a_wrong_day_is_told_and_narrows_nothing(client, office, rows):
    client.force_login(office.head)
    page = client.get(reverse("desk:records"), {"made_from": "2024-13-01"})
    assert len(page.context["page"].rows) == len(rows)
    assert "成文自：" in page.content.decode() and "没有用来筛选" in page.content.decode()


def test_another_units_rows_are_never_found(client, office, rows):
    other = Office("MH0202", "明湖区教育局")
    assert shown(client, other.head) == set()
    assert shown(client, other.head, holder="初审") == set()


@pytest.mark.parametrize("sort", list_forms.ORDERS)
def test_every_order_shows_every_row_once_page_by_page(client, office, rows, monkeypatch, sort):
    monkeypatch.setattr(desk, "page", lambda *a, **k: paging.page(*a, size=2, **k))
    client.force_login(office.head)
    seen, query = [], {"sort": sort}
    for _ in range(3):
        page = client.get(reverse("desk:records"), query).context["page"]
        seen += [record.pk for record in page.rows]
        query = {"sort": sort, "after": page.older}
    order = list_forms.ORDERS[sort]
    keys = dict(Record.objects.annotate(**list_forms.ANNOTATED).values_list("pk", order.keys[0]))
    assert sorted(keys) == sorted(seen)
    assert seen == sorted(keys, key=lambda pk: (keys[pk], pk), reverse=not order.ascending)


def test_the_head_says_the_order_and_the_address_keeps_it(client, office, rows):
    client.force_login(office.head)
    page = client.get(reverse("desk:records"), {"sort": "newest", "q": "通知"}).content.decode()
    assert page.count("aria-sort=") == 1 and 'aria-sort="descending"' in page
    assert "sort=oldest" in page and 'name="sort" value="newest"' in page
    assert client.get(reverse("desk:records"), {"sort": "'"}).context["sort"] == ""


def test_the_row_says_with_whom_it_lies(client, office, rows):
    client.force_login(office.head)
    held = {record.pk: record.holder for record in client.get(reverse("desk:records")).context["page"].rows}
    assert (
        held[rows["draft"].pk] == "信息员" and held[rows["first"].pk] == "初审" and held[rows["public"].pk] == ""
    )


def test_an_own_paper_at_review_lies_with_the_others(client, office):
    both = office.person("both", "两岗", Role.CLERK, Role.FIRST_REVIEWER)
    edition = office.draft(by=both)
    actions.submit(edition, by=both, at=AT)
    assert shown(client, office.head, holder="两岗") == set()
    client.force_login(office.head)
    assert client.get(reverse("desk:records")).context["page"].rows[0].holder == "初审"


def test_the_export_is_what_is_shown_in_its_order(client, office, rows):
    client.force_login(office.head)
    query = {"format": "csv", "sort": "oldest", "q": "通知", "state": ""}
    answer = b"".join(client.get(reverse("desk:records"), query).streaming_content).decode("utf-8-sig")
    lines = list(csv.DictReader(answer.splitlines()))
    assert [line["标题"] for line in lines][:2] == ["关于修剪行道树的通知", "关于早期公开的通知"] and len(
        lines
    ) == 5
    first = next(line for line in lines if line["标题"] == "关于清理河道的通知")
    assert (first["在办环节"], first["在谁手上"], first["文号"]) == ("待初审", "初审", "明政办发〔2024〕7号")


def test_many_are_approved_as_they_were_listed_and_not_as_they_were_changed_since(client, office):
    """A file exchanged between the page that asks and the act once went through with the approval of the old one."""
    same, swapped = (office.draft(title=title) for title in ("关于清理河道的通知", "关于修剪行道树的通知"))
    for edition in (same, swapped):
        actions.submit(edition, by=office.clerk, at=AT)
    client.force_login(office.first)
    url, given = reverse("desk:bulk"), {"act": "pass", "pk": [same.record_id, swapped.record_id]}
    marks = re.findall(r'name="seen" value="([^"]+)"', client.post(url, given).content.decode())
    assert len(marks) == 2
    edition = actions.recall(swapped, by=office.clerk, at=AT)
    actions.attach(edition, "换上的.txt", "另一份".encode(), by=office.clerk, at=AT)
    actions.submit(office.fresh(edition), by=office.clerk, at=AT)
    result = client.post(url, given | {"confirmed": "1", "seen": marks}).content.decode()
    assert "不是最新" in result
    assert (office.fresh(same).stage, office.fresh(swapped).stage) == ("second", "first")
