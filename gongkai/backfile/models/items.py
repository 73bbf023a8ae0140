"""收进来的旧文件:一批(Intake)、一件(Item)、扫描的一页(Page)、相像的一对(Pair)。

一件的要素分两处:``read`` 是程序读出的(值、把握、从哪里读到),重读只改它;``said`` 是人核对过的,程序从不改。
各列是两者合成的,人说的在先,存下来只为排序和查找。
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse

from gongkai.desk.seen import mark
from gongkai.law.marks import long_day
from gongkai.org import access
from gongkai.org.models import Agency, User
from gongkai.records.models import Record

from ..terms import ItemState, Kind, Likely, PageState, Precision, Ruling, Way

#: 要核对的要素:列名 → 叫法,按核对的次序。
FIELDS = {
    "title": "题名",
    "doc_number": "文号",
    "issuer": "责任者",
    "date_text": "日期",
    "index_number": "旧索引号",
    "reference_code": "档号",
    "secrecy": "密级",
    "attribute": "旧公开属性",
    "retention": "保管期限",
    "page_count": "页数",
}


class Intake(models.Model):
    """一次收取:一个文件夹、一个压缩包、一张清单或者一个旧网站。"""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="intakes", verbose_name="单位")
    fonds = models.CharField("全宗号", max_length=10, blank=True)
    way = models.CharField("从哪里收", max_length=8, choices=Way.choices())
    name = models.CharField("名称", max_length=200)
    sha256 = models.CharField("原件的散列", max_length=64, blank=True)
    opened = models.BooleanField("文件都登记了", default=False)
    stopped = models.BooleanField("停着", default=False)
    site = models.ForeignKey(
        "OldSite", models.PROTECT, null=True, blank=True, related_name="intakes", verbose_name="旧网站"
    )
    trouble = models.CharField("整批的问题", max_length=300, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="经手人")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "收取"
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("desk:backfile_intake", args=[self.pk])

    @property
    def has_left(self) -> bool:
        """Whether anything is still to be taken in or read: only then there is something to stop."""
        return not self.opened or self.items.filter(state__in=(ItemState.WAITING, ItemState.SCANNING)).exists()


class ItemQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Old papers of the units of this person."""
        return self.filter(access.within(user, "backfile.view"))

    def counted(self):
        """Those that are papers of their own: no copies, nothing refused."""
        return self.exclude(state__in=(ItemState.COPY, ItemState.REFUSED))


