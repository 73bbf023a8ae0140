"""高效办成一件事:由几个事项联办的一件事,和它的各项。"""

from __future__ import annotations

from django.db import models
from django.urls import reverse

from gongkai.desk.seen import mark
from gongkai.org import access
from gongkai.org.models import Agency, User

from .. import shape
from ..terms import Audience, MatterState, PartNeed
from .guides import Guide


class MatterQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Matters led by the units of this person."""
        return self.filter(access.within(user, "services.view", "lead"))

    def shown(self):
        """What the public may read."""
        return self.filter(state=MatterState.LIVE)


class Matter(models.Model):
    """一件事。``situations`` 是问办事人的情形,``joined`` 是真正联通了的几样(``terms.Joined``)。"""

    title = models.CharField("一件事", max_length=80)
    summary = models.CharField("一句话说清", max_length=200)
    audience = models.CharField("给谁办", max_length=12, choices=Audience.choices())
    lead = models.ForeignKey(Agency, models.PROTECT, related_name="led_matters", verbose_name="牵头部门")
    helpers = models.ManyToManyField(Agency, related_name="helped_matters", blank=True, verbose_name="配合部门")
    situations = models.JSONField("情形", default=list, blank=True)
    joined = models.JSONField("联通了的", default=list, blank=True)
    not_joined = models.TextField("还没有联通的", blank=True)
    window = models.CharField("受理窗口", max_length=200, blank=True)
    visits = models.PositiveSmallIntegerField("最多跑几次", null=True, blank=True)
    consult = models.CharField("咨询电话", max_length=120, blank=True)
    state = models.CharField("现在", max_length=8, choices=MatterState.choices(), default=MatterState.DRAFT)
    ended_why = models.CharField("为什么不再办", max_length=200, blank=True)
    saved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="起草人")
    changed_at = models.DateTimeField("改动时间")
    published_at = models.DateTimeField("公布时间", null=True)
    revision = models.PositiveIntegerField("修订号", default=1)

    objects = MatterQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "一件事"
        ordering = ("title", "pk")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("public:service_matter", args=[self.pk])

    @property
    def mark(self) -> str:
        """Tells this state of the matter from any other (``desk.seen``)."""
        return mark("matter", self.pk, self.revision, self.state)

    @property
    def situation_rows(self) -> list[shape.Situation]:
        return shape.read_all(shape.Situation, self.situations)


class Part(models.Model):
    """一件事里的一项。同一批(``batch``)的一起办,批与批先后办。``when`` 是看情况办的条件:``{情形: [选项]}``。"""

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="parts", verbose_name="一件事")
    guide = models.ForeignKey(Guide, models.PROTECT, related_name="parts", verbose_name="事项")
    batch = models.PositiveSmallIntegerField("第几批", default=1)
    need = models.CharField("要不要办", max_length=6, choices=PartNeed.choices(), default=PartNeed.MUST)
    when = models.JSONField("什么情形要办", default=dict, blank=True)
    note = models.CharField("说明", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "联办的一项"
        ordering = ("batch", "pk")
        constraints = [models.UniqueConstraint(fields=["matter", "guide"], name="one_part_a_guide")]
