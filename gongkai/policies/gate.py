"""三同步的关口和跟着签发、撤下办的(``records.gates``):任何一条路都过不去没有解读、也没有理由的政策文件。

守住的是一句话:凡是要求同步发布的文件,公众看得见它的每一刻,要么看得见它的解读,要么发布包里记着不附解读的理由。
"""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from gongkai.desk.moments import local_day
from gongkai.law import interpretation as law
from gongkai.law.errors import RuleBroken
from gongkai.law.interpretation import Exemption
from gongkai.law.marks import titled
from gongkai.law.openness import Openness
from gongkai.org.models import User
from gongkai.records.gates import Follower, Gate
from gongkai.records.models import Edition, Record, Relation, Withdrawal
from gongkai.records.on_record import rare_one
from gongkai.records.terms import RelationKind, WithdrawalKind

from .actions.clinic import end_with_policy, go_on_with_policy
from .actions.packages import INTERPRETATION, close, excuse_withdrawn
from .actions.register import NORMATIVE, enter, number_is_free
from .models import Document, Measure, Package, Part


def is_bound(edition: Edition, release: datetime) -> bool:
    """Whether this edition, released then, needs its interpretation: papers that were public before the rule are
    only being taken in (原发布日期 and 成文日期 both earlier)."""
    day = edition.first_published_on
    day = max(day, edition.made_on or day) if day else local_day(release)
    return law.is_bound(edition.record.type, day)


def interpreted(package: Package | None, at: datetime) -> bool:
    """Whether an interpretation in the package may be read by the public at that moment."""
    if package is None:
        return False
    rows = Record.objects.public(at).filter(package_part__package=package, type=INTERPRETATION)
    return rows.exists()


def _together(package: Package | None, title: str, moment: datetime) -> None:
    law.together(
        interpreted=interpreted(package, moment), exempted=bool(package and package.exemption), title=title
    )


class Together(Gate):
    """文件和解读同步审签、同步发布。"""

    def signing(self, edition: Edition, *, by: User, at: datetime, publish_at: datetime | None) -> None:
        record = edition.record
        if part := rare_one(Part.objects.filter(record=record).select_related("package__policy")):
            self._part(part, edition, at, publish_at)
            return
        package = rare_one(Package.objects.filter(policy=record))
        if edition.openness != Openness.ACTIVE:
            return
        if record.type == NORMATIVE and not Document.objects.filter(record=record).exists():
            number_is_free(record)
        if record.published_at is None:
            self._first(package, edition, at, publish_at)
        elif record.openness != Openness.ACTIVE and (package or is_bound(edition, record.published_at)):
            _together(package, edition.title, max(at, record.published_at))
        elif package and publish_at and record.published_at > at:
            raise RuleBroken("这件文件已经定时同解读一起发布，不能单独改时刻", fix="更正时请不填定时发布的时刻。")

    def _first(self, package: Package | None, edition: Edition, at: datetime, publish_at: datetime | None) -> None:
        """The policy's own first release."""
        release = publish_at or at
        parts = package.parts.exists() if package else False
        if not parts and not is_bound(edition, release):
            return
        if package and parts and package.signed_at != at:
            raise RuleBroken(f"{titled(edition.title)}有解读要一并签发", fix="请在“同步发布”里一并签发。")
        _together(package, edition.title, release)

    def _part(self, part: Part, edition: Edition, at: datetime, publish_at: datetime | None) -> None:
        """An interpretation: with its policy, at the same moment, for everyone."""
        package, record = part.package, edition.record
        if record.type != INTERPRETATION:
            raise RuleBroken("它在发布包里，却已经改成别的类型", fix="请先在“同步发布”里取出。")
        if edition.openness != Openness.ACTIVE:
            raise RuleBroken("同文件一起发布的解读须主动公开", fix="不再公开的请用“撤下”，写明原因。")
        if package.signed_at is None:
            raise RuleBroken(
                f"这份解读同{titled(package.policy)}一起发布，不能单独签发", fix="请在“同步发布”里一并签发。"
            )
        if record.published_at is None and package.signed_at != at and not package.is_released(at):
            raise RuleBroken(f"{titled(package.policy)}定于以后发布，解读不能先签发", fix="请在文件公开以后签发。")
        if record.published_at and record.published_at > at and publish_at:
            raise RuleBroken("这份解读已经定时同文件一起发布，不能单独改时刻", fix="更正时请不填定时发布的时刻。")

    def moving(self, record: Record, moment: datetime, *, by: User, at: datetime) -> None:
        package = Package.objects.filter(Q(policy=record) | Q(parts__record=record)).first()
        if package and package.parts.exists():
            if package.release_at != moment:
                raise RuleBroken(f"{titled(record)}同解读一起发布，不能单独改时刻", fix="请在“同步发布”里一并改。")
            return
        if record.live and is_bound(record.live, moment):
            _together(package, record.title, moment)

    def lifting(self, record: Record, *, by: User, at: datetime) -> None:
        package = rare_one(Package.objects.filter(policy=record))
        live = record.live
        if live is None or (package is None and not is_bound(live, record.published_at or at)):
            return
        _together(package, record.title, max(at, record.published_at or at))

    def unlinking(self, relation: Relation, *, by: User, at: datetime) -> None:
        if (
            relation.kind == RelationKind.INTERPRETS
            and Part.objects.filter(record=relation.source_id, package__policy=relation.target_id).exists()
        ):
            raise RuleBroken(
                "这份解读在文件的发布包里，关系不能单独解除", fix="没有签发的，请在“同步发布”里取出。"
            )


