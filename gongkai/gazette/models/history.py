"""历史:创刊以来各期的目录。按印的存,疑误另记,不自动改。"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import models
from django.urls import reverse

from gongkai.law import gazette as law
from gongkai.org import access
from gongkai.org.models import Agency, User
from gongkai.records.models import Record

from ..terms import ScanState

#: 检索结果里,找到的地方前后给多少字。
_AROUND = 30


class IntakeQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(access.within(user, "gazette.view"))


class Intake(models.Model):
    """一次导入:读出来的各期先放在这里,看过差异再入库;再导一遍同样的不会变多。"""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="承办单位")
    name = models.CharField("文件名", max_length=200)
    issues = models.JSONField("读出的各期", default=list)
    faults = models.JSONField("读不成的", default=list)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="导入人")
    at = models.DateTimeField("导入时间")
    applied_at = models.DateTimeField("入库时间", null=True)
    counts = models.JSONField("入库的数", default=dict)

    objects = IntakeQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "公报历史导入"
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return self.name


class HistoricIssueQuerySet(models.QuerySet):
    def in_sequence(self):
        """Issues that take a number of the year."""
        return self.filter(kind__in=(law.IssueKind.REGULAR, law.IssueKind.DOUBLE), number__gt=0)


class HistoricIssue(models.Model):
    """一期旧公报。``number`` 是0的是没有年内期号的。"""

    name = models.CharField("刊名", max_length=60, blank=True)
    year = models.PositiveSmallIntegerField("期的年")
    number = models.PositiveSmallIntegerField("年内期号")
    number_to = models.PositiveSmallIntegerField("合刊的后一期号", null=True, blank=True)
    running = models.PositiveIntegerField("总期号", null=True, blank=True)
    kind = models.CharField("种类", max_length=8, choices=law.IssueKind.choices(), default=law.IssueKind.REGULAR)
    published_on = models.DateField("出版日", null=True, blank=True)
    head = models.CharField("题头照录", max_length=200, blank=True)
    doubts = models.JSONField("疑误", default=list, blank=True)
    article_count = models.PositiveSmallIntegerField("篇数", default=0)
    scan = models.CharField("扫描件的散列", max_length=64, blank=True)
    scan_name = models.CharField("扫描件的文件名", max_length=200, blank=True)
    scan_size = models.PositiveBigIntegerField("扫描件的字节数", default=0)
    imported_at = models.DateTimeField("入库时间")

    objects = HistoricIssueQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "历史公报"
        ordering = ("-year", "-number", "-pk")
        constraints = [
            models.UniqueConstraint(fields=["year", "number", "kind"], name="gazette_one_historic"),
        ]

    def __str__(self) -> str:
        return historic_label(self.year, self.number, self.number_to, self.kind)

    @property
    def title(self) -> str:
        name = f"《{self.name}》" if self.name else ""
        return f"{name}{self}{f'（总第{self.running}期）' if self.running else ''}"

    def get_absolute_url(self) -> str:
        return reverse("public:gazette_historic", args=[self.pk])

    @property
    def fact(self) -> law.Number:
        return law.Number(self.year, self.number, self.running, self.number_to)


def historic_label(year: int, number: int, number_to: int | None, kind: str) -> str:
    """How an old issue is called, from its columns: ``2003年第5—6期``."""
    numbers = f"{number}—{number_to}" if number_to else str(number)
    told = law.IssueKind(kind)
    return f"{year}年第{numbers}期{f'（{told.label}）' if told in (law.IssueKind.EXTRA, law.IssueKind.SPECIAL) else ''}"


class HistoricArticle(models.Model):
    """旧目录的一行;印发通知下面的正文归在通知名下(``parent``)。找得到文号的连到信息。"""

    issue = models.ForeignKey(HistoricIssue, models.CASCADE, related_name="articles", verbose_name="期")
    position = models.PositiveSmallIntegerField("第几行")
    title = models.CharField("标题", max_length=300)
    doc_number = models.CharField("文号", max_length=120, blank=True)
    section = models.CharField("栏目", max_length=40, blank=True)
    issuer = models.CharField("发文机关", max_length=120, blank=True)
    page = models.PositiveSmallIntegerField("起页（照印的）", null=True)
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, related_name="children", verbose_name="归在哪一行"
    )
    record = models.ForeignKey(
        Record, models.SET_NULL, null=True, related_name="gazette_history", verbose_name="信息"
    )

    class Meta:
        verbose_name = verbose_name_plural = "历史公报篇目"
        ordering = ("issue", "position")
        indexes = [models.Index(fields=["doc_number"], name="gazette_historic_number")]

    def __str__(self) -> str:
        return self.title


class ScanPage(models.Model):
    """扫描件一页的字,给检索用:有文字层的取来,没有的排着队识别(``jobs.scan``)。字与字之间没有空白。"""

    issue = models.ForeignKey(HistoricIssue, models.CASCADE, related_name="scan_pages", verbose_name="期")
    page = models.PositiveSmallIntegerField("第几页")
    text = models.TextField("字", blank=True)
    state = models.CharField("字从哪里来", max_length=8, choices=ScanState.choices(), default=ScanState.LAYER)
    sure = models.FloatField("识别的把握", null=True, blank=True)
    trouble = models.CharField("没有识别出来的原因", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "历史公报扫描页"
        ordering = ("issue", "page")
        constraints = [models.UniqueConstraint(fields=["issue", "page"], name="gazette_one_scan_page")]
        indexes = [models.Index(fields=["state"], name="gazette_scan_state")]

    def hit(self, words: Sequence[str]) -> str:
        """The words around the first place where one is found."""
        folded = self.text.casefold()
        at = min((place for word in words if (place := folded.find(word.casefold())) >= 0), default=0)
        start, end = max(0, at - _AROUND), at + 2 * _AROUND
        return ("……" if start else "") + self.text[start:end] + ("……" if end < len(self.text) else "")
