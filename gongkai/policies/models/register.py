"""规范性文件的登记、效力变动、清理。"""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from gongkai.desk.moments import local_day
from gongkai.law import normative
from gongkai.law.normative import EffectKind, Outcome, State, Text
from gongkai.org import access
from gongkai.org.models import Agency, User
from gongkai.records.models import Edition, Record, binds_on, is_public_at
from gongkai.records.terms import Stage


class DocumentQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Documents whose record the user may see at the desk."""
        return self.filter(access.within(user, "policies.view", "record__agency"))

    def public(self, at):
        """Documents that the public may read; asked row by row, so that a page of the register's order stays cheap."""
        return self.filter(Exists(Record.objects.filter(is_public_at(at), pk=OuterRef("record_id"))))

    def binding(self, on):
        """Documents in force on a day, by the dates that their records bear."""
        return self.filter(binds_on(on, "record__"))


class Document(models.Model):
    """登记了的行政规范性文件:统一编号、制定机关、合法性审核的记录。公布的文本是 ``record``。

    有效性不存:任何一天都由 ``effects`` 算(``law.normative``)。``own_expires_on`` 是文件自己写的有效期至,延长过的才填。
    """

    record = models.OneToOneField(Record, models.PROTECT, related_name="normative", verbose_name="文件")
    number = models.CharField("统一编号", max_length=24, unique=True)
    number_year = models.PositiveSmallIntegerField("登记年份")
    number_seq = models.PositiveIntegerField("登记顺序号")
    maker = models.ForeignKey(Agency, models.PROTECT, related_name="documents", verbose_name="制定机关")
    own_expires_on = models.DateField("文件写的有效期至", null=True, blank=True)
    review_number = models.CharField("审核意见编号", max_length=80, blank=True)
    review_on = models.DateField("审核之日", null=True, blank=True)
    reviewer = models.CharField("审核机构", max_length=80, blank=True)
    review_opinion = models.TextField("审核意见", blank=True)
    registered_at = models.DateTimeField("登记时间")
    registered_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="登记人")

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "规范性文件"
        ordering = ("-number_year", "-number_seq")
        constraints = [models.UniqueConstraint(fields=["number_year", "number_seq"], name="one_register_number")]

    def __str__(self) -> str:
        return str(self.record)

    def get_absolute_url(self) -> str:
        return reverse("public:policy_history", args=[self.record_id])

    def happened(self) -> list[normative.Effect]:
        """The rows of what happened to it, for the law core."""
        return [one.fact() for one in self.effects.all()]

    def state(self, on: date) -> State:
        """Its validity on a day."""
        happened = self.happened()
        extended = any(one.kind is EffectKind.EXTEND for one in happened)
        return normative.state_at(
            on,
            happened,
            effective_on=self.record.effective_on,
            expires_on=self.own_expires_on if extended else self.record.expires_on,
        )

    def text(self, on: date) -> Text:
        """Which edition holds its words on a day."""
        signed = self.record.editions.filter(stage__in=(Stage.LIVE, Stage.SUPERSEDED))
        return normative.text_at(on, list(signed.values_list("nth", flat=True)), self.happened())

    @property
    def keeper(self) -> Agency:
        """Who answers for it now: the maker, or the agency into which it was merged."""
        agency, seen = self.maker, {self.maker_id}
        while agency.successor and agency.successor_id not in seen:
            agency = agency.successor
            seen.add(agency.pk)
        return agency


class Batch(models.Model):
    """一次清理:某一年对某日以前的规范性文件逐件定结论,结果公布。"""

    name = models.CharField("名称", max_length=80, unique=True)
    cutoff = models.DateField("清理到哪天制定的文件")
    opened_at = models.DateTimeField("开始时间")
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="经手人")
    closed_on = models.DateField("清理结果自何日起算", null=True, blank=True)
    closed_at = models.DateTimeField("办结时间", null=True)
    result = models.ForeignKey(
        Record, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="公布的清理结果"
    )

    class Meta:
        verbose_name = verbose_name_plural = "清理"
        ordering = ("-cutoff", "-pk")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("desk:policies_batch", args=[self.pk])

    def scope(self) -> DocumentQuerySet:
        """The documents to decide about: made by the cutoff and in force when the clean-up began."""
        return Document.objects.binding(local_day(self.opened_at)).filter(record__made_on__lte=self.cutoff)


class Ruling(models.Model):
    """清理里对一件文件的结论。"""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="rulings", verbose_name="清理")
    document = models.ForeignKey(Document, models.PROTECT, related_name="rulings", verbose_name="文件")
    outcome = models.CharField("结论", max_length=8, choices=Outcome.choices())
    reason = models.CharField("理由", max_length=300, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="经手人")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "清理结论"
        ordering = ("document",)
        constraints = [models.UniqueConstraint(fields=["batch", "document"], name="one_ruling")]


class Effect(models.Model):
    """一次效力变动:谁、自何日起、被哪份文件、怎样。只增不改。"""

    document = models.ForeignKey(Document, models.CASCADE, related_name="effects", verbose_name="文件")
    kind = models.CharField("变动", max_length=16, choices=EffectKind.choices())
    on = models.DateField("自何日起", null=True, blank=True)
    by_day = models.DateField("日期不明，最迟不晚于", null=True, blank=True)
    until = models.DateField("到何日", null=True, blank=True)
    articles = models.CharField("哪些条款", max_length=200, blank=True)
    source = models.ForeignKey(
        Record, models.PROTECT, null=True, blank=True, related_name="effects_made", verbose_name="依据的文件"
    )
    source_note = models.CharField("依据（库外的文件名称、文号）", max_length=200, blank=True)
    edition = models.ForeignKey(
        Edition, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="变动以后的文本"
    )
    batch = models.ForeignKey(
        Batch, models.PROTECT, null=True, blank=True, related_name="effects", verbose_name="清理"
    )
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="经手人")
    at = models.DateTimeField("记录时间")

    class Meta:
        verbose_name = verbose_name_plural = "效力变动"
        ordering = ("at", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(on__isnull=False) | Q(by_day__isnull=False), name="effect_has_a_day"
            )
        ]

    def fact(self) -> normative.Effect:
        """The row as the law core takes it."""
        return normative.Effect(
            EffectKind(self.kind),
            self.on,
            by=self.by_day,
            until=self.until,
            articles=self.articles,
            edition=self.edition.nth if self.edition_id else None,
        )
