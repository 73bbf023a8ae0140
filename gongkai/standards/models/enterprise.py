"""公共企事业单位:名录、应当公开的内容、停供和变更的通知、申诉、年度报告。申诉人的称呼和联系方式是密文。"""

from __future__ import annotations

from django.db import models
from django.urls import reverse

from gongkai.law.utilities import Interruption, LeadCheck, Sector, check_lead, sectors
from gongkai.org import access
from gongkai.org.models import Agency, User
from gongkai.org.sealed import SealedJSONField

from ..terms import ComplaintState


class EnterpriseQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Enterprises that are, or are supervised by, the units of this person."""
        return self.filter(
            access.within(user, "standards.enterprise", "bureau")
            | access.within(user, "standards.enterprise", "agency")
        )


class Enterprise(models.Model):
    """一家公共企事业单位:行业、主管部门、是不是在适用清单里。"""

    agency = models.OneToOneField(Agency, models.PROTECT, related_name="enterprise", verbose_name="单位")
    bureau = models.ForeignKey(Agency, models.PROTECT, related_name="enterprises", verbose_name="主管部门")
    sector = models.CharField("行业", max_length=12)
    is_listed = models.BooleanField("列入适用主体清单", default=True)
    site = models.URLField("公开的网址", blank=True)
    window = models.CharField("信息公开咨询窗口", max_length=120, blank=True)
    hotline = models.CharField("服务热线", max_length=40, blank=True)

    objects = EnterpriseQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "公共企事业单位"
        ordering = ("agency__order", "pk")

    def __str__(self) -> str:
        return self.agency.name

    def get_absolute_url(self) -> str:
        return reverse("public:enterprise", args=[self.pk])

    @property
    def kind(self) -> Sector:
        """The sector with its rule and its contents."""
        return sectors()[self.sector]


class Disclosure(models.Model):
    """一家单位的一项内容:在哪里公开、最近更新、最近核对。"""

    enterprise = models.ForeignKey(Enterprise, models.CASCADE, related_name="disclosures", verbose_name="单位")
    key = models.CharField("内容", max_length=20)
    where = models.CharField("在哪里公开", max_length=300)
    updated_on = models.DateField("最近更新")
    checked_on = models.DateField("最近核对", null=True, blank=True)
    fault = models.CharField("核对发现的问题", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "公开的内容"
        ordering = ("enterprise", "pk")
        constraints = [models.UniqueConstraint(fields=["enterprise", "key"], name="one_disclosure_a_content")]


class Outage(models.Model):
    """停供、变更的一件通知;提前量由法律核心核对。"""

    enterprise = models.ForeignKey(Enterprise, models.CASCADE, related_name="outages", verbose_name="单位")
    kind = models.CharField("种类", max_length=10, choices=Interruption.choices())
    where = models.CharField("范围", max_length=200)
    reason = models.CharField("原因", max_length=120)
    starts_at = models.DateTimeField("开始")
    ends_at = models.DateTimeField("结束")
    posted_at = models.DateTimeField("公布时间")
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="登记人")

    class Meta:
        verbose_name = verbose_name_plural = "停供、变更的通知"
        ordering = ("-starts_at", "-pk")
        indexes = [models.Index(fields=["enterprise", "-starts_at"], name="outage_by_enterprise")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}：{self.where}"

    @property
    def lead(self) -> LeadCheck:
        """Whether it was made known early enough."""
        return check_lead(
            self.enterprise.sector, Interruption.from_value(self.kind), self.posted_at, self.starts_at
        )


class ComplaintQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Complaints to the bureaus of this person; the enterprise itself does not see who complained."""
        return self.filter(access.within(user, "standards.complaint", "enterprise__bureau"))

    def open(self):
        return self.filter(state=ComplaintState.RECEIVED)


class Complaint(models.Model):
    """向主管部门的一件申诉:登记、调查、告知。"""

    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, related_name="complaints", verbose_name="被申诉单位"
    )
    number = models.CharField("编号", max_length=40, unique=True)
    code = models.CharField("查询码散列", max_length=64)
    text = models.TextField("申诉的内容")
    contact = SealedJSONField("称呼和联系方式", default=dict, blank=True)
    received_at = models.DateTimeField("收到时间")
    due_on = models.DateField("应告知日")
    state = models.CharField(
        "环节", max_length=10, choices=ComplaintState.choices(), default=ComplaintState.RECEIVED
    )
    finding = models.TextField("调查情况和处理", blank=True)
    upheld = models.BooleanField("申诉成立", null=True)
    told_at = models.DateTimeField("告知时间", null=True)
    told_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="经手人")

    objects = ComplaintQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "对公共企事业单位的申诉"
        ordering = ("due_on", "pk")

    def __str__(self) -> str:
        return self.number


class Statement(models.Model):
    """主管部门一年的监督报告:数由台账算出,公布时抄下。"""

    bureau = models.ForeignKey(Agency, models.PROTECT, related_name="utility_statements", verbose_name="主管部门")
    year = models.PositiveSmallIntegerField("年份")
    figures = models.JSONField("数", default=dict)
    text = models.TextField("情况和打算")
    published_at = models.DateTimeField("公布时间")
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="经手人")

    class Meta:
        verbose_name = verbose_name_plural = "公共企事业单位监督报告"
        ordering = ("-year", "bureau__order")
        constraints = [models.UniqueConstraint(fields=["bureau", "year"], name="one_statement_a_year")]
