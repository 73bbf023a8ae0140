"""依申请公开的案卷:申请、信息项、经过、意见、文书、费用、救济、文件(条例第二十七条至第四十五条)。

个人信息只在 ``Application.personal`` 一列里,是密文;名册上只有打了码的称呼。办到哪一步、最迟哪天答复都是从经过算出来的
(``law.procedure``),存下来只为排序和计数,只由 ``actions`` 写入。
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from gongkai.law import replies
from gongkai.law.receipt import Channel
from gongkai.law.steps import table
from gongkai.org import access
from gongkai.org.models import Agency, User
from gongkai.org.sealed import SealedJSONField, SealedTextField
from gongkai.records.models import Record

from .masking import shown
from .models_applicant import Contact as Contact
from .models_applicant import EarlierDescription as EarlierDescription
from .models_applicant import Rating as Rating
from .terms import (
    OPEN_STATES,
    ApplicantKind,
    ConversionStage,
    FileRole,
    Manner,
    OpinionKind,
    RemedyKind,
    RemedyResult,
    State,
    Verdict,
    Way,
)

OUTCOMES = [(key, one.label) for key, one in replies.outcomes().items()]


class ApplicationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Cases that the user may see: the own agencies', all for district roles; restricted ones only by those who
        handle them, register them or sign them (C55)."""
        rows = self.filter(access.within(user, "foi.view"))
        if access.may(user, "foi.restricted"):
            return rows
        return rows.filter(Q(restricted=False) | Q(handler=user))

    def open(self):
        """Cases that are not closed yet."""
        return self.filter(state__in=OPEN_STATES)


class Application(models.Model):
    """一件政府信息公开申请(条例第二十九条)。

    ``received_on`` 是收到之日(从严,红线用它),``lenient_on`` 是非工作日顺延的;``start_on`` 是现在这一段期限的起算日;
    ``state``、``due_on``、``original_due_on``、``late``、``answered_on``、``outcome``、``closed_on`` 是派生的。
    ``counted_on``、``counted_outcome`` 是第一次办结,年报按它计;责令重新办理的不再计一次,也不改已报的年度。
    """

    number = models.CharField("受理编号", max_length=40, unique=True)
    query_digest = models.CharField("查询码的散列", max_length=64)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="applications", verbose_name="受理机关")
    handler = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, db_index=False, related_name="+", verbose_name="承办人"
    )

    channel = models.CharField("渠道", max_length=12, choices=Channel.choices())
    arrived_on = models.DateField("到达之日")
    confirmed_on = models.DateField("双方确认之日", null=True, blank=True)
    received_on = models.DateField("收到之日", db_index=True)
    lenient_on = models.DateField("顺延后的收到之日")
    evidence = models.CharField("收到的证据", max_length=200, blank=True)
    registered_at = models.DateTimeField("登记时间")
    registered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="登记人")

    applicant_kind = models.CharField("申请人类别", max_length=12, choices=ApplicantKind.choices())
    applicant = models.CharField("申请人", max_length=80)
    personal = models.TextField("个人信息(密文)", blank=True)
    identity_digest = models.CharField("证件号码的散列", max_length=64, blank=True, db_index=True)
    erased_at = models.DateTimeField("个人信息清除时间", null=True)

    subject = models.CharField("所需信息", max_length=120)
    description = SealedTextField("信息的名称或者特征描述")
    doc_number = models.CharField("文号", max_length=80, blank=True)
    manner = models.CharField("提供方式", max_length=12, choices=Manner.choices())
    way = models.CharField("获取途径", max_length=12, choices=Way.choices())
    suggests_release = models.BooleanField("建议主动公开", default=False)
    restricted = models.BooleanField("限制查看", default=False)

    state = models.CharField("环节", max_length=12, choices=State.choices(), default=State.HANDLING.value)
    start_on = models.DateField("起算日")
    due_on = models.DateField("应答复日", null=True)
    original_due_on = models.DateField("原应答复日", null=True)
    due_provisional = models.BooleanField("应答复日是推定的", default=False)
    late = models.BooleanField("逾期", default=False)
    late_cause = models.CharField("逾期原因", max_length=200, blank=True)
    decided_on = models.DateField("作出答复之日", null=True)
    answered_on = models.DateField("答复之日", null=True)
    closed_on = models.DateField("办结之日", null=True, db_index=True)
    archived_at = models.DateTimeField("归档时间", null=True)
    outcome = models.CharField("处理结果", max_length=20, choices=OUTCOMES, blank=True)
    counted_on = models.DateField("计入年报的办结之日", null=True, db_index=True)
    counted_outcome = models.CharField("计入年报的结果", max_length=20, choices=OUTCOMES, blank=True)
    source = models.CharField("来源", max_length=40, blank=True)
    source_id = models.CharField("来源编号", max_length=80, blank=True)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "政府信息公开申请"
        ordering = ("-received_on", "-pk")
        indexes = [
            models.Index(fields=["agency", "-received_on", "-id"], name="foi_by_agency"),
            models.Index(fields=["state", "due_on"], name="foi_by_state"),
            models.Index(fields=["handler", "state"], name="foi_by_handler"),
            models.Index(fields=["-received_on", "-id"], name="foi_newest"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "source_id"], condition=~Q(source_id=""), name="foi_one_source_id"
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.subject}"

    @property
    def shown_description(self) -> str:
        """The description with the applicant's personal data masked (打码)."""
        return shown(self.description, self.personal)

    @property
    def is_open(self) -> bool:
        """Whether the case is not closed yet."""
        return self.state in OPEN_STATES

    @property
    def cell(self) -> str:
        """Its row in the annual report; empty while it has no outcome."""
        return replies.outcomes()[self.counted_outcome].cell if self.counted_outcome else ""


