"""督查考核的每个页面:主管、督查、信息员、负责人各打开一遍;别的单位打不开。"""

from datetime import datetime

import pytest
from django.urls import reverse

from gongkai.supervision import urls
from tests.conftest import SHANGHAI
from tests.records.office import Office
from tests.supervision import probe

pytestmark = pytest.mark.django_db
AT = datetime(2026, 10, 12, 9, 30, tzinfo=SHANGHAI)
SECRET = "另一件草稿"


@pytest.fixture
def own(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT)
    return Office()


def addresses(own):
    """Every desk address of the room by its name, with the samples for its arguments."""
    given = probe.samples(own, AT, SECRET)
    for pattern in urls.desk:
        wanted = dict(given["arguments"].get(pattern.name, {}))
        if "pk" in pattern.pattern.converters:
            wanted["pk"] = given["pks"][pattern.name]
        yield pattern.name, reverse(f"desk:{pattern.name}", kwargs=wanted)


def test_every_page_opens_for_those_who_may(client, own):
    found = list(addresses(own))
    for role in ("office", "inspector", "clerk", "head"):
        client.force_login(getattr(own, role))
        codes = {name: client.get(url).status_code for name, url in found}
        assert set(codes.values()) <= {200, 302, 403, 405}, codes
        assert sum(code == 200 for code in codes.values()) > 15, role


def test_another_unit_sees_nothing(client, own):
    found = list(addresses(own))
    client.force_login(Office(code="MH0999", name="明湖区别的局").clerk)
    for name, url in found:
        response = client.get(url)
        assert SECRET not in response.content.decode(errors="replace"), name


def test_exports_are_tables(client, own):
    probe.samples(own, AT, SECRET)
    client.force_login(own.inspector)
    for name in ("figures", "corrections", "hearings", "trainings", "supports", "results"):
        response = client.get(reverse(f"desk:supervision_{name}"), {"format": "csv"})
        assert response["Content-Type"].startswith("text/csv"), name
