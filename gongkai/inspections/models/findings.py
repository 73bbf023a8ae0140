"""问题:从疑似、确认、整改、异议到复查办结。"""

from __future__ import annotations

from datetime import date

from django.db import models
from django.urls import reverse

from gongkai.desk.seen import mark
from gongkai.engagement.models import Letter
from gongkai.law import indicators
from gongkai.org import access
from gongkai.org.models import Agency, User

from .. import terms
from ..terms import OPEN_FINDINGS, STANDING, FindingState, Origin
from .outlets import Outlet
from .rounds import Evidence, Round


class FindingQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Findings of this person's units; whoever only answers sees none that nobody confirmed."""
        rows = self.filter(access.within(user, "inspections.view"))
        return rows if access.is_district(user, "inspections.view") else rows.exclude(state=FindingState.SUSPECTED)

    def open(self):
        return self.filter(state__in=OPEN_FINDINGS)

    def standing(self):
        """What counts: confirmed by a person, not dropped."""
        return self.filter(state__in=STANDING)


class Finding(models.Model):
    """一个问题。疑似的只有检查人看得到;确认以后才算数。"""

    number = models.CharField("编号", max_length=30, unique=True)
    outlet = models.ForeignKey(Outlet, models.PROTECT, related_name="findings", verbose_name="阵地")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="findings", verbose_name="责任单位")
    round = models.ForeignKey(
        Round, models.PROTECT, null=True, blank=True, related_name="findings", verbose_name="检查"
    )
    origin = models.CharField("来源", max_length=6, choices=Origin.choices())
    letter = models.OneToOneField(
        Letter, models.PROTECT, null=True, related_name="finding", verbose_name="找错来信"
    )
    code = models.CharField("指标", max_length=12)
    rule = models.CharField("无障碍规则", max_length=60, blank=True)
    text = models.TextField("事实")
    url = models.CharField("网址", max_length=500, blank=True)
    evidence = models.ForeignKey(
        Evidence, models.PROTECT, null=True, blank=True, related_name="findings", verbose_name="证据"
    )
    state = models.CharField("状态", max_length=10, choices=FindingState.choices(), default=FindingState.SUSPECTED)
    found_at = models.DateTimeField("发现")
    found_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="发现人")
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="确认人")
    noticed_on = models.DateField("通知整改", null=True)
    due_on = models.DateField("整改期限", null=True)
    dispute = models.TextField("异议", blank=True)
    ruling = models.TextField("对异议的意见", blank=True)
    fix = models.TextField("整改情况", blank=True)
    fixed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="整改经办人")
    failed = models.PositiveSmallIntegerField("复查没有通过几次", default=0)
    closed_at = models.DateTimeField("办结", null=True)
    times = models.PositiveSmallIntegerField("第几次出现", default=1)
    escalated_at = models.DateTimeField("升级办理", null=True)
    revision = models.PositiveIntegerField("修订号", default=1)

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "问题"
        ordering = ("-found_at", "-pk")
        indexes = [models.Index(fields=["agency", "state", "due_on"], name="finding_by_agency")]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("desk:inspections_finding", args=[self.pk])

    @property
    def mark(self) -> str:
        return mark("finding", self.pk, self.revision, self.state)

    @property
    def indicator(self) -> indicators.Indicator:
        return indicators.table()[self.code]

    def is_late(self, on: date) -> bool:
        """Whether it is not mended in time."""
        return self.due_on is not None and self.state == FindingState.NOTICED and on > self.due_on


class Entry(models.Model):
    """一个问题的一步;只增不改。"""

    finding = models.ForeignKey(Finding, models.CASCADE, related_name="entries", verbose_name="问题")
    step = models.CharField("哪一步", max_length=20)
    state = models.CharField("到了", max_length=10, choices=terms.FindingState.choices())
    text = models.TextField("说明", blank=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="经办人")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "问题的一步"
        ordering = ("at", "pk")
