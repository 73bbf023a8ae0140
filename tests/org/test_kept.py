"""登录过期时没有交成的表:登录以后回到原来那一页,填的都在;别人取不到,过了时间不认,取一次就没有。"""

import json
import re
import time
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from gongkai.foi.models import Letter
from gongkai.org import kept
from tests.foi.desk import Desk, moment
from tests.records.office import Office

pytestmark = pytest.mark.django_db
WORDS = "写了半个小时的一大段话，不能丢。"


@pytest.fixture
def data(settings, tmp_path):
    settings.GONGKAI_DATA = tmp_path
    return tmp_path / "kept"


def expired(client, user, page, action, values):
    """Signed in on the page, the session then runs out, the form is sent: where the browser is sent."""
    client.force_login(user)
    assert client.get(page).status_code == 200
    client.cookies.pop("sessionid")
    return client.post(action, values, headers={"referer": f"http://testserver{page}"})


def next_of(answer):
    assert answer.status_code == 302 and "login" in answer.url
    return re.search(r"next=([^&]+)", answer.url)[1].replace("%3F", "?").replace("%3D", "=").replace("%2F", "/")


def values_in(page):
    found = re.search(r'<script id="kept-values" type="application/json">(.*?)</script>', page.content.decode())
    return json.loads(unescape(found[1])) if found else None


def cases():
    """(page, action, values) of long forms in several parts of the product."""
    desk, office = Desk(), Office("MH0140", "明湖区文化馆")
    case = desk.case("2026-02-20")
    letter = Letter.objects.create(
        application=case, kind="correction", drafted_by=desk.clerk, drafted_at=moment("2026-02-21")
    )
    record = office.draft(title="关于春节放假的通知").record
    act = reverse("desk:foi_act", args=[case.pk, "counsel"])
    edit = reverse("desk:edit", args=[record.pk])
    draft = reverse("desk:foi_edit_letter", args=[case.pk, letter.pk])
    new, register = reverse("desk:new"), reverse("desk:foi_new")
    page = reverse("desk:foi_letter", args=[case.pk, letter.pk])
    yield desk.clerk, act, act, {"text": WORDS}
    yield desk.clerk, draft, draft, {"defects": WORDS, "days": "15"}
    yield desk.clerk, register, register, {"a-description": WORDS, "a-name": "张某"}
    yield desk.clerk, page, reverse("desk:foi_deliver", args=[case.pk, letter.pk]), {"tracking": WORDS}
    yield office.clerk, edit, edit, {"body": f"<p>{WORDS}</p>", "title": "标题", "revision": "1"}
    yield (
        office.clerk,
        edit,
        reverse("desk:attach", args=[record.pk]),
        {"body": f"<p>{WORDS}</p>", "revision": "1"},
    )
    yield office.clerk, new, new, {"title": WORDS}


def test_long_forms_all_over_the_desk_come_back_filled_in(client, data):
    seen = 0
    for user, page, action, values in cases():
        back = next_of(expired(client, user, page, action, values))
        assert back.split("?")[0] == page, action
        client.force_login(user)
        shown = client.get(back)
        found = values_in(shown)
        assert shown.status_code == 200 and found["action"] == action
        assert dict(found["pairs"]) == values and WORDS in shown.content.decode()
        assert "没有交成" in shown.content.decode()
        assert values_in(client.get(back)) is None and not list(data.glob("*"))
        seen += 1
    assert seen == 7


def test_it_lies_sealed_and_only_the_same_person_gets_it(client, data):
    desk = Desk()
    page = reverse("desk:foi_new")
    back = next_of(expired(client, desk.clerk, page, page, {"a-description": WORDS}))
    (file,) = data.glob("*")
    assert WORDS not in file.read_text("utf-8") and file.stat().st_mode & 0o077 == 0
    client.force_login(desk.colleague)
    assert values_in(client.get(back)) is None
    client.force_login(desk.clerk)
    assert values_in(client.get(back)) is not None


def test_a_form_whose_token_another_window_made_stale_is_kept(data):
    """Signing in anew in a second window changes the token; the first window's form was refused and lost."""
    desk, page, client = Desk(), reverse("desk:foi_new"), Client(enforce_csrf_checks=True)
    client.force_login(desk.clerk)
    client.get(page)
    refused = client.post(page, {"a-description": WORDS}, headers={"referer": f"http://testserver{page}"})
    assert refused.status_code == 403
    back = unescape(re.search(r'href="([^"]+)">回到表单，填的都在', refused.content.decode())[1])
    assert dict(values_in(client.get(back))["pairs"]) == {"a-description": WORDS}


def test_too_late_is_too_late(client, data, monkeypatch):
    desk, page = Desk(), reverse("desk:foi_new")
    back = next_of(expired(client, desk.clerk, page, page, {"a-description": WORDS}))
    client.force_login(desk.clerk)
    now = time.time()
    monkeypatch.setattr(kept.time, "time", lambda: now + kept.GOOD + 1)
    assert values_in(client.get(back)) is None
    assert kept.sweep(now + 3 * kept.GOOD) == 1 and kept.sweep() == 0


def test_a_stranger_keeps_nothing(client, data):
    page = reverse("desk:foi_new")
    answer = client.post(page, {"a-description": WORDS})
    assert next_of(answer) == reverse("desk:home") and not data.exists()
    client.cookies[kept.PERSON] = "1:forged"
    client.post(page, {"a-description": WORDS})
    assert not data.exists()


def test_what_a_script_sends_in_the_background_is_not_kept(client, data):
    desk, page = Desk(), reverse("desk:foi_new")
    client.force_login(desk.clerk)
    client.get(page)
    client.cookies.pop("sessionid")
    client.post(page, {"a-description": WORDS}, headers={"sec-fetch-dest": "empty"})
    assert not data.exists()


def test_a_token_that_is_nobodys(client, data):
    desk = Desk()
    client.force_login(desk.clerk)
    for token in ("x", "../vault.key", "a" * 5000, ""):
        assert client.get(reverse("desk:foi_new"), {"kept": token}).status_code == 200


def test_a_delivery_with_an_impossible_day_stays_on_the_page_of_the_letter(client):
    desk = Desk()
    case = desk.case("2026-02-20")
    at = moment("2026-02-21")
    letter = Letter.objects.create(
        application=case,
        kind="correction",
        drafted_by=desk.clerk,
        drafted_at=at,
        issued_at=at,
        issued_on=at.date(),
    )
    client.force_login(desk.clerk)
    given = {"tracking": WORDS, "posted_on": "2026-02-30"}
    page = client.post(reverse("desk:foi_deliver", args=[case.pk, letter.pk]), given)
    assert page.status_code == 422 and WORDS in page.content.decode() and "2026-02-30" in page.content.decode()
    assert "“交邮之日”不是有效的日期" in page.content.decode()
