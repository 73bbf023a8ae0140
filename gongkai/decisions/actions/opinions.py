"""意见:网上送来的、纸面和电话录入的,逐条或者成批答复,看联系方式,告知意见人,到期清除联系方式。"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.utils.crypto import salted_hmac

from gongkai.adapters.personal import personal_data
from gongkai.adapters.plaintext import clean, line
from gongkai.adapters.words import fold
from gongkai.desk.moments import end_of, local_day
from gongkai.law.consultation import Channel, Disposition
from gongkai.law.errors import RuleBroken
from gongkai.notices import actions as notices
from gongkai.org import codes
from gongkai.org.actions import log
from gongkai.org.models import User
from gongkai.records import numbering, sealed_files

from .. import subscriptions
from ..attached import Attached
from ..models import Consultation, Opinion, OpinionFile
from .common import is_settled, noted, require
from .consulting import CORRECT, locked_round

PURPOSE = "gongkai.decisions.opinion"
#: Characters of one opinion in the box at most; longer ones come as a file.
LONGEST = 5000
CONTACT = ("name", "phone", "email")


def fingerprint(text: str) -> str:
    """The same for texts that differ in spaces, punctuation, width and script only."""
    return salted_hmac(
        "gongkai.decisions.alike", re.sub(r"[\W_]+", "", fold(text)), algorithm="sha256"
    ).hexdigest()


def fitting(text: str, *, with_file: bool = False) -> str:
    """The text of an opinion as it is kept.

    Raises:
        RuleBroken: nothing is said and no file brought, or it is too long for the box.
    """
    text = clean(text).strip()
    if not with_file and not any(sign.isalnum() for sign in text):
        raise RuleBroken("没有写意见", fix="请写明对哪一条有什么意见，或者附上写好的文件。")
    if len(text) > LONGEST:
        raise RuleBroken(
            f"意见有{len(text)}字，超过{LONGEST}字",
            fix="请把全文存成 Word、PDF 或者纯文本，用“文件”交上来，这里写一两句概括；也可以分成几条。您写的还在框里。",
        )
    return text


@transaction.atomic
def send_opinion(
    consultation: Consultation,
    text: str,
    *,
    at: datetime,
    article: str = "",
    contact: Mapping[str, str] | None = None,
    file: Attached | None = None,
) -> tuple[Opinion, str]:
    """公众在网上提一条,写在框里或者附一个文件;返回查询码,只此一次。没有公布、已经截止的不收。"""
    one = Consultation.objects.select_related("record", "dossier__lead").get(pk=consultation.pk)
    if not one.record.is_public(at):
        raise RuleBroken("这一轮征求意见没有公布", fix="请核对网址。")
    if at > end_of(one.end_on):
        raise RuleBroken(f"征求意见到{one.end_on}二十四时已经截止", fix="可以看采纳情况；新的意见请联系承办单位。")
    code, stored = codes.new_code(PURPOSE)
    return _taken_in(one, Channel.WEB, text, article, contact or {}, at=at, code=stored, file=file), code


@transaction.atomic
def enter_opinion(
    consultation: Consultation,
    channel: Channel,
    text: str,
    *,
    received_at: datetime,
    by: User,
    at: datetime,
    article: str = "",
    contact: Mapping[str, str] | None = None,
    file: Attached | None = None,
) -> Opinion:
    """录入信函、电话、座谈等收到的一条;收到的时刻在期限里,采纳情况签发以前。"""
    one = locked_round(consultation)
    require(by, "decisions.answer", one.dossier)
    may_enter(one, at)
    within_period(one, received_at, at)
    return _taken_in(one, channel, text, article, contact or {}, at=received_at, by=by, file=file)


def may_enter(consultation: Consultation, at: datetime) -> None:
    """Raises RuleBroken: the notice was never public, or the result is signed and not under correction."""
    if consultation.record.published_at is None or consultation.record.published_at > at:
        raise RuleBroken("公告还没有公布", fix="请在公布以后录入。")
    if is_settled(consultation.feedback):
        raise RuleBroken("采纳情况已经签发，不能补录", fix=CORRECT)


def within_period(consultation: Consultation, received_at: datetime, at: datetime) -> None:
    """Raises RuleBroken: it came before the notice, after the last day, or has not come yet."""
    if (
        consultation.opened_on is None
        or not consultation.opened_on <= local_day(received_at) <= consultation.end_on
        or received_at > at
    ):
        raise RuleBroken(
            f"收到的日子不在{consultation.opened_on}至{consultation.end_on}之间",
            fix="请核对；期限以外收到的另行答复。",
        )


def _taken_in(
    consultation: Consultation,
    channel: Channel,
    text: str,
    article: str,
    contact: Mapping[str, str],
    *,
    at: datetime,
    code: str = "",
    by: User | None = None,
    file: Attached | None = None,
) -> Opinion:
    text = fitting(text, with_file=file is not None)
    year = local_day(at).year
    seq = numbering.next_in(f"opinion/{consultation.dossier.lead.code}/{year}")
    opinion = Opinion.objects.create(
        consultation=consultation,
        number=f"{consultation.dossier.lead.code}-Y-{year}-{seq:05}",
        code=code,
        channel=channel,
        article=line(article)[:60],
        text=text,
        contact={key: line(contact[key]) for key in CONTACT if contact.get(key)},
        received_at=at,
        entered_by=by,
        fingerprint=fingerprint(f"{text}{file.text}" if file else text),
    )
    if file is not None:
        OpinionFile.objects.create(
            opinion=opinion,
            name=file.name[:200],
            kind=file.kind,
            sha256=sealed_files.keep(file.content),
            size=len(file.content),
            text=file.text,
            trouble=file.trouble,
        )
    log(
        "decisions.opinion",
        f"收到意见{opinion.number}",
        at=at,
        by=by,
        agency=consultation.dossier.lead,
        about=opinion,
        channel=channel.label,
    )
    return opinion


@transaction.atomic
def answer(
    consultation: Consultation,
    opinions: Sequence[int],
    disposition: Disposition,
    *,
    reason: str,
    shown: str,
    by: User,
    at: datetime,
    with_alike: bool = False,
) -> int:
    """给一条或者几条写同一个处理,``with_alike`` 连同它们同组还没有处理的;返回几条。公开的写法里不能有个人信息;采纳情况签发了的先开更正。"""
    one = locked_round(consultation)
    require(by, "decisions.answer", one.dossier)
    if is_settled(one.feedback):
        raise RuleBroken("采纳情况已经签发，处理不能改", fix=CORRECT)
    reason, shown = clean(reason).strip(), clean(shown).strip()
    if disposition.needs_reason and not reason:
        raise RuleBroken(f"“{disposition.label}”没有写理由", fix="请写明，意见人和公众都看得到。")
    if not shown:
        raise RuleBroken("没有写公开的写法", fix="请概括意见，隐去个人信息；能照登的照登。")
    if found := personal_data(f"{shown}\n{reason}"):
        raise RuleBroken(f"公开的写法里有{found[0].label}（{found[0].text}）", fix="请隐去以后再存。")
    chosen = Q(pk__in=opinions)
    if with_alike:
        groups = one.opinions.filter(pk__in=opinions).exclude(like=None).values("like")
        chosen |= Q(like__in=groups, disposition="")
    # 先定下是哪些:改的列同筛的列是同一列
    rows = one.opinions.filter(pk__in=list(one.opinions.filter(chosen).values_list("pk", flat=True)))
    if unseen := rows.filter(file__isnull=False, file__seen_at=None).first():
        raise RuleBroken(
            f"意见{unseen}附的文件还没有人看过", fix="请先打开它的文件，再写怎样处理；公开的写法要合文件里说的。"
        )
    count = rows.update(
        disposition=disposition, reason=reason[:2000], shown=shown[:2000], answered_at=at, answered_by=by
    )
    if not count:
        raise RuleBroken("没有选意见", fix="请勾选要答复的。")
    noted("answer", one.dossier, f"答复{count}条意见（{disposition.label}）", at=at, by=by, counts=count)
    return count


@transaction.atomic
def read_contact(opinion: Opinion, *, by: User, at: datetime) -> dict[str, str]:
    """看意见的原文和联系方式(平时遮着),看一次记一次。"""
    require(by, "decisions.personal", opinion.consultation.dossier)
    log(
        "decisions.personal",
        f"查看意见{opinion.number}的原文和联系方式",
        at=at,
        by=by,
        agency=opinion.consultation.dossier.lead,
        about=opinion,
    )
    return dict(opinion.contact)


@transaction.atomic
def open_file(opinion: Opinion, *, by: User, at: datetime) -> tuple[str, bytes]:
    """打开意见附的文件:返回名称和内容,记下谁看过,看一次记一次。

    Raises:
        RuleBroken: the opinion has none, or the data folder lacks its content.
    """
    require(by, "decisions.personal", opinion.consultation.dossier)
    file = OpinionFile.objects.select_for_update().filter(opinion=opinion).first()
    if file is None:
        raise RuleBroken(f"意见{opinion}没有附文件", fix="请刷新页面。")
    content = sealed_files.opened(file.sha256)
    if file.seen_at is None:
        file.seen_at, file.seen_by = at, by
        file.save(update_fields=["seen_at", "seen_by"])
    log(
        "decisions.personal",
        f"打开意见{opinion.number}附的文件",
        at=at,
        by=by,
        agency=opinion.consultation.dossier.lead,
        about=opinion,
    )
    return file.name, content


@transaction.atomic
def queue_result(consultation: Consultation, *, at: datetime) -> int:
    """采纳情况公布了,排队告诉留了邮箱的人,一个地址一条;返回几个地址。

    记下排过、订上、登记这件事在同一个事务里:没有办成就等于没有办,下一次从头来。排进去以后每人至多一条
    (``notices.Message.key`` 唯一),寄到一半断了由推送接着寄。
    """
    one = locked_round(consultation)
    if one.told_at is not None or one.feedback is None or not one.feedback.is_public(at):
        return 0
    addresses = {opinion.contact.get("email", "") for opinion in one.opinions.filter(erased_at=None)} - {""}
    count = notices.await_answer(subscriptions.RESULT.key, subscriptions.subject(one), sorted(addresses), at=at)
    if count:
        notices.enqueue(subscriptions.RESULT.key, subscriptions.happened(one), at=at)
    one.told_at = at
    one.save(update_fields=["told_at"])
    noted("tell", one.dossier, f"第{one.number}轮的采纳情况排队告知{count}人", at=at, by=None, counts=count)
    return count


@transaction.atomic
def erase_contacts(consultation: Consultation, *, at: datetime) -> int:
    """采纳情况公布满了保管的时间,一次清除这一轮的联系方式;意见和答复留着。返回几人。"""
    one = locked_round(consultation)
    rows = one.opinions.filter(erased_at=None)
    # 密文列不能按内容查;空的存的就是“{}”,按存着的样子数
    count = rows.annotate(stored=Cast("contact", TextField())).exclude(stored="{}").count()
    if rows.update(contact={}, erased_at=at):
        noted("erase", one.dossier, f"清除第{one.number}轮{count}人的联系方式", at=at, by=None, counts=count)
    return count
