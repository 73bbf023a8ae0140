"""公开征求意见:一轮的公告、期限、采纳情况,和收到的每一条意见。"""

from __future__ import annotations

from datetime import date, datetime

from django.db import models
from django.db.models import Count, Q

from gongkai.adapters.personal import masked
from gongkai.desk.moments import end_of, local_day
from gongkai.desk.seen import mark
from gongkai.law import consultation as law
from gongkai.law.consultation import Channel, Disposition, Period
from gongkai.org.models import User
from gongkai.org.sealed import SealedJSONField, SealedTextField
from gongkai.records.models import Record, is_public_at

from ..terms import Phase
from .dossier import Dossier

#: The figures that a published result has among its fields.
FIGURES = ("received", "taken", "partly", "rejected", "other")


class ConsultationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Rounds of the dossiers that this person sees."""
        return self.filter(dossier__in=Dossier.objects.visible_to(user))

    def public(self, at):
        """Rounds whose notice the public may read."""
        return self.filter(is_public_at(at, "record__"))


class Consultation(models.Model):
    """一轮公开征求意见。公告是一件信息(``record``),公开之日起算;``end_on`` 的二十四时截止。"""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="rounds", verbose_name="决策卷")
    number = models.PositiveSmallIntegerField("第几轮", default=1)
    record = models.OneToOneField(Record, models.PROTECT, related_name="consultation", verbose_name="公告")
    end_on = models.DateField("截止日")
    short_reason = models.TextField("不足三十日的理由", blank=True)
    ways = models.JSONField("提意见的其他方式", default=list, blank=True)
    media = models.JSONField("公布的途径", default=list)
    focus = models.TextField("特别想听的", blank=True)
    next_steps = models.TextField("之后怎样", blank=True)
    feedback = models.OneToOneField(
        Record, models.PROTECT, null=True, blank=True, related_name="feedback_of", verbose_name="采纳情况"
    )
    told_at = models.DateTimeField("告知意见人", null=True)

    objects = ConsultationQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "公开征求意见"
        ordering = ("-record__published_at", "-pk")
        constraints = [models.UniqueConstraint(fields=["dossier", "number"], name="one_round_a_number")]

    def __str__(self) -> str:
        return self.record.title

    def get_absolute_url(self) -> str:
        return self.record.get_absolute_url()

    @property
    def opened_on(self) -> date | None:
        """The day on which the notice came on line."""
        return local_day(self.record.published_at) if self.record.published_at else None

    @property
    def period(self) -> Period | None:
        """The days that the public has; None before the notice is public."""
        return law.period(self.opened_on, self.end_on) if self.opened_on else None

    def days_left(self, on: date) -> int:
        """Days until the last one; 0 on it, below 0 afterwards."""
        return (self.end_on - on).days

    def phase(self, at: datetime) -> Phase:
        """Where the round stands at a moment."""
        if not self.record.is_public(at):
            return Phase.PREPARING
        if at <= end_of(self.end_on):
            return Phase.OPEN
        return Phase.DONE if self.feedback and self.feedback.is_public(at) else Phase.SUMMING

    @property
    def mark(self) -> str:
        """Tells this round from any other state of it (``desk.seen``)."""
        return mark("consultation", self.pk, self.end_on.isoformat(), self.opinions.count())

    def tally(self) -> law.Tally:
        """The figures of the round."""
        return law.tally(self.opinions.values_list("disposition", flat=True))

    @property
    def published_tally(self) -> law.Tally | None:
        """The figures as the result now public gives them."""
        shown = self.feedback.live if self.feedback else None
        return law.Tally(*(int(shown.fields[name]) for name in FIGURES)) if shown else None

    def crowds(self) -> list[tuple[int, int]]:
        """(first opinion, how many) of every group of like ones, the largest first."""
        rows = self.opinions.exclude(like=None).values_list("like").annotate(n=Count("pk"))
        return list(rows.filter(n__gt=1).order_by("-n", "like"))


class Extension(models.Model):
    """延长一次;已经公布的期限只许延长。"""

    consultation = models.ForeignKey(
        Consultation, models.CASCADE, related_name="extensions", verbose_name="征求意见"
    )
    before = models.DateField("原截止日")
    after = models.DateField("延长到")
    reason = models.CharField("原因", max_length=200)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="经手人")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "延长征求意见"
        ordering = ("at",)


class OpinionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Opinions on the rounds that this person sees."""
        return self.filter(consultation__dossier__in=Dossier.objects.visible_to(user))


