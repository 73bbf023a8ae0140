"""在线访谈:预告、公众的提问、实录的一段一段、没有当场答的追答。提问的原文是密文,公开的是隐去个人信息的写法。"""

from __future__ import annotations

from datetime import date, datetime

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from gongkai.desk.moments import local_day
from gongkai.desk.seen import mark
from gongkai.org import access
from gongkai.org.models import Agency, User
from gongkai.org.sealed import SealedTextField
from gongkai.records.models import Record, is_public_at

from ..terms import OWED_STATES, AskedState, InterviewForm, InterviewState, Phase
from .ratings import Improvable, ImprovableQuerySet, Rated, open_for


class InterviewQuerySet(ImprovableQuerySet):
    rated = "questions"

    def visible_to(self, user):
        """Interviews of the units of this person."""
        return self.filter(access.within(user, "engagement.view"))

    def public(self, at):
        """Interviews whose notice the public may read."""
        return self.filter(is_public_at(at, "record__"))

    def in_state(self, state, at):
        """Interviews that stand at a step at that moment; agrees with ``Interview.state``."""
        owed = Exists(Asked.objects.filter(interview=OuterRef("pk"), state__in=OWED_STATES))
        told = is_public_at(at, "record__")
        over = Q(closed_at__isnull=False)
        shown = is_public_at(at, "transcript__")
        return {
            InterviewState.PLANNED: self.filter(opened_at=None).exclude(told),
            InterviewState.CALLING: self.filter(told, opened_at=None, questions_until__gte=at),
            InterviewState.ANNOUNCED: self.filter(told, opened_at=None, questions_until__lt=at),
            InterviewState.LIVE: self.filter(opened_at__isnull=False, closed_at=None),
            InterviewState.OWING: self.filter(over, owed),
            InterviewState.CLOSED: self.filter(over, ~owed).exclude(shown),
            InterviewState.DONE: self.filter(over, ~owed).filter(shown),
        }[state]


class Interview(Improvable):
    """一期访谈。预告是一件信息(``record``),实录也是一件(``transcript``);走到哪一步由事实推出来,不另存。"""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="interviews", verbose_name="主办单位")
    title = models.CharField("主题", max_length=120)
    topic = models.TextField("谈什么")
    guests = models.JSONField("嘉宾", default=list)
    has_chief = models.BooleanField("主要负责人出席", default=False)
    form = models.CharField("形式", max_length=10, choices=InterviewForm.choices(), default=InterviewForm.TEXT)
    video = models.URLField("视频", max_length=300, blank=True)
    starts_at = models.DateTimeField("开始")
    ends_at = models.DateTimeField("结束")
    questions_until = models.DateTimeField("提问截止")
    record = models.OneToOneField(
        Record, models.PROTECT, null=True, blank=True, related_name="interview", verbose_name="预告"
    )
    transcript = models.OneToOneField(
        Record, models.PROTECT, null=True, blank=True, related_name="interview_told", verbose_name="实录"
    )
    opened_at = models.DateTimeField("宣布开始", null=True)
    closed_at = models.DateTimeField("宣布结束", null=True)
    amendments = models.PositiveIntegerField("改过几处", default=0)

    objects = InterviewQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "访谈"
        ordering = ("-starts_at", "-pk")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("public:interview", args=[self.pk])

    @property
    def desk_url(self) -> str:
        return reverse("desk:engagement_interview", args=[self.pk])

    @property
    def guests_said(self) -> str:
        """Each guest with the post, in the order given."""
        return "；".join("，".join(filter(None, one)) for one in self.guests)

    def is_public(self, at: datetime) -> bool:
        return self.record is not None and self.record.is_public(at)

    def is_asking(self, at: datetime) -> bool:
        """Whether the public may ask now."""
        return self.is_public(at) and self.closed_at is None and at <= min(self.questions_until, self.ends_at)

    def is_asking_on(self, day: date) -> bool:
        """Whether the public may still ask on that day; the form refuses by the minute."""
        return self.closed_at is None and day <= local_day(min(self.questions_until, self.ends_at))

    def phase(self, at: datetime) -> Phase:
        """What the public is told of it. By the day, so that a page written at midnight stays right until the next:
        what was not ended in the list, or never began, is not said to go on or to come once its day is over."""
        if self.closed_at is not None:
            return Phase.OVER
        if local_day(at) <= local_day(self.ends_at):
            return Phase.BEFORE if self.opened_at is None else Phase.LIVE
        return Phase.MISSED if self.opened_at is None else Phase.OVER

    def state(self, at: datetime) -> InterviewState:
        """What step it stands at."""
        if self.closed_at is not None:
            if self.questions.filter(state__in=OWED_STATES).exists():
                return InterviewState.OWING
            told = self.transcript is not None and self.transcript.is_public(at)
            return InterviewState.DONE if told else InterviewState.CLOSED
        if self.opened_at is not None:
            return InterviewState.LIVE
        if not self.is_public(at):
            return InterviewState.PLANNED
        return InterviewState.CALLING if at <= self.questions_until else InterviewState.ANNOUNCED


