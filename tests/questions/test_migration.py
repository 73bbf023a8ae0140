"""两张旧表的提问搬进一张:一行不少,旧码照样能查,旧网址照样到,编号接着往下排。"""

import hashlib
from contextlib import contextmanager
from datetime import date
from importlib import import_module

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.urls import reverse

from gongkai.foi.models import Counter
from gongkai.org import codes
from gongkai.policies.questions import POLICY
from gongkai.questions import actions, contacts
from gongkai.questions.models import Question
from gongkai.records.models import IndexCounter
from gongkai.search.unit_questions import UNIT
from tests.records.office import AT, Office

pytestmark = pytest.mark.django_db(transaction=True)
take_over = import_module("gongkai.questions.migrations.0002_take_over").take_over
BEFORE = [
    ("foi", "0007_seal_the_rest"),
    ("policies", "0005_numbers_and_keyed_codes"),
    ("questions", "0001_initial"),
    ("search", "0004_sayings"),
]


@contextmanager
def old_tables():
    """The models as they were before, with their tables."""
    former = MigrationLoader(connection).project_state(BEFORE).apps
    models = [former.get_model(app, "Question") for app in ("policies", "search")]
    with connection.schema_editor() as editor:
        for model in models:
            editor.create_model(model)
    try:
        yield former, *models
    finally:
        with connection.schema_editor() as editor:
            for model in models:
                editor.delete_model(model)


def test_every_row_and_every_code_is_kept(client):
    office = Office()
    policy = office.publish()
    own, clerk = office.agency.pk, office.clerk.pk
    unit_code, unit_digest = codes.new_code("gongkai.foi.query")
    policy_code, policy_digest = codes.new_code("policies.question")
    bare = actions.former(hashlib.sha256(b"0123456789ab").hexdigest())
    with old_tables() as (former, policies, units):
        units.objects.create(
            pk=5,
            agency_id=own,
            number="MH0101-Q-2024-0003",
            code=unit_digest,
            text="补助向谁申请？",
            contact=contacts.seal({"phone": "0571-00000001"}),
            consents=True,
            asked_at=AT,
            state="answered",
            answer="向街道申请。",
            record_id=policy.pk,
            answered_at=AT,
            answered_by_id=clerk,
            public_text="加装电梯的补助向谁申请？",
            published_at=AT,
            published_by_id=office.head.pk,
        )
        shared = {"policy_id": policy.pk, "agency_id": own, "asked_at": AT, "due_on": date(2024, 9, 10)}
        policies.objects.create(
            pk=5,
            number="MH0101-P-2024-0001",
            digest=policy_digest,
            text="四楼补多少？",
            consent=True,
            state="answered",
            shown="四楼的补助标准是多少？",
            answer="按第三条。",
            answered_at=AT,
            answered_by_id=clerk,
            published=True,
            **shared,
        )
        policies.objects.create(pk=9, digest=bare, text="何时开始？", state="drafted", answer="下月。", **shared)
        IndexCounter.objects.create(prefix="policy-question/MH0101/2024", last=1)
        Counter.objects.create(kind="question", agency=office.agency, year=2024, last=3)
        with connection.schema_editor() as editor:
            take_over(former, editor)

    assert Question.objects.count() == 3
    unit = actions.find("mh0101-q-2024-0003", unit_code)
    assert (unit.pk, unit.kind, unit.record, unit.published_by) == (5, "unit", policy, office.head)
    assert contacts.clear(unit) == [("联系电话", "0571-00000001")]
    answered, drafted = actions.find("MH0101-P-2024-0001", policy_code), actions.find("", "0123456789ab")
    assert (answered.former, answered.due_on, answered.policy) == (5, date(2024, 9, 10), policy)
    assert (drafted.former, drafted.state, drafted.answer) == (9, "drafted", "下月。")
    assert set(Question.objects.faq(AT)) == {unit, answered}
    client.force_login(office.clerk)
    assert client.get(reverse("desk:policies_question", args=[9])).url == drafted.get_absolute_url()
    assert client.get("/desk/questions/5/answer/").url == unit.get_absolute_url()

    following = [actions.ask(kind, office.agency, "再问", consents=False, at=AT)[0] for kind in (UNIT, POLICY)]
    assert [question.number for question in following] == ["MH0101-Q-2024-0004", "MH0101-P-2024-0002"]
    assert not Counter.objects.filter(kind="question").exists()
