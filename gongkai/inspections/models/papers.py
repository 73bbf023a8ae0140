"""网站工作年度报表、重要信息的统一转发、转载的白名单。"""

from __future__ import annotations

from django.db import models
from django.db.models import Exists, OuterRef
from django.urls import reverse

from gongkai.desk.seen import mark
from gongkai.org import access
from gongkai.org.models import User
from gongkai.records.models import Record

from .outlets import Outlet


class SiteReport(models.Model):
    """一个网站一年的工作报表。系统知道的每次现算,``values`` 只存人填的。"""

    site = models.ForeignKey(Outlet, models.PROTECT, related_name="reports", verbose_name="网站")
    year = models.PositiveSmallIntegerField("年份")
    values = models.JSONField("人填的", default=dict, blank=True)
    record = models.ForeignKey(
        Record, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="公开的报表"
    )
    revision = models.PositiveIntegerField("修订号", default=1)

    class Meta:
        verbose_name = verbose_name_plural = "网站工作年度报表"
        ordering = ("-year",)
        constraints = [models.UniqueConstraint(fields=["site", "year"], name="one_site_report_a_year")]

    def __str__(self) -> str:
        return f"{self.site}{self.year}年度工作报表"

    def get_absolute_url(self) -> str:
        return reverse("desk:inspections_site_report", args=[self.year])

    @property
    def mark(self) -> str:
        return mark("site-report", self.pk, self.revision)


class ReleaseQuerySet(models.QuerySet):
    def visible_to(self, user):
        """What the accounts of this person's units are to pass on."""
        if access.is_district(user, "inspections.view"):
            return self
        mine = Relay.objects.filter(
            access.within(user, "inspections.view", "outlet__agency"), release=OuterRef("pk")
        )
        return self.filter(Exists(mine))


class Release(models.Model):
    """要各账号统一转发的重要信息:一个口径,各自什么时候发。"""

    title = models.CharField("标题", max_length=120)
    text = models.TextField("统一的口径")
    url = models.CharField("原文网址", max_length=300)
    due_at = models.DateTimeField("最迟什么时候转发")
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="经手人")
    made_at = models.DateTimeField("布置时间")

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "统一转发"
        ordering = ("-due_at", "-pk")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("desk:inspections_release", args=[self.pk])


class Relay(models.Model):
    """一个账号的转发。"""

    release = models.ForeignKey(Release, models.CASCADE, related_name="relays", verbose_name="统一转发")
    outlet = models.ForeignKey(Outlet, models.PROTECT, related_name="relays", verbose_name="账号")
    posted_at = models.DateTimeField("转发时间", null=True)
    url = models.CharField("链接", max_length=300, blank=True)
    changed = models.CharField("改了口径的说明", max_length=200, blank=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="登记人")

    class Meta:
        verbose_name = verbose_name_plural = "转发"
        ordering = ("outlet__agency", "pk")
        constraints = [models.UniqueConstraint(fields=["release", "outlet"], name="one_relay_an_account")]

    @property
    def is_late(self) -> bool:
        return self.posted_at is not None and self.posted_at > self.release.due_at


class Whitelisted(models.Model):
    """可以转载的来源。"""

    name = models.CharField("来源", max_length=80, unique=True)
    note = models.CharField("说明", max_length=100, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="经手人")

    class Meta:
        verbose_name = verbose_name_plural = "转载白名单"
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name
