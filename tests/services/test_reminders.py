"""证照提醒:登记、确认、一个节点一封、改期、停、退订以后一条也没有;只存种类和到期日。"""

from datetime import date, timedelta

import pytest

from gongkai.law import certificates as law
from gongkai.law.errors import RuleBroken
from gongkai.notices import actions as notices
from gongkai.notices.models import Message, Recipient
from gongkai.notices.terms import Way
from gongkai.services import actions, jobs
from gongkai.services.models import Reminder
from tests.notices.post import deliver
from tests.records.office import moment

pytestmark = pytest.mark.django_db
AT = moment(2026, 9, 1, 9)
END = date(2027, 3, 31)
TO = "boss@shop.example"


def kept(address=TO, **given):
    values = {"issued": None, "ends_on": END, "consents": True, "at": AT} | given
    return actions.keep_reminder("work-safety", Way.MAIL, address, **values)


def confirmed():
    reminder, code, _ = kept()
    recipient = Recipient.objects.get()
    notices.confirm(recipient, at=AT)
    recipient.messages.update(state="accepted")
    return reminder, recipient, code


def days(first, last):
    """Run the job of every day, and the mail; the letters by day."""
    found, on = [], first
    while on <= last:
        at = moment(on.year, on.month, on.day, 9)
        jobs.remind(on=on, at=at)
        notices.spread(at)
        box = deliver(at + timedelta(hours=3))
        found += [(on, letter.subject + letter.body) for letter in box.letters]
        on += timedelta(1)
    return found


def test_one_letter_a_node_and_none_after_one_unsubscribed(monkeypatch):
    _, recipient, _ = confirmed()
    nodes = {node.on: node.kind.label for node in law.nodes(law.kind("work-safety"), END, AT.date())}
    first, second = sorted(nodes)[:2]
    found = days(first, second)
    assert [on for on, _ in found] == [first, second]
    assert all("安全生产许可证" in text and "2026-12-31" in text for _, text in found)
    assert days(second, second) == []  # 同一天再跑一次
    notices.unsubscribe(recipient, at=moment(second.year, second.month, second.day, 12))
    assert not Reminder.objects.exists() and days(second + timedelta(1), second + timedelta(20)) == []


def test_not_confirmed_means_nothing():
    kept()
    node = law.nodes(law.kind("work-safety"), END, AT.date())[0]
    assert days(node.on, node.on) == [] or all("确认" in text for _, text in days(node.on, node.on))


def test_days_that_were_missed_are_told_by_the_newest_alone():
    confirmed()
    on = END + timedelta(3)
    found = days(on, on)
    assert len(found) == 1 and "已经失效" in found[0][1]


def test_a_renewed_certificate_is_counted_anew():
    reminder, _, _ = confirmed()
    actions.renew_reminder(reminder, date(2030, 3, 31), at=moment(2026, 10, 1))
    old = law.nodes(law.kind("work-safety"), END, AT.date())
    assert days(old[0].on, old[0].on) == []
    with pytest.raises(RuleBroken, match="已经到期"):
        actions.renew_reminder(reminder, date(2020, 1, 1), at=moment(2026, 10, 1))


def test_stopped_the_end_day_and_the_address_are_gone():
    reminder, recipient, _ = confirmed()
    actions.stop_reminder(reminder, at=AT)
    recipient.refresh_from_db()
    assert not Reminder.objects.exists() and recipient.address == ""
    with pytest.raises(RuleBroken, match="已经停掉"):
        actions.stop_reminder(reminder, at=AT)


def test_bad_input_writes_nothing():
    for given, said in (
        ({"ends_on": None}, "没有填"),
        ({"issued": date(2028, 1, 1)}, "不晚于发证"),
        ({"consents": False}, "没有勾同意"),
        ({"address": "不是邮箱"}, None),
    ):
        with pytest.raises(RuleBroken, match=said):
            kept(**given)
    with pytest.raises(RuleBroken, match="没有有效期"):
        actions.keep_reminder("business-licence", Way.MAIL, TO, issued=None, ends_on=END, consents=True, at=AT)
    assert not Reminder.objects.exists() and not Recipient.objects.exists() and not Message.objects.exists()


def test_long_after_its_end_a_reminder_is_erased():
    confirmed()
    assert actions.erase_reminders(on=END + timedelta(20), at=AT) == 0
    assert actions.erase_reminders(on=END + timedelta(40), at=AT) == 1 and Recipient.objects.get().address == ""
