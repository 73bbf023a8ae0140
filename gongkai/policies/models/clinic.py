"""政策云诊所:一件政策拆成的事项(给谁、什么条件、给什么、怎样办)、问题、条件、兑现的数、每天每渠道的次数。"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import models
from django.forms.models import model_to_dict
from django.urls import reverse

from gongkai.desk.seen import mark
from gongkai.law.terms import Term
from gongkai.law.validity import validity
from gongkai.org import access
from gongkai.org.models import Agency, User
from gongkai.records.models import Record, is_public_at
from gongkai.records.pages import told_validity

from ..amounts import Amount, AmountKind
from ..fit import Audience, FactKind, Need


class Fact(models.Model):
    """诊所里问的一个问题。几件政策问同一件事,共用一个,公众只答一次。"""

    key = models.SlugField("键", max_length=40, unique=True)
    label = models.CharField("问法", max_length=120)
    kind = models.CharField("类型", max_length=8, choices=FactKind.choices())
    unit = models.CharField("单位", max_length=12, blank=True)
    options = models.JSONField("选项", default=list, blank=True)
    hint = models.CharField("提示", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "诊所的问题"
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.label


class MeasureStage(Term):
    """一个事项办到哪一步。"""

    DRAFT = "draft", "起草"
    LIVE = "live", "已公布"
    ENDED = "ended", "已结束"


class Standing(Term):
    """公众看到的状态:每次都由日期和文件现在的效力算出,不存。"""

    OPEN = "open", "正在受理"
    COMING = "coming", "还没有开始"
    CLOSED = "closed", "申报期已过"
    PAUSED = "paused", "依据的文件暂停执行或者尚未施行"
    OVER = "over", "依据的文件已经废止或者失效"
    ENDED = "ended", "已经结束"


class MeasureQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of the units of this person."""
        return self.filter(access.within(user, "policies.view"))

    def shown(self, at):
        """What the public may read: published (or ended after that), under a policy that is public now."""
        stages = (MeasureStage.LIVE, MeasureStage.ENDED)
        return self.filter(is_public_at(at, "policy__"), stage__in=stages, published_at__lte=at)


class Measure(models.Model):
    """惠企惠民事项:一件公开的政策里,一类对象能得到的一项好处。公布以后不改,要改就另起草一份替换它。"""

    policy = models.ForeignKey(Record, models.PROTECT, related_name="measures", verbose_name="政策文件")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="measures", verbose_name="起草单位")
    title = models.CharField("名称", max_length=80)
    audience = models.CharField("给谁", max_length=10, choices=Audience.choices())
    benefit = models.TextField("给什么")
    benefit_article = models.CharField("出自哪一条", max_length=40, blank=True)
    amount_kind = models.CharField("数额", max_length=10, choices=AmountKind.choices(), default=AmountKind.NONE)
    amount_data = models.JSONField("数额的标准", default=dict, blank=True)
    opens_on = models.DateField("开始受理", null=True, blank=True)
    closes_on = models.DateField("截止受理", null=True, blank=True)
    deadline = models.CharField("申请时限", max_length=120, blank=True)
    materials = models.TextField("材料", blank=True)
    place = models.CharField("到哪里办", max_length=200)
    how = models.TextField("怎样办")
    guide = models.CharField("办事指南", max_length=200, blank=True)
    contact = models.CharField("咨询电话", max_length=80)
    estimated = models.PositiveIntegerField("估计多少人（家）够得上", null=True, blank=True)
    estimated_from = models.CharField("估计的依据", max_length=200, blank=True)
    replaces = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name="替换哪一份"
    )
    stage = models.CharField("环节", max_length=8, choices=MeasureStage.choices(), default=MeasureStage.DRAFT)
    drafted_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="起草人")
    drafted_at = models.DateTimeField("起草时间")
    published_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="公布人")
    published_at = models.DateTimeField("公布时间", null=True)
    ended_at = models.DateTimeField("结束时间", null=True)
    ended_why = models.CharField("结束的原因", max_length=200, blank=True)

    objects = MeasureQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "惠企惠民事项"
        ordering = ("-pk",)
        indexes = [models.Index(fields=["stage", "audience"], name="measure_stage")]

    @property
    def mark(self) -> str:
        """Tells what it says now, its conditions too, from any other wording (``desk.seen``)."""
        conditions = self.conditions.order_by("pk").values("fact_id", "wants", "group", "quote", "article")
        return mark(model_to_dict(self), list(conditions))

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("public:clinic_card", args=[self.pk])

    @property
    def amount(self) -> Amount:
        """How much, as the calculators take it."""
        return Amount.read(self.amount_kind, self.amount_data)

    @property
    def lineage(self) -> list[int]:
        """Itself and the wordings that it replaced, the newest first: to those who apply they are one."""
        return lineages([self.pk])[self.pk]

    @property
    def material_list(self) -> list[str]:
        return [line.strip() for line in self.materials.splitlines() if line.strip()]

    def standing(self, on: date) -> Standing:
        """What it is on a day, by the paper's validity now and the own dates."""
        if self.stage == MeasureStage.ENDED:
            return Standing.ENDED
        paper = self.policy
        now = told_validity(paper, on) or validity(
            on, effective_on=paper.effective_on, expires_on=paper.expires_on, repealed_on=paper.repealed_on
        )
        if paper.withdrawn or now.value in ("expired", "repealed"):
            return Standing.OVER
        if not now.binds:
            return Standing.PAUSED
        if self.opens_on and on < self.opens_on:
            return Standing.COMING
        return Standing.CLOSED if self.closes_on and on > self.closes_on else Standing.OPEN

    def is_shown(self, at: datetime) -> bool:
        """Whether the public may read it; the same rule as ``MeasureQuerySet.shown``."""
        told = self.stage != MeasureStage.DRAFT and self.published_at is not None and self.published_at <= at
        return told and self.policy.is_public(at)


