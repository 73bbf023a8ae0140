"""底数:单位、年、类别一格;分母的每一次变动留一版。"""

from __future__ import annotations

from django.db import models

from gongkai.desk.seen import mark
from gongkai.law import backfile as law
from gongkai.org import access
from gongkai.org.models import Agency, User

from ..terms import Kind

#: 三种数法:列名和叫法。
COUNTS = (("registered", "登记簿"), ("filed", "归档目录"), ("estimated", "文号推算"))


class HoldingQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Cells of the units of this person."""
        return self.filter(access.within(user, "backfile.view"))


class Holding(models.Model):
    """一个单位一年一类的底数。``estimated``、``formula`` 由手上的文号推出,``due`` 是三数里最大的,都由动作写入。"""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="holdings", verbose_name="单位")
    former_name = models.CharField("当时的名称", max_length=80, blank=True)
    year = models.PositiveSmallIntegerField("年")
    kind = models.CharField("类别", max_length=10, choices=Kind.choices())
    registered = models.PositiveIntegerField("登记簿件数", null=True, blank=True)
    filed = models.PositiveIntegerField("归档目录件数", null=True, blank=True)
    estimated = models.PositiveIntegerField("文号推算件数", null=True)
    formula = models.CharField("推算的算式", max_length=300, blank=True)
    due = models.PositiveIntegerField("应梳理", default=0)
    lost = models.PositiveIntegerField("找不到的件数", default=0)
    lost_reason = models.CharField("找不到的理由", max_length=300, blank=True)
    note = models.CharField("差异的说明", max_length=300, blank=True)
    updated_at = models.DateTimeField("最近登记")
    updated_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="登记人")
    revision = models.PositiveIntegerField("修订号", default=1)

    objects = HoldingQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "底数"
        ordering = ("agency__order", "year", "kind")
        constraints = [models.UniqueConstraint(fields=["agency", "year", "kind"], name="one_holding_a_cell")]

    def __str__(self) -> str:
        return f"{self.former_name or self.agency}{self.year}年{self.get_kind_display()}"

    @property
    def mark(self) -> str:
        """Tells this state from any other (``desk.seen``)."""
        return mark("holding", self.pk, self.revision)

    @property
    def counts(self) -> dict[str, int | None]:
        return {label: getattr(self, name) for name, label in COUNTS}

    @property
    def differences(self) -> list[str]:
        return law.differences(self.counts)


class HoldingVersion(models.Model):
    """底数变动的一版;只增不改。"""

    holding = models.ForeignKey(Holding, models.CASCADE, related_name="versions", verbose_name="底数")
    registered = models.PositiveIntegerField("登记簿件数", null=True)
    filed = models.PositiveIntegerField("归档目录件数", null=True)
    estimated = models.PositiveIntegerField("文号推算件数", null=True)
    due = models.PositiveIntegerField("应梳理")
    lost = models.PositiveIntegerField("找不到的件数")
    reason = models.CharField("变动的理由", max_length=300)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="经手人")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "底数的变动"
        ordering = ("-at", "-pk")
