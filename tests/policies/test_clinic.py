"""云诊所的事项:两个人过手、原话核对、公布以后不改、替换、结束、兑现、到达。"""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from gongkai.law.errors import RuleBroken
from gongkai.org.models import LogEntry
from gongkai.policies import actions, clinic, reach
from gongkai.policies.clinic_forms import MeasureForm
from gongkai.policies.models import Measure, ReachDay
from gongkai.policies.models.clinic import MeasureStage, Standing
from gongkai.records import actions as records
from gongkai.records.terms import WithdrawalKind
from tests.policies import cure
from tests.records.office import AT, Office

ON = AT.date()
FIGURES = {"applied": 10, "granted": 8, "yuan": 2400, "source": "业务系统"}


def test_drafted_by_one_published_by_another(office):
    made = cure.draft(office)
    assert not Measure.objects.shown(AT).exists()
    with pytest.raises(PermissionDenied):
        actions.publish_measure(made, by=office.clerk, at=AT)
    done = actions.publish_measure(made, by=office.head, at=AT)
    assert list(Measure.objects.shown(AT)) == [done] and done.is_shown(AT)
    assert LogEntry.objects.filter(action="policies.measure_publish").count() == 1
    with pytest.raises(RuleBroken, match="不能直接改"):
        actions.edit_measure(done, {"title": "别的"}, by=office.clerk, at=AT)
    with pytest.raises(RuleBroken, match="不能再公布"):
        actions.publish_measure(done, by=office.head, at=AT)


def test_another_unit_may_not(office):
    other = Office(code="MH0888", name="明湖区别的局")
    with pytest.raises(PermissionDenied):
        actions.draft_measure(cure.policy(office), cure.VALUES, by=other.clerk, at=AT)


def test_the_quotation_must_stand_in_the_text(office):
    made = cure.draft(office)
    actions.add_condition(
        made, cure.age(office), {"low": "1"}, quote="没有这句话", article="第九条", by=office.clerk, at=AT
    )
    with pytest.raises(RuleBroken, match="没有这句话"):
        actions.publish_measure(made, by=office.head, at=AT)
    actions.drop_condition(made.conditions.last(), by=office.clerk, at=AT)
    assert actions.publish_measure(made, by=office.head, at=AT).stage == "live"


@pytest.mark.parametrize(("wants", "said"), [({}, "没有写界限"), ({"low": "8"}, "没有写原话")])
def test_conditions_that_cannot_be(office, wants, said):
    with pytest.raises(RuleBroken, match=said):
        actions.add_condition(
            cure.draft(office), cure.age(office), wants, quote=" ", article="", by=office.clerk, at=AT
        )


def test_facts(office):
    cure.age(office)
    with pytest.raises(RuleBroken, match="已经有键"):
        actions.add_fact({"key": "age", "label": "几岁", "kind": "number"}, by=office.clerk, at=AT)
    with pytest.raises(RuleBroken, match="两个选项"):
        actions.add_fact(
            {"key": "town", "label": "住哪里", "kind": "place", "options": ["甲"]}, by=office.clerk, at=AT
        )


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"opens_on": ON, "closes_on": ON - timedelta(days=1)}, "截止受理早于"),
        ({"estimated_from": ""}, "没有写依据"),
        ({"amount_kind": "percent"}, "比例"),
    ],
)
def test_values_that_cannot_be(office, values, said):
    with pytest.raises(RuleBroken, match=said):
        cure.draft(office, **values)


def test_changed_by_a_new_one_that_replaces_it(office):
    old = cure.measure(office)
    new = actions.revise_measure(old, by=office.clerk, at=AT)
    assert actions.revise_measure(old, by=office.clerk, at=AT) == new
    actions.edit_measure(new, {"title": "高龄津贴（新）"}, by=office.clerk, at=AT)
    assert Measure.objects.get(pk=old.pk).stage == "live"
    actions.publish_measure(new, by=office.head, at=AT)
    old.refresh_from_db()
    assert (old.stage, new.conditions.count(), old.conditions.count()) == ("ended", 1, 1)
    assert [one.pk for one, _ in clinic.standings(clinic.measures(AT), ON)] == [new.pk]


