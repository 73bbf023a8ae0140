"""网站和新媒体检查的样本,给按网址探测用(``tests/architecture/test_probe.py``)。"""

from datetime import timedelta

from gongkai.desk.moments import local_day
from gongkai.engagement import actions as engagement
from gongkai.inspections import actions
from gongkai.inspections.models import Evidence
from gongkai.law.engagement import LetterKind
from gongkai.law.outlets import Platform

#: Doors that open to whoever sees the list; each step asks for its own right.
BY_THE_CASE = {"inspections_move", "inspections_finding_act"}

OUTLET = ("outlet", "edit_outlet", "move", "closing", "closing_notice", "new_column", "column")


def samples(own, at, secret):
    """A site with a column, a round with its sample, a finding and its evidence, a letter about an error."""
    on = local_day(at)
    values = {"name": secret, "url": "https://www.mh.example/", "updated_on": on - timedelta(days=30)}
    outlet = actions.save_outlet(None, own.agency, Platform.SITE, values, by=own.clerk, at=at)
    column = actions.save_column(
        outlet, None, {"name": secret, "url": "https://www.mh.example/a/"}, by=own.clerk, at=at
    )
    outlet.state = "running"
    outlet.save()
    made = actions.open_round(on.year, 3, on, "0831", by=own.office, at=at)
    sample = made.samples.get()
    evidence = Evidence.objects.create(
        outlet=outlet, url="https://www.mh.example/a/", at=at, reached="ok", excerpt=secret, screenshot="0" * 64
    )
    finding = actions.suspect(outlet, "W3", secret, by=own.office, at=at, evidence=evidence)
    letter = engagement.send_letter(own.agency, LetterKind.ERROR, secret[:50], secret, at=at)[0]
    pks = {
        **dict.fromkeys(OUTLET, outlet.pk), "round": made.pk, "round_act": made.pk, "sample": sample.pk, "evidence": evidence.pk,
        "screenshot": evidence.pk, "finding": finding.pk, "finding_act": finding.pk, "from_tip": letter.pk,
    }  # fmt: skip
    return {
        "pks": {f"inspections_{name}": pk for name, pk in pks.items()},
        "arguments": {
            "inspections_move": {"key": "submit"}, "inspections_round_act": {"key": "start"},
            "inspections_finding_act": {"key": "confirm"}, "inspections_column": {"column": column.pk},
        },
    }  # fmt: skip