class Item(models.Model):
    """一项信息:一件申请可以要几项,各有各的处理结果(条例第三十六条、第三十七条)。"""

    application = models.ForeignKey(Application, models.CASCADE, related_name="items", verbose_name="申请")
    order = models.PositiveSmallIntegerField("序号")
    text = SealedTextField("所要的信息")
    outcome = models.CharField("处理结果", max_length=20, choices=OUTCOMES, blank=True)
    ground = models.CharField("不予公开的理由", max_length=20, blank=True)
    facts = SealedJSONField("答复写明的事实", default=dict, blank=True)
    answers = models.JSONField("理由的检验", default=dict, blank=True)
    record = models.ForeignKey(
        Record, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="已公开的信息"
    )
    earlier = models.ForeignKey(
        Application, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="原答复的申请"
    )

    class Meta:
        verbose_name = verbose_name_plural = "信息项"
        ordering = ("order",)
        constraints = [models.UniqueConstraint(fields=["application", "order"], name="foi_item_order")]

    def __str__(self) -> str:
        return self.shown_text[:40]

    @property
    def shown_text(self) -> str:
        """The text with the applicant's personal data masked (打码)."""
        return shown(self.text, self.application.personal)


class Step(models.Model):
    """办理经过的一步,只增不改;法律上的步骤(``law.procedure``)由它们算出环节和期限。"""

    application = models.ForeignKey(Application, models.CASCADE, related_name="steps", verbose_name="申请")
    kind = models.CharField("步骤", max_length=24)
    on = models.DateField("日期")
    at = models.DateTimeField("登记时间")
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="经手人")
    extra = SealedJSONField("细目", default=dict, blank=True)
    note = SealedTextField("说明", blank=True)
    void = models.BooleanField("登记有误,已作废", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "办理经过"
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.on} {self.label}"

    @property
    def label(self) -> str:
        """The Chinese name of the step."""
        return table().steps[self.kind]["label"]


class Opinion(models.Model):
    """签发前的意见:保密审查、法制审核、法律顾问、联合会商。退回以后作废,要重新出(C44)。"""

    application = models.ForeignKey(Application, models.CASCADE, related_name="opinions", verbose_name="申请")
    kind = models.CharField("种类", max_length=12, choices=OpinionKind.choices())
    verdict = models.CharField("结论", max_length=8, choices=Verdict.choices())
    text = SealedTextField("意见")
    parties = models.CharField("参加单位", max_length=200, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="提出人")
    at = models.DateTimeField("时间")
    valid = models.BooleanField("有效", default=True)

    class Meta:
        verbose_name = verbose_name_plural = "意见"
        ordering = ("pk",)


class Assignment(models.Model):
    """交给承办人:接受或者说明理由退回,有内部期限(C12、C40、C41)。"""

    application = models.ForeignKey(Application, models.CASCADE, related_name="assignments", verbose_name="申请")
    to = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="承办人")
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="交办人")
    at = models.DateTimeField("交办时间")
    due_on = models.DateField("内部期限", null=True)
    note = SealedTextField("交办意见", max_length=300, blank=True)
    accepted_at = models.DateTimeField("接受时间", null=True)
    returned_at = models.DateTimeField("退回时间", null=True)
    reason = SealedTextField("退回理由", max_length=300, blank=True)
    chased_at = models.DateTimeField("上次催办", null=True)
    chased = models.PositiveSmallIntegerField("催办次数", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "交办"
        ordering = ("pk",)


class Counter(models.Model):
    """编号的流水:一种文书一个机关一年一条,锁行取号,不断不重(C64)。"""

    kind = models.CharField(max_length=24)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "agency", "year"], name="foi_one_counter")]


