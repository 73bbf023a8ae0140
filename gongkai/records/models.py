"""政府信息:一件信息(Record)、它的各个版本(Edition)、附件、审核、撤下和相互关系。

一件信息在列表里只占一行窄表;正文在版本里。任何时候至多一个在办版本、一个公开版本,由数据库约束保证。
"""

from __future__ import annotations

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from gongkai.desk.seen import mark
from gongkai.law.openness import Openness
from gongkai.org import access
from gongkai.org.models import Agency, User

from .models_duties import Absence as Absence
from .models_duties import Urge as Urge
from .terms import OPEN_STAGES, RelationKind, ReviewKind, Stage, Verdict, WithdrawalKind


class Description(models.Model):
    """公文要素(GB/T 9704、条例第十二条目录要素)。版本里有一份,签发时抄到信息上,列表只读信息。"""

    title = models.CharField("标题", max_length=300)
    issuers = models.JSONField("联合发文机关", default=list, blank=True)
    doc_number = models.CharField("文号", max_length=80, blank=True)
    subject = models.CharField("主题分类", max_length=80, blank=True)
    genre = models.CharField("体裁", max_length=20, blank=True)
    addressee = models.CharField("主送机关", max_length=300, blank=True)
    summary = models.TextField("内容概述", blank=True)
    keywords = models.CharField("关键词", max_length=200, blank=True)
    source = models.CharField("信息来源", max_length=80, blank=True)
    made_on = models.DateField("成文日期", null=True, blank=True)
    effective_on = models.DateField("施行日期", null=True, blank=True)
    expires_on = models.DateField("有效期至", null=True, blank=True)
    first_published_on = models.DateField("原发布日期", null=True, blank=True)
    openness = models.CharField("公开属性", max_length=12, choices=Openness.choices(), default=Openness.ACTIVE)
    ground = models.CharField("不予公开的理由", max_length=40, blank=True)
    ground_note = models.TextField("不予公开的说明", blank=True)
    fields = models.JSONField("本类信息的专门要素", default=dict, blank=True)

    class Meta:
        abstract = True

    @classmethod
    def description_fields(cls) -> list[str]:
        """Names of the columns that an edition hands on to its record."""
        return [field.name for field in Description._meta.get_fields()]


def is_public_at(at, prefix=""):
    """The condition of what the public may read at a moment: signed, due, proactive, not withdrawn from sight.

    Args:
        prefix: the way to the record from another table (``record__``), for a join instead of a subquery.
    """
    shown = {"published_at__lte": at, "openness": Openness.ACTIVE, "withdrawn__in": ("", WithdrawalKind.REPEALED)}
    return Q(**{f"{prefix}{name}": value for name, value in shown.items()})


def binds_on(on, prefix=""):
    """The condition of a text that binds on a day, by its dates; the same rule as ``validity.validity_on`` for 有效 and 已修改.

    Args:
        prefix: as for ``is_public_at``.
    """
    condition = Q()
    for column, how in (("effective_on", "lte"), ("expires_on", "gte"), ("repealed_on", "gt")):
        condition &= Q(**{f"{prefix}{column}": None}) | Q(**{f"{prefix}{column}__{how}": on})
    return condition


class RecordQuerySet(models.QuerySet):
    def public(self, at):
        """What the public may read at the moment ``at`` (``is_public_at``)."""
        return self.filter(is_public_at(at))

    def visible_to(self, user):
        """Rows that the user may see at the desk: the own agencies', or all for district roles."""
        return self.filter(access.within(user, "records.view"))

    def in_stage(self, *stages):
        return self.filter(Exists(Edition.objects.filter(record=OuterRef("pk"), stage__in=stages)))

    def withheld(self):
        """Information that the agency does not publish of its own accord (不予公开、依申请公开)."""
        return self.exclude(openness=Openness.ACTIVE)

    def in_force(self, on):
        """Rows whose text binds on the day ``on`` (``binds_on``)."""
        return self.filter(binds_on(on))


