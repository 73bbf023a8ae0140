"""工作台的一份办事指南:看、改一部分、比较、每一步、常见问题。"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.desk.numbers import whole
from gongkai.desk.responses import private
from gongkai.desk.submitting import button_step, form_step
from gongkai.law.errors import LawError
from gongkai.org import access

from .. import actions, asked, compare, forms, quality
from ..forms.guides import SECTIONS
from ..models import CONTENT, Faq, Guide, Version
from ..shape import LISTS
from ..standing import is_old, outdated_questions
from ..terms import FaqState, GuideState

N, L, P, C = GuideState.NEW, GuideState.LIVE, GuideState.PAUSED, GuideState.CANCELLED


def guide_of(request: HttpRequest, pk: int) -> Guide:
    """A guide that this person may see; 404 for any other."""
    return get_object_or_404(Guide.objects.visible_to(request.user).select_related("agency"), pk=pk)


@dataclass(frozen=True, slots=True)
class Act:
    """一步:名称、权限、从哪些状态、表单、做事的函数、做完说的话。"""

    label: str
    right: str
    states: tuple[GuideState, ...]
    form: Callable[..., Any]
    run: Callable[..., Any]
    done: str
    main: bool = False
    draft: bool | None = None
    hint: str = ""


ACTS: dict[str, Act] = {
    "publish": Act(
        "公布",
        "services.publish",
        (N, L, P),
        forms.PublishForm,
        lambda guide, data, **who: actions.publish_guide(guide, data["change_note"], seen=data["seen"], **who),
        "已经公布。",
        main=True,
        draft=True,
        hint="起草的人不公布自己的；还有要改的不能公布。",
    ),
    "verify": Act(
        "核对过了，没有变",
        "services.write",
        (L, P),
        forms.ConfirmForm,
        lambda guide, data, **who: actions.verify_guide(guide, seen=data["seen"], **who),
        "已经记下，页面上的核对日期是今天。",
        draft=False,
        hint="逐项同窗口现在办的核对过，一样的才点。",
    ),
    "pause": Act(
        "暂停办理",
        "services.publish",
        (L,),
        forms.WhyForm,
        lambda guide, data, **who: actions.pause_guide(guide, data["why"], seen=data["seen"], **who),
        "已经暂停，页面上写着原因。",
    ),
    "resume": Act(
        "恢复办理",
        "services.publish",
        (P,),
        forms.ConfirmForm,
        lambda guide, data, **who: actions.resume_guide(guide, seen=data["seen"], **who),
        "已经恢复。",
    ),
    "cancel": Act(
        "取消事项",
        "services.publish",
        (L, P),
        forms.WhyForm,
        lambda guide, data, **who: actions.cancel_guide(guide, data["why"], seen=data["seen"], **who),
        "已经取消。",
    ),
    "discard": Act(
        "不要草稿",
        "services.write",
        (N, L, P),
        forms.ConfirmForm,
        lambda guide, data, **who: actions.discard_draft(guide, seen=data["seen"], **who),
        "草稿已经不要了。",
        draft=True,
    ),
}


def guide_may(guide: Guide, act: Act, has_draft: bool) -> bool:
    return guide.state in act.states and (act.draft is None or act.draft is has_draft)


@access.desk("services.view")
def guide(request: HttpRequest, pk: int) -> HttpResponse:
    """一份指南:缺什么、不对的、各部分、各版、常见问题。"""
    guide, on = guide_of(request, pk), timezone.localdate()
    draft, live = guide.draft, guide.live
    shown = draft or live
    if shown is not None:
        shown.guide = guide
    found = quality.review(shown, on) if shown else None
    by_section = found.by_section() if found else {}
    may_write = access.may(request.user, "services.write", guide.agency) and guide.state != C
    context = {
        "guide": guide,
        "draft": draft,
        "live": live,
        "shown": shown,
        "review": found,
        "old": is_old(guide, on),
        "sections": [
            (key, row.label, by_section.get(key, []), compare.lines(shown, key) if shown else [])
            for key, row in SECTIONS.items()
        ],
        "versions": guide.versions.select_related("saved_by", "published_by"),
        "may_write": may_write,
        "faqs": guide.faqs.select_related("proposed_by", "replaces"),
        "outdated": set(outdated_questions().filter(guide=guide).values_list("pk", flat=True)),
        "may_confirm": access.may(request.user, "services.publish", guide.agency),
        "matters": guide.parts.select_related("matter"),
        "elsewhere": compare.elsewhere(shown, quality.Around.load(on, guide)) if shown else [],
        "acts": [
            (key, act)
            for key, act in ACTS.items()
            if guide_may(guide, act, draft is not None) and access.may(request.user, act.right, guide.agency)
        ],
    }
    return private(render(request, "services/desk/guide.html", context))


@access.desk("services.write")
def edit(request: HttpRequest, pk: int, section: str) -> HttpResponse:
    """改一部分;改的是草稿,没有草稿的先抄公布的一版。"""
    guide, part = guide_of(request, pk), SECTIONS.get(section)
    access.require(request.user, "services.write", guide.agency)
    if part is None:
        raise Http404("没有这一部分。")
    version = guide.draft or guide.live
    form = part.form(
        request.POST or None, initial=forms.start_of(version, list(part.form.base_fields)) | {"seen": guide.mark}
    )
    sets = []
    for name, label, kind in part.rows:
        rows = _rows(version, name)
        options = {"situations": _rows(version, "situations")} if name == "materials" else {}
        sets.append((name, label, forms.rows_of(kind, rows, request.POST or None, name, **options)))
    # 每一串都核一遍,错在哪里一次说全
    valid = [made.is_valid() for _, _, made in sets]
    if request.method == "POST" and form.is_valid() and all(valid):
        values = {name: value for name, value in form.cleaned_data.items() if name in CONTENT}
        for name, _, made in sets:
            values[name] = forms.values_of(made, next(iter(LISTS[name].__dataclass_fields__)))
        try:
            actions.save_draft(guide, values, by=request.user, at=timezone.now(), seen=form.cleaned_data["seen"])
        except LawError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"“{part.label}”已经存进草稿，还没有公布。")
            if "again" in request.POST:
                return redirect("desk:services_edit", guide.pk, section)
            return redirect("desk:services_guide", guide.pk)
    found = quality.review(version, timezone.localdate()).by_section().get(section, []) if version else []
    bad = bool(form.errors) or any(made.total_error_count() for _, _, made in sets if made.is_bound)
    keys = list(SECTIONS)
    place = keys.index(section)
    context = {
        "guide": guide,
        "part": part,
        "form": form,
        "sets": sets,
        "findings": found,
        "section": section,
        "next": keys[place + 1] if place + 1 < len(keys) else "",
        "sections": [(key, row.label) for key, row in SECTIONS.items()],
    }
    return private(render(request, "services/desk/edit.html", context, status=422 if bad else 200))


def _rows(version: Version | None, name: str) -> list[Any]:
    if version is None:
        return []
    attribute = {
        "bases": "basis_rows",
        "situations": "situation_rows",
        "materials": "material_rows",
        "steps": "step_rows",
        "fees": "fee_rows",
    }[name]
    return list(getattr(version, attribute))


@access.desk("services.view")
def changes(request: HttpRequest, pk: int) -> HttpResponse:
    """草稿同公布的一版,或者两版之间,逐项比。"""
    guide = guide_of(request, pk)
    versions = list(guide.versions.all())
    wanted = request.GET.get("version", "")
    newer = next((row for row in versions if str(row.number) == wanted), versions[0] if versions else None)
    older = next((row for row in versions if newer and row.number < newer.number), None)
    context = {
        "guide": guide,
        "newer": newer,
        "older": older,
        "rows": compare.differences(older, newer) if newer else [],
    }
    return private(render(request, "services/desk/changes.html", context))


@access.desk("services.view")
def act(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """一步。"""
    guide, found = guide_of(request, pk), ACTS.get(key)
    if found is None:
        raise Http404("没有这一步。")
    access.require(request.user, found.right, guide.agency)
    form = found.form(request.POST or None, initial={"seen": guide.mark})
    gone = key == "discard" and guide.state == N
    home = reverse("desk:services_guide", args=[guide.pk])

    def run(data: dict[str, Any]) -> str:
        found.run(guide, data, by=request.user, at=timezone.now())
        return found.done

    draft = guide.draft if key == "publish" else None
    review = quality.review(draft, timezone.localdate()) if draft else None
    return private(
        form_step(
            request,
            form,
            run,
            "services/desk/step.html",
            back=reverse("desk:services_guides") if gone else home,
            home=home,
            trail=guide,
            title=f"{found.label}：{guide}",
            button=found.label,
            hint=found.hint,
            review=review,
        )
    )


@access.desk("services.write")
def new_faq(request: HttpRequest, pk: int) -> HttpResponse:
    """拟一个常见问题;``?faq=`` 是改公布了的一个。"""
    guide = guide_of(request, pk)
    access.require(request.user, "services.write", guide.agency)
    number = whole(request.GET.get("faq"))
    former = None if number is None else get_object_or_404(guide.faqs, pk=number)

    def run(data: dict[str, Any]) -> str:
        actions.propose_faq(
            guide,
            data["question"],
            data["answer"],
            data["source"],
            replaces=former,
            by=request.user,
            at=timezone.now(),
        )
        return "已经拟好，等另一个人确认。"

    home = reverse("desk:services_guide", args=[guide.pk])
    wanted = request.GET.get("letter", "")
    group = (
        next((row for row in asked.asked(guide, timezone.localdate()) if wanted in row.numbers), None)
        if wanted
        else None
    )
    initial, hint = {}, ""
    if former is not None:
        initial = {"question": former.question, "answer": former.answer, "source": former.source}
        hint = "另一个人确认以前，公众看到的还是原来的一问一答。"
    elif group is not None:
        hint = "从来信来的，去掉那一封独有的话，写成谁来问都用得上的一问一答。"
        letter = group.letter
        initial = {"question": letter.shown_title, "answer": letter.shown_reply, "source": group.source}
    return form_step(
        request,
        forms.FaqForm(request.POST or None, initial=initial),
        run,
        back=home,
        trail=guide,
        title=f"{'改' if former else '拟'}常见问题：{guide}",
        button="拟好",
        hint=hint,
    )


@access.desk("services.view")
def letters(request: HttpRequest, pk: int) -> HttpResponse:
    """来信里问这个事项的,供拟成常见问题。"""
    guide = guide_of(request, pk)
    context = {
        "guide": guide,
        "groups": asked.asked(guide, timezone.localdate()),
        "may_write": access.may(request.user, "services.write", guide.agency),
    }
    return private(render(request, "services/desk/asked.html", context))


@access.desk("services.publish")
@require_POST
def settle_faq(request: HttpRequest, pk: int, state: str) -> HttpResponse:
    """确认、不采用、撤下。"""
    faq = get_object_or_404(
        Faq.objects.filter(guide__in=Guide.objects.visible_to(request.user)).select_related("guide__agency"), pk=pk
    )
    access.require(request.user, "services.publish", faq.guide.agency)
    if state not in (FaqState.SHOWN, FaqState.DROPPED):
        raise Http404("没有这一步。")

    def run() -> str:
        actions.confirm_faq(faq, FaqState.from_value(state), by=request.user, at=timezone.now())
        return "已经公布。" if state == FaqState.SHOWN else "已经不用了。"

    return button_step(request, run, back=reverse("desk:services_guide", args=[faq.guide_id]))
