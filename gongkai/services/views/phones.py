"""工作台的电话:该打的、打不通的;打过以后记一笔。"""

from __future__ import annotations

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.desk.paging import page
from gongkai.desk.responses import private
from gongkai.desk.submitting import button_step
from gongkai.law import params
from gongkai.law.calendar import DAY
from gongkai.org import access

from .. import actions
from ..models import Guide, Phone
from ..terms import PhoneState

LISTS = {"due": "该打的", "wrong": "空号、不是这里的", "silent": "没人接的", "all": "全部"}
CALLED = (PhoneState.ANSWERED, PhoneState.SILENT, PhoneState.WRONG)


@access.desk("services.view")
def phones(request: HttpRequest) -> HttpResponse:
    """指南里的电话;没人接的要接着几次才列,不算打不通。"""
    at, on = timezone.now(), timezone.localdate()
    tries, days = params.at("services.link_tries", on), params.at("services.phone_days", on)
    key = request.GET.get("list", "due")
    key = key if key in LISTS else "due"
    rows = Phone.objects.filter(guides__in=Guide.objects.visible_to(request.user)).distinct()
    since = at - DAY * days.value
    rows = {
        "due": rows.filter(Q(called_at=None) | Q(called_at__lt=since)),
        "wrong": rows.filter(state=PhoneState.WRONG),
        "silent": rows.filter(silent__gte=tries.value),
        "all": rows,
    }[key]
    context = {
        "page": page(rows.prefetch_related("guides"), request.GET, keys=("number", "pk"), ascending=True),
        "key": key,
        "lists": LISTS.items(),
        "tries": tries,
        "days": days,
        "states": [(one.value, one.label) for one in CALLED],
        "may_write": access.may(request.user, "services.write"),
    }
    return private(render(request, "services/desk/phones.html", context))


@access.desk("services.write")
@require_POST
def called(request: HttpRequest, pk: int, state: str) -> HttpResponse:
    """打过了。"""
    if state not in CALLED:
        raise Http404("没有这一种。")
    rows = Phone.objects.filter(guides__in=Guide.objects.visible_to(request.user)).distinct()
    phone = get_object_or_404(rows, pk=pk)

    def act() -> str:
        actions.note_call(phone, PhoneState.from_value(state), by=request.user, at=timezone.now())
        return f"{phone.number}：{PhoneState.from_value(state).label}，已经记下。"

    back = reverse("desk:services_phones")
    wanted = request.POST.get("list", "")
    return button_step(request, act, back=f"{back}?list={wanted}" if wanted in LISTS else back)
