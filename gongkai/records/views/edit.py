"""起草:新建、上传读出、编辑、自动保存、附件、预览。"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.adapters.files import Unreadable
from gongkai.law.errors import LawError
from gongkai.org import access

from .. import actions, checks, intake, store, types
from ..forms import EditForm, NewForm, UploadForm, initial
from ..models import Attachment, Edition, Record
from ..terms import EDITABLE_STAGES


def draft_of(request: HttpRequest, pk: int) -> Edition:
    """The editable edition in hand of a record that this person may write; 404 otherwise."""
    record = get_object_or_404(Record.objects.visible_to(request.user), pk=pk)
    access.require(request.user, "records.write", record.agency)
    return get_object_or_404(record.editions.select_related("record__agency"), stage__in=EDITABLE_STAGES)


@access.desk("records.write")
def new(request: HttpRequest) -> HttpResponse:
    """新建一件信息。"""
    form = NewForm(request.POST or None, user=request.user)
    if form.is_valid():
        data = form.cleaned_data
        edition = actions.create(
            data["agency"], data["type"], by=request.user, at=timezone.now(), title=data["title"]
        )
        return redirect("desk:edit", edition.record_id)
    return render(request, "records/desk/new.html", {"form": form, "upload": UploadForm(user=request.user)})


@access.desk("records.import")
def upload(request: HttpRequest) -> HttpResponse:
    """带来一份公文:读出要素和正文,成为草稿,每个值说明从哪里读到。"""
    form = UploadForm(request.POST or None, request.FILES or None, user=request.user)
    if form.is_valid():
        data, file = form.cleaned_data, form.cleaned_data["file"]
        if file.size > settings.UPLOAD_MAX_BYTES:
            form.add_error(
                "file", f"文件超过{settings.UPLOAD_MAX_BYTES // 1024 // 1024} MB，请压缩或者拆开后再传。"
            )
        else:
            try:
                result = intake.draft_from_file(
                    file.read(),
                    file.name,
                    data["agency"],
                    data["type"] or None,
                    by=request.user,
                    at=timezone.now(),
                )
            except (Unreadable, LawError) as error:
                form.add_error("file", str(error))
            else:
                messages.success(request, result.sentence)
                return redirect("desk:edit", result.edition.record_id)
    limit = settings.UPLOAD_MAX_BYTES // 1024 // 1024
    return render(
        request, "records/desk/upload.html", {"form": form, "limit": limit}, status=422 if form.errors else 200
    )


@access.desk("records.write")
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """编辑在办的版本。别人先保存过时不覆盖:两边都给他看,由他决定。"""
    edition = draft_of(request, pk)
    form = _form(request, edition)
    edition, conflict, saved = _saved(request, edition, form)
    if not saved:
        return _page(request, edition, form, conflict)
    if "submit" not in request.POST:
        messages.success(request, "已经保存。")
        return redirect("desk:edit", pk)
    if checks.to_confirm(edition, on=timezone.localdate()):
        return redirect("desk:submit", pk)
    try:
        actions.submit(edition, by=request.user, at=timezone.now(), confirmed={})
    except LawError as error:
        messages.error(request, f"已经保存，但还不能送审：{error}")
        return redirect("desk:edit", pk)
    messages.success(request, f"《{edition.title}》已经送审，初审人会在待办里看到。")
    return redirect("desk:record", pk)


def _form(request: HttpRequest, edition: Edition) -> EditForm:
    return EditForm(
        request.POST or None,
        initial=initial(edition),
        record_type=types.get(edition.record.type),
        first=edition.nth == 1,
    )


def _saved(
    request: HttpRequest, edition: Edition, form: EditForm
) -> tuple[Edition, actions.Conflict | None, bool]:
    """(版本, 同别人的冲突, 存了没有): what was typed is saved, or stays in the form with the reason."""
    if not form.is_valid():
        return edition, None, False
    revision = form.cleaned_data["revision"]
    try:
        done = actions.save(edition, form.values(), by=request.user, at=timezone.now(), revision=revision)
    except actions.Conflict as error:
        return edition, error, False
    except LawError as error:
        form.add_error(None, str(error))
        return edition, None, False
    return done, None, True


def _page(
    request: HttpRequest, edition: Edition, form: EditForm, conflict: actions.Conflict | None
) -> HttpResponse:
    return render(
        request,
        "records/desk/edit.html",
        {
            "edition": edition,
            "record": edition.record,
            "type": types.get(edition.record.type),
            "form": form,
            "conflict": conflict,
            "attachments": edition.attachments.all(),
            "checks": checks.run(edition, on=timezone.localdate()),
            "limit": settings.UPLOAD_MAX_BYTES // 1024 // 1024,
        },
        status=409 if conflict else 422 if form.errors else 200,
    )


@access.desk("records.write")
@require_POST
def autosave(request: HttpRequest, pk: int) -> JsonResponse:
    """自动保存:成功回新的修订号;有人先保存过就说是谁、什么时候,不写任何东西。"""
    edition = draft_of(request, pk)
    form = EditForm(request.POST, record_type=types.get(edition.record.type), first=edition.nth == 1)
    if not form.is_valid():
        return JsonResponse({"state": "invalid", "message": "有几项没有填对，暂未自动保存。"}, status=422)
    try:
        saved = actions.save(
            edition, form.values(), by=request.user, at=timezone.now(), revision=form.cleaned_data["revision"]
        )
    except actions.Conflict as error:
        return JsonResponse({"state": "conflict", "message": str(error)}, status=409)
    except LawError as error:
        return JsonResponse({"state": "refused", "message": str(error)}, status=422)
    at = timezone.localtime(saved.saved_at).strftime("%H:%M:%S")
    return JsonResponse({"state": "saved", "revision": saved.revision, "message": f"{at} 已自动保存。"})


@access.desk("records.write")
@require_POST
def attach(request: HttpRequest, pk: int) -> HttpResponse:
    """加附件,可以一次多个;哪个不行说哪个。同一张表里写了一半的文字先存下,存不了的留在表里。"""

    def act(edition: Edition) -> None:
        given = request.FILES.getlist("file")[:20]
        if not given:
            messages.error(request, "没有选文件。请先选附件，再点“上传附件”。")
        for file in given:
            if file.size > settings.UPLOAD_MAX_BYTES:
                limit = settings.UPLOAD_MAX_BYTES // 1024 // 1024
                messages.error(request, f"“{file.name}”超过{limit} MB，没有加上。")
                continue
            try:
                added = actions.attach(edition, file.name, file.read(), by=request.user, at=timezone.now())
            except (LawError, Unreadable) as error:
                messages.error(request, f"“{file.name}”没有加上：{error}")
            else:
                messages.success(request, f"已加上附件“{added.name}”。")

    return _keeping(request, pk, act)


@access.desk("records.write")
@require_POST
def detach(request: HttpRequest, pk: int, attachment: int) -> HttpResponse:
    """去掉附件;写了一半的文字同样先存下。别的版本的附件编号一律当作不存在(C95)。"""

    def act(edition: Edition) -> None:
        row = get_object_or_404(Attachment, pk=attachment, edition=edition)
        actions.detach(row, by=request.user, at=timezone.now())
        messages.success(request, "附件已经去掉。")

    return _keeping(request, pk, act)


def _keeping(request: HttpRequest, pk: int, act: Callable[[Edition], None]) -> HttpResponse:
    """Change the attachments without losing what was typed on the same page."""
    edition = draft_of(request, pk)
    if "revision" not in request.POST:
        act(edition)
        return redirect("desk:edit", pk)
    form = _form(request, edition)
    edition, conflict, saved = _saved(request, edition, form)
    current = request.POST["revision"] == str(edition.revision)
    act(edition)
    if saved:
        return redirect("desk:edit", pk)
    edition = draft_of(request, pk)
    if current:
        # 附件是自己刚加的,不算别人先保存过。
        form.data = form.data.copy()
        form.data["revision"] = str(edition.revision)
    return _page(request, edition, form, conflict)


@access.desk("records.view")
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """预览:公众将看到的样子。"""
    record = get_object_or_404(Record.objects.visible_to(request.user), pk=pk)
    edition = record.draft or record.live
    return render(
        request,
        "records/desk/preview.html",
        {"record": record, "edition": edition, "document": edition, "attachments": edition.attachments.all()},
    )


@access.desk("records.view")
def file(request: HttpRequest, pk: int, attachment: int) -> FileResponse:
    """下载这件信息任一版本的附件(工作台内)。"""
    record = get_object_or_404(Record.objects.visible_to(request.user), pk=pk)
    found = get_object_or_404(Attachment, pk=attachment, edition__record=record)
    return store.respond(found)
