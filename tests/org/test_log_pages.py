"""操作记录的页面:谁看得到哪些,怎么筛,一条的细目,导出。"""

import csv
import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gongkai.law.agencies import Role
from gongkai.org import actions, triggers, words
from gongkai.org.models import LogEntry
from tests.org.conftest import staff

pytestmark = pytest.mark.django_db
LOG = "desk:log"


@pytest.fixture
def log(units, admin, at):
    clerk = staff("clerk", units.own, Role.CLERK, name="陈某")
    actions.log("records.create", "新建甲", at=at, by=clerk, agency=units.own, about=clerk)
    actions.log("records.submit", "送审甲", at=at + timedelta(days=1), by=clerk, agency=units.own, about=clerk)
    actions.log("records.create", "新建水厂的", at=at + timedelta(days=2), by=clerk, agency=units.below)
    actions.log("records.create", "新建乙", at=at + timedelta(days=3), by=admin, agency=units.other)
    actions.log("web.demo", "=系统办的", at=at + timedelta(days=4))
    return clerk


def exported(client, query=""):
    response = client.get(f"{reverse(LOG)}?format=csv&{query}")
    rows = csv.DictReader(io.StringIO(b"".join(response).decode().lstrip("\ufeff")))
    return [row["说明"] for row in rows]


def text(response):
    return response.content.decode()


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        (Role.HEAD, ["新建水厂的", "送审甲", "新建甲"]),
        (Role.OFFICE, ["'=系统办的", "新建乙", "新建水厂的", "送审甲", "新建甲"]),
        (Role.INSPECTOR, ["'=系统办的", "新建乙", "新建水厂的", "送审甲", "新建甲"]),
    ],
)
def test_who_sees_what(client, units, log, role, seen):
    user = staff("u", units.own, role)
    client.force_login(user)
    assert exported(client) == seen
    page = text(client.get(reverse(LOG)))
    assert ("新建乙" in page) is ("新建乙" in seen)
    for entry in LogEntry.objects.all():
        status = client.get(reverse("desk:log_entry", args=[entry.seq])).status_code
        assert status == (200 if entry in LogEntry.objects.visible_to(user) else 404)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=新建", 3),
        ("person=陈某", 3),
        ("person=CLERK", 3),
        ("person=nobody", 0),
        ("agency=A0", 2),
        ("agency=A1", 1),
        ("action=records.create", 3),
        ("action=records.create&agency=B0", 1),
        ("since=2026-10-14", 3),
        ("until=2026-10-13", 2),
        ("since=2026-10-13&until=2026-10-13", 1),
        ("since=昨天&agency=NONE&action=x", 5),
        ("about=org.user:99999", 0),
        ("about=%00%27--", 5),
        ("q=", 5),
    ],
)
def test_filters(client, log, admin, query, found):
    client.force_login(admin)
    assert len(exported(client, query)) == found
    page = client.get(f"{reverse(LOG)}?{query}")
    assert page.status_code == 200
    assert ("没有符合" in text(page)) is (not found)
    assert ('class="keep">新建<' in text(page)) is ("新建" in " ".join(exported(client, query)))


def test_only_one_object(client, log, admin):
    client.force_login(admin)
    assert exported(client, f"about=org.user:{log.pk}") == ["送审甲", "新建甲"]
    page = text(client.get(f"{reverse(LOG)}?about=org.user:{log.pk}"))
    assert f"只看一个对象：人员（编号{log.pk}）" in page


def test_a_head_cannot_filter_into_another_agency(client, units, log):
    client.force_login(staff("u", units.own, Role.HEAD))
    assert exported(client, "agency=B0") == ["新建水厂的", "送审甲", "新建甲"], "别的单位不在选项里,等于没有填"
    assert "乙局" not in text(client.get(reverse(LOG)))


def test_an_entry_shows_what_changed_and_that_it_is_sound(client, units, admin, at):
    client.force_login(admin)
    units.own.phone = "0574-00000001"
    actions.save_agency(units.own, by=admin, at=at)
    seq = LogEntry.objects.get().seq
    page = text(client.get(reverse("desk:log_entry", args=[seq])))
    assert "对得上" in page and "0574-00000001" in page and "联系电话" in page and "公开单位" in page
    triggers.allow(connection, "UPDATE")
    LogEntry.objects.filter(seq=seq).update(summary="改过")
    assert "对不上" in text(client.get(reverse("desk:log_entry", args=[seq])))
    assert client.get(reverse("desk:log_entry", args=[10**30])).status_code == 404


def test_pages_follow_one_another(client, units, admin, at):
    for n in range(120):
        actions.log("org.place", f"第{n:03}件", at=at)
    client.force_login(admin)
    seen, address = [], reverse(LOG)
    while address:
        page = text(client.get(address))
        seen += [n for n in range(120) if f"第{n:03}件" in page]
        older = [part for part in page.split('href="') if 'rel="next"' in part[:0] or part.startswith("?after=")]
        address = reverse(LOG) + older[0].split('"')[0] if older else None
    assert sorted(seen) == list(range(120)) and len(seen) == 120


def test_a_page_costs_the_same_for_many(client, units, admin, at):
    client.force_login(admin)

    def cost(count):
        for n in range(count):
            actions.log("org.place", f"第{n}件", at=at, by=admin, agency=units.own)
        with CaptureQueriesContext(connection) as seen:
            client.get(reverse(LOG))
        return len(seen)

    cost(1)  # 第一次还要记下会话
    assert cost(3) == cost(40)


def test_every_action_in_the_code_has_a_name():
    """A new action gets its Chinese name in its app's ``data/actions.toml``."""
    import re
    from pathlib import Path

    package = Path(__file__).parents[2] / "gongkai"
    sources = "\n".join(path.read_text("utf-8") for path in package.rglob("*.py"))
    written = set(re.findall(r"\b(?:log|_note|account_event)\(\s*\"([a-z_]+\.[a-z_]+)\"", sources))
    assert len(written) > 30
    assert {code for code in written if words.action(code) == code} == set()


def test_words_for_the_unknown():
    assert (words.action("x.y"), words.kind("x.y"), words.kind("x"), words.detail("z")) == ("x.y", "x.y", "x", "z")
