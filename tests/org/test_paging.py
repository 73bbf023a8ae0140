"""翻页:往后翻到底、再往前翻回来,每一行恰好出现一次。"""

import pytest
from django.http import QueryDict

from gongkai.desk.paging import page
from gongkai.org.models import Agency

pytestmark = pytest.mark.django_db


@pytest.fixture
def agencies():
    for n in range(23):
        Agency.objects.create(code=f"A{n:02}", name=f"单位{n:02}", kind="department", order=n // 4)


def walk(direction, start):
    seen, cursor = [], start
    while cursor:
        result = page(Agency.objects.all(), QueryDict(f"{direction}={cursor}"), keys=("order", "pk"), size=5)
        seen.append(result)
        cursor = result.older if direction == "after" else result.newer
    return seen


def test_forth_and_back(agencies):
    wanted = list(Agency.objects.order_by("-order", "-pk"))
    first = page(Agency.objects.all(), QueryDict(""), keys=("order", "pk"), size=5)
    assert first.newer is None
    pages = [first, *walk("after", first.older)]
    assert [row for one in pages for row in one.rows] == wanted
    back = walk("before", pages[-1].newer)
    assert [row for one in reversed(back) for row in one.rows] == wanted[: len(wanted) - len(pages[-1].rows)]


@pytest.mark.parametrize("cursor", ["x", "W10", "WyJhIl0", "%00", "WzEsMiwzXQ"])
def test_a_damaged_cursor_gives_the_first_page(agencies, cursor):
    result = page(Agency.objects.all(), QueryDict(f"after={cursor}"), keys=("order", "pk"), size=5)
    assert result.rows == list(Agency.objects.order_by("-order", "-pk")[:5])


def test_empty():
    assert page(Agency.objects.all(), QueryDict("")).rows == []
