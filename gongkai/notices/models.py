"""收件人、订阅、发生的事、要发的消息、通道。地址是密文,另有带钥的散列用来找回它;消息里没有正文。"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.urls import reverse

from gongkai.desk.moments import SKEW
from gongkai.org import access
from gongkai.org.models import Agency
from gongkai.org.sealed import SealedJSONField, SealedTextField
from gongkai.records.models import Record

from . import topics
from .terms import WAITING, Ending, Kind, State, Way

#: Nothing is put off for longer: what is over the month's number goes out at the beginning of the next.
FURTHEST = timedelta(weeks=6)


class Recipient(models.Model):
    """一个收件的地址。全部退订以后 ``address`` 随即清空,``digest`` 过些时候也清空;行留着,只为已发的消息对得上数。

    ``nonce`` 在它的各个链接里;换一个,旧的链接都不能再用。
    """

    way = models.CharField("渠道", max_length=10, choices=Way.choices())
    address = SealedTextField("地址", blank=True)
    digest = models.CharField("地址的散列", max_length=64, null=True)
    nonce = models.CharField("链接里的随机数", max_length=32)
    created_at = models.DateTimeField("登记时间")
    bounces = models.PositiveSmallIntegerField("退信次数", default=0)
    stopped_at = models.DateTimeField("停用时间", null=True)
    refused_at = models.DateTimeField("拒收时间", null=True)
    erased_at = models.DateTimeField("清除地址", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "收件人"
        constraints = [models.UniqueConstraint(fields=["way", "digest"], name="one_recipient_an_address")]
        indexes = [models.Index(fields=["erased_at"], name="recipient_erased")]

    def __str__(self) -> str:
        return f"收件人{self.pk}"


class SubscriptionQuerySet(models.QuerySet):
    def active(self):
        """Confirmed and not ended, to an address that still takes mail."""
        return self.filter(ended_at=None, recipient__stopped_at=None).exclude(confirmed_at=None)

    def pending(self):
        """Agreed to on the page, the link not yet pressed."""
        return self.filter(ended_at=None, confirmed_at=None)

    def standing(self):
        """Not ended."""
        return self.filter(ended_at=None)


class Subscription(models.Model):
    """一份订阅:哪一类、什么条件、何时同意、何时确认、何时结束。敏感的条件另存密文。"""

    recipient = models.ForeignKey(Recipient, models.CASCADE, related_name="subscriptions", verbose_name="收件人")
    topic = models.CharField("订阅的事", max_length=60)
    subject = models.CharField("哪一件", max_length=80, blank=True)
    criteria = models.JSONField("条件", default=dict, blank=True)
    private = SealedJSONField("敏感的条件", default=dict, blank=True)
    version = models.PositiveSmallIntegerField("同意的是第几版说明", default=1)
    consented_at = models.DateTimeField("同意时间")
    sensitive_at = models.DateTimeField("单独同意的时间", null=True)
    confirmed_at = models.DateTimeField("确认时间", null=True)
    ended_at = models.DateTimeField("结束时间", null=True)
    ending = models.CharField("为什么结束", max_length=8, choices=Ending.choices(), blank=True)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "订阅"
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["recipient", "topic", "subject"],
                condition=Q(ended_at=None, confirmed_at=None),
                name="one_pending_subscription",
            ),
            models.UniqueConstraint(
                fields=["recipient", "topic", "subject"],
                condition=Q(ended_at=None, confirmed_at__isnull=False),
                name="one_active_subscription",
            ),
        ]
        indexes = [
            models.Index(fields=["topic", "id"], condition=Q(ended_at=None), name="subscription_standing"),
            models.Index(fields=["topic", "subject"], name="subscription_subject"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The topic's name; its key where the app is gone."""
        known = topics.topics().get(self.topic)
        return known.label if known else self.topic

    @property
    def criteria_in_words(self) -> str:
        """Its criteria in words, the sensitive ones too: for the person's own eyes."""
        known = topics.topics().get(self.topic)
        return topics.criteria_in_words(known, self.criteria | self.private) if known else ""


class HappeningQuerySet(models.QuerySet):
    def visible_to(self, user):
        """What the units of this person did."""
        return self.filter(access.within(user, "notices.view"))

    def waiting(self):
        """Not yet told to everybody whom it concerns."""
        return self.filter(spread_at=None)


