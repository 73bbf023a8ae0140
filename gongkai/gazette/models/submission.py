"""报送:联络员、各单位各月报了什么、一件一件的去向、通报。"""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from django.urls import reverse

from gongkai.desk.seen import mark
from gongkai.law import gazette as law
from gongkai.law.gazette import Duty, Refusal
from gongkai.org import access
from gongkai.org.models import Agency, User
from gongkai.records.models import Record

from ..terms import ItemState, LiaisonKind, NoticeSpan, ReportKind
from .issue import Issue


class LiaisonQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(access.within(user, "gazette.view"))

    def current(self):
        return self.filter(until_on=None)


class Liaison(models.Model):
    """一个单位的公报联络员:一主一备,换人就是停一行、开一行。"""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="gazette_liaisons", verbose_name="单位")
    kind = models.CharField("主备", max_length=8, choices=LiaisonKind.choices())
    name = models.CharField("姓名", max_length=40)
    phone = models.CharField("办公电话", max_length=40, blank=True)
    since_on = models.DateField("自何日起")
    until_on = models.DateField("到何日止", null=True, blank=True)

    objects = LiaisonQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "公报联络员"
        ordering = ("agency__order", "agency", "-since_on", "kind")
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "kind"], condition=Q(until_on=None), name="gazette_one_liaison"
            )
        ]

    def __str__(self) -> str:
        return self.name


class SubmissionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """What the units of this person reported."""
        return self.filter(access.within(user, "gazette.view"))


class Submission(models.Model):
    """一个单位一个月的报送;没有登的也要报(零报告)。"""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="gazette_submissions", verbose_name="单位")
    month = models.DateField("统计月")
    kind = models.CharField("报了什么", max_length=8, choices=ReportKind.choices())
    reported_at = models.DateTimeField("报送时间")
    reported_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="报送人")
    note = models.CharField("说明", max_length=300, blank=True)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "公报报送"
        ordering = ("-month", "agency__order")
        constraints = [models.UniqueConstraint(fields=["agency", "month"], name="gazette_one_submission")]

    def __str__(self) -> str:
        return f"{self.agency}{self.month.year}年{self.month.month}月报送"

    @property
    def due_on(self) -> date:
        return law.report_due(self.month)


class ItemQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Items of the units of this person."""
        return self.filter(access.within(user, "gazette.view", "record__agency"))


class Item(models.Model):
    """一件报送件(一件信息一行)和它的去向;``month`` 是它成文的月。"""

    record = models.OneToOneField(Record, models.PROTECT, related_name="gazette_item", verbose_name="信息")
    submission = models.ForeignKey(
        Submission, models.PROTECT, null=True, related_name="items", verbose_name="报送"
    )
    month = models.DateField("统计月", db_index=True)
    duty = models.CharField("登不登", max_length=8, choices=Duty.choices())
    state = models.CharField("去向", max_length=10, choices=ItemState.choices(), default=ItemState.REPORTED)
    issue = models.ForeignKey(Issue, models.PROTECT, null=True, related_name="items", verbose_name="采用在哪一期")
    refusal = models.CharField("不采用的理由", max_length=12, choices=Refusal.choices(), blank=True)
    note = models.CharField("说明", max_length=300, blank=True)
    returns = models.PositiveSmallIntegerField("退回次数", default=0)
    decided_at = models.DateTimeField("定去向的时间", null=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="定去向的人")
    revision = models.PositiveIntegerField("修订号", default=1)

    objects = ItemQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "公报报送件"
        ordering = ("month", "record__agency__order", "pk")

    def __str__(self) -> str:
        return str(self.record)

    @property
    def mark(self) -> str:
        return mark("gazette-item", self.pk, self.revision)


class Notice(models.Model):
    """一份报送刊登情况的通报:季报或者年报;数在出通报的那一刻定下,以后不变。"""

    year = models.PositiveSmallIntegerField("年份")
    span = models.CharField("周期", max_length=8, choices=NoticeSpan.choices())
    quarter = models.PositiveSmallIntegerField("第几季度", default=0)
    figures = models.JSONField("数", default=dict)
    words = models.TextField("说明", blank=True)
    issued_at = models.DateTimeField("印发时间")
    issued_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="印发人")

    class Meta:
        verbose_name = verbose_name_plural = "公报通报"
        ordering = ("-year", "-quarter")
        constraints = [models.UniqueConstraint(fields=["year", "quarter"], name="gazette_one_notice")]

    def __str__(self) -> str:
        span = f"第{self.quarter}季度" if self.quarter else "年度"
        return f"{self.year}年{span}政府公报报送刊登情况的通报"

    def get_absolute_url(self) -> str:
        return reverse("desk:gazette_notice", args=[self.pk])
