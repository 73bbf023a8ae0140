"""会议公开:常务会议、全体会议的议题和公开方案,列席代表,会后公布的议定事项。"""

from __future__ import annotations

from django.db import models
from django.urls import reverse

from gongkai.law.decisions import MeetingKind
from gongkai.org import access
from gongkai.org.models import Agency, Drawing
from gongkai.org.sealed import SealedJSONField
from gongkai.records.models import Record

from ..terms import OpenWay
from .dossier import Dossier


class MeetingQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Meetings of the agencies whose decisions this person sees."""
        return self.filter(access.within(user, "decisions.view"))


class Meeting(models.Model):
    """一次政府会议。次数一届一条流水,涉密的也占号。"""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="meetings", verbose_name="机关")
    kind = models.CharField("会议", max_length=12, choices=MeetingKind.choices()[:2])
    term = models.PositiveSmallIntegerField("第几届")
    number = models.PositiveSmallIntegerField("第几次")
    held_on = models.DateField("日期")
    place = models.CharField("地点", max_length=100, blank=True)
    secret_basis = models.CharField("不公开的依据", max_length=200, blank=True)
    signup_until = models.DateTimeField("报名截止", null=True, blank=True)
    seats = models.PositiveSmallIntegerField("列席代表名额", default=0)
    drawing = models.OneToOneField(
        Drawing, models.PROTECT, null=True, blank=True, related_name="meeting", verbose_name="抽选"
    )
    record = models.OneToOneField(
        Record, models.PROTECT, null=True, blank=True, related_name="meeting", verbose_name="会后公开的信息"
    )

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "政府会议"
        ordering = ("-held_on", "-pk")
        constraints = [
            models.UniqueConstraint(fields=["agency", "kind", "term", "number"], name="one_meeting_a_number")
        ]

    def __str__(self) -> str:
        return f"第{self.term}届{self.agency}第{self.number}次{self.get_kind_display()}"

    def get_absolute_url(self) -> str:
        return reverse("desk:decisions_meeting", args=[self.pk])


class AgendaItem(models.Model):
    """一项议题。涉及企业或者重大民生的,是否邀请、是否公开、怎样公开三项意见齐了才能列入方案。"""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="agenda", verbose_name="会议")
    order = models.PositiveSmallIntegerField("次序")
    title = models.CharField("议题", max_length=200)
    reporter = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="汇报单位")
    dossier = models.ForeignKey(
        Dossier, models.PROTECT, null=True, blank=True, related_name="agenda", verbose_name="决策卷"
    )
    enterprises = models.BooleanField("涉及企业", default=False)
    livelihood = models.BooleanField("涉及重大民生", default=False)
    invite = models.BooleanField("邀请列席", null=True, default=None)
    invitees = models.CharField("邀请谁、几人，或者不邀请的理由", max_length=200, blank=True)
    opened = models.BooleanField("公开", null=True, default=None)
    ways = models.JSONField("公开方式", default=list, blank=True)
    closed_reason = models.CharField("不公开的理由", max_length=200, blank=True)
    result = models.TextField("议定事项", blank=True)
    attended = models.CharField("实际谁列席、几人", max_length=200, blank=True)
    done_ways = models.JSONField("实际怎样公开", default=list, blank=True)
    differs = models.CharField("同方案不一样的原因", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "会议议题"
        ordering = ("meeting", "order")
        constraints = [models.UniqueConstraint(fields=["meeting", "order"], name="one_agenda_item_a_number")]

    def __str__(self) -> str:
        return self.title

    @property
    def way_labels(self) -> list[str]:
        """The ways in which it is to be open, in words."""
        return [OpenWay.from_value(way).label for way in self.ways]

    @property
    def done_labels(self) -> list[str]:
        """The ways in which it was open besides its minutes, in words."""
        return [OpenWay.from_value(way).label for way in self.done_ways]


class Representative(models.Model):
    """报名列席的人;名单要公布的只有抽中的。联系方式是密文。"""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="representatives", verbose_name="会议")
    number = models.CharField("报名编号", max_length=40, unique=True)
    code = models.CharField("查询码散列", max_length=64, blank=True)
    contact = SealedJSONField("姓名和联系方式", default=dict)
    kind = models.CharField("身份", max_length=40)
    why = models.CharField("为什么想列席", max_length=300, blank=True)
    signed_up_at = models.DateTimeField("报名时间")
    drawn = models.BooleanField("抽中", default=False)
    opinion = models.TextField("列席时的意见", blank=True)
    reply = models.TextField("意见怎样处理、议定了什么", blank=True)
    told_at = models.DateTimeField("告知结果", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "列席代表"
        ordering = ("meeting", "pk")

    def __str__(self) -> str:
        return self.number
