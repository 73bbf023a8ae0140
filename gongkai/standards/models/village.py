"""村(居)务公开:村、公开期、三务的条目、逐笔的账、异议。提异议的人的称呼和联系方式是密文。"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cached_property

from django.db import models
from django.db.models import Q
from django.urls import reverse

from gongkai.desk.seen import mark
from gongkai.law import villages as law
from gongkai.law.villages import Affairs, Unit
from gongkai.org import access
from gongkai.org.models import Agency, User
from gongkai.org.sealed import SealedJSONField

from ..terms import PeriodState

#: 公众看得到的。
SHOWN = (PeriodState.POSTED, PeriodState.DOWN)


class VillageQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Villages of the towns of this person."""
        return self.filter(access.within(user, "standards.village", "town"))

    def open(self, on):
        return self.filter(Q(ended_on=None) | Q(ended_on__gt=on))


class Village(models.Model):
    """一个村、一个社区。``heavy``:集体财务往来较多,收支每月公布。"""

    town = models.ForeignKey(Agency, models.PROTECT, related_name="villages", verbose_name="镇（街道）")
    name = models.CharField("村（社区）", max_length=40)
    is_community = models.BooleanField("社区居民委员会", default=False)
    heavy = models.BooleanField("集体财务往来较多", default=False)
    board = models.CharField("公开栏在哪里", max_length=120)
    committee = models.CharField("村（居）民委员会成员", max_length=300, blank=True)
    supervisors = models.CharField("监督委员会成员", max_length=300, blank=True)
    phone = models.CharField("联系电话", max_length=40, blank=True)
    ended_on = models.DateField("撤并之日", null=True, blank=True)

    objects = VillageQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "村（社区）"
        ordering = ("town__order", "name")
        constraints = [models.UniqueConstraint(fields=["town", "name"], name="one_village_a_name")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("public:village", args=[self.pk])

    @property
    def unit(self) -> Unit:
        """How long its periods are."""
        return Unit.MONTH if self.heavy else Unit.QUARTER


class PeriodQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Periods of the villages of this person's towns."""
        return self.filter(access.within(user, "standards.village", "village__town"))

    def shown(self):
        """What the public may read."""
        return self.filter(state__in=SHOWN)


class Period(models.Model):
    """一个村的一期:填报、监督委审查、公布、撤牌归档。一期只有一本账。"""

    village = models.ForeignKey(Village, models.PROTECT, related_name="periods", verbose_name="村（社区）")
    unit = models.CharField("一期多长", max_length=8, choices=Unit.choices())
    year = models.PositiveSmallIntegerField("年份")
    number = models.PositiveSmallIntegerField("第几期")
    state = models.CharField("环节", max_length=10, choices=PeriodState.choices(), default=PeriodState.DRAFT)
    carried = models.DecimalField("上期结转（元）", max_digits=14, decimal_places=2, default=Decimal(0))
    reviewed_on = models.DateField("审查之日", null=True, blank=True)
    reviewers = models.CharField("审查的监督委员会成员", max_length=200, blank=True)
    opinion = models.CharField("监督委员会的意见", max_length=500, blank=True)
    posted_on = models.DateField("上墙之日", null=True, blank=True)
    posted_at = models.DateTimeField("公布时间", null=True, blank=True)
    photo = models.CharField("公开栏照片的散列", max_length=64, blank=True)
    down_on = models.DateField("撤牌之日", null=True, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="经手人")
    revision = models.PositiveIntegerField("修订号", default=1)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "村务公开期"
        ordering = ("-year", "-unit", "-number", "-pk")
        constraints = [
            models.UniqueConstraint(fields=["village", "unit", "year", "number"], name="one_ledger_a_period")
        ]
        indexes = [models.Index(fields=["state", "village"], name="period_by_state")]

    def __str__(self) -> str:
        return (
            f"{self.year}年第{self.number}{Unit(self.unit).label}"
            if self.unit == Unit.QUARTER
            else f"{self.year}年{self.number}月"
        )

    def get_absolute_url(self) -> str:
        return reverse("public:village_period", args=[self.village_id, self.pk])

    @property
    def mark(self) -> str:
        """Tells this state of the period from any other (``desk.seen``)."""
        return mark("period", self.pk, self.revision, self.state)

    @property
    def span(self) -> tuple[date, date]:
        return law.span(Unit(self.unit), self.year, self.number)

    @property
    def due_on(self) -> date:
        """By when it is posted."""
        return law.posting_due(Unit(self.unit), self.year, self.number)

    def unposted(self, on: date) -> tuple[Period, date] | None:
        """The period after this one (posted) and its day, if the day has passed and a village still posts by that
        length; the caller knows that this is the last one posted."""
        if Unit(self.unit) is not self.village.unit:
            return None
        found = law.unposted(Unit(self.unit), self.year, self.number, on)
        return found and (Period(village=self.village, unit=self.unit, year=found[0], number=found[1]), found[2])

    @cached_property
    def sums(self) -> dict[str, Decimal]:
        """Income, expenses and what is left."""
        given = [(one.amount, one.is_income) for one in self.entries.all()]
        income = [amount for amount, is_income in given if is_income]
        spent = [amount for amount, is_income in given if not is_income]
        return {
            "carried": self.carried,
            "income": sum(income, Decimal(0)),
            "spent": sum(spent, Decimal(0)),
            "left": law.balance(self.carried, income, spent),
        }

    def duties(self, on: date) -> list[law.Duty]:
        """What the national law and the Zhejiang regulation ask of this period, each on its own."""
        entries = list(self.entries.all())
        return [
            law.national(Unit(self.unit), self.village.heavy, self.posted_on, self.due_on, on),
            law.provincial(self.posted_on, self.due_on, on, bool(entries)),
        ]


class Item(models.Model):
    """一期里的一条:党务、村务、财务。名单到期撤下(``list_until``),撤了的只留标题。"""

    period = models.ForeignKey(Period, models.CASCADE, related_name="items", verbose_name="公开期")
    kind = models.CharField("哪一类", max_length=8, choices=Affairs.choices())
    title = models.CharField("标题", max_length=120)
    content = models.TextField("内容", blank=True)
    is_list = models.BooleanField("是名单", default=False)
    happened_on = models.DateField("重大财务事项发生之日", null=True, blank=True)
    list_until = models.DateField("名单撤下之日", null=True, blank=True)
    removed_at = models.DateTimeField("撤下时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "村务条目"
        ordering = ("kind", "pk")

    def __str__(self) -> str:
        return self.title

    @property
    def major_due(self) -> date | None:
        """By when a major matter of the accounts is posted."""
        return law.major_due(self.happened_on) if self.happened_on else None


class Entry(models.Model):
    """账上的一笔。"""

    period = models.ForeignKey(Period, models.CASCADE, related_name="entries", verbose_name="公开期")
    on = models.DateField("日期")
    what = models.CharField("摘要", max_length=120)
    is_income = models.BooleanField("收入", default=False)
    amount = models.DecimalField("金额（元）", max_digits=14, decimal_places=2)

    class Meta:
        verbose_name = verbose_name_plural = "账目"
        ordering = ("on", "pk")
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="amount_above_nothing")]


class ObjectionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Objections to the villages of this person's towns."""
        return self.filter(access.within(user, "standards.village", "period__village__town"))

    def open(self):
        return self.filter(answered_on=None)


class Objection(models.Model):
    """对一期公开的异议;到期没有答复的,镇里看得到。"""

    period = models.ForeignKey(Period, models.PROTECT, related_name="objections", verbose_name="公开期")
    number = models.CharField("编号", max_length=40, unique=True)
    code = models.CharField("查询码散列", max_length=64, blank=True)
    text = models.TextField("异议")
    contact = SealedJSONField("称呼和联系方式", default=dict, blank=True)
    received_at = models.DateTimeField("收到时间")
    due_on = models.DateField("应答复日")
    answer = models.TextField("答复", blank=True)
    answered_on = models.DateField("答复之日", null=True, blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="答复人")

    objects = ObjectionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "对村务公开的异议"
        ordering = ("due_on", "pk")

    def __str__(self) -> str:
        return self.number
