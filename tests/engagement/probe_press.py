"""新闻发布的样本,给按网址探测用(``probe.py``)。"""

from datetime import timedelta

from gongkai.engagement import actions
from gongkai.engagement.press_terms import Breach
from gongkai.law.press import Level, Rank

ON_PLAN = (
    "engagement_press_plan",
    "engagement_press_units",
    "engagement_new_press_item",
    "engagement_issue_press_plan",
)


def press_samples(own, at, secret):
    """A briefing that was held, with an answer; a spokesperson; a plan with an item."""
    by = {"by": own.office, "at": at}
    plan = actions.open_press_year(at.year, [own.agency], **by)
    item = actions.plan_item(plan, own.agency, 5, secret[:60], Level.UNIT, **by)
    times = {
        "title": secret[:60],
        "place": secret[:60],
        "starts_at": at - timedelta(hours=2),
        "ends_at": at - timedelta(hours=1),
    }
    briefing = actions.propose_briefing(own.agency, times, Level.UNIT, is_emergency=True, by=own.clerk, at=at)
    actions.submit_briefing(briefing, by=own.clerk, at=at)
    person = actions.attend(briefing, secret[:30], "局长", Rank.CHIEF, by=own.clerk, at=at)
    actions.hold_briefing(briefing, secret, by=own.clerk, at=at)
    question = actions.ask(briefing, "区融媒体中心", secret, secret, person, by=own.clerk, at=at)
    first = actions.appoint(
        own.agency,
        {"name": secret[:30], "post": "局长", "phone": "0571-00000001"},
        since=at.date(),
        is_first=True,
        by=own.clerk,
        at=at,
    )
    actions.note_discipline(own.agency, Breach.WORDING, at.date(), secret, secret, **by)
    on_briefing = (
        "engagement_briefing",
        "engagement_edit_briefing",
        "engagement_new_press_question",
        "engagement_briefing_act",
    )
    return {
        **dict.fromkeys(on_briefing, briefing.pk),
        "engagement_press_question": question.pk,
        "engagement_absent": person.pk,
        "engagement_drop_press_item": item.pk,
        "engagement_edit_spokesperson": first.pk,
        "engagement_dismiss": first.pk,
        "engagement_confirm_spokespersons": own.agency.pk,
    }
