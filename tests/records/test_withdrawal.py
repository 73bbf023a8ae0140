"""撤下的四种、恢复、关系、有效性。"""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from gongkai.law.errors import RuleBroken
from gongkai.law.validity import Validity
from gongkai.org.models import LogEntry
from gongkai.records import actions, validity
from gongkai.records.models import Record, Relation, Withdrawal
from tests.records.office import AT, Office, moment

ON = AT.date()
NEEDED = {
    "repealed": {"basis": "明湖区政府2024年规范性文件清理决定"},
    "retracted": {},
    "confidential": {},
    "moved": {"address": "https://www.example.gov.cn/new"},
}


def withdraw(office, record, kind, **options):
    options = {"reason": "清理", "on": ON, **NEEDED[kind], **options}
    return actions.withdraw(record, kind, by=office.head, at=AT, **options)


@pytest.mark.parametrize(("kind", "seen"), [(kind, kind == "repealed") for kind in NEEDED])
def test_each_kind_and_what_remains_public(office, kind, seen):
    record = office.publish()
    withdraw(office, record, kind)
    record.refresh_from_db()
    assert record.withdrawn == kind
    assert Record.objects.public(AT).exists() is seen and record.is_public(AT) is seen


@pytest.mark.parametrize(
    ("kind", "options", "words"),
    [
        *((kind, {"reason": " "}, "原因") for kind in NEEDED),
        ("repealed", {"basis": ""}, "依据"),
        ("moved", {"address": ""}, "迁到哪里"),
        ("moved", {"address": "javascript:alert(1)"}, "不是网址"),
        ("retracted", {"on": date(2024, 9, 4)}, "在将来"),
        ("confidential", {"on": date(2024, 9, 4)}, "在将来"),
    ],
)
def test_c103_each_kind_demands_its_own(office, kind, options, words):
    record = office.publish()
    with pytest.raises(RuleBroken, match=words):
        withdraw(office, record, kind, **options)
    assert not Withdrawal.objects.exists() and Record.objects.public(AT).exists()


def test_only_what_was_published_is_withdrawn(office):
    with pytest.raises(RuleBroken, match="没有公开过"):
        withdraw(office, office.draft().record, "retracted")


def test_withdrawing_needs_the_role(office):
    record = office.publish()
    with pytest.raises(PermissionDenied):
        actions.withdraw(record, "retracted", reason="错", on=ON, by=office.clerk, at=AT)


def test_repeal_with_a_later_day_is_in_force_until_then(office):
    record = office.publish()
    withdraw(office, record, "repealed", on=date(2025, 1, 1))
    record.refresh_from_db()
    assert validity.validity_on(record, date(2024, 12, 31)) is Validity.IN_FORCE
    assert validity.validity_on(record, date(2025, 1, 1)) is Validity.REPEALED
    banners = validity.banners(record, moment(2024, 12, 31), [])
    assert [one.tone for one in banners] == ["warn"] and "将自2025-01-01起" in banners[0].text
    assert Record.objects.in_force(date(2024, 12, 31)).exists()
    assert not Record.objects.in_force(date(2025, 1, 1)).exists()


def test_secret_found_later_is_hidden_without_restoring_first(office):
    record = office.publish()
    withdraw(office, record, "retracted")
    with pytest.raises(RuleBroken, match="已经撤下"):
        withdraw(office, record, "moved")
    withdraw(office, record, "confidential")
    record.refresh_from_db()
    assert record.withdrawn == "confidential"
    with pytest.raises(RuleBroken, match="已经撤下"):
        withdraw(office, record, "confidential")
    actions.lift(record, reason="核对后不涉密", by=office.head, at=AT)
    record.refresh_from_db()
    assert record.withdrawn == "retracted" and not record.is_public(AT)


