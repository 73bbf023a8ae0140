"""期、篇目、大事记、审签、成品、更正。

正文只有一份:篇目指着信息的一个版本(``Edition``,签发以后不再变),期里只存引用、次序和页码。
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import models
from django.db.models import Q
from django.urls import reverse

from gongkai.desk.seen import mark
from gongkai.law import gazette as law
from gongkai.law.gazette import IssueKind
from gongkai.org import access
from gongkai.org.models import User
from gongkai.records.models import Edition, Record
from gongkai.records.terms import WithdrawalKind

from ..terms import FormKind, IssueStage, Step
from .masthead import Masthead, Section


class IssueQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Issues of the gazette of this person's agency; all for district roles."""
        return self.filter(access.within(user, "gazette.view", "masthead__agency"))

    def public(self, at):
        """Issues that have come out by the moment ``at``."""
        return self.filter(stage=IssueStage.PUBLISHED, published_at__lte=at)

    def in_sequence(self):
        """Issues that take a number of the year."""
        return self.filter(kind__in=(IssueKind.REGULAR, IssueKind.DOUBLE))

    def newest_first(self):
        return self.order_by("-year", "-number", "-pk")


class Issue(models.Model):
    """一期。期的年可以不是出版的年;出刊以后只许发更正。``code`` 是网址里的一段:9、9-10、z1(增刊)、s1(专辑)。"""

    masthead = models.ForeignKey(Masthead, models.PROTECT, related_name="issues", verbose_name="刊名")
    kind = models.CharField("种类", max_length=8, choices=IssueKind.choices(), default=IssueKind.REGULAR)
    year = models.PositiveSmallIntegerField("期的年")
    number = models.PositiveSmallIntegerField("年内期号")
    number_to = models.PositiveSmallIntegerField("合刊的后一期号", null=True, blank=True)
    running = models.PositiveIntegerField("总期号", null=True, blank=True)
    code = models.SlugField("网址里的期号", max_length=12)
    month = models.DateField("统计月")
    month_to = models.DateField("合刊的后一个统计月", null=True, blank=True)
    stage = models.CharField("环节", max_length=10, choices=IssueStage.choices(), default=IssueStage.PREPARING)
    planned_on = models.DateField("出版日（印在封面上）")
    imprint = models.JSONField("排版时的封面封底", default=dict, blank=True)
    gap_note = models.CharField("缺月、跳号的说明", max_length=200, blank=True)
    print_run = models.PositiveIntegerField("纸质印数", default=0)
    composed_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="最近编辑的人")
    opened_at = models.DateTimeField("建立时间")
    published_at = models.DateTimeField("出刊时间", null=True)
    published_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="出刊经手人")
    announced = models.BooleanField("出刊已经记下", default=False)
    waived = models.JSONField("提醒了仍然出刊的理由", default=dict, blank=True)
    revision = models.PositiveIntegerField("修订号", default=1)

    objects = IssueQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "公报的一期"
        ordering = ("-year", "-number", "-pk")
        constraints = [
            models.UniqueConstraint(fields=["year", "code"], name="gazette_one_issue"),
            models.UniqueConstraint(fields=["running"], condition=Q(running__gt=0), name="gazette_one_running"),
        ]

    def __str__(self) -> str:
        return f"{self.year}年第{self.numbers}{self.unit}"

    @property
    def numbers(self) -> str:
        """``9`` or ``9—10``."""
        return f"{self.number}—{self.number_to}" if self.number_to else str(self.number)

    @property
    def unit(self) -> str:
        return {IssueKind.EXTRA: "期（增刊）", IssueKind.SPECIAL: "期（专辑）"}.get(IssueKind(self.kind), "期")

    @property
    def title(self) -> str:
        """Name, year, number and running number, as a citation begins."""
        whole = f"（总第{self.running}期）" if self.running else ""
        return f"《{self.masthead}》{self}{whole}"

    @property
    def month_label(self) -> str:
        """``2026年9月``, of a double issue both months."""
        first = f"{self.month.year}年{self.month.month}月"
        return f"{first}至{self.month_to.year}年{self.month_to.month}月" if self.month_to else first

    def get_absolute_url(self) -> str:
        return reverse("public:gazette_issue", args=[self.year, self.code])

    @property
    def mark(self) -> str:
        """Tells this state of the issue from any other (``desk.seen``)."""
        return mark("gazette", self.pk, self.revision, self.stage)

    @property
    def fact(self) -> law.Number:
        """Its numbers, for the law core."""
        return law.Number(self.year, self.number, self.running, self.number_to)

    @property
    def due_on(self) -> date:
        """The last day on which it is in time."""
        return law.issue_due(self.month_to or self.month)

    @property
    def until(self) -> date:
        """The last day of the months that it is about."""
        return law.last_day(self.month_to or self.month)

    def is_public(self, at: datetime) -> bool:
        """Whether it has come out; the same rule as ``IssueQuerySet.public``."""
        return self.stage == IssueStage.PUBLISHED and self.published_at is not None and self.published_at <= at


class ArticleQuerySet(models.QuerySet):
    def public(self, at):
        """Articles of issues that have come out; what was withdrawn since is among them, as a notice."""
        return self.filter(issue__stage=IssueStage.PUBLISHED, issue__published_at__lte=at)

    def with_all(self):
        """With what every form of an article shows."""
        return self.select_related("issue__masthead", "record__agency", "edition", "section")


