"""政务舆情和它的处置;只在工作台。"""

from __future__ import annotations

from django.db import models
from django.urls import reverse

from gongkai.law import engagement as law
from gongkai.law.engagement import Grade
from gongkai.org import access
from gongkai.org.models import Agency, User
from gongkai.records.models import Record

from ..terms import CaseState, EntryKind


class OpinionCaseQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Cases owned by the units of this person."""
        return self.filter(access.within(user, "engagement.opinion", "owner"))


class OpinionCase(models.Model):
    """一件政务舆情;只在工作台,公众看得到的只有回应。"""

    title = models.CharField("事由", max_length=200)
    source = models.CharField("来源", max_length=100)
    owner = models.ForeignKey(Agency, models.PROTECT, related_name="opinion_cases", verbose_name="责任单位")
    grade = models.CharField("级别", max_length=10, choices=Grade.choices(), blank=True)
    happened_at = models.DateTimeField("事发", null=True, blank=True)
    detected_at = models.DateTimeField("监测发现")
    ordered_at = models.DateTimeField("上级交办", null=True, blank=True)
    state = models.CharField("环节", max_length=10, choices=CaseState.choices(), default=CaseState.FOUND)
    closed_at = models.DateTimeField("办结", null=True)

    objects = OpinionCaseQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "政务舆情"
        ordering = ("-detected_at", "-pk")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("desk:engagement_case", args=[self.pk])

    @property
    def may_have(self) -> tuple[EntryKind, ...]:
        """What can be entered now: after its end nothing but the review of how it went."""
        return (EntryKind.REVIEW,) if self.state == CaseState.CLOSED else tuple(EntryKind)

    @property
    def deadlines(self) -> law.Deadlines:
        """When the first word and the briefing are due; before it is graded as for a matter that is no emergency."""
        grade = Grade.from_value(self.grade) if self.grade else Grade.NONE
        return law.deadlines(grade, happened=self.happened_at, detected=self.detected_at, ordered=self.ordered_at)


class CaseEntry(models.Model):
    """舆情处置里的一条;只增不改。"""

    case = models.ForeignKey(OpinionCase, models.CASCADE, related_name="entries", verbose_name="舆情")
    kind = models.CharField("种类", max_length=10, choices=EntryKind.choices())
    at = models.DateTimeField("时间")
    text = models.TextField("内容")
    record = models.ForeignKey(
        Record, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="公开的信息"
    )
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="经手人")
    entered_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = verbose_name_plural = "舆情处置"
        ordering = ("at", "pk")
