"""工作台看的:订阅的数、推送过的事、发件箱、信的样子、到达率。哪里都没有地址。"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from gongkai.desk.export import csv_stream
from gongkai.desk.moments import minute
from gongkai.desk.numbers import whole
from gongkai.desk.paging import page
from gongkai.desk.responses import private
from gongkai.org import access

from .. import figures, forms, topics, writing
from ..carriers import carriers
from ..models import Channel, Happening, Message, Recipient, Subscription
from ..terms import REPEATABLE, WAITING, Kind, Way


def happening_of(request: HttpRequest, pk: int) -> Happening:
    """One that this person may see; 404 for any other."""
    rows = Happening.objects.visible_to(request.user).select_related("agency", "record")
    return get_object_or_404(rows, pk=pk)


def message_of(request: HttpRequest, pk: int) -> Message:
    """One that this person may see; 404 for any other."""
    rows = Message.objects.visible_to(request.user).select_related("happening", "recipient", "subscription")
    return get_object_or_404(rows, pk=pk)


def _notices(request: HttpRequest) -> dict[str, Any]:
    """What the head of these pages says of the channels."""
    ready = carriers()
    paused = list(Channel.objects.exclude(paused_at=None))
    return {"paused": paused, "no_mail": Way.MAIL not in ready and not any(one.way == Way.MAIL for one in paused)}


@access.desk("notices.view")
def topics_page(request: HttpRequest) -> HttpResponse:
    """可以订阅的事,各有多少人订。"""
    context = {"standings": figures.standings(timezone.localdate())} | _notices(request)
    return private(render(request, "notices/desk/topics.html", context))


@access.desk("notices.view")
def happenings(request: HttpRequest) -> HttpResponse:
    """推送过的事,新的在前。"""
    rows = Happening.objects.visible_to(request.user).select_related("agency")
    if topic := request.GET.get("topic", "")[:60]:
        rows = rows.filter(topic=topic)
    result = page(rows, request.GET, keys=("at", "pk"), size=30)
    context = {
        "page": result,
        "reaches": figures.reach_of(result.rows),
        "topic": topic,
        "topics": topics.topics().values(),
    }
    return private(render(request, "notices/desk/happenings.html", context | _notices(request)))


@access.desk("notices.view")
def happening(request: HttpRequest, pk: int) -> HttpResponse:
    """推送过的一件:各步几条,到达了多少。"""
    happening = happening_of(request, pk)
    known = topics.topics().get(happening.topic)
    waiting = happening.messages.filter(state__in=WAITING).exists() or happening.spread_at is None
    context = {
        "happening": happening,
        "reach": figures.reach_of([happening])[0],
        "criteria": topics.criteria_in_words(known, happening.facts) if known else "",
        "may_call_off": waiting and access.may(request.user, "notices.send"),
    }
    return private(render(request, "notices/desk/happening.html", context))


HEAD = [
    "编号",
    "种类",
    "订阅的事",
    "标题",
    "单位",
    "渠道",
    "到了哪一步",
    "排队",
    "最早发出",
    "最近一次发",
    "试过",
    "送达",
    "说明",
]


@access.desk("notices.view")
def outbox(request: HttpRequest) -> HttpResponseBase:
    """发件箱:每一条到了哪一步;没有正文,没有地址。"""
    given = forms.OutboxFilter(request.GET)
    rows = Message.objects.visible_to(request.user).select_related("happening__agency")
    rows = given.narrowed(rows, "state", "way", "topic")
    if request.GET.get("format") == "csv":
        access.require(request.user, "notices.export")
        return private(csv_stream("outbox", HEAD, (_cells(one) for one in rows.iterator(chunk_size=1000))))
    context = {
        "page": page(rows, request.GET, keys=("queued_at", "pk")),
        "filter": given,
        "repeatable": REPEATABLE,
        "may_send": access.may(request.user, "notices.send"),
        "may_export": access.may(request.user, "notices.export"),
    }
    return private(render(request, "notices/desk/outbox.html", context | _notices(request)))


def _cells(message: Message) -> list[object]:
    told = message.happening
    return [
        message.pk,
        message.get_kind_display(),
        message.topic_label,
        told or "",
        (told and told.agency) or "",
        message.get_way_display(),
        message.get_state_display(),
        minute(message.queued_at),
        minute(message.due_at),
        minute(message.tried_at) if message.tried_at else "",
        message.tries,
        minute(message.delivered_at) if message.delivered_at else "",
        message.note,
    ]


@access.desk("notices.view")
def templates(request: HttpRequest) -> HttpResponse:
    """各种信写成什么样,用假的收件人和假的事。"""
    nobody = Recipient(pk=0, way=Way.MAIL, nonce="0")
    told = [
        writing.Line(
            "《关于小微企业稳岗补贴的通知》",
            "政策文件",
            "区人力资源和社会保障局",
            "https://www.minghu.example/info/1/",
        ),
        writing.Line(
            "《关于停车收费办法公开征求意见的公告》",
            "决策征求意见",
            "区交通运输局",
            "https://www.minghu.example/info/2/",
        ),
    ]
    pending = [Subscription(topic=one.key) for one in topics.offered()[:2]]
    shown = [
        ("订阅的消息（一件）", writing.news(nobody, Kind.NEWS, told[:1])),
        ("订阅的消息（几件合成一封）", writing.news(nobody, Kind.NEWS, told)),
        (
            "办事通知",
            writing.news(
                nobody,
                Kind.SERVICE,
                [
                    writing.Line(
                        "来信0001有了答复",
                        "我的来信的进展",
                        "区民政局",
                        "https://www.minghu.example/letters/look/",
                    )
                ],
            ),
        ),
        ("确认信", writing.confirmation(nobody, pending)),
    ]
    return private(render(request, "notices/desk/templates.html", {"shown": shown}))


@access.desk("notices.view")
def reach(request: HttpRequest) -> HttpResponseBase:
    """到达率:一年里每一类的数,最近的各件;分母写明,不知道的写不知道。"""
    on = timezone.localdate()
    given = whole(request.GET.get("year"))
    year = given if given and 2000 <= given <= on.year else on.year
    rows = Happening.objects.visible_to(request.user).filter(at__year=year, stale=False).select_related("agency")
    if request.GET.get("format") == "csv":
        access.require(request.user, "notices.export")
        return private(csv_stream("reach", REACH, (_reach_cells(one) for one in figures.reach_of(rows))))
    first = Happening.objects.visible_to(request.user).order_by("at").values_list("at", flat=True).first()
    since = timezone.localtime(first).year if first else on.year
    context = {
        "year": year,
        "years": range(on.year, max(since, on.year - 5) - 1, -1),
        "lines": figures.by_topic(rows, on),
        "reaches": figures.reach_of(rows[:30]),
        "on": date(year, 12, 31) if year < on.year else on,
        "may_export": access.may(request.user, "notices.export"),
    }
    return private(render(request, "notices/desk/reach.html", context))


REACH = [
    "日期",
    "订阅的事",
    "标题",
    "单位",
    "符合条件",
    "应达（订了的）",
    "发出",
    "送达",
    "已交通道",
    "未知",
    "没有发出",
    "不再发",
    "打开",
    "申请",
    "应兑现",
    "已兑现",
]


def _reach_cells(reach: figures.Reach) -> list[object]:
    told, redeemed = reach.happening, reach.redeemed
    none = "没有填报"
    after: list[object] = [none] * 4
    if redeemed is not None:
        values = (redeemed.opened, redeemed.applied, redeemed.due, redeemed.paid)
        after = [none if value is None else value for value in values]
    whole = "分母不明" if reach.estimated is None else reach.estimated
    return [
        minute(told.at),
        told.topic_label,
        told,
        told.agency or "",
        whole,
        reach.due,
        reach.sent,
        reach.delivered,
        reach.accepted,
        reach.unknown,
        reach.failed,
        reach.cancelled,
        *after,
    ]
