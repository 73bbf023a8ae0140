"""电视问政:一场、场上的问题、问题的每一步(承诺、结果、回访,只增不改)。"""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Max, Q
from django.urls import reverse

from gongkai.desk.moments import local_day
from gongkai.desk.seen import mark
from gongkai.law import dialogue
from gongkai.org import access
from gongkai.org.models import Agency, User

from ..terms import IssueSource, IssueState, IssueStepKind


class BroadcastQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Broadcasts that this person's units hold or answer in."""
        held = access.within(user, "engagement.view")
        answered = TelevisedIssue.objects.filter(access.within(user, "engagement.view", "owner"))
        return self.filter(held | Q(pk__in=answered.values("broadcast")))

    def public(self):
        """Broadcasts whose list of issues was made public."""
        return self.exclude(listed_at=None)


class Broadcast(models.Model):
    """一场电视问政。清单公布(``listed_at``)以后,问题的每一步公众都看得到。"""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="broadcasts", verbose_name="主办单位")
    title = models.CharField("主题", max_length=120)
    held_on = models.DateField("哪天")
    video = models.URLField("视频", max_length=300, blank=True)
    pleased = models.PositiveIntegerField("现场满意的人数", null=True, blank=True)
    displeased = models.PositiveIntegerField("现场不满意的人数", null=True, blank=True)
    listed_at = models.DateTimeField("公布清单", null=True)
    listed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="公布的人")

    objects = BroadcastQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "电视问政"
        ordering = ("-held_on", "-pk")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("public:broadcast", args=[self.pk])

    @property
    def desk_url(self) -> str:
        return reverse("desk:engagement_broadcast", args=[self.pk])


class TelevisedIssueQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Issues for which this person's units are responsible, and those of the broadcasts they hold."""
        owned = access.within(user, "engagement.view", "owner")
        held = access.within(user, "engagement.view", "broadcast__agency")
        return self.filter(owned | held)

    def late(self, on):
        """Promised for a day that is over, or not promised in time; agrees with ``TelevisedIssue.is_late``."""
        broken = Max("steps__at", filter=Q(steps__kind=IssueStepKind.BROKEN))
        last = dialogue.last_day_unpromised(on)
        asked = Q(broken=None, broadcast__held_on__lte=last) | Q(broken__date__lte=last)
        kept = Q(state=IssueState.PROMISED, promise_on__lt=on)
        return self.annotate(broken=broken).filter(kept | (Q(state=IssueState.FOUND) & asked))


class TelevisedIssue(models.Model):
    """场上的一个问题:归哪个单位,承诺哪一天办成什么样,结果,回访。"""

    broadcast = models.ForeignKey(Broadcast, models.PROTECT, related_name="issues", verbose_name="场次")
    source = models.CharField("来源", max_length=10, choices=IssueSource.choices())
    title = models.CharField("问题", max_length=100)
    text = models.TextField("情况", blank=True)
    owner = models.ForeignKey(Agency, models.PROTECT, related_name="televised_issues", verbose_name="责任单位")
    state = models.CharField("现在", max_length=10, choices=IssueState.choices(), default=IssueState.FOUND)
    promise_on = models.DateField("承诺办到的日子", null=True)
    revisit_on = models.DateField("回访的期限", null=True)
    revision = models.PositiveIntegerField("修订号", default=1)

    objects = TelevisedIssueQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "电视问政的问题"
        ordering = ("broadcast", "pk")
        indexes = [models.Index(fields=["owner", "state", "promise_on"], name="issue_by_owner")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("desk:engagement_issue", args=[self.pk])

    @property
    def mark(self) -> str:
        """Tells this state of the issue from any other (``desk.seen``)."""
        return mark("televised", self.pk, self.revision)

    @property
    def promise_due_on(self) -> date:
        """By when the responsible unit promises: counted from the broadcast, or from the revisit that found it not done."""
        broken = [step.at for step in self.steps.all() if step.kind == IssueStepKind.BROKEN]
        return dialogue.promise_due(local_day(broken[-1]) if broken else self.broadcast.held_on)

    def is_late(self, on: date) -> bool:
        """Whether the promised day is over and nothing was reported, or the day to promise is over without a promise."""
        if self.state == IssueState.FOUND:
            return on > self.promise_due_on
        return self.state == IssueState.PROMISED and self.promise_on is not None and on > self.promise_on


class IssueStep(models.Model):
    """问题的一步;只增不改。``day`` 是承诺办到的日子,只有承诺有。"""

    issue = models.ForeignKey(TelevisedIssue, models.PROTECT, related_name="steps", verbose_name="问题")
    kind = models.CharField("种类", max_length=10, choices=IssueStepKind.choices())
    text = models.TextField("内容")
    day = models.DateField("承诺办到的日子", null=True)
    at = models.DateTimeField("时间")
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="经手人")

    class Meta:
        verbose_name = verbose_name_plural = "问题的一步"
        ordering = ("issue", "pk")
