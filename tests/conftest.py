"""公用的准备:资料目录各测各的,一个小区,各岗位一人。"""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import hypothesis
import pytest

from gongkai.adapters.apart import shares
from tests.first_run import made_once

# 测试只问对不对:不计时(机器忙时也不误报),每次走同样的例子(失败了谁都能重现)。
# 想找新的反例:HYPOTHESIS=explore .venv/bin/python -m pytest tests/law
hypothesis.settings.register_profile("steady", deadline=None, derandomize=True)
hypothesis.settings.register_profile("explore", deadline=None, max_examples=2000)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS", "steady"))

# 浏览器测试里 Playwright 自己开着事件循环,Django 会误以为在异步代码里。
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
ROOT = Path(__file__).parents[1]
SHANGHAI = ZoneInfo("Asia/Shanghai")


def examples(number: int) -> int:
    """So many random walks on SQLite, a sixth on PostgreSQL: what they try is decided by Python, the database only has
    to take it."""
    from django.db import connection

    return number if connection.vendor == "sqlite" else max(2, number // 6)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Tests that commit empty every table afterwards; in use the log refuses that (``org/triggers.py``)."""
    from django.db import connection

    from gongkai.org import triggers

    with django_db_blocker.unblock():
        triggers.allow(connection, "DELETE", "TRUNCATE")


@pytest.fixture(scope="session", autouse=True)
def own_measure_of_memory(tmp_path_factory):
    """Each process of the test run has the readers' memory for itself, as each group of a deployment has."""
    shares.FOLDER = tmp_path_factory.mktemp("shares")


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    """Attachments and calendars of one test stay in its own folder."""
    settings.GONGKAI_DATA = tmp_path
    settings.FILES_ROOT = tmp_path / "files"
    settings.CASE_FILES_ROOT = tmp_path / "case-files"
    settings.VAULT_FILE = tmp_path / "vault.key"
    settings.CALENDAR_FOLDER = tmp_path / "calendar"
    settings.REQUIRE_MFA = False
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}
    # 测试里口令只求快;正式的散列在 tests/org/test_signin.py 里核对设置。
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def here(monkeypatch):
    """Foreign files are read in the process of the test, so that it can put something else in the readers' place."""
    monkeypatch.setattr("gongkai.adapters.apart.state.apart", True)


@pytest.fixture
def at():
    """A moment on a working day, in Shanghai."""
    return datetime(2026, 10, 12, 9, 30, tzinfo=SHANGHAI)


@pytest.fixture
def on():
    """The day of ``at``."""
    return date(2026, 10, 12)


@pytest.fixture
def chromium(browser):
    """The browser, with nothing open; what a test opens is closed after it, else its pages go on working."""
    yield browser
    for context in browser.contexts:
        context.close()


@pytest.fixture(scope="session")
def browser():
    if not os.path.exists(CHROMIUM):
        # 持续集成里缺了浏览器就是失败,不许悄悄跳过
        (pytest.fail if os.environ.get("CI") else pytest.skip)("没有安装 Chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        process = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield process
        process.close()


@pytest.fixture(scope="session")
def first_run(tmp_path_factory):
    """The sample district as a newcomer gets it (``first_run.py``), made once for all the processes of a test run."""
    shared = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        shared = shared.parent
    return made_once(Path(os.environ.get("GONGKAI_FIRST_RUN") or shared / "first-run"))


#: What a test writes or builds itself.
_NOT_COPIED = ("gongkai.sqlite3*", "public", "static", "search", "followers")


@pytest.fixture
def loaded(transactional_db, settings, request):
    """The whole sample district in the database: on SQLite a copy of the newcomer's."""
    from django.db import connection

    from gongkai.org import triggers
    from gongkai.web.demo import load

    # 样本账号的口令是正式的散列
    settings.PASSWORD_HASHERS = [*settings.PASSWORD_HASHERS, "django.contrib.auth.hashers.Argon2PasswordHasher"]
    if connection.vendor != "sqlite":
        load.load(lambda what, done, total: None)
        return
    folder = request.getfixturevalue("first_run").folder
    connection.ensure_connection()
    with contextlib.closing(sqlite3.connect(folder / "gongkai.sqlite3")) as copy:
        copy.backup(connection.connection)
    triggers.allow(connection, "DELETE", "TRUNCATE")
    shutil.copytree(folder, settings.GONGKAI_DATA, dirs_exist_ok=True, ignore=shutil.ignore_patterns(*_NOT_COPIED))


@pytest.fixture
def district(live_server, loaded):
    """The whole sample district behind a live server."""
    return live_server.url
