"""政策公布以前的吹风。公布以后公众的提问在 ``gongkai.questions``。"""

from __future__ import annotations

from django.db import models

from gongkai.org.models import User
from gongkai.records.models import Record


class Briefing(models.Model):
    """吹风:文件公布以前的通气会、座谈、征求意见稿的说明。文件公开以后公众看得见。"""

    policy = models.ForeignKey(Record, models.PROTECT, related_name="briefings", verbose_name="政策文件")
    on = models.DateField("哪天")
    title = models.CharField("做了什么", max_length=200)
    record = models.ForeignKey(
        Record, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="公开的材料"
    )
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="经手人")
    at = models.DateTimeField("记录时间")

    class Meta:
        verbose_name = verbose_name_plural = "吹风"
        ordering = ("on", "pk")
