"""算好存着的数。``seq`` 是算的时候操作记录到哪一条:这以后没有相关操作的,就还是对的。"""

from __future__ import annotations

from django.db import models


class KeptFigure(models.Model):
    """一个数在一天的各单位分子、分母(``counts``:单位主键 → [分子, 分母])。派生的,随时可以重算。"""

    key = models.CharField("哪个数", max_length=60)
    on = models.DateField("算到哪天")
    seq = models.PositiveBigIntegerField("操作记录到")
    counts = models.JSONField("各单位", default=dict)
    seconds = models.FloatField("数了几秒", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "算好的数"
        constraints = [models.UniqueConstraint(fields=["key", "on"], name="one_kept_figure_a_day")]

    def __str__(self) -> str:
        return f"{self.key} {self.on}"


class AskedDay(models.Model):
    """有人要看、当场数太慢的一天;后台数好存下。"""

    on = models.DateField("哪天", unique=True)
    asked_at = models.DateTimeField("什么时候要的")
    done_at = models.DateTimeField("数好", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "要数的一天"

    def __str__(self) -> str:
        return str(self.on)
