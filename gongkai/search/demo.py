"""样本区的人常查什么:装入那天以前几天的检索词,走并入检索词的那个动作。"""

from __future__ import annotations

from gongkai.law.calendar import DAY
from gongkai.org.sample import District, moment
from gongkai.records.models import Record

from .actions import count_in
from .actions.queries import LEAST_DAYS
from .kept import Note
from .models import QueryDay

#: 从常查的到少查的;题名里没有的词不算查得到。
WORDS = ("加装电梯", "高龄津贴", "入学", "公共租赁住房", "医疗保险", "临时救助", "创业", "残疾人")


def load(district: District) -> None:
    """Every word is asked on as many days as it takes to be popular, the first ones more often."""
    at = moment(district.until, 3)
    public = Record.objects.public(at)
    notes = []
    for rank, text in enumerate(WORDS):
        found = public.filter(title__contains=text).count()
        for back in range(1, LEAST_DAYS + 1):
            asked = Note(text, QueryDay.Kind.SEARCH, district.until - DAY * back, found)
            notes += [asked] * (len(WORDS) - rank)
    count_in(notes, at=at)
