"""三审一查:先后、人、关口、退回、签发、外部意见。"""

from datetime import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from gongkai.law.calendar import DAY
from gongkai.law.errors import RuleBroken
from gongkai.law.openness import Openness
from gongkai.org.models import LogEntry
from gongkai.records import actions, review, workflow
from gongkai.records.models import Edition, Invitation, Placement, Record
from gongkai.records.terms import ReviewKind, Stage
from tests.records.office import AT, moment


def test_whole_way_to_the_public(office):
    edition = office.draft()
    record = office.sign(edition)
    assert record.published_at == AT
    assert record.live == edition and record.draft is None
    assert record.is_public(AT) and Record.objects.public(AT).filter(pk=record.pk).exists()
    assert [one.kind for one in edition.reviews.all()] == ["submit", "secrecy", "first", "second", "final"]


def test_c43_reviews_only_in_order(office):
    edition = office.draft()
    for kind in ("first", "second", "final", "secrecy"):
        with pytest.raises(RuleBroken, match="起草"):
            office.judge(edition, kind)
    actions.submit(edition, by=office.clerk, at=AT)
    for kind in ("second", "final"):
        with pytest.raises(RuleBroken, match="待初审"):
            office.judge(edition, kind)
    office.judge(edition, "first")
    with pytest.raises(RuleBroken, match="待复审"):
        office.judge(edition, "first")


def test_c44_send_back_clears_earlier_approvals(office):
    edition = office.draft()
    actions.submit(edition, by=office.clerk, at=AT)
    office.judge(edition, "first")
    office.judge(edition, "secrecy")
    office.judge(edition, "second", "return", "第二段的日期不对")
    assert office.fresh(edition).stage == Stage.RETURNED
    assert set(edition.reviews.filter(verdict="pass").values_list("valid", flat=True)) == {False}
    assert edition.reviews.get(verdict="return").valid
    actions.submit(edition, by=office.clerk, at=AT)
    for kind in ("first", "second"):
        office.judge(edition, kind)
    with pytest.raises(RuleBroken, match="保密审查"):
        office.judge(edition, "final")


def test_return_needs_a_reason(office):
    edition = office.draft()
    actions.submit(edition, by=office.clerk, at=AT)
    with pytest.raises(RuleBroken, match="原因"):
        office.judge(edition, "first", "return", "  ")
    assert office.fresh(edition).stage == Stage.FIRST and edition.reviews.count() == 1


@pytest.mark.parametrize("kind", ["first", "secrecy", "final"])
def test_c45_writer_and_editors_cannot_review(office, kind):
    roles = [role for role in type(office.people).fromkeys(office.people) if role.value in ("clerk", kind)]
    both = office.person("both", "一身二任", *roles)
    edition = office.draft(by=both)
    edited = office.draft()
    actions.save(edited, {"summary": "改过"}, by=both, at=AT, revision=edited.revision)
    for one in (edition, edited):
        actions.submit(one, by=office.clerk, at=AT)
        if kind == "final":
            office.judge(one, "first")
            office.judge(one, "second")
            office.judge(one, "secrecy")
        with pytest.raises(RuleBroken, match="起草、改过"):
            office.judge(one, kind, by=both)
        assert not one.reviews.filter(by=both).exclude(kind="submit").exists()


def test_three_different_persons(office):
    roles = {role.value: role for role in office.people}
    twice = office.person("twice", "身兼两审", roles["first"], roles["second"])
    edition = office.draft()
    actions.submit(edition, by=office.clerk, at=AT)
    office.judge(edition, "first", by=twice)
    with pytest.raises(RuleBroken, match="三个不同的人"):
        office.judge(edition, "second", by=twice)
    office.judge(edition, "second")
    assert office.fresh(edition).stage == Stage.FINAL


def test_c46_second_secrecy_review_names_the_first(office):
    edition = office.draft()
    actions.submit(edition, by=office.clerk, at=AT)
    office.judge(edition, "secrecy")
    other = office.person("secrecy2", "保密员乙", next(role for role in office.people if role == "secrecy"))
    with pytest.raises(RuleBroken, match="保密审查已于2024-09-03 10:00办过"):
        office.judge(edition, "secrecy", by=other)