def test_ended_and_discarded(office):
    made = cure.measure(office)
    with pytest.raises(RuleBroken, match="没有写结束"):
        actions.end_measure(made, " ", by=office.head, at=AT)
    assert actions.end_measure(made, "资金用完", by=office.head, at=AT).standing(ON) is Standing.ENDED
    other = cure.draft(office)
    actions.discard_measure(other, by=office.clerk, at=AT)
    assert Measure.objects.count() == 1


def test_standing_follows_the_dates_and_the_paper(office):
    made = cure.measure(office, opens_on=date(2024, 10, 1), closes_on=date(2024, 12, 31))
    wanted = {
        date(2024, 9, 30): Standing.COMING,
        date(2024, 10, 1): Standing.OPEN,
        date(2024, 12, 31): Standing.OPEN,
        date(2025, 1, 1): Standing.CLOSED,
        date(2024, 9, 1): Standing.PAUSED,
    }
    assert {on: made.standing(on) for on in wanted} == wanted
    records.withdraw(
        made.policy, WithdrawalKind.REPEALED, reason="废止", basis="决定", on=ON, by=office.office, at=AT
    )
    again = Measure.objects.get(pk=made.pk)
    assert again.standing(date(2024, 11, 1)) is Standing.OVER
    assert clinic.results([(again, Standing.OVER)], {}) == []


def test_a_withdrawn_policy_takes_its_measures_along(office):
    made = cure.measure(office)
    records.withdraw(made.policy, WithdrawalKind.RETRACTED, reason="有误", on=ON, by=office.head, at=AT)
    assert clinic.measures(AT) == []


def test_what_ended_with_its_policy_goes_on_with_it(office):
    """Lifted, the paper has its measures back; one that had ended by itself before stays ended."""
    ended = cure.measure(office)
    made = cure.measure(office, ended.policy)
    actions.end_measure(ended, "名额用完了", by=office.head, at=AT)
    later = AT + timedelta(days=1)
    records.withdraw(
        made.policy, WithdrawalKind.RETRACTED, reason="有误", on=later.date(), by=office.head, at=later
    )
    assert Measure.objects.get(pk=made.pk).stage == MeasureStage.ENDED
    records.lift(made.policy, reason="核对过了", by=office.head, at=later + timedelta(days=1))
    back, other = Measure.objects.get(pk=made.pk), Measure.objects.get(pk=ended.pk)
    assert (back.stage, back.ended_at, back.ended_why) == (MeasureStage.LIVE, None, "")
    assert (other.stage, other.ended_why) == (MeasureStage.ENDED, "名额用完了")
    assert LogEntry.objects.filter(action="policies.measure_resume").count() == 1


def test_a_changed_text_is_noticed(office):
    made = cure.measure(office)
    assert clinic.stale(made) == []
    live = made.policy.live
    live.body = "<p>改过了。</p>"
    live.save()
    assert clinic.stale(Measure.objects.get(pk=made.pk)) == [cure.QUOTE]


def test_redemption_and_reach(office):
    made = cure.measure(office)
    actions.redeem(made, 2024, FIGURES, by=office.clerk, at=AT)
    actions.redeem(made, 2024, {**FIGURES, "granted": 10}, by=office.clerk, at=AT)
    assert "原来申请10、得到8" in LogEntry.objects.filter(action="policies.redeem").order_by("seq").last().summary
    for wrong, said in (({"granted": 11}, "多于申请"), ({"source": ""}, "数的来源")):
        with pytest.raises(RuleBroken, match=said):
            actions.redeem(made, 2024, {**FIGURES, **wrong}, by=office.clerk, at=AT)
    for on in (ON, ON, ON + timedelta(days=1), date(2023, 1, 1)):
        actions.count([made.pk], "clinic", on=on)
    found = reach.reach_of(made, 2024)
    told = {one.key: n for one, n in found.counts}
    assert told == {"clinic": 3, "feed": None, "page": None}
    assert (found.applied, found.granted, found.percent) == (10, 10, "0.2%")
    assert reach.reach_of(made, 2022).percent == ""
    assert ReachDay.objects.count() == 3


def test_a_channel_that_counts_pages(office, monkeypatch):
    made, asked = cure.measure(office), []
    monkeypatch.setattr(reach, "_pages", [])
    reach.count_pages_with(lambda addresses, since, until: asked.append(addresses) or 7)
    assert {one.key: n for one, n in reach.reach_of(made, 2024).counts} == {"clinic": 0, "feed": 7, "page": 7}
    assert [made.policy.get_absolute_url(), made.get_absolute_url()] in asked


