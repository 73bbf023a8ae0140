"""登录:口令、锁定、闲置超时、临时口令;知道的和不知道的用户名说法一样(C110、C111)。"""

import re
import time
from datetime import timedelta

import pytest
from django.conf import settings as configured
from django.urls import reverse
from django.utils import timezone

from gongkai.org import actions
from gongkai.org.models import LogEntry, User
from tests.org.conftest import PASSWORD

pytestmark = pytest.mark.django_db
WRONG = "wrong-password-1"


def sign_in(client, username="clerk", password=PASSWORD, address="127.0.0.1"):
    """As nginx hands it over: every connection comes from this machine, the address in its header."""
    given = {"login": username, "password": password}
    return client.post(reverse("account_login"), given, HTTP_X_REAL_IP=address)


def desk(client):
    return client.get(reverse("desk:home"))


def text(response):
    return response.content.decode()


def logged(user):
    return list(LogEntry.objects.about(user).order_by("seq").values_list("action", flat=True))


# ---- 口令 ----


def test_password_then_desk(client, clerk):
    response = sign_in(client)
    assert (response.status_code, response.url) == (302, reverse("desk:home"))
    assert desk(client).status_code == 200
    assert logged(clerk) == ["org.signin"]
    assert LogEntry.objects.get().summary == "陈某登录"


def test_sign_out_is_logged_and_closes_the_desk(client, clerk):
    sign_in(client)
    assert client.get(reverse("account_logout")).status_code == 200, "只有提交才退出,链接不行"
    client.post(reverse("account_logout"))
    assert desk(client).status_code == 302
    assert logged(clerk) == ["org.signin", "org.signout"]


def test_same_words_for_known_and_unknown(client, clerk):
    def words(response):
        assert response.status_code == 200
        return re.sub(r"\s+", "", re.search(r'role="alert">(.*?)</div>', text(response), re.S)[1])

    assert words(sign_in(client, password=WRONG)) == words(sign_in(client, "nobody", WRONG))


def test_locked_after_several_wrong_tries_known_or_not(client, clerk):
    def lock(name):
        return [sign_in(client, name, WRONG) for _ in range(configured.AXES_FAILURE_LIMIT)]

    known, unknown = lock("clerk"), lock("nobody")
    assert [one.status_code for one in known] == [one.status_code for one in unknown] == [200] * 4 + [429]
    assert text(known[-1]) == text(unknown[-1])
    assert sign_in(client).status_code == 429, "锁住以后,对的口令也不行"
    assert logged(clerk) == ["org.locked"]
    sign_in(client)
    assert logged(clerk) == ["org.locked"], "锁着再试,不再记"


def test_the_lock_opens_again(client, clerk, settings):
    for _ in range(5):
        sign_in(client, password=WRONG)
    settings.AXES_COOLOFF_TIME = timedelta(0)
    assert sign_in(client).status_code == 302


def test_passwords_are_kept_with_argon2():
    from gongkai.web import settings as real

    assert real.PASSWORD_HASHERS[0].endswith("Argon2PasswordHasher")


def test_idle_too_long_signs_out(client, clerk, settings, monkeypatch):
    sign_in(client)
    assert desk(client).status_code == 200
    later = time.time() + settings.SESSION_IDLE_SECONDS + 61
    monkeypatch.setattr("gongkai.org.middleware.time.time", lambda: later)
    assert desk(client).status_code == 302


def test_working_keeps_the_session(client, clerk, settings, monkeypatch):
    sign_in(client)
    start = time.time()
    for n in range(1, 5):
        now = start + n * (settings.SESSION_IDLE_SECONDS - 60)
        monkeypatch.setattr("gongkai.org.middleware.time.time", lambda now=now: now)
        assert desk(client).status_code == 200


def test_no_self_registration(client):
    assert "不开放注册" in text(client.get(reverse("account_signup")))
    client.post(reverse("account_signup"), {"username": "x", "password1": PASSWORD, "password2": PASSWORD})
    assert not User.objects.filter(username="x").exists()


def test_a_deactivated_person_is_out_at_once_and_cannot_return(client, clerk, admin):
    sign_in(client)
    actions.deactivate(clerk, by=admin, at=timezone.now())
    assert desk(client).status_code == 302
    sign_in(client)
    assert desk(client).status_code == 302


def test_after_signing_in_again_a_posted_address_is_not_the_goal(client):
    response = client.post(reverse("desk:new_person"))
    assert response.url.endswith(f"?next={reverse('desk:home')}")


def test_an_address_of_another_site_is_not_followed(client, clerk):
    data = {"login": "clerk", "password": PASSWORD, "next": "https://elsewhere.example/"}
    assert client.post(reverse("account_login"), data).url == reverse("desk:home")


# ---- 临时口令 ----


def test_a_temporary_password_must_be_changed_first(client, admin, clerk):
    actions.set_password(clerk, "handed-over-2026", by=admin, at=timezone.now())
    sign_in(client, password="handed-over-2026")
    change = reverse("account_change_password")
    assert desk(client).url == change
    assert "临时口令" in text(client.get(change))
    same = {"oldpassword": "handed-over-2026", "password1": "handed-over-2026", "password2": "handed-over-2026"}
    assert "请换一个" in text(client.post(change, same))
    short = same | {"password1": "short", "password2": "short"}
    assert "请换一个" not in text(client.post(change, short))
    assert desk(client).url == change
    own = same | {"password1": "my-own-secret-2026", "password2": "my-own-secret-2026"}
    assert client.post(change, own).status_code == 302
    assert desk(client).status_code == 200
    assert logged(clerk) == ["org.password", "org.signin", "org.own_password"]


def test_a_new_password_ends_other_sessions(client, admin, clerk):
    sign_in(client)
    actions.set_password(clerk, "handed-over-2026", by=admin, at=timezone.now())
    assert desk(client).url.startswith(reverse("account_login"))
