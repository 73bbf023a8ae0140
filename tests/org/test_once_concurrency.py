"""PostgreSQL 上真的同时交来同一张表:只办一次,其余的得到同样的回执;没有办成的一次不占记号。"""

import threading

import pytest
from django.db import connection
from django.test import RequestFactory

from gongkai.foi import actions
from gongkai.foi.models import Application
from gongkai.law.errors import RuleBroken
from gongkai.org import once as kit
from gongkai.org.models import Submission
from tests.foi.desk import Desk, moment
from tests.records.test_concurrency import together

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite 的写事务本来就一个接一个,测不出同时"),
]
AT = moment("2025-02-20")


@pytest.fixture
def desk(transactional_db):
    return Desk()


def sender(desk, answers, text="甲", mark="a"):
    def send():
        def act():
            application, code = actions.submit(desk.intake(), at=AT)
            return {"pk": application.pk, "code": code}

        request = RequestFactory().post("/", {"once": mark, "text": text})
        answers.append(kit.once(request, "foi", act, at=AT))

    return send


def test_the_same_form_at_the_same_moment_files_one_case_and_all_get_its_receipt(desk):
    answers = []
    done, faults = together(*(sender(desk, answers) for _ in range(10)))
    assert connection.vendor == "postgresql"
    assert (done, faults) == (10, [])
    assert Application.objects.count() == Submission.objects.count() == 1
    assert {(one["pk"], one["code"]) for one in answers} == {(Application.objects.get().pk, answers[0]["code"])}


def test_different_forms_do_not_wait_for_each_other_in_vain(desk):
    answers = []
    done, faults = together(*(sender(desk, answers, mark=str(number)) for number in range(8)))
    assert (done, faults) == (8, []) and Application.objects.count() == 8


def test_one_form_with_two_texts_files_one_of_them(desk):
    answers = []
    done, faults = together(sender(desk, answers, "甲"), sender(desk, answers, "乙"))
    assert done == 1 and [type(one) for one in faults] == [RuleBroken] and Application.objects.count() == 1


def test_a_refused_first_try_leaves_the_form_to_those_who_wait(desk):
    first, answers = threading.Event(), []

    def send():
        def act():
            if not first.is_set():
                first.set()
                raise RuleBroken("这一次不行", fix="请再交。")
            application, code = actions.submit(desk.intake(), at=AT)
            return {"pk": application.pk, "code": code}

        answers.append(kit.once(RequestFactory().post("/", {"once": "a"}), "foi", act, at=AT))

    done, faults = together(*(send for _ in range(6)))
    assert done == 5 and "这一次不行" in str(faults[0]) and Application.objects.count() == 1
    assert len({one["pk"] for one in answers}) == 1
