"""样本区:装得进、装两次不多、各种情形都有、派生列重算不变、操作记录完整、没有真的号码。"""

import gzip
import re
from datetime import date

import pytest
from django.utils import timezone

from gongkai.adapters.personal import personal_data
from gongkai.foi.actions.common import derive as derive_case
from gongkai.foi.models import Application
from gongkai.law import replies
from gongkai.law.steps import table
from gongkai.org.chain import verify
from gongkai.org.models import Agency, Place, User
from gongkai.records import checks, counts
from gongkai.records.actions.derived import COLUMNS, derive
from gongkai.records.models import Edition, Record
from gongkai.sections import layout, listing
from gongkai.sections.models import Section
from gongkai.web.demo import compose, load

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def test_composing_is_the_same_each_time():
    first, second = compose.samples(), compose.samples()
    assert first == second and len(first) >= 300
    years = {one.description["made_on"].year for one in first}
    assert years >= set(range(2005, 2027))
    assert not [one for one in first if re.search(r"[{}]", one.description["title"] + one.description["body"])]


def assert_applications():
    """Every outcome and every state is there, and the columns are what a recount gives."""
    rows = Application.objects.all()
    assert rows.count() >= 300
    assert {*rows.values_list("outcome", flat=True)} - {""} == {*replies.outcomes()} - {"fee_paid"}
    assert {*rows.values_list("state", flat=True)} == {*table().states} - {"transferred"}
    assert rows.filter(late=True).exists() and rows.exclude(late_cause="").exists()
    names = [field.name for field in Application._meta.fields]
    for one in rows.prefetch_related("steps", "items"):
        before = {name: getattr(one, name) for name in names}
        derive_case(one, timezone.localdate())
        assert {name: getattr(one, name) for name in names} == before, one


def assert_sections():
    """Three towns and two topics are open, each list holds something; one waits; few pages change with one record."""
    opened = Section.objects.open()
    assert (opened.filter(kind="unit").count(), opened.filter(kind="topic").count()) == (3, 2)
    assert Section.objects.exclude(submitted_at=None).count() == 1
    now, on = timezone.now(), timezone.localdate()
    for one in opened:
        page = layout.fill(one, one.shown, now, on)
        assert [block.heading for block in page.blocks if not block.rows and block.kind != "search"] == [], one
    most = max(len(listing.by_spots({spot}) | listing.by_records({1})) for spot in counts.all_spots())
    assert most <= 6


#: What must not stand in the output of a first run.
ALARMING = re.compile(r"Traceback|Error|WARNING|Warning|ERROR|Missing staticfiles", re.I)


def test_the_first_run_is_quiet_and_complete(first_run):
    """An empty folder, no fonts, nothing beside the checkout: no traceback, no warning, pages written with their styles."""
    alarming = [line for line in first_run.output.splitlines() if ALARMING.search(line)]
    assert (alarming, first_run.status) == ([], 0)
    home = gzip.decompress((first_run.folder / "public" / "current" / "index.html.gz").read_bytes()).decode()
    styles = re.findall(r"/static/([^\"]+\.css)", home)
    assert styles and [name for name in styles if not (first_run.folder / "static" / name).exists()] == []


def test_the_whole_district(loaded):
    assert load.is_loaded()
    assert 55 <= Agency.objects.count() <= 70 and Place.objects.count() >= 4 and User.objects.count() > 300
    now = timezone.now()
    assert Record.objects.public(now).count() > 300
    assert {*Edition.objects.values_list("stage", flat=True)} >= {
        "draft",
        "returned",
        "first",
        "final",
        "live",
        "superseded",
    }
    assert {*Record.objects.values_list("withdrawn", flat=True)} == {
        "",
        "repealed",
        "retracted",
        "confidential",
        "moved",
    }
    assert Record.objects.filter(late=True).exists() and Record.objects.withheld().count() >= 8
    # 派生列:重算每一件,同存着的一样
    for record in Record.objects.select_related("agency"):
        before = {name: getattr(record, name) for name in COLUMNS}
        derive(record)
        assert {name: getattr(record, name) for name in COLUMNS} == before, record
    assert_applications()
    assert_sections()
    assert verify().faults == ()
    # 虚构的区里没有像真的个人信息
    found = [one for text in Edition.objects.values_list("text", flat=True) for one in personal_data(text)]
    assert found == []
    # 已签发的都过得了检查
    on = date(2026, 10, 30)
    for edition in Edition.objects.filter(stage="live").select_related("record__agency")[:60]:
        assert [one for one in checks.run(edition, on=on) if one.severity == "block"] == []
