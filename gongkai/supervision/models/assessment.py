"""考核:指标表、一次考核、各单位、每一项的分、加分、一票否决、异议。"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse

from gongkai.desk.seen import mark
from gongkai.law import assessment as law
from gongkai.org import access
from gongkai.org.models import Agency, User
from gongkai.records.models import Record

from ..terms import ObjectionKind, ObjectionOutcome, RoundState

POINTS: dict[str, Any] = {"max_digits": 8, "decimal_places": 2, "null": True, "blank": True}


class System(models.Model):
    """一份指标表。封存以后不改,要改另开一版,已经评的不受影响。"""

    title = models.CharField("名称", max_length=120)
    year = models.PositiveSmallIntegerField("年度")
    group = models.CharField("对象", max_length=20)
    version = models.PositiveSmallIntegerField("第几版", default=1)
    text = models.TextField("指标表（TOML）")
    frozen_at = models.DateTimeField("封存时间", null=True)
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="录入人")
    entered_at = models.DateTimeField("录入时间")

    class Meta:
        verbose_name = verbose_name_plural = "指标表"
        ordering = ("-year", "group", "-version")
        constraints = [models.UniqueConstraint(fields=["year", "group", "version"], name="one_system_a_version")]

    def __str__(self) -> str:
        return f"{self.title}（第{self.version}版）"

    def get_absolute_url(self) -> str:
        return reverse("desk:supervision_system", args=[self.pk])

    def parsed(self) -> law.System:
        return law.read(self.text)


class Round(models.Model):
    """一次考核:哪份指标表、哪段时间、哪些单位。"""

    system = models.ForeignKey(System, models.PROTECT, related_name="rounds", verbose_name="指标表")
    title = models.CharField("名称", max_length=120)
    organiser = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="组织单位")
    starts_on = models.DateField("考核期自")
    ends_on = models.DateField("考核期至")
    state = models.CharField("环节", max_length=10, choices=RoundState.choices(), default=RoundState.SELF)
    objections_until = models.DateField("异议到哪天", null=True, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="审定人")
    decided_at = models.DateTimeField("审定时间", null=True)
    decision = models.CharField("审定的会议", max_length=120, blank=True)
    frozen = models.JSONField("封存的结果", default=dict, blank=True)
    record = models.ForeignKey(
        Record, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="公布的结果"
    )
    revision = models.PositiveIntegerField("修订号", default=1)

    class Meta:
        verbose_name = verbose_name_plural = "考核"
        ordering = ("-ends_on", "-pk")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("desk:supervision_round", args=[self.pk])

    @property
    def mark(self) -> str:
        return mark("round", self.pk, self.revision, self.state)


class CandidateQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Units that this person may see the scores of: the own ones; all for who assesses."""
        return self.filter(access.within(user, "supervision.view"))


class Candidate(models.Model):
    """一个被考核的单位。"""

    round = models.ForeignKey(Round, models.CASCADE, related_name="candidates", verbose_name="考核")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="单位")
    submitted_at = models.DateTimeField("自评交上", null=True)

    objects = CandidateQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "被考核单位"
        ordering = ("agency__order", "agency__code")
        constraints = [models.UniqueConstraint(fields=["round", "agency"], name="one_candidate_a_round")]

    def __str__(self) -> str:
        return str(self.agency)


class LineMark(models.Model):
    """一个单位一项指标:自评、读到的、复评、谁评的、证据、单位的回应。"""

    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="marks", verbose_name="单位")
    indicator = models.CharField("指标", max_length=20)
    self_points = models.DecimalField("自评", **POINTS)
    self_note = models.CharField("自评的说明", max_length=300, blank=True)
    part = models.PositiveIntegerField("分子", null=True)
    whole = models.PositiveIntegerField("分母", null=True)
    facts = models.JSONField("扣分的事实", default=list, blank=True)
    points = models.DecimalField("评分", **POINTS)
    met = models.BooleanField("做到", null=True)
    applies = models.BooleanField("适用", default=True)
    why = models.CharField("不适用、给分的理由", max_length=300, blank=True)
    proof = models.CharField("证据", max_length=300, blank=True)
    checked_on = models.DateField("检查日", null=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="评分人")
    second_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="第二评分人")
    automatic = models.BooleanField("自动读到", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "一项的分"
        ordering = ("candidate", "indicator")
        constraints = [models.UniqueConstraint(fields=["candidate", "indicator"], name="one_mark_an_indicator")]

    def reading(self) -> law.Reading:
        """What the rules score by."""
        facts = tuple(law.Fact(row["key"], row.get("text", "")) for row in self.facts)
        points = None if self.points is None else Decimal(self.points)
        return law.Reading(
            facts, self.part, self.whole, points=points, met=self.met, applies=self.applies, why=self.why
        )

    def fairness(self) -> law.Mark:
        """Where it comes from, for the report on fairness."""
        by = frozenset(str(one) for one in (self.by, self.second_by) if one) or (
            frozenset({"系统"}) if self.automatic else frozenset()
        )
        return law.Mark(
            self.indicator,
            self.self_points,
            by,
            self.checked_on,
            self.whole,
            self.automatic or bool(self.proof),
            self.why or ("自动读数" if self.automatic else ""),
        )


class BonusClaim(models.Model):
    """一项加分的申报。"""

    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="claims", verbose_name="单位")
    rule = models.CharField("哪一项", max_length=20)
    level = models.CharField("哪一级", max_length=20)
    matter = models.CharField("事项", max_length=120)
    proof = models.CharField("证明材料", max_length=300, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="申报人")
    at = models.DateTimeField("申报时间")
    accepted = models.BooleanField("认定", null=True)
    judged_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="认定人")
    reason = models.CharField("认定的意见", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "加分的申报"
        ordering = ("pk",)


class VetoFinding(models.Model):
    """一票否决的认定:两个人,有证据,听过申辩,才算。"""

    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="vetoes", verbose_name="单位")
    rule = models.CharField("哪一项", max_length=20)
    facts = models.TextField("事实")
    proof = models.CharField("证据", max_length=300)
    heard = models.TextField("单位的申辩", blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="提出人")
    at = models.DateTimeField("提出时间")
    second_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="第二认定人")
    second_at = models.DateTimeField("第二认定时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "一票否决的认定"
        constraints = [models.CheckConstraint(condition=~Q(by=models.F("second_by")), name="veto_by_two")]


class Objection(models.Model):
    """对一项分的异议;复核的不是原来评分的人。"""

    line = models.ForeignKey(LineMark, models.PROTECT, related_name="objections", verbose_name="哪一项")
    kind = models.CharField("理由", max_length=14, choices=ObjectionKind.choices())
    text = models.TextField("说明")
    proof = models.CharField("证据", max_length=300, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="提出人")
    at = models.DateTimeField("提出时间")
    due_on = models.DateField("复核到哪天")
    outcome = models.CharField("结论", max_length=10, choices=ObjectionOutcome.choices(), blank=True)
    reason = models.TextField("理由", blank=True)
    alike = models.PositiveSmallIntegerField("一并重算的单位", default=0)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="复核人")
    decided_at = models.DateTimeField("复核时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "异议"
        ordering = ("at", "pk")

    def is_late(self, on: date) -> bool:
        return not self.outcome and on > self.due_on
