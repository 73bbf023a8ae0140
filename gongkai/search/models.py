"""检索的数据表:一天里一个检索词打了几次(不记是谁)、热门词、不作提示的词。"""

from __future__ import annotations

from django.db import models

from gongkai.org.models import User


class QueryDay(models.Model):
    """一天里一个检索词:打了几次、找到多少、点开几次。不记时刻、地址和人,到期删去(参数 ``search.query_days``)。"""

    class Kind(models.TextChoices):
        SEARCH = "search", "检索"
        ASK = "ask", "提问"

    text = models.CharField("检索词", max_length=60)
    kind = models.CharField("种类", max_length=6, choices=Kind.choices)
    on = models.DateField("日期", db_index=True)
    asked = models.PositiveIntegerField("次数", default=0)
    opened = models.PositiveIntegerField("点开次数", default=0)
    found = models.PositiveIntegerField("最近一次找到的件数", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "检索词"
        ordering = ("-on", "-asked", "text")
        constraints = [models.UniqueConstraint(fields=["text", "kind", "on"], name="one_query_a_day")]


class Popular(models.Model):
    """热门词:好几天都有人打、找得到的。由 ``actions`` 从检索词重算,整表替换。"""

    text = models.CharField("检索词", max_length=60, unique=True)
    days = models.PositiveIntegerField("有人打的天数")
    asked = models.PositiveIntegerField("次数")

    class Meta:
        verbose_name = verbose_name_plural = "热门词"
        ordering = ("-asked", "text")


class Muted(models.Model):
    """不作提示的词:不出现在热门、相关和输入提示里。"""

    text = models.CharField("检索词", max_length=60, unique=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="经手人")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "不作提示的词"
        ordering = ("text",)
