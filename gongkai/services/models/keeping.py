"""一本通的各版,和证照提醒。提醒只存种类和到期日。"""

from __future__ import annotations

from django.db import models
from django.urls import reverse

from gongkai.org.models import User

from .guides import Guide, Version


class Handbook(models.Model):
    """办事一本通的一版;收了哪些指南的哪一版记在 ``entries``,指南改了就是旧版。"""

    number = models.PositiveIntegerField("第几版", unique=True)
    title = models.CharField("书名", max_length=80)
    area = models.CharField("适用区域", max_length=80)
    as_of = models.DateField("数据日期")
    made_at = models.DateTimeField("编制时间")
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="编制人")
    pdf = models.CharField("PDF 的散列", max_length=64)
    pdf_size = models.PositiveIntegerField("PDF 的大小")
    epub = models.CharField("EPUB 的散列", max_length=64)
    epub_size = models.PositiveIntegerField("EPUB 的大小")
    withdrawn_at = models.DateTimeField("停用时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "办事一本通"
        ordering = ("-number",)

    def __str__(self) -> str:
        return f"{self.title}（第{self.number}版）"

    def get_absolute_url(self) -> str:
        return reverse("public:service_handbook")


class HandbookEntry(models.Model):
    """一本通收的一份指南。"""

    handbook = models.ForeignKey(Handbook, models.CASCADE, related_name="entries", verbose_name="一本通")
    guide = models.ForeignKey(Guide, models.CASCADE, related_name="+", verbose_name="事项")
    version = models.ForeignKey(Version, models.CASCADE, related_name="+", verbose_name="哪一版")

    class Meta:
        verbose_name = verbose_name_plural = "一本通收的指南"
        ordering = ("pk",)


class Reminder(models.Model):
    """一个证照提醒:种类、到期日,没有别的;怎样送到(地址、同意)归推送的一间管。凭编号和查询码改、停,不用账号。"""

    number = models.CharField("编号", max_length=40, unique=True)
    code = models.CharField("查询码散列", max_length=64)
    kind = models.CharField("证照种类", max_length=30)
    ends_on = models.DateField("到期日")
    since = models.DateField("从哪天起提醒")
    at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = verbose_name_plural = "证照提醒"
        ordering = ("pk",)
        indexes = [models.Index(fields=["ends_on"], name="reminder_by_end")]

    def __str__(self) -> str:
        return self.number


class Sent(models.Model):
    """一个节点提醒过了;一个节点只提醒一次。"""

    reminder = models.ForeignKey(Reminder, models.CASCADE, related_name="sent", verbose_name="证照提醒")
    node = models.CharField("节点", max_length=8)
    ends_on = models.DateField("当时的到期日")
    on = models.DateField("日子")

    class Meta:
        verbose_name = verbose_name_plural = "提醒过的节点"
        constraints = [models.UniqueConstraint(fields=["reminder", "node", "ends_on"], name="one_reminder_a_node")]
