"""政策里等这个人办的事,给工作台首页(``desk.todo``)。"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse

from gongkai.desk.moments import end_of
from gongkai.desk.todo import Panel, Task, panel_of
from gongkai.law import interpretation as law
from gongkai.law import params
from gongkai.law.errors import NotInForce
from gongkai.law.openness import Openness
from gongkai.org import access
from gongkai.org.models import User
from gongkai.records.models import Edition, Record
from gongkai.records.terms import OPEN_STAGES, Stage

from .models import Package, Part


def panels(user: User, on: date) -> Iterator[Panel]:
    """Papers without interpretation by the writer; packages ready to be signed together; papers left bare."""
    packages = Package.objects.visible_to(user).select_related("policy__agency")
    listed = reverse("desk:policies_packages")
    if access.may(user, "policies.write"):
        yield _unaccompanied(user, on)
        own = packages.bare(end_of(on)).filter(access.within(user, "policies.write", "policy__agency"))
        hint = "文件公开着，解读已经撤下或者当时没有附；有新的解读请放进发布包。"
        yield _panel("公开着而没有解读的文件", hint, own.exclude(exemption__in=_SETTLED), f"{listed}?list=bare")
    if access.may(user, "records.final"):
        own = ready(packages).filter(access.within(user, "records.final", "policy__agency"))
        yield _panel("待一并签发的文件和解读", "文件和解读都到了终审。", own, f"{listed}?list=ready")


#: 核定过、不用再补的情形。
_SETTLED = ("plain", "forwarded", "minor", "old")


def _panel(label: str, hint: str, rows: QuerySet[Package], url: str) -> Panel:
    def task(package: Package) -> Task:
        return Task(str(package.policy), package.get_absolute_url(), str(package.policy.agency))

    return panel_of(label, hint, rows, task, url)


def ready(packages: QuerySet[Package]) -> QuerySet[Package]:
    """Packages of which the policy and every interpretation wait for the final review."""
    final = Edition.objects.filter(record=OuterRef("policy"), stage=Stage.FINAL)
    at_final = Q(parts__record__editions__stage=Stage.FINAL)
    return (
        packages.filter(Exists(final), Exists(Part.objects.filter(package=OuterRef("pk"))), signed_at=None)
        .annotate(
            parts_all=Count("parts", distinct=True), parts_final=Count("parts", filter=at_final, distinct=True)
        )
        .filter(parts_all=F("parts_final"))
    )


def unaccompanied(user: User, action: str, on: date) -> QuerySet[Record]:
    """Papers in hand that must be released with an interpretation and have neither one nor an exemption yet."""
    try:
        bound = params.at("interpretation.bound_types", on).value
    except NotInForce:
        return Record.objects.none()
    draft = Edition.objects.filter(record=OuterRef("pk"), stage__in=OPEN_STAGES)
    settled = Package.objects.filter(policy=OuterRef("pk")).filter(Q(parts__isnull=False) | ~Q(exemption=""))
    rows = Record.objects.filter(type__in=bound, published_at=None, openness=Openness.ACTIVE)
    return rows.filter(Exists(draft), ~Exists(settled), access.within(user, action))


def _unaccompanied(user: User, on: date) -> Panel:
    rows = unaccompanied(user, "policies.write", on).select_related("agency").order_by("-pk")

    def task(record: Record) -> Task:
        return Task(str(record), reverse("desk:record", args=[record.pk]), str(record.agency))

    hint = f"{law.diverse_share.source}要求文件和解读同步起草、同步审签、同步发布。"
    url = reverse("desk:policies_packages") + "?list=missing"
    return panel_of("还没有解读的在办文件", hint, rows, task, url)
