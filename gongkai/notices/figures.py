"""到达率:应达、发出、送达、打开、申请、兑现,各有分母;没有名录的写“分母不明”,没有计数的写“没有计数”,都不当作零。

按人去重:一件事一个人至多一条。“已交通道”不算送达;没有回音的另列,几个数加起来同排进队的对得上。
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet

from gongkai.law import notices as law
from gongkai.law import params

from . import topics
from .models import Happening, Message, Subscription
from .terms import State, Way
from .topics import Redeemed

_SENT = (State.ACCEPTED, State.DELIVERED, State.UNKNOWN, State.FAILED)


@dataclass(frozen=True, slots=True)
class Reach:
    """一件事的到达。``estimated`` 是符合条件的总数,没有名录的是 None。"""

    happening: Happening
    states: Mapping[str, int]
    estimated: int | None
    redeemed: Redeemed | None

    @property
    def due(self) -> int:
        """Subscribers whom it concerns."""
        return sum(self.states.values())

    @property
    def sent(self) -> int:
        """Handed to a channel, whatever became of it."""
        return sum(self.states.get(state, 0) for state in _SENT)

    @property
    def delivered(self) -> int:
        return self.states.get(State.DELIVERED, 0)

    @property
    def accepted(self) -> int:
        """Taken by a channel that has not said more."""
        return self.states.get(State.ACCEPTED, 0)

    @property
    def unknown(self) -> int:
        return self.states.get(State.UNKNOWN, 0)

    @property
    def failed(self) -> int:
        return self.states.get(State.FAILED, 0)

    @property
    def cancelled(self) -> int:
        return self.states.get(State.CANCELLED, 0)

    @property
    def waiting(self) -> int:
        return self.due - self.sent - self.cancelled

    @property
    def cover(self) -> str:
        """Subscribers of those whom it concerns by the register."""
        return _share(self.due, self.estimated)

    @property
    def delivery(self) -> str:
        """Delivered of those sent."""
        return _share(self.delivered, self.sent)

    @property
    def application(self) -> str:
        return _share(self.redeemed and self.redeemed.applied, self.estimated)

    @property
    def payment(self) -> str:
        return _share(self.redeemed and self.redeemed.paid, self.redeemed and self.redeemed.due)


def _share(part: int | None, whole: int | None) -> str:
    """A share with its denominator, or why there is none.

    >>> _share(3, 12), _share(3, None), _share(None, 12), _share(0, 0)
    ('25.0%（3/12）', '分母不明', '没有填报', '分母为零')
    """
    if part is None:
        return "没有填报"
    if whole is None:
        return "分母不明"
    return f"{part / whole:.1%}（{part}/{whole}）" if whole else "分母为零"


def reach_of(happenings: Iterable[Happening]) -> list[Reach]:
    """The figures of some happenings, counted in one query."""
    rows = list(happenings)
    counted: dict[int, dict[str, int]] = {one.pk: {} for one in rows}
    found = Message.objects.filter(happening__in=list(counted)).values_list("happening", "state").order_by()
    for pk, state, count in found.annotate(n=Count("pk")):
        counted[pk][state] = count
    return [Reach(one, counted[one.pk], one.estimated, _redeemed(one)) for one in rows]


def _redeemed(happening: Happening) -> Redeemed | None:
    known = topics.topics().get(happening.topic)
    return known.redeemed(happening.key) if known and known.redeemed else None


@dataclass(frozen=True, slots=True)
class TopicLine:
    """一类事一段日子里的数:几件、各步几条;按渠道的人数,小的格子合并。"""

    label: str
    happenings: int
    states: Mapping[str, int]
    ways: Mapping[str, int]

    @property
    def sent(self) -> int:
        return sum(self.states.get(state, 0) for state in _SENT)

    @property
    def delivered(self) -> int:
        return self.states.get(State.DELIVERED, 0)

    @property
    def unknown(self) -> int:
        return self.states.get(State.UNKNOWN, 0) + self.states.get(State.ACCEPTED, 0)

    @property
    def failed(self) -> int:
        return self.states.get(State.FAILED, 0)

    @property
    def delivery(self) -> str:
        return _share(self.delivered, self.sent)


def by_topic(happenings: QuerySet[Happening], on: date) -> list[TopicLine]:
    """The figures of every topic of which something was told."""
    least = params.at("notices.small_cell", on).value
    events = dict(happenings.values_list("topic").annotate(n=Count("pk")).order_by())
    told = Message.objects.filter(happening__in=happenings.values("pk"))
    states: dict[str, dict[str, int]] = {}
    ways: dict[str, dict[str, int]] = {}
    for topic, state, count in told.values_list("topic", "state").annotate(n=Count("pk")).order_by():
        states.setdefault(topic, {})[state] = count
    people = told.values_list("topic", "way").annotate(n=Count("recipient", distinct=True)).order_by()
    for topic, way, count in people:
        ways.setdefault(topic, {})[Way.from_value(way).label] = count
    known = topics.topics()
    return [
        TopicLine(
            known[key].label if key in known else key,
            count,
            states.get(key, {}),
            law.merged(ways.get(key, {}), least),
        )
        for key, count in sorted(events.items())
    ]


@dataclass(frozen=True, slots=True)
class Standing:
    """一类事现在有多少人订:按渠道,小的格子合并;还有多少等着确认。"""

    topic: topics.Topic
    active: int
    pending: int
    ways: Mapping[str, int]


def standings(on: date) -> list[Standing]:
    """How many subscribe to each topic, without anybody's address."""
    least = params.at("notices.small_cell", on).value
    active: dict[str, dict[str, int]] = {}
    rows = Subscription.objects.active().values_list("topic", "recipient__way").annotate(n=Count("pk")).order_by()
    for key, way, count in rows:
        active.setdefault(key, {})[Way.from_value(way).label] = count
    pending = dict(Subscription.objects.pending().values_list("topic").annotate(n=Count("pk")).order_by())
    return [
        Standing(
            one, sum(active.get(key, {}).values()), pending.get(key, 0), law.merged(active.get(key, {}), least)
        )
        for key, one in topics.topics().items()
    ]
