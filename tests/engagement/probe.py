"""回应关切的样本,给按网址探测用(``tests/architecture/test_probe.py``)。"""

from datetime import timedelta

from gongkai.desk.moments import local_day
from gongkai.engagement import actions
from gongkai.engagement.models import Asked, Line
from gongkai.engagement.terms import EventKind, IssueSource
from gongkai.law.engagement import LetterKind, Step
from gongkai.law.surveys import QuestionKind
from tests.engagement.probe_press import ON_PLAN, press_samples

#: Doors that open to whoever sees letters; each act asks for its own right.
BY_THE_CASE = {"engagement_act", "engagement_asked", "engagement_briefing_act", "engagement_issue_act"}


def interview_of(own, at, secret):
    """A planned interview of the agency with a question and a line, none of them public."""
    values = {
        "title": secret,
        "topic": secret,
        "guests": [[secret, "局长"]],
        "starts_at": at + timedelta(days=9),
        "ends_at": at + timedelta(days=9, hours=1),
        "questions_until": at + timedelta(days=9),
    }
    interview = actions.plan_interview(own.agency, values, by=own.clerk, at=at)
    asked = Asked.objects.create(interview=interview, number="F-1", code="", text=secret, asked_at=at)
    line = Line.objects.create(interview=interview, place=1, speaker="主持人", text=secret, at=at, by=own.clerk)
    names = ("interview", "edit_interview", "interview_notice", "begin", "say", "end", "transcript")
    return {
        **{f"engagement_{name}": interview.pk for name in names},
        "engagement_read_out": asked.pk,
        "engagement_asked": asked.pk,
        "engagement_amend": line.pk,
    }


def broadcast_of(own, at, secret):
    """A broadcast of the agency with an issue, its list not public."""
    values = {"title": secret, "held_on": local_day(at)}
    made = actions.hold_broadcast(own.agency, values, by=own.office, at=at)
    issue = actions.add_issue(made, IssueSource.FLOOR, secret, secret, own.agency, by=own.office, at=at)
    names = ("broadcast", "edit_broadcast", "new_issue", "list_issues")
    return {
        **{f"engagement_{name}": made.pk for name in names},
        "engagement_issue": issue.pk,
        "engagement_issue_act": issue.pk,
    }


def survey_of(own, at, secret):
    """A survey of the agency that nobody released, with a question."""
    values = {"title": secret, "intro": secret, "opens_at": at, "closes_at": at + timedelta(days=9)}
    made = actions.draft_survey(own.agency, values, by=own.clerk, at=at)
    question = actions.add_question(made, QuestionKind.SCALE, secret, by=own.clerk, at=at)
    names = (
        "survey",
        "edit_survey",
        "new_question",
        "release_survey",
        "extend_survey",
        "tell_survey",
        "export_survey",
    )
    return {**{f"engagement_{name}": made.pk for name in names}, "engagement_drop_question": question.pk}


def samples(own, at, secret):
    """A letter, a case and an event of the agency, each as secret as a draft."""
    letter = actions.send_letter(
        own.agency,
        LetterKind.CONSULT,
        secret[:50],
        secret,
        at=at,
        contact={"name": "某"},
        files=[("材料.txt", secret.encode())],
    )[0]
    case = actions.open_case(secret, "来源", own.agency, detected_at=at, by=own.office, at=at)
    values = {
        "title": secret,
        "place": secret,
        "starts_at": at + timedelta(days=9),
        "ends_at": at + timedelta(days=10),
        "seats": 3,
        "signup_until": at + timedelta(days=5),
    }
    event = actions.hold_event(own.agency, EventKind.OPEN_DAY, values, by=own.clerk, at=at)
    on_letter = ("engagement_letter", "engagement_contact", "engagement_letter_file", "engagement_act")
    on_case = ("engagement_case", "engagement_grade", "engagement_entry", "engagement_close")
    on_event = (
        "engagement_event",
        "engagement_edit_event",
        "engagement_notice",
        "engagement_draw",
        "engagement_finish",
        "engagement_roster",
        "engagement_attendance",
    )
    series = actions.open_series(
        own.agency, EventKind.OPEN_DAY, {"title": secret[:60], "place": "厂", "about": secret}, by=own.clerk, at=at
    )
    once = values | {"signup_from": None, "selection": "first"}
    session = actions.add_sessions(series, once, count=1, step=Step.WEEK, by=own.clerk, at=at)[0]
    on_press = press_samples(own, at, secret)
    return {
        "pks": {
            **on_press,
            **dict.fromkeys(on_letter, letter.pk),
            **dict.fromkeys(on_case, case.pk),
            **dict.fromkeys(on_event, event.pk),
            **dict.fromkeys(
                ("engagement_series", "engagement_new_sessions", "engagement_series_notice"), series.pk
            ),
            "engagement_drop_session": session.pk,
            **interview_of(own, at, secret),
            **broadcast_of(own, at, secret),
            **survey_of(own, at, secret),
        },
        "arguments": {
            "engagement_act": {"key": "accept"},
            "engagement_letter_file": {"file": letter.files.get().pk},
            "engagement_asked": {"key": "choose"},
            "engagement_issue_act": {"key": "promise"},
            "engagement_briefing_act": {"key": "submit"},
            **{key: {"year": at.year} for key in ON_PLAN},
        },
    }
