"""一轮公开征求意见:起草公告、公布以前改期限和途径、公布以后延长、起草采纳情况。"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.html import format_html, format_html_join

from gongkai.desk.moments import end_of, local_day
from gongkai.law import consultation as law
from gongkai.law.decisions import Stage
from gongkai.law.errors import RuleBroken
from gongkai.law.marks import titled
from gongkai.org.models import User
from gongkai.records import actions as records
from gongkai.records.models import Edition
from gongkai.records.terms import RelationKind

from ..models import Consultation, Dossier, Extension
from .alike import place_alike
from .common import is_abandoned, locked, noted, require

NOTICE, RESULT = "consultation", "consultation-result"
#: How to change what was published of a round.
CORRECT = "请先在那件信息里“更正”，开出新的一版，再改登记、重新排采纳情况；新版签发以前公众看到的还是原来的。"


def locked_round(consultation: Consultation) -> Consultation:
    """The round, its dossier locked before it."""
    locked(consultation.dossier_id)
    rows = Consultation.objects.select_for_update(of=("self",))
    return rows.select_related("dossier__agency", "dossier__lead", "record__agency", "feedback").get(
        pk=consultation.pk
    )


@transaction.atomic
def consult(
    dossier: Dossier,
    title: str,
    end_on: date,
    *,
    media: Sequence[str],
    by: User,
    at: datetime,
    draft: str = "",
    explanation: str = "",
    body: str = "",
    ways: Sequence[str] = (),
    focus: str = "",
    next_steps: str = "",
    short_reason: str = "",
) -> Consultation:
    """起草一轮的公告(一件信息),期限、途径随它一起审、一起公布。前一轮公布了采纳情况才开下一轮。"""
    dossier = locked(dossier)
    require(by, "decisions.write", dossier)
    if dossier.stage != Stage.DRAFTING:
        raise RuleBroken(f"“{dossier.get_stage_display()}”不能征求意见", fix="请在起草时征求；改了稿的先“改稿”。")
    if dossier.withheld_basis:
        raise RuleBroken("依法不予公开的不公开征求意见", fix="请用座谈等方式听取意见。")
    for earlier in dossier.rounds.select_related("record", "feedback"):
        if is_abandoned(earlier.record):
            earlier.delete()
            noted("consult", dossier, f"第{earlier.number}轮的公告作废了，另起草", at=at, by=by)
        elif earlier.feedback is None or not earlier.feedback.is_public(at):
            raise RuleBroken(f"第{earlier.number}轮还没有公布采纳情况", fix="两轮不能同时开，请先公布前一轮的。")
    law.period(local_day(at), end_on)
    fields = {"draft": draft, "explanation": explanation}
    body = body or format_html(
        "<p>现就{}公开征求社会各界的意见。草案和说明见本页，欢迎逐条或者就整体提出。</p>", titled(dossier)
    )
    edition = records.create(
        dossier.lead, NOTICE, by=by, at=at, title=title, made_on=local_day(at), body=body, fields=fields
    )
    consultation = Consultation.objects.create(
        dossier=dossier,
        number=dossier.rounds.count() + 1,
        record=edition.record,
        end_on=end_on,
        media=list(media),
        ways=list(ways),
        focus=focus.strip(),
        next_steps=next_steps.strip(),
        short_reason=short_reason.strip(),
    )
    noted("consult", dossier, f"起草第{consultation.number}轮征求意见", at=at, by=by)
    return consultation


@transaction.atomic
def plan_round(
    consultation: Consultation,
    end_on: date,
    *,
    media: Sequence[str],
    ways: Sequence[str],
    focus: str,
    next_steps: str,
    short_reason: str,
    by: User,
    at: datetime,
) -> Consultation:
    """公布以前改期限、途径和说明。"""
    one = locked_round(consultation)
    require(by, "decisions.write", one.dossier)
    if one.record.published_at is not None:
        raise RuleBroken("公告已经签发，期限不能改", fix="只许延长，请用“延长”。")
    law.period(local_day(at), end_on)
    one.end_on, one.media, one.ways = end_on, list(media), list(ways)
    one.focus, one.next_steps, one.short_reason = focus.strip(), next_steps.strip(), short_reason.strip()
    one.save()
    noted("consult", one.dossier, f"改第{one.number}轮征求意见的期限和途径", at=at, by=by, on=end_on.isoformat())
    return one


@transaction.atomic
def extend(consultation: Consultation, until: date, reason: str, *, by: User, at: datetime) -> Consultation:
    """延长已经公布的期限;缩短不行,截止以后也不行。"""
    one = locked_round(consultation)
    require(by, "decisions.write", one.dossier)
    if not one.record.is_public(at):
        raise RuleBroken("公告还没有公布", fix="请直接改期限。")
    if until <= one.end_on:
        raise RuleBroken(f"已经公布到{one.end_on}截止，只许延长", fix="请填更晚的一天。")
    if at > end_of(one.end_on):
        raise RuleBroken("已经截止，不能再延长", fix="要再听意见的，公布采纳情况以后另开一轮。")
    if not reason.strip():
        raise RuleBroken("没有写延长的原因", fix="请写明，公众看得到。")
    Extension.objects.create(
        consultation=one, before=one.end_on, after=until, reason=reason.strip()[:200], by=by, at=at
    )
    before, one.end_on = one.end_on, until
    one.save(update_fields=["end_on"])
    noted(
        "extend",
        one.dossier,
        f"第{one.number}轮征求意见延长到{until}（{reason.strip()[:100]}）",
        at=at,
        by=by,
        before=before.isoformat(),
    )
    return one


@transaction.atomic
def group_alike(consultation: Consultation, *, at: datetime) -> int:
    """把相同、相近的意见归在一处,各自编号,一条也不删;返回归进别条的有几条。"""
    one = locked_round(consultation)
    count = place_alike(one, at)
    if count:
        noted("alike", one.dossier, f"第{one.number}轮有{count}条同先收到的相近", at=at, by=None, counts=count)
    return count


@transaction.atomic
def feedback(consultation: Consultation, *, by: User, at: datetime) -> Edition:
    """起草采纳情况:数字和逐条的处理由登记排出,一条没有收到也要公布。起草过还没有签发的、正在更正的,重新排一遍。"""
    one = locked_round(consultation)
    require(by, "decisions.answer", one.dossier)
    tally = one.tally()
    # 中途撤下了公告的也要公布:收到的意见不能因为撤下就没有下文
    opened = one.record.published_at is not None and one.record.published_at <= at
    law.may_feed_back(tally, ended=at > end_of(one.end_on) and opened)
    fields = {
        "received": str(tally.received),
        "taken": str(tally.taken),
        "partly": str(tally.partly),
        "rejected": str(tally.rejected),
        "other": str(tally.other),
    }
    place_alike(one, at)
    body = _result(one, tally, law.crowds((size for _, size in one.crowds()), one.end_on))
    if one.feedback is not None and not is_abandoned(one.feedback):
        draft = one.feedback.draft
        if draft is None:
            raise RuleBroken("采纳情况已经签发", fix=CORRECT)
        return records.save(draft, {"body": body, "fields": fields}, by=by, at=at, revision=draft.revision)
    title = f"关于《{_bare(one.record.title)}》意见采纳情况的公告"
    edition = records.create(
        one.dossier.lead, RESULT, by=by, at=at, title=title, made_on=local_day(at), body=body, fields=fields
    )
    one.feedback = edition.record
    one.save(update_fields=["feedback"])
    records.link(edition.record, one.record, RelationKind.RELATED, by=by, at=at)
    noted("feedback", one.dossier, f"起草第{one.number}轮的采纳情况", at=at, by=by)
    return edition


def _bare(title: str) -> str:
    """What was consulted on, out of the notice's title."""
    if "《" in title and "》" in title:
        return title[title.index("《") + 1 : title.rindex("》")]
    return title.removeprefix("关于公开征求").removesuffix("的公告").removesuffix("意见")


