"""台账:网站和政务新媒体账号,它们走过的每一步、网站的栏目、账号的推文。"""

from __future__ import annotations

from datetime import date

from django.db import models
from django.urls import reverse

from gongkai.desk.seen import mark
from gongkai.law import outlets as law
from gongkai.law.indicators import Subject
from gongkai.law.outlets import ONLINE, Platform, State, Step
from gongkai.org import access
from gongkai.org.models import Agency, User
from gongkai.records.models import Record

from .. import terms


class OutletQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The outlets of this person's units."""
        return self.filter(access.within(user, "inspections.view"))

    def online(self):
        """What the public can reach."""
        return self.filter(state__in=ONLINE)

    def sites(self):
        """Web sites only."""
        return self.filter(platform=Platform.SITE)

    def accounts(self):
        """Everything but web sites."""
        return self.exclude(platform=Platform.SITE)


class Outlet(models.Model):
    """一个网站或者账号(阵地)。``state`` 只由 ``actions.move`` 改;关停公告的五样在 ``basis`` 到 ``instead``。"""

    platform = models.CharField("平台", max_length=10, choices=Platform.choices())
    name = models.CharField("名称", max_length=80)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="outlets", verbose_name="主办单位")
    url = models.CharField("网址", max_length=300, blank=True)
    handle = models.CharField("账号（微信号、ID）", max_length=60, blank=True)
    subject = models.CharField("认证主体", max_length=80, blank=True)
    state = models.CharField("状态", max_length=12, choices=State.choices(), default=State.PLANNED)
    purpose = models.TextField("为什么开设", blank=True)
    is_own = models.BooleanField("就是本软件办的这个网站", default=False)
    serves_nobody = models.BooleanField("没有对外服务职能", default=False)
    id_code = models.CharField("网站标识码", max_length=12, blank=True)
    icp = models.CharField("ICP备案号", max_length=40, blank=True)
    police = models.CharField("公安备案号", max_length=40, blank=True)
    filing = models.CharField("报送系统备案号", max_length=40, blank=True)
    head = models.CharField("分管负责人", max_length=40, blank=True)
    keeper = models.CharField("责任编辑", max_length=80, blank=True)
    security = models.CharField("安全联系人", max_length=40, blank=True)
    phone = models.CharField("联系电话", max_length=30, blank=True)
    certified_until = models.DateField("认证到期日", null=True, blank=True)
    opened_on = models.DateField("开通之日", null=True, blank=True)
    updated_on = models.DateField("最近更新", null=True, blank=True)
    original_on = models.DateField("最近一条原创", null=True, blank=True)
    basis = models.CharField("关停依据", max_length=300, blank=True)
    stop_on = models.DateField("停止发布之日", null=True, blank=True)
    cancel_on = models.DateField("启动注销之日", null=True, blank=True)
    instead = models.CharField("替代渠道", max_length=200, blank=True)
    notice = models.ForeignKey(
        Record, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="关停公告"
    )
    closed_on = models.DateField("注销之日", null=True, blank=True)
    revision = models.PositiveIntegerField("修订号", default=1)

    objects = OutletQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "网站和政务新媒体"
        ordering = ("agency", "platform", "name", "pk")
        indexes = [models.Index(fields=["state", "platform"], name="outlet_by_state")]
        constraints = [
            models.UniqueConstraint(fields=["is_own"], condition=models.Q(is_own=True), name="one_own_site"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("desk:inspections_outlet", args=[self.pk])

    @property
    def kind(self) -> Subject:
        """By which table it is checked."""
        return Subject.SITE if self.platform == Platform.SITE else Subject.ACCOUNT

    @property
    def mark(self) -> str:
        """Tells this state of the row from any other (``desk.seen``)."""
        return mark("outlet", self.pk, self.revision, self.state)

    @property
    def closing(self) -> law.Notice:
        """The five elements of the notice of its closure."""
        names = f"{self.name}（{self.get_platform_display()}）" if self.name else ""
        return law.Notice(self.basis, names, self.stop_on, self.cancel_on, self.instead)

    def update_due(self, on: date) -> date | None:
        """By when the next update is due; None before it runs, after it ends, or where no update is known."""
        if not law.owes_updates(State.from_value(self.state)) or self.updated_on is None:
            return None
        return law.update_due(Platform.from_value(self.platform), self.updated_on, on)


class Move(models.Model):
    """走过的一步:经办、审批、文书、回执;只增不改。"""

    outlet = models.ForeignKey(Outlet, models.CASCADE, related_name="moves", verbose_name="阵地")
    step = models.CharField("哪一步", max_length=10, choices=Step.choices())
    before = models.CharField("原来", max_length=12, choices=State.choices())
    after = models.CharField("后来", max_length=12, choices=State.choices())
    note = models.TextField("说明", blank=True)
    paper = models.CharField("文书号、回执号", max_length=80, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="经办人")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "阵地的一步"
        ordering = ("at", "pk")


class Column(models.Model):
    """一个网站的栏目和它的更新周期:``days`` 是本地口径,空的只按国办口径。"""

    site = models.ForeignKey(Outlet, models.CASCADE, related_name="columns", verbose_name="网站")
    name = models.CharField("栏目", max_length=80)
    url = models.CharField("网址", max_length=300)
    kind = models.CharField(
        "类别", max_length=16, choices=terms.ColumnKind.choices(), default=terms.ColumnKind.OTHER
    )
    level = models.PositiveSmallIntegerField("几级栏目", default=1)
    days = models.PositiveSmallIntegerField("本地口径多少天更新", null=True, blank=True)
    exempt = models.CharField("不考核更新的理由", max_length=100, blank=True)
    latest_on = models.DateField("最近更新", null=True, blank=True)
    count = models.PositiveIntegerField("条数", null=True, blank=True)
    checked_at = models.DateTimeField("查看时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "栏目"
        ordering = ("level", "pk")
        constraints = [models.UniqueConstraint(fields=["site", "name"], name="one_column_a_name")]

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """账号发布的一条,来自报送系统或者平台的导出表;不记点赞、关注、阅读数。"""

    outlet = models.ForeignKey(Outlet, models.CASCADE, related_name="posts", verbose_name="账号")
    on = models.DateField("日期")
    title = models.CharField("标题", max_length=200)
    url = models.CharField("链接", max_length=300, blank=True)
    kind = models.CharField("种类", max_length=16, choices=terms.PostKind.choices(), default=terms.PostKind.OTHER)
    source = models.CharField("转载来源", max_length=80, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "推文"
        ordering = ("-on", "-pk")
        indexes = [models.Index(fields=["outlet", "-on"], name="post_by_day")]
        constraints = [models.UniqueConstraint(fields=["outlet", "on", "title"], name="one_post_once")]

    def __str__(self) -> str:
        return self.title
