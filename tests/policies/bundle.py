"""一件规范性文件和它的解读,办到测试要的地方。"""

from __future__ import annotations

from gongkai.policies import actions
from gongkai.policies.models import Package
from gongkai.records import actions as records
from gongkai.records.models import Edition, Record
from gongkai.records.terms import ReviewKind, Verdict
from tests.records.office import AT, Office

TITLE = "明湖区老旧小区改造补助办法"


def paper(office: Office, *, at=AT, **description) -> Edition:
    """A normative document in hand."""
    wanted = {"title": TITLE, "doc_number": "明政办发〔2024〕31号", "effective_on": at.date()}
    return office.draft("normative", at=at, **{**wanted, **description})


def bundle(office: Office, *forms: str, at=AT, **description) -> Package:
    """A package with one drafted interpretation for each form."""
    package = actions.start(paper(office, at=at, **description).record, by=office.clerk, at=at)
    for form in forms:
        edition = actions.draft(package, f"{TITLE}{form}", form, by=office.clerk, at=at)
        values = {"made_on": at.date(), "body": "<p>这个办法讲清楚谁可以申请补助、能补多少、找谁办。</p>"}
        records.save(edition, values, by=office.clerk, at=at, revision=edition.revision)
    return package


def to_final(office: Office, record: Record, *, at=AT) -> Edition:
    """Through every review but the last."""
    edition = record.draft
    records.submit(edition, by=office.clerk, at=at)
    kinds = ["secrecy", "first", "second"] + (["legal"] if record.type == "normative" else [])
    for kind in kinds:
        records.judge(edition, ReviewKind(kind), Verdict.PASS, by=office.people[kind_role(kind)], at=at)
    return Edition.objects.get(pk=edition.pk)


def kind_role(kind: str):
    from gongkai.law.agencies import Role

    return Role(kind)


def all_to_final(office: Office, package: Package, *, at=AT) -> None:
    for record in (package.policy, *(part.record for part in package.parts.all())):
        to_final(office, Record.objects.get(pk=record.pk), at=at)


def released(office: Office, *forms: str, at=AT, publish_at=None, **description) -> Package:
    """A package signed together."""
    package = bundle(office, *forms, at=at, **description)
    all_to_final(office, package, at=at)
    return actions.sign(package, by=office.final, at=at, publish_at=publish_at)
