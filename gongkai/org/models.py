"""单位与人员:谁公开(Agency)、谁经手(User、Membership)、在哪里查(Place)、做过什么(LogEntry)。"""

from __future__ import annotations

from datetime import date

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse

from gongkai.law import indexnumber
from gongkai.law.agencies import AgencyKind, Role
from gongkai.law.errors import RuleBroken

from . import words


class AgencyQuerySet(models.QuerySet):
    def current(self, on):
        """Agencies that exist on the day ``on`` (not yet merged away)."""
        return self.filter(Q(ended_on=None) | Q(ended_on__gt=on))


class Agency(models.Model):
    """公开单位(条例第四条、第十条、第五十四条、第五十五条)。

    合并、撤销的单位不删除:填 ``ended_on`` 和 ``successor``,历史信息仍归原单位名下。
    """

    code = models.SlugField("单位代码", max_length=20, unique=True)
    name = models.CharField("单位全称", max_length=80, unique=True)
    short_name = models.CharField("简称", max_length=40, blank=True)
    kind = models.CharField("类别", max_length=12, choices=AgencyKind.choices())
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级单位"
    )
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="predecessors", verbose_name="承继单位"
    )
    ended_on = models.DateField("撤并之日", null=True, blank=True)
    uscc = models.CharField("统一社会信用代码", max_length=18, blank=True)
    number_codes = models.JSONField("机关代字", default=list, blank=True)
    letter_code = models.CharField("依申请公开文书代字", max_length=20, blank=True)
    order = models.PositiveSmallIntegerField("排序", default=500)
    duties = models.TextField("机关职能", blank=True)
    leader = models.CharField("负责人姓名", max_length=40, blank=True)
    address = models.CharField("办公地址", max_length=120, blank=True)
    hours = models.CharField("办公时间", max_length=120, blank=True)
    phone = models.CharField("联系电话", max_length=40, blank=True)
    fax = models.CharField("传真", max_length=40, blank=True)
    email = models.EmailField("电子邮箱", blank=True)

    objects = AgencyQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "公开单位"
        ordering = ("order", "code")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("public:agency", args=[self.code])

    def clean(self) -> None:
        """The code must be fit for index numbers; the chain of parents must not come back here."""
        try:
            indexnumber.generate(self.code, date.min, 1)
        except RuleBroken:
            raise ValidationError({"code": "单位代码用两个以上的字母、数字和连字符，好编进索引号。"}) from None
        above, seen = self.parent, set()
        while above and above.pk not in seen:
            if above.pk == self.pk:
                raise ValidationError(
                    {"parent": f"{self.parent}是{self.name}自己或者它的下级，不能作它的上级单位。"}
                )
            seen.add(above.pk)
            above = above.parent


class User(AbstractUser):
    """经办人员。"""

    name = models.CharField("姓名", max_length=40)
    password_is_temporary = models.BooleanField("口令是临时的,登录后须先改", default=False)
    first_name = last_name = None  # type: ignore[assignment]

    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = verbose_name_plural = "人员"
        ordering = ("username",)

    def __str__(self) -> str:
        return self.name or self.username

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name


class Membership(models.Model):
    """任职:某人在某单位担任某岗位。区级岗位挂在区政府办公室名下,对全区行使。"""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships", verbose_name="人员")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="memberships", verbose_name="单位")
    role = models.CharField("岗位", max_length=12, choices=Role.choices())

    class Meta:
        verbose_name = verbose_name_plural = "任职"
        ordering = ("agency__order", "role")
        constraints = [
            models.UniqueConstraint(fields=["user", "agency", "role"], name="one_membership"),
        ]

    def __str__(self) -> str:
        return f"{self.agency} {Role(self.role).label} {self.user}"


class PlaceQuerySet(models.QuerySet):
    def open(self, on):
        """Places that receive the public on the day ``on``."""
        return self.filter(Q(closed_on=None) | Q(closed_on__gt=on))


class Place(models.Model):
    """信息公开查阅点、政务公开体验区(条例第二十五条)。"""

    class Kind(models.TextChoices):
        EXPERIENCE = "experience", "政务公开体验区"
        READING = "reading", "信息查阅点"
        ARCHIVE = "archive", "国家档案馆查阅场所"
        LIBRARY = "library", "公共图书馆查阅场所"

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="places", verbose_name="管理单位")
    name = models.CharField("名称", max_length=80)
    kind = models.CharField("类别", max_length=12, choices=Kind.choices)
    address = models.CharField("地址", max_length=120)
    hours = models.CharField("开放时间", max_length=120)
    phone = models.CharField("联系电话", max_length=40, blank=True)
    services = models.TextField("服务内容", blank=True)
    keeper = models.CharField("责任人", max_length=40, blank=True)
    closed_on = models.DateField("停用之日", null=True, blank=True)

    objects = PlaceQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "查阅点"
        ordering = ("kind", "agency__order", "name")

    def __str__(self) -> str:
        return self.name


