"""两步验证:验证码、恢复码、启用和停用;只凭口令进来的会话到不了工作台(C110)。"""

import re
import time
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from allauth.core import context
from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.conf import settings as configured
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from gongkai.org import actions
from gongkai.org.account_forms import SignInCodeForm
from gongkai.org.site import current
from gongkai.web import root
from tests.org.conftest import PASSWORD
from tests.org.test_signin import desk, logged, sign_in, text

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
GUARDED = [name for _, name in root.guarded.values()]


@pytest.fixture(autouse=True)
def no_code_was_used():
    """A code that was used is refused for a while, remembered by the user's number, which tests share."""
    cache.clear()


#: allauth announces changes to authenticators after the commit, still within the request.
COMMITTED = pytest.mark.django_db(transaction=True)


def code(secret=SECRET, *, ago=0):
    """The six digits that the device shows, or showed so many periods ago."""
    now = int(time.time()) // app_settings.TOTP_PERIOD
    return format_hotp_value(hotp_value(secret, now - ago))


@pytest.fixture
def strict(settings):
    settings.REQUIRE_MFA = True


def test_second_step_is_asked_and_cannot_be_skipped(client, clerk, strict):
    TOTP.activate(clerk, SECRET)
    assert sign_in(client).url == reverse("mfa_authenticate")
    assert desk(client).status_code == 302, "口令之后、验证码之前进不去"
    assert "两步验证" in text(client.get(reverse("mfa_authenticate")))
    assert client.post(reverse("mfa_authenticate"), {"code": "000000"}).status_code == 200
    assert client.post(reverse("mfa_authenticate"), {"code": code()}).status_code == 302
    assert desk(client).status_code == 200
    assert logged(clerk) == ["org.code_failed", "org.signin"]


def test_without_second_step_only_its_set_up_is_reached(client, clerk, strict):
    sign_in(client)
    assert desk(client).url == reverse("mfa_index")
    assert "设置验证器" in text(client.get(reverse("mfa_index")))
    asked = client.get(reverse("mfa_activate_totp"))
    assert "请再输一次口令" in text(client.get(asked.url))
    page = text(client.post(asked.url, {"password": PASSWORD}, follow=True))
    assert "密钥" in page and "<script" not in page
    assert not Authenticator.objects.filter(user=clerk).exists()


@COMMITTED
def test_setting_it_up_opens_the_desk(client, clerk, strict):
    sign_in(client)
    asked = client.get(reverse("mfa_activate_totp"))
    page = text(client.post(asked.url, {"password": PASSWORD}, follow=True))
    secret = re.search(r'class="secret">(\w+)<', page)[1]
    done = client.post(reverse("mfa_activate_totp"), {"code": code(secret)})
    assert done.url == reverse("mfa_view_recovery_codes")
    assert text(client.get(done.url)).count("<li>") == 10
    assert desk(client).status_code == 200
    assert logged(clerk) == ["org.signin", "org.mfa_on"]


def test_a_session_opened_before_by_the_password_alone_stays_outside(client, clerk, strict):
    """Whoever knew the password and signed in early must not be let in by the owner's later set-up."""
    sign_in(client)
    TOTP.activate(clerk, SECRET)
    again = desk(client).url
    assert again.startswith(reverse("mfa_reauthenticate"))
    assert client.post(again, {"code": "000000"}).status_code == 200
    assert desk(client).status_code == 302
    assert client.post(again, {"code": code()}).url == reverse("desk:home")
    assert desk(client).status_code == 200


@pytest.mark.parametrize("required", [True, False])
@pytest.mark.parametrize("name", GUARDED)
def test_the_password_alone_does_not_change_how_one_signs_in(client, clerk, settings, required, name):
    """Such a session cannot read the recovery codes or take the second step away, password entered again or not."""
    settings.REQUIRE_MFA = required
    sign_in(client)
    TOTP.activate(clerk, SECRET)
    RecoveryCodes.activate(clerk)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    for method in (client.get, client.post):
        assert method(reverse(name)).url.startswith(reverse("mfa_reauthenticate"))
    assert Authenticator.objects.filter(user=clerk).count() == 2


def test_after_a_reset_the_old_session_stays_outside(client, clerk, admin, strict):
    TOTP.activate(clerk, SECRET)
    sign_in(client)
    client.post(reverse("mfa_authenticate"), {"code": code()})
    assert desk(client).status_code == 200
    actions.reset_mfa(clerk, by=admin, at=timezone.now())
    assert desk(client).url == reverse("mfa_index")
    TOTP.activate(clerk, SECRET)
    assert desk(client).status_code == 302


def test_wrong_codes_lock_too_even_for_the_right_code(client, clerk, strict):
    TOTP.activate(clerk, SECRET)
    sign_in(client)
    page = reverse("mfa_authenticate")
    for _ in range(configured.AXES_FAILURE_LIMIT):
        assert client.post(page, {"code": "000000"}).status_code == 200
    locked = client.post(page, {"code": code()})
    assert locked.status_code == 429 and "暂时不能登录" in text(locked)
    client.cookies.clear()
    sign_in(client)
    assert client.post(page, {"code": code()}).status_code == 429, "换一个会话也一样"
    later = timezone.now() + timedelta(hours=configured.AXES_COOLOFF_TIME)
    assert not actions.is_locked(clerk, at=later)


