"""同步发布包:一起签、一起公开、一件过不了全不签;不附解读要理由;撤下各选;哪条路都绕不过。"""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from gongkai.law.errors import RuleBroken
from gongkai.org.models import LogEntry
from gongkai.policies import actions, todo
from gongkai.policies.models import Package
from gongkai.records import actions as records
from gongkai.records.models import Record
from gongkai.records.terms import RelationKind, ReviewKind, Verdict, WithdrawalKind
from tests.policies.bundle import all_to_final, bundle, paper, released, to_final
from tests.records.office import AT, Office

LATER = AT + timedelta(days=5)


def visible(record, at=AT):
    return Record.objects.public(at).filter(pk=record.pk).exists()


def parts(package):
    return [part.record for part in package.parts.all()]


def test_signed_and_published_in_one_act(office):
    package = released(office, "文字", "图表图解")
    rows = Record.objects.filter(pk__in=[package.policy_id, *(one.pk for one in parts(package))])
    assert {one.published_at for one in rows} == {AT} and rows.count() == 3
    assert {one.live.signed_at for one in rows} == {AT}
    links = package.policy.relations_in.filter(kind=RelationKind.INTERPRETS)
    assert {one.source for one in links} == set(parts(package))
    assert LogEntry.objects.filter(action="policies.sign", object_id=str(package.pk)).count() == 1


def test_scheduled_together(office):
    package = released(office, "文字", publish_at=LATER)
    both = [package.policy, *parts(package)]
    assert not any(visible(one) for one in both) and all(visible(one, LATER) for one in both)


def test_one_that_is_not_ready_stops_all(office):
    package = bundle(office, "文字")
    to_final(office, package.policy)
    with pytest.raises(RuleBroken, match="还没有到终审"):
        actions.sign(package, by=office.final, at=AT)
    package.refresh_from_db()
    assert package.signed_at is None and package.policy.live is None


def test_a_crash_in_the_midst_leaves_nothing(office, monkeypatch):
    package = bundle(office, "文字", "视频")
    all_to_final(office, package)
    real, done = records.judge, []

    def broken(edition, *args, **kwargs):
        if len(done) == 2:
            raise OSError("断电")
        done.append(edition)
        return real(edition, *args, **kwargs)

    monkeypatch.setattr(records, "judge", broken)
    with pytest.raises(OSError, match="断电"):
        actions.sign(package, by=office.final, at=AT)
    monkeypatch.undo()
    package.refresh_from_db()
    assert package.signed_at is None
    assert not any(visible(one) for one in (package.policy, *parts(package)))
    actions.sign(package, by=office.final, at=AT)
    assert all(visible(one) for one in (package.policy, *parts(package)))


def test_a_policy_alone_cannot_be_signed(office):
    edition = to_final(office, paper(office).record)
    with pytest.raises(RuleBroken, match=r"没有同时签发的解读.*五年方案"):
        records.judge(edition, ReviewKind.FINAL, Verdict.PASS, by=office.final, at=AT)
    assert edition.record.live is None


def test_neither_part_can_be_signed_apart(office):
    package = bundle(office, "文字")
    all_to_final(office, package)
    for record, said in ((package.policy, "要一并签发"), (parts(package)[0], "不能单独签发")):
        with pytest.raises(RuleBroken, match=said):
            records.judge(record.draft, ReviewKind.FINAL, Verdict.PASS, by=office.final, at=AT)


def test_with_an_exemption_it_may(office):
    package = actions.start(paper(office).record, by=office.clerk, at=AT)
    actions.exempt(package, "minor", "只改了一处名称。", by=office.head, at=AT)
    edition = to_final(office, package.policy)
    records.judge(edition, ReviewKind.FINAL, Verdict.PASS, by=office.final, at=AT)
    package.refresh_from_db()
    assert visible(package.policy) and package.signed_at == AT and package.release_at == AT


@pytest.mark.parametrize(("kind", "note", "said"), [("plain", " ", "没有写理由"), ("withdrawn", "x", "自动记下")])
def test_an_exemption_needs_its_reason(office, kind, note, said):
    package = bundle(office)
    with pytest.raises(RuleBroken, match=said):
        actions.exempt(package, kind, note, by=office.head, at=AT)


def test_who_drafts_cannot_exempt(office):
    with pytest.raises(PermissionDenied):
        actions.exempt(bundle(office), "plain", "理由", by=office.clerk, at=AT)


