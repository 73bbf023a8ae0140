"""督查考核的样本,给按网址探测用(``tests/architecture/test_probe.py``)。"""

from datetime import date

from gongkai.desk.moments import local_day
from gongkai.law.calendar import DAY
from gongkai.law.supervision import TaskKind
from gongkai.supervision import actions
from gongkai.supervision.models import Advice, BonusClaim, LineMark, Notice, Objection, VetoFinding
from gongkai.supervision.shipped import Draft
from tests.supervision.sample import plan, round_of

#: Each asks whether the person may do it for this very unit, or for this very task.
BY_THE_CASE = {
    "supervision_report",
    "supervision_judge",
    "supervision_void_hearing",
    "supervision_void_training",
    "supervision_void_support",
}


def samples(own, at, secret):
    """A plan of the agency with a report, a correction, an assessment and each kind of entry, as secret as a draft."""
    on = local_day(at)
    made = plan(own, at, Draft(secret, (own.agency.name,), kind=TaskKind.ONCE, due=date(2026, 12, 31)))
    task = made.tasks.get()
    piece = task.pieces.get()
    report = actions.report(piece, own.agency, secret, by=own.clerk, at=at)
    correction = actions.issue_correction(
        own.agency, secret[:50], secret, "改", due_on=on + DAY * 30, on=on, by=own.office, at=at
    )
    round = round_of(own, at)
    candidate = round.candidates.get()
    line = LineMark.objects.create(candidate=candidate, indicator="3", why=secret)
    claim = BonusClaim.objects.create(
        candidate=candidate, rule="B1", level="city", matter=secret, by=own.clerk, at=at
    )
    veto = VetoFinding.objects.create(
        candidate=candidate, rule="V1", facts=secret, proof="x", by=own.office, at=at
    )
    objection = Objection.objects.create(line=line, kind="fact", text=secret, by=own.clerk, at=at, due_on=on)
    notice = Notice.objects.create(
        kind="criticism",
        title=secret,
        agency=own.agency,
        since=on,
        until=on,
        rows={"rows": []},
        drafted_by=own.office,
        drafted_at=at,
    )
    advice = Advice.objects.create(
        agency=own.agency,
        facts=secret,
        proof="x",
        basis="x",
        advice="x",
        heard="x",
        sent_to="x",
        sent_on=on,
        by=own.office,
        at=at,
    )
    hearing = actions.enter_hearing(
        own.agency,
        {"held_on": on, "meeting": "party", "name": secret, "presider": "局长"},
        on=on,
        by=own.clerk,
        at=at,
    )
    training = actions.enter_training(
        own.agency,
        {"held_on": on, "title": secret, "audience": "x", "hours": 1, "due": 1, "attended": 1},
        [own.agency],
        on=on,
        by=own.clerk,
        at=at,
    )
    support = actions.enter_support(
        own.agency,
        {"year": 2026, "full_time": 1, "part_time": 1, "budget": 1, "places": secret},
        by=own.clerk,
        at=at,
    )
    result = actions.enter_result(
        own.agency,
        {
            "index": "transparency",
            "year": 2025,
            "name": "x",
            "publisher": "x",
            "method": "x",
            "sample": 9,
            "rank": 3,
            "source": "x",
        },
        on=on,
        by=own.office,
        at=at,
    )
    by_row = [
        (made.pk, ("plan", "confirm", "show", "close", "new_task")),
        (task.pk, ("task", "edit_task", "drop_task", "adjust", "new_piece")),
        (piece.pk, ("set_piece", "drop_piece", "report", "aside", "resume", "doubt")),
        (report.pk, ("judge",)),
        (correction.pk, ("correction", "answer", "review", "escalate")),
        (advice.pk, ("advice_result",)),
        (round.system_id, ("system",)),
        (round.pk, ("round", "read", "go_on", "decide", "draft_result")),
        (candidate.pk, ("candidate", "self", "line", "object", "bonus", "veto")),
        (claim.pk, ("claim",)),
        (veto.pk, ("heard", "second")),
        (objection.pk, ("look",)),
        (notice.pk, ("notice", "edit_notice", "confirm_notice", "issue_notice", "record_notice", "notice_file")),
        (hearing.pk, ("void_hearing",)),
        (training.pk, ("void_training",)),
        (support.pk, ("void_support",)),
        (result.pk, ("void_result",)),
    ]
    return {
        "pks": {f"supervision_{name}": pk for pk, found in by_row for name in found},
        "arguments": {
            "supervision_line": {"indicator": "3"},
            "supervision_object": {"indicator": "3"},
            "supervision_notice_file": {"suffix": "docx"},
        },
    }
