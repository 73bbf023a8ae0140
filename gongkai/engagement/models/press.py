"""新闻发布:发言人、年度计划和任务单位、一场发布会、出席的人、答问、纪律登记。"""

from __future__ import annotations

from datetime import date, datetime

from django.db import models
from django.db.models import Q
from django.urls import reverse

from gongkai.desk.moments import local_day
from gongkai.desk.seen import mark
from gongkai.law import press as law
from gongkai.law.press import Level, Rank
from gongkai.org import access
from gongkai.org.models import Agency, User
from gongkai.records.models import Record, is_public_at

from ..press_terms import Breach, BriefingState
from .cases import OpinionCase
from .events import Event


class SpokespersonQuerySet(models.QuerySet):
    def current(self, on):
        """Whoever speaks for a unit on that day."""
        return self.filter(Q(until=None) | Q(until__gte=on), since__lte=on)


class Spokesperson(models.Model):
    """一个单位的新闻发言人;离任的留在名录的历史里,公众看到的只有现任。"""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="spokespersons", verbose_name="单位")
    name = models.CharField("姓名", max_length=40)
    post = models.CharField("职务", max_length=80)
    is_first = models.BooleanField("第一新闻发言人", default=False)
    phone = models.CharField("发布机构电话", max_length=40)
    since = models.DateField("任职日")
    until = models.DateField("离任日", null=True, blank=True)
    confirmed_on = models.DateField("核对日")

    objects = SpokespersonQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "新闻发言人"
        ordering = ("agency__code", "-is_first", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["agency"], condition=Q(is_first=True, until=None), name="one_first_spokesperson"
            )
        ]

    def __str__(self) -> str:
        return f"{self.agency}{self.name}"


class PressYear(models.Model):
    """一年的新闻发布计划:哪些单位纳入4·2·1,排了哪几场;经区政府同意印发以后不再改。"""

    year = models.PositiveSmallIntegerField("年度", unique=True)
    units = models.ManyToManyField(Agency, related_name="+", verbose_name="纳入的单位", blank=True)
    basis = models.CharField("印发的依据", max_length=200, blank=True)
    approved_at = models.DateTimeField("印发", null=True)
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="经手人")

    class Meta:
        verbose_name = verbose_name_plural = "年度新闻发布计划"
        ordering = ("-year",)

    def __str__(self) -> str:
        return f"{self.year}年新闻发布计划"

    def get_absolute_url(self) -> str:
        return reverse("desk:engagement_press_plan", args=[self.year])


class PressItem(models.Model):
    """计划里的一场。"""

    plan = models.ForeignKey(PressYear, models.CASCADE, related_name="items", verbose_name="计划")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="发布单位")
    month = models.PositiveSmallIntegerField("月份")
    title = models.CharField("主题", max_length=120)
    level = models.CharField("发布什么", max_length=12, choices=Level.choices())

    class Meta:
        verbose_name = verbose_name_plural = "计划的发布会"
        ordering = ("month", "pk")
        constraints = [
            models.CheckConstraint(condition=Q(month__gte=1, month__lte=12), name="press_item_in_a_month")
        ]

    def __str__(self) -> str:
        return self.title


class BriefingQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Briefings of the units of this person."""
        return self.filter(access.within(user, "engagement.view", "event__agency"))

    def public(self, at):
        """Briefings whose notice the public may read."""
        return self.filter(is_public_at(at, "event__record__"))

    def held(self):
        """What was held."""
        return self.filter(state=BriefingState.HELD)

    def without_transcript(self):
        """Held, and its transcript is not public."""
        return self.held().filter(Q(transcript=None) | Q(transcript__published_at=None))


class Briefing(models.Model):
    """一场新闻发布会;时间、地点、公告在它的活动(``event``)上,文字实录是另一件信息。"""

    event = models.OneToOneField(Event, models.PROTECT, related_name="briefing", verbose_name="活动")
    item = models.OneToOneField(
        PressItem, models.SET_NULL, null=True, blank=True, related_name="briefing", verbose_name="计划里的一场"
    )
    level = models.CharField("发布什么", max_length=12, choices=Level.choices())
    is_emergency = models.BooleanField("突发事件", default=False)
    case = models.ForeignKey(
        OpinionCase, models.PROTECT, null=True, blank=True, related_name="briefings", verbose_name="回应的舆情"
    )
    state = models.CharField("环节", max_length=10, choices=BriefingState.choices(), default=BriefingState.DRAFT)
    submitted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="报批人")
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="审批人")
    decided_at = models.DateTimeField("审批、报备的时刻", null=True)
    note = models.CharField("说明", max_length=300, blank=True)
    opening = models.TextField("发布的内容", blank=True)
    video_url = models.URLField("视频网址", max_length=300, blank=True)
    transcript = models.OneToOneField(
        Record, models.PROTECT, null=True, blank=True, related_name="briefing", verbose_name="文字实录"
    )
    revision = models.PositiveIntegerField("修订号", default=1)

    objects = BriefingQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "新闻发布会"
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.event.title

    def get_absolute_url(self) -> str:
        return reverse("desk:engagement_briefing", args=[self.pk])

    @property
    def mark(self) -> str:
        """Tells this state of the briefing from any other (``desk.seen``)."""
        return mark("briefing", self.pk, self.revision, self.state)

    @property
    def ranks(self) -> list[Rank]:
        return [Rank.from_value(one.rank) for one in self.attendees.all()]

    @property
    def short_of(self) -> str:
        """Who should attend and is not registered; empty if it is well."""
        return law.short_of(Level.from_value(self.level), self.ranks)

    @property
    def transcript_due_on(self) -> date:
        return law.transcript_due(local_day(self.event.starts_at))

    def lacking(self, at: datetime) -> list[str]:
        """Which of notice, transcript, answers and video the public does not find yet."""
        notice, transcript = self.event.record, self.transcript
        public = bool(transcript and transcript.is_public(at))
        parts = {
            "预告": bool(notice and notice.is_public(at)),
            "文字实录": public,
            "答问": public and self.questions.exists(),
            "视频": bool(self.video_url),
        }
        return [name for name, there in parts.items() if not there]


class Attendee(models.Model):
    """出席发布会、回答提问的人;职务行为,姓名公开。"""

    briefing = models.ForeignKey(Briefing, models.CASCADE, related_name="attendees", verbose_name="发布会")
    name = models.CharField("姓名", max_length=40)
    post = models.CharField("职务", max_length=80)
    rank = models.CharField("级别", max_length=14, choices=Rank.choices())

    class Meta:
        verbose_name = verbose_name_plural = "出席的人"
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.post}{self.name}"


class PressQuestion(models.Model):
    """发布会上的一问一答;随文字实录公开以后可以检索。"""

    briefing = models.ForeignKey(Briefing, models.CASCADE, related_name="questions", verbose_name="发布会")
    order = models.PositiveSmallIntegerField("次序")
    outlet = models.CharField("提问的媒体", max_length=60)
    question = models.TextField("提问")
    answer = models.TextField("回答")
    answered_by = models.ForeignKey(Attendee, models.PROTECT, related_name="answers", verbose_name="回答的人")

    class Meta:
        verbose_name = verbose_name_plural = "发布会答问"
        ordering = ("briefing", "order")
        constraints = [models.UniqueConstraint(fields=["briefing", "order"], name="one_press_question_a_number")]

    def __str__(self) -> str:
        return f"{self.briefing_id}-{self.order}"


class DisciplineEntry(models.Model):
    """新闻发布纪律的登记;只增不改,只在工作台。"""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="press_discipline", verbose_name="单位")
    briefing = models.ForeignKey(
        Briefing, models.PROTECT, null=True, blank=True, related_name="discipline", verbose_name="哪一场"
    )
    kind = models.CharField("情形", max_length=12, choices=Breach.choices())
    on = models.DateField("哪一天")
    what = models.TextField("经过")
    measure = models.TextField("处理")
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="登记人")
    entered_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = verbose_name_plural = "新闻发布纪律"
        ordering = ("-on", "-pk")

    def __str__(self) -> str:
        return f"{self.agency}{self.get_kind_display()}"