def test_c47_nothing_is_signed_without_text_or_gates(office):
    empty = office.draft(body="")
    with pytest.raises(RuleBroken, match="既没有正文，也没有附件"):
        actions.submit(empty, by=office.clerk, at=AT)
    edition = office.draft("normative", doc_number="明政办发〔2024〕9号", effective_on=AT.date())
    actions.submit(edition, by=office.clerk, at=AT)
    office.judge(edition, "first")
    office.judge(edition, "second")
    with pytest.raises(RuleBroken, match=r"还没有保密审查的结论.*第四十二条"):
        office.judge(edition, "final")
    office.judge(edition, "secrecy")
    with pytest.raises(RuleBroken, match="还没有法制审核的结论"):
        office.judge(edition, "final")
    office.judge(edition, "legal")
    office.excuse(edition.record)
    assert office.judge(edition, "final").stage == Stage.LIVE


def test_roles_are_checked(office):
    edition = office.draft()
    with pytest.raises(PermissionDenied):
        actions.submit(edition, by=office.first, at=AT)
    actions.submit(edition, by=office.clerk, at=AT)
    with pytest.raises(PermissionDenied):
        office.judge(edition, "first", by=office.second)
    assert office.fresh(edition).stage == Stage.FIRST


def test_review_of_a_text_that_changed_meanwhile_is_refused(office):
    edition = office.draft()
    actions.submit(edition, by=office.clerk, at=AT)
    seen, revision = edition.mark, edition.revision
    actions.recall(edition, by=office.clerk, at=AT)
    actions.save(edition, {"body": "<p>换了内容。</p>"}, by=office.clerk, at=AT, revision=revision)
    actions.submit(edition, by=office.clerk, at=AT)
    with pytest.raises(RuleBroken, match="不是最新的稿子"):
        office.judge(edition, "first", seen=seen)
    office.judge(edition, "first", seen=Edition.objects.get().mark)


def test_scheduled_publishing_is_a_function_of_the_clock(office):
    later = moment(2024, 9, 10, 8)
    record = office.sign(office.draft(), publish_at=later)
    assert record.published_at == later
    assert not record.is_public(AT) and not Record.objects.public(AT).exists()
    assert record.is_public(later) and Record.objects.public(later).get() == record


def test_schedule_cannot_lie_in_the_past_nor_delay_a_correction(office):
    edition = office.draft()
    actions.submit(edition, by=office.clerk, at=AT)
    for kind in ("first", "second", "secrecy"):
        office.judge(edition, kind)
    with pytest.raises(RuleBroken, match="已经过去"):
        office.judge(edition, "final", publish_at=moment(2024, 9, 1))
    office.judge(edition, "final")
    correction = actions.revise(edition.record, by=office.clerk, at=AT, change_note="改正时间")
    with pytest.raises(RuleBroken, match="更正已公开的信息不能定时发布"):
        office.sign(correction, publish_at=moment(2024, 9, 10))


def test_the_moment_may_be_moved_until_it_comes(office):
    later, last = moment(2024, 9, 10, 8), moment(2024, 9, 12, 8)
    record = office.sign(office.draft(), publish_at=later)
    for day in (last, moment(2024, 9, 5), last):
        record = actions.reschedule(record, day, by=office.final, at=AT)
        assert record.published_at == day == record.live.publish_at
        assert not record.is_public(day - DAY) and record.is_public(day)
        assert Placement.objects.get(record=record).due_at == day
    assert not record.is_public(later)
    with pytest.raises(RuleBroken, match="已经过去"):
        actions.reschedule(record, AT, by=office.final, at=AT)
    with pytest.raises(PermissionDenied):
        actions.reschedule(record, later, by=office.clerk, at=AT)
    record = actions.reschedule(record, None, by=office.final, at=AT)
    assert record.is_public(AT) and Placement.objects.get(record=record).counted
    with pytest.raises(RuleBroken, match="已经过了发布的时刻"):
        actions.reschedule(record, later, by=office.final, at=AT)
    entry = LogEntry.objects.filter(action="records.reschedule").order_by("seq").first()
    assert (
        entry.summary == f"《{record}》改为2024-09-12 08:00公开"
        and datetime.fromisoformat(entry.detail["before"]) == later
    )


