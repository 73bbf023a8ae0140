"""办事服务里等这个人办的事,给工作台首页(``desk.todo``);全工作台检索(``desk.finding``)。"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from gongkai.desk.finding import bearing
from gongkai.desk.open_work import OpenItem
from gongkai.desk.todo import PREVIEW, Panel, Task, panel_of
from gongkai.org import access
from gongkai.org.models import Agency, User

from . import asked, handbook, standing
from .models import Faq, Guide, Link, Matter, Phone
from .terms import FaqState, GuideState, LinkState, MatterState, PhoneState, Stage


def panels(user: User, on: date) -> Iterator[Panel]:
    """Drafts to publish, questions to confirm, guides to compare, links that broke, a handbook that is out of date."""
    home = reverse("desk:services_guides")
    if access.may(user, "services.publish"):
        within = access.within(user, "services.publish")
        drafts = Guide.objects.filter(within, versions__stage=Stage.DRAFT).exclude(
            versions__stage=Stage.DRAFT, versions__saved_by=user
        )
        yield _guides(
            "待公布的指南", "别人起草的；没有要改的才能公布。", drafts.filter(stops=0), f"{home}?only=draft"
        )
        rows = Faq.objects.filter(
            access.within(user, "services.publish", "guide__agency"), state=FaqState.PROPOSED
        )
        yield _questions("待确认的常见问题", "别人拟的。", rows.exclude(proposed_by=user), home)
        rows = standing.outdated_questions().filter(access.within(user, "services.publish", "guide__agency"))
        hint = "确认以后指南又公布过新的一版：答案还对的照旧，不对的不用，另拟一个。"
        yield _questions("指南改了，常见问题没有再核对", hint, rows.exclude(proposed_by=user), home)
        matters = Matter.objects.filter(
            access.within(user, "services.publish", "lead"), state=MatterState.DRAFT
        ).exclude(saved_by=user)
        yield panel_of(
            "待公布的一件事",
            "",
            matters.select_related("lead"),
            lambda matter: Task(str(matter), reverse("desk:services_matter", args=[matter.pk]), str(matter.lead)),
            reverse("desk:services_matters"),
        )
    if access.may(user, "services.write"):
        within = access.within(user, "services.write")
        stopped = Guide.objects.filter(within, stops__gt=0).exclude(state=GuideState.CANCELLED)
        yield _guides("有要改的指南", "改好了才能公布。", stopped, f"{home}?only=stops")
        yield _guides(
            "该核对的指南",
            "很久没有同窗口现在办的核对过。",
            standing.unverified(on).filter(within),
            f"{home}?only=old",
        )
        letters = asked.waiting(access.agencies_of(user, "services.write").values_list("pk", flat=True), on)
        tasks = tuple(
            Task(str(one), reverse("desk:services_letters", args=[one.pk]), f"{count}封来信")
            for one, count in letters[:PREVIEW]
        )
        yield Panel("来信问得多，还没有常见问题", "看来信，拟成一问一答。", len(letters), home, tasks)
        bad = Link.objects.filter(
            state__in=(LinkState.DEAD, LinkState.HOME, LinkState.MOVED), guides__in=Guide.objects.filter(within)
        ).distinct()
        links = reverse("desk:services_links")
        wrong = Phone.objects.filter(state=PhoneState.WRONG, guides__in=Guide.objects.filter(within)).distinct()
        phones = f"{reverse('desk:services_phones')}?list=wrong"
        yield panel_of(
            "打不通的电话",
            "在指南里换成现在的。",
            wrong,
            lambda phone: Task(phone.number, phones, phone.get_state_display()),
            phones,
        )
        yield panel_of(
            "不对的链接",
            "打开核对，在指南里换掉。",
            bad,
            lambda link: Task(link.url[:80], links, link.get_state_display()),
            links,
        )
    if access.may(user, "services.list"):
        url = reverse("desk:services_cooperation")
        stale = standing.stale_cooperations(on).filter(access.within(user, "services.list", "lead"))
        yield panel_of(
            "通办进展没有更新",
            "填累计办件和进展。",
            stale,
            lambda row: Task(str(row), url, f"{row.updated_on}更新", "没有更新", "warn"),
            url,
        )
    if access.may(user, "services.handbook"):
        latest = handbook.latest()
        changed = handbook.is_stale(latest) if latest else 0
        url = reverse("desk:services_handbooks")
        task = Task(str(latest), url, f"{changed}份指南改了", "旧版", "warn")
        yield Panel("一本通是旧版", "请编新的一版。", 1 if changed else 0, url, (task,))


def _guides(label: str, hint: str, rows: Any, url: str) -> Panel:
    rows = rows.select_related("agency").distinct()
    return panel_of(
        label,
        hint,
        rows,
        lambda guide: Task(str(guide), _address(guide), f"{guide.agency}，完整度{guide.score}"),
        url,
    )


def _questions(label: str, hint: str, rows: QuerySet[Faq], url: str) -> Panel:
    def task(faq: Faq) -> Task:
        return Task(faq.question, _address(faq.guide), str(faq.guide))

    return panel_of(label, hint, rows.select_related("guide"), task, url)


def _address(guide: Guide) -> str:
    return reverse("desk:services_guide", args=[guide.pk])


def find(user: User, words: list[str], on: date) -> Iterator[Panel]:
    """Guides and matters that bear the words."""
    if not access.may(user, "services.view"):
        return
    rows = Guide.objects.visible_to(user).filter(bearing(words, "name", "code")).select_related("agency")
    tasks = tuple(
        Task(str(one), _address(one), str(one.agency), one.get_state_display()) for one in rows[:PREVIEW]
    )
    yield Panel("办事指南", "名称、编码。", rows.count(), reverse("desk:services_guides"), tasks)
    matters = Matter.objects.visible_to(user).filter(bearing(words, "title"))
    tasks = tuple(
        Task(str(one), reverse("desk:services_matter", args=[one.pk]), one.summary) for one in matters[:PREVIEW]
    )
    yield Panel("一件事", "名称。", matters.count(), reverse("desk:services_matters"), tasks)


def open_work(*, user: User | None = None, agency: Agency | None = None) -> Iterator[OpenItem]:
    """Guides in use and drafts at an agency."""
    if agency is not None:
        for guide in Guide.objects.filter(agency=agency).exclude(state=GuideState.CANCELLED):
            yield OpenItem(f"办事指南“{guide}”", guide.get_state_display(), _address(guide))
