"""全年合订本:一年各期的稿子合成 PDF、EPUB;登过的撤下、又出了一期,旧的在同一个事务里作废,由后台重做。"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from gongkai.law.errors import RuleBroken
from gongkai.records import store

from ..models import Form, Issue, Volume
from ..terms import FormKind
from ..typeset import bind, volume
from .locking import noted


def forget_volumes(year: int) -> None:
    """一年的合订本作废:行在这个事务里删去,文件在提交以后删去。"""
    rows = list(Volume.objects.filter(year=year))
    Volume.objects.filter(pk__in=[row.pk for row in rows]).delete()
    unlink_after(row.sha256 for row in rows)


def unlink_after(hashes: Iterable[str]) -> None:
    """Remove the files once the change is committed; a file that another issue or volume still has stays."""
    wanted = list(hashes)

    def remove() -> None:
        for sha256 in wanted:
            if not any(model.objects.filter(sha256=sha256).exists() for model in (Form, Volume)):
                store.path_of(sha256).unlink(missing_ok=True)

    transaction.on_commit(remove)


def rebind(year: int, *, at: datetime) -> bool:
    """做一年的合订本;稿子没有变的不动。

    Raises:
        RuleBroken: no font, or the PDF read back differs from the issues: then the year has no volume.
    """
    kept = {row.kind: row.source for row in Volume.objects.filter(year=year)}
    made = bind(year, at, unless=kept)
    if made is None:
        return False
    if made.faults:
        raise RuleBroken(f"{year}年合订本同各期不一样：{made.faults[0]}", fix="请先核对这一期，再重新排版。")
    with transaction.atomic():
        # 排的时候撤下、出刊的等在这里或者先办完了;先办完的,记号不同,这一份不算
        list(Issue.objects.select_for_update().filter(year=year).order_by("pk").values_list("pk"))
        bound, issues = volume(year, at)
        if bound.mark != made.mark:
            return False
        forget_volumes(year)
        for kind, content in made.files.items():
            Volume.objects.create(
                year=year,
                kind=kind,
                source=made.mark,
                sha256=store.keep(content),
                size=len(content),
                page_count=made.page_count if kind == FormKind.PDF else 0,
                issue_count=len(issues),
                built_at=at,
            )
        noted("volume", issues[-1], f"做{year}年合订本，{len(issues)}期、{made.page_count}页", at=at)
    return True
