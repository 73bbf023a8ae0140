"""申请人自己写的、做的:补正以前的描述、来件、评价。"""

from __future__ import annotations

from django.db import models

from gongkai.org.models import User
from gongkai.org.sealed import SealedTextField

from .masking import shown


class EarlierDescription(models.Model):
    """补正以前的信息描述:改了也留着。``by`` 空的是申请人自己改的。"""

    application = models.ForeignKey(
        "foi.Application", models.CASCADE, related_name="earlier_descriptions", verbose_name="申请"
    )
    text = SealedTextField("原来的描述")
    at = models.DateTimeField("改的时间")
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="改的人")

    class Meta:
        verbose_name = verbose_name_plural = "补正以前的描述"
        ordering = ("pk",)

    @property
    def shown_text(self) -> str:
        """The text with the applicant's personal data masked (打码)."""
        return shown(self.text, self.application.personal)


class Rating(models.Model):
    """申请人的满意度评价,一件一次。"""

    application = models.OneToOneField(
        "foi.Application", models.CASCADE, related_name="rating", verbose_name="申请"
    )
    score = models.PositiveSmallIntegerField("分数")
    comment = SealedTextField("意见", max_length=500, blank=True)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "评价"


class Contact(models.Model):
    """申请人在进度页做的事(补正、撤回、改联系方式、缴费凭证、更正):内容是密文,承办人看过才算办。"""

    application = models.ForeignKey(
        "foi.Application", models.CASCADE, related_name="contacts", verbose_name="申请"
    )
    kind = models.CharField("种类", max_length=12)
    text = models.TextField("内容(密文)")
    at = models.DateTimeField("时间")
    seen_at = models.DateTimeField("看过", null=True)
    seen_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "申请人来件"
        ordering = ("pk",)
