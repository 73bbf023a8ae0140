"""标准目录:领域、一版目录、目录的一行、哪个单位负责(Charge)、登记的事(Occurrence)、导入的一张表、复审。"""

from __future__ import annotations

from datetime import date
from functools import cached_property

from django.db import models
from django.db.models import Q
from django.urls import reverse

from gongkai.desk.seen import mark
from gongkai.law.due_clauses import Clause
from gongkai.law.row_due import State, review_due
from gongkai.org import access
from gongkai.org.models import Agency, User
from gongkai.records.models import Record

from ..terms import OPEN_STAGES, Cause, Conclusion, Stage


class Area(models.Model):
    """一个领域。国家的二十六个从 ``data/areas.csv`` 装入,本地的另加;不删,停用填 ``is_active``。"""

    number = models.PositiveSmallIntegerField("序号", unique=True)
    name = models.CharField("领域", max_length=40, unique=True)
    ministry = models.CharField("国务院部门", max_length=40, blank=True)
    document = models.CharField("标准指引", max_length=120, blank=True)
    synonyms = models.CharField("别的叫法", max_length=120, blank=True)
    is_national = models.BooleanField("国家定的试点领域", default=False)
    is_active = models.BooleanField("本区适用", default=True)

    class Meta:
        verbose_name = verbose_name_plural = "领域"
        ordering = ("number",)

    def __str__(self) -> str:
        return self.name


class StandardQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Catalogues of the units of this person; the published ones are everybody's."""
        if access.is_district(user, "standards.view"):
            return self.all()
        return self.filter(access.within(user, "standards.view") | Q(stage__in=(Stage.LIVE, Stage.REPLACED)))

    def live(self):
        """What is in force now."""
        return self.filter(stage=Stage.LIVE)

    def open(self):
        """What is being drawn up."""
        return self.filter(stage__in=OPEN_STAGES)


class Standard(models.Model):
    """一个领域的一版标准目录;镇街的一版挂在区里的一版下面(``parent``)。"""

    area = models.ForeignKey(Area, models.PROTECT, related_name="standards", verbose_name="领域")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="standards", verbose_name="编制单位")
    year = models.PositiveSmallIntegerField("年度")
    nth = models.PositiveSmallIntegerField("修订次", default=1)
    stage = models.CharField("环节", max_length=12, choices=Stage.choices(), default=Stage.DRAFT)
    needs_all_channels = models.BooleanField("勾选的渠道全部要用", default=False)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="所依据的区级目录"
    )
    replaces = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name="代替的上一版"
    )
    note = models.CharField("修订说明", max_length=300, blank=True)
    drafted_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="编制人")
    created_at = models.DateTimeField("编制时间")
    checked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="审核人")
    published_on = models.DateField("公布之日", null=True, blank=True)
    reviewed_on = models.DateField("最近复审", null=True, blank=True)
    revision = models.PositiveIntegerField("修订号", default=1)

    objects = StandardQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "标准目录"
        ordering = ("area__number", "agency__order", "-year", "-nth")
        constraints = [
            models.UniqueConstraint(fields=["area", "agency", "year", "nth"], name="one_standard_a_number"),
            models.UniqueConstraint(
                fields=["area", "agency"], condition=Q(stage="live"), name="one_live_standard"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area}标准目录（{self.agency.short_name or self.agency}，{self.version}）"

    def get_absolute_url(self) -> str:
        return reverse("public:standard", args=[self.pk])

    @property
    def version(self) -> str:
        return f"{self.year}年版" + (f"第{self.nth}次修订" if self.nth > 1 else "")

    @property
    def mark(self) -> str:
        """Tells this state of the catalogue from any other (``desk.seen``)."""
        return mark("standard", self.pk, self.revision, self.stage)

    @property
    def review_due(self) -> date | None:
        """By when it is reviewed; None before it is published."""
        last = self.reviewed_on or self.published_on
        return review_due(last) if last else None


class Row(models.Model):
    """目录的一行,十列照原样存;``due`` 是认出的时限,``channels`` 是勾了的渠道(勾丢了的是 None)。

    ``duty``、``type``、``words`` 说它对着网站的哪一栏、哪一类、标题里有哪些词的信息。
    """

    standard = models.ForeignKey(Standard, models.CASCADE, related_name="rows", verbose_name="目录")
    order = models.PositiveIntegerField("次序")
    number = models.CharField("序号", max_length=20, blank=True)
    level1 = models.CharField("一级事项", max_length=200, blank=True)
    level2 = models.CharField("二级事项", max_length=300, blank=True)
    level3 = models.CharField("三级事项", max_length=300, blank=True)
    content = models.TextField("公开内容", blank=True)
    basis = models.TextField("公开依据", blank=True)
    due_text = models.CharField("公开时限", max_length=1000, blank=True)
    due = models.JSONField("认出的时限", default=list, blank=True)
    subject = models.CharField("公开主体", max_length=300, blank=True)
    channel_text = models.TextField("公开渠道和载体", blank=True)
    channels = models.JSONField("勾了的渠道", null=True, blank=True)
    audience = models.JSONField("公开对象", null=True, blank=True)
    way = models.JSONField("公开方式", null=True, blank=True)
    levels = models.JSONField("公开层级", null=True, blank=True)
    extra = models.JSONField("别的列", default=dict, blank=True)
    merged = models.JSONField("从上一行合并下来的列", default=list, blank=True)
    duty = models.CharField("对着的法定公开事项", max_length=40, blank=True)
    type = models.CharField("信息类型", max_length=40, blank=True)
    words = models.CharField("标题里的词", max_length=200, blank=True)
    reason = models.CharField("时限变松的理由", max_length=300, blank=True)
    origin = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="copies", verbose_name="引用的区级目录的行"
    )
    is_to_confirm = models.BooleanField("区级目录改了,待确认", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "目录的行"
        ordering = ("standard", "order")
        constraints = [models.UniqueConstraint(fields=["standard", "order"], name="one_row_a_place")]

    def __str__(self) -> str:
        return " / ".join(part for part in (self.level1, self.level2, self.level3) if part) or self.content[:40]

    @cached_property
    def clauses(self) -> list[Clause]:
        """The due clauses, as the law core takes them."""
        return [clause_of(one) for one in self.due]

    @property
    def key(self) -> tuple[str, str, str]:
        """What stays the same from version to version."""
        return self.level1, self.level2, self.level3

    @property
    def is_active_way(self) -> bool:
        """Published of its own accord; a row that is ticked both ways is (按主动算期限)."""
        return not self.way or bool(self.way.get("主动"))


_CLAUSE = ("kind", "n", "unit", "trigger", "presumed", "scope", "period", "month", "day", "on", "quote")


def clause_of(stored: dict) -> Clause:
    """A clause from how it is stored."""
    return Clause(**{name: stored[name] for name in _CLAUSE if name in stored})


class ChargeQuerySet(models.QuerySet):
    def visible_to(self, user):
        """What falls to the units of this person."""
        return self.filter(access.within(user, "standards.view"))

    def counted(self):
        """What counts: not excused with approval."""
        return self.filter(approved_at=None)


class Charge(models.Model):
    """一行归一个单位负责。``state``、``due_on``、``count``、``last_on``、``late``、``why`` 每夜重算(``actions.recount``)。"""

    row = models.ForeignKey(Row, models.CASCADE, related_name="charges", verbose_name="行")
    standard = models.ForeignKey(Standard, models.CASCADE, related_name="charges", verbose_name="目录")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="charges", verbose_name="负责单位")
    state = models.CharField("状态", max_length=10, choices=State.choices(), default=State.EMPTY)
    due_on = models.DateField("下一个到期日", null=True, blank=True)
    count = models.PositiveIntegerField("公开了几件", default=0)
    last_on = models.DateField("最近公开", null=True, blank=True)
    late = models.PositiveIntegerField("迟公开几件", default=0)
    why = models.CharField("为什么", max_length=200, blank=True)
    excuse = models.CharField("不是本单位职责的理由", max_length=300, blank=True)
    excused_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="申明人")
    excused_at = models.DateTimeField("申明时间", null=True)
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="核准人")
    approved_at = models.DateTimeField("核准时间", null=True)

    objects = ChargeQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "责任"
        ordering = ("standard", "row__order", "agency__order")
        constraints = [models.UniqueConstraint(fields=["row", "agency"], name="one_charge_a_row_and_agency")]
        indexes = [
            models.Index(fields=["standard", "agency", "state", "approved_at"], name="charge_matrix"),
            models.Index(fields=["agency", "state", "due_on"], name="charge_by_agency"),
        ]

    def __str__(self) -> str:
        return f"{self.agency}：{self.row}"

    @property
    def look(self) -> str:
        """How the state is drawn."""
        return {State.OK: "ok", State.UNJUDGED: "info", State.LATE: "warn"}.get(
            State.from_value(self.state), "stop"
        )


