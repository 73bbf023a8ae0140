"""有人申请的文件已经移交档案馆的:承办人看得到,照着填,答复书写明归档案馆、依据哪一条;没有到期的仍由本机关办。"""

from datetime import date

import pytest
from django.urls import reverse

from gongkai.backfile import actions
from gongkai.backfile.models import Transfer
from gongkai.foi import advice
from gongkai.law import handover as law
from tests.foi.desk import Desk

pytestmark = pytest.mark.django_db
ON = date(2025, 2, 20)
ROW = {
    "title": "关于做好农村道路养护工作的通知",
    "doc_number": "明民发〔2006〕4号",
    "reference_code": "1031-WS·2006-Y-0004",
    "date_text": "2006-02-05",
}


@pytest.fixture
def desk(db):
    return Desk()


def handed(desk, at, row=None, *, on=date(2018, 3, 1)) -> Transfer:
    """One batch in the archive with one paper."""
    given = ROW | (row or {})
    year = int(given["date_text"][:4])
    span = {"fonds": "1031", "archive": "明湖区档案馆", "since": year, "until": year, "tested": "四项检测通过"}
    made = actions.open_transfer(desk.agency, span, by=desk.clerk, at=at)
    said = {"opinion": "open", "disclosed": "not", "secrecy_change": "无密级"}
    actions.save_row(made, None, given | said, by=desk.clerk, at=at)
    return actions.hand_over(made, on, "方某", by=desk.clerk, at=at)


def item_of(desk, asked, **more):
    return desk.case("2025-02-20", description=asked, **more).items.get()


@pytest.mark.parametrize(
    ("asked", "more"),
    [
        ("明民发[2006]4号", {}),
        ("请提供所附文号的文件", {"doc_number": "明民发〔2006〕4号"}),
        ("《关于做好农村道路养护工作的通知》全文", {}),
        ("2006年农村道路养护的通知", {}),
    ],
)
def test_the_paper_is_known_by_number_title_or_words(desk, at, asked, more):
    handed(desk, at)
    (found,) = advice.advice_for(item_of(desk, asked, **more), ON)
    assert found.outcome == "special_law" and "已经移交明湖区档案馆" in found.said
    assert found.source == "《条例》第三十六条第(七)项、《档案法》第十五条第二款"
    assert "移交期限届满" in found.answers["law"] and "2018年3月1日" in found.facts["reason"]


@pytest.mark.parametrize(
    ("asked", "row", "on"),
    [
        ("2006年妇联评选先进的通知", {}, date(2018, 3, 1)),
        ("明民发〔2007〕4号", {}, date(2018, 3, 1)),
        ("明民发〔2006〕4号", {}, date(2025, 3, 1)),
    ],
)
def test_what_is_not_it_is_not_said(desk, at, asked, row, on):
    handed(desk, at, row, on=on)
    assert advice.advice_for(item_of(desk, asked), ON) == []


def test_what_was_handed_over_early_is_still_the_agencys_to_answer(desk, at):
    row = {"date_text": "2019-02-05", "doc_number": "明民发〔2019〕4号", "reference_code": "1031-WS·2019-Y-0004"}
    handed(desk, at, row, on=date(2020, 3, 1))
    (found,) = advice.advice_for(item_of(desk, "明民发〔2019〕4号"), ON)
    assert found.outcome == "" and "仍由本机关答复" in found.said and "2029-02-05" in found.said


def test_what_is_public_is_answered_as_public():
    route = law.route(date(2006, 2, 5), 2006, handed_over=date(2018, 3, 1), extended_until=None, on=ON)
    given = {"archive": "明湖区档案馆", "where": "全宗号1031", "handed_on": date(2018, 3, 1)}
    found = law.reply(route, public=True, **given)
    assert found.outcome == "already_public" and found.source == "《条例》第三十六条第(一)项"
    own = law.route(date(2019, 2, 5), 2019, handed_over=date(2020, 3, 1), extended_until=None, on=ON)
    assert law.reply(own, public=True, **given) is None


def test_the_clerk_follows_the_advice_and_the_reply_names_the_archive(desk, at, client, monkeypatch):
    handed(desk, at)
    item = item_of(desk, "明民发〔2006〕4号")
    client.force_login(desk.clerk)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *given: ON)
    url = reverse("desk:foi_decide", args=[item.application_id, item.pk])
    assert "照此填" in client.get(url).content.decode()
    form = client.get(url + "?advice=1").context["form"]
    filled = {name: form[name].value() or "" for name in form.fields}
    assert filled["outcome"] == "special_law" and "明湖区档案馆" in filled["fact_where"]
    assert client.post(url, filled).status_code == 302
    item.refresh_from_db()
    assert item.outcome == "special_law" and "档案利用" in item.answers["law"]
    assert client.get(url + "?advice=9").context["form"]["outcome"].value() == "special_law"


def test_every_unit_and_year_that_is_overdue_is_exported(desk, client, at, monkeypatch):
    from gongkai.backfile import checks
    from gongkai.backfile.views import transfers

    rows = [checks.Overdue(desk.agency, 1900 + n % 100, 1, ON) for n in range(450)]
    monkeypatch.setattr(transfers.checks, "overdue", lambda agencies, on: rows)
    client.force_login(desk.clerk)
    shown = client.get(reverse("desk:backfile_transfers")).content.decode()
    assert "共450行、450件" in shown and "只列出前12行" in shown
    table = b"".join(client.get(reverse("desk:backfile_transfers") + "?format=csv")).decode()
    assert len(table.splitlines()) == 451
