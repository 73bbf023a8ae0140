"""登录:口令、两步验证、锁定、闲置超时、临时口令;知道的和不知道的用户名说法一样(C110、C111)。"""

import re
import time
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.conf import settings as configured
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from gongkai.org import actions
from gongkai.org.models import LogEntry, User
from gongkai.org.site import current
from gongkai.web import root
from tests.org.conftest import PASSWORD

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
WRONG = "wrong-password-1"


GUARDED = [name for _, name in root.guarded.values()]


@pytest.fixture(autouse=True)
def no_code_was_used():
    """A code that was used is refused for a while, remembered by the user's number, which tests share."""
    cache.clear()


#: allauth announces changes to authenticators after the commit, still within the request.
COMMITTED = pytest.mark.django_db(transaction=True)


def sign_in(client, username="clerk", password=PASSWORD, address="127.0.0.1"):
    """As nginx hands it over: every connection comes from this machine, the address in its header."""
    given = {"login": username, "password": password}
    return client.post(reverse("account_login"), given, HTTP_X_REAL_IP=address)


def code(secret=SECRET):
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


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


# ---- 两步验证 ----


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
