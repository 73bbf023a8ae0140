"""登录:口令、两步验证、锁定、闲置超时;知道的和不知道的用户名说法一样(C110、C111)。"""

import re
import time

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.urls import reverse

from gongkai.law.agencies import Role
from gongkai.org import actions
from gongkai.org.models import Agency, User

pytestmark = pytest.mark.django_db
PASSWORD = "correct-horse-battery"


@pytest.fixture
def clerk(at):
    agency = Agency.objects.create(code="A", name="甲局", kind="department")
    user = actions.add_person("clerk", "陈某", PASSWORD, by=None, at=at)
    actions.grant(user, agency, Role.CLERK, by=None, at=at)
    return user


def sign_in(client, username="clerk", password=PASSWORD):
    return client.post(reverse("account_login"), {"login": username, "password": password})


def test_password_then_desk(client, clerk):
    response = sign_in(client)
    assert (response.status_code, response.url) == (302, reverse("desk:home"))
    assert client.get(reverse("desk:home")).status_code == 200


def test_same_words_for_known_and_unknown(client, clerk):
    def words(response):
        return re.sub(r"\s+", "", re.search(r'role="alert">(.*?)</div>', response.content.decode(), re.S)[1])

    assert words(sign_in(client, password="wrong-password-1")) == words(
        sign_in(client, "nobody", "wrong-password-1")
    )


def test_locked_after_several_wrong_tries(client, clerk):
    for _ in range(5):
        last = sign_in(client, password="wrong-password-1")
    assert last.status_code == 429
    assert sign_in(client).status_code == 429
    assert "暂时不能登录" in sign_in(client, "clerk").content.decode()
    for _ in range(5):
        unknown = sign_in(client, "nobody", "wrong-password-1")
    assert unknown.status_code == 429


def code_of(secret):
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(secret, counter))


def test_second_step_is_asked_and_cannot_be_skipped(client, clerk, settings):
    settings.REQUIRE_MFA = True
    secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    TOTP.activate(clerk, secret)
    response = sign_in(client)
    assert response.url == reverse("mfa_authenticate")
    assert client.get(reverse("desk:home")).status_code == 302, "口令之后、验证码之前进不去"
    assert "两步验证" in client.get(reverse("mfa_authenticate")).content.decode()
    assert client.post(reverse("mfa_authenticate"), {"code": "000000"}).status_code == 200
    assert client.post(reverse("mfa_authenticate"), {"code": code_of(secret)}).status_code == 302
    assert client.get(reverse("desk:home")).status_code == 200


def test_without_second_step_only_its_set_up_is_reached(client, clerk, settings):
    settings.REQUIRE_MFA = True
    sign_in(client)
    response = client.get(reverse("desk:home"))
    assert response.url == reverse("mfa_index")
    assert "设置验证器" in client.get(reverse("mfa_index")).content.decode()
    asked = client.get(reverse("mfa_activate_totp"))
    assert "请再输一次口令" in client.get(asked.url).content.decode()
    page = client.post(asked.url, {"password": PASSWORD}, follow=True).content.decode()
    assert "密钥" in page and "<script" not in page
    assert get_adapter().get_totp_issuer()
    assert not Authenticator.objects.filter(user=clerk).exists()


def test_idle_too_long_signs_out(client, clerk, settings, monkeypatch):
    sign_in(client)
    assert client.get(reverse("desk:home")).status_code == 200
    later = time.time() + settings.SESSION_IDLE_SECONDS + 61
    monkeypatch.setattr("gongkai.org.middleware.time.time", lambda: later)
    assert client.get(reverse("desk:home")).status_code == 302


def test_no_self_registration(client):
    assert "不开放注册" in client.get(reverse("account_signup")).content.decode()
    client.post(reverse("account_signup"), {"username": "x", "password1": PASSWORD, "password2": PASSWORD})
    assert not User.objects.filter(username="x").exists()


def test_a_deactivated_person_cannot_sign_in(client, clerk):
    clerk.is_active = False
    clerk.save()
    assert sign_in(client).status_code != 302 or "inactive" in sign_in(client).url


@pytest.mark.parametrize("name", ["account_change_password", "account_logout", "mfa_index"])
def test_account_pages_are_ours(client, clerk, name):
    sign_in(client)
    page = client.get(reverse(name), follow=True).content.decode()
    assert 'lang="zh-CN"' in page and "gongkai.css" in page


def test_passwords_are_kept_with_argon2():
    from gongkai.web import settings as real

    assert real.PASSWORD_HASHERS[0].endswith("Argon2PasswordHasher")
