"""同步发布包:文件和它的解读一起起草、审签、发布。"""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Exists, OuterRef
from django.urls import reverse

from gongkai.law.interpretation import Exemption, Form
from gongkai.law.marks import titled
from gongkai.org import access
from gongkai.org.models import Agency, User
from gongkai.records.models import Edition, Record, is_public_at
from gongkai.records.terms import OPEN_STAGES, Stage, WithdrawalKind


class PackageQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Packages whose policy the user may see at the desk."""
        return self.filter(access.within(user, "policies.view", "policy__agency"))

    def under_way(self):
        """Not signed yet, and the policy has an edition in hand."""
        draft = Edition.objects.filter(record=OuterRef("policy"), stage__in=OPEN_STAGES)
        return self.filter(Exists(draft), signed_at=None)

    def bare(self, at):
        """Packages whose policy the public reads while no interpretation is there to read; each bears its reason."""
        shown = Part.objects.filter(is_public_at(at, "record__"), package=OuterRef("pk"))
        return self.filter(is_public_at(at, "policy__")).exclude(Exists(shown))


class Package(models.Model):
    """同步发布包:一件政策文件和它的解读,同步起草、同步审签、同步发布(五年方案任务四)。

    没有解读的,要有不附解读的情形和理由(``exemption``)。``signed_at`` 和 ``release_at`` 只由 ``actions.sign`` 写。
    """

    policy = models.OneToOneField(Record, models.PROTECT, related_name="package", verbose_name="政策文件")
    drafter = models.ForeignKey(Agency, models.PROTECT, related_name="packages", verbose_name="起草单位")
    outline = models.TextField("解读提纲", blank=True)
    channels = models.CharField("解读途径", max_length=200, blank=True)
    planned_on = models.DateField("计划发布之日", null=True, blank=True)
    exemption = models.CharField("不附解读的情形", max_length=12, blank=True, choices=Exemption.choices())
    exemption_note = models.CharField("不附解读的理由", max_length=300, blank=True)
    exempted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="核定人")
    exempted_at = models.DateTimeField("核定时间", null=True)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="建立人")
    created_at = models.DateTimeField("建立时间")
    signed_at = models.DateTimeField("签发时间", null=True)
    release_at = models.DateTimeField("发布时间", null=True)

    objects = PackageQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "同步发布包"
        ordering = ("-created_at", "-pk")

    def __str__(self) -> str:
        return f"{titled(self.policy)}同步发布"

    def get_absolute_url(self) -> str:
        return reverse("desk:policies_package", args=[self.pk])

    def is_released(self, at: datetime) -> bool:
        """Whether its moment has come; until then nothing in it is changed apart."""
        return self.release_at is not None and self.release_at <= at


class Part(models.Model):
    """发布包里的一份解读。一份解读只在一个发布包里。"""

    package = models.ForeignKey(Package, models.CASCADE, related_name="parts", verbose_name="发布包")
    record = models.OneToOneField(Record, models.PROTECT, related_name="package_part", verbose_name="解读")
    added_at = models.DateTimeField("放入时间")

    class Meta:
        verbose_name = verbose_name_plural = "发布包里的解读"
        ordering = ("pk",)

    def __str__(self) -> str:
        return str(self.record)

    @property
    def form(self) -> Form | None:
        """Its form (解读形式), if a known one is filled in."""
        return Form.named(str(self.record.fields.get("form", "")))

    @property
    def stage(self) -> str:
        """How far its newest edition has come, in words."""
        if self.record.withdrawn:
            return WithdrawalKind(self.record.withdrawn).label
        newest = self.record.editions.order_by("-nth").first()
        return Stage(newest.stage).label if newest else ""
