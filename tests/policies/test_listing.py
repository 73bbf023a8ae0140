"""信息页是文件:政策这一层添的几块一变,那一页先拿走,再写的就是新的。"""

from __future__ import annotations

from datetime import timedelta

import pytest

from gongkai.desk.moments import local_day
from gongkai.law.normative import EffectKind
from gongkai.policies import actions
from gongkai.policies.questions import ask
from gongkai.questions import actions as questions
from gongkai.records import actions as records
from gongkai.web.publisher import pages, publisher
from tests.records.office import AT, Office
from tests.web.publisher.reader import Reader
from tests.web.publisher.test_files import filled

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(settings):
    settings.ALLOWED_HOSTS = ["localhost"]
    return Reader()


@pytest.fixture
def own():
    return Office()


def policy(own):
    return own.publish(
        "normative", title="明湖区临时救助办法", doc_number="明政办发〔2024〕7号", effective_on=local_day(AT)
    )


def test_an_answer_made_public_takes_the_page_away(own, reader):
    record = policy(own)
    address = record.get_absolute_url()
    filled()
    assert reader(address).from_file and "常见问题" not in reader(address).text
    question, _ = ask(record, "外地人能申请吗？", consent=True, at=AT)
    questions.answer(question, "能，见第三条。", shown="外地人能申请吗？", by=own.clerk, at=AT)
    questions.approve(question, publish=True, by=own.head, at=AT)
    assert not reader(address).from_file and "常见问题" in reader(address).text
    filled()
    assert reader(address).from_file and "常见问题" in reader(address).text


def test_a_briefing_that_was_withdrawn_is_gone_from_the_line_of_events(own, reader):
    record, told = policy(own), own.publish("notice", title="明湖区临时救助办法吹风会")
    actions.brief(record, local_day(AT), "吹风会", record=told, by=own.clerk, at=AT)
    filled()
    address = record.get_absolute_url()
    assert told.get_absolute_url() in reader(address).text and reader(address).from_file
    records.withdraw(told, "retracted", reason="发错", on=local_day(AT), by=own.office, at=AT)
    assert not reader(address).from_file and told.get_absolute_url() not in reader(address).text


def test_the_midnight_of_an_effect_takes_the_page_away(own, reader):
    record = policy(own)
    tomorrow = local_day(AT) + timedelta(days=1)
    actions.happen(record.normative, EffectKind.REPEAL, on=tomorrow, source_note="某决定", by=own.office, at=AT)
    evening = AT.replace(hour=23, minute=30)
    assert record.pk in pages.near(evening, evening)
    assert record.pk not in pages.near(AT, AT)
    filled()
    publisher.clock(evening)
    assert not reader(record.get_absolute_url()).from_file
