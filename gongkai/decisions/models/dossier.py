"""决策卷:一项重大行政决策从建议到归档,和一条一条登记的程序。"""

from __future__ import annotations

from django.db import models
from django.urls import reverse

from gongkai.desk.seen import mark
from gongkai.law.decisions import Category, Stage
from gongkai.org import access
from gongkai.org.models import Agency, User
from gongkai.records.models import Record

from .catalogue import CatalogueItem


class DossierQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Dossiers decided or prepared by the units of this person."""
        return self.filter(
            access.within(user, "decisions.view", "agency") | access.within(user, "decisions.view", "lead")
        ).distinct()

    def shown(self):
        """What the public may see the course of: started, and not withheld by law."""
        return self.exclude(stage__in=(Stage.PROPOSED, Stage.DECLINED)).filter(withheld_basis="")


class Dossier(models.Model):
    """一项重大行政决策(条例第二条:作出和调整都是)。``draft_no`` 是草案改到第几稿,审查针对哪一稿由它认。"""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="dossiers", verbose_name="决策机关")
    lead = models.ForeignKey(Agency, models.PROTECT, related_name="led_dossiers", verbose_name="牵头承办单位")
    helpers = models.ManyToManyField(Agency, related_name="helped_dossiers", blank=True, verbose_name="配合单位")
    title = models.CharField("决策事项", max_length=200)
    category = models.CharField("事项类别", max_length=12, choices=Category.choices())
    necessity = models.TextField("为什么要决策", blank=True)
    item = models.ForeignKey(
        CatalogueItem, models.PROTECT, null=True, blank=True, related_name="dossiers", verbose_name="目录事项"
    )
    adjusts = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="adjustments", verbose_name="调整哪一项"
    )
    specialised = models.BooleanField("专业性、技术性较强", default=False)
    risky = models.BooleanField("可能对社会稳定、公共安全等造成不利影响", default=False)
    market = models.BooleanField("涉及市场主体经济活动", default=False)
    vital = models.BooleanField("直接涉及公民、法人切身利益", default=False)
    groups = models.BooleanField("涉及特定群体利益", default=False)
    disputed = models.BooleanField("有关单位意见不一致", default=False)
    hearing_by_law = models.BooleanField("法律、法规、规章规定应当听证", default=False)
    withheld_basis = models.CharField("依法不予公开的依据", max_length=200, blank=True)
    stage = models.CharField("环节", max_length=12, choices=Stage.choices(), default=Stage.PROPOSED)
    draft_no = models.PositiveSmallIntegerField("第几稿", default=1)
    record = models.OneToOneField(
        Record, models.PROTECT, null=True, blank=True, related_name="decision", verbose_name="决策文件"
    )
    opened_at = models.DateTimeField("建卷时间")
    started_on = models.DateField("启动", null=True, blank=True)
    published_on = models.DateField("公布", null=True, blank=True)
    revision = models.PositiveIntegerField("修订号", default=1)

    objects = DossierQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "决策卷"
        ordering = ("-opened_at", "-pk")
        indexes = [models.Index(fields=["agency", "stage"], name="dossier_by_agency")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("public:decision", args=[self.pk])

    @property
    def mark(self) -> str:
        """Tells this state of the dossier from any other (``desk.seen``)."""
        return mark("dossier", self.pk, self.revision, self.stage)


class Evidence(models.Model):
    """一条程序登记:哪一种、哪天、写了什么。种类和各项在 ``data/evidence.toml``。只增不改,登错的作废另登。"""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="evidence", verbose_name="决策卷")
    kind = models.CharField("种类", max_length=20)
    on = models.DateField("日期")
    data = models.JSONField("各项", default=dict)
    draft_no = models.PositiveSmallIntegerField("针对第几稿", default=1)
    record = models.ForeignKey(
        Record, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="公开的材料"
    )
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="经手人")
    at = models.DateTimeField("登记时间")
    voided_at = models.DateTimeField("作废时间", null=True)
    voided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="作废经手人")
    void_reason = models.CharField("作废原因", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "程序登记"
        ordering = ("on", "pk")
        indexes = [models.Index(fields=["dossier", "kind"], name="evidence_of_dossier")]

    def __str__(self) -> str:
        return f"{self.kind} {self.on}"
