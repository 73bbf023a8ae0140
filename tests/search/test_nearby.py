"""照字面找不到的,按意思相近的给几条:说得中多少、没有这回事的给多少、撤下的不给、没有装模型的没有这一段。"""

import csv
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone

from gongkai.org.sample import LAST_DAY, moment
from gongkai.search import jobs, nearby
from gongkai.services.models import Guide
from gongkai.services.terms import GuideState

pytestmark = [pytest.mark.django_db, pytest.mark.once]
TABLES = Path(__file__).parents[1] / "tables"
AT = moment(LAST_DAY, 18)


def rows(name):
    with (TABLES / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def titles(text, **more):
    kind = nearby.nearby(text, AT, LAST_DAY, **more)
    return [row.title for row in kind.rows] if kind else []


def test_it_names_what_words_do_not_and_mostly_holds_its_tongue_where_there_is_nothing(
    loaded, client, monkeypatch
):
    """The queries were written for the words; nothing here was fitted to them but the one line (``FLOOR``)."""
    assert titles("我家狗要上牌吗") == [], "还没有算"
    while nearby.learn(AT, LAST_DAY):
        pass
    assert "养犬登记" in titles("我家狗要上牌吗")
    shown = [(titles(row["打的"]), row["该找到的"].split("|")) for row in rows("lay_blind.csv")]
    given = [any(word in title for title in found for word in wanted) for found, wanted in shown if found]
    foreign = [bool(titles(row["打的"])) for row in rows("lay_nothing.csv")]
    print(f"给出{len(given)}/{len(shown)},其中说中{sum(given)};没有这回事的给出{sum(foreign)}/{len(foreign)}")
    assert len(given) >= 0.6 * len(shown) and sum(given) >= 0.65 * len(given)
    assert sum(foreign) <= 0.25 * len(foreign)

    guide = nearby.nearby("我家狗要上牌吗", AT, LAST_DAY).rows[0].address
    assert "养犬登记" not in titles("我家狗要上牌吗", but=frozenset([guide])), "网页上已经有了"
    jobs.rebuild(on=LAST_DAY, at=AT)
    monkeypatch.setattr(timezone, "now", lambda: AT)
    monkeypatch.setattr(timezone, "localdate", lambda *a: LAST_DAY)
    for name in ("public:search", "public:ask"):
        page = client.get(reverse(name), {"q": "我家狗要上牌吗"}).content.decode()
        assert "意思相近的" in page and guide in page, name
        assert "意思相近的" not in client.get(reverse(name), {"q": "加装电梯"}).content.decode(), name
    Guide.objects.filter(pk=guide.strip("/").split("/")[-1]).update(state=GuideState.CANCELLED)
    later = nearby.nearby("我家狗要上牌吗", AT + timedelta(minutes=1), LAST_DAY)
    assert later is None or guide not in [row.address for row in later.rows], "撤下了"

    monkeypatch.setattr(nearby, "load", lambda: None)
    assert jobs.learn(at=AT) is None and titles("高龄津贴") == [], "没有装模型"