class Happening(models.Model):
    """发生的一件事。``through`` 是已经排到哪一份订阅,同那一批消息在同一个事务里写。"""

    topic = models.CharField("订阅的事", max_length=60)
    key = models.CharField("记号", max_length=120)
    title = models.CharField("标题", max_length=300)
    address = models.CharField("网址", max_length=300)
    facts = models.JSONField("同谁有关", default=dict, blank=True)
    subject = models.CharField("哪一件", max_length=80, blank=True)
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="单位"
    )
    record = models.ForeignKey(
        Record, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="公开的信息"
    )
    ends = models.BooleanField("这件事的最后一条", default=False)
    estimated = models.PositiveIntegerField("符合条件的总数", null=True)
    at = models.DateTimeField("发生时间")
    through = models.BigIntegerField("排到哪一份订阅", default=0)
    spread_at = models.DateTimeField("排完时间", null=True)
    stale = models.BooleanField("过时没有推送", default=False)

    objects = HappeningQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "推送的事由"
        ordering = ("-at", "-pk")
        constraints = [models.UniqueConstraint(fields=["topic", "key"], name="told_once")]
        indexes = [
            models.Index(fields=["id"], condition=Q(spread_at=None), name="happening_waiting"),
            models.Index(fields=["topic", "-at"], name="happening_by_topic"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("desk:notices_happening", args=[self.pk])

    @property
    def topic_label(self) -> str:
        known = topics.topics().get(self.topic)
        return known.label if known else self.topic

    def still_told(self, at: datetime) -> bool:
        """Whether it may still go out: what it tells about has not been withdrawn."""
        return self.record is None or self.record.is_public(at)


class MessageQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Messages about what the units of this person did."""
        return self.filter(access.within(user, "notices.view", "happening__agency"))

    def due(self, at):
        """What may go out now; also what was put off while the clock ran ahead."""
        ahead = Q(due_at__gt=at + FURTHEST)
        for noted in ("queued_at", "tried_at", "deferred_at"):
            ahead |= Q(**{f"{noted}__gt": at + SKEW})
        return self.filter(Q(due_at__lte=at) | ahead, state__in=WAITING)


class Message(models.Model):
    """发给一个人的一条;``key`` 唯一,同一件事一个人至多一条。一封信里的几条有同一个 ``claim``。"""

    key = models.CharField("唯一键", max_length=60, unique=True)
    recipient = models.ForeignKey(Recipient, models.CASCADE, related_name="messages", verbose_name="收件人")
    happening = models.ForeignKey(
        Happening, models.CASCADE, null=True, blank=True, related_name="messages", verbose_name="事由"
    )
    subscription = models.ForeignKey(
        Subscription, models.SET_NULL, null=True, blank=True, related_name="messages", verbose_name="订阅"
    )
    kind = models.CharField("种类", max_length=8, choices=Kind.choices())
    way = models.CharField("渠道", max_length=10, choices=Way.choices())
    topic = models.CharField("订阅的事", max_length=60, blank=True)
    state = models.CharField("到了哪一步", max_length=10, choices=State.choices(), default=State.QUEUED)
    queued_at = models.DateTimeField("排队时间")
    due_at = models.DateTimeField("最早发出")
    deferred_at = models.DateTimeField("改到以后发是什么时候定的", null=True)
    tries = models.PositiveSmallIntegerField("试过几次", default=0)
    claim = models.CharField("哪一封", max_length=32, blank=True)
    tried_at = models.DateTimeField("最近一次发", null=True)
    delivered_at = models.DateTimeField("送达时间", null=True)
    note = models.CharField("说明", max_length=200, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "推送的消息"
        ordering = ("-queued_at", "-pk")
        indexes = [
            models.Index(fields=["way", "due_at", "id"], condition=Q(state__in=WAITING), name="message_waiting"),
            models.Index(fields=["recipient", "tried_at"], name="message_of_recipient"),
            models.Index(fields=["claim"], name="message_claim"),
            models.Index(fields=["state", "-queued_at", "-id"], name="message_by_state"),
            models.Index(fields=["-queued_at", "-id"], name="message_newest"),
        ]

    def __str__(self) -> str:
        return f"消息{self.pk}"

    @property
    def topic_label(self) -> str:
        known = topics.topics().get(self.topic)
        return known.label if known else self.topic or self.get_kind_display()


class Channel(models.Model):
    """一个通道:停没停、为什么;经外面的网关的,网址和密钥。没有这一行的渠道还没有开通。"""

    way = models.CharField("渠道", max_length=10, choices=Way.choices(), unique=True)
    url = models.URLField("网关的网址", blank=True)
    secret = SealedTextField("密钥", blank=True)
    paused_at = models.DateTimeField("暂停时间", null=True)
    paused_why = models.CharField("为什么暂停", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "推送通道"
        ordering = ("way",)

    def __str__(self) -> str:
        return self.get_way_display()
