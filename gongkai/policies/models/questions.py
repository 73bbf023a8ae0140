"""政策的前后:公布前的吹风,公布后公众的提问和解答。"""

from __future__ import annotations

from django.db import models
from django.urls import reverse

from gongkai.desk.seen import mark
from gongkai.law.terms import Term
from gongkai.org import access
from gongkai.org.models import Agency, User
from gongkai.records.models import Record, is_public_at


class Briefing(models.Model):
    """吹风:文件公布以前的通气会、座谈、征求意见稿的说明。文件公开以后公众看得见。"""

    policy = models.ForeignKey(Record, models.PROTECT, related_name="briefings", verbose_name="政策文件")
    on = models.DateField("哪天")
    title = models.CharField("做了什么", max_length=200)
    record = models.ForeignKey(
        Record, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="公开的材料"
    )
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="经手人")
    at = models.DateTimeField("记录时间")

    class Meta:
        verbose_name = verbose_name_plural = "吹风"
        ordering = ("on", "pk")


class QuestionState(Term):
    """一个提问办到哪一步。"""

    OPEN = "open", "待解答"
    DRAFTED = "drafted", "待核定"
    ANSWERED = "answered", "已解答"
    DECLINED = "declined", "不属于本政策"


class QuestionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Questions to the units of this person."""
        return self.filter(access.within(user, "policies.view"))

    def faq(self, at):
        """Answered ones that everyone may read: published with consent, under a policy that is public."""
        return self.filter(is_public_at(at, "policy__"), state=QuestionState.ANSWERED, published=True)


class Question(models.Model):
    """公众对一件政策的提问。不收姓名和联系方式;提问人凭编号和查询码看答复。

    ``shown`` 是公开的问法(隐去了个人信息),同意公开、核定以后才公开。``due_on`` 由法律核心算出,存下来只为排序。
    """

    policy = models.ForeignKey(Record, models.PROTECT, related_name="questions", verbose_name="政策文件")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="questions", verbose_name="解答单位")
    text = models.TextField("提问")
    consent = models.BooleanField("同意公开问答", default=False)
    number = models.CharField("编号", max_length=40, unique=True, null=True)
    digest = models.CharField("查询码散列", max_length=64, unique=True)
    asked_at = models.DateTimeField("提问时间")
    due_on = models.DateField("最迟解答")
    state = models.CharField("环节", max_length=12, choices=QuestionState.choices(), default=QuestionState.OPEN)
    shown = models.TextField("公开的问法", blank=True)
    answer = models.TextField("答复", blank=True)
    answered_at = models.DateTimeField("答复时间", null=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="拟答人")
    published = models.BooleanField("公开", default=False)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "政策提问"
        ordering = ("-asked_at", "-pk")
        indexes = [models.Index(fields=["state", "due_on"], name="question_due")]

    @property
    def mark(self) -> str:
        """Tells this question with this answer from any other (``desk.seen``)."""
        return mark(self.pk, self.text, self.shown, self.answer)

    def __str__(self) -> str:
        return self.text[:40]

    def get_absolute_url(self) -> str:
        return reverse("desk:policies_question", args=[self.pk])
