"""重大行政决策事项年度目录(条例第三条第三款):一年一本,逐项,公布以后的调整,各方的建议。"""

from __future__ import annotations

from django.db import models
from django.urls import reverse

from gongkai.org import access
from gongkai.org.models import Agency, User
from gongkai.org.sealed import SealedJSONField
from gongkai.records.models import Record, is_public_at

from ..terms import ChangeKind, ItemState, Ruling, YearStage


class CatalogueYearQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Catalogues of the agencies whose decisions this person sees."""
        return self.filter(access.within(user, "decisions.view"))

    def public(self, at):
        """Catalogues that the public may read."""
        return self.filter(is_public_at(at, "record__"))


class CatalogueYear(models.Model):
    """一个机关一年的目录。公布的是一件信息(``record``),调整一次更正一版。"""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="decision_catalogues", verbose_name="决策机关")
    year = models.PositiveSmallIntegerField("年度")
    stage = models.CharField("环节", max_length=12, choices=YearStage.choices(), default=YearStage.COLLECTING)
    call_until = models.DateField("公开征集到", null=True, blank=True)
    meeting = models.CharField("审定的会议", max_length=80, blank=True)
    meeting_on = models.DateField("会议日期", null=True, blank=True)
    party_consent_on = models.DateField("同级党委同意", null=True, blank=True)
    party_number = models.CharField("党委文号", max_length=60, blank=True)
    record = models.OneToOneField(
        Record, models.PROTECT, null=True, blank=True, related_name="decision_catalogue", verbose_name="公布的目录"
    )
    summary = models.TextField("年底总公开的说明", blank=True)

    objects = CatalogueYearQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "决策事项目录"
        ordering = ("-year", "agency")
        constraints = [models.UniqueConstraint(fields=["agency", "year"], name="one_catalogue_a_year")]

    def __str__(self) -> str:
        return f"{self.agency}{self.year}年度重大行政决策事项目录"

    def get_absolute_url(self) -> str:
        return reverse("public:decision_catalogue", args=[self.year])


class CatalogueItem(models.Model):
    """目录里的一项。"""

    year = models.ForeignKey(CatalogueYear, models.CASCADE, related_name="items", verbose_name="目录")
    order = models.PositiveSmallIntegerField("序号")
    title = models.CharField("事项名称", max_length=200)
    lead = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="承办单位")
    helpers = models.CharField("配合单位", max_length=200, blank=True)
    basis = models.CharField("法律政策依据", max_length=300, blank=True)
    procedures = models.JSONField("履行程序", default=list)
    planned_on = models.DateField("计划完成")
    state = models.CharField("结果", max_length=10, choices=ItemState.choices(), default=ItemState.PLANNED)
    outcome = models.CharField("结果的说明", max_length=200, blank=True)
    carried_from = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="carried_to", verbose_name="由哪一项结转"
    )
    entered_on = models.DateField("列入")

    class Meta:
        verbose_name = verbose_name_plural = "目录事项"
        ordering = ("year", "order")
        constraints = [models.UniqueConstraint(fields=["year", "order"], name="one_item_a_number")]

    def __str__(self) -> str:
        return self.title


class ItemChange(models.Model):
    """目录公布以后调整一次:新增、变更、取消,原来怎样,谁批准。"""

    item = models.ForeignKey(CatalogueItem, models.CASCADE, related_name="changes", verbose_name="事项")
    kind = models.CharField("调整", max_length=10, choices=ChangeKind.choices())
    before = models.JSONField("原来", default=dict)
    reason = models.CharField("理由", max_length=200)
    approved_by = models.CharField("批准", max_length=80)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="经手人")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "目录调整"
        ordering = ("at",)


class Proposal(models.Model):
    """一条目录建议:单位报的,或者公众提的(条例第十条)。公众的称呼和联系方式是密文。"""

    year = models.ForeignKey(CatalogueYear, models.PROTECT, related_name="proposals", verbose_name="目录")
    unit = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="申报单位"
    )
    number = models.CharField("编号", max_length=40, unique=True)
    code = models.CharField("查询码散列", max_length=64, blank=True)
    title = models.CharField("建议事项", max_length=200)
    problem = models.TextField("要解决什么问题")
    basis = models.TextField("理由和依据", blank=True)
    plan = models.TextField("初步方案", blank=True)
    contact = SealedJSONField("称呼和联系方式", default=dict, blank=True)
    received_at = models.DateTimeField("收到时间")
    ruling = models.CharField("论证结果", max_length=10, choices=Ruling.choices(), blank=True)
    reason = models.TextField("理由", blank=True)
    item = models.ForeignKey(
        CatalogueItem, models.PROTECT, null=True, blank=True, related_name="proposals", verbose_name="列入的事项"
    )
    ruled_at = models.DateTimeField("论证时间", null=True)
    ruled_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="论证经手人")

    class Meta:
        verbose_name = verbose_name_plural = "目录建议"
        ordering = ("year", "pk")

    def __str__(self) -> str:
        return self.title
