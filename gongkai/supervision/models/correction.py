"""整改、通报、处理建议。"""

from __future__ import annotations

from datetime import date

from django.db import models
from django.urls import reverse

from gongkai.desk.seen import mark
from gongkai.org import access
from gongkai.org.models import Agency, User
from gongkai.records.models import Record

from ..terms import OPEN_CORRECTIONS, CorrectionState, Escalation, NoticeKind, NoticeState
from .assessment import Round
from .plan import Piece


class CorrectionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of the units of this person."""
        return self.filter(access.within(user, "supervision.view"))

    def open(self):
        return self.filter(state__in=OPEN_CORRECTIONS)


class Correction(models.Model):
    """一件整改:下达、整改、自报、复核(不是下达的人)、销号;过了期限没有改好的往上提。"""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="corrections", verbose_name="单位")
    piece = models.ForeignKey(
        Piece, models.PROTECT, null=True, blank=True, related_name="corrections", verbose_name="哪项任务"
    )
    subject = models.CharField("问题", max_length=120)
    facts = models.TextField("事实")
    basis = models.CharField("依据", max_length=200, blank=True)
    requirement = models.CharField("要求", max_length=300)
    issued_on = models.DateField("下达之日")
    due_on = models.DateField("整改期限")
    issued_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="下达人")
    state = models.CharField(
        "环节", max_length=10, choices=CorrectionState.choices(), default=CorrectionState.ISSUED
    )
    level = models.CharField("提到", max_length=12, choices=Escalation.choices(), blank=True)
    answered_on = models.DateField("自报之日", null=True)
    closed_on = models.DateField("销号之日", null=True)
    revision = models.PositiveIntegerField("修订号", default=1)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "整改"
        ordering = ("due_on", "pk")
        indexes = [models.Index(fields=["agency", "state", "due_on"], name="correction_by_agency")]

    def __str__(self) -> str:
        return self.subject

    def get_absolute_url(self) -> str:
        return reverse("desk:supervision_correction", args=[self.pk])

    @property
    def mark(self) -> str:
        return mark("correction", self.pk, self.revision, self.state)

    def is_late(self, on: date) -> bool:
        """Whether it was not mended by its day: what was answered in time and passed is not late."""
        return on > self.due_on and self.state in (CorrectionState.ISSUED, CorrectionState.RETURNED)


class CorrectionEntry(models.Model):
    """整改里的一条;只增不改。"""

    correction = models.ForeignKey(Correction, models.CASCADE, related_name="entries", verbose_name="整改")
    what = models.CharField("做了什么", max_length=20)
    text = models.TextField("内容", blank=True)
    record = models.ForeignKey(
        Record, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="公开的信息"
    )
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="经手人")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "整改的经过"
        ordering = ("at", "pk")


class Notice(models.Model):
    """一份通报。``rows`` 是起草那天由台账算出的明细,正文里的数都从它来,印发以后不变。"""

    kind = models.CharField("种类", max_length=10, choices=NoticeKind.choices())
    title = models.CharField("标题", max_length=200)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="印发机关")
    number = models.CharField("文号", max_length=80, blank=True)
    round = models.ForeignKey(
        Round, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="哪次考核"
    )
    since = models.DateField("自")
    until = models.DateField("至")
    rows = models.JSONField("明细", default=dict)
    lead = models.TextField("开头", blank=True)
    demand = models.TextField("要求", blank=True)
    state = models.CharField("环节", max_length=10, choices=NoticeState.choices(), default=NoticeState.DRAFT)
    drafted_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="起草人")
    drafted_at = models.DateTimeField("起草时间")
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="核实人")
    issued_on = models.DateField("印发之日", null=True)
    record = models.ForeignKey(Record, models.PROTECT, null=True, related_name="+", verbose_name="公开的信息")
    revision = models.PositiveIntegerField("修订号", default=1)

    class Meta:
        verbose_name = verbose_name_plural = "通报"
        ordering = ("-drafted_at", "-pk")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("desk:supervision_notice", args=[self.pk])

    @property
    def mark(self) -> str:
        return mark("notice", self.pk, self.revision, self.state)


class Advice(models.Model):
    """一份处理建议(条例第四十七条、第五十三条):送有权处理的机关,本系统只登记结果。"""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="单位")
    correction = models.ForeignKey(Correction, models.PROTECT, null=True, blank=True, related_name="advices")
    facts = models.TextField("事实")
    proof = models.CharField("证据", max_length=300)
    basis = models.CharField("依据", max_length=200)
    impact = models.CharField("影响", max_length=300, blank=True)
    advice = models.CharField("建议", max_length=300)
    heard = models.TextField("单位的陈述、申辩")
    sent_to = models.CharField("送哪个机关", max_length=80)
    sent_on = models.DateField("送出之日")
    result = models.CharField("处理结果", max_length=300, blank=True)
    result_on = models.DateField("结果之日", null=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="经手人")
    at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = verbose_name_plural = "处理建议"
        ordering = ("-sent_on", "-pk")

    def __str__(self) -> str:
        return f"{self.agency}：{self.advice}"
