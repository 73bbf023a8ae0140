"""来信和协办。称呼、联系方式和来信的原文是密文。"""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from django.urls import reverse

from gongkai.adapters.files import Kind
from gongkai.adapters.personal import masked
from gongkai.desk.moments import local_day
from gongkai.desk.seen import mark
from gongkai.law import engagement as law
from gongkai.law.engagement import LetterKind
from gongkai.org import access
from gongkai.org.models import Agency, User
from gongkai.org.sealed import SealedJSONField, SealedTextField
from gongkai.records.models import Record

from ..terms import OPEN_STATES, Elsewhere, LetterState


class LetterQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Letters to the units of this person, and those they are asked to help with."""
        within = access.within(user, "engagement.view")
        helped = Help.objects.filter(within).values("letter")
        return self.filter(within | Q(pk__in=helped))

    def to_revisit(self):
        """Badly rated, and nobody has asked the writer why."""
        return self.filter(state=LetterState.REPLIED, rating__lte=law.BAD, revisited_at=None)

    def to_correct(self):
        """Turned into a correction of a public record that is not made yet."""
        return self.filter(state=LetterState.CONVERTED, where=Elsewhere.CORRECTION, corrected_at=None)

    def open(self):
        """What still waits for a reply."""
        return self.filter(state__in=OPEN_STATES)

    def shown(self):
        """What the public may read: answered, agreed to by its writer, checked by somebody."""
        return self.filter(state=LetterState.REPLIED, consents_content=True).exclude(published_at=None)


class Letter(models.Model):
    """一封来信。``due_on`` 由法律核心算出,存下来只为排序;``shown_*`` 是公开的写法,隐去了个人信息。"""

    kind = models.CharField("种类", max_length=10, choices=LetterKind.choices())
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="letters", verbose_name="主办单位")
    number = models.CharField("编号", max_length=40, unique=True)
    code = models.CharField("查询码散列", max_length=64)
    title = SealedTextField("题目")
    text = SealedTextField("内容")
    contact = SealedJSONField("称呼和联系方式", default=dict, blank=True)
    consents_content = models.BooleanField("同意公开内容", default=False)
    consents_identity = models.BooleanField("同意公开身份", default=False)
    received_at = models.DateTimeField("收到时间")
    due_on = models.DateField("应答复日")
    extended_reason = models.CharField("延长的理由", max_length=200, blank=True)
    state = models.CharField("环节", max_length=10, choices=LetterState.choices(), default=LetterState.RECEIVED)
    reply = models.TextField("答复", blank=True)
    promise = models.CharField("承诺", max_length=200, blank=True)
    promise_on = models.DateField("承诺的日子", null=True, blank=True)
    promise_kept_at = models.DateTimeField("承诺兑现", null=True)
    drafted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="拟答人")
    replied_at = models.DateTimeField("答复时间", null=True)
    replied_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="审核人")
    where = models.CharField("去处", max_length=14, choices=Elsewhere.choices(), blank=True)
    where_note = models.CharField("去处的说明", max_length=300, blank=True)
    elsewhere_number = models.CharField("那边的编号", max_length=60, blank=True)
    record = models.ForeignKey(
        Record, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="要更正的信息"
    )
    corrected_at = models.DateTimeField("更正时间", null=True)
    corrected_note = models.CharField("更正了什么", max_length=300, blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged", verbose_name="并入"
    )
    rating = models.PositiveSmallIntegerField("评价", null=True)
    rating_note = SealedTextField("评价的话", blank=True)
    rated_at = models.DateTimeField("评价时间", null=True)
    revisited_at = models.DateTimeField("回访时间", null=True)
    revisit_note = SealedTextField("回访的结果", blank=True)
    shown_title = models.CharField("公开的题目", max_length=100, blank=True)
    shown_text = models.TextField("公开的内容", blank=True)
    shown_reply = models.TextField("公开的答复", blank=True)
    published_at = models.DateTimeField("公开时间", null=True)
    published_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="公开经手人")
    erased_at = models.DateTimeField("清除联系方式", null=True)
    revision = models.PositiveIntegerField("修订号", default=1)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "来信"
        ordering = ("-received_at", "-pk")
        indexes = [
            models.Index(fields=["agency", "state", "due_on"], name="letter_by_agency"),
            models.Index(fields=["-published_at", "-id"], name="letter_ledger"),
            # 每月的数、满意度和首页的几样只读索引,不随来信的文字变慢
            models.Index(fields=["received_at", "state"], name="letter_by_month"),
            # SQLite 只在条件不带参数的时候认得部分索引,所以只问空不空
            models.Index(
                fields=["rated_at", "agency", "rating", "revisited_at"],
                name="letter_rated",
                condition=Q(rating__isnull=False),
            ),
            models.Index(
                fields=["agency", "state", "rating"],
                name="letter_to_revisit",
                condition=Q(rating__isnull=False, revisited_at__isnull=True),
            ),
            models.Index(
                fields=["agency", "state", "promise_on"],
                name="letter_promised",
                condition=Q(promise_on__isnull=False, promise_kept_at__isnull=True),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(rating=None) | Q(rating__gte=1, rating__lte=5), name="rating_of_five"
            )
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("public:letter", args=[self.pk])

    @property
    def mark(self) -> str:
        """Tells this state of the letter from any other (``desk.seen``)."""
        return mark("letter", self.pk, self.revision, self.state)

    @property
    def received_on(self) -> date:
        return local_day(self.received_at)

    @property
    def replied_on(self) -> date | None:
        return local_day(self.replied_at) if self.replied_at else None

    @property
    def revisit_due_on(self) -> date | None:
        """By when a bad rating is followed up."""
        if self.rated_at is None or self.rating is None or not law.is_bad(self.rating):
            return None
        return law.revisit_due(local_day(self.rated_at))

    def is_late(self, on: date) -> bool:
        """Whether the limit was missed, or is missed now."""
        return (self.replied_on or on) > self.due_on and self.state in (*OPEN_STATES, LetterState.REPLIED)


class LetterFile(models.Model):
    """随信交来的文件。名称是密文,内容加密存在别处(``records.sealed_files``);到期清除以后散列空着,行留着。"""

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="files", verbose_name="来信")
    name = SealedTextField("文件名", blank=True)
    kind = models.CharField("类型", max_length=10)
    sha256 = models.CharField("散列", max_length=64, blank=True, db_index=True)
    size = models.PositiveIntegerField("字节数")
    seen_at = models.DateTimeField("看过的时间", null=True)
    seen_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="看的人")

    class Meta:
        verbose_name = verbose_name_plural = "来信的文件"
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.letter_id}/{self.pk}"

    @property
    def masked(self) -> str:
        """Its name, with personal data hidden."""
        name = self.letter.contact.get("name")
        return masked(self.name, [name] if name else (), own=True)

    @property
    def kind_label(self) -> str:
        return Kind.from_value(self.kind).label

    @property
    def is_erased(self) -> bool:
        return not self.sha256


class Help(models.Model):
    """请另一个单位协办一封来信;答复仍由主办单位作出。"""

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="helps", verbose_name="来信")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="协办单位")
    question = models.CharField("请协办什么", max_length=300)
    asked_at = models.DateTimeField("请协办的时间")
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="经手人")
    answer = models.TextField("协办意见", blank=True)
    answered_at = models.DateTimeField("提出意见的时间", null=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="提出意见的人")

    class Meta:
        verbose_name = verbose_name_plural = "协办"
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["letter", "agency"], condition=Q(answered_at=None), name="one_open_help_a_unit"
            )
        ]

    def __str__(self) -> str:
        return f"{self.letter_id} {self.agency}"
