"""解读统计:每个数等于它背后的件,占比照方案的目标。"""

from datetime import timedelta

import pytest
from django.urls import reverse

from gongkai.org.models import Agency
from gongkai.policies import figures
from gongkai.records import actions as records
from gongkai.records.terms import RelationKind
from tests.policies.bundle import released
from tests.records.office import AT


@pytest.fixture
def year(office):
    released(office, "文字", "图表图解", "负责人解读", "动漫")
    late = office.publish("interpretation", at=AT + timedelta(days=9), title="迟到的解读", fields={"form": "文字"})
    paper = office.publish(title="被解读的通知")
    records.relate(late, paper, RelationKind.INTERPRETS, by=office.clerk, at=AT)
    office.publish("interpretation", title="谁也不解读", fields={"form": "音频", "by_head": "是"})
    return figures.lines(Agency.objects.all(), 2024, AT + timedelta(days=30))


def test_each_figure(year):
    (line,) = year
    assert {key: n for key, _, n in line.figures} == {
        "all": 6,
        "diverse": 2,
        "head": 2,
        "together": 4,
        "late": 1,
        "loose": 1,
    }
    assert (line.share.diverse, line.share.total, line.share.meets) == (2, 6, True)
    assert line.enough_by_head is True
    assert figures.total(year, 2024).figures == line.figures


def test_other_years_are_empty(office, year):
    assert figures.lines(Agency.objects.all(), 2023, AT) == []
    empty = figures.total([], 2012)
    assert empty.share.share is None and empty.enough_by_head is None


def test_the_page_opens_what_is_behind(client, office, year):
    client.force_login(office.clerk)
    url = reverse("desk:policies_figures")
    text = client.get(url, {"year": 2024, "count": "late", "agency": office.agency.code}).content.decode()
    assert "迟到的解读" in text and "迟于文件" in text and "谁也不解读" not in text
    assert "33%" in text and "达到目标" in text
    assert "迟到的解读" not in client.get(url, {"year": "2024"}).content.decode()
    table = client.get(url, {"year": 2024, "format": "csv"}).content.decode()
    assert "33.3%" in table
    assert "没有公开的解读" in client.get(url, {"year": 2010, "count": "no"}).content.decode()
