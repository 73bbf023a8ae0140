"""命令:建管理员、装放假安排。"""

import io
import json
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from gongkai.law import calendar
from gongkai.law.agencies import Role
from gongkai.org import access
from gongkai.org.models import User

DATA = {
    "year": 2027,
    "papers": ["https://www.gov.cn/notice"],
    "days": [
        {"name": "元旦", "date": "2027-01-01", "isOffDay": True},
        {"name": "元旦", "date": "2027-01-02", "isOffDay": False},
    ],
}


@pytest.fixture(autouse=True)
def forget_calendars():
    yield
    calendar.extra(None)


@pytest.mark.django_db
def test_the_first_administrator(monkeypatch):
    monkeypatch.setenv("GONGKAI_PASSWORD", "correct-horse-battery")
    call_command("administrator", "root1", "--name", "吕某", stdout=io.StringIO())
    assert access.roles(User.objects.get(username="root1")) == {Role.ADMINISTRATOR}
    with pytest.raises(CommandError, match="已经有了"):
        call_command("administrator", "root1", "--name", "吕某")


@pytest.mark.django_db
def test_a_weak_password_is_refused(monkeypatch):
    monkeypatch.setenv("GONGKAI_PASSWORD", "123456")
    with pytest.raises(CommandError, match="不合要求"):
        call_command("administrator", "root1", "--name", "吕某")
    assert not User.objects.exists()


@pytest.mark.django_db
def test_a_calendar_is_installed(tmp_path, settings):
    file = tmp_path / "2027.json"
    file.write_text(json.dumps(DATA), "utf-8")
    out = io.StringIO()
    call_command("calendar", "add", str(file), stdout=out, stderr=io.StringIO())
    assert "已装入2027年" in out.getvalue()
    assert calendar.is_workday(date(2027, 1, 2))
    call_command("calendar", "list", stdout=out)
    assert "2027" in out.getvalue()
    again = (settings.CALENDAR_FOLDER / "2027.toml").read_text("utf-8")
    (tmp_path / "same.toml").write_text(again, "utf-8")
    call_command("calendar", "add", str(tmp_path / "same.toml"), stdout=out, stderr=io.StringIO())


@pytest.mark.parametrize("text", ["", "{", "{}", '{"year": 2027, "papers": ["x"], "days": []}', "year = 2027"])
def test_a_bad_file_changes_nothing(tmp_path, settings, text):
    file = tmp_path / "bad"
    file.write_text(text, "utf-8")
    with pytest.raises(CommandError, match="不变"):
        call_command("calendar", "add", str(file))
    assert not settings.CALENDAR_FOLDER.exists()


def test_a_missing_file_is_said(tmp_path):
    with pytest.raises(CommandError, match="读不了"):
        call_command("calendar", "add", str(tmp_path / "none"))
