"""无障碍样本:一个网页的一份检测结果里的一条规则。"""

from __future__ import annotations

from django.db import models

from ..terms import Impact
from .rounds import Evidence, Sample


class Barrier(models.Model):
    """一个网页上的一条规则;网页、时间在证据里。工具自己定不了的(``sure`` 为否)不算违反,由人核对。"""

    sample = models.ForeignKey(Sample, models.CASCADE, related_name="barriers", verbose_name="抽中的阵地")
    evidence = models.ForeignKey(Evidence, models.CASCADE, related_name="barriers", verbose_name="证据")
    rule = models.CharField("规则", max_length=60)
    impact = models.CharField("影响", max_length=8, choices=Impact.choices())
    count = models.PositiveSmallIntegerField("几处")
    sure = models.BooleanField("是违反")
    current = models.BooleanField("最近一次的", default=True)
    text = models.CharField("规则的原话", max_length=200, blank=True)
    where = models.CharField("第一处", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "无障碍样本"
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["evidence", "rule", "sure"], name="one_row_a_rule")]

    def __str__(self) -> str:
        return f"{self.evidence.url}：{self.rule}"