def lineages(measures: Iterable[int]) -> dict[int, list[int]]:
    """Each measure with the wordings that it replaced, the newest first."""
    before = dict(Measure.objects.exclude(replaces=None).order_by().values_list("pk", "replaces"))
    found = {}
    for pk in measures:
        line = [pk]
        while (older := before.get(line[-1])) is not None:
            line.append(older)
        found[pk] = line
    return found


class Condition(models.Model):
    """一条条件,引着政策里的那句话。同一个非零的 ``group`` 里,满足一条就行。"""

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="conditions", verbose_name="事项")
    fact = models.ForeignKey(Fact, models.PROTECT, related_name="conditions", verbose_name="问题")
    wants = models.JSONField("怎样算符合", default=dict)
    group = models.PositiveSmallIntegerField("几条里满足一条的，同填一个数", default=0)
    quote = models.CharField("政策里的原话", max_length=300)
    article = models.CharField("哪一条", max_length=40)

    class Meta:
        verbose_name = verbose_name_plural = "条件"
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.quote

    def test(self) -> Need:
        """As the matcher takes it."""
        return Need.read(self.fact.key, self.fact.kind, self.wants, self.group)


class Redemption(models.Model):
    """一年兑现的数:多少申请、多少得到、多少钱。"""

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="redemptions", verbose_name="事项")
    year = models.PositiveSmallIntegerField("年度")
    applied = models.PositiveIntegerField("申请")
    granted = models.PositiveIntegerField("得到")
    yuan = models.DecimalField("兑现金额（元）", max_digits=16, decimal_places=2, default=0)
    source = models.CharField("数的来源", max_length=120)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="填报人")
    at = models.DateTimeField("填报时间")

    class Meta:
        verbose_name = verbose_name_plural = "兑现"
        ordering = ("-year",)
        constraints = [models.UniqueConstraint(fields=["measure", "year"], name="one_redemption")]


class ReachDay(models.Model):
    """一天里一个渠道把一个事项告知了几次。只有次数,不记人,也不记回答。"""

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="days", verbose_name="事项")
    channel = models.SlugField("渠道", max_length=20)
    on = models.DateField("哪天")
    times = models.PositiveIntegerField("次数", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "告知次数"
        constraints = [models.UniqueConstraint(fields=["measure", "channel", "on"], name="one_reach_day")]
