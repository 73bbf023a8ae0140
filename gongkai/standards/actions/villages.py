"""村(居)务公开:管村社、开一期、填报、监督委审查、上墙、撤牌、到期撤下名单、异议。"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from gongkai.adapters import apart
from gongkai.adapters.picture import NotPicture, redrawn
from gongkai.adapters.plaintext import clean, line
from gongkai.desk.moments import local_day
from gongkai.desk.seen import check
from gongkai.law import villages as law
from gongkai.law.errors import RuleBroken
from gongkai.law.villages import Affairs, Unit
from gongkai.org import access, codes
from gongkai.org.actions import log
from gongkai.org.models import User
from gongkai.records import numbering, store

from ..models import Entry, Item, Objection, Period, Village
from ..privacy import forbidden
from ..terms import PeriodState

PURPOSE = "gongkai.standards.objection"
LONGEST = 2000
#: 一笔账的样子:日期、收还是支、摘要、金额。
Line = tuple[date, bool, str, Decimal]


@transaction.atomic
def save_village(village: Village, *, by: User | None, at: datetime) -> Village:
    """登记一个村、社区,或者改一个。"""
    if by is not None:
        access.require(by, "standards.post", village.town)
    village.save()
    log("standards.village", f"{village.town}{village}", at=at, by=by, agency=village.town, about=village)
    return village


def _locked(period: Period | int) -> Period:
    rows = Period.objects.select_for_update(of=("self",)).select_related("village__town")
    return rows.get(pk=getattr(period, "pk", period))


def _in(period: Period, by: User, seen: str | None, *states: PeriodState) -> Period:
    period = _locked(period)
    access.require(by, "standards.post", period.village.town)
    check(seen, period.mark)
    if period.state not in states:
        raise RuleBroken(f"这一期{period.get_state_display()}，不能再这样办", fix="请刷新页面看最新的环节。")
    return period


def _noted(action: str, period: Period, what: str, *, at: datetime, by: User | None) -> None:
    log(
        f"standards.{action}",
        f"{period.village}{period}：{what}",
        at=at,
        by=by,
        agency=period.village.town,
        about=period,
    )


def _touch(period: Period, *fields: str) -> None:
    period.revision += 1
    period.save(update_fields=[*fields, "revision"])


def before(period: Period) -> Period | None:
    """The period before this one, of the same length."""
    rows = Period.objects.filter(village=period.village, unit=period.unit)
    earlier = rows.filter(year=period.year, number__lt=period.number) | rows.filter(year__lt=period.year)
    return earlier.order_by("-year", "-number").first()


@transaction.atomic
def open_period(village: Village, unit: Unit, year: int, number: int, *, by: User, at: datetime) -> Period:
    """开一期;上期的结余自动结转。一期只有一本账。"""
    access.require(by, "standards.post", village.town)
    law.span(unit, year, number)
    made = Period(village=village, unit=unit, year=year, number=number, by=by)
    if Period.objects.filter(village=village, unit=unit, year=year, number=number).exists():
        raise RuleBroken(f"{village}{made}的账已经有了，一期只有一本账", fix="请打开已有的那一期接着填。")
    last = before(made)
    made.carried = last.sums["left"] if last else Decimal(0)
    made.save()
    _noted("period", made, "开始填报", at=at, by=by)
    return made


@transaction.atomic
def save_item(item: Item, values: Mapping[str, Any], *, by: User, at: datetime, seen: str | None = None) -> Item:
    """加一条、改一条;身份证号、账号、病名、残疾等级填不进来。"""
    period = _in(item.period, by, seen, PeriodState.DRAFT)
    for name in ("kind", "title", "content", "is_list", "happened_on"):
        if name in values:
            setattr(item, name, values[name])
    item.title, item.content = line(item.title)[:120], clean(item.content).strip()
    if not item.title:
        raise RuleBroken("没有写标题", fix="请写明公开什么。")
    _no_secrets(f"{item.title}\n{item.content}")
    item.save()
    _touch(period)
    _noted("entry", period, f"填{Affairs.from_value(item.kind).label}“{item}”", at=at, by=by)
    return item


def _no_secrets(text: str) -> None:
    if found := forbidden(text):
        raise RuleBroken(
            f"里面有不能公布的：{'、'.join(found)}",
            fix="姓名和金额可以公布，证件号、账号、病名、残疾的类别和等级请去掉。",
        )


@transaction.atomic
def drop_item(item: Item, *, by: User, at: datetime) -> None:
    """去掉一条没有公布的。"""
    period = _in(item.period, by, None, PeriodState.DRAFT)
    _noted("entry", period, f"去掉“{item}”", at=at, by=by)
    item.delete()
    _touch(period)


@transaction.atomic
def add_entries(period: Period, lines: Sequence[Line], *, by: User, at: datetime, seen: str | None = None) -> int:
    """记几笔账;日子要在这一期里,金额要大于零。一笔不对,都不记。"""
    period = _in(period, by, seen, PeriodState.DRAFT)
    first, last = period.span
    if not lines:
        raise RuleBroken("没有账目", fix="一行写一笔。")
    for number, (on, _, what, amount) in enumerate(lines, start=1):
        if not first <= on <= last:
            raise RuleBroken(f"第{number}笔的日子{on}不在{period}里", fix=f"请填{first}到{last}之间的日子。")
        if amount <= 0:
            raise RuleBroken(f"第{number}笔的金额不大于零", fix="支出也填正数，收还是支另外选。")
        if not what.strip():
            raise RuleBroken(f"第{number}笔没有写摘要", fix="请写明收的什么、用在哪里。")
        _no_secrets(what)
    Entry.objects.bulk_create(
        Entry(period=period, on=on, is_income=is_income, what=line(what)[:120], amount=amount)
        for on, is_income, what, amount in lines
    )
    _touch(period)
    _noted("entry", period, f"记账{len(lines)}笔", at=at, by=by)
    return len(lines)


@transaction.atomic
def drop_entry(entry: Entry, *, by: User, at: datetime) -> None:
    """去掉一笔没有公布的账。"""
    period = _in(entry.period, by, None, PeriodState.DRAFT)
    _noted("entry", period, f"去掉“{entry.what}”{entry.amount}元", at=at, by=by)
    entry.delete()
    _touch(period)


@transaction.atomic
def fill_period(
    period: Period, items: Sequence[Mapping[str, Any]], lines: Sequence[Line], *, by: User, at: datetime
) -> Period:
    """一次填好一期:几条、几笔账。一处不对,都不填。"""
    period = _in(period, by, None, PeriodState.DRAFT)
    made = [Item(period=period, **values) for values in items]
    for item in made:
        _no_secrets(f"{item.title}\n{item.content}")
    Item.objects.bulk_create(made)
    if lines:
        add_entries(period, lines, by=by, at=at)
    else:
        _touch(period)
        _noted("entry", period, f"填{len(made)}条", at=at, by=by)
    return period


@transaction.atomic
def submit_period(period: Period, *, by: User, at: datetime, seen: str | None = None) -> Period:
    """送监督委员会审查;账要接得上。"""
    period = _in(period, by, seen, PeriodState.DRAFT)
    if not period.items.exists() and not period.entries.exists():
        raise RuleBroken("这一期什么也没有填", fix="至少填一条；没有财务往来的，也写一条说明。")
    last = before(period)
    law.check_carried(period.carried, last.sums["left"] if last else None)
    period.state = PeriodState.SUBMITTED
    _touch(period, "state")
    _noted("period", period, "送监督委员会审查", at=at, by=by)
    return period


@transaction.atomic
def supervise(
    period: Period,
    names: Sequence[str],
    opinion: str,
    agrees: bool,
    on: date,
    *,
    by: User,
    at: datetime,
    seen: str | None = None,
) -> Period:
    """登记监督委员会的审查;村(居)民委员会成员不能审。不同意的退回填报。"""
    period = _in(period, by, seen, PeriodState.SUBMITTED)
    law.may_supervise(names, period.village.committee.replace("，", "、").split("、"))
    if not agrees and not opinion.strip():
        raise RuleBroken("不同意没有写意见", fix="请写明哪一条、哪一笔。")
    if on > local_day(at):
        raise RuleBroken("审查的日子还没有到", fix="请核对日期。")
    period.reviewed_on, period.reviewers, period.opinion = on, "、".join(names)[:200], opinion.strip()[:500]
    period.state = PeriodState.REVIEWED if agrees else PeriodState.DRAFT
    _touch(period, "reviewed_on", "reviewers", "opinion", "state")
    _noted(
        "supervise",
        period,
        "监督委员会同意公布" if agrees else f"监督委员会不同意：{opinion.strip()}",
        at=at,
        by=by,
    )
    return period


def post(
    period: Period, posted_on: date, photo: bytes, *, by: User, at: datetime, seen: str | None = None
) -> Period:
    """上墙、上网:公开栏的照片只留像素(拍照的地点、机型去掉)。"""
    access.require(by, "standards.post", period.village.town)
    sha256 = ""
    if photo:
        try:
            sha256 = store.keep(apart.run(apart.DESK, redrawn, photo))
        except (NotPicture, apart.Stopped) as error:
            raise RuleBroken(f"照片收不了：{error}", fix="请用手机拍的 JPEG 或者 PNG。") from None
    return posted(period, posted_on, sha256, by=by, at=at, seen=seen)


@transaction.atomic
def posted(
    period: Period, posted_on: date, photo: str, *, by: User, at: datetime, seen: str | None = None
) -> Period:
    """The posting itself, the photograph already kept."""
    period = _in(period, by, seen, PeriodState.REVIEWED)
    if period.reviewed_on and posted_on < period.reviewed_on:
        raise RuleBroken("上墙的日子早于监督委员会审查", fix="先审查，再公布。")
    if posted_on > local_day(at):
        raise RuleBroken("上墙的日子还没有到", fix="请贴出来以后再登记。")
    period.state, period.posted_on, period.posted_at, period.photo = PeriodState.POSTED, posted_on, at, photo
    _touch(period, "state", "posted_on", "posted_at", "photo")
    period.items.filter(is_list=True).update(list_until=law.list_until(posted_on))
    late = "，迟了" if posted_on > period.due_on else ""
    _noted("post", period, f"{posted_on}上墙{late}", at=at, by=by)
    return period


@transaction.atomic
def take_down(period: Period, on: date, *, by: User, at: datetime, seen: str | None = None) -> Period:
    """撤牌归档;公开栏保留不够天数的撤不了,网上的留着。"""
    period = _in(period, by, seen, PeriodState.POSTED)
    assert period.posted_on is not None
    earliest = law.may_take_down(period.posted_on)
    if on < earliest:
        raise RuleBroken(f"{period.posted_on}上墙，{earliest}以前不能撤", fix="请保留够天数再撤。")
    if waiting := period.objections.open().count():
        raise RuleBroken(f"还有{waiting}件异议没有答复", fix="请先答复。")
    period.state, period.down_on = PeriodState.DOWN, on
    _touch(period, "state", "down_on")
    _noted("down", period, f"{on}撤牌归档", at=at, by=by)
    return period


@transaction.atomic
def remove_lists(*, on: date, at: datetime) -> int:
    """名单到期撤下:内容清空,标题留着。"""
    rows = Item.objects.select_for_update().filter(is_list=True, list_until__lt=on, removed_at=None)
    done = rows.update(content="", removed_at=at)
    if done:
        log("standards.remove", f"撤下到期的名单{done}份", at=at)
    return done


@transaction.atomic
def send_objection(
    period: Period, text: str, *, at: datetime, contact: Mapping[str, str] | None = None
) -> tuple[Objection, str]:
    """收下一件异议,当场给编号和查询码。"""
    text = clean(text).strip()
    if not any(sign.isalnum() for sign in text):
        raise RuleBroken("没有写清哪里不对", fix="请写明哪一条、哪一笔、为什么。")
    if len(text) > LONGEST:
        raise RuleBroken(f"超过{LONGEST}字", fix="请写得短些，材料可以交到村（居）务监督委员会。")
    if period.state not in (PeriodState.POSTED, PeriodState.DOWN):
        raise RuleBroken("这一期还没有公布", fix="公布以后再提。")
    on, (code, stored) = local_day(at), codes.new_code(PURPOSE)
    town = period.village.town
    made = Objection.objects.create(
        period=period,
        number=f"{town.code}-Y-{on.year}-{numbering.next_in(f'objection/{town.code}/{on.year}'):04}",
        code=stored,
        text=text,
        contact={key: line(value) for key, value in (contact or {}).items() if key in ("name", "phone") and value},
        received_at=at,
        due_on=law.answer_by(on),
    )
    log("standards.object", f"{period.village}{period}收到异议{made}", at=at, agency=town, about=made)
    return made, code


@transaction.atomic
def answer_objection(objection: Objection, answer: str, *, by: User, at: datetime) -> Objection:
    """答复异议;答复公开,提的人是谁不公开。"""
    rows = Objection.objects.select_for_update(of=("self",)).select_related("period__village__town")
    objection = rows.get(pk=objection.pk)
    access.require(by, "standards.post", objection.period.village.town)
    if objection.answered_on:
        raise RuleBroken("这件异议已经答复了", fix="要补充的，在下一期公开里写明。")
    if not answer.strip():
        raise RuleBroken("没有写答复", fix="查了什么、结果怎样、怎样改。")
    _no_secrets(answer)
    objection.answer, objection.answered_on, objection.answered_by = clean(answer).strip(), local_day(at), by
    objection.save(update_fields=["answer", "answered_on", "answered_by"])
    log(
        "standards.respond",
        f"答复异议{objection}",
        at=at,
        by=by,
        agency=objection.period.village.town,
        about=objection,
    )
    return objection