def test_an_exemption_taken_back_binds_again(office):
    package = bundle(office)
    actions.exempt(package, "plain", "理由", by=office.head, at=AT)
    actions.oblige(package, by=office.head, at=AT)
    with pytest.raises(RuleBroken, match="没有核定过"):
        actions.oblige(package, by=office.head, at=AT)
    edition = to_final(office, package.policy)
    with pytest.raises(RuleBroken, match="没有同时签发的解读"):
        records.judge(edition, ReviewKind.FINAL, Verdict.PASS, by=office.final, at=AT)


def test_other_papers_and_old_ones_go_alone(office):
    assert visible(office.publish())
    old = paper(office, made_on=AT.date().replace(year=2012), first_published_on=AT.date().replace(year=2012))
    edition = to_final(office, old.record)
    records.judge(edition, ReviewKind.FINAL, Verdict.PASS, by=office.final, at=AT)
    assert visible(old.record)


def test_withheld_papers_go_alone_but_not_into_the_open(office):
    edition = paper(office, openness="withheld", ground="过程性信息", ground_note="《条例》第十六条第二款")
    to_final(office, edition.record)
    records.judge(edition, ReviewKind.FINAL, Verdict.PASS, by=office.final, at=AT)
    fresh = records.revise(Record.objects.get(pk=edition.record_id), by=office.clerk, at=AT)
    records.save(
        fresh,
        {"openness": "active", "ground": "", "ground_note": ""},
        by=office.clerk,
        at=AT,
        revision=fresh.revision,
    )
    ready = to_final(office, fresh.record)
    with pytest.raises(RuleBroken, match="没有同时签发的解读"):
        records.judge(ready, ReviewKind.FINAL, Verdict.PASS, by=office.final, at=AT)


def test_what_may_go_in(office):
    package, other = bundle(office, "文字"), Office(code="MH0112", name="明湖区住房和城乡建设局")
    cases = (
        (office.draft("document").record, "不是解读材料"),
        (parts(package)[0], "已经在一个发布包里"),
        (other.draft("interpretation", fields={"form": "文字"}).record, "不是文件的起草单位"),
        (office.publish("interpretation", fields={"form": "文字"}), "已经签发过"),
    )
    for record, said in cases:
        with pytest.raises(RuleBroken, match=said):
            actions.add(package, record, by=office.clerk, at=AT)
    with pytest.raises(RuleBroken, match="自己不用建立"):
        actions.start(parts(package)[0], by=office.clerk, at=AT)
    assert actions.start(package.policy, by=office.clerk, at=AT) == package


def test_taken_out_the_link_goes_too(office):
    package = bundle(office, "文字")
    part = package.parts.get()
    with pytest.raises(RuleBroken, match="不能单独解除"):
        records.unrelate(part.record.relations_out.get(), by=office.clerk, at=AT)
    actions.remove(part, by=office.clerk, at=AT)
    assert not part.record.relations_out.exists() and not package.parts.exists()


def test_withdrawn_with_a_choice_for_each(office):
    package = released(office, "文字", "视频")
    text, video = parts(package)
    choices = {text: WithdrawalKind.RETRACTED, package.policy: WithdrawalKind.REPEALED}
    with pytest.raises(RuleBroken, match="没有写依据"):
        actions.withdraw(package, choices, reason="新办法代替。", on=AT.date(), by=office.head, at=AT, kept="x")
    assert not Record.objects.exclude(withdrawn="").exists()
    given = {
        "reason": "新办法代替。",
        "basis": "明政办发〔2024〕40号",
        "on": AT.date(),
        "by": office.head,
        "at": AT,
    }
    with pytest.raises(RuleBroken, match="没有写理由"):
        actions.withdraw(package, choices, **given)
    actions.withdraw(package, choices, **given, kept="视频讲的是通用的办法。")
    kinds = {one.pk: one.withdrawn for one in Record.objects.all()}
    assert (kinds[text.pk], kinds[video.pk], kinds[package.policy_id]) == ("retracted", "", "repealed")
    for given, said in (({}, "没有选"), ({office.publish(): WithdrawalKind.RETRACTED}, "不在这个发布包里")):
        with pytest.raises(RuleBroken, match=said):
            actions.withdraw(package, given, reason="x", on=AT.date(), by=office.head, at=AT)


def test_the_last_interpretation_withdrawn_leaves_its_reason(office):
    package = released(office, "文字")
    records.withdraw(
        parts(package)[0],
        WithdrawalKind.CONFIDENTIAL,
        reason="附图里有个人信息。",
        on=AT.date(),
        by=office.head,
        at=AT,
    )
    package.refresh_from_db()
    assert (package.exemption, package.exemption_note) == ("withdrawn", "解读依法撤下")
    assert list(Package.objects.bare(AT)) == [package]
    edition = actions.draft(package, "重新解读", "文字", by=office.clerk, at=LATER)
    records.save(edition, {"body": "<p>补助怎样申请。</p>"}, by=office.clerk, at=LATER, revision=edition.revision)
    ready = to_final(office, edition.record, at=LATER)
    records.judge(ready, ReviewKind.FINAL, Verdict.PASS, by=office.final, at=LATER)
    assert not Package.objects.bare(LATER).exists()


