"""数据同源的订户:清单、登记、试送,等着送的和没有送到的通知(C100)。"""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Count, Max, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.desk.export import csv_stream
from gongkai.desk.paging import page
from gongkai.law import duties
from gongkai.law.errors import LawError
from gongkai.org import access

from .. import actions
from ..forms import SubscriberForm
from ..models import Delivery, Subscriber

_WAITING = Q(deliveries__delivered_at=None, deliveries__dropped_at=None, deliveries__isnull=False)
HEAD = ["序号", "信息编号", "变动时间", "状态", "上次送", "下次送", "对方答复", "错误", "送到"]


@access.desk("web.syndication")
def subscribers(request: HttpRequest) -> HttpResponse:
    """订户清单,各有多少等着送、没有送到的。"""
    rows = Subscriber.objects.annotate(
        waiting_count=Count("deliveries", filter=_WAITING),
        failing_count=Count("deliveries", filter=_WAITING & Q(deliveries__attempts__gte=Delivery.FAILING)),
        last_at=Max("deliveries__delivered_at"),
    )
    return render(request, "web/subscribers.html", {"rows": rows})


@access.desk("web.syndication")
def edit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """登记或者修改一个订户;新登记的密钥只在这时看得到一次。"""
    subscriber = get_object_or_404(Subscriber, pk=pk) if pk else None
    given = (
        {
            "name": subscriber.name,
            "url": subscriber.url,
            "duties": subscriber.duties,
            "agencies": subscriber.agencies.all(),
        }
        if subscriber
        else None
    )
    form = SubscriberForm(request.POST or None, initial=given, own=pk)
    if form.is_valid():
        new = subscriber or Subscriber()
        for name in ("name", "url", "duties"):
            setattr(new, name, form.cleaned_data[name])
        try:
            saved, secret = actions.save_subscriber(
                new, list(form.cleaned_data["agencies"]), by=request.user, at=timezone.now()
            )
        except LawError as error:
            form.add_error("url", str(error))
        else:
            if secret:
                return _secret(request, saved, secret)
            messages.success(request, f"已经改好“{saved}”。")
            return redirect(saved)
    return render(
        request,
        "web/subscriber_form.html",
        {"form": form, "subscriber": subscriber},
        status=422 if form.errors else 200,
    )


def _secret(request: HttpRequest, subscriber: Subscriber, secret: str) -> HttpResponse:
    return render(request, "web/subscriber_secret.html", {"subscriber": subscriber, "secret": secret})


@access.desk("web.syndication")
def subscriber(request: HttpRequest, pk: int) -> HttpResponse:
    """一个订户:要什么,通知送到哪里了。"""
    subscriber = get_object_or_404(Subscriber, pk=pk)
    rows = subscriber.deliveries.select_related("record", "subscriber")
    state = request.GET.get("state", "")
    if state == "waiting":
        rows = rows.filter(delivered_at=None, dropped_at=None)
    elif state == "failing":
        rows = rows.filter(delivered_at=None, dropped_at=None, attempts__gte=Delivery.FAILING)
    if request.GET.get("format") == "csv":
        cells = (
            [
                row.seq,
                row.record_id,
                row.changed_at,
                row.state[0],
                row.tried_at,
                row.next_at,
                row.status or "",
                row.error,
                row.delivered_at,
            ]
            for row in rows.order_by("-seq").iterator(chunk_size=2000)
        )
        return csv_stream("deliveries", HEAD, cells)
    known = duties.all()
    return render(
        request,
        "web/subscriber.html",
        {
            "subscriber": subscriber,
            "page": page(rows, request.GET, keys=("seq",)),
            "state": state,
            "agencies": subscriber.agencies.all(),
            "columns": [known[key].short for key in subscriber.duties if key in known],
            "waiting": subscriber.waiting().count(),
            "pills": (("", "全部"), ("waiting", "等着送的"), ("failing", "没有送到的")),
        },
    )


@access.desk("web.syndication")
@require_POST
def act(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """试送、暂停、恢复、换密钥。"""
    subscriber, by, at = get_object_or_404(Subscriber, pk=pk), request.user, timezone.now()
    if what == "secret":
        return _secret(request, subscriber, actions.renew_secret(subscriber, by=by, at=at))
    if what == "test":
        messages.info(request, actions.probe(subscriber, by=by, at=at))
    elif what in ("pause", "resume"):
        actions.pause(subscriber, what == "pause", by=by, at=at)
        messages.success(
            request, "已经暂停；暂停期间的变动照样排队。" if what == "pause" else "已经恢复，按次序补送。"
        )
    else:
        raise Http404("没有这件事。")
    return redirect(subscriber)


@access.desk("web.syndication")
@require_POST
def act_delivery(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """一条通知:马上再送,或者放弃。"""
    delivery = get_object_or_404(Delivery.objects.select_related("subscriber"), pk=pk)
    if what == "retry":
        actions.retry(delivery, by=request.user, at=timezone.now())
        messages.success(request, "下一轮就再送。")
    elif what == "drop":
        actions.give_up(delivery, by=request.user, at=timezone.now())
        messages.success(request, "已经放弃这一条，送后面的。")
    else:
        raise Http404("没有这件事。")
    return redirect(delivery.subscriber)
