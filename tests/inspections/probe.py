"""网站和新媒体检查的样本,给按网址探测用(``tests/architecture/test_probe.py``)。"""

from datetime import timedelta

from gongkai.desk.moments import local_day
from gongkai.engagement import actions as engagement
from gongkai.inspections import actions
from gongkai.inspections.models import Evidence
from gongkai.law.engagement import LetterKind
from gongkai.law.outlets import Platform

#: Doors that open to whoever sees the list; each step asks for its own right.
BY_THE_CASE = {
    "inspections_move",
    "inspections_finding_act",
    "inspections_round",
    "inspections_barriers",
    "inspections_bulletin_file",
    "inspections_draft_bulletin",
}

OUTLET = ("outlet", "edit_outlet", "move", "closing", "closing_notice", "new_column", "column")


def samples(own, at, secret):
    """A site with a column, a round with its sample, a finding and its evidence, a letter about an error."""
    on = local_day(at)
    values = {"name": secret, "url": "https://www.mh.example/", "updated_on": on - timedelta(days=30)}
    outlet = actions.save_outlet(None, own.agency, Platform.SITE, values, by=own.clerk, at=at)
    column = actions.save_column(
        outlet, None, {"name": secret, "url": "https://www.mh.example/a/"}, by=own.clerk, at=at
    )
    account = actions.save_outlet(None, own.agency, Platform.WEIBO, {"name": secret}, by=own.clerk, at=at)
    type(outlet).objects.filter(pk__in=(outlet.pk, account.pk)).update(state="running")
    outlet.refresh_from_db()
    made = actions.open_round(on.year, 3, on, by=own.office, at=at - timedelta(days=1))
    made = actions.draw_sample(made, by=own.office, at=at)
    sample = made.samples.first()
    evidence = Evidence.objects.create(
        outlet=outlet, url="https://www.mh.example/a/", at=at, reached="ok", excerpt=secret, screenshot="0" * 64
    )
    finding = actions.suspect(outlet, "W3", secret, by=own.office, at=at, evidence=evidence)
    release = actions.make_release(
        secret, secret, "https://www.mh.example/1/", at + timedelta(days=1), ["weibo"], by=own.office, at=at
    )
    source = actions.allow_source("某社", by=own.office, at=at)
    letter = engagement.send_letter(own.agency, LetterKind.ERROR, secret[:50], secret, at=at)[0]
    pks = {
        **dict.fromkeys(OUTLET, outlet.pk),
        "round": made.pk,
        "barriers": made.pk,
        "round_act": made.pk,
        "sample": sample.pk,
        "evidence": evidence.pk,
        "screenshot": evidence.pk,
        "finding": finding.pk,
        "finding_act": finding.pk,
        "from_tip": letter.pk,
        "again": finding.pk,
        "draft_bulletin": made.pk,
        "bulletin_file": made.pk,
        "release": release.pk,
        "relay": release.relays.get().pk,
        "drop_source": source.pk,
    }
    return {
        "pks": {f"inspections_{name}": pk for name, pk in pks.items()},
        "arguments": {
            "inspections_move": {"key": "submit"},
            "inspections_round_act": {"key": "start"},
            "inspections_finding_act": {"key": "confirm"},
            **{name: {"year": on.year} for name in ("inspections_site_report", "inspections_draft_site_report")},
            "inspections_site_report_file": {"year": on.year, "suffix": "docx"},
            "inspections_bulletin_file": {"suffix": "docx"},
            "inspections_column": {"column": column.pk},
        },
    }
