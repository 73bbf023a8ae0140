"""登录的限度:慢下来的是一个地址,不是一个人;登录过的设备不受别人影响;撞库停得住;各进程一起数。"""

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from axes.models import AccessAttempt
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from gongkai.desk import limits
from gongkai.org import devices
from gongkai.web import jobs
from tests.org.test_signin import PASSWORD, WRONG, sign_in, text

pytestmark = pytest.mark.django_db


def test_strangers_elsewhere_shut_nobody_out(client, clerk):
    """Five wrong passwords from anywhere once locked any official out: behind nginx all addresses were one."""
    for _ in range(8):
        sign_in(Client(), password=WRONG, address="203.0.113.5")
    assert sign_in(Client(), address="203.0.113.5").status_code == 429
    assert sign_in(client, address="203.0.113.6").status_code == 302


def test_a_known_device_is_not_locked_by_others_at_its_address(client, clerk):
    assert sign_in(client, address="203.0.113.5").status_code == 302
    client.post(reverse("account_logout"))
    for _ in range(8):
        sign_in(Client(), password=WRONG, address="203.0.113.5")
    assert sign_in(Client(), address="203.0.113.5").status_code == 429
    assert sign_in(client, address="203.0.113.5").status_code == 302


def test_a_known_device_that_guesses_is_locked_in_the_end(client, clerk):
    assert sign_in(client).status_code == 302
    client.post(reverse("account_logout"))
    answers = [sign_in(client, password=WRONG).status_code for _ in range(devices.PER_DEVICE + 6)]
    assert 429 in answers and sign_in(client).status_code == 429


def test_trying_one_password_over_many_names_stops(client, clerk):
    for number in range(devices.PER_ADDRESS):
        sign_in(Client(), f"name{number}", WRONG, address="203.0.113.5")
    refused = sign_in(Client(), address="203.0.113.5")
    assert refused.status_code == 200 and "登录失败太多次" in text(refused)
    assert sign_in(client, address="203.0.113.6").status_code == 302


def test_guessing_at_one_name_from_everywhere_is_slowed_down(client, clerk, monkeypatch):
    """Nobody is locked out: a known device goes on at once, any other waits its turn for a few seconds."""
    assert sign_in(client, address="198.51.100.1").status_code == 302
    client.post(reverse("account_logout"))
    for number in range(devices.PER_NAME + 1):
        sign_in(Client(), "Clerk" if number % 2 else "clerk", WRONG, address=f"203.0.113.{number}")
    held = sign_in(Client(), address="198.51.100.2")
    assert held.status_code == 200 and "过几秒再试" in text(held)
    assert sign_in(client, address="198.51.100.1").status_code == 302
    later = limits.time.time() + devices.PAUSE + 1
    monkeypatch.setattr(limits.time, "time", lambda: later)
    assert sign_in(Client(), address="198.51.100.2").status_code == 302


def test_a_name_that_does_not_exist_is_slowed_down_alike(client, clerk):
    for number in range(devices.PER_NAME + 1):
        sign_in(Client(), "nobody", WRONG, address=f"203.0.113.{number}")
    assert "过几秒再试" in text(sign_in(client, "nobody", WRONG, address="198.51.100.2"))


@pytest.mark.parametrize(
    ("near", "given", "address"),
    [
        ("127.0.0.1", "203.0.113.5", "203.0.113.5"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", "x' or 1", "127.0.0.1"),
        ("", "203.0.113.5", "203.0.113.5"),
        ("203.0.113.9", "203.0.113.5", "203.0.113.9"),
        ("::1", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("::1", "::ffff:203.0.113.5", "203.0.113.5"),
        ("10.0.0.8", "203.0.113.5", "203.0.113.5"),
    ],
)
def test_whose_address_counts(rf, settings, near, given, address):
    """Only that which a trusted proxy tells; of IPv6 the network, since each line has all addresses in it."""
    settings.PROXIES = [*settings.PROXIES, "10.0.0.0/28"]
    assert limits.address_of(rf.get("/", REMOTE_ADDR=near, HTTP_X_REAL_IP=given)) == address


def test_a_forged_device_mark_is_nothing(client, clerk):
    client.cookies[devices.COOKIE] = "eyIxIjoieCJ9:1u:forged"
    for _ in range(5):
        sign_in(client, password=WRONG)
    assert sign_in(client).status_code == 429


COUNT = """
import sys, django
django.setup()
from gongkai.desk import limits
for _ in range(200):
    limits.add("x", "y", seconds=60)
"""


def test_processes_count_together(tmp_path):
    """Each process once counted for itself."""
    environment = os.environ | {
        "GONGKAI_DATA": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "gongkai.web.settings",
        "PYTHONPATH": str(Path(__file__).parents[2]),
        "GONGKAI_SECRET_KEY": "one",
    }
    running = [subprocess.Popen([sys.executable, "-c", COUNT], env=environment) for _ in range(3)]
    assert [process.wait() for process in running] == [0, 0, 0]
    counted = [path.read_text().split()[1] for path in (tmp_path / "limits" / "x").iterdir()]
    assert counted == ["600"]


def test_a_clock_that_ran_ahead_does_not_lock_for_ever(settings, monkeypatch):
    with monkeypatch.context() as ahead:
        ahead.setattr(limits.time, "time", lambda: 4_000_000_000.0)
        assert limits.add("x", "y", seconds=60) == 1
        assert limits.so_far("x", "y") == 1
    assert limits.so_far("x", "y") == 0
    assert limits.add("x", "y", seconds=60) == 1 and limits.add("x", "y", seconds=60) == 2
    with monkeypatch.context() as ahead:
        ahead.setattr(limits.time, "time", lambda: 4_000_000_000.0)
        limits.add("x", "z", seconds=60)
    assert limits.sweep() == 1 and limits.so_far("x", "y") == 2


def test_failures_noted_while_the_clock_ran_ahead_lock_nobody_for_so_long(client, clerk):
    for _ in range(5):
        sign_in(Client(), password=WRONG)
    AccessAttempt.objects.update(attempt_time=timezone.now() + timedelta(days=3))
    assert sign_in(client).status_code == 429
    AccessAttempt.objects.update(attempt_time=timezone.now() + timedelta(days=3))
    assert jobs.sweep_limits(at=timezone.now()) == "清掉1个"
    assert sign_in(client).status_code == 302


def test_a_session_seen_in_the_future_idles_like_any_other(client, clerk, settings, monkeypatch):
    sign_in(client)
    session = client.session
    session["seen_at"] = int(limits.time.time()) + 90_000
    session.save()
    assert client.get(reverse("desk:home")).status_code == 200
    later = limits.time.time() + settings.SESSION_IDLE_SECONDS + 61
    monkeypatch.setattr(limits.time, "time", lambda: later)
    assert client.get(reverse("desk:home")).status_code == 302


def test_guessing_the_password_from_a_session_left_open_stops(client, clerk):
    sign_in(client)
    page, new = reverse("account_change_password"), "tai-hu-zhi-shui-2027"
    given = {"password1": new, "password2": new}
    for _ in range(devices.PER_DEVICE):
        client.post(page, given | {"oldpassword": WRONG})
    refused = client.post(page, given | {"oldpassword": PASSWORD})
    assert refused.status_code == 200 and "输错太多次" in refused.content.decode()
    again = reverse("account_reauthenticate")
    answers = [client.post(again, {"password": WRONG}) for _ in range(devices.PER_DEVICE + 6)]
    assert 429 in {answer.status_code for answer in answers}