def test_the_moment_is_not_moved_before_the_paper_was_made_nor_without_a_signature(office):
    edition = office.draft(made_on=moment(2024, 9, 20).date())
    with pytest.raises(RuleBroken, match="还没有签发"):
        actions.reschedule(edition.record, None, by=office.final, at=AT)
    record = office.sign(edition, publish_at=moment(2024, 9, 21))
    for day in (None, moment(2024, 9, 19, 23)):
        with pytest.raises(RuleBroken, match="晚于发布之日"):
            actions.reschedule(record, day, by=office.final, at=AT)


def test_a_paper_is_not_published_before_it_is_made(office):
    edition = office.draft(made_on=moment(2024, 9, 20).date())
    with pytest.raises(RuleBroken, match=r"晚于发布之日2024-09-03.*检查指标"):
        office.sign(edition)
    record = Record.objects.get(pk=edition.record_id)
    assert record.published_at is None and record.live is None
    office.judge(edition, "final", publish_at=moment(2024, 9, 21))


def test_correction_replaces_the_live_edition_and_keeps_the_day(office):
    record = office.publish()
    later = moment(2024, 10, 8)
    edition = actions.revise(record, by=office.clerk, at=later, change_note="第二条的日期改正")
    actions.save(edition, {"title": "改正后的标题"}, by=office.clerk, at=later, revision=edition.revision)
    record.refresh_from_db()
    assert record.title != "改正后的标题"
    record = office.sign(edition, at=later)
    assert record.title == "改正后的标题" and record.published_at == AT
    assert list(record.editions.values_list("nth", "stage")) == [(2, "live"), (1, "superseded")]


def test_correction_without_a_note_is_refused(office):
    edition = actions.revise(office.publish(), by=office.clerk, at=AT)
    with pytest.raises(RuleBroken, match="更正没有写说明"):
        actions.submit(edition, by=office.clerk, at=AT)


def test_only_one_edition_in_hand(office):
    record = office.publish()
    actions.revise(record, by=office.clerk, at=AT, change_note="一")
    with pytest.raises(RuleBroken, match="已有一个在办的版本"):
        actions.revise(record, by=office.colleague, at=AT, change_note="二")


def test_c103_public_information_is_not_hidden_by_a_change_of_openness(office):
    edition = actions.revise(office.publish(), by=office.clerk, at=AT, change_note="改")
    values = {"openness": Openness.WITHHELD, "ground": "第十四条"}
    actions.save(edition, values, by=office.clerk, at=AT, revision=edition.revision)
    with pytest.raises(RuleBroken, match="撤下"):
        actions.submit(edition, by=office.clerk, at=AT)


def test_withheld_information_is_signed_but_never_public(office):
    record = office.publish(openness=Openness.WITHHELD, ground="第十四条")
    assert record.live and record.published_at is None
    assert not Record.objects.public(moment(2030, 1, 1)).exists()


def test_recall_voids_what_was_given(office):
    edition = office.draft()
    actions.submit(edition, by=office.clerk, at=AT)
    office.judge(edition, "first")
    actions.recall(edition, by=office.clerk, at=AT)
    assert office.fresh(edition).stage == Stage.DRAFT
    assert not edition.reviews.filter(verdict="pass", valid=True).exists()


def test_c104_outside_link_is_used_once_and_dies_at_publication(office):
    edition = office.draft()
    with pytest.raises(RuleBroken, match="请先送审"):
        actions.invite(edition, "法律顾问", by=office.first, at=AT)
    actions.submit(edition, by=office.clerk, at=AT)
    used = actions.invite(edition, "法律顾问", by=office.first, at=AT)
    kept = actions.invite(edition, "专家", by=office.first, at=AT)
    assert not Invitation.objects.filter(digest__in=(used, kept)).exists(), "口令不能存明文"
    actions.opine(used, "第三条宜写明依据。", at=AT)
    opinion = edition.reviews.get(kind="outside")
    assert (opinion.outsider, opinion.by, opinion.opinion) == ("法律顾问", None, "第三条宜写明依据。")
    with pytest.raises(RuleBroken, match="已经用过"):
        actions.opine(used, "再说一句", at=AT)
    assert review.invitation(kept, at=AT).name == "专家"
    for kind in ("first", "second", "secrecy", "final"):
        office.judge(edition, kind)
    assert review.invitation(kept, at=AT) is None
    assert review.invitation("x" * 43, at=AT) is None


