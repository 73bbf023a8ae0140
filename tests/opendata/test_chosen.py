"""筛选、排序出来的行可以下载:一行不多一行不少,太多的不截断,收紧以后没有。"""

import pytest
from django.urls import reverse

from gongkai.law.opendata.terms import Opening
from gongkai.opendata import actions
from tests.opendata.steward import PARKING, Steward
from tests.records.office import Office, moment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("here")]
AT = moment(2026, 9, 1, 9)


@pytest.fixture
def steward(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT)
    office = Office()
    return Steward(office.agency, office.people, AT)


def text_of(response):
    return response.content.decode()


def test_the_rows_that_were_chosen_are_taken_along_whole_or_not_at_all(steward, client, monkeypatch):
    rows = "".join(f"停车场{n},地址{n},望湖街道,{n},-1.50,2020-01-01\n" for n in range(1, 121))
    head = PARKING.splitlines()[0]
    dataset = steward.opened(head + "\n" + rows)
    table, file = (reverse(f"public:opendata_{name}", args=[dataset.pk]) for name in ("table", "chosen"))
    assert file not in text_of(client.get(table)), "没有筛选的下载整份"
    query = "?f=spaces&w=gte&v=61&sort=-spaces"
    page = text_of(client.get(table + query))
    assert "合条件的60行" in page and f"{file}{query}".replace("&", "&amp;") in page
    lines = b"".join(client.get(file + query).streaming_content).decode("utf-8-sig").splitlines()
    assert len(lines) == 61 and lines[0] == head
    assert lines[1] == "停车场120,地址120,望湖街道,120,-1.50,2020-01-01" and lines[-1].startswith("停车场61,")
    monkeypatch.setattr("gongkai.opendata.views.chosen.MOST", 59)
    refused = client.get(file + query)
    assert refused.status_code == 400 and "合条件的有60行，一次至多下载59行" in text_of(refused)
    assert "不是车位数" in text_of(client.get(file + "?f=spaces&w=gte&v=很多"))
    actions.tighten(dataset, Opening.PROHIBITED, "不妥。", basis="某", by=steward.clerk, at=AT)
    assert client.get(file + query).status_code == 404
