"""工作台的同步发布:清单、一个发布包、解读方案、起草和放入解读、不附解读、一并签发、撤下。"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.desk.moments import minute
from gongkai.desk.paging import page
from gongkai.desk.submitting import Act, button_step, form_step
from gongkai.law import interpretation as law
from gongkai.law.marks import titled
from gongkai.org import access
from gongkai.org.models import LogEntry
from gongkai.records.forms import RescheduleForm
from gongkai.records.models import Edition, Record
from gongkai.records.review import gates_of
from gongkai.records.terms import Stage

from .. import actions, todo
from ..forms import AddForm, DraftForm, ExemptForm, PlanForm, SignForm, WithdrawForm
from ..gate import is_bound
from ..models import Package, Part

LISTS = {
    "open": ("在办", "已经建立、还没有签发的发布包。", "没有在办的发布包。"),
    "ready": ("待一并签发", "文件和解读都到了终审的。", "没有待一并签发的发布包。"),
    "missing": (
        "缺解读的在办文件",
        "必须同解读一起发布、还没有解读也没有核定不附解读的。",
        "在办的文件都有解读，或者已经核定不附解读。",
    ),
    "waiting": ("定时待发", "已经签发、时刻还没有到的；到时同时公开，以前可以改时刻。", "没有定时待发的发布包。"),
    "done": ("已签发", "文件和解读已经一并签发的。", "还没有签发过发布包。"),
    "bare": ("公开着而没有解读", "文件公开着，公众看不到解读的；都记有理由。", "公开的文件都看得到解读。"),
}
LOG_ROWS = 30


def package_of(request: HttpRequest, pk: int) -> Package:
    """A package that this person may see; 404 for any other."""
    rows = Package.objects.visible_to(request.user).select_related("policy__agency", "drafter", "exempted_by")
    return get_object_or_404(rows, pk=pk)


@access.desk("policies.view")
def packages(request: HttpRequest) -> HttpResponse:
    """发布包的清单。"""
    at, on = timezone.now(), timezone.localdate()
    key = request.GET.get("list", "open")
    key = key if key in LISTS else "open"
    own = (
        Package.objects.visible_to(request.user).select_related("policy__agency").prefetch_related("parts__record")
    )
    rows = {
        "open": own.under_way,
        "ready": lambda: todo.ready(own),
        "waiting": lambda: own.filter(release_at__gt=at),
        "done": lambda: own.exclude(signed_at=None),
        "bare": lambda: own.bare(at),
        "missing": lambda: todo.unaccompanied(request.user, "policies.view", on),
    }[key]()
    if key == "missing":
        result = page(rows.select_related("agency"), request.GET)
    else:
        result = page(rows, request.GET, keys=("created_at", "pk"))
    label, hint, empty = LISTS[key]
    lists = [(one, LISTS[one][0]) for one in LISTS]
    context = {"key": key, "lists": lists, "label": label, "hint": hint, "empty": empty, "page": result}
    return render(request, "policies/packages.html", context)


@access.desk("policies.write")
@require_POST
def start(request: HttpRequest, pk: int) -> HttpResponse:
    """给一件文件建立发布包。"""
    record = get_object_or_404(Record.objects.visible_to(request.user), pk=pk)

    def act() -> HttpResponse:
        return redirect(actions.start(record, by=request.user, at=timezone.now()))

    return button_step(request, act, back="desk:record", pk=pk)


@access.desk("policies.view")
def package(request: HttpRequest, pk: int) -> HttpResponse:
    """一个发布包:文件和各份解读办到哪一步,解读写得怎样,现在可以办什么。"""
    package = package_of(request, pk)
    at, on = timezone.now(), timezone.localdate()
    policy = package.policy
    shown = policy.draft or policy.live or policy.editions.first()
    parts = [_told(part, shown.text, on) for part in package.parts.select_related("record__agency")]
    user, agency = request.user, policy.agency
    signed = package.signed_at is not None
    context = {
        "package": package,
        "policy": policy,
        "edition": shown,
        "parts": parts,
        "gates": _gates(policy),
        "bound": is_bound(shown, package.release_at or at),
        "source": law.diverse_share.source,
        "released": package.is_released(at),
        "is_public": policy.is_public(at),
        "may_write": access.may(user, "policies.write", agency) and (not signed or package.is_released(at)),
        "may_plan": access.may(user, "policies.write", agency) and not signed,
        "may_exempt": access.may(user, "policies.exempt", agency),
        "may_sign": access.may(user, "records.final", agency) and not signed and package.parts.exists(),
        "may_reschedule": access.may(user, "records.final", agency) and signed and not package.is_released(at),
        "may_withdraw": access.may(user, "records.withdraw", agency) and signed,
        "log": LogEntry.objects.about(package).select_related("by").order_by("-seq")[:LOG_ROWS],
    }
    return render(request, "policies/package.html", context)


def _gates(record: Record) -> list[tuple[str, bool]]:
    """Each gate that the edition in hand must pass, and whether it has."""
    draft = record.draft
    if draft is None:
        return []
    passed = set(
        draft.reviews.filter(valid=True, verdict="pass", revision=draft.revision).values_list("kind", flat=True)
    )
    return [(gate.label, gate.value in passed) for gate in gates_of(draft)]


def _told(part: Part, policy_text: str, on: Any) -> dict[str, Any]:
    """An interpretation with what the law core says of its text."""
    record = part.record
    edition = record.draft or record.live or record.editions.order_by("-nth").first()
    return {
        "part": part,
        "record": record,
        "edition": edition,
        "form": part.form,
        "gates": _gates(record),
        "missing": law.missing_elements(edition.text) if edition.text else (),
        "repetition": law.repetition(edition.text, policy_text, on),
        "interpreter": record.fields.get("interpreter", ""),
    }


def _step(request: HttpRequest, package: Package, form: forms.Form, act: Act, **look: Any) -> HttpResponse:
    """One form over a package: ``title``, ``button``, and if need be ``hint`` and ``danger``."""
    return form_step(
        request, form, act, "policies/step.html", back=package, trail=package.policy, package=package, **look
    )


def _writer(request: HttpRequest, pk: int, right: str = "policies.write") -> Package:
    package = package_of(request, pk)
    access.require(request.user, right, package.policy.agency)
    return package


@access.desk("policies.write")
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """解读方案。"""
    package = _writer(request, pk)
    initial = {"outline": package.outline, "channels": package.channels, "planned_on": package.planned_on}
    form = PlanForm(request.POST or None, initial=initial)

    def act(data: dict[str, Any]) -> str:
        actions.plan(package, **data, by=request.user, at=timezone.now())
        return "解读方案已经保存。"

    return _step(request, package, form, act, title="解读方案", button="保存方案")


@access.desk("policies.write")
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """起草一份解读,放进发布包。"""
    package = _writer(request, pk)
    form = DraftForm(request.POST or None, initial={"title": f"{titled(package.policy)}解读"[:300]})

    def act(data: dict[str, Any]) -> HttpResponse:
        edition = actions.draft(package, **data, by=request.user, at=timezone.now())
        messages.success(request, "解读已经放进发布包，请写正文。")
        return redirect("desk:edit", edition.record_id)

    hint = "谁起草、谁解读；一件文件可以有几种形式的解读。"
    return _step(request, package, form, act, title="起草解读", button="起草", hint=hint)


@access.desk("policies.write")
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """放入已经起草的解读。"""
    package = _writer(request, pk)
    form = AddForm(request.POST or None, package=package)

    def act(data: dict[str, Any]) -> str:
        actions.add(package, data["record"], by=request.user, at=timezone.now())
        return f"{titled(data['record'])}已经放进发布包。"

    hint = "只列出本单位还没有签发、也不在别的发布包里的解读。"
    return _step(request, package, form, act, title="放入解读", button="放入发布包", hint=hint)


@access.desk("policies.write")
@require_POST
def remove(request: HttpRequest, pk: int, part: int) -> HttpResponse:
    """取出一份解读。"""
    package = _writer(request, pk)
    found = get_object_or_404(package.parts, pk=part)

    def act() -> str:
        actions.remove(found, by=request.user, at=timezone.now())
        return "解读已经取出，它的草稿还在。"

    return button_step(request, act, back=package)


@access.desk("policies.exempt")
def exempt(request: HttpRequest, pk: int) -> HttpResponse:
    """核定不附解读。"""
    package = _writer(request, pk, "policies.exempt")

    def act(data: dict[str, Any]) -> str:
        actions.exempt(package, data["kind"], data["note"], by=request.user, at=timezone.now())
        return "已经核定不附解读，理由留在发布包里。"

    return _step(
        request,
        package,
        ExemptForm(request.POST or None),
        act,
        title="核定不附解读",
        button="核定不附解读",
        hint=f"依据{law.diverse_share.source}，文件应当同解读一起发布；确实不用解读的，写明情形和理由。",
        danger=True,
    )


@access.desk("policies.exempt")
@require_POST
def oblige(request: HttpRequest, pk: int) -> HttpResponse:
    """收回不附解读的核定。"""
    package = _writer(request, pk, "policies.exempt")

    def act() -> str:
        actions.oblige(package, by=request.user, at=timezone.now())
        return "已经收回，这件文件仍要附解读。"

    return button_step(request, act, back=package)


@access.desk("records.final")
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """文件和解读一并签发。"""
    package = _writer(request, pk, "records.final")

    def act(data: dict[str, Any]) -> str:
        done = actions.sign(
            package,
            data["opinion"],
            by=request.user,
            at=timezone.now(),
            publish_at=data["publish_at"],
            seen=data["seen"].split(),
        )
        return _when("文件和解读已经一并签发", done, later=bool(data["publish_at"]))

    hint = "一件过不了，全都不签。请先看过文件和每一份解读。"
    drafts = Edition.objects.filter(stage=Stage.FINAL).filter(
        Q(record=package.policy_id) | Q(record__package_part__package=package)
    )
    form = SignForm(request.POST or None, initial={"seen": " ".join(draft.mark for draft in drafts) or "-"})
    return _step(request, package, form, act, title="一并签发", button="文件和解读一并签发", hint=hint)


@access.desk("records.final")
def reschedule(request: HttpRequest, pk: int) -> HttpResponse:
    """改定时发布的时刻,文件和解读一并改。"""
    package = _writer(request, pk, "records.final")

    def act(data: dict[str, Any]) -> str:
        done = actions.reschedule(package, data["publish_at"], by=request.user, at=timezone.now())
        return _when("发布时刻已经改好", done, later=bool(data["publish_at"]))

    form = RescheduleForm(request.POST or None, initial={"publish_at": package.release_at})
    hint = "文件和解读一并改到这一刻；到时以前公众都看不到。不发了的，请用“撤下”。"
    return _step(request, package, form, act, title="改发布时刻", button="改到这一刻", hint=hint)


def _when(done: str, package: Package, *, later: bool) -> str:
    """What was done, and from when the public reads it."""
    return f"{done}，{f'{minute(package.release_at)}同时公开' if later else '公众现在同时看得到'}。"


@access.desk("records.withdraw")
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """撤下文件和解读,各选怎样撤。"""
    package = _writer(request, pk, "records.withdraw")
    form = WithdrawForm(request.POST or None, package=package, initial={"on": timezone.localdate()})

    def act(data: dict[str, Any]) -> str:
        common = {name: data[name] for name in ("reason", "basis", "on", "kept")}
        actions.withdraw(
            package, form.choices(), **common, **form.same_files(), by=request.user, at=timezone.now()
        )
        return "选定的已经撤下。"

    hint = "每一件各选一种，没有选的继续公开；撤下文件而留着解读的，要写理由。合并或者迁移的要指明去处，请到那一件上办。"
    return _step(request, package, form, act, title="撤下", button="撤下选定的", hint=hint, danger=True)
