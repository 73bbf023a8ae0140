"""已公布的信息后来怎样:废止、修改、解读、更正、撤下;不公开的,和正在手上的。"""

from __future__ import annotations

import random
from datetime import date

from gongkai.law.agencies import Role
from gongkai.law.calendar import DAY
from gongkai.law.normative import EffectKind
from gongkai.law.openness import Openness
from gongkai.org.sample import LAST_DAY, OFFICE, Desk, moment
from gongkai.policies.actions import happen
from gongkai.records import actions
from gongkai.records.models import Record
from gongkai.records.terms import RelationKind, WithdrawalKind

from .stages import in_hand, publish

WITHHELD = (
    ("MH0108", "关于某行政复议案件的讨论记录", "过程性信息", "《条例》第十六条第二款"),
    ("MH0101", "区政府专题会议讨论稿（老旧小区改造资金筹措）", "过程性信息", "《条例》第十六条第二款"),
    ("MH0109", "关于某企业融资情况的报告", "商业秘密", "《条例》第十五条"),
    ("MH0118", "传染病个案流行病学调查报告", "个人隐私", "《条例》第十五条"),
    ("MH0120", "重点目标防护方案", "危及公共安全", "《条例》第十四条"),
    ("MH0111", "土地储备规划研究初稿", "过程性信息", "《条例》第十六条第二款"),
    ("MH0110", "机关内部考勤管理办法", "内部事务信息", "《条例》第十六条第一款"),
    ("MH0107", "困难家庭入户调查表汇总", "个人隐私", "《条例》第十五条"),
)


def withhold(desks: dict[str, Desk]) -> None:
    """Papers that are not published, some assessed in later years (条例第十八条)."""
    for number, (code, title, ground, article) in enumerate(WITHHELD):
        desk = desks[code]
        day = date(2021 + number % 3, 3 + number, 8)
        edition = actions.create(
            desk.agency,
            "document",
            by=desk.people[Role.CLERK],
            at=moment(day, 9),
            title=title,
            made_on=day,
            openness=Openness.ON_REQUEST if number % 4 == 1 else Openness.WITHHELD,
            ground=ground,
            ground_note=f"依据{article}，经审查不主动公开。",
            body="<p>（本件不主动公开，内容从略。）</p>",
        )
        publish(edition, desk, day + DAY * 3)
        for later in range(day.year + 1, 2026):
            record = Record.objects.get(pk=edition.record_id)
            actions.reassess(
                record,
                later,
                "keep",
                "情形没有变化，维持不予公开。",
                by=desk.people[Role.CLERK],
                at=moment(date(later, 11, 20), 10),
            )


#: 区政府办公室手上的几件,让每个样本账号都有事可办:标题,和 ``in_hand`` 办到哪一步。
WAITING = (
    ("关于做好第四季度政务公开工作的通知", 8),
    ("关于公布行政规范性文件清理结果的通知", 13),
    ("关于政务公开培训安排的通知", 17),
    ("关于举办政府开放日活动的公告", 20),
)


def live(desks: dict[str, Desk], chance: random.Random, until: date) -> None:
    """What happens to published papers: replaced, amended, interpreted, corrected, withdrawn."""
    head = desks[OFFICE].people[Role.OFFICE]
    day = LAST_DAY - DAY * 20
    normative = list(
        Record.objects.filter(type="normative", normative__effects=None)
        .exclude(published_at=None)
        .exclude(title__contains="《")
        .select_related("agency", "normative")
        .order_by("made_on")
    )
    for number, old in enumerate(normative[: len(normative) // 2]):
        later = next(
            (one for one in normative if one.agency_id == old.agency_id and one.made_on > old.made_on), None
        )
        if later is None or number % 5 == 4:
            continue
        on = later.effective_on or later.made_on
        kind = EffectKind.AMEND if number % 3 == 0 else EffectKind.REPEAL
        articles = "第五条" if kind is EffectKind.AMEND else ""
        happen(old.normative, kind, on=on, source=later, articles=articles, by=head, at=moment(day, 11))
    interpretations = (
        Record.objects.filter(type="interpretation", package_part=None)
        .exclude(published_at=None)
        .select_related("agency")
    )
    for interpretation in interpretations:
        earlier = [
            paper
            for paper in normative
            if paper.agency_id == interpretation.agency_id and paper.made_on <= interpretation.made_on
        ]
        if earlier:
            clerk = desks[interpretation.agency.code].people[Role.CLERK]
            actions.relate(interpretation, earlier[-1], RelationKind.INTERPRETS, by=clerk, at=moment(day, 12))
    others = list(
        Record.objects.filter(type__in=("notice", "document", "livelihood"), withdrawn="")
        .exclude(published_at=None)
        .select_related("agency")
        .order_by("pk")
    )
    chance.shuffle(others)
    actions.withdraw(
        others[0],
        WithdrawalKind.RETRACTED,
        reason="内容有误，已经撤回，更正后重新公布。",
        on=day,
        by=head,
        at=moment(day, 13),
    )
    actions.withdraw(others[1], WithdrawalKind.RETRACTED, reason="重复发布。", on=day, by=head, at=moment(day, 13))
    actions.withdraw(
        others[2],
        WithdrawalKind.CONFIDENTIAL,
        reason="附件里有个人信息，没有隐去。",
        on=day,
        by=head,
        at=moment(day, 13),
    )
    actions.withdraw(
        others[3],
        WithdrawalKind.MOVED,
        reason="同内容合并到新的一件。",
        on=day,
        by=head,
        at=moment(day, 13),
        successor=others[4],
    )
    for other in others[5:9]:
        desk = desks[other.agency.code]
        edition = actions.revise(
            other, by=desk.people[Role.CLERK], at=moment(day, 14), change_note="更正联系方式和办理地点的表述。"
        )
        body = (
            edition.body.replace("欢迎社会各界监督", "欢迎社会各界监督，意见可以当面或者来信反映")
            + "<p>（已按更正说明修改。）</p>"
        )
        edition = actions.save(
            edition, {"body": body}, by=desk.people[Role.CLERK], at=moment(day, 15), revision=edition.revision
        )
        publish(edition, desk, day + DAY)
    desk, day = desks[OFFICE], until - DAY * 6
    for title, remaining in WAITING:
        edition = actions.create(
            desk.agency,
            "document",
            by=desk.people[Role.CLERK],
            at=moment(day, 9),
            made_on=day,
            genre="通知",
            title=f"明湖区人民政府办公室{title}",
            body="<p>各有关单位：</p><p>请按照要求做好工作，情况及时报送。</p>",
        )
        in_hand(edition, desk, day, remaining)
    edition = actions.create(
        desk.agency,
        "document",
        by=desk.people[Role.CLERK],
        at=moment(day, 9),
        made_on=day,
        genre="通知",
        title="明湖区人民政府办公室关于政务服务大厅下月调整办公时间的通知",
        body="<p>政务服务中心安排值班窗口，具体时间另行公告。</p>",
    )
    publish(edition, desk, day, publish_at=moment(until + DAY * 32, 9))
