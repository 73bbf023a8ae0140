"""公众参加的活动和报名;称呼和联系方式是密文。"""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.urls import reverse

from gongkai.law.engagement import Selection
from gongkai.org import access
from gongkai.org.models import Agency, Drawing
from gongkai.org.sealed import SealedJSONField
from gongkai.records.models import Record, is_public_at

from ..terms import EventKind, SignupState


class EventQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Events of the units of this person."""
        return self.filter(access.within(user, "engagement.view"))

    def public(self, at):
        """Events whose notice the public may read."""
        return self.filter(is_public_at(at, "record__"))


class Event(models.Model):
    """一次公众参加的活动;公告是一件信息(``record``)。"""

    kind = models.CharField("种类", max_length=12, choices=EventKind.choices())
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="events", verbose_name="主办单位")
    title = models.CharField("主题", max_length=120)
    place = models.CharField("地点", max_length=120)
    starts_at = models.DateTimeField("开始")
    ends_at = models.DateTimeField("结束")
    audience = models.CharField("对象", max_length=100, blank=True)
    seats = models.PositiveSmallIntegerField("名额", default=0)
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

    def is_taking(self, at: datetime) -> bool:
        """Whether the public may sign up now."""
        public = self.record is not None and self.record.is_public(at)
        return bool(
            public and self.selection != Selection.INVITED and self.signup_until and at <= self.signup_until
        )


class Signup(models.Model):
    """一个报名;只收称呼和一种联系方式,活动以后到期清除。"""

    event = models.ForeignKey(Event, models.CASCADE, related_name="signups", verbose_name="活动")
    number = models.CharField("编号", max_length=40, unique=True)
    code = models.CharField("查询码散列", max_length=64)
    contact = SealedJSONField("称呼和联系方式", default=dict)
    state = models.CharField("现在", max_length=10, choices=SignupState.choices())
    rank = models.PositiveIntegerField("抽出的次序", null=True)
    at = models.DateTimeField("报名时间")
    cancelled_at = models.DateTimeField("取消时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "报名"
        ordering = ("event", "pk")
        indexes = [models.Index(fields=["event", "state"], name="signup_by_state")]

    def __str__(self) -> str:
        return self.number
