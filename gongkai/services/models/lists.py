"""各张清单:中介服务、收费目录、常见问题、通办进展、链接。"""

from __future__ import annotations

from django.db import models

from gongkai.org.models import Agency, User

from ..terms import Circle, FaqState, LinkState, Mode, PhoneState, Pricing
from .guides import Guide


class Intermediary(models.Model):
    """一项行政审批中介服务;没有列入的,不得作为受理条件。"""

    name = models.CharField("中介服务事项", max_length=120, unique=True)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="intermediaries", verbose_name="审批部门")
    approval = models.CharField("对应的审批事项", max_length=120)
    basis = models.CharField("设定依据", max_length=300)
    bodies = models.CharField("实施机构要求", max_length=200)
    available = models.PositiveSmallIntegerField("可选机构数", null=True, blank=True)
    limit = models.CharField("服务时限", max_length=60, blank=True)
    pricing = models.CharField("怎样收费", max_length=8, choices=Pricing.choices())
    complaint = models.CharField("投诉电话", max_length=60, blank=True)
    removed_at = models.DateTimeField("取消时间", null=True)
    changed_at = models.DateTimeField("改动时间")

    class Meta:
        verbose_name = verbose_name_plural = "中介服务"
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class FeeItem(models.Model):
    """政府收费目录里的一项;指南收的费要在目录里。"""

    name = models.CharField("收费项目", max_length=120, unique=True)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="fee_items", verbose_name="收费单位")
    standard = models.CharField("标准", max_length=200)
    basis = models.CharField("依据", max_length=300)
    removed_at = models.DateTimeField("取消时间", null=True)
    changed_at = models.DateTimeField("改动时间")

    class Meta:
        verbose_name = verbose_name_plural = "收费项目"
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Faq(models.Model):
    """一个事项的常见问题;从来信、热线来的,有人确认了才公布。"""

    guide = models.ForeignKey(Guide, models.CASCADE, related_name="faqs", verbose_name="事项")
    question = models.CharField("问题", max_length=200)
    answer = models.TextField("答案")
    source = models.CharField("来自", max_length=120, blank=True)
    state = models.CharField("现在", max_length=10, choices=FaqState.choices(), default=FaqState.PROPOSED)
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="拟的人")
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="确认的人")
    confirmed_at = models.DateTimeField("确认时间", null=True)
    replaces = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="replaced_by", verbose_name="改的是哪一问"
    )

    class Meta:
        verbose_name = verbose_name_plural = "常见问题"
        ordering = ("guide", "pk")

    def __str__(self) -> str:
        return self.question


class Cooperation(models.Model):
    """跨省通办、长三角通办的一项,和它的进展。"""

    name = models.CharField("事项", max_length=120)
    circle = models.CharField("范围", max_length=10, choices=Circle.choices())
    mode = models.CharField("模式", max_length=10, choices=Mode.choices())
    area = models.CharField("覆盖地区", max_length=200)
    lead = models.ForeignKey(Agency, models.PROTECT, related_name="cooperations", verbose_name="牵头单位")
    guide = models.ForeignKey(
        Guide, models.SET_NULL, null=True, blank=True, related_name="cooperations", verbose_name="办事指南"
    )
    launched_on = models.DateField("上线日期", null=True, blank=True)
    handled = models.PositiveIntegerField("累计办件", default=0)
    progress = models.CharField("进展", max_length=300, blank=True)
    updated_on = models.DateField("更新日期")

    class Meta:
        verbose_name = verbose_name_plural = "通办事项"
        ordering = ("circle", "name", "pk")

    def __str__(self) -> str:
        return self.name


class Link(models.Model):
    """指南里的一个网址,上次看的结果。``silent`` 是接连几次连不上;连不上不等于失效。"""

    url = models.CharField("网址", max_length=500, unique=True)
    host = models.CharField("主机", max_length=120)
    guides = models.ManyToManyField(Guide, related_name="links", verbose_name="在哪些指南里")
    state = models.CharField("结果", max_length=8, choices=LinkState.choices(), default=LinkState.NEW)
    status = models.PositiveSmallIntegerField("状态码", null=True)
    target = models.CharField("转到", max_length=500, blank=True)
    silent = models.PositiveSmallIntegerField("接连几次连不上", default=0)
    official = models.BooleanField("政府网站", default=True)
    checked_at = models.DateTimeField("查的时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "链接"
        ordering = ("host", "pk")
        indexes = [models.Index(fields=["state", "checked_at"], name="link_by_state")]

    def __str__(self) -> str:
        return self.url


class Phone(models.Model):
    """指南里的一个电话,上次打的结果。机器不拨,人打过了记下;``silent`` 是接连几次没人接。"""

    number = models.CharField("号码", max_length=40, unique=True)
    guides = models.ManyToManyField(Guide, related_name="phones", verbose_name="在哪些指南里")
    state = models.CharField("结果", max_length=10, choices=PhoneState.choices(), default=PhoneState.NEW)
    silent = models.PositiveSmallIntegerField("接连几次没人接", default=0)
    note = models.CharField("说明", max_length=200, blank=True)
    called_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="打的人")
    called_at = models.DateTimeField("打的时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "电话"
        ordering = ("number",)
        indexes = [models.Index(fields=["state", "called_at"], name="phone_by_state")]

    def __str__(self) -> str:
        return self.number
