"""体验区、查阅点的台账:一处(挂在 ``org.Place`` 上)、开放的季节、设备、巡检、每天的服务、资料、停用公告。"""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q

from gongkai.law.terms import Term
from gongkai.org import access
from gongkai.org.models import Place, User

from ..terms import BookKind, Device, Unity


class Level(Term):
    """哪一级的。"""

    DISTRICT = "district", "区级"
    TOWN = "town", "镇街级"
    VILLAGE = "village", "村社级"


class ZoneQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Zones kept by the units of this person."""
        return self.filter(access.within(user, "standards.zone", "place__agency"))


class Zone(models.Model):
    """一处体验区(查阅点)。四统一逐项核对过的记在 ``unities``:项 → 核对之日。"""

    place = models.OneToOneField(Place, models.PROTECT, related_name="zone", verbose_name="查阅点")
    number = models.CharField("编号", max_length=20, unique=True)
    level = models.CharField("级别", max_length=10, choices=Level.choices(), default=Level.TOWN)
    area = models.PositiveSmallIntegerField("面积（平方米）", default=0)
    functions = models.JSONField("功能区", default=list, blank=True)
    unities = models.JSONField("四统一", default=dict, blank=True)
    full_time = models.PositiveSmallIntegerField("专职人员", default=1)
    helps_blind = models.BooleanField("有人协助视障、听障和老年人", default=True)

    objects = ZoneQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "体验区"
        ordering = ("number",)

    def __str__(self) -> str:
        return self.place.name

    @property
    def unity_list(self) -> list[tuple[Unity, str]]:
        """Each unity with the day on which it was checked, empty where it was not."""
        return [(unity, self.unities.get(unity.value, "")) for unity in Unity]

    def hours_on(self, on: date) -> Season | None:
        """The season that a day falls into; None where the switching days leave a gap."""
        return next((one for one in self.seasons.all() if one.covers(on)), None)


class Season(models.Model):
    """一季的开放时间;切换的日子要写明,缺了会有一段没有开放时间。"""

    zone = models.ForeignKey(Zone, models.CASCADE, related_name="seasons", verbose_name="体验区")
    name = models.CharField("季节", max_length=20)
    from_month = models.PositiveSmallIntegerField("起（月）")
    from_day = models.PositiveSmallIntegerField("起（日）")
    until_month = models.PositiveSmallIntegerField("止（月）")
    until_day = models.PositiveSmallIntegerField("止（日）")
    hours = models.CharField("开放时间", max_length=120)

    class Meta:
        verbose_name = verbose_name_plural = "开放的季节"
        ordering = ("from_month", "from_day")

    def __str__(self) -> str:
        return self.name

    def covers(self, on: date) -> bool:
        """Whether the day is within the season, also when it runs over the new year."""
        first, last, day = (self.from_month, self.from_day), (self.until_month, self.until_day), (on.month, on.day)
        return first <= day <= last if first <= last else day >= first or day <= last


class Equipment(models.Model):
    """一件设备。"""

    zone = models.ForeignKey(Zone, models.CASCADE, related_name="equipment", verbose_name="体验区")
    kind = models.CharField("设备", max_length=12, choices=Device.choices())
    number = models.CharField("编号", max_length=30)
    works = models.BooleanField("完好", default=True)
    checked_on = models.DateField("最近巡检")
    fault = models.CharField("毛病", max_length=120, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "设备"
        ordering = ("kind", "number")
        constraints = [models.UniqueConstraint(fields=["zone", "number"], name="one_equipment_a_number")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}{self.number}"


class Patrol(models.Model):
    """一次巡检;只增不改。"""

    zone = models.ForeignKey(Zone, models.CASCADE, related_name="patrols", verbose_name="体验区")
    on = models.DateField("巡检之日")
    is_open = models.BooleanField("按时开放", default=True)
    found = models.CharField("发现的问题", max_length=300, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="巡检人")

    class Meta:
        verbose_name = verbose_name_plural = "巡检"
        ordering = ("-on", "-pk")


class DayCount(models.Model):
    """一天的服务:只有次数,没有谁。"""

    zone = models.ForeignKey(Zone, models.CASCADE, related_name="days", verbose_name="体验区")
    on = models.DateField("日期")
    searches = models.PositiveIntegerField("查询", default=0)
    applications = models.PositiveIntegerField("申请录入", default=0)
    questions = models.PositiveIntegerField("咨询", default=0)
    answered = models.PositiveIntegerField("当日答复的咨询", default=0)
    prints = models.PositiveIntegerField("打印页数", default=0)
    helped = models.PositiveIntegerField("帮办", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "每天的服务"
        ordering = ("-on",)
        constraints = [models.UniqueConstraint(fields=["zone", "on"], name="one_zone_count_a_day")]


class Stock(models.Model):
    """资料架上的一种资料。"""

    zone = models.ForeignKey(Zone, models.CASCADE, related_name="stock", verbose_name="体验区")
    title = models.CharField("资料", max_length=120)
    placed = models.PositiveIntegerField("投放", default=0)
    left = models.PositiveIntegerField("剩余", default=0)
    updated_on = models.DateField("最近更新")

    class Meta:
        verbose_name = verbose_name_plural = "资料"
        ordering = ("title",)
        constraints = [
            models.CheckConstraint(condition=Q(left__lte=models.F("placed")), name="left_not_above_placed"),
            models.UniqueConstraint(fields=["zone", "title"], name="one_stock_a_title"),
        ]

    def __str__(self) -> str:
        return self.title


class CommentQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The books of zones kept by the units of this person."""
        return self.filter(access.within(user, "standards.zone", "zone__place__agency"))

    def open(self):
        """Not answered yet."""
        return self.filter(answered_on=None)

    def shown(self):
        """Answered, and looked at before the public sees them."""
        return self.filter(is_public=True).exclude(answered_on=None)


class Comment(models.Model):
    """意见簿的一条:不记是谁写的;答复了、看过没有个人信息的才公开。"""

    zone = models.ForeignKey(Zone, models.CASCADE, related_name="comments", verbose_name="体验区")
    on = models.DateField("哪一天写的")
    kind = models.CharField("写在哪里", max_length=8, choices=BookKind.choices(), default=BookKind.PAPER)
    text = models.CharField("意见", max_length=500)
    due_on = models.DateField("应在何日以前答复")
    answer = models.CharField("答复", max_length=500, blank=True)
    answered_on = models.DateField("答复之日", null=True, blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="答复人")
    is_public = models.BooleanField("公开", default=False)
    at = models.DateTimeField("登记时间")

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "意见簿"
        ordering = ("-on", "-pk")
        indexes = [models.Index(fields=["zone", "answered_on"], name="zone_comment_open")]

    def __str__(self) -> str:
        return self.text if len(self.text) < 31 else f"{self.text[:30]}……"

    @property
    def is_late(self) -> bool:
        """Answered after its day."""
        return self.answered_on is not None and self.answered_on > self.due_on


class Closure(models.Model):
    """停用公告。"""

    zone = models.ForeignKey(Zone, models.CASCADE, related_name="closures", verbose_name="体验区")
    from_on = models.DateField("自何日")
    until_on = models.DateField("到何日")
    reason = models.CharField("原因", max_length=200)

    class Meta:
        verbose_name = verbose_name_plural = "停用公告"
        ordering = ("-from_on",)
