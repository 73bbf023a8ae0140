"""决策和会议的样本,给按网址探测用(``tests/architecture/test_probe.py``)。"""

from datetime import timedelta

from gongkai.decisions import actions
from gongkai.desk.moments import local_day
from gongkai.law.consultation import Channel
from gongkai.law.decisions import Step

#: Doors that open to whoever sees dossiers; each step, each kind of entry asks for its own right.
BY_THE_CASE = {"decisions_step", "decisions_enter", "decisions_void", "decisions_opinions"}


def samples(own, at, secret):
    """Everything that hangs on one dossier, one catalogue and one meeting of the agency, each as secret as a draft."""
    on = local_day(at)
    opened = {"by": own.clerk, "at": at}
    dossier = actions.open_dossier(own.agency, own.agency, secret, "policy", **opened)
    row = actions.enter(dossier, "party", on, {"number": secret}, seen=dossier.mark, **opened)
    actions.take_step(dossier, Step.START, by=own.head, at=at, seen=fresh(dossier).mark)
    one = actions.consult(
        fresh(dossier),
        f"公告{secret}",
        on + timedelta(days=30),
        media=["政府网站"],
        draft="第一条",
        explanation="说明",
        **opened,
    )
    own.sign(one.record.draft, at=at)
    one.refresh_from_db()
    opinion = actions.enter_opinion(one, Channel.LETTER, secret, received_at=at, contact={"name": "某"}, **opened)
    year = actions.open_year(own.agency, on.year, call_until=on, **opened)
    item = {"title": secret, "lead": own.agency, "procedures": ["legality"], "planned_on": on + timedelta(days=90)}
    made = actions.add_item(year, item, **opened)
    proposal = actions.propose(year, secret, "问题", at=at)[0]
    meeting = actions.hold(
        own.agency,
        {
            "kind": "executive",
            "term": 1,
            "number": 1,
            "held_on": on + timedelta(days=1),
            "place": secret,
            "seats": 2,
            "signup_until": at,
        },
        **opened,
    )
    agenda = actions.add_agenda(meeting, {"title": secret, "reporter": own.agency}, **opened)
    representative = actions.sign_up(meeting, {"name": "某", "phone": "0571-00000001"}, "其他", "", at=at)[0]
    on_dossier = (
        "decisions_dossier",
        "decisions_edit",
        "decisions_step",
        "decisions_enter",
        "decisions_void",
        "decisions_redraft",
        "decisions_paper",
        "decisions_new_round",
    )
    on_round = (
        "decisions_round",
        "decisions_plan",
        "decisions_extend",
        "decisions_opinions",
        "decisions_enter_opinion",
        "decisions_enter_opinions",
        "decisions_feedback",
    )
    on_year = (
        "decisions_year",
        "decisions_save_year",
        "decisions_new_item",
        "decisions_draft_catalogue",
        "decisions_close_year",
    )
    on_meeting = (
        "decisions_meeting",
        "decisions_change_meeting",
        "decisions_new_agenda",
        "decisions_draw",
        "decisions_minutes",
        "decisions_meeting_plan",
    )
    return {
        "pks": {
            **dict.fromkeys(on_dossier, dossier.pk),
            **dict.fromkeys(on_round, one.pk),
            **dict.fromkeys(on_year, year.pk),
            **dict.fromkeys(on_meeting, meeting.pk),
            **dict.fromkeys(("decisions_opinion", "decisions_contact", "decisions_opinion_file"), opinion.pk),
            **dict.fromkeys(("decisions_edit_item", "decisions_settle_item", "decisions_remove_item"), made.pk),
            "decisions_rule": proposal.pk,
            **dict.fromkeys(("decisions_edit_agenda", "decisions_remove_agenda"), agenda.pk),
            "decisions_tell": representative.pk,
        },
        "arguments": {
            "decisions_step": {"step": "end"},
            "decisions_enter": {"kind": "party"},
            "decisions_void": {"row": row.pk},
            "decisions_meeting_plan": {"suffix": "docx"},
        },
    }


def fresh(dossier):
    """The row as it is now."""
    return type(dossier).objects.get(pk=dossier.pk)