def test_lift_restores_and_keeps_the_trace(office):
    record = office.publish()
    withdraw(office, record, "retracted")
    with pytest.raises(RuleBroken, match="原因"):
        actions.lift(record, reason="", by=office.head, at=AT)
    actions.lift(record, reason="核对无误", by=office.head, at=AT)
    record.refresh_from_db()
    assert record.is_public(AT)
    trace = Withdrawal.objects.get()
    assert (trace.lifted_by, trace.lifted_reason) == (office.head, "核对无误")
    with pytest.raises(RuleBroken, match="没有撤下"):
        actions.lift(record, reason="再来", by=office.head, at=AT)


def test_successors_do_not_run_in_a_circle(office):
    a, b = office.publish(), office.publish(title="接替的文件")
    withdraw(office, a, "moved", successor=b, address="")
    with pytest.raises(RuleBroken, match="转来转去"):
        withdraw(office, b, "moved", successor=a, address="")
    with pytest.raises(RuleBroken, match="不能是它自己"):
        withdraw(office, b, "moved", successor=b, address="")


def test_successor_of_a_repealed_paper_is_linked(office):
    old, new = office.publish(), office.publish(title="新办法")
    withdraw(office, old, "repealed", successor=new)
    relation = Relation.objects.get()
    assert (relation.source, relation.target, relation.kind) == (new, old, "replaces")
    assert relation.inverse_label == "被替代于"


def test_c109_withdrawing_one_warns_the_other(office):
    a, b = office.publish(), office.publish(title="解读")
    actions.relate(b, a, "interprets", by=office.clerk, at=AT)
    withdraw(office, a, "retracted")
    warned = LogEntry.objects.filter(action="records.warn", object_id=str(b.pk)).get()
    assert (warned.object_id, warned.detail["other"]) == (str(b.pk), a.pk) and a.title in warned.summary


def test_warning_about_a_secret_does_not_name_it(office):
    a, b = office.publish(title="不该公开的标题"), office.publish(title="解读")
    actions.relate(b, a, "interprets", by=office.clerk, at=AT)
    withdraw(office, a, "confidential")
    about = LogEntry.objects.filter(object_id=str(b.pk), action__in=("records.warn", "records.withdraw"))
    assert about.count() == 2 and not about.filter(summary__contains="不该公开的标题").exists()


def test_relations_are_written_once_and_logged_on_both_sides(office):
    a, b = office.publish(), office.publish(title="修改决定")
    first = actions.relate(b, a, "amends", by=office.clerk, at=AT, note="第三条")
    again = actions.relate(b, a, "amends", by=office.clerk, at=AT)
    assert first == again and Relation.objects.count() == 1
    logged = LogEntry.objects.filter(action="records.relate")
    assert {one.object_id for one in logged} == {str(a.pk), str(b.pk)} and logged.count() == 2
    with pytest.raises(RuleBroken, match="同它自己"):
        actions.relate(a, a, "related", by=office.clerk, at=AT)
    actions.unrelate(first, by=office.clerk, at=AT)
    assert not Relation.objects.exists()


def test_amendment_counts_only_once_it_is_public(office):
    old = office.publish()
    amending = office.draft(title="修改决定", made_on=date(2024, 9, 1), effective_on=date(2024, 10, 1))
    actions.relate(amending.record, old, "amends", by=office.clerk, at=AT)
    assert validity.validity_on(old, date(2024, 11, 1)) is Validity.IN_FORCE
    office.sign(amending)
    assert validity.validity_on(old, date(2024, 9, 30)) is Validity.IN_FORCE
    assert validity.validity_on(old, date(2024, 10, 1)) is Validity.AMENDED


