"""把一封送出去:邮件服务器、签名的网关、站内。只说结果,不写库;说不清有没有送到的,是“没有回音”,不是失败。"""

from __future__ import annotations

import json
import smtplib
import socket
import ssl
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from gongkai.adapters import webhook
from gongkai.adapters.webhook import NotDelivered
from gongkai.org import mail as site_mail

from .models import Channel
from .terms import Result, Way

#: Answers of a gateway after which it is certain that nothing was sent.
_LATER = (408, 425, 429, 503)


@dataclass(frozen=True, slots=True)
class Letter:
    """一封要送的:送到哪里、题目、正文、短的写法、各个链接。``number`` 也是网关去重、回执找回它的记号。"""

    number: str
    to: str
    subject: str
    body: str
    short: str
    unsubscribe: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Answer:
    """通道的回答:结果,和给工作台看的一句(没有地址)。``stop``:这一轮别的也不必试了。"""

    result: Result
    note: str = ""
    stop: bool = False


class Carrier(Protocol):
    """一个渠道怎样送。"""

    def send(self, letter: Letter) -> Answer: ...
    def close(self) -> None: ...


class Station:
    """站内信:写下就是送到了,本人自己来看。"""

    def send(self, letter: Letter) -> Answer:
        return Answer(Result.DELIVERED)

    def close(self) -> None:
        return None


class Mail:
    """电子邮件:一轮用一个连接。服务器收下不等于送达。"""

    def __init__(self) -> None:
        self._connection: Any = None

    def send(self, letter: Letter) -> Answer:
        try:
            if self._connection is None:
                self._connection = get_connection(fail_silently=False)
                self._connection.open()
        except (OSError, smtplib.SMTPException) as error:
            # 还没有连上,什么也没有送出
            self._connection = None
            return Answer(Result.TEMPORARY, f"连不上邮件服务器（{type(error).__name__}）", stop=True)
        headers = {
            "List-Unsubscribe": f"<{letter.unsubscribe}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Message-ID": f"<{letter.number}@{_host()}>",
            "Auto-Submitted": "auto-generated",
            "Precedence": "bulk",
        }
        message = EmailMessage(
            letter.subject, letter.body, None, [letter.to], headers=headers, connection=self._connection
        )
        try:
            sent = message.send()
        except smtplib.SMTPRecipientsRefused as error:
            code = next((code for code, _ in error.recipients.values()), 0)
            return Answer(*_by_code(code, "收件地址"))
        except smtplib.SMTPResponseException as error:
            return Answer(*_by_code(error.smtp_code, "邮件", permanent=Result.TEMPORARY))
        except (OSError, smtplib.SMTPException) as error:
            # 断在中间:可能已经送出
            self.close()
            return Answer(Result.UNKNOWN, f"没有等到邮件服务器的回音（{type(error).__name__}）")
        return Answer(Result.ACCEPTED) if sent == 1 else Answer(Result.TEMPORARY, "邮件服务器没有收")

    def close(self) -> None:
        if self._connection is not None:
            try:
                self._connection.close()
            except (OSError, smtplib.SMTPException):
                return
            finally:
                self._connection = None


def _host() -> str:
    return settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ") or "localhost"


def _by_code(code: int, what: str, permanent: Result = Result.PERMANENT) -> tuple[Result, str]:
    """5xx for the address is for good, everything else may be better later."""
    return (permanent if 500 <= code < 600 else Result.TEMPORARY), f"邮件服务器不收这个{what}（{code}）"


class Gateway:
    """短信、政务钉钉、微信:把一条签了名的消息交给本单位自己的网关,由它去发。没有哪一家的接口写在这里。"""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel

    def send(self, letter: Letter) -> Answer:
        body = json.dumps(
            {"id": letter.number, "to": letter.to, "text": letter.short}, ensure_ascii=False
        ).encode()
        timestamp = int(letter.at.timestamp())
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "User-Agent": "Gongkai",
            "Gongkai-Event": "notice",
            "Gongkai-Delivery": letter.number,
            "Gongkai-Timestamp": str(timestamp),
            "Gongkai-Signature": webhook.sign(self._channel.secret, timestamp, body),
        }
        try:
            status = webhook.post(self._channel.url, body, headers, private=settings.WEBHOOK_PRIVATE)
        except NotDelivered as error:
            if _never_left(error):
                return Answer(Result.TEMPORARY, str(error)[:200], stop=True)
            return Answer(Result.UNKNOWN, str(error)[:200])
        if 200 <= status < 300:
            return Answer(Result.ACCEPTED)
        if status in _LATER:
            return Answer(Result.TEMPORARY, f"网关答复{status}", stop=status != 408)
        if status in (404, 410, 422):
            return Answer(Result.PERMANENT, f"网关说这个号码不通（{status}）")
        if 300 <= status < 500:
            return Answer(Result.TEMPORARY, f"网关不收（{status}），请核对网址和密钥", stop=True)
        return Answer(Result.UNKNOWN, f"网关答复{status}，说不清有没有发")

    def close(self) -> None:
        return None


def _never_left(error: NotDelivered) -> bool:
    """Whether it is certain that nothing reached the gateway."""
    cause = error.__cause__
    return cause is None or isinstance(
        cause, ConnectionRefusedError | socket.gaierror | ssl.SSLCertVerificationError
    )


def carriers() -> dict[Way, Carrier]:
    """The channels that are set up and not paused."""
    rows = {Way.from_value(row.way): row for row in Channel.objects.all()}
    stopped = {way for way, row in rows.items() if row.paused_at}
    found: dict[Way, Carrier] = {Way.STATION: Station()}
    if site_mail.ready():
        found[Way.MAIL] = Mail()
    found |= {way: Gateway(row) for way, row in rows.items() if way.has_gateway and row.url}
    return {way: carrier for way, carrier in found.items() if way not in stopped}


def open_ways() -> list[Way]:
    """What a person may choose when subscribing: mail and the station always, gateways when set up."""
    rows = set(Channel.objects.exclude(url="").values_list("way", flat=True))
    return [way for way in Way if not way.has_gateway or way.value in rows]
