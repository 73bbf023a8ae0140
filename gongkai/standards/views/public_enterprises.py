"""公众一侧的公共企事业单位:名录、一家、正在停的和要停的、申诉。"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from gongkai.desk import limits
from gongkai.desk.responses import private
from gongkai.law.utilities import sectors, without_application
from gongkai.org import codes
from gongkai.org.once import Answer
from gongkai.org.public_step import BUSY, HOUR, WRONG, public_step

from .. import actions, enterprise_figures
from ..actions.enterprises import PURPOSE
from ..forms.enterprises import ComplainForm
from ..forms.villages import LookForm
from ..models import Complaint, Enterprise, Outage, Statement


@require_safe
def enterprises(request: HttpRequest) -> HttpResponse:
    """按行业的名录,正在停的和要停的在前。"""
    at = timezone.now()
    known: dict[str, list[Enterprise]] = {key: [] for key in sectors()}
    for enterprise in Enterprise.objects.filter(is_listed=True).select_related("agency", "bureau"):
        known[enterprise.sector].append(enterprise)
    outages = (
        Outage.objects.filter(ends_at__gte=at).select_related("enterprise__agency").order_by("starts_at")[:20]
    )
    statements = Statement.objects.select_related("bureau")
    context = {
        "groups": [(sectors()[key].label, rows) for key, rows in known.items() if rows],
        "outages": outages,
        "at": at,
        "statements": statements,
        "why": without_application(),
    }
    return render(request, "standards/public/enterprises.html", context)


@require_safe
def enterprise(request: HttpRequest, pk: int) -> HttpResponse:
    """一家:应当公开的在哪里、依据哪一条、通知、怎样问怎样申诉。"""
    enterprise = get_object_or_404(
        Enterprise.objects.filter(is_listed=True).select_related("agency", "bureau"), pk=pk
    )
    outages = list(enterprise.outages.all()[:20])
    for outage in outages:
        outage.enterprise = enterprise
    context = {
        "enterprise": enterprise,
        "contents": enterprise_figures.contents(enterprise, timezone.localdate()),
        "outages": outages,
        "why": without_application(),
        "at": timezone.now(),
    }
    return render(request, "standards/public/enterprise.html", context)


@csrf_exempt
@cache_control(no_store=True)
def complain(request: HttpRequest, pk: int) -> HttpResponse:
    """向主管部门申诉。"""
    enterprise = get_object_or_404(
        Enterprise.objects.filter(is_listed=True).select_related("agency", "bureau"), pk=pk
    )
    at, form = timezone.now(), ComplainForm(request.POST or None)

    def act() -> Answer:
        made, code = actions.send_complaint(enterprise, form.cleaned_data["text"], contact=form.contact(), at=at)
        return {"number": made.number, "code": code, "due": f"{made.due_on:%Y-%m-%d}"}

    hint = f"由{enterprise.bureau}调查、告知。停水、停电这些急事请打服务热线{enterprise.hotline}。"
    return public_step(
        request,
        "complaint",
        form,
        act,
        "standards/public/send.html",
        "standards/public/sent.html",
        at=at,
        title=f"申诉：{enterprise}没有公开",
        button="提交",
        look="public:complaint_look",
        hint=hint,
    )


@csrf_exempt
@cache_control(no_store=True)
def look(request: HttpRequest) -> HttpResponse:
    """凭编号和查询码看申诉的结果。"""
    form = LookForm(request.POST or None)
    context: dict[str, object] = {"form": form, "title": "我的申诉怎样了"}
    if form.is_valid():
        if not limits.within(request, "complaint-look", times=60, seconds=HOUR):
            return private(render(request, "standards/public/look.html", context | {"fault": BUSY}, status=429))
        rows = Complaint.objects.select_related("enterprise__agency")
        found = rows.filter(number=form.cleaned_data["number"].strip().upper()).first()
        if not codes.matches(form.cleaned_data["code"], found and found.code, PURPOSE) or found is None:
            return private(render(request, "standards/public/look.html", context | {"fault": WRONG}, status=404))
        context |= {
            "about": str(found.enterprise),
            "number": found.number,
            "due": found.due_on,
            "answer": found.finding,
            "answered_on": found.told_at and timezone.localtime(found.told_at).date(),
        }
    return private(render(request, "standards/public/look.html", context, status=400 if form.errors else 200))
