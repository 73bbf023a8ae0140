"""样本区的政策:在办的发布包、提问。历年的规范性文件要在单位撤并以前装,由装样本区的先装(``samples.stock``);云诊所的事项连着办事指南,有了指南再装(``samples.clinic``)。"""

from __future__ import annotations

from gongkai.org.sample import District

from .samples import together


def load(district: District) -> None:
    """What is in hand at the district's office."""
    together.load(district.desks, district.until)
