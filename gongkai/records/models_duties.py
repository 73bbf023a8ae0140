"""单位同法定公开事项之间的:申明不涉及(Absence)、催报(Urge)。"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse

from gongkai.law import duties
from gongkai.org import access
from gongkai.org.models import Agency, User


class Absence(models.Model):
    """单位申明本单位没有某一项法定公开事项(乡镇目录须说明未涉及的领域);区政府办核准以后,矩阵里不算空缺。"""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="absences", verbose_name="单位")
    duty = models.CharField("法定公开事项", max_length=40)
    reason = models.CharField("理由", max_length=200)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="经手人")
    at = models.DateTimeField("时间")
    approved_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="核准人"
    )
    approved_at = models.DateTimeField("核准时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "不涉及的事项"
        constraints = [models.UniqueConstraint(fields=["agency", "duty"], name="one_absence")]

    @property
    def label(self) -> str:
        """The item's name."""
        return duties.get(self.duty).label


class UrgeQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of the units of this person."""
        return self.filter(access.within(user, "records.catalogue"))


class Urge(models.Model):
    """催报:区政府办请一个单位公开缺的、超期没有更新的事项,或者过了期限还没有公开的一件。

    办没办不存:这以后公开了没有,看 ``urges.done``。
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="urges", verbose_name="单位")
    duty = models.CharField("法定公开事项", max_length=40, blank=True)
    record = models.ForeignKey(
        "records.Record", models.CASCADE, null=True, blank=True, related_name="urges", verbose_name="信息"
    )
    note = models.CharField("要求", max_length=200, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="催报人")
    at = models.DateTimeField("催报时间")

    objects = UrgeQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "催报"
        ordering = ("-at", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(duty="", record__isnull=False) | (~Q(duty="") & Q(record=None)),
                name="urge_of_one_thing",
            )
        ]
        indexes = [models.Index(fields=["-at", "-id"], name="urge_newest")]

    def __str__(self) -> str:
        return self.record.title if self.record_id else duties.get(self.duty).label

    def get_absolute_url(self) -> str:
        """Where it is dealt with at the desk."""
        if self.record_id:
            return reverse("desk:record", args=[self.record_id])
        return reverse("desk:cell", args=[self.agency.code, self.duty])