class Aftermath(Follower):
    """规范性文件签发时登记;没有解读的发布包随文件记下签发、发布的时刻;解读撤下了,文件记着为什么没有解读。"""

    def signed(self, edition: Edition, *, by: User, at: datetime, publish_at: datetime | None) -> None:
        record = edition.record
        if edition.openness != Openness.ACTIVE or Part.objects.filter(record=record).exists():
            return
        if record.type == NORMATIVE:
            enter(record, edition, by=by, at=at)
        package, release = rare_one(Package.objects.filter(policy=record)), publish_at or at
        if package and record.published_at is None and not package.parts.exists() and is_bound(edition, release):
            close(package, at, release)

    def moved(self, record: Record, moment: datetime, *, by: User, at: datetime) -> None:
        package = rare_one(Package.objects.filter(policy=record))
        if package and not package.parts.exists():
            close(package, package.signed_at or at, moment)

    def withdrawn(self, withdrawal: Withdrawal, *, by: User, at: datetime) -> None:
        part = Part.objects.filter(record=withdrawal.record_id).select_related("package__policy__agency").first()
        if part is None or withdrawal.kind == WithdrawalKind.REPEALED:
            return
        package = part.package
        moment = max(at, package.release_at or at)
        standing = package.exemption and package.exemption != Exemption.WITHDRAWN
        if not standing and package.policy.is_public(moment) and not interpreted(package, moment):
            hidden = withdrawal.kind == WithdrawalKind.CONFIDENTIAL
            excuse_withdrawn(package, "解读依法撤下" if hidden else withdrawal.reason, by=by, at=at)

    def after_withdrawal(self, withdrawal: Withdrawal, keys: frozenset[str], *, by: User, at: datetime) -> None:
        chosen = [int(key.removeprefix("measure:")) for key in keys if key.startswith("measure:")]
        rows = Measure.objects.select_for_update().filter(pk__in=chosen, policy=withdrawal.record_id)
        hidden = withdrawal.kind == WithdrawalKind.CONFIDENTIAL
        why = "依据的文件依法撤下" if hidden else f"依据的文件已经撤下（{withdrawal.get_kind_display()}）"
        end_with_policy(rows, why, by=by, at=at)

    def lifted(self, withdrawal: Withdrawal, *, by: User, at: datetime) -> None:
        go_on_with_policy(withdrawal.record_id, withdrawal.at, by=by, at=at)
