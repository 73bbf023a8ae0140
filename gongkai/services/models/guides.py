"""办事指南:一个单位的一个事项(``Guide``),和它的各版(``Version``,要素表逐项成列)。"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse

from gongkai.desk.seen import mark
from gongkai.law.guides import Limit, Unit
from gongkai.org import access
from gongkai.org.models import Agency, User

from .. import shape
from ..terms import (
    SHOWN,
    Audience,
    BodyKind,
    CaseType,
    GuideState,
    ItemType,
    Level,
    Online,
    Power,
    ResultKind,
    Stage,
    Theme,
)


class GuideQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Guides of the units of this person."""
        return self.filter(access.within(user, "services.view"))

    def shown(self):
        """What the public may read."""
        return self.filter(state__in=SHOWN)


class Guide(models.Model):
    """一个单位办的一个事项。名称、编码、主题抄自公布的一版,列表不用读正文。"""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="guides", verbose_name="实施主体")
    name = models.CharField("事项名称", max_length=120)
    code = models.CharField("实施编码", max_length=60, blank=True)
    theme = models.CharField("主题", max_length=12, choices=Theme.choices(), blank=True)
    audiences = models.JSONField("服务对象", default=list, blank=True)
    state = models.CharField("现在", max_length=10, choices=GuideState.choices(), default=GuideState.NEW)
    state_note = models.CharField("暂停、取消的原因和以后怎么办", max_length=300, blank=True)
    score = models.PositiveSmallIntegerField("完整度", default=0)
    stops = models.PositiveSmallIntegerField("要改的处数", default=0)
    verified_on = models.DateField("核对日期", null=True)
    published_at = models.DateTimeField("公布时间", null=True)
    revision = models.PositiveIntegerField("修订号", default=1)

    objects = GuideQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "办事指南"
        ordering = ("agency__order", "name", "pk")
        indexes = [
            models.Index(fields=["state", "theme"], name="guide_by_theme"),
            models.Index(fields=["agency", "state"], name="guide_by_agency"),
            models.Index(fields=["code"], name="guide_by_code"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("public:service_guide", args=[self.pk])

    @property
    def mark(self) -> str:
        """Tells this state of the guide from any other (``desk.seen``)."""
        return mark("guide", self.pk, self.revision, self.state)

    @property
    def live(self) -> Version | None:
        return self.versions.filter(stage=Stage.LIVE).first()

    @property
    def draft(self) -> Version | None:
        return self.versions.filter(stage=Stage.DRAFT).first()

    @property
    def audience_labels(self) -> list[str]:
        labels = dict(Audience.choices())
        return [labels[one] for one in self.audiences if one in labels]


class Version(models.Model):
    """指南的一版。成串的要素(依据、情形、材料、环节、收费)的样子在 ``shape``。"""

    guide = models.ForeignKey(Guide, models.CASCADE, related_name="versions", verbose_name="事项")
    number = models.PositiveSmallIntegerField("第几版")
    stage = models.CharField("哪一版", max_length=6, choices=Stage.choices(), default=Stage.DRAFT)
    # 身份
    name = models.CharField("事项名称", max_length=120)
    code = models.CharField("实施编码", max_length=60, blank=True)
    item_type = models.CharField("事项类型", max_length=14, choices=ItemType.choices(), blank=True)
    body_kind = models.CharField("实施主体性质", max_length=12, choices=BodyKind.choices(), blank=True)
    entrusted_by = models.CharField("委托部门", max_length=80, blank=True)
    power = models.CharField("权力来源", max_length=16, choices=Power.choices(), blank=True)
    level = models.CharField("行使层级", max_length=10, choices=Level.choices(), blank=True)
    audiences = models.JSONField("服务对象", default=list, blank=True)
    theme = models.CharField("主题", max_length=12, choices=Theme.choices(), blank=True)
    case_type = models.CharField("办件类型", max_length=10, choices=CaseType.choices(), blank=True)
    bases = models.JSONField("依据", default=list, blank=True)
    # 能不能办、带什么
    conditions = models.TextField("受理条件", blank=True)
    quantity = models.CharField("数量限制", max_length=120, blank=True)
    situations = models.JSONField("情形", default=list, blank=True)
    materials = models.JSONField("材料", default=list, blank=True)
    no_materials = models.BooleanField("不用交材料", default=False)
    # 多久
    legal_n = models.PositiveSmallIntegerField("法定时限", null=True, blank=True)
    legal_unit = models.CharField("法定时限的单位", max_length=8, choices=Unit.choices(), blank=True)
    legal_note = models.CharField("法定时限的依据", max_length=200, blank=True)
    promise_n = models.PositiveSmallIntegerField("承诺时限", null=True, blank=True)
    promise_unit = models.CharField("承诺时限的单位", max_length=8, choices=Unit.choices(), blank=True)
    promise_note = models.CharField("承诺时限的说明", max_length=200, blank=True)
    excluded = models.TextField("不计入时限的环节", blank=True)
    steps = models.JSONField("办理流程", default=list, blank=True)
    # 收费
    charged = models.BooleanField("收不收费", null=True)
    fees = models.JSONField("收费项目", default=list, blank=True)
    # 结果
    result = models.CharField("办理结果", max_length=120, blank=True)
    result_kind = models.CharField("结果的种类", max_length=12, choices=ResultKind.choices(), blank=True)
    result_sample = models.CharField("结果样本", max_length=300, blank=True)
    validity = models.CharField("结果的有效期", max_length=120, blank=True)
    certificate = models.CharField("证照种类", max_length=30, blank=True)
    delivery = models.CharField("怎样送达", max_length=200, blank=True)
    # 去哪里、问谁
    online = models.CharField("网上办理", max_length=8, choices=Online.choices(), blank=True)
    online_url = models.URLField("网上办理的网址", max_length=300, blank=True)
    visits = models.PositiveSmallIntegerField("到现场次数", null=True, blank=True)
    visits_reason = models.CharField("到现场的原因", max_length=200, blank=True)
    place = models.CharField("办理地点", max_length=200, blank=True)
    window = models.CharField("窗口", max_length=80, blank=True)
    hours = models.CharField("办理时间", max_length=200, blank=True)
    consult = models.CharField("咨询电话", max_length=120, blank=True)
    complaint = models.CharField("投诉电话", max_length=120, blank=True)
    complaint_ways = models.CharField("别的投诉渠道", max_length=300, blank=True)
    remedy = models.TextField("救济途径", blank=True)
    scopes = models.CharField("通办范围", max_length=120, blank=True)
    effective_on = models.DateField("计划生效日期", null=True, blank=True)
    cancel_on = models.DateField("计划取消日期", null=True, blank=True)
    # 谁、何时
    source = models.CharField("来自", max_length=200, blank=True)
    original = models.TextField("导入的原文", blank=True)
    saved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="起草人")
    saved_at = models.DateTimeField("起草时间")
    published_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="公布人")
    published_at = models.DateTimeField("公布时间", null=True)
    change_note = models.CharField("改了什么", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "指南的一版"
        ordering = ("guide", "-number")
        constraints = [
            models.UniqueConstraint(fields=["guide", "number"], name="guide_version_number"),
            models.UniqueConstraint(fields=["guide"], condition=Q(stage="live"), name="one_live_version"),
            models.UniqueConstraint(fields=["guide"], condition=Q(stage="draft"), name="one_draft_version"),
        ]

    def __str__(self) -> str:
        return f"{self.name}（第{self.number}版）"

    @property
    def legal(self) -> Limit | None:
        return shape.stated(self.legal_n, self.legal_unit)

    @property
    def promise(self) -> Limit | None:
        return shape.stated(self.promise_n, self.promise_unit)

    @property
    def basis_rows(self) -> list[shape.Basis]:
        return shape.read_all(shape.Basis, self.bases)

    @property
    def material_rows(self) -> list[shape.Material]:
        return shape.read_all(shape.Material, self.materials)

    @property
    def situation_rows(self) -> list[shape.Situation]:
        return shape.read_all(shape.Situation, self.situations)

    @property
    def step_rows(self) -> list[shape.Step]:
        return shape.read_all(shape.Step, self.steps)

    @property
    def fee_rows(self) -> list[shape.Fee]:
        return shape.read_all(shape.Fee, self.fees)

    @property
    def condition_lines(self) -> list[str]:
        return [one.strip() for one in self.conditions.splitlines() if one.strip()]


#: 一版里由人填的列;抄成新的一版、比较两版都按它。
CONTENT = tuple(
    field.name
    for field in Version._meta.concrete_fields
    if field.name
    not in {
        "id",
        "guide",
        "number",
        "stage",
        "saved_by",
        "saved_at",
        "published_by",
        "published_at",
        "change_note",
        "source",
        "original",
    }
)
