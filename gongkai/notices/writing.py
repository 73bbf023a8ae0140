"""一封信写成什么样:订阅的消息、办事通知、确认信,各有长的(邮件)和短的(短信一类)两种。没有证件号码,没有金额。"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.template.loader import render_to_string

from gongkai.org import site

from . import links
from .models import Happening, Message, Recipient, Subscription
from .terms import Kind

#: A short message holds so many things by name.
_NAMED = 2
_TITLE = 24


@dataclass(frozen=True, slots=True)
class Written:
    """题目、正文、短的写法。"""

    subject: str
    body: str
    short: str


@dataclass(frozen=True, slots=True)
class Line:
    """信里的一件:什么事、哪一类、单位、原文。"""

    title: str
    topic: str
    agency: str
    url: str


def lines(messages: Sequence[Message]) -> list[Line]:
    """What a letter tells, the same page once."""
    found: dict[str, Line] = {}
    for message in messages:
        if message.happening is not None:
            found.setdefault(message.happening.address, _line(message.happening))
    return list(found.values())


def _line(happening: Happening) -> Line:
    return Line(
        happening.title, happening.topic_label, str(happening.agency or ""), links.absolute(happening.address)
    )


def news(recipient: Recipient, kind: Kind, told: Sequence[Line]) -> Written:
    """A letter with one thing or several."""
    name, manage = site.current().short_name, links.absolute(links.manage(recipient))
    head = told[0].title if len(told) == 1 else f"{told[0].title[:_TITLE]}等{len(told)}件"
    context = {
        "site": site.current(),
        "lines": told,
        "manage": manage,
        "service": kind == Kind.SERVICE,
        "unsubscribe": links.absolute(links.unsubscribe(recipient)),
    }
    body = render_to_string("notices/mail/news.txt", context)
    named = "；".join(one.title[:_TITLE] for one in told[:_NAMED])
    more = f"等{len(told)}件" if len(told) > _NAMED else ""
    short = f"【{name}】{named}{more}，详见 {told[0].url if len(told) == 1 else manage} 退订 {manage}"
    return Written(f"[{name}] {head}", body, short)


def confirmation(recipient: Recipient, pending: Sequence[Subscription]) -> Written:
    """The letter that asks whether one wants it; nothing else is ever sent to an address before."""
    name, link = site.current().short_name, links.absolute(links.confirm(recipient))
    context = {"site": site.current(), "pending": pending, "confirm": link}
    body = render_to_string("notices/mail/confirm.txt", context)
    short = f"【{name}】有人用这个号码订阅了消息，是您本人的请打开确认 {link} 不是的不必理会。"
    return Written(f"[{name}] 请确认订阅", body, short)