def test_outside_link_runs_out(office):
    edition = office.draft()
    actions.submit(edition, by=office.clerk, at=AT)
    token = actions.invite(edition, "专家", by=office.first, at=AT)
    expires = Invitation.objects.get().expires_at
    assert review.invitation(token, at=expires) is None and expires > AT


def test_every_step_is_logged_in_the_same_transaction(office):
    record = office.publish()
    logged = LogEntry.objects.filter(object_type="records.record", object_id=str(record.pk)).order_by("seq")
    assert [one.action for one in logged] == [
        f"records.{name}" for name in ("create", "submit", "secrecy", "first", "second", "final")
    ]
    before = LogEntry.objects.count()
    with pytest.raises(RuleBroken):
        office.judge(record.live, "first")
    assert LogEntry.objects.count() == before


def test_steps_say_why_not(office):
    edition = office.draft()
    steps = {one.key: one for one in review.steps_for(edition.record, edition, office.clerk, AT)}
    assert steps["submit"].allowed and not steps["recall"].allowed and steps["recall"].why_not
    assert "first" not in steps
    steps = {one.key: one for one in review.steps_for(edition.record, edition, office.first, AT)}
    assert not steps["first"].allowed and "起草" in steps["first"].why_not


GOOD = """
[[step]]
kind = "first"
at = ["first"]
to = "second"
needs = []
[[step]]
kind = "second"
at = ["second"]
to = "final"
needs = []
[[step]]
kind = "final"
at = ["final"]
to = "live"
needs = ["x"]
"""


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda text: text.replace("needs = []", "needs = []\nneed = 1", 1), "认不得的键"),
        (lambda text: text + text[text.index('[[step]]\nkind = "final"') :], "写了两遍"),
        (lambda text: text.replace('"x"', '"y"'), "没有这些条件"),
        (lambda text: text.replace('to = "second"', 'to = "final"'), "走不到"),
        (lambda text: text.replace('to = "live"\n', ""), "走不出去"),
        (lambda text: text.replace('to = "live"', 'to = "draft"'), "走不到签发"),
        (lambda text: text.replace('at = ["final"]', 'at = ["finale"]'), "finale"),
        (lambda text: text + "[other]\na = 1\n", "other"),
    ],
)
def test_c39_a_wrong_table_stops_the_start(change, words):
    assert set(workflow.load(GOOD, {"x"})) == {ReviewKind.FIRST, ReviewKind.SECOND, ReviewKind.FINAL}
    with pytest.raises(ValueError, match=words):
        workflow.load(change(GOOD), {"x"})


def test_the_page_judges_only_what_it_showed(client, office):
    """Recalled, changed and handed in again while a reviewer's page stood open: nothing is judged unseen."""
    edition = office.draft()
    actions.submit(edition, by=office.clerk, at=AT)
    client.force_login(office.first)
    url = reverse("desk:judge", args=[edition.record_id, "first"])
    form = client.get(url).context["form"]
    actions.recall(edition, by=office.clerk, at=AT)
    actions.save(edition, {"body": "<p>换了内容。</p>"}, by=office.clerk, at=AT, revision=edition.revision)
    actions.submit(edition, by=office.clerk, at=AT)
    stale = client.post(url, {"verdict": "pass", "seen": form.initial["seen"]})
    assert stale.status_code == 422 and "不是最新的稿子" in stale.content.decode()
    assert client.post(url, {"verdict": "pass"}).status_code == 422
    assert Edition.objects.get().stage == Stage.FIRST
    fresh = client.get(url).context["form"].initial["seen"]
    assert client.post(url, {"verdict": "pass", "seen": fresh}).status_code == 302
    assert Edition.objects.get().stage == Stage.SECOND
