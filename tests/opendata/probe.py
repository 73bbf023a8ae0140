"""数据开放的样本,给按网址探测用(``tests/architecture/test_probe.py``)。"""

from gongkai.law.opendata.terms import Cycle, Domain
from gongkai.opendata import actions
from gongkai.opendata.models import Citation
from gongkai.records import actions as records
from tests.opendata.steward import Steward

#: Doors that open to whoever handles applications; who decides is a parameter, and the agreement asks for another right.
BY_THE_CASE = {"opendata_act", "opendata_agreement"}


def samples(own, at, secret):
    """A dataset with a version, a ruling that waits, an application, a demand, a result, a key: each as secret as a draft."""
    steward = Steward(own.agency, own.people, at)
    dataset = steward.entry(title=secret, summary=secret, cycle=Cycle.MONTHLY, domain=Domain.LIFE)
    version = steward.uploaded(dataset)
    steward.graded(dataset)
    ruling = steward.judged(dataset)
    restricted = steward.restricted(f"{secret}二")
    application, _ = actions.apply(restricted, secret, secret, 6, secret, contact={"name": "某"}, at=at)
    demand, _ = actions.ask(own.agency, secret, secret, contact={}, at=at)
    use = actions.propose_use(
        {"title": secret, "kind": "app", "maker": "某", "url": "", "text": secret}, [restricted], at=at
    )
    key, _ = actions.issue_key(secret, {"name": "某"}, at=at)
    edition = records.create(
        own.agency, "document", by=own.clerk, at=at, title=secret, made_on=at.date(), body="<p>某。</p>"
    )
    citation = Citation.objects.create(
        record=edition.record, version=version, text="某", how="某", by=own.clerk, at=at
    )
    on_dataset = (
        "dataset",
        "edit",
        "fields",
        "judge",
        "approve",
        "tighten",
        "close",
        "end",
        "upload",
        "cite",
        "uncite",
        "version",
        "open",
        "original",
    )
    on_application = ("application", "contact", "agreement", "act")
    return {
        "pks": {
            **{f"opendata_{name}": dataset.pk for name in on_dataset},
            **{f"opendata_{name}": application.pk for name in on_application},
            "opendata_demand": demand.pk,
            "opendata_use": use.pk,
            "opendata_revoke": key.pk,
        },
        "arguments": {
            "opendata_approve": {"ruling": ruling.pk},
            "opendata_uncite": {"citation": citation.pk},
            "opendata_act": {"what": "decide"},
            **{
                name: {"number": version.number}
                for name in ("opendata_version", "opendata_open", "opendata_original")
            },
        },
    }
