"""工作清单:谁手上有什么事。一张清单一个函数,给出查询集,首页数数、清单页翻页都用它。"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from gongkai.law import params
from gongkai.law.agencies import Role
from gongkai.law.calendar import add
from gongkai.law.openness import Openness
from gongkai.org import access
from gongkai.org.models import Membership, User

from . import types
from .models import Edition, Record, Review
from .terms import EDITABLE_STAGES, OPEN_STAGES, ReviewKind, Stage, Verdict, WithdrawalKind


@dataclass(frozen=True, slots=True)
class Worklist:
    """一张清单:键、名称、说明、空着时的话、查询、归谁看。"""

    key: str
    label: str
    hint: str
    empty: str
    rows: Callable[[User, datetime, date], QuerySet[Record]]
    roles: frozenset[Role]


def _with_edition(**conditions: object) -> Q:
    """Records with such an edition. Found from the editions: those in hand are few, the records are not."""
    return _of(Edition.objects.filter(**conditions))


def _of(editions: QuerySet[Edition]) -> Q:
    return Q(pk__in=editions.values("record"))


def _mine(user: User, at: datetime, on: date) -> QuerySet[Record]:
    return Record.objects.visible_to(user).filter(_with_edition(author=user, stage__in=EDITABLE_STAGES))


def _returned(user: User, at: datetime, on: date) -> QuerySet[Record]:
    return Record.objects.filter(_with_edition(stage=Stage.RETURNED), access.within(user, "records.write"))


def _underway(user: User, at: datetime, on: date) -> QuerySet[Record]:
    return Record.objects.visible_to(user).filter(
        _with_edition(author=user, stage__in=OPEN_STAGES - EDITABLE_STAGES)
    )


def _to_review(user: User, at: datetime, on: date) -> QuerySet[Record]:
    """Waiting for a review that this person may give."""
    return Record.objects.filter(_awaits(user))


def _awaits(user: User) -> Q:
    """Records at a stage that this person may pass: the right stage, the right agency, not an own draft, and not one
    that the person has already passed at another stage."""
    waiting = Q()
    passed = Review.objects.filter(
        edition=OuterRef("pk"), by=user, valid=True, verdict=Verdict.PASS, kind__in=_STAGE_REVIEWS
    )
    for stage in (Stage.FIRST, Stage.SECOND, Stage.FINAL):
        editions = Edition.objects.filter(stage=stage).exclude(author=user).exclude(Exists(passed))
        waiting |= _of(editions) & access.within(user, f"records.{stage.value}")
    return waiting


def in_hands_of(user: User) -> Q:
    """Records that lie with this person: drafts of the own, returned ones among them, and what the person may pass."""
    return _with_edition(author=user, stage__in=EDITABLE_STAGES) | _awaits(user)


def holders(records: Iterable[Record]) -> dict[int, str]:
    """Id of a record → the names of those with whom it lies: its author, or the unit's people who may pass it now.

    Args:
        records: with ``open_editions`` in hand; one without an edition under way lies with nobody and is left out.
    """
    under_way = [(record, edition) for record in records for edition in record.open_editions]
    waiting = {record.agency_id for record, edition in under_way if edition.stage not in EDITABLE_STAGES}
    rows = Membership.objects.filter(agency__in=waiting, user__is_active=True)
    people: dict[tuple[int, str], list[tuple[int, str]]] = {}
    for agency, role, pk, name in rows.values_list("agency", "role", "user", "user__name"):
        people.setdefault((agency, role), []).append((pk, name))
    found = {}
    for record, edition in under_way:
        if edition.stage in EDITABLE_STAGES:
            found[record.pk] = str(edition.author)
            continue
        may = access.RIGHTS[f"records.{edition.stage}"]
        names = {pk: name for role in may for pk, name in people.get((record.agency_id, role.value), ())}
        names.pop(edition.author_id, None)
        found[record.pk] = "、".join(sorted(names.values())) or "上级单位有权审核的人"
    return found


_STAGE_REVIEWS = (ReviewKind.FIRST, ReviewKind.SECOND, ReviewKind.FINAL)


def _gate(kind: ReviewKind) -> Callable[[User, datetime, date], QuerySet[Record]]:
    """Submitted and without a valid judgement of this gate (保密审查、法制审核)."""

    def rows(user: User, at: datetime, on: date) -> QuerySet[Record]:
        judged = Review.objects.filter(edition=OuterRef("pk"), kind=kind, valid=True, verdict=Verdict.PASS)
        editions = (
            Edition.objects.filter(stage__in=OPEN_STAGES - EDITABLE_STAGES)
            .exclude(author=user)
            .exclude(Exists(judged))
        )
        found = Record.objects.filter(_of(editions), access.within(user, f"records.{kind.value}"))
        if kind is ReviewKind.LEGAL:
            found = found.filter(type__in=[one.key for one in types.all() if one.legal_review])
        return found

    return rows


def _soon(on: date) -> date:
    """The last day that counts as soon (即将到期)."""
    return add(on, params.at("disclosure.notice_days", on).value, provisional=True)


def _due(user: User, at: datetime, on: date) -> QuerySet[Record]:
    return near_due(user, on)


def near_due(user: User, on: date) -> QuerySet[Record]:
    """Not public yet, and the last day for it is near or past."""
    return (
        Record.objects.visible_to(user)
        .filter(published_at=None, openness=Openness.ACTIVE, withdrawn="", publication_due_on__lte=_soon(on))
        .exclude(publication_due_on=None)
    )


def _expiring(user: User, at: datetime, on: date) -> QuerySet[Record]:
    return Record.objects.visible_to(user).public(at).filter(withdrawn="", expires_on__range=(on, _soon(on)))


def _scheduled(user: User, at: datetime, on: date) -> QuerySet[Record]:
    return Record.objects.visible_to(user).filter(published_at__gt=at)


def _published(user: User, at: datetime, on: date) -> QuerySet[Record]:
    return Record.objects.visible_to(user).public(at)


def _withdrawn(user: User, at: datetime, on: date) -> QuerySet[Record]:
    return Record.objects.visible_to(user).filter(withdrawn__in=[kind.value for kind in WithdrawalKind])


def _withheld(user: User, at: datetime, on: date) -> QuerySet[Record]:
    return Record.objects.visible_to(user).withheld()


def _all(user: User, at: datetime, on: date) -> QuerySet[Record]:
    return Record.objects.visible_to(user)


_WRITERS = access.RIGHTS["records.write"]
_REVIEWERS = access.RIGHTS["records.first"] | access.RIGHTS["records.second"] | access.RIGHTS["records.final"]

WORKLISTS: dict[str, Worklist] = {
    one.key: one
    for one in (
        Worklist("mine", "我的草稿", "我起草、还没有送审的", "您没有未送审的草稿。", _mine, _WRITERS),
        Worklist("returned", "退回修改", "审核人退回、等待修改的", "没有被退回的信息。", _returned, _WRITERS),
        Worklist("underway", "我送审的", "我起草、正在审核的", "您起草的信息都已办完。", _underway, _WRITERS),
        Worklist(
            "review",
            "待我审核",
            "轮到我初审、复审或者终审的",
            "没有待您审核的信息。新送审的会出现在这里。",
            _to_review,
            _REVIEWERS,
        ),
        Worklist(
            "secrecy",
            "待保密审查",
            "已经送审、还没有保密审查结论的",
            "没有待保密审查的信息。",
            _gate(ReviewKind.SECRECY),
            access.RIGHTS["records.secrecy"],
        ),
        Worklist(
            "legal",
            "待法制审核",
            "应当法制审核、还没有结论的",
            "没有待法制审核的信息。",
            _gate(ReviewKind.LEGAL),
            access.RIGHTS["records.legal"],
        ),
        Worklist(
            "due",
            "临近公开期限",
            "快到或者已过最迟公开日、还没有公开的",
            "没有临近公开期限的信息。",
            _due,
            access.RIGHTS["records.view"],
        ),
        Worklist(
            "expiring",
            "有效期将满",
            "已公开、有效期将满的",
            "近期没有有效期将满的信息。",
            _expiring,
            access.RIGHTS["records.view"],
        ),
        Worklist(
            "scheduled",
            "定时发布",
            "已经签发、到时自动公开的",
            "没有等待定时发布的信息。",
            _scheduled,
            access.RIGHTS["records.view"],
        ),
        Worklist(
            "public",
            "已公开",
            "公众现在可以看到的",
            "还没有已公开的信息。",
            _published,
            access.RIGHTS["records.view"],
        ),
        Worklist(
            "withdrawn",
            "已撤下",
            "废止、撤回、涉密或者迁移的",
            "没有已撤下的信息。",
            _withdrawn,
            access.RIGHTS["records.view"],
        ),
        Worklist(
            "withheld",
            "不主动公开",
            "依申请公开和不予公开的",
            "没有不主动公开的信息。",
            _withheld,
            access.RIGHTS["records.view"],
        ),
        Worklist(
            "all",
            "全部",
            "我看得到的全部信息",
            "还没有信息。可以新建，也可以导入已有的公文。",
            _all,
            access.RIGHTS["records.view"],
        ),
    )
}


def for_user(user: User) -> list[Worklist]:
    """The lists that concern this person, in the order of the table."""
    held = access.roles(user)
    return [one for one in WORKLISTS.values() if one.roles & held]
