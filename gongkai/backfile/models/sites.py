"""本单位的旧网站:登记的主机(OldSite)、存下的网页(Archive)、要去的每一个网址(Address)。"""

from __future__ import annotations

from django.db import models
from django.urls import reverse

from gongkai.org.models import Agency, User

from ..terms import AddressState
from .items import Intake, Item


class OldSite(models.Model):
    """一个旧网站。只有登记过的主机才去;凭什么是本单位的写在 ``basis``。"""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="old_sites", verbose_name="单位")
    name = models.CharField("名称", max_length=80)
    hosts = models.JSONField("主机", default=list)
    start = models.CharField("从哪里开始", max_length=400)
    basis = models.CharField("凭什么是本单位的", max_length=300)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="登记人")
    at = models.DateTimeField("登记时间")
    ended_at = models.DateTimeField("不再去", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "旧网站"
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("desk:backfile_sites")


class Archive(models.Model):
    """存下的一段网页(WARC),密封在不公开的文件里。"""

    intake = models.ForeignKey(Intake, models.PROTECT, related_name="archives", verbose_name="收取")
    number = models.PositiveIntegerField("第几段")
    sha256 = models.CharField("散列", max_length=64)
    size = models.PositiveBigIntegerField("字节数")
    count = models.PositiveIntegerField("几次应答")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "网页存档"
        ordering = ("intake", "number")
        constraints = [models.UniqueConstraint(fields=["intake", "number"], name="one_archive_a_number")]


class Address(models.Model):
    """一次收取里的一个网址:去过没有、是什么、存在哪里、理由。"""

    intake = models.ForeignKey(Intake, models.PROTECT, related_name="addresses", verbose_name="收取")
    url = models.CharField("网址", max_length=400)
    path = models.CharField("整理过的旧网址", max_length=400, db_index=True)
    depth = models.PositiveSmallIntegerField("离开始几步", default=0)
    is_picture = models.BooleanField("网页里的图", default=False)
    state = models.CharField("结果", max_length=8, choices=AddressState.choices(), default=AddressState.WAITING)
    reason = models.CharField("理由", max_length=300, blank=True)
    status = models.PositiveSmallIntegerField("状态码", null=True)
    moved_to = models.CharField("转到", max_length=400, blank=True)
    tries = models.PositiveSmallIntegerField("去过几次", default=0)
    not_before = models.DateTimeField("什么时候再去", null=True)
    archive = models.ForeignKey(Archive, models.PROTECT, null=True, related_name="addresses", verbose_name="存档")
    offset = models.PositiveBigIntegerField("在存档里的位置", default=0)
    item = models.ForeignKey(Item, models.PROTECT, null=True, related_name="addresses", verbose_name="旧文件")

    class Meta:
        verbose_name = verbose_name_plural = "旧网站的网址"
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["intake", "url"], name="one_address_a_crawl")]
        indexes = [models.Index(fields=["intake", "state", "id"], name="address_by_state")]

    def __str__(self) -> str:
        return self.url

    @property
    def tone(self) -> str:
        """How its result looks (``tag``)."""
        return {AddressState.PAPER: "ok", AddressState.FAILED: "stop", AddressState.LEFT: "warn"}.get(
            self.state, ""
        )
