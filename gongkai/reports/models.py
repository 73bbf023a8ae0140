"""年度报告(条例第四十九条、第五十条):一个机关一年一份;数字由台账计出,手工填报的写明来源,核定时封存。"""

from __future__ import annotations

from django.db import models

from gongkai.org import access
from gongkai.org.models import Agency, User
from gongkai.records.models import Record

from .terms import LIVE, Scope, Stage


class AnnualReportQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Reports of the agencies whose reports the user may see."""
        return self.filter(access.within(user, "reports.view"))


class AnnualReport(models.Model):
    """一份年度报告。

    ``sections`` 是第一、五、六部分的文字,键是“一”“五”“六”,里面的 ``{本年新收}`` 一类到排出时才换成数。
    ``explained`` 是对某一处错误的说明,键是发现的位置。``frozen`` 是核定时封存的一整行交换数据,以后只由更正改。
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="annual_reports", verbose_name="机关")
    year = models.PositiveSmallIntegerField("报告年度")
    scope = models.CharField("口径", max_length=8, choices=Scope.choices(), default=Scope.OWN)
    stage = models.CharField("环节", max_length=12, choices=Stage.choices(), default=Stage.DRAFT)
    sections = models.JSONField("各部分文字", default=dict, blank=True)
    explained = models.JSONField("说明", default=dict, blank=True)
    frozen = models.JSONField("封存的数据", default=dict, blank=True)
    frozen_at = models.DateTimeField("封存时间", null=True)
    revision = models.PositiveIntegerField("修订号", default=1)
    author = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="编制人")
    saved_at = models.DateTimeField("最近保存")
    opinion = models.CharField("退回意见", max_length=500, blank=True)
    record = models.OneToOneField(
        Record, models.SET_NULL, null=True, blank=True, related_name="annual_report", verbose_name="公布的信息"
    )
    published_on = models.DateField("公布之日", null=True, blank=True)

    objects = AnnualReportQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "年度报告"
        ordering = ("-year", "agency__order", "agency__code")
        constraints = [models.UniqueConstraint(fields=["agency", "year"], name="one_report_a_year")]

    def __str__(self) -> str:
        return f"{self.agency}{self.year}年度报告"

    @property
    def is_live(self) -> bool:
        """Whether its figures still follow the registers."""
        return self.stage in LIVE


class ManualFigure(models.Model):
    """手工填报的一格:台账里没有的,或者台账不全的;写明来源。``index`` 是这一行的第几个数,从0起。"""

    report = models.ForeignKey(AnnualReport, models.CASCADE, related_name="figures", verbose_name="年度报告")
    table = models.PositiveSmallIntegerField("表")
    row = models.CharField("行", max_length=12)
    index = models.PositiveSmallIntegerField("第几个数")
    number = models.DecimalField("数", max_digits=16, decimal_places=4)
    source = models.CharField("来源", max_length=100)
    note = models.CharField("说明", max_length=300, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="填报人")
    at = models.DateTimeField("填报时间")

    class Meta:
        verbose_name = verbose_name_plural = "手工填报的数"
        ordering = ("table", "pk")
        constraints = [
            models.UniqueConstraint(fields=["report", "table", "row", "index"], name="one_manual_figure")
        ]


class Erratum(models.Model):
    """公布以后的一次更正:改了哪些格、为什么;原来的数留着,公众看得见。"""

    report = models.ForeignKey(AnnualReport, models.CASCADE, related_name="errata", verbose_name="年度报告")
    changes = models.JSONField("改动", default=list)
    before = models.JSONField("原来的数据", default=dict)
    reason = models.CharField("更正理由", max_length=300)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="经手人")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "年报更正"
        ordering = ("pk",)
