"""导入:从表格、公文、网页、文字读成草稿;同名的改那一份的草稿,一样的不动。"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from gongkai.law.errors import RuleBroken
from gongkai.org import access
from gongkai.org.actions import log
from gongkai.org.models import Agency, User

from ..intake import Read
from ..models import Guide
from ..terms import GuideState
from .guides import new_guide, save_draft


@dataclass(frozen=True, slots=True)
class Imported:
    """导入一份的结果:指南(没有成的是空)、做了什么。"""

    guide: Guide | None
    what: str


@transaction.atomic
def import_guides(agency: Agency, found: Iterable[Read], file: str, *, by: User, at: datetime) -> list[Imported]:
    """读好的各份存成草稿;公布还是一份份来。"""
    access.require(by, "services.write", agency)
    done: list[Imported] = []
    for row in found:
        name = str(row.values.get("name", ""))
        guide = Guide.objects.filter(agency=agency, name=name).exclude(state=GuideState.CANCELLED).first()
        source = f"导入自{file}"
        if guide is None:
            made = new_guide(agency, row.values, by=by, at=at, source=source, original=row.text)
            done.append(Imported(made, "新建草稿"))
        elif guide.versions.filter(original=row.text).exists():
            done.append(Imported(guide, "同上次导入的一样，没有动"))
        else:
            save_draft(guide, row.values, by=by, at=at, source=source, original=row.text)
            done.append(Imported(guide, "改了草稿"))
    if not done:
        raise RuleBroken(
            f"“{file}”里没有读出办事指南", fix="一份指南要有“申请材料”“受理条件”一类的标题；表格第一行写要素名称。"
        )
    log("services.import", f"从“{file}”导入{len(done)}份办事指南", at=at, by=by, agency=agency, counts=len(done))
    return done
