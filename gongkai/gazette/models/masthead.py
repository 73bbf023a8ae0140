"""刊:名称、主办、编辑部;栏目。刊名会变,总期号跨刊名连续,引用按当时的刊名。"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from gongkai.desk.seen import mark
from gongkai.org import access
from gongkai.org.models import Agency

from ..terms import Maker


class MastheadQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The gazette of the agency that makes it."""
        return self.filter(access.within(user, "gazette.view"))

    def at(self, day):
        """The name that the gazette bore on a day; None before the first."""
        return self.filter(since_on__lte=day).order_by("-since_on").first()


class Masthead(models.Model):
    """一个刊名和用它的一段时间。只有区政府办公报,``agency`` 是承办编辑出版的单位。"""

    name = models.CharField("刊名", max_length=60)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="承办单位")
    sponsor = models.CharField("主办单位", max_length=60)
    since_on = models.DateField("自何日起用", unique=True)
    phone = models.CharField("编辑部电话", max_length=40, blank=True)
    address = models.CharField("编辑部地址", max_length=120, blank=True)
    permit = models.CharField("准印证号", max_length=60, blank=True)
    statement = models.TextField("刊物性质声明", blank=True)
    first_running = models.PositiveIntegerField("本系统第一期的总期号", default=1)
    revision = models.PositiveIntegerField("修订号", default=1)

    objects = MastheadQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "公报"
        ordering = ("-since_on",)

    def __str__(self) -> str:
        return self.name

    @property
    def cover(self) -> tuple[str, str]:
        """The name as it stands on a cover, in two lines: whose it is, then what it is."""
        return (self.name[:-2], self.name[-2:]) if len(self.name) > 4 else (self.name, "")

    @property
    def mark(self) -> str:
        """Tells this state from any other (``desk.seen``)."""
        return mark("masthead", self.pk, self.revision)


class SectionQuerySet(models.QuerySet):
    def valid_in(self, year):
        """The sections that issues of a year have."""
        return self.filter(Q(until_year=None) | Q(until_year__gte=year), since_year__lte=year)


class Section(models.Model):
    """栏目,带有效年份:改名就是停一个、开一个,统计不跨着比。``types`` 是默认归进来的信息类型。"""

    name = models.CharField("名称", max_length=40)
    order = models.PositiveSmallIntegerField("次序", default=100)
    since_year = models.PositiveSmallIntegerField("自哪一年起")
    until_year = models.PositiveSmallIntegerField("到哪一年为止", null=True, blank=True)
    by_day = models.BooleanField("按日期排（不按文号）", default=False)
    types = models.JSONField("默认归入的信息类型", default=list, blank=True)
    makers = models.CharField("默认归入谁的", max_length=12, blank=True, choices=Maker.choices())

    objects = SectionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "公报栏目"
        ordering = ("order", "pk")
        constraints = [models.UniqueConstraint(fields=["name", "since_year"], name="gazette_one_section")]

    def __str__(self) -> str:
        return self.name
