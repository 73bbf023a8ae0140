"""网站自己的表:旧网址往哪里去,有人来找而没有的网址,各页的访问次数,日志读到哪里。"""

from __future__ import annotations

from django.db import models
from django.db.models import Q, Sum
from django.urls import reverse

from gongkai.org import access
from gongkai.records.models import Record


class OldAddress(models.Model):
    """旧网址:老网站的网页搬家以后,来找的人应当看到什么。只在本站没有这个网址时才查。

    ``path`` 是整理过的路径,可以带查询串(``redirects.normal``);去处是本站的一件信息、本站的网页或者别的网站。
    """

    class Kind(models.TextChoices):
        REDIRECT = "redirect", "跳转"
        PAGE = "page", "存档页"
        GONE = "gone", "已不提供"

    path = models.CharField("旧网址", max_length=400, unique=True)
    kind = models.CharField("种类", max_length=10, choices=Kind.choices, default=Kind.REDIRECT)
    record = models.ForeignKey(
        Record, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="去处（信息）"
    )
    target = models.CharField("去处（网址）", max_length=500, blank=True)
    note = models.CharField("说明", max_length=300, blank=True)
    hits = models.PositiveBigIntegerField("来访次数", default=0)
    last_hit_on = models.DateField("最近来访", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "旧网址"
        ordering = ("-pk",)
        indexes = [models.Index(fields=["-hits", "-id"], name="old_address_hits")]
        constraints = [
            models.CheckConstraint(condition=Q(record=None) | Q(target=""), name="old_address_one_target"),
        ]

    def __str__(self) -> str:
        return self.path

    def get_absolute_url(self) -> str:
        return reverse("desk:redirect", args=[self.pk])

    @property
    def to(self) -> str:
        """Where it leads: an address of this site or another's; empty for nowhere."""
        return self.record.get_absolute_url() if self.record else self.target


class UnknownAddressQuerySet(models.QuerySet):
    def most(self, since):
        """Rows (path, n) since a day, the most frequent first, without those that have been given a place to go."""
        rows = self.filter(day__gte=since).exclude(path__in=OldAddress.objects.values("path"))
        return rows.order_by().values_list("path").annotate(total=Sum("n")).order_by("-total", "path")


class UnknownAddress(models.Model):
    """有人来找而本站没有的网址,按日计数;不记是谁。"""

    day = models.DateField("日期")
    path = models.CharField("网址", max_length=400)
    n = models.PositiveIntegerField("次数", default=0)

    objects = UnknownAddressQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "没有的网址"
        constraints = [models.UniqueConstraint(fields=["day", "path"], name="one_unknown_a_day")]


class PageCountQuerySet(models.QuerySet):
    def visible_to(self, user):
        """District roles see every page; the others the pages of their own agencies' records."""
        if access.is_district(user, "web.statistics"):
            return self
        return self.filter(record__agency__in=access.agencies_of(user, "web.statistics"))

    def between(self, since, until):
        return self.filter(day__gte=since, day__lte=until)


class PageCount(models.Model):
    """一页一天的访问次数,由访问日志数出;不记是谁。``record`` 是这一页(或者附件)所属的信息。"""

    day = models.DateField("日期")
    path = models.CharField("网址", max_length=400)
    n = models.PositiveBigIntegerField("次数", default=0)
    record = models.ForeignKey(
        Record, models.CASCADE, null=True, related_name="+", verbose_name="信息", db_index=False
    )

    objects = PageCountQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "访问次数"
        constraints = [models.UniqueConstraint(fields=["day", "path"], name="one_count_a_day")]
        indexes = [models.Index(fields=["record", "day"], name="count_by_record")]


class LogReading(models.Model):
    """日志读到哪里:一个节点的一份日志一行,同计数写在一个事务里。"""

    log = models.CharField("日志", max_length=120, unique=True)
    file = models.CharField("文件", max_length=60, blank=True)
    offset = models.PositiveBigIntegerField("字节", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "日志读到哪里"
