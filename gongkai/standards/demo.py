"""样本区的标准化:目录、村务、体验区、公共企事业单位,各在 ``samples/`` 的一个文件里。"""

from __future__ import annotations

from gongkai.org.sample import District

from .samples import catalogue, enterprises, villages, zones


def load(district: District) -> None:
    """Everything of the room, through its own actions; the dates are counted back from ``until``."""
    for part in (catalogue, villages, zones, enterprises):
        part.load(district)
