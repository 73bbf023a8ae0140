"""公众的一问,从提出到公开,一张表。"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse

from gongkai.desk.seen import mark
from gongkai.law.terms import Term
from gongkai.org import access
from gongkai.org.models import Agency, User
from gongkai.records.models import Record, is_public_at

from .kinds import Kind, kinds


class QuestionState(Term):
    """一个提问办到哪一步。"""

    OPEN = "open", "待答复"
    DRAFTED = "drafted", "待核定"
    ANSWERED = "answered", "已答复"
    DECLINED = "declined", "已告知去处"


class QuestionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Questions to the units of this person, of the kinds that the person may see."""
        return self.within(user, "view")

    def within(self, user, step):
        """Questions on which the person may do a step; ``step`` names the kind's right: view, answer or publish."""
        reach = Q(pk__in=())
        for kind in kinds().values():
            right = getattr(kind, step)
            if access.may(user, right):
                reach |= Q(kind=kind.key) & access.within(user, right)
        return self.filter(reach)

    def faq(self, at):
        """Answers that everyone may read: let out with consent; about a paper only while that is public."""
        readable = Q(policy=None) | is_public_at(at, "policy__")
        return self.filter(readable, state=QuestionState.ANSWERED, consents=True, published_at__lte=at)


class Question(models.Model):
    """公众的一问。问的是哪件政策的写 ``policy``;答复依据的信息写 ``record``。

    联系方式是密文,有的种类不收。``shown`` 是公开的问法,不含个人信息,同意公开、放行以后才公开。``due_on`` 由法律核心算出,
    存下来只为排序;法律没有定期限的种类没有。``former`` 是合成一张表以前政策提问的序号,旧网址和旧操作记录认它。
    """

    kind = models.CharField("种类", max_length=12)
    number = models.CharField("编号", max_length=40, unique=True, null=True)
    code = models.CharField("查询码散列", max_length=64)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="questions", verbose_name="答复单位")
    policy = models.ForeignKey(
        Record, models.PROTECT, null=True, blank=True, related_name="questions", verbose_name="政策文件"
    )
    text = models.TextField("提问")
    contact = models.TextField("联系方式(密文)", blank=True)
    consents = models.BooleanField("同意公开问答", default=False)
    asked_at = models.DateTimeField("提问时间")
    due_on = models.DateField("最迟答复", null=True)
    state = models.CharField("环节", max_length=12, choices=QuestionState.choices(), default=QuestionState.OPEN)
    answer = models.TextField("答复", blank=True)
    record = models.ForeignKey(
        Record, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="依据的信息"
    )
    answered_at = models.DateTimeField("答复时间", null=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="拟答人")
    shown = models.TextField("公开的问法", blank=True)
    published_at = models.DateTimeField("公开时间", null=True)
    published_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="公开经手人")
    former = models.PositiveBigIntegerField("原政策提问序号", null=True, unique=True)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "公众的提问"
        ordering = ("-asked_at", "-pk")
        indexes = [
            models.Index(fields=["kind", "state", "due_on"], name="question_by_kind"),
            models.Index(fields=["agency", "state", "-asked_at"], name="question_by_unit"),
        ]

    @property
    def rules(self) -> Kind:
        """How this kind of question is handled."""
        return kinds()[self.kind]

    @property
    def mark(self) -> str:
        """Tells this question with this answer from any other (``desk.seen``)."""
        return mark(self.pk, self.text, self.shown, self.answer)

    def __str__(self) -> str:
        return self.number or self.text[:40]

    def get_absolute_url(self) -> str:
        return reverse("desk:question", args=[self.pk])
