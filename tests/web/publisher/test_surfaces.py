"""撤下一件信息,凡是能看到它的地方,那一刻起都没有了:每一处、每一种撤下、两种服务器,逐个证明。"""

from __future__ import annotations

import pytest
from django.utils import timezone

from gongkai.org import worker
from gongkai.policies import actions as policies
from gongkai.records import actions
from gongkai.records.models import Record
from gongkai.records.surfaces import surfaces
from gongkai.records.terms import WithdrawalKind
from gongkai.sections.terms import BlockKind
from tests.gazette.press import printed
from tests.records.office import AT, Office
from tests.sections.office import listing, opened
from tests.web.publisher.test_files import PDF

pytestmark = pytest.mark.django_db(transaction=True)
TEXT = "<p>为了方便群众，明湖区决定延长婚姻登记处的办公时间，周六上午照常受理。</p>" * 3


@pytest.fixture(params=["embedded", pytest.param("nginx", marks=pytest.mark.once)])
def server(request, settings):
    settings.ALLOWED_HOSTS = ["localhost"]
    return request.getfixturevalue({"embedded": "reader", "nginx": "nginx"}[request.param])


def published(office: Office) -> Record:
    other = office.publish(
        title="明湖区民政服务总体安排", body="<p>婚姻、救助、养老各项服务的总体安排如下，请照此办理。</p>"
    )
    edition = office.draft(title="明湖区延长婚姻登记办公时间的通知", body=TEXT)
    actions.attach(edition, "时间表.pdf", PDF, by=office.clerk, at=AT)
    record = office.sign(office.fresh(edition))
    actions.relate(record, other, "based_on", by=office.clerk, at=AT)
    opened(office, "minzheng", listing(agency=office.agency.code))
    opened(office, "weddings", listing(type=record.type), topic=True)
    opened(office, "chosen", (BlockKind.PICKED, {"records": [record.pk]}), topic=True)
    cured(office, record)
    printed(office, record, at=AT)
    return record


def cured(office: Office, record: Record) -> None:
    """Taken apart for the clinic, with figures of what was granted."""
    values = {
        "title": "周六办婚姻登记",
        "audience": "person",
        "benefit": "周六上午受理。",
        "place": "登记处",
        "how": "直接来。",
        "contact": "无",
    }
    measure = policies.draft_measure(record, values, by=office.clerk, at=AT)
    fact = policies.add_fact({"key": "wed", "label": "要登记吗", "kind": "yes_no"}, by=office.clerk, at=AT)
    policies.add_condition(
        measure, fact, {"yes": True}, quote="周六上午照常受理", article="正文", by=office.clerk, at=AT
    )
    policies.publish_measure(measure, by=office.head, at=AT)
    figures = {"applied": 3, "granted": 3, "yuan": 0, "source": "台账"}
    policies.redeem(measure, 2024, figures, by=office.clerk, at=AT)


def seen(server, surface, record) -> list[bool]:
    """At each address of the surface: whether the record shows there."""
    found = []
    for address in addresses[surface.key]:
        answer = server(address)
        mark = surface.shows(record)
        assert answer.status < 500, address
        # 撤回的那一页(410)说明撤下的是哪一件,不算看得到它
        found.append(answer.status != 410 and (mark in answer.text if mark else answer.status == 200))
    return found


addresses: dict[str, list[str]] = {}


@pytest.mark.parametrize("kind", list(WithdrawalKind))
def test_withdrawn_is_gone_from_every_surface(server, kind):
    office = Office()
    record = published(office)
    worker.drain(timezone.now)
    addresses.clear()
    addresses.update({one.key: list(one.addresses(record)) for one in surfaces()})
    before = {one.key: seen(server, one, record) for one in surfaces()}
    assert all(found and all(found) for found in before.values()), before
    assert server(record.get_absolute_url()).from_file and server("/").from_file
    options = {"successor": Record.objects.exclude(pk=record.pk).first()} if kind is WithdrawalKind.MOVED else {}
    actions.withdraw(record, kind, reason="核对", basis="决定", on=AT.date(), by=office.office, at=AT, **options)
    for moment in ("撤下的那一刻", "后台跟上以后"):
        after = {one.key: seen(server, one, record) for one in surfaces()}
        page = server(record.get_absolute_url())
        if kind is WithdrawalKind.REPEALED:
            # 废止的文字还在,但注明
            assert all(all(found) for found in after.values()), (moment, after)
            assert page.status == 200 and "废止或者失效" in page.text
        else:
            assert not any(any(found) for found in after.values()), (moment, after)
            wanted = {"retracted": 410, "confidential": 404, "moved": 301}[kind.value]
            assert page.status == wanted, moment
        if kind is WithdrawalKind.CONFIDENTIAL:
            assert "撤下" not in page.text and record.title not in page.text
        worker.drain(timezone.now)
    actions.lift(record, reason="恢复", by=office.office, at=AT)
    worker.drain(timezone.now)
    again = {one.key: seen(server, one, record) for one in surfaces()}
    assert all(all(found) for found in again.values()), again
