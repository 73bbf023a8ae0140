"""开放审核:一批(Batch)和其中一件的答案、结论、抽检(Opening)。"""

from __future__ import annotations

from django.db import models
from django.urls import reverse

from gongkai.desk.seen import mark
from gongkai.law.backfile import Conclusion
from gongkai.org import access
from gongkai.org.models import Agency, User

from ..terms import BatchState
from .items import Item


class BatchQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Batches of the units of this person."""
        return self.filter(access.within(user, "backfile.view"))


class Batch(models.Model):
    """一批开放审核:一个人逐项审,另一个人抽检;漏了一件,整批退回重审。"""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="opening_batches", verbose_name="单位")
    name = models.CharField("名称", max_length=100)
    state = models.CharField("环节", max_length=8, choices=BatchState.choices(), default=BatchState.FIRST)
    seed = models.CharField("抽样的种子", max_length=32, blank=True)
    first_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="初审人")
    second_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="复核人")
    back_reason = models.CharField("退回的原因", max_length=300, blank=True)
    at = models.DateTimeField("建立时间")
    agreed_at = models.DateTimeField("审定时间", null=True)
    opened_at = models.DateTimeField("公开时间", null=True)

    objects = BatchQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "开放审核批次"
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("desk:backfile_batch", args=[self.pk])

    @property
    def tone(self) -> str:
        """How its state looks (``tag``)."""
        return {BatchState.OPENED: "ok", BatchState.BACK: "stop"}.get(self.state, "")


class Opening(models.Model):
    """一件的开放审核。``answers`` 是各项查到没有;``together`` 是同批一起审的,抽检从这里抽。"""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="openings", verbose_name="批次")
    item = models.OneToOneField(Item, models.PROTECT, related_name="opening", verbose_name="旧文件")
    hints = models.JSONField("程序查到的", default=dict, blank=True)
    answers = models.JSONField("各项", default=dict, blank=True)
    conclusion = models.CharField("结论", max_length=12, choices=Conclusion.choices(), blank=True)
    ground = models.CharField("不予公开的理由", max_length=40, blank=True)
    ended_on = models.DateField("废止或者失效之日", null=True, blank=True)
    note = models.CharField("说明", max_length=300, blank=True)
    shown = models.TextField("公开的文字", blank=True)
    together = models.BooleanField("同批一起审的", default=False)
    sampled = models.BooleanField("要复核", default=False)
    right = models.BooleanField("复核没有问题", null=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="审查人")
    at = models.DateTimeField("审查时间", null=True)
    checked_at = models.DateTimeField("复核时间", null=True)
    revision = models.PositiveIntegerField("修订号", default=1)

    class Meta:
        verbose_name = verbose_name_plural = "开放审核"
        ordering = ("pk",)
        indexes = [models.Index(fields=["batch", "conclusion"], name="opening_by_batch")]

    @property
    def mark(self) -> str:
        """Tells this state from any other (``desk.seen``)."""
        return mark("opening", self.pk, self.revision, self.item.revision)