def test_both_withdrawn_the_policy_cannot_come_back_alone(office):
    package = released(office, "文字")
    both = dict.fromkeys((package.policy, parts(package)[0]), WithdrawalKind.RETRACTED)
    actions.withdraw(package, both, reason="内容有误。", on=AT.date(), by=office.head, at=AT)
    package.refresh_from_db()
    assert not package.exemption
    with pytest.raises(RuleBroken, match="没有同时签发的解读"):
        records.lift(package.policy, reason="核对无误", by=office.head, at=AT)
    records.lift(parts(package)[0], reason="核对无误", by=office.head, at=AT)
    records.lift(package.policy, reason="核对无误", by=office.head, at=AT)
    assert visible(package.policy)


def test_a_scheduled_policy_cannot_be_moved_ahead_of_its_interpretation(office):
    package = released(office, "文字", publish_at=LATER)
    for record in (package.policy, parts(package)[0]):
        fresh = records.revise(Record.objects.get(pk=record.pk), by=office.clerk, at=AT, change_note="改错字")
        ready = to_final(office, fresh.record)
        with pytest.raises(RuleBroken, match="不能单独改时刻"):
            records.judge(
                ready, ReviewKind.FINAL, Verdict.PASS, by=office.final, at=AT, publish_at=AT + timedelta(days=1)
            )
        records.judge(ready, ReviewKind.FINAL, Verdict.PASS, by=office.final, at=AT)
    assert {
        one.published_at for one in (Record.objects.get(pk=package.policy_id), Record.objects.get(pk=record.pk))
    } == {LATER}


def test_a_scheduled_package_is_moved_whole(office):
    package = released(office, "文字", "视频", publish_at=LATER)
    both = [package.policy, *parts(package)]
    for record in both:
        with pytest.raises(RuleBroken, match="不能单独改时刻"):
            records.reschedule(record, LATER + timedelta(days=1), by=office.final, at=AT)
    assert {Record.objects.get(pk=one.pk).published_at for one in both} == {LATER}
    for moment in (LATER + timedelta(days=2), AT + timedelta(hours=1)):
        actions.reschedule(package, moment, by=office.final, at=AT)
        assert not any(visible(one, moment - timedelta(minutes=1)) for one in both)
        assert all(visible(one, moment) for one in both)
    actions.reschedule(package, None, by=office.final, at=AT)
    assert all(visible(one) for one in both)
    with pytest.raises(RuleBroken, match="已经过了发布的时刻"):
        actions.reschedule(package, LATER, by=office.final, at=AT)
    package.refresh_from_db()
    assert package.release_at == AT


def test_a_withdrawn_interpretation_moves_along(office):
    package = released(office, "文字", "视频", publish_at=LATER)
    gone = parts(package)[0]
    records.withdraw(gone, WithdrawalKind.RETRACTED, reason="有误", on=AT.date(), by=office.head, at=AT)
    actions.reschedule(package, LATER + timedelta(days=2), by=office.final, at=AT)
    records.lift(Record.objects.get(pk=gone.pk), reason="核对无误", by=office.head, at=AT)
    assert not visible(gone, LATER) and visible(gone, LATER + timedelta(days=2))


def test_an_excused_policy_keeps_its_package_at_the_same_moment(office):
    package = bundle(office)
    actions.exempt(package, "plain", "内容简单明了。", by=office.head, at=AT)
    records.judge(
        to_final(office, package.policy), ReviewKind.FINAL, Verdict.PASS, by=office.final, at=AT, publish_at=LATER
    )
    records.reschedule(package.policy, LATER + timedelta(days=1), by=office.final, at=AT)
    package.refresh_from_db()
    assert package.release_at == LATER + timedelta(days=1) and package.signed_at == AT


def test_the_desk_home_tells_each_their_own(office):
    lone = paper(office, title="还没有解读的").record
    package = bundle(office, "文字", doc_number="明政办发〔2024〕32号")
    told = {panel.label: panel for panel in todo.panels(office.clerk, AT.date())}
    assert [one.title for one in told["还没有解读的在办文件"].tasks] == [str(lone)]
    assert not [panel for panel in todo.panels(office.final, AT.date()) if panel.count]
    all_to_final(office, package)
    told = {panel.label: panel.count for panel in todo.panels(office.final, AT.date()) if panel.count}
    assert told == {"待一并签发的文件和解读": 1}
