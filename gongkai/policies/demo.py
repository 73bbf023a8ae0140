"""样本区的政策:在办的发布包、提问、云诊所。历年的规范性文件要在单位撤并以前装,由装样本区的先装(``samples.stock``)。"""

from __future__ import annotations

from gongkai.org.sample import District

from .samples import clinic, together


def load(district: District) -> None:
    """What is in hand at the district's office, and the clinic over the papers of many years."""
    together.load(district.desks, district.until)
    clinic.load(district.desks, district.until)
