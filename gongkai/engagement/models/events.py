"""公众参加的活动和报名;称呼和联系方式是密文。"""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.urls import reverse

from gongkai.law.engagement import Selection
from gongkai.org import access
from gongkai.org.models import Agency, Drawing
from gongkai.org.sealed import SealedJSONField
from gongkai.records.models import Record, is_public_at

from ..terms import EventKind, SignupState
from .ratings import Improvable, ImprovableQuerySet, Rated, open_for


class EventQuerySet(ImprovableQuerySet):
    rated = "signups"

    def visible_to(self, user):
        """Events of the units of this person."""
        return self.filter(access.within(user, "engagement.view"))

    def public(self, at):
        """Events whose own notice, or whose series' notice, the public may read."""
        return self.filter(is_public_at(at, "record__") | is_public_at(at, "series__record__"))


class EventSeries(models.Model):
    """一个系列:同一主题办几场,一件公告;各场的时间、名额、报名起止各自登记。"""

    kind = models.CharField("种类", max_length=12, choices=EventKind.choices())
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="event_series", verbose_name="主办单位")
    title = models.CharField("主题", max_length=120)
    place = models.CharField("地点", max_length=120)
    audience = models.CharField("对象", max_length=100, blank=True)
    about = models.TextField("看什么、做什么")
    record = models.OneToOneField(
        Record, models.PROTECT, null=True, blank=True, related_name="event_series", verbose_name="公告"
    )

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "活动系列"
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("desk:engagement_series", args=[self.pk])


class Event(Improvable):
    """一次公众参加的活动;公告是一件信息(``record``)。"""

    kind = models.CharField("种类", max_length=12, choices=EventKind.choices())
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="events", verbose_name="主办单位")
    title = models.CharField("主题", max_length=120)
    place = models.CharField("地点", max_length=120)
    starts_at = models.DateTimeField("开始")
    ends_at = models.DateTimeField("结束")
    audience = models.CharField("对象", max_length=100, blank=True)
    series = models.ForeignKey(
        EventSeries, models.PROTECT, null=True, blank=True, related_name="sessions", verbose_name="系列"
    )
    seats = models.PositiveSmallIntegerField("名额", default=0)
    signup_from = models.DateTimeField("报名开始", null=True, blank=True)
    signup_until = models.DateTimeField("报名截止", null=True, blank=True)
    selection = models.CharField("怎样选", max_length=8, choices=Selection.choices(), default=Selection.FIRST)
    drawing = models.OneToOneField(
        Drawing, models.PROTECT, null=True, blank=True, related_name="event", verbose_name="抽选"
    )
    record = models.OneToOneField(
        Record, models.PROTECT, null=True, blank=True, related_name="event", verbose_name="公告"
    )
    attended = models.PositiveIntegerField("到场人数", null=True)
    outcome = models.TextField("收到的意见和答复", blank=True)
    held_at = models.DateTimeField("办结", null=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "活动"
        ordering = ("-starts_at", "-pk")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("desk:engagement_event", args=[self.pk])

    @property
    def notice(self) -> Record | None:
        """The record that announces it: its own, or that of its series."""
        return self.record or (self.series.record if self.series else None)

    def is_taking(self, at: datetime) -> bool:
        """Whether the public may sign up now, by the minute."""
        notice = self.notice
        begun = self.signup_from is None or at >= self.signup_from
        public = notice is not None and notice.is_public(at)
        return bool(
            public
            and begun
            and self.selection != Selection.INVITED
            and self.signup_until
            and at <= self.signup_until
        )

    def takes_feedback(self, at: datetime) -> bool:
        """Whether those who came may say how it was: from its end until their contacts are erased."""
        return self.ends_at <= at < self.ends_at + open_for(self.ends_at)


class Signup(Rated):
    """一个报名;只收称呼和一种联系方式,活动以后到期清除。"""

    event = models.ForeignKey(Event, models.CASCADE, related_name="signups", verbose_name="活动")
    number = models.CharField("编号", max_length=40, unique=True)
    code = models.CharField("查询码散列", max_length=64)
    contact = SealedJSONField("称呼和联系方式", default=dict)
    state = models.CharField("现在", max_length=10, choices=SignupState.choices())
    rank = models.PositiveIntegerField("抽出的次序", null=True)
    at = models.DateTimeField("报名时间")
    cancelled_at = models.DateTimeField("取消时间", null=True)
    came = models.BooleanField("到场", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "报名"
        ordering = ("event", "pk")
        indexes = [models.Index(fields=["event", "state"], name="signup_by_state")]
        constraints = [
            models.CheckConstraint(
                condition=Q(rating=None) | Q(rating__gte=1, rating__lte=5), name="signup_rating_of_five"
            )
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def waits_behind(self) -> int | None:
        """How many wait before this one; None for one that does not wait, or before the drawing."""
        if self.state != SignupState.WAITING or (self.event.selection == Selection.DRAW and self.rank is None):
            return None
        before = Q(pk__lt=self.pk) if self.rank is None else Q(rank__lt=self.rank)
        return self.event.signups.filter(before, state=SignupState.WAITING).count()

    def may_rate(self, at: datetime) -> bool:
        """Whether this person may say how it was: who had a seat and was not found missing, once."""
        had = self.state == SignupState.IN and self.came is not False
        return had and self.rated_at is None and self.event.takes_feedback(at)