class Letter(models.Model):
    """一份文书:编号、填好的各项;签发时全文封存(密文),以后一字不改,PDF 和 DOCX 随时由它排出来。"""

    application = models.ForeignKey(Application, models.CASCADE, related_name="letters", verbose_name="申请")
    kind = models.CharField("种类", max_length=24)
    number = models.CharField("文号", max_length=60, blank=True)
    fields = SealedJSONField("各项", default=dict)
    drafted_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="拟稿人")
    drafted_at = models.DateTimeField("拟稿时间")
    handed_at = models.DateTimeField("送签时间", null=True)
    chased_at = models.DateTimeField("上次催签", null=True)
    issued_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="签发人")
    issued_at = models.DateTimeField("签发时间", null=True)
    issued_on = models.DateField("落款日期", null=True)
    posted_on = models.DateField("交邮之日", null=True)
    signed_on = models.DateField("签收之日", null=True)
    tracking = models.CharField("邮件号", max_length=40, blank=True)
    sealed = models.TextField("签发的全文(密文)", blank=True)
    void = models.BooleanField("作废", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "文书"
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=["number"], condition=~Q(number=""), name="foi_letter_number")
        ]


class Fee(models.Model):
    """信息处理费:一件申请至多收一次,只选一种算法(国办函〔2020〕109号)。"""

    application = models.OneToOneField(Application, models.CASCADE, related_name="fee", verbose_name="申请")
    basis = models.CharField("算法", max_length=8)
    quantity = models.PositiveIntegerField("第几件或者页数")
    yuan = models.DecimalField("金额(元)", max_digits=10, decimal_places=2)
    notified_on = models.DateField("收到通知之日")
    due_on = models.DateField("缴费期限")
    paid_on = models.DateField("缴费之日", null=True)
    receipt = models.CharField("票据号", max_length=40, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "信息处理费"


class Remedy(models.Model):
    """复议、诉讼台账(年报表四)。"""

    application = models.ForeignKey(
        Application, models.PROTECT, related_name="remedies", null=True, verbose_name="申请"
    )
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="被申请人或者被告")
    kind = models.CharField("种类", max_length=8, choices=RemedyKind.choices())
    body = models.CharField("复议机关或者法院", max_length=80)
    case_number = models.CharField("案号", max_length=60, blank=True)
    filed_on = models.DateField("收到通知之日")
    answer_due_on = models.DateField("提交答复和证据的期限", null=True)
    answered_on = models.DateField("提交答复之日", null=True)
    result = models.CharField("结果", max_length=10, choices=RemedyResult.choices(), default=RemedyResult.PENDING)
    decided_on = models.DateField("结案之日", null=True, db_index=True)
    reason = SealedTextField("主要理由", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "复议诉讼"
        ordering = ("-filed_on", "-pk")


class File(models.Model):
    """案卷里的文件:内容按散列存在资料目录的私有库里,永不直接对外;申请人只能凭查询码取 ``reply`` 一类。"""

    application = models.ForeignKey(Application, models.CASCADE, related_name="files", verbose_name="申请")
    role = models.CharField("用途", max_length=12, choices=FileRole.choices())
    name = SealedTextField("文件名", max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField("大小")
    kind = models.CharField("格式", max_length=8)
    findings = models.JSONField("给出去以前要看的", default=list, blank=True)
    added_at = models.DateTimeField("加入时间")
    added_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    redacted_from = models.ForeignKey("self", models.PROTECT, null=True, related_name="redacted")

    class Meta:
        verbose_name = verbose_name_plural = "案卷文件"
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.shown_name

    @property
    def shown_name(self) -> str:
        """The name with the applicant's personal data masked (打码)."""
        return shown(self.name, self.application.personal)


class Conversion(models.Model):
    """依申请转主动公开(条例第四十四条):建议、审核、起草成一件主动公开的信息,两边互相看得见。"""

    application = models.ForeignKey(Application, models.PROTECT, related_name="conversions", verbose_name="申请")
    title = models.CharField("拟公开的信息", max_length=200)
    why = models.CharField("缘由", max_length=300)
    stage = models.CharField("办到", max_length=10, choices=ConversionStage.choices())
    proposed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    proposed_at = models.DateTimeField("提出时间")
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField("审核时间", null=True)
    reason = models.CharField("审核意见", max_length=300, blank=True)
    record = models.ForeignKey(Record, models.SET_NULL, null=True, related_name="from_applications")

    class Meta:
        verbose_name = verbose_name_plural = "转主动公开"
        ordering = ("-pk",)


class Reminder(models.Model):
    """提醒过什么:同一件同一种同一天只提醒一次(C32)。"""

    application = models.ForeignKey(Application, models.CASCADE, related_name="reminders")
    kind = models.CharField(max_length=24)
    due_on = models.DateField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["application", "kind", "due_on"], name="foi_one_reminder")]
