"""网站自己的表:旧网址往哪里去,有人来找而没有的网址,各页的访问次数,日志读到哪里,数据同源的订户和通知。"""

from __future__ import annotations

from collections.abc import Callable

from django.db import models
from django.db.models import Q, Sum
from django.urls import reverse

from gongkai.org import access
from gongkai.org.models import Agency
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
        return self.filter(access.within(user, "web.statistics", "record__agency"))

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


class Subscriber(models.Model):
    """数据同源的订户:别的载体(新媒体、终端、上级平台)留一个网址,有变动就通知它来取。

    ``secret`` 是密文;``queued_through`` 是操作记录里排到了哪一条,换了库、从头跟读也不会再排一遍。
    """

    name = models.CharField("名称", max_length=60, unique=True)
    url = models.CharField("地址", max_length=500)
    secret = models.TextField("密钥")
    agencies = models.ManyToManyField(Agency, blank=True, related_name="+", verbose_name="只要这些单位的")
    duties = models.JSONField("只要这些栏目的", default=list, blank=True)
    paused = models.BooleanField("暂停", default=False)
    queued_through = models.PositiveBigIntegerField("排到操作记录第几条", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "数据同源订户"
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("desk:subscriber", args=[self.pk])

    def filter(self) -> Callable[[Record], bool]:
        """Whether a record is among those that it asked for."""
        agencies = set(self.agencies.values_list("pk", flat=True))
        columns = set(self.duties)
        return lambda record: (
            (not agencies or record.agency_id in agencies) and (not columns or record.duty in columns)
        )

    def waiting(self) -> models.QuerySet[Delivery]:
        """What is to be sent, in its order."""
        return self.deliveries.filter(delivered_at=None, dropped_at=None).order_by("seq")


class Delivery(models.Model):
    """给一个订户的一条通知。按 ``seq`` 的次序送,送到一次就完;送不到的过些时候再送,后面的等它。"""

    #: Tries in vain after which the desk calls it failed; it is tried on all the same.
    FAILING = 4

    subscriber = models.ForeignKey(
        Subscriber, models.CASCADE, related_name="deliveries", verbose_name="订户", db_index=False
    )
    seq = models.PositiveBigIntegerField("序号")
    record = models.ForeignKey(Record, models.CASCADE, related_name="+", verbose_name="信息")
    changed_at = models.DateTimeField("变动时间")
    attempts = models.PositiveIntegerField("送过几次", default=0)
    tried_at = models.DateTimeField("上次送", null=True)
    next_at = models.DateTimeField("下次送", null=True)
    status = models.PositiveSmallIntegerField("对方答复", default=0)
    error = models.CharField("错误", max_length=300, blank=True)
    delivered_at = models.DateTimeField("送到", null=True)
    dropped_at = models.DateTimeField("放弃", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "变动通知"
        ordering = ("subscriber", "seq")
        constraints = [models.UniqueConstraint(fields=["subscriber", "seq"], name="one_delivery")]
        indexes = [
            models.Index(
                fields=["subscriber", "seq"],
                condition=Q(delivered_at=None, dropped_at=None),
                name="delivery_waiting",
            )
        ]

    def __str__(self) -> str:
        return f"第{self.seq}号通知（给{self.subscriber}）"

    @property
    def state(self) -> tuple[str, str]:
        """In words, with the kind of badge."""
        if self.delivered_at:
            return "送到", "ok"
        if self.dropped_at:
            return "放弃", "warn"
        if self.attempts >= self.FAILING:
            return f"送了{self.attempts}次没有送到", "stop"
        return (f"送了{self.attempts}次，等着再送", "warn") if self.attempts else ("等着送", "warn")