class Occurrence(models.Model):
    """登记的一件事(批准、调查结束……):从它起算,到期要公开;公开了的填是哪一件。"""

    charge = models.ForeignKey(Charge, models.CASCADE, related_name="occurrences", verbose_name="责任")
    on = models.DateField("哪一天")
    what = models.CharField("什么事", max_length=200)
    due_on = models.DateField("最迟公开", null=True)
    record = models.ForeignKey(
        Record, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="公开的信息"
    )
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="登记人")
    at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = verbose_name_plural = "登记的事"
        ordering = ("-on", "-pk")


class IntakeQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Sheets of the units of this person."""
        return self.filter(access.within(user, "standards.edit"))


class Intake(models.Model):
    """导入的一张表:读出的各行、每列认得出的比率,给人看过、确认了才收进目录。"""

    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name="领域")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="编制单位")
    name = models.CharField("文件名", max_length=200)
    sha256 = models.CharField("散列", max_length=64)
    lines = models.JSONField("各行", default=list)
    columns = models.JSONField("有哪些列", default=list)
    rates = models.JSONField("每列认得出的比率", default=dict)
    skipped = models.JSONField("没有读的行", default=list)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="导入人")
    at = models.DateTimeField("导入时间")
    standard = models.ForeignKey(
        Standard, models.SET_NULL, null=True, related_name="intakes", verbose_name="收进的目录"
    )

    objects = IntakeQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "导入的表"
        ordering = ("-at",)

    def __str__(self) -> str:
        return self.name


class Review(models.Model):
    """一次复审;只增不改。"""

    standard = models.ForeignKey(Standard, models.CASCADE, related_name="reviews", verbose_name="目录")
    cause = models.CharField("缘由", max_length=10, choices=Cause.choices())
    conclusion = models.CharField("结论", max_length=10, choices=Conclusion.choices())
    note = models.CharField("说明", max_length=500)
    on = models.DateField("复审之日")
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="复审人")

    class Meta:
        verbose_name = verbose_name_plural = "复审"
        ordering = ("-on", "-pk")
