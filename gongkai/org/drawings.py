"""一次公开抽选的约定和结果;名额、报名截止在各自的活动、会议上。"""

from __future__ import annotations

from django.db import models

from gongkai.law import drawing as law

from .sealed import SealedTextField


class Drawing(models.Model):
    """约定的种子从哪里来,抽出的次序。``secret`` 在抽选以前谁也看不到,公布的是它的散列。"""

    source = models.CharField("约定的公开数", max_length=200, blank=True)
    comes_out_at = models.DateTimeField("公开数产生的时刻", null=True, blank=True)
    secret = SealedTextField("封存的种子", blank=True)
    commitment = models.CharField("种子的散列", max_length=64, blank=True)
    agreed_at = models.DateTimeField("约定的时刻", null=True)
    seed = models.CharField("种子", max_length=64, blank=True)
    seats = models.PositiveSmallIntegerField("抽出几个", default=0)
    order = models.JSONField("抽出的次序", default=list, blank=True)
    drawn_at = models.DateTimeField("抽选的时刻", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "公开抽选"

    def __str__(self) -> str:
        return self.source or f"散列{self.commitment[:8]}"

    @property
    def is_drawn(self) -> bool:
        return bool(self.seed)

    @property
    def chosen(self) -> list[str]:
        """The numbers that took the seats."""
        return self.order[: self.seats]

    @property
    def holds(self) -> bool:
        """Whether the seed shown is the one whose hash was shown before; True where a public number was agreed on."""
        return not self.commitment or law.commitment(self.seed) == self.commitment
