"""本站的栏目在检索里找得到:导航里有的都在,一句口语到得了那一页,打了全名的排在前面。"""

import pytest
from django.utils import timezone

from gongkai.desk.rooms import footer, public_navigation
from gongkai.search import elsewhere, shelves
from gongkai.search.query import analyse
from gongkai.search.tuning import Tuning

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def leading(text):
    tuning, at = Tuning(), timezone.now()
    asked = analyse(text, tuning.cutter(()), synonyms=tuning.synonyms)
    kinds = elsewhere.elsewhere(asked, at, timezone.localdate())
    return [row.title for kind in kinds if kind.leads for row in kind.rows]


def test_every_page_of_the_navigation_is_there_once():
    known = {entry.name for _, entries in (*public_navigation(), *footer()) for entry in entries}
    rows = list(shelves.pages(timezone.now()))
    assert len({row.address for row in rows}) == len(rows) >= len(known)
    assert set(shelves.described()) - known == {"progress"}, "网址的名称写错了"
    assert all(title and note for title, note in shelves.described().values())


@pytest.mark.parametrize(
    ("said", "page"),
    [
        ("给区长写封信", "写信（领导信箱、咨询投诉）"),
        ("上个月交的公开申请有没有回音", "查进度"),
        ("想要一份拆迁的批文怎么跟政府要", "依申请公开"),
        ("政府网站上写错了告诉谁", "我为政府网站找错"),
        ("我们村的账本在哪看", "村（居）务公开"),
        ("电视问政上次说的那个路灯修了没", "电视问政"),
        ("政府公报", "政府公报"),
    ],
)
def test_a_sentence_leads_to_the_page(said, page):
    assert page in leading(said)


@pytest.mark.parametrize("said", ["养鳄鱼", "区政府2023年政府信息公开年度报告", "高龄津贴"])
def test_no_page_is_guessed(said):
    assert not set(leading(said)) & {row.title for row in shelves.pages(timezone.now())}