class AskedQuerySet(models.QuerySet):
    def owed(self):
        """Questions of interviews that are over, not answered and not refused."""
        return self.filter(interview__closed_at__isnull=False, state__in=OWED_STATES)

    def shown(self):
        """What the public may read: put on the air, or answered afterwards."""
        return self.filter(state__in=(AskedState.READ, AskedState.ANSWERED, AskedState.REPLIED))


class Asked(Rated):
    """公众给访谈提的一个问题;不收姓名和联系方式。``due_on`` 由法律核心算出,存下来只为排序。"""

    interview = models.ForeignKey(Interview, models.PROTECT, related_name="questions", verbose_name="访谈")
    number = models.CharField("编号", max_length=40, unique=True)
    code = models.CharField("查询码散列", max_length=64)
    text = SealedTextField("提问")
    shown = models.TextField("公开的问法", blank=True)
    asked_at = models.DateTimeField("提问时间")
    state = models.CharField("现在", max_length=10, choices=AskedState.choices(), default=AskedState.NEW)
    reason = models.CharField("为什么不答", max_length=300, blank=True)
    due_on = models.DateField("应公开回复日", null=True)
    answer = models.TextField("回复", blank=True)
    drafted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="拟回复的人")
    answered_at = models.DateTimeField("回复时间", null=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="核定的人")
    revision = models.PositiveIntegerField("修订号", default=1)

    objects = AskedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "访谈的提问"
        ordering = ("pk",)
        indexes = [models.Index(fields=["interview", "state"], name="asked_by_state")]
        constraints = [
            models.CheckConstraint(
                condition=Q(rating=None) | Q(rating__gte=1, rating__lte=5), name="asked_rating_of_five"
            )
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def mark(self) -> str:
        """Tells this state of the question from any other (``desk.seen``)."""
        return mark("asked", self.pk, self.revision)

    @property
    def answered_on(self) -> date | None:
        return local_day(self.answered_at) if self.answered_at else None

    def may_rate(self, at: datetime) -> bool:
        """Whether whoever asked may say how the interview was: after its end, once."""
        ended = self.interview.closed_at
        return self.rated_at is None and ended is not None and ended <= at < ended + open_for(ended)

    def is_late(self, on: date) -> bool:
        """Whether the limit for an answer was missed, or is missed now; what was refused with its reason is not owed."""
        if self.state == AskedState.DECLINED:
            return False
        return self.due_on is not None and (self.answered_on or on) > self.due_on


class Line(models.Model):
    """实录的一段:谁说了什么,或者读出来的一个提问。改过的留着改前的写法。"""

    interview = models.ForeignKey(Interview, models.PROTECT, related_name="lines", verbose_name="访谈")
    place = models.PositiveIntegerField("第几段")
    speaker = models.CharField("谁", max_length=60)
    text = models.TextField("说了什么")
    question = models.ForeignKey(
        Asked, models.PROTECT, null=True, blank=True, related_name="lines", verbose_name="读出或者回答的提问"
    )
    at = models.DateTimeField("时间")
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="经手人")
    former = models.TextField("改以前的", blank=True)
    amended_at = models.DateTimeField("改的时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "访谈实录"
        ordering = ("interview", "place")
        constraints = [models.UniqueConstraint(fields=["interview", "place"], name="one_line_a_place")]

    def __str__(self) -> str:
        return f"{self.speaker}：{self.text[:40]}"