class Record(Description):
    """政府信息(条例第二条)。

    ``publication_due_on``(条例第二十六条算出的最迟公开日)、``due_provisional``(日历还没有放假通知,暂按周末推定)、
    ``late``(迟于最迟公开日才公开)、``repealed_on``、文号三列、``withdrawn`` 都是算出来的,存下来只为排序和计数,
    只由 ``actions`` 写入。``published_at`` 可以在将来(定时发布):是否公开是当前时刻的函数,见 ``RecordQuerySet.public``。
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="records", verbose_name="发布机构")
    type = models.CharField("信息类型", max_length=40, db_index=True)
    duty = models.CharField("法定公开事项", max_length=40, blank=True, db_index=True)
    index_number = models.CharField("索引号", max_length=64, unique=True)
    number_code = models.CharField("机关代字", max_length=40, blank=True)
    number_year = models.PositiveSmallIntegerField("文号年份", null=True)
    number_seq = models.PositiveIntegerField("文号顺序号", null=True)
    published_at = models.DateTimeField("发布时间", null=True, blank=True)
    updated_at = models.DateTimeField("最近变动", null=True)
    publication_due_on = models.DateField("最迟公开日", null=True)
    due_provisional = models.BooleanField("最迟公开日是推定的", default=False)
    late = models.BooleanField("迟公开", default=False)
    year = models.PositiveSmallIntegerField("年份", null=True)
    repealed_on = models.DateField("废止或者失效之日", null=True)
    withdrawn = models.CharField("撤下", max_length=12, blank=True, default="", choices=WithdrawalKind.choices())
    fingerprint = models.CharField("来件指纹", max_length=64, blank=True, db_index=True)
    origin = models.CharField("来件文件名", max_length=200, blank=True)

    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "政府信息"
        ordering = ("-published_at", "-pk")
        indexes = [
            models.Index(fields=["-published_at", "-id"], name="record_newest"),
            models.Index(fields=["agency", "-published_at", "-id"], name="record_by_agency"),
            models.Index(fields=["duty", "-published_at", "-id"], name="record_by_duty"),
            models.Index(fields=["type", "-published_at", "-id"], name="record_by_type"),
            models.Index(fields=["year", "-published_at", "-id"], name="record_by_year"),
            models.Index(fields=["number_code", "number_year", "number_seq"], name="record_number"),
            models.Index(fields=["expires_on"], name="record_expires"),
            models.Index(fields=["-updated_at", "-id"], name="record_recent"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("public:record", args=[self.pk])

    def is_public(self, at) -> bool:
        """Whether the public may read it at ``at``; the same rule as ``RecordQuerySet.public``."""
        return (
            self.published_at is not None
            and self.published_at <= at
            and self.openness == Openness.ACTIVE
            and self.withdrawn in ("", WithdrawalKind.REPEALED)
        )

    @property
    def live(self) -> Edition | None:
        return self.editions.filter(stage=Stage.LIVE).first()

    @property
    def draft(self) -> Edition | None:
        """The edition in hand (在办版本), if any."""
        return self.editions.filter(stage__in=OPEN_STAGES).first()


class Edition(Description):
    """一件信息的一个版本:正文、要素和办到哪一步。"""

    record = models.ForeignKey(Record, models.CASCADE, related_name="editions", verbose_name="信息")
    nth = models.PositiveSmallIntegerField("版次", default=1)
    stage = models.CharField("环节", max_length=12, choices=Stage.choices(), default=Stage.DRAFT)
    body = models.TextField("正文", blank=True)
    text = models.TextField("正文纯文本", blank=True)
    publish_at = models.DateTimeField("定时发布", null=True, blank=True)
    change_note = models.CharField("更正说明", max_length=300, blank=True)
    author = models.ForeignKey(User, models.PROTECT, db_index=False, related_name="+", verbose_name="起草人")
    created_at = models.DateTimeField("起草时间")
    saved_at = models.DateTimeField("最近保存")
    saved_by = models.ForeignKey(User, models.PROTECT, db_index=False, related_name="+", verbose_name="最近保存人")
    revision = models.PositiveIntegerField("修订号", default=1)
    signed_at = models.DateTimeField("签发时间", null=True)
    editors = models.ManyToManyField(User, related_name="+", verbose_name="动过笔的人")

    class Meta:
        verbose_name = verbose_name_plural = "版本"
        ordering = ("record", "-nth")
        constraints = [
            models.UniqueConstraint(fields=["record", "nth"], name="one_edition_a_number"),
            models.UniqueConstraint(fields=["record"], condition=Q(stage=Stage.LIVE), name="one_live_edition"),
            models.UniqueConstraint(
                fields=["record"], condition=Q(stage__in=sorted(OPEN_STAGES)), name="one_open_edition"
            ),
        ]
        indexes = [
            models.Index(fields=["stage", "-saved_at"], name="edition_by_stage"),
            models.Index(fields=["record", "stage"], name="edition_of_record"),
            models.Index(fields=["author", "stage"], name="edition_of_author"),
        ]

    def __str__(self) -> str:
        return f"{self.title}(第{self.nth}版)"

    @property
    def mark(self) -> str:
        """Tells this revision of this edition from every other (``desk.seen``)."""
        return mark("edition", self.pk, self.revision)


class Attachment(models.Model):
    """附件。文件按内容散列存在资料目录里,同一份内容只存一次;新版本抄下这一行,不抄文件。"""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="attachments", verbose_name="版本")
    name = models.CharField("文件名", max_length=200)
    sha256 = models.CharField("散列", max_length=64, db_index=True)
    size = models.PositiveBigIntegerField("字节数")
    kind = models.CharField("文件类型", max_length=12)
    findings = models.JSONField("检查提示", default=list)
    position = models.PositiveSmallIntegerField("顺序", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "附件"
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.name


class Review(models.Model):
    """审核意见:哪一道、谁、什么结论、针对哪一次修订。只增不改。"""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="reviews", verbose_name="版本")
    kind = models.CharField("环节", max_length=12, choices=ReviewKind.choices())
    verdict = models.CharField("结论", max_length=12, choices=Verdict.choices())
    opinion = models.TextField("意见", blank=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="审核人")
    outsider = models.CharField("外部审核人", max_length=60, blank=True)
    at = models.DateTimeField("时间")
    revision = models.PositiveIntegerField("针对的修订号")
    valid = models.BooleanField("仍然有效", default=True)
    #: 送审人逐条核对过的“请核对”:``[{"code", "message", "reason"}]``。
    confirmed = models.JSONField("送审人核对过的提示", default=list, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "审核意见"
        ordering = ("at", "pk")


class Invitation(models.Model):
    """请外部人员(法律顾问、专家)看一次的链接;只存散列,用过、到期、发布后作废。"""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="invitations", verbose_name="版本")
    digest = models.CharField("口令散列", max_length=64, unique=True)
    name = models.CharField("受邀人", max_length=60)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="邀请人")
    created_at = models.DateTimeField("邀请时间")
    expires_at = models.DateTimeField("到期时间")
    used_at = models.DateTimeField("使用时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "外部审核邀请"


class Withdrawal(models.Model):
    """撤下:分四种,各有必填;撤下和恢复都留痕。"""

    record = models.ForeignKey(Record, models.CASCADE, related_name="withdrawals", verbose_name="信息")
    kind = models.CharField("种类", max_length=12, choices=WithdrawalKind.choices())
    reason = models.TextField("原因")
    basis = models.CharField("依据", max_length=200, blank=True)
    on = models.DateField("自何日起")
    successor = models.ForeignKey(
        Record, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="承继信息"
    )
    address = models.URLField("新地址", blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="经手人")
    at = models.DateTimeField("时间")
    lifted_at = models.DateTimeField("恢复时间", null=True)
    lifted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="恢复经手人")
    lifted_reason = models.CharField("恢复原因", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "撤下"
        ordering = ("-at",)


class Relation(models.Model):
    """两件信息的关系,两边各有说法(修改/被修改、解读/被解读……)。"""

    source = models.ForeignKey(Record, models.CASCADE, related_name="relations_out", verbose_name="本件")
    target = models.ForeignKey(Record, models.CASCADE, related_name="relations_in", verbose_name="对方")
    kind = models.CharField("关系", max_length=12, choices=RelationKind.choices())
    note = models.CharField("说明", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "关系"
        constraints = [
            models.UniqueConstraint(fields=["source", "target", "kind"], name="one_relation"),
            models.CheckConstraint(condition=~Q(source=models.F("target")), name="no_relation_to_itself"),
        ]

    @property
    def inverse_label(self) -> str:
        """How the target speaks of the source (被修改于、解读材料……)."""
        return RelationKind(self.kind).inverse


class Reassessment(models.Model):
    """不予公开信息的年度评估审查(条例第十八条,五年方案任务一)。"""

    class Outcome(models.TextChoices):
        KEEP = "keep", "维持不予公开"
        OPEN = "open", "转为主动公开"
        PART = "part", "区分处理后部分公开"

    record = models.ForeignKey(Record, models.CASCADE, related_name="reassessments", verbose_name="信息")
    year = models.PositiveSmallIntegerField("评估年度")
    outcome = models.CharField("结论", max_length=8, choices=Outcome.choices)
    reason = models.TextField("理由")
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="经手人")
    at = models.DateTimeField("时间")
    released = models.ForeignKey(
        Record, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="转出的信息"
    )

    class Meta:
        verbose_name = verbose_name_plural = "年度评估审查"
        constraints = [models.UniqueConstraint(fields=["record", "year"], name="one_reassessment_a_year")]


class Placement(models.Model):
    """一件信息排在哪些列表里:现在的一处(单位、事项、类型、年份),以前去过的各处,是不是已经计入件数。

    列表的文件要知道从哪些里拿走,件数要知道从哪里减,这两样等信息改了再看就晚了,所以另存一行。
    ``due_at``:定时公开的时刻还没有到的,到时由后台任务计入。
    """

    record = models.OneToOneField(Record, models.CASCADE, primary_key=True, related_name="placement")
    spot = models.JSONField("现在的一处", default=list)
    earlier = models.JSONField("以前的各处", default=list)
    counted = models.BooleanField("已经计入件数", default=False)
    due_at = models.DateTimeField("定时公开的时刻", null=True, db_index=True)

    class Meta:
        verbose_name = verbose_name_plural = "列表位置"


class Tally(models.Model):
    """公开的件数,按单位、事项、类型、年份;与所数的改动在同一个事务里变,所以一百万件也不用现数。"""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="+", verbose_name="单位")
    duty = models.CharField("法定公开事项", max_length=40, blank=True)
    type = models.CharField("信息类型", max_length=40)
    year = models.PositiveSmallIntegerField("年份", default=0)
    n = models.IntegerField("件数", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "公开件数"
        constraints = [models.UniqueConstraint(fields=["agency", "duty", "type", "year"], name="one_tally_a_spot")]


class IndexCounter(models.Model):
    """索引号的流水:一个前缀一行,取号时锁行,不跳号。"""

    prefix = models.CharField(max_length=50, unique=True)
    last = models.PositiveIntegerField(default=0)


class WatchWord(models.Model):
    """易错、敏感词表,由主管部门维护;只提示,不拦截。"""

    word = models.CharField("词", max_length=40, unique=True)
    advice = models.CharField("建议", max_length=100)

    class Meta:
        verbose_name = verbose_name_plural = "提示词"
        ordering = ("word",)
