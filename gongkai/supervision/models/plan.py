"""方案、任务、各单位的一份、进展和证据。"""

from __future__ import annotations

from datetime import date, datetime

from django.db import models
from django.db.models import Q
from django.urls import reverse

from gongkai.desk.seen import mark
from gongkai.law.supervision import TaskKind, UnitRole
from gongkai.org.models import Agency, User
from gongkai.records.models import Record

from ..terms import Group, PieceState, PlanState, Verdict


class PlanQuerySet(models.QuerySet):
    def running(self, on):
        """Confirmed plans whose time has begun."""
        return self.filter(state=PlanState.CONFIRMED, starts_on__lte=on)

    def shown(self):
        """Plans whose progress the public may read."""
        return self.filter(is_shown=True).exclude(state=PlanState.READ)


class Plan(models.Model):
    """一份方案、年度要点或者任务分解表。读出来的由人确认以后才派下去。"""

    title = models.CharField("名称", max_length=200)
    number = models.CharField("文号", max_length=80, blank=True)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="印发机关")
    issued_on = models.DateField("成文日期")
    starts_on = models.DateField("自何日起")
    ends_on = models.DateField("到何日止")
    key = models.SlugField("随软件的方案", max_length=40, blank=True)
    source = models.TextField("原文", blank=True)
    record = models.ForeignKey(
        Record, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="公开的文件"
    )
    before = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="after", verbose_name="上年的"
    )
    state = models.CharField("环节", max_length=10, choices=PlanState.choices(), default=PlanState.READ)
    is_shown = models.BooleanField("向社会公开进展", default=False)
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="录入人")
    entered_at = models.DateTimeField("录入时间")
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="确认人")
    confirmed_at = models.DateTimeField("确认时间", null=True)
    revision = models.PositiveIntegerField("修订号", default=1)

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "方案"
        ordering = ("-issued_on", "-pk")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("desk:supervision_plan", args=[self.pk])

    @property
    def mark(self) -> str:
        """Tells this state of the plan from any other (``desk.seen``)."""
        return mark("plan", self.pk, self.revision)


class Task(models.Model):
    """一项任务,照原文的写法。``due_on`` 由 ``due_written`` 算出、经人确认;原文没有的留空。"""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="tasks", verbose_name="方案")
    order = models.PositiveSmallIntegerField("次序")
    clause = models.CharField("条款", max_length=12, blank=True)
    section = models.PositiveSmallIntegerField("第几项任务", default=0)
    heading = models.CharField("所属任务", max_length=80, blank=True)
    text = models.TextField("内容")
    kind = models.CharField("种类", max_length=12, choices=TaskKind.choices(), default=TaskKind.CONTINUING)
    due_written = models.CharField("原文的时限", max_length=100, blank=True)
    due_on = models.DateField("哪天以前", null=True, blank=True)
    starts_on = models.DateField("自何日起", null=True, blank=True)
    milestones = models.JSONField("里程碑", default=list, blank=True)
    standard = models.CharField("完成标准", max_length=300, blank=True)
    proof = models.CharField("证据要求", max_length=300, blank=True)
    figures = models.JSONField("自己会数的数", default=list, blank=True)
    gatherer = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="汇总单位"
    )

    class Meta:
        verbose_name = verbose_name_plural = "任务"
        ordering = ("plan", "order")
        constraints = [models.UniqueConstraint(fields=["plan", "order"], name="one_task_a_place")]

    def __str__(self) -> str:
        return self.text if len(self.text) <= 60 else f"{self.text[:59]}…"

    def get_absolute_url(self) -> str:
        return reverse("desk:supervision_task", args=[self.pk])


class Piece(models.Model):
    """一个单位(或者一类单位)在一项任务里的一份。``agency`` 空着的,是还没有认出的名称,或者一类单位。"""

    task = models.ForeignKey(Task, models.CASCADE, related_name="pieces", verbose_name="任务")
    role = models.CharField("角色", max_length=12, choices=UnitRole.choices())
    written = models.CharField("原文的写法", max_length=100)
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="pieces", verbose_name="单位"
    )
    group = models.CharField("一类单位", max_length=12, blank=True, choices=Group.choices())
    outside = models.BooleanField("不是本区公开单位", default=False)
    state = models.CharField("办到", max_length=14, choices=PieceState.choices(), default=PieceState.ASSIGNED)
    done_on = models.DateField("完成之日", null=True, blank=True)
    verified_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="验证人")
    verified_at = models.DateTimeField("验证时间", null=True)
    aside_reason = models.CharField("暂缓、不适用的理由", max_length=300, blank=True)
    approval = models.CharField("批准的文号、会议", max_length=120, blank=True)
    revision = models.PositiveIntegerField("修订号", default=1)

    class Meta:
        verbose_name = verbose_name_plural = "任务里的一份"
        ordering = ("task", "pk")
        indexes = [models.Index(fields=["agency", "state"], name="piece_by_agency")]
        constraints = [
            models.UniqueConstraint(fields=["task", "agency"], condition=~Q(agency=None), name="one_piece_a_unit")
        ]

    def __str__(self) -> str:
        return str(self.agency or self.written)

    @property
    def is_known(self) -> bool:
        """Whether it is clear who that is."""
        return bool(self.agency_id or self.group or self.outside)

    @property
    def mark(self) -> str:
        return mark("piece", self.pk, self.revision, self.state)


class Progress(models.Model):
    """一次报送的进展;只增不改,验证的结论写在它上面。"""

    piece = models.ForeignKey(Piece, models.CASCADE, related_name="reports", verbose_name="任务里的一份")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="报送单位")
    period = models.CharField("季度", max_length=6, blank=True)
    text = models.TextField("进展")
    claims_done = models.BooleanField("报完成", default=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="报送人")
    at = models.DateTimeField("报送时间")
    verdict = models.CharField("验证", max_length=10, choices=Verdict.choices(), blank=True)
    judged_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="验证人")
    judged_at = models.DateTimeField("验证时间", null=True)
    judgement = models.CharField("验证的意见", max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "进展"
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.agency}{self.period}"


class Evidence(models.Model):
    """进展的一件证据:一件公开的信息,或者一个网址、一份材料的说明。"""

    progress = models.ForeignKey(Progress, models.CASCADE, related_name="evidence", verbose_name="进展")
    record = models.ForeignKey(
        Record, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="公开的信息"
    )
    edition = models.PositiveSmallIntegerField("当时的版次", null=True)
    note = models.CharField("网址、材料", max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "证据"
        ordering = ("pk",)

    def __str__(self) -> str:
        return str(self.record or self.note)

    def doubt(self, at: datetime, on: date) -> str:
        """Why it can no longer be relied on (withdrawn, changed, out of date); empty while it can."""
        if self.record is None:
            return ""
        if not self.record.is_public(at):
            return "已经撤下，公众看不到"
        if self.record.expires_on and self.record.expires_on < on:
            return f"有效期到{self.record.expires_on}，已经过了"
        if self.record.repealed_on and self.record.repealed_on <= on:
            return "已经废止、失效"
        live = self.record.live
        if live is not None and self.edition is not None and live.nth != self.edition:
            return f"已经改到第{live.nth}版，报送时是第{self.edition}版"
        return ""