class Opinion(models.Model):
    """一条意见。原文和联系方式是密文;``shown`` 是公开采纳情况时的写法,隐去了个人信息。

    ``fingerprint`` 是归整以后的文字的带钥散列;``like`` 是同组先收到的那一条(没有相近的是自己,空的还没有比)。
    """

    consultation = models.ForeignKey(
        Consultation, models.PROTECT, related_name="opinions", verbose_name="征求意见"
    )
    number = models.CharField("编号", max_length=40, unique=True)
    code = models.CharField("查询码散列", max_length=64, blank=True)
    channel = models.CharField("渠道", max_length=10, choices=Channel.choices())
    article = models.CharField("针对哪一条", max_length=60, blank=True)
    text = SealedTextField("意见")
    contact = SealedJSONField("称呼和联系方式", default=dict, blank=True)
    received_at = models.DateTimeField("收到时间")
    entered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="录入人")
    fingerprint = models.CharField("文字指纹", max_length=64, db_index=True)
    like = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="likes", verbose_name="同先收到的哪一条相近"
    )
    disposition = models.CharField("处理", max_length=10, choices=Disposition.choices(), blank=True)
    reason = models.TextField("理由", blank=True)
    shown = models.TextField("公开的写法", blank=True)
    answered_at = models.DateTimeField("答复时间", null=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="答复人")
    erased_at = models.DateTimeField("清除联系方式", null=True)

    objects = OpinionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "意见"
        ordering = ("consultation", "pk")
        indexes = [
            models.Index(fields=["consultation", "disposition"], name="opinion_by_disposition"),
            models.Index(fields=["consultation", "fingerprint"], name="opinion_alike"),
            models.Index(fields=["consultation", "channel"], name="opinion_by_channel"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(disposition="") | Q(disposition=Disposition.TAKEN) | ~Q(reason=""),
                name="a_reason_where_not_taken",
            )
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_being_corrected(self) -> bool:
        """Whether its answer was changed after the result now public was signed."""
        result = self.consultation.feedback
        shown = result.live if result else None
        return bool(shown and shown.signed_at and self.answered_at and self.answered_at > shown.signed_at)

    @property
    def whole_text(self) -> str:
        """Everything said, in the box and in the file: what likeness is measured on."""
        return f"{self.text}\n{self.file.text}" if hasattr(self, "file") else self.text

    @property
    def masked(self) -> str:
        """The text with personal data hidden, the name that was left as well: what a list and an export show."""
        return masked(self.text, [self.contact["name"]] if self.contact.get("name") else (), own=True)

    @property
    def mark(self) -> str:
        """Tells this opinion with this answer from any other (``desk.seen``)."""
        return mark("opinion", self.pk, self.disposition, self.reason, self.shown)


class OpinionFile(models.Model):
    """随一条意见交来的文件。内容加密存在别处(``records.sealed_files``),读出的文字是密文;没有人看过的,意见答复不了。"""

    opinion = models.OneToOneField(Opinion, models.CASCADE, related_name="file", verbose_name="意见")
    name = models.CharField("文件名", max_length=200)
    kind = models.CharField("类型", max_length=10)
    sha256 = models.CharField("散列", max_length=64, db_index=True)
    size = models.PositiveIntegerField("字节数")
    text = SealedTextField("读出的文字", blank=True)
    trouble = models.CharField("为什么没有读出", max_length=200, blank=True)
    seen_at = models.DateTimeField("看过的时间", null=True)
    seen_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="看的人")

    class Meta:
        verbose_name = verbose_name_plural = "意见的文件"

    def __str__(self) -> str:
        return self.name

    @property
    def masked(self) -> str:
        """What was read in it, with personal data hidden."""
        return masked(self.text, own=True)
