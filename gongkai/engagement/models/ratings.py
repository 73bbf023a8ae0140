"""活动和访谈共有的:参加的人、提问的人的评价;有差评的,主办单位写改进了什么。"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q

from gongkai.desk.moments import local_day
from gongkai.law import engagement as law
from gongkai.law import params
from gongkai.law.calendar import DAY
from gongkai.org.sealed import SealedTextField


def open_for(ended_at: datetime) -> timedelta:
    """How long after its end people may say how it was: until the contacts of that time are erased."""
    return DAY * params.at("engagement.signup_keep_days", local_day(ended_at)).value


class ImprovableQuerySet(models.QuerySet):
    """``rated`` is the way from the activity to the ratings of it."""

    rated = ""

    def to_improve(self):
        """Badly rated after the last word on what was improved, or without any."""
        bad = Q(**{f"{self.rated}__rating__lte": law.BAD})
        later = Q(improved_at=None) | Q(**{f"{self.rated}__rated_at__gt": models.F("improved_at")})
        return self.filter(bad & later).distinct()


class Improvable(models.Model):
    """针对差评改进了什么,公众看得到。"""

    improved_note = models.TextField("针对差评的改进", blank=True)
    improved_at = models.DateTimeField("写改进的时间", null=True)

    class Meta:
        abstract = True


class Rated(models.Model):
    """一个人的评价,一次;写的话是密文,到期清除。"""

    rating = models.PositiveSmallIntegerField("评价", null=True)
    rating_note = SealedTextField("评价的话", blank=True)
    rated_at = models.DateTimeField("评价时间", null=True)

    class Meta:
        abstract = True
