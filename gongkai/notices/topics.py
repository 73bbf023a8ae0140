"""可以订阅的事:各应用在 ``room.py`` 的 ``topics`` 里说,这里认得、匹配。写法见 ``docs/how-to/notices.md``。

一件事(``Happened``)从操作记录里读出来(``Topic.read``),或者由应用在自己的动作里交来(``actions.enqueue``)。
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ImproperlyConfigured

from gongkai.desk.rooms import rooms
from gongkai.law.errors import RuleBroken
from gongkai.law.notices import overlaps

if TYPE_CHECKING:
    from gongkai.org.models import Agency, LogEntry
    from gongkai.records.models import Record

Choices = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Criterion:
    """订阅时可以选的一个条件。

    Attributes:
        key, label: its name in ``Happened.facts``, and what people read.
        choices: pairs (value, label), or a function that gives them (it is asked when a form is shown).
        sensitive: personal data of the sensitive kind (disability, allowance, illness): stored sealed, and asked for
            with a consent of its own.
    """

    key: str
    label: str
    choices: Choices | Callable[[], Choices]
    sensitive: bool = False

    def options(self) -> list[tuple[str, str]]:
        return list(self.choices() if callable(self.choices) else self.choices)


@dataclass(frozen=True, slots=True)
class Happened:
    """发生了一件事,写给订阅的人看的。

    Attributes:
        key: the same key is told once within a topic; for a reminder, the thing and its node (``"12:apply_by-30"``).
        title: what a person reads; no number of a document of identity, no amount of money, no illness.
        address: its page on this site, from ``/``.
        facts: by the keys of the topic's criteria, what it concerns; left out or empty where it concerns all.
        subject: for a topic about one's own thing, which thing, as the subscription names it.
        agency: who did it.
        record: the public information it tells about; when that is withdrawn, nothing of it goes out any more.
        ends: the last there will be about this subject: the subscriptions to it end once it has gone out.
        estimated: how many it concerns by a register of the business (符合条件者); None is “分母不明”.
    """

    key: str
    title: str
    address: str
    facts: Mapping[str, Sequence[str]] = field(default_factory=dict)
    subject: str = ""
    agency: Agency | None = None
    record: Record | None = None
    ends: bool = False
    estimated: int | None = None


@dataclass(frozen=True, slots=True)
class Redeemed:
    """兑现的数,由应用从自己的登记里给出;没有的是 None,页面写“没有填报”。"""

    opened: int | None = None
    applied: int | None = None
    paid: int | None = None
    due: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """可以订阅的一类事。

    Attributes:
        key: ``app.noun``, never changed.
        label: its name in a form.
        what: one sentence for the consent: what one will get, and of what kind of event.
        criteria: what may be chosen.
        read: an entry of the log → what happened, or None; asked for every new entry, so it looks at the action first.
        service: a notice about one's own matter (履职所必需): no quiet hours, no caps.
        own: about one single thing of one's own; subscribed to only from that thing's page, with its ``subject``.
        version: raised when purpose, manner or kind change: nobody gets it until they agreed anew.
        ended: (subject) is told, in the same transaction, when the last subscription to one's own thing ended.
        redeemed: (key of the happening) → how far what was told about came to people.
    """

    key: str
    label: str
    what: str
    criteria: tuple[Criterion, ...] = ()
    read: Callable[[LogEntry], Happened | None] | None = None
    service: bool = False
    own: bool = False
    version: int = 1
    ended: Callable[[str], None] | None = None
    redeemed: Callable[[str], Redeemed | None] | None = None

    def __str__(self) -> str:
        return self.label

    @property
    def asks_sensitive(self) -> bool:
        return any(one.sensitive for one in self.criteria)


@cache
def topics() -> dict[str, Topic]:
    """Every app's, by key, in the order of the apps.

    Raises:
        ImproperlyConfigured: one key twice.
    """
    found: dict[str, Topic] = {}
    for room in rooms():
        for topic in room.topics:
            if topic.key in found:
                raise ImproperlyConfigured(f"两个应用都说可以订阅“{topic.key}”")
            found[topic.key] = topic
    return found


def topic(key: str) -> Topic:
    """The topic of this key. Raises RuleBroken if there is none."""
    if key not in topics():
        raise RuleBroken(f"没有可以订阅的“{key[:40]}”", fix="请从订阅页上选。")
    return topics()[key]


def offered() -> list[Topic]:
    """What anybody may subscribe to on the page of subscriptions."""
    return [one for one in topics().values() if not one.own]


def concerns(criteria: Mapping[str, Sequence[str]], facts: Mapping[str, Any]) -> bool:
    """Whether a happening concerns somebody who chose these criteria."""
    return all(overlaps(chosen, facts.get(key, ())) for key, chosen in criteria.items())


def known_choices(topic: Topic) -> dict[str, set[str]]:
    """What may be chosen for each criterion, read once for many subscriptions."""
    return {criterion.key: {value for value, _ in criterion.options()} for criterion in topic.criteria}


def fitting(
    topic: Topic, given: Mapping[str, Sequence[str]], known: Mapping[str, set[str]] | None = None
) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """The chosen criteria, checked: the plain ones and the sensitive ones.

    Raises:
        RuleBroken: there is no such criterion or no such choice.
    """
    plain: dict[str, list[str]] = {}
    private: dict[str, list[str]] = {}
    known = known_choices(topic) if known is None else known
    sensitive = {criterion.key for criterion in topic.criteria if criterion.sensitive}
    for key, values in given.items():
        chosen = {str(value) for value in values}
        if key not in known or chosen - known[key]:
            raise RuleBroken(f"“{topic}”没有这样的条件", fix="请从页面给出的里面选。")
        if chosen:
            (private if key in sensitive else plain)[key] = sorted(chosen)
    return plain, private


def criteria_in_words(topic: Topic, criteria: Mapping[str, Sequence[str]]) -> str:
    """The criteria in words, “不限” for none."""
    parts = []
    for criterion in topic.criteria:
        if chosen := criteria.get(criterion.key):
            names = dict(criterion.options())
            parts.append(f"{criterion.label}：{'、'.join(names.get(value, value) for value in chosen)}")
    return "；".join(parts) or "不限"


@dataclass(frozen=True, slots=True)
class Choice:
    """一个人订的一项:哪一类,什么条件,同意了没有。"""

    topic: str
    criteria: Mapping[str, Sequence[str]] = field(default_factory=dict)
    subject: str = ""
    consents: bool = False
    consents_sensitive: bool = False