def test_a_sign_in_clears_the_count_of_wrong_codes(client, clerk, strict):
    TOTP.activate(clerk, SECRET)
    sign_in(client)
    for _ in range(configured.AXES_FAILURE_LIMIT - 1):
        client.post(reverse("mfa_authenticate"), {"code": "000000"})
    client.post(reverse("mfa_authenticate"), {"code": code()})
    actions.account_event(actions.CODE_FAILED, "的验证码输错", clerk, at=timezone.now())
    assert not actions.is_locked(clerk, at=timezone.now())


@pytest.mark.parametrize("spelt", ["{0}", " {0} ", "split"])
def test_a_code_works_once_in_whichever_process(client, clerk, strict, spelt):
    """Each process remembered for itself which codes were used; clearing the memory stands for the other process."""
    TOTP.activate(clerk, SECRET)
    sign_in(client)
    used = code()
    again = f"{used[:3]}-{used[3:]}" if spelt == "split" else spelt.format(used)
    client.post(reverse("mfa_authenticate"), {"code": used})
    assert desk(client).status_code == 200
    client.post(reverse("account_logout"))
    cache.clear()
    sign_in(client)
    assert client.post(reverse("mfa_authenticate"), {"code": again}).status_code == 200
    assert desk(client).status_code == 302
    assert logged(clerk)[-1] == actions.CODE_FAILED


@pytest.mark.parametrize(("ago", "status"), [(-1, 302), (1, 302), (2, 200), (-2, 200)])
def test_a_code_typed_a_little_late_or_by_a_clock_that_is_a_little_off(
    client, clerk, strict, monkeypatch, ago, status
):
    """One period on either side; the clock that checks it stands still, lest a slow machine pass into the next."""
    TOTP.activate(clerk, SECRET)
    sign_in(client)
    stopped = time.time()
    monkeypatch.setattr(time, "time", lambda: stopped)
    assert client.post(reverse("mfa_authenticate"), {"code": code(ago=ago)}).status_code == status


def test_a_code_stays_used_as_long_as_it_would_count(rf, clerk, strict, monkeypatch):
    TOTP.activate(clerk, SECRET)
    started = 1000 * app_settings.TOTP_PERIOD
    monkeypatch.setattr(time, "time", lambda: started)
    shown = code()
    for late, taken in ((0, True), (app_settings.TOTP_PERIOD, False)):
        monkeypatch.setattr(time, "time", partial(int, started + late))
        form = SignInCodeForm(data={"code": shown}, user=clerk, at=datetime.fromtimestamp(started + late, tz=UTC))
        cache.clear()
        with context.request_context(rf.post("/")):
            assert form.is_valid() is taken, late


def test_a_recovery_code_works_once(client, clerk, strict):
    TOTP.activate(clerk, SECRET)
    spare = RecoveryCodes.activate(clerk).get_unused_codes()[0]
    sign_in(client)
    client.post(reverse("mfa_authenticate"), {"code": spare})
    assert desk(client).status_code == 200
    assert logged(clerk) == ["org.code_used", "org.signin"]
    client.post(reverse("account_logout"))
    sign_in(client)
    client.post(reverse("mfa_authenticate"), {"code": spare})
    assert desk(client).status_code == 302


@COMMITTED
def test_new_recovery_codes_keep_the_session_inside(client, clerk, strict):
    TOTP.activate(clerk, SECRET)
    spare = RecoveryCodes.activate(clerk).get_unused_codes()[0]
    sign_in(client)
    client.post(reverse("mfa_authenticate"), {"code": spare})
    asked = client.get(reverse("mfa_generate_recovery_codes"))
    client.post(asked.url, {"password": PASSWORD})
    assert client.post(reverse("mfa_generate_recovery_codes")).status_code == 302
    assert desk(client).status_code == 200
    assert logged(clerk)[-1] == "org.codes"


@COMMITTED
def test_switching_it_off_closes_the_desk(client, clerk, strict):
    TOTP.activate(clerk, SECRET)
    sign_in(client)
    client.post(reverse("mfa_authenticate"), {"code": code()})
    asked = client.get(reverse("mfa_deactivate_totp"))
    client.post(asked.url, {"password": PASSWORD})
    client.post(reverse("mfa_deactivate_totp"))
    assert desk(client).url == reverse("mfa_index")
    assert logged(clerk)[-1] == "org.mfa_off"


# ---- 账号各页 ----

ACCOUNT = [
    "account_change_password",
    "account_logout",
    "mfa_index",
    "account_reauthenticate",
    "account_inactive",
    "account_signup",
    "account_login",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_reauthenticate",
    "mfa_authenticate",
]


@pytest.mark.parametrize("signed_in", [True, False])
@pytest.mark.parametrize("name", ACCOUNT)
def test_account_pages_are_ours(client, clerk, name, signed_in):
    if signed_in:
        TOTP.activate(clerk, SECRET)
        RecoveryCodes.activate(clerk)
        sign_in(client)
        client.post(reverse("mfa_authenticate"), {"code": code()})
        client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    response = client.get(reverse(name), follow=True)
    page = text(response)
    assert response.status_code == 200
    assert 'lang="zh-CN"' in page and "gongkai/css/desk.css" in page
    assert "政务公开工作台" in page and f"{current().name}</title>" in page
    assert "no-store" in response.headers["Cache-Control"]
    assert not re.search(r">[^<]*\b(Password|Code|Sign|Log|Email|Current|Username)\b[^<]*<", page), "还有英文"


def test_every_account_address_is_listed_above():
    from gongkai.web.root import accounts

    names = {
        one.name
        for entry in accounts
        for one in (entry.url_patterns if hasattr(entry, "url_patterns") else [entry])
    }
    assert names - set(ACCOUNT) == {"mfa_download_recovery_codes"}
