"""检索的数据表:一天里一个检索词打了几次(不记是谁)、热门词、同义词、置顶、评测。"""

from __future__ import annotations

from django.db import models

from gongkai.org.models import User
from gongkai.records.models import Record


class QueryDay(models.Model):
    """一天里一个检索词:打了几次、找到多少、点开几次。不记时刻、地址和人,到期删去(参数 ``search.query_days``)。"""

    class Kind(models.TextChoices):
        SEARCH = "search", "检索"
        ASK = "ask", "提问"

    text = models.CharField("检索词", max_length=60)
    kind = models.CharField("种类", max_length=6, choices=Kind.choices)
    on = models.DateField("日期", db_index=True)
    asked = models.PositiveIntegerField("次数", default=0)
    opened = models.PositiveIntegerField("点开次数", default=0)
    found = models.PositiveIntegerField("最近一次找到的件数", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "检索词"
        ordering = ("-on", "-asked", "text")
        constraints = [models.UniqueConstraint(fields=["text", "kind", "on"], name="one_query_a_day")]


class Popular(models.Model):
    """热门词:好几天都有人打、找得到的。由 ``actions`` 从检索词重算,整表替换。"""

    text = models.CharField("检索词", max_length=60, unique=True)
    days = models.PositiveIntegerField("有人打的天数")
    asked = models.PositiveIntegerField("次数")

    class Meta:
        verbose_name = verbose_name_plural = "热门词"
        ordering = ("-asked", "text")


class Muted(models.Model):
    """不作提示的词:不出现在热门、相关和输入提示里。"""

    text = models.CharField("检索词", max_length=60, unique=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="经手人")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "不作提示的词"
        ordering = ("text",)


class SynonymGroup(models.Model):
    """一组同义词:打其中一个,另几个也算命中,分量轻些。改了立刻生效。"""

    words = models.JSONField("词", default=list)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="经手人")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "同义词"
        ordering = ("pk",)

    def __str__(self) -> str:
        return "、".join(self.words)


class Saying(models.Model):
    """本区的一个说法:公众打的词,和公文里的几种写法;同随包的说法表一起用。只朝一边:打写法的,找的就是写法。"""

    said = models.CharField("说法", max_length=20, unique=True)
    written = models.JSONField("写法", default=list)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="经手人")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "本区的说法"
        ordering = ("said",)

    def __str__(self) -> str:
        return f"{self.said}＝{'、'.join(self.written)}"


class Pin(models.Model):
    """置顶:打这个词,这一件排在最前,注明置顶。只在它公开着的时候。"""

    query = models.CharField("检索词", max_length=60, db_index=True)
    record = models.ForeignKey(Record, models.CASCADE, related_name="+", verbose_name="信息")
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="经手人")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "置顶"
        ordering = ("query", "pk")
        constraints = [models.UniqueConstraint(fields=["query", "record"], name="one_pin")]


class JudgedQuery(models.Model):
    """一个评测用的检索词。它的各件给了等级(``Judgement``),用来量改权重、改同义词前后的好坏。"""

    text = models.CharField("检索词", max_length=60, unique=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="经手人")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "评测用的检索词"
        ordering = ("text",)

    def __str__(self) -> str:
        return self.text


class Judgement(models.Model):
    """一件信息对一个检索词有多贴切。"""

    class Grade(models.IntegerChoices):
        NONE = 0, "不相关"
        SOME = 1, "沾边"
        GOOD = 2, "相关"
        BEST = 3, "正是要找的"

    query = models.ForeignKey(JudgedQuery, models.CASCADE, related_name="judgements", verbose_name="检索词")
    record = models.ForeignKey(Record, models.CASCADE, related_name="+", verbose_name="信息")
    grade = models.PositiveSmallIntegerField("等级", choices=Grade.choices)

    class Meta:
        verbose_name = verbose_name_plural = "评测等级"
        ordering = ("query", "-grade", "pk")
        constraints = [models.UniqueConstraint(fields=["query", "record"], name="one_judgement")]


class Measurement(models.Model):
    """量过的一次:nDCG@10 是多少,当时的权重和同义词,为什么量。只增不改。"""

    at = models.DateTimeField("时间")
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="经手人")
    occasion = models.CharField("为什么量", max_length=120)
    ndcg = models.FloatField("nDCG@10")
    queries = models.PositiveIntegerField("检索词数")
    weights = models.JSONField("权重", default=dict)
    groups = models.PositiveIntegerField("同义词组数")

    class Meta:
        verbose_name = verbose_name_plural = "量过的记录"
        ordering = ("-at", "-pk")
