"""本区的说法:加一个、去掉一个,立刻生效。"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from gongkai.adapters.personal import personal_data
from gongkai.adapters.words import fold
from gongkai.law.errors import RuleBroken
from gongkai.org import access
from gongkai.org.actions import log
from gongkai.org.models import User

from ..models import Saying

_MOST_WRITTEN = 6
_MOST = 2_000


@transaction.atomic
def add_saying(said: str, written: Iterable[str], *, by: User, at: datetime) -> Saying:
    """加一个说法:打 ``said`` 的,也按 ``written`` 里的几种写法找。

    Raises:
        RuleBroken: too short or too long, nothing written, the same on both sides, personal data, known already, or the
            table is full.
    """
    access.require(by, "search.manage")
    word = _plain(said)
    others = [one for one in dict.fromkeys(map(_plain, written)) if one and one != word]
    if not 2 <= len(word) <= 20:
        raise RuleBroken("说法要有二到二十个字", fix="整句的请改成其中的词，例如“老头钱”。")
    if not others:
        raise RuleBroken("没有填公文里的写法", fix="请填文件里实际用的词，例如“高龄津贴”。")
    if len(others) > _MOST_WRITTEN or any(not 2 <= len(one) <= 20 for one in others):
        raise RuleBroken(f"写法至多{_MOST_WRITTEN}个，每个二到二十个字", fix="请只留最贴切的。")
    if personal_data(" ".join([word, *others])):
        raise RuleBroken("里面有像个人信息的", fix="请只填词。")
    if Saying.objects.filter(said=word).exists():
        raise RuleBroken(f"已经有“{word}”这个说法", fix="要改的，请先去掉再加。")
    if Saying.objects.count() >= _MOST:
        raise RuleBroken(f"说法已经有{_MOST}个", fix="请先去掉不用的。")
    saying = Saying.objects.create(said=word, written=others, by=by, at=at)
    log("search.saying", f"加说法：{saying}", at=at, by=by, about=saying)
    return saying


@transaction.atomic
def drop_saying(saying: Saying, *, by: User, at: datetime) -> None:
    """去掉一个说法。"""
    access.require(by, "search.manage")
    log("search.saying", f"去掉说法：{saying}", at=at, by=by, about=saying)
    saying.delete()


def _plain(text: str) -> str:
    return "".join(fold(text).split())
