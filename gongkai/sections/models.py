"""专栏(Section)和它的模块(Block)。

模块各行是草稿;公众看到的是开通时照草稿定下的一份(``Section.shown``),以后改草稿不影响它,再公布一次才变。
``Source`` 是公众看到的那一份从哪里取信息,按列存着,信息一有变动就查得出牵动哪几个专栏。
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse

from gongkai.org import access
from gongkai.org.models import Agency
from gongkai.records.models import Record

from .terms import BlockKind, SectionKind, State


class SectionQuerySet(models.QuerySet):
    def open(self):
        """Sections that the public sees, in their order."""
        return self.exclude(opened_at=None).filter(closed_at=None)

    def visible_to(self, user):
        """Sections that the user may see at the desk: those of the own agencies; for district roles all."""
        return self.filter(access.within(user, "sections.view"))


class Section(models.Model):
    """专栏:一个单位自己的,或者一个专题。网址、种类、单位建立以后不改,所以牵动哪些网页永远算得出。"""

    slug = models.SlugField("网址里的名称", max_length=40, unique=True)
    kind = models.CharField("种类", max_length=8, choices=SectionKind.choices())
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="sections", verbose_name="单位"
    )
    title = models.CharField("名称", max_length=40)
    introduction = models.TextField("简介", max_length=400, blank=True)
    order = models.PositiveSmallIntegerField("排序", default=500)
    revision = models.PositiveIntegerField("修订号", default=1)
    submitted_at = models.DateTimeField("送区政府办时间", null=True, blank=True)
    shown = models.JSONField("公众看到的", null=True, blank=True)
    shown_revision = models.PositiveIntegerField("公众看到的修订号", default=0)
    opened_at = models.DateTimeField("开通时间", null=True, blank=True)
    closed_at = models.DateTimeField("关闭时间", null=True, blank=True)
    close_reason = models.CharField("关闭原因", max_length=200, blank=True)

    objects = SectionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "专栏"
        ordering = ("order", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=SectionKind.TOPIC.value) | Q(agency__isnull=False), name="unit_section_has_agency"
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("public:topic" if self.kind == SectionKind.TOPIC else "public:section", args=[self.slug])

    @property
    def state(self) -> State:
        if self.opened_at is None:
            return State.DRAFT
        return State.OPEN if self.closed_at is None else State.CLOSED

    @property
    def public_title(self) -> str:
        """The name that the public sees; empty before the first opening."""
        return (self.shown or {}).get("title", "")

    @property
    def is_changed(self) -> bool:
        """Whether the draft differs from what the public sees."""
        return self.revision != self.shown_revision


class Block(models.Model):
    """模块:专栏里的一块。``settings`` 由各种类的表单核过才写入(``forms.FORMS``)。"""

    section = models.ForeignKey(Section, models.CASCADE, related_name="blocks", verbose_name="专栏")
    kind = models.CharField("种类", max_length=8, choices=BlockKind.choices())
    position = models.PositiveSmallIntegerField("位置")
    heading = models.CharField("小标题", max_length=30, blank=True)
    wide = models.BooleanField("占整行", default=False)
    settings = models.JSONField("设置", default=dict, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "模块"
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.heading or BlockKind(self.kind).label


class Source(models.Model):
    """取数:开着的专栏里一处列表的条件,空的一列不限;或者指名的一件信息。只由 ``actions`` 在开通、关闭时重写。"""

    section = models.ForeignKey(Section, models.CASCADE, related_name="sources", verbose_name="专栏")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+", verbose_name="单位")
    duty = models.CharField("公开事项", max_length=40, blank=True)
    type = models.CharField("类型", max_length=40, blank=True)
    year = models.PositiveSmallIntegerField("年份", default=0)
    record = models.ForeignKey(Record, models.CASCADE, null=True, related_name="+", verbose_name="信息")

    class Meta:
        verbose_name = verbose_name_plural = "取数"
        indexes = [models.Index(fields=["agency", "duty", "type", "year"], name="source_by_spot")]

    def __str__(self) -> str:
        return f"{self.section}取数"