def _result(consultation: Consultation, tally: law.Tally, crowds: law.Crowds) -> str:
    """The figures, and every wording once with how many sent it and what became of it."""
    period = consultation.period
    assert period is not None
    rows: dict[tuple[str, str, str, str], int] = {}
    for opinion in consultation.opinions.order_by("pk"):
        key = (opinion.article, opinion.shown, opinion.get_disposition_display(), opinion.reason)
        rows[key] = rows.get(key, 0) + 1
    head = format_html(
        "<p>{}至{}公开征求意见。{}{}</p>",
        period.start.isoformat(),
        period.end.isoformat(),
        tally.sentence,
        crowds.sentence,
    )
    if not rows:
        return head
    # 三列:手机上五列挤得一个字一行
    lines = format_html_join(
        "",
        "<tr><td>{}{}{}</td><td>{}</td><td>{}</td></tr>",
        (
            (f"{article}：" if article else "", shown, f"（{count}条）" if count > 1 else "", label, reason or "—")
            for (article, shown, label, reason), count in rows.items()
        ),
    )
    return format_html(
        "{}<table><thead><tr><th>意见（针对哪一条，几条）</th><th>处理</th><th>理由</th></tr></thead>"
        "<tbody>{}</tbody></table>",
        head,
        lines,
    )
