"""移交档案馆:一批(Transfer)、清单的一行(TransferRow)、延期(Extension)。"""

from __future__ import annotations

from datetime import date

from django.db import models
from django.urls import reverse

from gongkai.law import handover as law
from gongkai.org import access
from gongkai.org.models import Agency, User
from gongkai.records.models import Record

from ..terms import Disclosed, Medium, OpeningOpinion, TransferState
from .items import Item


class TransferQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Hand-overs of the units of this person."""
        return self.filter(access.within(user, "backfile.view"))

    def public(self):
        """Batches whose catalogue, or whose word that there is none, is public."""
        return self.filter(state__in=(TransferState.PUBLISHED, TransferState.NOTHING))


class Transfer(models.Model):
    """一批移交。对内的清单全列;对外的目录只列可以公开的。"""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="transfers", verbose_name="移交单位")
    number = models.CharField("批次号", max_length=40, unique=True)
    fonds = models.CharField("全宗号", max_length=10)
    archive = models.CharField("接收馆", max_length=80)
    since = models.PositiveSmallIntegerField("形成年度起")
    until = models.PositiveSmallIntegerField("形成年度止")
    medium = models.CharField("载体", max_length=8, choices=Medium.choices(), default=Medium.PAPER)
    items_said = models.PositiveIntegerField("清单头的件数", null=True, blank=True)
    pages_said = models.PositiveIntegerField("清单头的页数", null=True, blank=True)
    gaps_note = models.CharField("空号说明", max_length=300, blank=True)
    tested = models.CharField("检测结果", max_length=300, blank=True)
    shows_codes = models.BooleanField("对外目录写档号", default=True)
    state = models.CharField("环节", max_length=10, choices=TransferState.choices(), default=TransferState.DRAFT)
    handed_on = models.DateField("移交日", null=True, blank=True)
    receiver = models.CharField("接收经手人", max_length=40, blank=True)
    published_at = models.DateTimeField("目录公布时间", null=True)
    nothing_reason = models.CharField("没有可公开件的说明", max_length=300, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="经手人")
    at = models.DateTimeField("建立时间")

    objects = TransferQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "移交批次"
        ordering = ("-handed_on", "-pk")

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("public:handover", args=[self.pk])

    @property
    def tone(self) -> str:
        """How its state looks (``tag``)."""
        return {TransferState.PUBLISHED: "ok", TransferState.HANDED: "warn"}.get(self.state, "")


class TransferRow(models.Model):
    """移交清单的一行。``listed`` 是列入对外目录;``why_not`` 是不列的理由,由动作按规则算出。"""

    transfer = models.ForeignKey(Transfer, models.CASCADE, related_name="rows", verbose_name="批次")
    position = models.PositiveIntegerField("序号")
    item = models.ForeignKey(
        Item, models.PROTECT, null=True, blank=True, related_name="transfer_rows", verbose_name="旧文件"
    )
    record = models.ForeignKey(
        Record, models.PROTECT, null=True, blank=True, related_name="transfer_rows", verbose_name="公开的信息"
    )
    reference_code = models.CharField("档号", max_length=80, blank=True)
    doc_number = models.CharField("文号", max_length=80, blank=True)
    issuer = models.CharField("责任者", max_length=120, blank=True)
    title = models.CharField("题名", max_length=300)
    date_text = models.CharField("日期", max_length=40, blank=True)
    formed_on = models.DateField("日期", null=True)
    year = models.PositiveSmallIntegerField("年度", null=True)
    secrecy = models.CharField("密级", max_length=20, blank=True)
    pages = models.PositiveIntegerField("页数", null=True, blank=True)
    retention = models.CharField("保管期限", max_length=10, blank=True)
    opinion = models.CharField("到期开放意见", max_length=12, choices=OpeningOpinion.choices(), blank=True)
    disclosed = models.CharField("政府信息公开情况", max_length=10, choices=Disclosed.choices(), blank=True)
    secrecy_change = models.CharField("密级变更", max_length=60, blank=True)
    remark = models.CharField("备注", max_length=200, blank=True)
    listed = models.BooleanField("列入对外目录", default=False)
    listed_title = models.CharField("对外的题名", max_length=300, blank=True)
    why_not = models.CharField("不列的理由", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "移交清单"
        ordering = ("transfer", "position")
        indexes = [models.Index(fields=["transfer", "listed", "position"], name="listed_by_transfer")]

    def __str__(self) -> str:
        return self.title

    @property
    def shown_title(self) -> str:
        return self.listed_title or self.title


class Extension(models.Model):
    """经同级档案主管部门同意延期移交的(实施条例第二十条第三款)。"""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="handover_extensions", verbose_name="单位")
    since = models.PositiveSmallIntegerField("形成年度起")
    until = models.PositiveSmallIntegerField("形成年度止")
    approval = models.CharField("同意的文号", max_length=80)
    ends_on = models.DateField("延到")
    reason = models.CharField("理由", max_length=200)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="经手人")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "延期移交"
        ordering = ("agency__order", "since")


def route_of(row: TransferRow, on: date) -> law.Route:
    """Who answers an application for a paper that stands in a list."""
    year = row.year or (row.formed_on.year if row.formed_on else row.transfer.until)
    known = Extension.objects.filter(agency=row.transfer.agency, since__lte=year, until__gte=year).order_by(
        "-ends_on"
    )
    extension = known.first()
    return law.route(
        row.formed_on,
        year,
        handed_over=row.transfer.handed_on,
        extended_until=extension and extension.ends_on,
        on=on,
    )
