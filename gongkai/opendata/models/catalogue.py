"""数据集、字段、一版一版的数据、判定。"""

from __future__ import annotations

import secrets
from datetime import date

from django.db import models
from django.db.models import Q
from django.urls import reverse

from gongkai.adapters.datatable.columns import Column, columns_of
from gongkai.desk.seen import mark
from gongkai.law.opendata import updating
from gongkai.law.opendata.terms import Cycle, Domain, FieldKind, Level, Opening, Sharing
from gongkai.org import access
from gongkai.org.models import Agency, User

from ..terms import DatasetState, RulingState, VersionState


class DatasetQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Datasets of the units of this person."""
        return self.filter(access.within(user, "opendata.view"))

    def listed(self):
        """What stands in the public catalogue: opened, or closed with its reason kept."""
        return self.filter(state__in=(DatasetState.OPEN, DatasetState.CLOSED))

    def usable(self):
        """Whose rows the public may have."""
        return self.filter(state=DatasetState.OPEN, opening=Opening.UNCONDITIONAL).exclude(current=None)


class Dataset(models.Model):
    """一个数据集。三个轴各记各的:``opening`` 对社会,``sharing`` 在部门之间,敏感级在字段(``level`` 是最高的一级)。

    ``level``、``next_judging_on``、``updated_on`` 是算出来的,只由动作写。
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="datasets", verbose_name="提供单位")
    code = models.CharField("编号", max_length=40, unique=True)
    title = models.CharField("名称", max_length=50, unique=True)
    summary = models.TextField("摘要")
    office = models.CharField("承办处室", max_length=60)
    phone = models.CharField("联系电话", max_length=40)
    domain = models.CharField("领域", max_length=20, choices=Domain.choices())
    tags = models.CharField("标签", max_length=200, blank=True)
    series = models.CharField("系列", max_length=60, blank=True)
    cycle = models.CharField("更新周期", max_length=12, choices=Cycle.choices())
    has_interface = models.BooleanField("提供接口", default=False)
    sharing = models.CharField("共享属性", max_length=12, choices=Sharing.choices(), default=Sharing.UNSET)
    sums = models.CharField("勾稽关系", max_length=300, blank=True)
    opening = models.CharField("开放属性", max_length=14, choices=Opening.choices(), default=Opening.PENDING)
    level = models.CharField("最高敏感级", max_length=2, choices=Level.choices(), blank=True)
    conditions = models.TextField("开放条件", blank=True)
    basis = models.CharField("依据", max_length=300, blank=True)
    state = models.CharField("现在", max_length=8, choices=DatasetState.choices(), default=DatasetState.DRAFT)
    closed_reason = models.CharField("下架的理由", max_length=300, blank=True)
    current = models.OneToOneField(
        "Version", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="现行的一版"
    )
    opened_on = models.DateField("首次上架", null=True)
    updated_on = models.DateField("内容最近更新", null=True)
    data_until = models.DateField("数据截止", null=True, blank=True)
    next_judging_on = models.DateField("应重新判定", null=True)
    unchanged = models.PositiveIntegerField("内容没有变的更新", default=0)
    ended_on = models.DateField("停止更新", null=True)
    ended_reason = models.CharField("停止更新的理由", max_length=300, blank=True)
    made_at = models.DateTimeField("编目")
    revision = models.PositiveIntegerField("修订号", default=1)

    objects = DatasetQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "数据集"
        ordering = ("-updated_on", "-pk")
        indexes = [
            models.Index(fields=["-updated_on", "-id"], name="dataset_latest"),
            models.Index(fields=["state", "-updated_on", "-id"], name="dataset_ledger"),
            models.Index(fields=["agency", "state", "-updated_on"], name="dataset_by_agency"),
            models.Index(fields=["domain", "state", "-updated_on"], name="dataset_by_domain"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("public:opendata_dataset", args=[self.pk])

    @property
    def mark(self) -> str:
        """Tells this state of the entry from any other (``desk.seen``)."""
        return mark("dataset", self.pk, self.revision, self.state)

    @property
    def is_usable(self) -> bool:
        """Whether the public may have the rows."""
        return bool(self.state == DatasetState.OPEN and self.opening == Opening.UNCONDITIONAL and self.current_id)

    @property
    def words(self) -> list[str]:
        """The tags, one by one."""
        return [
            word.strip() for word in self.tags.replace("，", "、").replace(",", "、").split("、") if word.strip()
        ]

    def duty(self, on: date) -> updating.Duty:
        """How it stands with its duty to update."""
        return updating.duty(Cycle.from_value(self.cycle), self.updated_on, on, ended=self.ended_on is not None)


class Field(models.Model):
    """一个字段。``is_quasi`` 的列合起来可能认得出人,开放以前算最小的一组有几行。"""

    dataset = models.ForeignKey(Dataset, models.CASCADE, related_name="fields", verbose_name="数据集")
    order = models.PositiveSmallIntegerField("次序")
    name = models.CharField("字段名", max_length=40)
    title = models.CharField("中文名", max_length=100)
    kind = models.CharField("类型", max_length=10, choices=FieldKind.choices(), default=FieldKind.STRING)
    places = models.PositiveSmallIntegerField("小数位", default=0)
    unit = models.CharField("单位", max_length=20, blank=True)
    meaning = models.CharField("说明", max_length=200, blank=True)
    codes = models.JSONField("代码表", default=list, blank=True)
    level = models.CharField("敏感级", max_length=2, choices=Level.choices(), blank=True)
    is_key = models.BooleanField("主键", default=False)
    nullable = models.BooleanField("可空", default=True)
    is_quasi = models.BooleanField("合起来可能认得出人", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "字段"
        ordering = ("dataset", "order")
        constraints = [models.UniqueConstraint(fields=["dataset", "name"], name="field_named_once")]

    def __str__(self) -> str:
        return self.title

    def described(self) -> dict[str, object]:
        """What a version keeps of it, and what schemas say."""
        names = ("name", "title", "kind", "places", "unit", "meaning", "codes", "level", "is_key", "nullable")
        return {name: getattr(self, name) for name in names}


def _folder() -> str:
    return secrets.token_hex(16)


class VersionQuerySet(models.QuerySet):
    def public(self):
        """Versions whose files the public may have."""
        return self.filter(
            state__in=(VersionState.OPEN, VersionState.FORMER),
            dataset__state=DatasetState.OPEN,
            dataset__opening=Opening.UNCONDITIONAL,
        )


class Version(models.Model):
    """一版数据。字段照开放时的样子抄一份;文件在资料目录 ``open-data/``。"""

    dataset = models.ForeignKey(Dataset, models.PROTECT, related_name="versions", verbose_name="数据集")
    number = models.PositiveIntegerField("版次")
    note = models.CharField("说明", max_length=200, blank=True)
    file_name = models.CharField("原来的文件名", max_length=200)
    folder = models.CharField("文件夹", max_length=32, default=_folder, unique=True)
    digest = models.CharField("内容的散列", max_length=64)
    rows = models.PositiveBigIntegerField("行数")
    columns = models.JSONField("各列", default=list)
    quality = models.JSONField("质量", default=dict)
    faults = models.JSONField("体检", default=list)
    encoding = models.CharField("编码", max_length=20, blank=True)
    smallest_group = models.PositiveIntegerField("最小的一组", null=True)
    files = models.JSONField("文件", default=dict)
    state = models.CharField("现在", max_length=8, choices=VersionState.choices(), default=VersionState.CHECKED)
    uploaded_at = models.DateTimeField("交来")
    uploaded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="经办人")
    signed_note = models.CharField("隐私检查的结论", max_length=300, blank=True)
    opened_at = models.DateTimeField("开放", null=True)
    opened_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="签字人")

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "一版数据"
        ordering = ("dataset", "-number")
        constraints = [models.UniqueConstraint(fields=["dataset", "number"], name="version_numbered_once")]

    def __str__(self) -> str:
        return f"{self.dataset}第{self.number}版"

    @property
    def mark(self) -> str:
        return mark("version", self.pk, self.state, self.dataset.revision)

    def table_columns(self) -> tuple[Column, ...]:
        """The columns of its table."""
        return columns_of(self.columns)


class Ruling(models.Model):
    """一次判定:问到的事实、停在第几步、为什么;放宽的等批准。只增不改,批准只填一次。"""

    dataset = models.ForeignKey(Dataset, models.CASCADE, related_name="rulings", verbose_name="数据集")
    facts = models.JSONField("事实", default=dict)
    before = models.CharField("原来", max_length=14, choices=Opening.choices())
    after = models.CharField("判定", max_length=14, choices=[*Opening.choices(), ("none", "不入目录")])
    step = models.PositiveSmallIntegerField("停在第几步")
    reason = models.CharField("理由", max_length=400)
    conditions = models.TextField("开放条件", blank=True)
    basis = models.CharField("依据", max_length=300, blank=True)
    state = models.CharField("现在", max_length=8, choices=RulingState.choices())
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="判定人")
    at = models.DateTimeField("判定时间")
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="批准人")
    decided_at = models.DateTimeField("批准时间", null=True)
    decided_note = models.CharField("批准的意见", max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "判定"
        ordering = ("-at", "-pk")
        constraints = [
            models.UniqueConstraint(fields=["dataset"], condition=Q(state="waiting"), name="one_ruling_waits")
        ]

    def __str__(self) -> str:
        return f"{self.dataset}：{self.get_after_display()}"