@pytest.mark.parametrize(
    ("effective", "expires", "on", "state"),
    [
        (None, None, date(2024, 9, 3), Validity.IN_FORCE),
        (date(2024, 10, 1), None, date(2024, 9, 30), Validity.PENDING),
        (date(2024, 10, 1), None, date(2024, 10, 1), Validity.IN_FORCE),
        (None, date(2024, 12, 31), date(2024, 12, 31), Validity.IN_FORCE),
        (None, date(2024, 12, 31), date(2025, 1, 1), Validity.EXPIRED),
    ],
)
def test_validity_is_a_function_of_the_day(office, effective, expires, on, state):
    record = office.publish(effective_on=effective, expires_on=expires)
    assert validity.validity_on(record, on) is state
    assert Record.objects.in_force(on).exists() is state.binds


def test_partly_repealed(office):
    old, new = office.publish(), office.publish(title="部分废止的决定")
    actions.relate(new, old, "repeals_part", by=office.clerk, at=AT, note="第五条")
    assert validity.validity_on(old, moment(2024, 12, 1).date()) is Validity.PARTLY


def interpreted(office):
    """A policy and its public interpretation, linked as clerks link them."""
    policy = office.publish(title="明湖区民宿管理办法")
    reading = office.publish("interpretation", title="《明湖区民宿管理办法》解读", fields={"form": "文字"})
    actions.relate(reading, policy, "interprets", by=office.clerk, at=AT)
    return policy, reading


@pytest.mark.parametrize("kind", ["repealed", "retracted", "confidential"])
def test_the_interpretation_goes_with_its_paper(office, kind):
    """It once stayed public: people went on by what was no longer there."""
    policy, reading = interpreted(office)
    assert actions.hanging(policy) == [reading]
    withdraw(office, policy, kind, basis="明政办发〔2024〕40号")
    reading.refresh_from_db()
    assert reading.withdrawn == kind


def test_it_stays_only_with_a_reason(office):
    policy, reading = interpreted(office)
    with pytest.raises(RuleBroken, match="没有写理由"):
        withdraw(office, policy, "retracted", keep={reading.pk: " "})
    policy.refresh_from_db()
    assert policy.withdrawn == ""
    withdraw(office, policy, "retracted", keep={reading.pk: "解读另有用处，已经改写。"})
    reading.refresh_from_db()
    assert reading.withdrawn == ""
    assert "另有用处" in LogEntry.objects.get(action="records.keep").summary


def test_what_interprets_another_public_paper_stays(office):
    policy, reading = interpreted(office)
    actions.relate(reading, office.publish(title="明湖区旅馆业管理办法"), "interprets", by=office.clerk, at=AT)
    assert actions.hanging(policy) == []
    withdraw(office, policy, "retracted")
    reading.refresh_from_db()
    assert reading.withdrawn == ""


def test_the_page_lists_what_goes_along(client, office):
    policy, reading = interpreted(office)
    client.force_login(office.head)
    url = reverse("desk:withdraw", args=[policy.pk])
    assert "一并撤下" in client.get(url).content.decode()
    given = {"kind": "retracted", "reason": "内容有误。", "on": "2024-09-03", f"along{reading.pk}": ""}
    refused = client.post(url, given)
    assert refused.status_code == 422 and "没有写理由" in refused.content.decode()
    assert client.post(url, given | {f"along{reading.pk}": "on"}).status_code == 302
    reading.refresh_from_db()
    assert reading.withdrawn == "retracted"


def test_an_interpretation_that_is_repealed_already_does_not_stop_its_paper(office):
    policy, reading = interpreted(office)
    withdraw(office, reading, "repealed")
    withdraw(office, policy, "repealed")
    policy.refresh_from_db()
    assert policy.withdrawn == "repealed" and reading.withdrawals.count() == 1


def test_the_interpretation_of_two_papers_goes_with_the_last(office):
    policy, reading = interpreted(office)
    other = office.publish(title="明湖区旅馆业管理办法")
    actions.relate(reading, other, "interprets", by=office.clerk, at=AT)
    withdraw(office, other, "repealed")
    withdraw(office, policy, "repealed")
    reading.refresh_from_db()
    assert reading.withdrawn == "repealed"