class Article(models.Model):
    """一篇:信息的哪一版登在哪期哪个栏目、第几篇、第几页。"""

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="articles", verbose_name="期")
    record = models.ForeignKey(Record, models.PROTECT, related_name="gazette_articles", verbose_name="信息")
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="+", verbose_name="登的是哪一版")
    section = models.ForeignKey(Section, models.PROTECT, related_name="articles", verbose_name="栏目")
    position = models.PositiveSmallIntegerField("第几篇")
    first_page = models.PositiveSmallIntegerField("起页", null=True)
    last_page = models.PositiveSmallIntegerField("止页", null=True)
    remark = models.CharField("刊登说明", max_length=20, blank=True, choices=[("更正", "更正"), ("重刊", "重刊")])

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "公报篇目"
        ordering = ("issue", "position")
        constraints = [
            models.UniqueConstraint(fields=["issue", "record"], name="gazette_record_once_an_issue"),
        ]
        indexes = [models.Index(fields=["issue", "position"], name="gazette_article_order")]

    def __str__(self) -> str:
        return self.edition.title

    def get_absolute_url(self) -> str:
        return reverse("public:gazette_article", args=[self.issue.year, self.issue.code, self.position])

    def is_shown(self, at: datetime) -> bool:
        """Whether its text may be read; what was withdrawn leaves a notice in its place. Every form asks this."""
        return self.record.is_public(at)

    @property
    def is_secret(self) -> bool:
        """Withdrawn so that not even its title may be told."""
        return self.record.withdrawn == WithdrawalKind.CONFIDENTIAL or self.record.openness != "active"

    @property
    def pages(self) -> str:
        """``3`` or ``3—5``; empty before the pages are set."""
        if self.first_page is None:
            return ""
        return (
            str(self.first_page)
            if self.last_page in (None, self.first_page)
            else f"{self.first_page}—{self.last_page}"
        )

    @property
    def citation(self) -> str:
        """How it is cited: ``《…公报》2026年第9期（总第57期），第3页``."""
        return f"{self.issue.title}，第{self.first_page}页" if self.first_page else self.issue.title


class ChronicleLine(models.Model):
    """大事记的一条:有日期,可以连到会议、公告。"""

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="chronicle", verbose_name="期")
    on = models.DateField("日期")
    text = models.CharField("事", max_length=200)
    record = models.ForeignKey(
        Record, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="信息"
    )

    class Meta:
        verbose_name = verbose_name_plural = "大事记"
        ordering = ("on", "pk")


class Approval(models.Model):
    """审签的一道:谁、针对哪一次修订。只增不改。"""

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="approvals", verbose_name="期")
    step = models.CharField("哪一道", max_length=8, choices=Step.choices())
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="审签人")
    at = models.DateTimeField("时间")
    opinion = models.CharField("意见", max_length=300, blank=True)
    revision = models.PositiveIntegerField("针对的修订号")

    class Meta:
        verbose_name = verbose_name_plural = "公报审签"
        ordering = ("at", "pk")


class Form(models.Model):
    """排好的一种成品,按散列存在文件库;``source`` 是排它的那份稿子的记号,撤下一篇以后记号就不同了。"""

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="forms", verbose_name="期")
    kind = models.CharField("形式", max_length=4, choices=FormKind.choices())
    source = models.CharField("稿子的记号", max_length=64)
    sha256 = models.CharField("散列", max_length=64)
    size = models.PositiveBigIntegerField("字节数")
    page_count = models.PositiveSmallIntegerField("页数", default=0)
    faults = models.JSONField("读回来同稿子不一样的地方", default=list, blank=True)
    built_at = models.DateTimeField("排版时间")
    first_sha256 = models.CharField("出刊时的散列", max_length=64, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "公报成品"
        ordering = ("kind",)
        constraints = [models.UniqueConstraint(fields=["issue", "kind"], name="gazette_one_form")]


class Volume(models.Model):
    """排好的一年合订本,一种形式一行;同整期的成品一样,撤下一篇当场作废,随后重做(``jobs.volumes``)。"""

    year = models.PositiveSmallIntegerField("年")
    kind = models.CharField("形式", max_length=4, choices=FormKind.choices())
    source = models.CharField("稿子的记号", max_length=64)
    sha256 = models.CharField("散列", max_length=64)
    size = models.PositiveBigIntegerField("字节数")
    page_count = models.PositiveSmallIntegerField("页数", default=0)
    issue_count = models.PositiveSmallIntegerField("收了几期")
    faults = models.JSONField("读回来同稿子不一样的地方", default=list, blank=True)
    built_at = models.DateTimeField("做好的时间")

    class Meta:
        verbose_name = verbose_name_plural = "公报合订本"
        ordering = ("-year", "-kind")
        constraints = [models.UniqueConstraint(fields=["year", "kind"], name="gazette_one_volume")]

    def __str__(self) -> str:
        return f"{self.year}年合订本（{self.get_kind_display()}）"


class Correction(models.Model):
    """出刊以后的更正:原来印的、更正为;旧的一页上写着,也印在新的一期里。"""

    article = models.ForeignKey(Article, models.PROTECT, related_name="corrections", verbose_name="更正哪一篇")
    was = models.CharField("原来印的", max_length=500)
    now = models.CharField("更正为", max_length=500)
    printed_in = models.ForeignKey(
        Issue, models.PROTECT, related_name="corrections", null=True, verbose_name="印在哪一期"
    )
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="经手人")
    at = models.DateTimeField("更正时间")

    class Meta:
        verbose_name = verbose_name_plural = "公报更正"
        ordering = ("at", "pk")
