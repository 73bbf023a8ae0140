"""工作台的网址、表单里交来的编号和日子怎样乱填都是一句话,不是出错。"""

from contextlib import suppress
from itertools import islice

import pytest
from django.http import QueryDict
from django.urls import NoReverseMatch, get_resolver, reverse

from gongkai.desk.numbers import whole, wholes
from gongkai.org.forms import MergeForm
from gongkai.org.models import Agency
from gongkai.web.forms import VisitFilter
from tests.foi.desk import Desk
from tests.web.test_hostile_parameters import NAMES, VALUES

pytestmark = pytest.mark.django_db
EXTREME = ("0001-01-01", "9999-12-31", "2024-02-31", "²٣", "9" * 400)
MORE = (
    "since",
    "until",
    "round",
    "plan",
    "copy",
    "adjusts",
    "meeting",
    "handler",
    "origin",
    "part",
    "row",
    "month",
)


def pages():
    """Each page of the desk that needs no argument."""
    for name in sorted(
        one for one in get_resolver().namespace_dict["desk"][1].reverse_dict if isinstance(one, str)
    ):
        with suppress(NoReverseMatch):
            yield reverse(f"desk:{name}")


@pytest.mark.parametrize("text", ["²", "٣", "-1", "1.0", " 1", "9" * 5000, "", None, "１"])
def test_only_ten_digits_make_a_number(text):
    assert whole(text) is None and wholes([text or ""]) == []


def test_a_number_is_a_number():
    assert whole("007") == 7 and wholes(["1", "x", "2"], most=1) == [1]


def test_no_parameter_breaks_a_page_of_the_desk(client, settings):
    settings.REQUIRE_MFA = False
    desk = Desk()
    client.force_login(desk.office)
    client.raise_request_exception = False
    given = [*VALUES, *EXTREME]
    query = {name: given[n * 5 % len(given)] for n, name in enumerate((*NAMES, *MORE))}
    failed = [page for page in islice(pages(), 0, None, 3) if client.get(page, query).status_code >= 500]
    assert failed == []


@pytest.mark.parametrize(("day", "right"), [("0001-01-01", False), ("9999-12-31", False), ("2025-02-28", True)])
def test_days_of_another_age_are_refused_with_a_sentence(day, right):
    form = MergeForm(QueryDict(f"on={day}"), agency=Desk().agency)
    said = "".join(form.errors.get("on", []))
    assert ("不像真的，请核对日期" in said) != right


def test_a_filter_takes_no_notice_of_them():
    form = VisitFilter(QueryDict("until=0001-01-01&since=9999-12-31"), agencies=Agency.objects.none())
    assert form.value_of("until") is None and form.value_of("since") is None