class Item(models.Model):
    """一件旧文件。没有审定公开以前,公众一个字也看不到。"""

    intake = models.ForeignKey(Intake, models.PROTECT, related_name="items", verbose_name="收取")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="backfile_items", verbose_name="现在的单位")
    path = models.CharField("在收取里的路径", max_length=400)
    sha256 = models.CharField("散列", max_length=64, blank=True, db_index=True)
    size = models.PositiveBigIntegerField("字节数", default=0)
    file_kind = models.CharField("文件类型", max_length=12, blank=True)
    state = models.CharField("环节", max_length=10, choices=ItemState.choices(), default=ItemState.WAITING)
    reason = models.CharField("理由", max_length=300, blank=True)
    copy_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="copies", verbose_name="主件"
    )
    read = models.JSONField("程序读出的", default=dict, blank=True)
    said = models.JSONField("人核对过的", default=dict, blank=True)
    notes = models.JSONField("要人看的", default=list, blank=True)
    title = models.CharField("题名", max_length=300, blank=True)
    doc_number = models.CharField("文号", max_length=80, blank=True)
    number_code = models.CharField("机关代字", max_length=40, blank=True)
    number_year = models.PositiveSmallIntegerField("文号年份", null=True)
    number_seq = models.PositiveIntegerField("文号顺序号", null=True)
    issuer = models.CharField("责任者", max_length=120, blank=True)
    date_text = models.CharField("日期", max_length=40, blank=True)
    precision = models.CharField("日期知道到", max_length=6, choices=Precision.choices(), default=Precision.NONE)
    formed_on = models.DateField("日期", null=True)
    year = models.PositiveSmallIntegerField("年份", null=True)
    kind = models.CharField("类别", max_length=10, choices=Kind.choices(), default=Kind.PLAIN)
    index_number = models.CharField("旧索引号", max_length=80, blank=True)
    fonds = models.CharField("全宗号", max_length=10, blank=True)
    reference_code = models.CharField("档号", max_length=80, blank=True)
    secrecy = models.CharField("密级", max_length=20, blank=True)
    attribute = models.CharField("旧公开属性", max_length=20, blank=True)
    retention = models.CharField("保管期限", max_length=10, blank=True)
    page_count = models.CharField("页数", max_length=10, blank=True)
    old_address = models.CharField("旧网址", max_length=400, blank=True)
    old_path = models.CharField("整理过的旧网址", max_length=400, blank=True, db_index=True)
    body = models.TextField("正文", blank=True)
    text = models.TextField("正文纯文本", blank=True)
    sketch = models.BinaryField("指纹", default=b"")
    compared = models.BooleanField("查过重", default=False)
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="核对人")
    confirmed_at = models.DateTimeField("核对时间", null=True)
    conclusion = models.CharField("开放审核的结论", max_length=12, blank=True)
    record = models.OneToOneField(
        Record, models.PROTECT, null=True, blank=True, related_name="old_paper", verbose_name="公开的信息"
    )
    revision = models.PositiveIntegerField("修订号", default=1)

    objects = ItemQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "旧文件"
        ordering = ("pk",)
        indexes = [
            models.Index(fields=["state", "agency", "id"], name="old_by_state"),
            models.Index(fields=["state", "agency", "year", "kind", "conclusion", "record"], name="old_by_cell"),
            models.Index(fields=["agency", "number_code", "number_year"], name="old_by_number"),
            models.Index(fields=["intake", "state", "id"], name="old_by_intake"),
            models.Index(fields=["state", "title", "id"], name="old_by_title"),
            models.Index(fields=["state", "agency", "year", "formed_on"], name="old_by_due"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["intake", "path"], name="one_old_file_a_path"),
            models.UniqueConstraint(
                fields=["fonds", "reference_code"],
                condition=~Q(reference_code="") & ~Q(fonds="") & ~Q(state__in=["copy", "refused"]),
                name="one_old_paper_a_code",
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.path.rpartition("/")[2]

    def get_absolute_url(self) -> str:
        return reverse("desk:backfile_item", args=[self.pk])

    @property
    def mark(self) -> str:
        """Tells this state from any other (``desk.seen``)."""
        return mark("old", self.pk, self.revision)

    @property
    def tone(self) -> str:
        """How its state looks (``tag``)."""
        return {ItemState.CONFIRMED: "ok", ItemState.REFUSED: "stop", ItemState.COPY: "warn"}.get(self.state, "")

    @property
    def day_said(self) -> str:
        """When it was made, as far as that is known: 2006年3月5日、2006年3月、2006年."""
        if self.formed_on:
            return long_day(self.formed_on)
        if self.precision == Precision.MONTH:
            return f"{self.date_text}（只知道年、月）"
        return f"{self.year}年（只知道年）" if self.year else "日期不明"

    def value(self, name: str) -> str:
        """An element: what a person said, else what was read."""
        if name in self.said:
            return str(self.said[name])
        return str((self.read.get(name) or {}).get("value", ""))

    def sure(self, name: str) -> float | None:
        """How sure the reading of an element is; None where nothing was read or a person has spoken."""
        found: dict[str, Any] = self.read.get(name) or {}
        return None if name in self.said or not found.get("value") else float(found.get("sure", 0))


class Page(models.Model):
    """扫描件的一页:识别出的各行(文字、把握、位置),检查出的问题。"""

    item = models.ForeignKey(Item, models.CASCADE, related_name="pages", verbose_name="旧文件")
    number = models.PositiveSmallIntegerField("第几页")
    state = models.CharField("环节", max_length=8, choices=PageState.choices(), default=PageState.QUEUED)
    lines = models.JSONField("各行", default=list, blank=True)
    width = models.PositiveIntegerField("宽", default=0)
    height = models.PositiveIntegerField("高", default=0)
    sure = models.FloatField("把握", default=0)
    troubles = models.JSONField("问题", default=list, blank=True)
    turned = models.PositiveSmallIntegerField("转正几个直角", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "扫描页"
        ordering = ("item", "number")
        constraints = [models.UniqueConstraint(fields=["item", "number"], name="one_scanned_page")]
        indexes = [models.Index(fields=["state", "id"], name="page_by_state")]

    @property
    def tall(self) -> int:
        """Its height where the width is 1000; of a page not read yet that of A4."""
        return round(1000 * self.height / self.width) if self.width else 1414


class Pair(models.Model):
    """相像的一对:两件旧文件,或者一件旧文件和一件公开着的信息。"""

    item = models.ForeignKey(Item, models.CASCADE, related_name="pairs", verbose_name="旧文件")
    other = models.ForeignKey(Item, models.CASCADE, null=True, related_name="+", verbose_name="另一件旧文件")
    record = models.ForeignKey(Record, models.CASCADE, null=True, related_name="+", verbose_name="公开着的信息")
    likeness = models.FloatField("相似度")
    likely = models.CharField("多半是", max_length=10, choices=Likely.choices())
    ruling = models.CharField("结论", max_length=8, choices=Ruling.choices(), blank=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="经手人")
    at = models.DateTimeField("时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "相像的一对"
        ordering = ("-likeness", "pk")
        constraints = [
            models.UniqueConstraint(fields=["item", "other"], name="one_pair_of_old"),
            models.UniqueConstraint(fields=["item", "record"], name="one_pair_with_record"),
        ]
        indexes = [models.Index(fields=["ruling", "-likeness"], name="pair_by_ruling")]

    def get_absolute_url(self) -> str:
        return reverse("desk:backfile_pair", args=[self.pk])
