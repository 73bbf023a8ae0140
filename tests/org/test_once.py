"""一张表只收一次:同一张再来得到同样的回执,改过的说出来,没有办成的不算用过;回执一刻钟,别的表的打不开。"""

import re
from datetime import timedelta

import pytest
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from gongkai.law.errors import RuleBroken
from gongkai.org import once as kit
from gongkai.org.models import Submission
from gongkai.records.models import Record
from tests.records.office import Office

pytestmark = pytest.mark.django_db
AT = timezone.make_aware(timezone.datetime(2025, 3, 3, 10))


@pytest.fixture
def office():
    return Office()


def post(**values):
    return RequestFactory().post("/", values)


def sent(request, done, at=AT):
    return kit.once(request, "test", lambda: done.append(1) or {"n": len(done)}, at=at)


def test_the_same_form_is_taken_in_once_and_answered_alike():
    done = []
    assert [sent(post(once="a", text="甲"), done)["n"] for _ in range(3)] == [1, 1, 1]
    assert sent(post(once="b", text="甲"), done)["n"] == 2
    assert "甲" not in str(list(Submission.objects.values_list()))


def test_another_text_in_a_used_form_is_told():
    done = []
    sent(post(once="a", text="甲"), done)
    with pytest.raises(RuleBroken, match="已经提交过"):
        sent(post(once="a", text="乙"), done)
    assert len(done) == 1


def test_a_file_counts_as_well():
    done = []
    for content in (b"1", b"1"):
        sent(post(once="a", file=SimpleUploadedFile("甲.pdf", content)), done)
    with pytest.raises(RuleBroken):
        sent(post(once="a", file=SimpleUploadedFile("甲.pdf", b"2")), done)
    assert len(done) == 1


def test_what_was_refused_may_be_sent_again():
    def refuse():
        raise RuleBroken("不行", fix="改")

    with pytest.raises(RuleBroken, match="不行"):
        kit.once(post(once="a"), "test", refuse, at=AT)
    assert sent(post(once="a"), [])["n"] == 1


def test_used_forms_are_forgotten():
    sent(post(once="a"), [])
    sent(post(once="b"), [], at=AT + timedelta(days=3))
    assert Submission.objects.count() == 1


@pytest.mark.parametrize("what, minutes, shown", [("test", 14, True), ("test", 16, False), ("other", 1, False)])
def test_a_receipt_is_short_lived_and_of_its_form(what, minutes, shown):
    request = RequestFactory().get("/", {"receipt": kit.receipt("test", {"code": "秘"}, at=AT)})
    found = kit.receipt_of(request, what, at=AT + timedelta(minutes=minutes))
    assert found == ({"code": "秘"} if shown else None)


@pytest.mark.parametrize("given", ["", "x", "v1.k.zz", "\0", "v1.." + "A" * 5000])
def test_a_made_up_receipt_opens_nothing(given):
    assert kit.receipt_of(RequestFactory().get("/", {"receipt": given}), "test", at=AT) is None


def test_something_is_claimed_once_and_kept_without_its_value():
    assert [kit.claim("code", value, at=AT) for value in ("1:123456", "1:123456", "2:123456")] == [
        True,
        False,
        True,
    ]
    assert kit.claim("other", "1:123456", at=AT)
    assert "123456" not in str(list(Submission.objects.values_list()))
    assert kit.claim("code", "1:123456", at=AT + kit.KEPT + timedelta(seconds=1))


class TestAtTheDesk:
    """工作台的表:双击、刷新、后退再交,只办一次;没有办成的可以再交;脚本在后台交的不管。"""

    @pytest.fixture
    def clerk(self, office, client):
        client.force_login(office.clerk)
        return office.clerk

    def test_a_double_click_makes_one_draft_and_leads_to_it(self, client, clerk):
        url = reverse("desk:new")
        page = client.get(url).content.decode()
        token = re.search(r'name="once" value="([^"]+)"', page)[1]
        kind = re.search(r'name="agency" value="(\d+)"|<option value="(\d+)"', page)
        given = {"once": token, "agency": kind[1] or kind[2], "type": "document", "title": "关于修路的通知"}
        first, second = (client.post(url, given) for _ in range(2))
        assert first.status_code == second.status_code == 302 and first["Location"] == second["Location"]
        assert Record.objects.count() == 1
        assert "没有再办一次" in client.get(second["Location"]).content.decode()
        assert client.post(url, given | {"title": "另一件"})["Location"] != first["Location"]

    def test_what_was_refused_or_died_is_not_used_up(self, rf, office, monkeypatch):
        monkeypatch.setattr(kit.time, "sleep", lambda _: None)
        done = []

        def sent(answer, at=AT, **headers):
            request = rf.post("/desk/x/", {"once": "t", "a": "1"}, headers=headers)
            request.user, request._messages = office.clerk, CookieStorage(request)
            return kit.at_the_desk(request, lambda: done.append(1) or answer, at=at)

        assert sent(HttpResponse(status=422)).status_code == 422
        assert sent(redirect("/desk/y/"))["Location"] == "/desk/y/" and len(done) == 2
        assert sent(redirect("/desk/z/"))["Location"] == "/desk/y/" and len(done) == 2
        sent(redirect("/desk/z/"), **{"sec-fetch-dest": "empty"})
        assert len(done) == 3
        # 办的进程死了:一分钟以后别人接着办
        Submission.objects.update(answer="")
        assert sent(redirect("/desk/z/"))["Location"] == "/desk/" and len(done) == 3
        assert sent(redirect("/desk/z/"), at=AT + kit.BUSY)["Location"] == "/desk/z/" and len(done) == 4