def test_the_calendar(office, at):
    paper = cure.policy(office)
    dates = {
        "截": (None, ON + timedelta(days=30)),
        "远": (None, ON + timedelta(days=31)),
        "未": (ON + timedelta(days=5), None),
        "全": (None, None),
        "过": (None, ON - timedelta(days=1)),
    }
    for title, (opens, closes) in dates.items():
        cure.measure(office, paper, title=title, opens_on=opens, closes_on=closes)
    made = clinic.calendar(clinic.standings(clinic.measures(AT), ON), ON)
    found = [[one.title for one in part] for part in (made.closing, made.dated, made.coming, made.always)]
    assert found == [["截"], ["远"], ["未"], ["全"]] and [one.title for one, _ in made.over] == ["过"]


class TestWithThePolicy:
    """依据的文件撤下,诊所里的事项一并结束;留着的要写理由。"""

    @pytest.fixture
    def made(self, office):
        return actions.publish_measure(cure.draft(office), by=office.head, at=AT)

    def take(self, office, made, kind=WithdrawalKind.RETRACTED, on=ON, **more):
        return records.withdraw(
            made.policy, kind, reason="登错了", basis="明政办发〔2024〕40号", on=on, by=office.head, at=AT, **more
        )

    @pytest.mark.parametrize("kind", ["retracted", "confidential"])
    def test_ends_along(self, office, made, kind):
        self.take(office, made, kind)
        made.refresh_from_db()
        assert made.stage == "ended" and ("登错了" not in made.ended_why) and "撤下" in made.ended_why
        assert LogEntry.objects.filter(action="policies.measure_end").count() == 1

    def test_stays_with_a_reason_only(self, office, made):
        key = f"measure:{made.pk}"
        with pytest.raises(RuleBroken, match="没有写理由"):
            self.take(office, made, spare={key: " "})
        self.take(office, made, spare={key: "新文件当天接上"})
        made.refresh_from_db()
        assert made.stage == "live"
        assert "新文件当天接上" in LogEntry.objects.get(action="records.keep").summary

    def test_a_repeal_is_told_by_the_dates(self, office, made):
        self.take(office, made, "repealed")
        made.refresh_from_db()
        assert made.stage == "live" and Measure.objects.get().standing(ON) is Standing.OVER

    def test_another_policys_measure_is_not_touched(self, office, made):
        self.take(office, made)
        other = cure.draft(office)
        assert other.stage == "draft"

    def test_on_the_page(self, client, office, made):
        client.force_login(office.head)
        url = reverse("desk:withdraw", args=[made.policy_id])
        assert f"一并结束云诊所的事项“{made}”" in client.get(url).content.decode()
        given = {"kind": "retracted", "reason": "内容有误。", "on": str(ON)}
        refused = client.post(url, given)
        assert refused.status_code == 422 and "没有写理由" in refused.content.decode()
        assert client.post(url, given | {"thing0": "on"}).status_code == 302
        made.refresh_from_db()
        assert made.stage == "ended"


def test_what_was_granted_stays_with_the_new_wording(office):
    old = cure.measure(office)
    for year in (ON.year - 2, ON.year - 1):
        actions.redeem(old, year, FIGURES, by=office.clerk, at=AT)
    new = actions.publish_measure(actions.revise_measure(old, by=office.clerk, at=AT), by=office.head, at=AT)
    actions.redeem(new, ON.year - 1, FIGURES | {"granted": 9}, by=office.clerk, at=AT)
    assert new.lineage == [new.pk, old.pk]
    assert [(row.year, row.granted) for row in clinic.redemptions(new)] == [(ON.year - 1, 9), (ON.year - 2, 8)]
    assert [row.granted for row in clinic.redemptions(old)] == [8, 8]


@pytest.mark.once
@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("https://127.0.0.1/services/guides/7/", "/services/guides/7/"),
        ("/services/guides/7/", "/services/guides/7/"),
        ("https://zwfw.minghu.example/item/7", "https://zwfw.minghu.example/item/7"),
        ("", ""),
        ("/desk/services/guides/7/", None),
        ("/nowhere/", None),
        ("javascript:alert(1)", None),
        ("指南", None),
    ],
)
def test_the_address_of_a_guide(given, kept):
    form = MeasureForm({"guide": given})
    form.full_clean()
    assert form.cleaned_data.get("guide") == kept
    assert ("guide" in form.errors) == (kept is None)
