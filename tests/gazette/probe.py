"""公报的样本,给按网址探测用(``tests/architecture/test_probe.py``)。"""

from datetime import date, timedelta

from gongkai.desk.moments import local_day
from gongkai.gazette import actions
from gongkai.gazette.models import HistoricIssue, Intake, Notice
from gongkai.gazette.terms import LiaisonKind
from gongkai.org.models import Place

#: Open to whoever edits, approves or looks; what may be done hangs on the stage.
BY_THE_CASE = {"gazette_masthead"}


def samples(own, at, secret):
    """A gazette that the agency makes: an issue in preparation with all that hangs on one."""
    on, given = local_day(at), {"by": own.office, "at": at}
    head = actions.save_masthead(
        own.agency, {"name": secret, "sponsor": "某区", "since_on": date(2020, 1, 1)}, **given
    )
    section = actions.save_section(own.agency, {"name": "文件", "order": 1, "since_year": 2020}, **given)
    record = own.publish(title=f"通知{secret}", at=at - timedelta(days=40))
    issue = actions.open_issue(head, on - timedelta(days=40), on, propose=False, **given)
    article = actions.select_record(issue, record, section, **given)
    made = actions.add_line(issue, issue.month, secret, **given)
    actions.edit(issue, {"print_run": 9}, **given)
    place = Place.objects.create(agency=own.agency, name="某点", kind="reading", address="某路", hours="工作日")
    actions.plan(issue, **given)
    liaison = actions.appoint(own.agency, LiaisonKind.MAIN, secret[:20], since_on=on, **given)
    notice = Notice.objects.create(year=2020, span="year", issued_at=at, issued_by=own.office)
    intake = Intake.objects.create(agency=own.agency, name=secret, by=own.office, at=at)
    old = HistoricIssue.objects.create(year=2019, number=1, imported_at=at)
    on_issue = (
        "issue",
        "proof",
        "edit",
        "take",
        "take_chosen",
        "order",
        "sort",
        "line",
        "build",
        "submit",
        "approve",
        "return",
        "publish",
        "deliveries",
        "plan",
        "slip",
    )
    return {
        "pks": {
            **{f"gazette_{name}": issue.pk for name in on_issue},
            **dict.fromkeys(("gazette_drop", "gazette_refresh", "gazette_correct"), article.pk),
            "gazette_drop_line": made.pk,
            "gazette_deliver": issue.deliveries.get(place=place).pk,
            "gazette_dismiss": liaison.pk,
            "gazette_decide": record.pk,
            "gazette_section": section.pk,
            **dict.fromkeys(("gazette_notice", "gazette_notice_file"), notice.pk),
            **dict.fromkeys(("gazette_intake", "gazette_apply"), intake.pk),
            "gazette_attach_scan": old.pk,
        },
        "arguments": {
            "gazette_report": {"code": own.agency.code, "year": 2026, "month": 9},
            "gazette_register": {"year": 2026, "month": 9},
            "gazette_proof": {"kind": "pdf"},
            "gazette_slip": {"place": place.pk},
            "gazette_notice_file": {"kind": "docx"},
        },
    }
