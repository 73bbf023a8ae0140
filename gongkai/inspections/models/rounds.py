"""一轮检查:抽样、每项的回答、访问和证据。"""

from __future__ import annotations

from django.db import models
from django.urls import reverse

from gongkai.desk.seen import mark
from gongkai.law import indicators
from gongkai.law.indicators import Answer
from gongkai.org.models import Drawing, User
from gongkai.records.models import Record

from .. import terms
from .outlets import Column, Outlet


class Round(models.Model):
    """一轮检查,一季度一轮。抽样框、比例、种子都留着,谁都可以重抽一遍,结果一样;种子在抽样框定下以前就约定好(``drawing``)。"""

    year = models.PositiveSmallIntegerField("年份")
    quarter = models.PositiveSmallIntegerField("季度")
    name = models.CharField("名称", max_length=80)
    on = models.DateField("检查日（监测时间点）")
    seed = models.CharField("抽样种子", max_length=64, blank=True)
    drawing = models.OneToOneField(
        Drawing, models.PROTECT, null=True, blank=True, related_name="round", verbose_name="抽样的约定"
    )
    members = models.JSONField("抽样框的名单", default=list, blank=True)
    site_percent = models.PositiveSmallIntegerField("网站抽查比例")
    account_percent = models.PositiveSmallIntegerField("政务新媒体抽查比例")
    frame = models.JSONField("抽样框", default=dict)
    state = models.CharField(
        "状态", max_length=10, choices=terms.RoundState.choices(), default=terms.RoundState.DRAFT
    )
    canaries = models.JSONField("试探页", default=list, blank=True)
    probed_at = models.DateTimeField("试探时间", null=True)
    void_reason = models.CharField("作废的原因", max_length=200, blank=True)
    record = models.ForeignKey(
        Record, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="通报"
    )
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="建立人")
    made_at = models.DateTimeField("建立时间")
    closed_at = models.DateTimeField("办结时间", null=True)
    revision = models.PositiveIntegerField("修订号", default=1)

    class Meta:
        verbose_name = verbose_name_plural = "检查"
        ordering = ("-on", "-pk")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("desk:inspections_round", args=[self.pk])

    @property
    def is_drawn(self) -> bool:
        """Whether the sample was drawn; before, its seed is agreed on but known to nobody."""
        return bool(self.seed)

    @property
    def mark(self) -> str:
        return mark("round", self.pk, self.revision, self.state)


class Sample(models.Model):
    """抽中的一个。结论由各项的回答算出,存下来只为列表,只由 ``actions.settle`` 写。"""

    round = models.ForeignKey(Round, models.CASCADE, related_name="samples", verbose_name="检查")
    outlet = models.ForeignKey(Outlet, models.PROTECT, related_name="samples", verbose_name="阵地")
    stratum = models.CharField("层", max_length=40)
    qualified = models.BooleanField("国办口径合格", null=True)
    score = models.DecimalField("得分", max_digits=5, decimal_places=2, null=True)
    locally = models.BooleanField("本地口径合格", null=True)
    bonus = models.DecimalField("加分", max_digits=4, decimal_places=1, default=0)
    note = models.TextField("检查人的话", blank=True)
    done_at = models.DateTimeField("查完", null=True)
    done_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="检查人")
    revision = models.PositiveIntegerField("修订号", default=1)

    class Meta:
        verbose_name = verbose_name_plural = "抽中的阵地"
        ordering = ("outlet__agency", "outlet__platform", "outlet__name", "pk")
        constraints = [models.UniqueConstraint(fields=["round", "outlet"], name="sampled_once")]

    def __str__(self) -> str:
        return f"{self.round}：{self.outlet}"

    def get_absolute_url(self) -> str:
        return reverse("desk:inspections_sample", args=[self.pk])

    @property
    def mark(self) -> str:
        return mark("sample", self.pk, self.revision)


class Evidence(models.Model):
    """一次访问留下的:网址、时刻、结果、响应头、一段正文、散列、截图;只增不改。"""

    outlet = models.ForeignKey(Outlet, models.CASCADE, related_name="evidence", verbose_name="阵地")
    url = models.CharField("网址", max_length=500)
    final_url = models.CharField("最后到了", max_length=500, blank=True)
    at = models.DateTimeField("时间")
    reached = models.CharField("结果", max_length=10, choices=terms.Reached.choices())
    status = models.PositiveSmallIntegerField("状态码", null=True)
    seconds = models.FloatField("用了几秒", null=True)
    headers = models.JSONField("响应头", default=dict, blank=True)
    excerpt = models.TextField("摘录", blank=True)
    sha256 = models.CharField("散列", max_length=64, blank=True)
    screenshot = models.CharField("截图散列", max_length=64, blank=True)
    note = models.CharField("说明", max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "证据"
        ordering = ("-at", "-pk")
        indexes = [models.Index(fields=["outlet", "url"], name="evidence_by_url")]

    def __str__(self) -> str:
        return f"{self.url}（{self.get_reached_display()}）"


class Check(models.Model):
    """一项的回答:符合、不符合、未能核实。"""

    sample = models.ForeignKey(Sample, models.CASCADE, related_name="checks", verbose_name="抽中的阵地")
    code = models.CharField("指标", max_length=12)
    answer = models.CharField("回答", max_length=8, choices=Answer.choices())
    count = models.PositiveSmallIntegerField("几处", default=1)
    note = models.TextField("事实", blank=True)
    evidence = models.ForeignKey(
        Evidence, models.PROTECT, null=True, blank=True, related_name="checks", verbose_name="证据"
    )
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="检查人")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "一项的回答"
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["sample", "code"], name="one_answer_an_indicator")]

    @property
    def answered(self) -> Answer:
        return Answer.from_value(self.answer)

    @property
    def indicator(self) -> indicators.Indicator:
        return indicators.table()[self.code]


class Visit(models.Model):
    """排队的一次访问;后台一台主机一秒至多一次地办。"""

    sample = models.ForeignKey(Sample, models.CASCADE, null=True, related_name="visits", verbose_name="抽中的阵地")
    round = models.ForeignKey(Round, models.CASCADE, null=True, related_name="visits", verbose_name="检查")
    outlet = models.ForeignKey(Outlet, models.CASCADE, null=True, related_name="visits", verbose_name="阵地")
    column = models.ForeignKey(Column, models.CASCADE, null=True, related_name="+", verbose_name="栏目")
    finding = models.ForeignKey("Finding", models.CASCADE, null=True, related_name="visits", verbose_name="问题")
    url = models.CharField("网址", max_length=500)
    host = models.CharField("主机", max_length=200)
    purpose = models.CharField("为什么", max_length=8, choices=terms.Purpose.choices())
    state = models.CharField(
        "现在", max_length=8, choices=terms.VisitState.choices(), default=terms.VisitState.WAITING
    )
    not_before = models.DateTimeField("最早")
    tries = models.PositiveSmallIntegerField("第几次", default=0)
    facts = models.JSONField("读到的", default=dict, blank=True)
    evidence = models.ForeignKey(Evidence, models.SET_NULL, null=True, related_name="+", verbose_name="证据")

    class Meta:
        verbose_name = verbose_name_plural = "访问"
        ordering = ("pk",)
        indexes = [models.Index(fields=["state", "not_before", "host"], name="visit_queue")]
