"""退信:永久的、暂时的、送达的,认自己的信号;坏的、别人的不算。"""

from pathlib import Path

import pytest
from django.core.management import call_command

from gongkai.adapters.bounce import read
from gongkai.notices.models import Message
from gongkai.notices.terms import State
from tests.notices.post import deliver, happen, subscribed

NUMBER = "0123456789abcdef0123456789abcdef"
REPORT = """From: MAILER-DAEMON@mx.example
Subject: Undelivered Mail Returned to Sender
Content-Type: multipart/report; report-type=delivery-status; boundary="x"

--x
Content-Type: text/plain

Sorry.
--x
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; reader@citizen.example
Action: failed
Status: {code}
--x
Content-Type: {kind}

From: no-reply@minghu.example
Message-ID: <{number}@minghu.example>
Subject: x

--x--
"""


def report(code="5.1.1", number=NUMBER, kind="message/rfc822"):
    return REPORT.format(code=code, number=number, kind=kind).encode()


@pytest.mark.once
@pytest.mark.parametrize("kind", ["message/rfc822", "text/rfc822-headers"])
@pytest.mark.parametrize(
    ("code", "permanent", "delivered"), [("5.1.1", True, False), ("4.2.2", False, False), ("2.0.0", False, True)]
)
def test_what_a_report_says(code, permanent, delivered, kind):
    (one,) = read(report(code, kind=kind))
    assert (one.number, one.code, one.permanent, one.delivered) == (NUMBER, code, permanent, delivered)


@pytest.mark.once
def test_a_mailbox_of_several_and_what_is_none():
    other = report(number="somebody-elses")
    box = b"From a Tue\n" + report() + b"\nFrom b Tue\r\n" + other + b"\nFrom c Tue\nSubject: hello\n\nhi\n"
    assert [one.number for one in read(box)] == [NUMBER]
    for broken in (b"", b"\xff\xfe\x00", report()[:200], report("abc"), b"Content-Type: multipart/report\n\nx"):
        assert read(broken) == []


@pytest.mark.django_db
def test_the_command_counts_each_once(tmp_path: Path, capsys, here):
    recipient = subscribed("reader@citizen.example")
    happen()
    path = tmp_path / "bounces.eml"
    path.write_bytes(report(number=deliver().letters[0].number))
    call_command("bounces", path)
    call_command("bounces", path)
    recipient.refresh_from_db()
    assert recipient.bounces == 1 and Message.objects.get(kind="news").state == State.FAILED
    assert "记下1条" in capsys.readouterr().out
