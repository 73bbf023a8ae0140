"""办事一本通:编一版(先排好,再写库),停用一版。编的时候指南改了,写的仍是当时的,随即标作旧版。"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from gongkai.adapters.plaintext import line
from gongkai.adapters.render import Fonts, handbook_pdf
from gongkai.desk.moments import local_day
from gongkai.law.errors import RuleBroken
from gongkai.org import access, site
from gongkai.org.actions import log
from gongkai.org.models import User
from gongkai.records import store

from .. import handbook
from ..models import Handbook, HandbookEntry


def make_handbook(title: str, area: str, *, by: User, at: datetime) -> Handbook:
    """编一版:收现在公布的全部指南,排成 PDF 和 EPUB。"""
    access.require(by, "services.handbook")
    name, where, on = line(title)[:80], line(area)[:80], local_day(at)
    if not name or not where:
        raise RuleBroken("没有写书名、适用区域", fix="请写。")
    found = handbook.versions()
    if not found:
        raise RuleBroken("还没有公布的办事指南", fix="先公布指南，再编一本通。")
    number = (Handbook.objects.aggregate(last=Max("number"))["last"] or 0) + 1
    content = handbook.book(found, name, number, where, on, handbook.address_of)
    # 排版要几秒,不占着事务
    pdf = handbook_pdf(content, Fonts.find(Path(settings.GONGKAI_DATA) / "fonts"))
    book = handbook.epub_of(content, f"urn:x-gongkai:{site.current().domain}:handbook:{number}", at)
    with transaction.atomic():
        if Handbook.objects.select_for_update().filter(number=number).exists():
            raise RuleBroken(f"第{number}版刚由别人编好", fix="请刷新页面看那一版。")
        made = Handbook.objects.create(
            number=number,
            title=name,
            area=where,
            as_of=on,
            made_at=at,
            made_by=by,
            pdf=store.keep(pdf),
            pdf_size=len(pdf),
            epub=store.keep(book),
            epub_size=len(book),
        )
        HandbookEntry.objects.bulk_create(
            HandbookEntry(handbook=made, guide=one.guide, version=one) for one in found
        )
        log("services.handbook", f"{made}：收{len(found)}项", at=at, by=by, about=made, counts=len(found))
    return made


@transaction.atomic
def withdraw_handbook(made: Handbook, why: str, *, by: User, at: datetime) -> Handbook:
    """停用一版,公众不再下载得到。"""
    access.require(by, "services.handbook")
    if not line(why):
        raise RuleBroken("没有写原因", fix="请写为什么停用。")
    made = Handbook.objects.select_for_update().get(pk=made.pk)
    if made.withdrawn_at is None:
        made.withdrawn_at = at
        made.save(update_fields=["withdrawn_at"])
        log("services.withdraw_handbook", f"{made}：停用，{line(why)}", at=at, by=by, about=made)
    return made
