"""来信、政务舆情、活动和报名。称呼、联系方式和来信的原文是密文。"""

from __future__ import annotations

from datetime import date, datetime

from django.db import models
from django.db.models import Q
from django.urls import reverse

from gongkai.desk.moments import local_day
from gongkai.desk.seen import mark
from gongkai.law import engagement as law
from gongkai.law.engagement import Grade, LetterKind, Selection
from gongkai.org import access
from gongkai.org.models import Agency, User
from gongkai.org.sealed import SealedJSONField, SealedTextField
from gongkai.records.models import Record, is_public_at

from .terms import OPEN_STATES, CaseState, Elsewhere, EntryKind, EventKind, LetterState, SignupState


class LetterQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Letters to the units of this person, and those they are asked to help with."""
        within = access.within(user, "engagement.view")
        helped = Help.objects.filter(access.within(user, "engagement.view")).values("letter")
        return self.filter(within | Q(pk__in=helped)) if within else self

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


class OpinionCaseQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Cases owned by the units of this person."""
        return self.filter(access.within(user, "engagement.opinion", "owner"))


class OpinionCase(models.Model):
    """一件政务舆情;只在工作台,公众看得到的只有回应。"""

    title = models.CharField("事由", max_length=200)
    source = models.CharField("来源", max_length=100)
    owner = models.ForeignKey(Agency, models.PROTECT, related_name="opinion_cases", verbose_name="责任单位")
    grade = models.CharField("级别", max_length=10, choices=Grade.choices(), blank=True)
    happened_at = models.DateTimeField("事发", null=True, blank=True)
    detected_at = models.DateTimeField("监测发现")
    ordered_at = models.DateTimeField("上级交办", null=True, blank=True)
    state = models.CharField("环节", max_length=10, choices=CaseState.choices(), default=CaseState.FOUND)
    closed_at = models.DateTimeField("办结", null=True)

    objects = OpinionCaseQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "政务舆情"
        ordering = ("-detected_at", "-pk")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("desk:engagement_case", args=[self.pk])

    @property
    def deadlines(self) -> law.Deadlines:
        """When the first word and the briefing are due; before it is graded as for a matter that is no emergency."""
        grade = Grade.of(self.grade) if self.grade else Grade.NONE
        return law.deadlines(grade, happened=self.happened_at, detected=self.detected_at, ordered=self.ordered_at)


class CaseEntry(models.Model):
    """舆情处置里的一条;只增不改。"""

    case = models.ForeignKey(OpinionCase, models.CASCADE, related_name="entries", verbose_name="舆情")
    kind = models.CharField("种类", max_length=10, choices=EntryKind.choices())
    at = models.DateTimeField("时间")
    text = models.TextField("内容")
    record = models.ForeignKey(
        Record, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="公开的信息"
    )
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="经手人")
    entered_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = verbose_name_plural = "舆情处置"
        ordering = ("at", "pk")


class EventQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Events of the units of this person."""
        return self.filter(access.within(user, "engagement.view"))

    def public(self, at):
        """Events whose notice the public may read."""
        return self.filter(is_public_at(at, "record__"))


class Event(models.Model):
    """一次公众参加的活动;公告是一件信息(``record``)。"""

    kind = models.CharField("种类", max_length=12, choices=EventKind.choices())
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="events", verbose_name="主办单位")
    title = models.CharField("主题", max_length=120)
    place = models.CharField("地点", max_length=120)
    starts_at = models.DateTimeField("开始")
    ends_at = models.DateTimeField("结束")
    audience = models.CharField("对象", max_length=100, blank=True)
    seats = models.PositiveSmallIntegerField("名额", default=0)
    signup_until = models.DateTimeField("报名截止", null=True, blank=True)
    selection = models.CharField("怎样选", max_length=8, choices=Selection.choices(), default=Selection.FIRST)
    seed = models.CharField("抽选的种子", max_length=64, blank=True)
    record = models.OneToOneField(
        Record, models.PROTECT, null=True, blank=True, related_name="event", verbose_name="公告"
    )
    attended = models.PositiveIntegerField("到场人数", null=True)
    outcome = models.TextField("收到的意见和答复", blank=True)
    held_at = models.DateTimeField("办结", null=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "活动"
        ordering = ("-starts_at", "-pk")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("desk:engagement_event", args=[self.pk])

    def is_taking(self, at: datetime) -> bool:
        """Whether the public may sign up now."""
        public = self.record is not None and self.record.is_public(at)
        return bool(
            public and self.selection != Selection.INVITED and self.signup_until and at <= self.signup_until
        )


class Signup(models.Model):
    """一个报名;只收称呼和一种联系方式,活动以后到期清除。"""

    event = models.ForeignKey(Event, models.CASCADE, related_name="signups", verbose_name="活动")
    number = models.CharField("编号", max_length=40, unique=True)
    code = models.CharField("查询码散列", max_length=64)
    contact = SealedJSONField("称呼和联系方式", default=dict)
    state = models.CharField("现在", max_length=10, choices=SignupState.choices())
    at = models.DateTimeField("报名时间")
    cancelled_at = models.DateTimeField("取消时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "报名"
        ordering = ("event", "pk")
        indexes = [models.Index(fields=["event", "state"], name="signup_by_state")]

    def __str__(self) -> str:
        return self.number
