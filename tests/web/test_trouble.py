"""盘满了、库忙不过来、连不上:公众和工作台看到的是一句话(503),不是“系统出错了”;别的错还是 500。"""

import errno

import pytest
from django.db import OperationalError
from django.urls import reverse

from gongkai.foi import actions
from gongkai.foi.models import Application
from gongkai.web import trouble
from tests.foi.desk import Desk
from tests.foi.test_public import filled

pytestmark = pytest.mark.django_db


def failing(error):
    def fail(*args, **kwargs):
        raise error

    return fail


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "存储空间满了"),
        (OSError(errno.EDQUOT, "Disk quota exceeded"), "存储空间满了"),
        (OperationalError("database or disk is full"), "存储空间满了"),
        (OperationalError("database is locked"), "过一会儿再提交"),
        (OperationalError("connection refused"), "数据库暂时连不上"),
    ],
)
def test_an_application_that_cannot_be_stored_is_refused_with_a_sentence(client, monkeypatch, error, words):
    desk = Desk()
    monkeypatch.setattr(actions, "submit", failing(error))
    client.raise_request_exception = False
    answer = client.post(reverse("public:apply_online"), filled(desk))
    assert answer.status_code == 503 and words in answer.content.decode()
    assert Application.objects.count() == 0


@pytest.mark.parametrize("error", [KeyError("x"), OperationalError("no such table: foi_item")])
def test_every_other_error_is_a_failure(client, monkeypatch, error):
    desk = Desk()
    monkeypatch.setattr(actions, "submit", failing(error))
    client.raise_request_exception = False
    answer = client.post(reverse("public:apply_online"), filled(desk))
    assert answer.status_code == 500 and "系统出错了" in answer.content.decode()


def test_a_failure_before_the_view_is_told_too(client, monkeypatch, rf):
    from gongkai.web.views import errors

    try:
        raise OSError(errno.ENOSPC, "No space left on device")
    except OSError:
        answer = errors.broken(rf.post("/apply/online/"))
    assert answer.status_code == 503 and "存储空间满了" in answer.content.decode()


def test_the_cause_may_lie_deep():
    try:
        try:
            raise OSError(errno.ENOSPC, "No space left on device")
        except OSError as error:
            raise ValueError("x") from error
    except ValueError as error:
        assert trouble.sentence(error) == trouble.FULL
    assert trouble.sentence(ValueError("x")) == ""