def test_an_interpretation_that_waits_for_its_moment_goes_too(office):
    policy, reading = interpreted(office)
    Record.objects.filter(pk=reading.pk).update(published_at=moment(2024, 9, 6))
    withdraw(office, policy, "retracted")
    reading.refresh_from_db()
    assert not reading.is_public(moment(2024, 9, 7))


@pytest.mark.parametrize("kind", ["repealed", "confidential"])
def test_the_interpretation_of_another_unit_goes_along_too(office, kind):
    """It once refused the whole withdrawal, even of what was secret: the right over the paper covers it."""
    policy, reading = interpreted(office)
    other = Office(code="MH0999", name="明湖区别的局")
    Record.objects.filter(pk=reading.pk).update(agency=other.agency)
    withdraw(office, policy, kind, basis="明政办发〔2024〕40号")
    reading.refresh_from_db()
    assert reading.withdrawn == kind
    entry = LogEntry.objects.filter(action="records.withdraw", object_id=str(reading.pk)).get()
    assert entry.agency == other.agency


def test_an_annex_of_this_paper_alone_goes_along(office):
    policy = office.publish(title="明湖区民宿管理办法")
    annex = office.publish(title="民宿安全标准")
    actions.relate(annex, policy, "annex_of", by=office.clerk, at=AT)
    assert actions.hanging(policy) == [annex]
    withdraw(office, policy, "retracted")
    annex.refresh_from_db()
    assert annex.withdrawn == "retracted" and "附属" in annex.withdrawals.get().reason


class TestRelated:
    """相关的信息:逐件勾选才一并撤下,各按自己的权限。"""

    @pytest.fixture
    def pair(self, office):
        policy, other = office.publish(title="明湖区民宿管理办法"), office.publish(title="民宿开办一览")
        actions.relate(other, policy, "related", by=office.clerk, at=AT)
        return policy, other

    def test_stays_unless_it_is_chosen(self, office, pair):
        policy, other = pair
        assert actions.related(policy, office.head) == [other] and actions.related(other, office.head) == [policy]
        withdraw(office, policy, "retracted")
        other.refresh_from_db()
        assert other.withdrawn == ""

    @pytest.mark.parametrize("kind", ["repealed", "retracted", "confidential"])
    def test_chosen_goes_in_the_same_way(self, office, pair, kind):
        policy, other = pair
        withdraw(office, policy, kind, also=[other.pk])
        other.refresh_from_db()
        assert other.withdrawn == kind
        assert ("明湖区民宿" in other.withdrawals.get().reason) is (kind != "confidential")

    def test_refused_whole(self, office, pair):
        policy, other = pair
        stranger = office.publish(title="不相干的")
        for kind, also, words in (
            ("moved", other.pk, "逐件办理"),
            ("retracted", stranger.pk, "不是它相关的"),
            ("retracted", 10**9, "不是它相关的"),
        ):
            with pytest.raises(RuleBroken, match=words):
                withdraw(office, policy, kind, also=[also])
        policy.refresh_from_db()
        assert policy.withdrawn == ""

    def test_another_units_is_not_offered(self, office, pair):
        policy, _ = pair
        theirs = Office("MH0202", "明湖区文旅局").publish(title="民宿名录", doc_number="")
        Relation.objects.create(source=theirs, target=policy, kind="related")
        assert theirs not in actions.related(policy, office.head)
        assert theirs in actions.related(policy, office.office)

    def test_on_the_page(self, client, office, pair):
        policy, other = pair
        client.force_login(office.head)
        url = reverse("desk:withdraw", args=[policy.pk])
        page = client.get(url).content.decode()
        assert "民宿开办一览" in page and f'name="also" value="{other.pk}"' in page
        given = {"kind": "retracted", "reason": "内容有误。", "on": "2024-09-03", "also": [other.pk]}
        assert client.post(url, given).status_code == 302
        other.refresh_from_db()
        assert other.withdrawn == "retracted"