class LogHead(models.Model):
    """操作记录链的末端:只有一行,写一条记录就锁住它、往前推一格。"""

    seq = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="")


class LogEntryQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Entries that the user may read: those of the own agencies; for district roles all, also of no agency."""
        from . import access

        return self.filter(access.within(user, "org.log"))

    def about(self, thing):
        """Entries about one object."""
        return self.filter(object_type=thing._meta.label_lower, object_id=str(thing.pk))


class LogEntry(models.Model):
    """操作记录:只增不改,前后以散列相连;由 ``actions.log`` 写入,``gongkai audit verify`` 核验。"""

    seq = models.PositiveBigIntegerField("序号", primary_key=True)
    at = models.DateTimeField("时间", db_index=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="经手人")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+", verbose_name="单位")
    action = models.CharField("动作", max_length=40, db_index=True)
    object_type = models.CharField("对象类别", max_length=40, blank=True)
    object_id = models.CharField("对象编号", max_length=40, blank=True)
    summary = models.CharField("说明", max_length=300)
    detail = models.JSONField("细目", default=dict)
    previous = models.CharField("前一条的散列", max_length=64)
    hash = models.CharField("散列", max_length=64)

    objects = LogEntryQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "操作记录"
        ordering = ("-seq",)
        indexes = [models.Index(fields=["object_type", "object_id", "-seq"], name="log_by_object")]

    def __str__(self) -> str:
        return f"{self.seq} {self.summary}"

    @property
    def action_label(self) -> str:
        """The action in Chinese."""
        return words.action(self.action)

    def save(self, **options: object) -> None:
        """Insert only; the database's triggers stand behind this for bulk updates and raw SQL."""
        if not self._state.adding:
            raise TypeError("操作记录只增不改")
        super().save(**{**options, "force_insert": True})

    def delete(self, *args: object, **options: object) -> None:
        raise TypeError("操作记录不能删除")


class KeyCheck(models.Model):
    """验证密钥用的一行:钥匙文件同库里的密文是不是一套(``org.vault``)。"""

    VAULT, SECRET = "vault", "secret"

    name = models.CharField("哪一种密钥", max_length=20, unique=True)
    token = models.TextField("用它算出的")

    class Meta:
        verbose_name = verbose_name_plural = "密钥的验证"

    def __str__(self) -> str:
        return self.name


class Submission(models.Model):
    """收下过的一张表(``org.once``):记号和内容都只存散列,回执是密文,两天以后删去。"""

    mark = models.CharField("表单记号的散列", max_length=64, unique=True)
    content = models.CharField("内容的散列", max_length=64)
    answer = models.TextField("回执(密文)", blank=True)
    at = models.DateTimeField("收下的时间", db_index=True)

    class Meta:
        verbose_name = verbose_name_plural = "收下过的表"

    def __str__(self) -> str:
        return self.mark[:12]


class Heartbeat(models.Model):
    """后台每一项的心跳:定时任务全区一行,跟读操作记录的每个节点一行。"""

    name = models.CharField("名称", max_length=60)
    node = models.CharField("节点", max_length=60, blank=True)
    succeeded_at = models.DateTimeField("上次做完", null=True)
    said = models.CharField("结果", max_length=300, blank=True)
    done_through = models.DateField("已做到哪一天", null=True)
    failed_at = models.DateTimeField("上次出错", null=True)
    failures = models.PositiveIntegerField("连续出错次数", default=0)
    error = models.CharField("错误", max_length=300, blank=True)
    leased_until = models.DateTimeField("占用到", null=True)
    leased_by = models.CharField("占用的节点", max_length=60, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "后台任务的心跳"
        constraints = [models.UniqueConstraint(fields=["name", "node"], name="one_heartbeat")]

    def __str__(self) -> str:
        return f"{self.name} {self.node}".strip()


# 最后才引:密文列要先有上面的核对行。
from .drawings import Drawing as Drawing  # noqa: E402
