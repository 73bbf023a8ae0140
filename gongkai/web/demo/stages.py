"""把一件样本信息办到某个环节:公布,或者停在手上。"""

from __future__ import annotations

from datetime import date, datetime

from gongkai.law.agencies import Role
from gongkai.org.sample import Desk, moment
from gongkai.policies.samples.together import release
from gongkai.records import actions
from gongkai.records.models import Edition
from gongkai.records.terms import ReviewKind, Verdict


def publish(edition: Edition, desk: Desk, day: date, publish_at: datetime | None = None) -> Edition:
    people = desk.people
    edition = Edition.objects.get(pk=edition.pk)
    actions.submit(edition, by=people[Role.CLERK], at=moment(day, 9, 10))
    steps = (
        (ReviewKind.FIRST, Role.FIRST_REVIEWER),
        (ReviewKind.SECOND, Role.SECOND_REVIEWER),
        (ReviewKind.SECRECY, Role.SECRECY_REVIEWER),
    )
    for hour, (kind, role) in enumerate(steps, 10):
        actions.judge(
            edition,
            kind,
            Verdict.PASS,
            "已逐项审查，同意公开。" if kind is ReviewKind.SECRECY else "",
            by=people[role],
            at=moment(day, hour),
        )
    if edition.record.type == "normative":
        actions.judge(
            edition,
            ReviewKind.LEGAL,
            Verdict.PASS,
            "已经合法性审核。",
            by=people[Role.LEGAL_REVIEWER],
            at=moment(day, 14),
        )
        return release(edition, desk, day)
    return actions.judge(
        edition,
        ReviewKind.FINAL,
        Verdict.PASS,
        "",
        by=people[Role.FINAL_REVIEWER],
        at=moment(day, 15),
        publish_at=publish_at,
    )


def in_hand(edition: Edition, desk: Desk, day: date, remaining: int) -> None:
    """Leave the newest at every stage: drafts, each review, returned, scheduled."""
    people, at = desk.people, moment(day, 16)
    if remaining < 7:
        return
    actions.submit(edition, by=people[Role.CLERK], at=at)
    if remaining < 12:
        return
    actions.judge(edition, ReviewKind.FIRST, Verdict.PASS, by=people[Role.FIRST_REVIEWER], at=at)
    if remaining < 16:
        return
    actions.judge(edition, ReviewKind.SECRECY, Verdict.PASS, "同意公开。", by=people[Role.SECRECY_REVIEWER], at=at)
    if remaining < 18:
        actions.judge(
            edition,
            ReviewKind.SECOND,
            Verdict.RETURN,
            "附件同正文的数字不一致，请核对。",
            by=people[Role.SECOND_REVIEWER],
            at=at,
        )
        return
    actions.judge(edition, ReviewKind.SECOND, Verdict.PASS, by=people[Role.SECOND_REVIEWER], at=at)
