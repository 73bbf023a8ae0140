"""使用:受限数据的申请、需求、利用成果、评价、接口的钥匙、用量、报告里引的数。"""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from django.urls import reverse

from gongkai.desk.seen import mark
from gongkai.org import access
from gongkai.org.models import Agency, User
from gongkai.org.sealed import SealedJSONField
from gongkai.records.models import Record

from ..terms import ApplicationState, Channel, DemandOutcome, DemandState, UseKind, UseState
from .catalogue import Dataset, Version


class ApplicationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Applications for data of the units of this person."""
        return self.filter(access.within(user, "opendata.grant", "dataset__agency"))


class Application(models.Model):
    """一份受限数据的申请。申请人和联系方式是密文;``due_on`` 由法律核心算出,存下来只为排序。"""

    number = models.CharField("编号", max_length=40, unique=True)
    code = models.CharField("查询码散列", max_length=64)
    dataset = models.ForeignKey(Dataset, models.PROTECT, related_name="applications", verbose_name="数据集")
    contact = SealedJSONField("申请人和联系方式", default=dict, blank=True)
    purpose = models.TextField("用途")
    place = models.CharField("用在哪里", max_length=200)
    months = models.PositiveSmallIntegerField("使用期限（月）")
    safeguards = models.TextField("怎样保管")
    state = models.CharField(
        "环节", max_length=10, choices=ApplicationState.choices(), default=ApplicationState.RECEIVED
    )
    received_at = models.DateTimeField("收到")
    due_on = models.DateField("应办结日")
    decided_at = models.DateTimeField("审核", null=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="审核人")
    reason = models.TextField("理由", blank=True)
    terms = models.TextField("另外的条件", blank=True)
    expires_on = models.DateField("使用到", null=True)
    ended_on = models.DateField("终止", null=True)
    destroy_by = models.DateField("最迟销毁", null=True)
    destroyed_on = models.DateField("销毁", null=True)
    taken = models.PositiveIntegerField("下载次数", default=0)
    revision = models.PositiveIntegerField("修订号", default=1)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "受限数据的申请"
        ordering = ("due_on", "pk")
        indexes = [models.Index(fields=["state", "due_on"], name="application_by_due")]

    def __str__(self) -> str:
        return self.number

    @property
    def mark(self) -> str:
        return mark("data-application", self.pk, self.revision, self.state)

    def is_live(self, on: date) -> bool:
        """Whether the data may be taken on this day."""
        return self.state == ApplicationState.GRANTED and self.expires_on is not None and on <= self.expires_on


class DemandQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Demands for the units of this person."""
        return self.filter(access.within(user, "opendata.demand"))

    def shown(self):
        """Answered ones, that everybody may read."""
        return self.filter(state=DemandState.ANSWERED)


class Demand(models.Model):
    """一件数据需求;回应都公开,公开的写法隐去了个人信息。"""

    number = models.CharField("编号", max_length=40, unique=True)
    code = models.CharField("查询码散列", max_length=64)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="data_demands", verbose_name="回应单位")
    title = models.CharField("要什么数据", max_length=60)
    text = models.TextField("做什么用")
    contact = SealedJSONField("称呼和联系方式", default=dict, blank=True)
    state = models.CharField("环节", max_length=10, choices=DemandState.choices(), default=DemandState.RECEIVED)
    received_at = models.DateTimeField("收到")
    due_on = models.DateField("应回应日")
    outcome = models.CharField("回应", max_length=10, choices=DemandOutcome.choices(), blank=True)
    reply = models.TextField("说明", blank=True)
    dataset = models.ForeignKey(
        Dataset, models.PROTECT, null=True, blank=True, related_name="demands", verbose_name="对应的数据集"
    )
    answered_at = models.DateTimeField("回应时间", null=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="回应人")

    objects = DemandQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "数据需求"
        ordering = ("-received_at", "-pk")

    def __str__(self) -> str:
        return self.number


class Use(models.Model):
    """一项利用成果,写明用了哪些数据集。"""

    title = models.CharField("名称", max_length=60)
    kind = models.CharField("种类", max_length=10, choices=UseKind.choices())
    maker = models.CharField("谁做的", max_length=60)
    url = models.URLField("网址", blank=True)
    text = models.TextField("说明")
    datasets = models.ManyToManyField(Dataset, related_name="uses", verbose_name="用了哪些数据集")
    state = models.CharField("环节", max_length=10, choices=UseState.choices(), default=UseState.PROPOSED)
    at = models.DateTimeField("交来")
    decided_at = models.DateTimeField("核对", null=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="核对人")
    reason = models.CharField("没有展示的理由", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "利用成果"
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return self.title


class Rating(models.Model):
    """一个评价;不记是谁。"""

    dataset = models.ForeignKey(Dataset, models.CASCADE, related_name="ratings", verbose_name="数据集")
    stars = models.PositiveSmallIntegerField("几星")
    note = models.CharField("哪里要改", max_length=300, blank=True)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "评价"
        ordering = ("-at", "-pk")
        constraints = [models.CheckConstraint(condition=Q(stars__gte=1, stars__lte=5), name="data_rating_of_five")]


class Key(models.Model):
    """一把接口的钥匙:一个应用一把,库里只有散列;换了新的旧的就不能用。"""

    application = models.CharField("应用", max_length=60)
    contact = SealedJSONField("联系方式", default=dict, blank=True)
    hint = models.CharField("钥匙的头几位", max_length=12)
    digest = models.CharField("散列", max_length=64, unique=True)
    made_at = models.DateTimeField("发出")
    rotated_at = models.DateTimeField("更换", null=True)
    revoked_at = models.DateTimeField("停用", null=True)
    revoked_reason = models.CharField("停用的理由", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "接口钥匙"
        ordering = ("-made_at", "-pk")

    def __str__(self) -> str:
        return f"{self.application}（{self.hint}……）"


class Usage(models.Model):
    """一天、一个数据集、一条渠道用了多少;本站自己的、爬虫的另记,不进数。``speed`` 是各档耗时的次数。"""

    day = models.DateField("日期")
    dataset = models.ForeignKey(Dataset, models.CASCADE, related_name="usage", verbose_name="数据集")
    channel = models.CharField("渠道", max_length=10, choices=Channel.choices())
    n = models.PositiveIntegerField("次数", default=0)
    failed = models.PositiveIntegerField("没有办成", default=0)
    internal = models.PositiveIntegerField("本站和爬虫", default=0)
    speed = models.JSONField("耗时", default=list)

    class Meta:
        verbose_name = verbose_name_plural = "用量"
        constraints = [models.UniqueConstraint(fields=["dataset", "day", "channel"], name="usage_of_a_day")]
        indexes = [models.Index(fields=["day", "channel"], name="usage_by_day")]


class Citation(models.Model):
    """报告(一件信息)里的一个数引自哪一版数据;数据换了新版,报告的页上看得到。"""

    record = models.ForeignKey(Record, models.CASCADE, related_name="data_citations", verbose_name="报告")
    version = models.ForeignKey(Version, models.PROTECT, related_name="citations", verbose_name="数据版本")
    text = models.CharField("报告里怎样说", max_length=120)
    how = models.CharField("怎样从数据得出", max_length=200)
    found = models.CharField("同数据对得上的", max_length=200, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="登记人")
    at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = verbose_name_plural = "引用的数据"
        ordering = ("record", "pk")

    def get_absolute_url(self) -> str:
        return reverse("public:opendata_version", args=[self.version.dataset_id, self.version.number])
