"""历史信息里等这个人办的事,给工作台首页(``desk.todo``)和检索。"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from gongkai.desk.finding import bearing
from gongkai.desk.open_work import OpenItem
from gongkai.desk.todo import PREVIEW, Panel, Task, panel_of
from gongkai.law.handover import catalogue_due
from gongkai.org import access
from gongkai.org.models import Agency, User

from . import checks
from .models import Batch, Item, Transfer
from .terms import BatchState, ItemState, TransferState


def panels(user: User, on: date) -> Iterator[Panel]:
    """Papers to check, batches to review and to look at again, catalogues to publish, what is due to hand over."""
    if access.may(user, "backfile.check"):
        rows = Item.objects.filter(access.within(user, "backfile.check"), state=ItemState.CHECKING)
        yield panel_of(
            "待核对的旧文件",
            "原件和要素并排，按回车确认。",
            rows.defer("text", "body"),
            lambda item: Task(str(item), item.get_absolute_url(), item.doc_number),
            reverse("desk:backfile_items"),
        )
    if access.may(user, "backfile.review"):
        own = Batch.objects.filter(
            access.within(user, "backfile.review"), state__in=(BatchState.FIRST, BatchState.BACK)
        )
        yield _batches("开放审核", "逐项答过再下结论。", own)
    if access.may(user, "backfile.second"):
        waiting = Batch.objects.filter(access.within(user, "backfile.second"), state=BatchState.SECOND)
        yield _batches("待复核的开放审核", "漏了一件，整批退回重审。", waiting.exclude(first_by=user))
    if access.may(user, "backfile.handover"):
        yield _catalogues(user)
        yield _overdue(user, on)


def _batches(label: str, hint: str, rows) -> Panel:
    def task(batch: Batch) -> Task:
        badge = "退回" if batch.state == BatchState.BACK else ""
        return Task(str(batch), batch.get_absolute_url(), str(batch.agency), badge, "warn")

    return panel_of(label, hint, rows.select_related("agency"), task, reverse("desk:backfile_batches"))


def _catalogues(user: User) -> Panel:
    rows = Transfer.objects.filter(access.within(user, "backfile.handover"), state=TransferState.HANDED).order_by(
        "handed_on"
    )

    def task(transfer: Transfer) -> Task:
        url = reverse("desk:backfile_transfer", args=[transfer.pk])
        return Task(f"移交批次{transfer}", url, due=catalogue_due(transfer.handed_on).due)

    hint = "移交以后把可以公开的列出目录。"
    return panel_of("待公布的移交目录", hint, rows, task, reverse("desk:backfile_transfers"))


def _overdue(user: User, on: date) -> Panel:
    found = checks.overdue(list(access.agencies_of(user, "backfile.handover").order_by("order", "code")), on)
    url = reverse("desk:backfile_transfers")
    tasks = tuple(
        Task(f"{one.agency}{one.year}年{one.count}件", url, f"{one.due}到期", "到期", "warn")
        for one in found[:PREVIEW]
    )
    return Panel(
        "到期没有移交的", "形成满了年限、没有移交，也没有延期。", sum(one.count for one in found), url, tasks
    )


def find(user: User, words: list[str], on: date) -> Iterator[Panel]:
    """Old papers and hand-overs that bear the words."""
    if access.may(user, "backfile.view"):
        rows = (
            Item.objects.visible_to(user)
            .filter(bearing(words, "title", "doc_number", "reference_code"))
            .defer("text", "body")
        )
        found = list(rows.order_by("-pk")[: PREVIEW + 1])
        tasks = tuple(Task(str(one), one.get_absolute_url(), one.get_state_display()) for one in found[:PREVIEW])
        yield Panel("旧文件", "", len(found), f"{reverse('desk:backfile_items')}?q={'+'.join(words)}", tasks)


def open_work(*, user: User | None = None, agency: Agency | None = None) -> Iterator[OpenItem]:
    """Batches and hand-overs under way at an agency."""
    if agency is not None:
        for batch in Batch.objects.filter(agency=agency).exclude(state=BatchState.OPENED):
            yield OpenItem(f"开放审核“{batch}”", batch.get_state_display(), batch.get_absolute_url())
        for transfer in Transfer.objects.filter(
            agency=agency, state__in=(TransferState.DRAFT, TransferState.HANDED)
        ):
            yield OpenItem(
                f"移交批次{transfer}",
                transfer.get_state_display(),
                reverse("desk:backfile_transfer", args=[transfer.pk]),
            )
