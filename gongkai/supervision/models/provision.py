"""保障的登记:主要负责人听取汇报、培训、人员经费场地,和别处发布的评价结果。登错了的作废,不删。"""

from __future__ import annotations

from django.db import models

from gongkai.law.supervision import MeetingType, hearing_counts
from gongkai.org import access
from gongkai.org.models import Agency, User

from ..terms import GoalIndex


class RegisterQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of the units of this person."""
        return self.filter(access.within(user, "supervision.view"))

    def valid(self):
        """Those not struck out."""
        return self.filter(voided_at=None)


class Entry(models.Model):
    """一条登记共有的:单位、谁登记、作废没有。"""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="单位")
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="登记人")
    at = models.DateTimeField("登记时间")
    voided_at = models.DateTimeField("作废时间", null=True)
    void_reason = models.CharField("作废的理由", max_length=200, blank=True)

    objects = RegisterQuerySet.as_manager()

    class Meta:
        abstract = True


class Hearing(Entry):
    """主要负责人听取一次政务公开工作汇报。"""

    held_on = models.DateField("日期")
    meeting = models.CharField("会议", max_length=10, choices=MeetingType.choices())
    name = models.CharField("会议名称、次数", max_length=80)
    presider = models.CharField("主持人职务", max_length=40)
    by_head = models.BooleanField("主要负责人本人听取", default=False)
    decided = models.TextField("议定事项", blank=True)
    evidence = models.CharField("纪要文号、议程", max_length=120, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "听取汇报"
        ordering = ("-held_on", "-pk")

    def __str__(self) -> str:
        return self.name

    @property
    def why_not(self) -> str:
        """Why it does not count; empty if it does."""
        return hearing_counts(
            by_head=self.by_head, meeting=MeetingType.from_value(self.meeting), evidence=self.evidence
        )


class Training(Entry):
    """一期培训(条例第四十八条)。``agency`` 是主办单位,``units`` 是派人参加的单位。"""

    held_on = models.DateField("日期")
    title = models.CharField("内容", max_length=120)
    audience = models.CharField("对象", max_length=80)
    hours = models.DecimalField("学时", max_digits=5, decimal_places=1)
    due = models.PositiveIntegerField("应到人数")
    attended = models.PositiveIntegerField("实到人数")
    units = models.ManyToManyField(Agency, related_name="+", verbose_name="到了的单位")
    material = models.CharField("课件、网址", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "培训"
        ordering = ("-held_on", "-pk")

    def __str__(self) -> str:
        return self.title


class Support(Entry):
    """一个单位一年的人员、经费、场地。"""

    year = models.PositiveSmallIntegerField("年度")
    full_time = models.PositiveSmallIntegerField("专职人员")
    part_time = models.PositiveSmallIntegerField("兼职人员")
    budget = models.DecimalField("经费预算（万元）", max_digits=10, decimal_places=2)
    spent = models.DecimalField("实际支出（万元）", max_digits=10, decimal_places=2, null=True, blank=True)
    places = models.CharField("场地、设施", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "人员经费场地"
        ordering = ("-year", "agency__order")

    def __str__(self) -> str:
        return f"{self.agency}{self.year}年"


class OutsideResult(Entry):
    """别处发布的评价结果,照原样登记:谁发布的、哪一年、什么口径、多少个样本。"""

    index = models.CharField("哪项指数", max_length=14, choices=GoalIndex.choices())
    year = models.PositiveSmallIntegerField("年度")
    name = models.CharField("评价的名称", max_length=80)
    publisher = models.CharField("发布机构", max_length=80)
    method = models.CharField("口径", max_length=200)
    score = models.DecimalField("得分", max_digits=7, decimal_places=2, null=True, blank=True)
    rank = models.PositiveSmallIntegerField("名次", null=True, blank=True)
    sample = models.PositiveIntegerField("样本数")
    satisfied = models.PositiveIntegerField("满意以上的份数", null=True, blank=True)
    source = models.CharField("出处", max_length=200)

    class Meta:
        verbose_name = verbose_name_plural = "外部结果"
        ordering = ("-year", "index", "name")

    def __str__(self) -> str:
        return f"{self.year}年{self.name}"
