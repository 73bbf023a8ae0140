"""正文写明的有效期:登记里没有填的按正文登记,到期处处标失效;填得不一样的提出来;从前录入的补上。"""

import io
from datetime import date

import pytest
from django.core.management import call_command
from django.urls import reverse

from gongkai.law.validity import Validity
from gongkai.org.models import LogEntry
from gongkai.records import checks
from gongkai.records.models import Record
from gongkai.records.validity import validity_on
from tests.records.office import AT, Office

pytestmark = pytest.mark.django_db
BODY = "<p>第一条 为了规范管理，制定本办法。</p><p>第九条 本办法自2012年5月1日起施行，有效期五年。</p>"
PAPER = {"made_on": date(2012, 4, 1), "effective_on": date(2012, 5, 1), "body": BODY}


def codes(edition):
    return {finding.code for finding in checks.run(edition, on=AT.date())}


def test_a_paper_of_2012_with_a_term_of_five_years_is_shown_as_expired(client):
    """It once was shown as in force: nobody had filled in the end that article 9 states."""
    office = Office()
    record = office.publish(first_published_on=date(2012, 4, 5), **PAPER)
    assert record.expires_on == date(2017, 4, 30)
    assert validity_on(record, AT.date()) is Validity.EXPIRED
    page = client.get(record.get_absolute_url()).content.decode()
    assert "有效期至2017年4月30日" in page and "失效" in page
    listed = client.get(reverse("public:records") + "?validity=ended").content.decode()
    assert record.title in listed
    assert client.get(reverse("public:api_record", args=[record.pk])).json()["expires_on"] == "2017-04-30"


def test_an_extension_that_was_filled_in_stands_and_the_difference_is_pointed_out():
    office = Office()
    draft = office.draft(expires_on=date(2027, 4, 30), **PAPER)
    assert "term-differs" in codes(draft) and "term-missing" not in codes(draft)
    assert office.sign(draft).expires_on == date(2027, 4, 30)


def test_what_is_missing_is_pointed_out_and_what_agrees_is_not():
    office = Office()
    assert "term-missing" in codes(office.draft(**PAPER))
    agreeing = codes(office.draft(expires_on=date(2017, 4, 30), **PAPER))
    assert not agreeing & {"term-missing", "term-differs"}


def test_terms_of_older_records_are_registered_by_recount():
    office = Office()
    record = office.publish(first_published_on=date(2012, 4, 5), **PAPER)
    Record.objects.filter(pk=record.pk).update(expires_on=None)
    listed = io.StringIO()
    call_command("recount", "--dry-run", stdout=listed, stderr=io.StringIO())
    assert f"{record.index_number}\t无 → 2017-04-30" in listed.getvalue()
    assert Record.objects.get(pk=record.pk).expires_on is None
    call_command("recount", stdout=io.StringIO(), stderr=io.StringIO())
    assert Record.objects.get(pk=record.pk).expires_on == date(2017, 4, 30)
    entry = LogEntry.objects.get(action="records.term")
    assert "有效期五年" in entry.summary
    call_command("recount", stdout=io.StringIO(), stderr=io.StringIO())
    assert LogEntry.objects.filter(action="records.term").count() == 1
