"""调查:题目、一份份答卷。答卷不收姓名和联系方式;文字题的原文是密文。"""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.urls import reverse

from gongkai.law.surveys import QuestionKind
from gongkai.org import access
from gongkai.org.models import Agency, User
from gongkai.org.sealed import SealedTextField

from ..terms import SurveyState


class SurveyQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Surveys of the units of this person."""
        return self.filter(access.within(user, "engagement.view"))

    def public(self):
        """Surveys that somebody released."""
        return self.exclude(released_at=None)

    def in_state(self, state, at):
        """Surveys that stand at a step at that moment; agrees with ``Survey.state``."""
        out = Q(released_at__isnull=False, told_at=None)
        return {
            SurveyState.DRAFT: self.filter(released_at=None),
            SurveyState.COMING: self.filter(out, opens_at__gt=at),
            SurveyState.OPEN: self.filter(out, opens_at__lte=at, closes_at__gte=at),
            SurveyState.CLOSED: self.filter(out, opens_at__lte=at, closes_at__lt=at),
            SurveyState.TOLD: self.filter(told_at__isnull=False),
        }[state]


class Survey(models.Model):
    """一次调查,起止到分;走到哪一步由时刻推出来,不另存。"""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="surveys", verbose_name="主办单位")
    title = models.CharField("题目", max_length=120)
    intro = models.TextField("说明")
    opens_at = models.DateTimeField("开始")
    closes_at = models.DateTimeField("截止")
    former_closes_at = models.DateTimeField("原来的截止", null=True)
    extended_reason = models.CharField("延长的理由", max_length=200, blank=True)
    drafted_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="建立的人")
    released_at = models.DateTimeField("公布时间", null=True)
    released_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="公布的人")
    limits = models.TextField("局限", blank=True)
    measures = models.TextField("拟采取的措施", blank=True)
    told_at = models.DateTimeField("公布结果", null=True)
    told_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="公布结果的人")

    objects = SurveyQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "调查"
        ordering = ("-opens_at", "-pk")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("public:survey", args=[self.pk])

    @property
    def desk_url(self) -> str:
        return reverse("desk:engagement_survey", args=[self.pk])

    def state(self, at: datetime) -> SurveyState:
        """What step it stands at."""
        if self.released_at is None:
            return SurveyState.DRAFT
        if self.told_at is not None:
            return SurveyState.TOLD
        if at < self.opens_at:
            return SurveyState.COMING
        return SurveyState.OPEN if at <= self.closes_at else SurveyState.CLOSED


class SurveyQuestion(models.Model):
    """一道题;选项一经公布不再改。``is_public`` 管结果里有没有这一题。"""

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="questions", verbose_name="调查")
    place = models.PositiveSmallIntegerField("第几题")
    kind = models.CharField("怎样答", max_length=10, choices=QuestionKind.choices())
    text = models.CharField("题目", max_length=200)
    options = models.JSONField("选项", default=list, blank=True)
    is_required = models.BooleanField("必答", default=False)
    is_public = models.BooleanField("公布这一题的结果", default=True)

    class Meta:
        verbose_name = verbose_name_plural = "调查的题"
        ordering = ("survey", "place")
        constraints = [models.UniqueConstraint(fields=["survey", "place"], name="one_question_a_place")]

    def __str__(self) -> str:
        return f"{self.place}. {self.text}"


class Sheet(models.Model):
    """一份答卷。``mark`` 是网络地址和浏览器的带钥散列,只用来说明可能重复的有几份,到期清掉;不因此拒收。"""

    survey = models.ForeignKey(Survey, models.PROTECT, related_name="sheets", verbose_name="调查")
    at = models.DateTimeField("时间")
    mark = models.CharField("防重复的记号", max_length=64, blank=True)
    is_repeat = models.BooleanField("可能重复", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "答卷"
        ordering = ("survey", "pk")
        indexes = [models.Index(fields=["survey", "mark"], name="sheet_by_mark")]


class Choice(models.Model):
    """答卷里选的一项:选项的序号,从零起;打分题是分数减一。"""

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="choices", verbose_name="答卷")
    question = models.ForeignKey(SurveyQuestion, models.PROTECT, related_name="choices", verbose_name="题")
    option = models.PositiveSmallIntegerField("第几项")

    class Meta:
        verbose_name = verbose_name_plural = "选的一项"
        constraints = [
            models.UniqueConstraint(fields=["sheet", "question", "option"], name="one_choice_an_option")
        ]
        indexes = [models.Index(fields=["question", "option"], name="choice_by_option")]


class Remark(models.Model):
    """文字题里写的话;公布的是隐去个人信息的写法。"""

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="remarks", verbose_name="答卷")
    question = models.ForeignKey(SurveyQuestion, models.PROTECT, related_name="remarks", verbose_name="题")
    text = SealedTextField("原文")

    class Meta:
        verbose_name = verbose_name_plural = "写的话"
        ordering = ("pk",)
