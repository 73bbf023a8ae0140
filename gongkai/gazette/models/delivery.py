"""纸质投放:每期每个点位应投、实投、剩余、签收。"""

from __future__ import annotations

from django.db import models

from gongkai.desk.seen import mark
from gongkai.org import access
from gongkai.org.models import Place, User

from .issue import Issue


class DeliveryQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(access.within(user, "gazette.view", "issue__masthead__agency"))


class Delivery(models.Model):
    """一期投到一个点位。"""

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="deliveries", verbose_name="期")
    place = models.ForeignKey(Place, models.PROTECT, related_name="gazette_deliveries", verbose_name="点位")
    planned = models.PositiveIntegerField("应投")
    delivered = models.PositiveIntegerField("实投", null=True, blank=True)
    delivered_on = models.DateField("投放日期", null=True, blank=True)
    signed_by = models.CharField("签收人", max_length=40, blank=True)
    handler = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="经手人")
    left_over = models.PositiveIntegerField("剩余回收", null=True, blank=True)
    note = models.CharField("说明", max_length=200, blank=True)
    revision = models.PositiveIntegerField("修订号", default=1)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "公报投放"
        ordering = ("issue", "place__kind", "place__name")
        constraints = [models.UniqueConstraint(fields=["issue", "place"], name="gazette_one_delivery")]

    def __str__(self) -> str:
        return f"{self.issue}投到{self.place}"

    @property
    def mark(self) -> str:
        return mark("gazette-delivery", self.pk, self.revision)
