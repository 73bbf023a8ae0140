"""一轮检查:抽样可以重抽,没有人确认的不算,核实不了的不进分母;问题从确认到复查。"""

import io
import random
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from gongkai.engagement import actions as engagement
from gongkai.inspections import actions, judging, results, sampling
from gongkai.inspections.models import Column, Finding, Outlet, Round, Sample
from gongkai.inspections.terms import FindingState, RoundState
from gongkai.law.engagement import LetterKind
from gongkai.law.errors import RuleBroken
from gongkai.law.indicators import Answer, Subject, indicators_for, table, verdict
from gongkai.law.outlets import Platform
from gongkai.org.models import LogEntry
from tests.inspections.district import AT, LATER, confirmed, drawn, looked_at, opened, outlet
from tests.records.office import Office, moment

pytestmark = pytest.mark.django_db
ON = date(2026, 9, 1)


@pytest.fixture
def office():
    return Office()


@pytest.fixture
def now(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT)


def text_of(response):
    return response.content.decode()


@pytest.mark.once
class TestVerdict:
    def test_a_veto_stops_the_counting(self):
        answers = {one.code: Answer.HOLDS for one in indicators_for(Subject.SITE)}
        found = verdict(Subject.SITE, answers | {"W3": Answer.SHORT, "D.NEWS": Answer.SHORT}, ON)
        assert (found.qualified, found.score, found.vetoes) == (False, None, ("W3",))

    def test_what_could_not_be_verified_is_neither(self):
        answers = {one.code: Answer.HOLDS for one in indicators_for(Subject.ACCOUNT)}
        assert verdict(Subject.ACCOUNT, answers, ON).qualified is True
        found = verdict(Subject.ACCOUNT, answers | {"M2": Answer.UNKNOWN}, ON)
        assert (found.qualified, found.open) == (None, ("M2",))

    def test_local_rules_stand_apart(self):
        answers = {one.code: Answer.HOLDS for one in indicators_for(Subject.ACCOUNT)} | {"L.FREQ": Answer.SHORT}
        found = verdict(Subject.ACCOUNT, answers, ON)
        assert (found.qualified, found.local) == (True, ("L.FREQ",))

    def test_points_and_the_bonus_above_eighty_only(self):
        answers = {one.code: Answer.HOLDS for one in indicators_for(Subject.SITE)}
        assert verdict(Subject.SITE, answers, ON, bonus=Decimal(12)).score == 112
        assert verdict(Subject.SITE, answers, ON, bonus=Decimal(99)).score == 130
        lost = dict.fromkeys(("D.NEWS", "D.POLICY6M", "D.INTERP6M", "D.ITEMS"), Answer.SHORT)
        assert verdict(Subject.SITE, answers | lost, ON, bonus=Decimal(12)).score == 80, "80不是高于80"
        assert verdict(Subject.SITE, answers | {"D.ITEMS": Answer.SHORT}, ON, no_service=True).score == 100
        bad = {code: Answer.SHORT for code, one in table().items() if one.effect == "deduct"}
        found = verdict(Subject.SITE, answers | bad, ON)
        assert found.score < 60 and found.qualified is False

    def test_each_item_is_said_of_a_known_subject(self):
        assert {one.subject for one in table().values()} == {"site", "account", "both"}
        assert all(one.points > 0 for one in table().values() if one.effect in ("deduct", "bonus"))


@pytest.mark.once
class TestSampling:
    FRAME = [sampling.Member(n, ("微博", "微信")[n % 2], 30) for n in range(41)]

    def test_the_same_seed_draws_the_same(self):
        shuffled = self.FRAME[:]
        random.Random(1).shuffle(shuffled)
        assert sampling.draw(self.FRAME, "甲") == sampling.draw(shuffled, "甲") != sampling.draw(self.FRAME, "乙")
        assert sampling.frame(sampling.draw(self.FRAME, "甲")) == {"微信": 6, "微博": 7}, "每层向上取整"

    def test_everybody_may_be_drawn(self):
        assert {one.key for n in range(80) for one in sampling.draw(self.FRAME, str(n))} == set(range(41))


@pytest.mark.once
class TestJudging:
    def column(self, kind="other", latest=None, count=5, **values):
        return Column(name="栏目", kind=kind, latest_on=latest, count=count, **values)

    def test_fourteen_days_still_pass(self):
        for days, answer in ((14, Answer.HOLDS), (15, Answer.SHORT)):
            found = judging.account(Outlet(updated_on=ON - timedelta(days)), [], set(), ON)
            assert found["M2"].answer is answer and found["L.FREQ"].answer is Answer.SHORT
        assert judging.account(Outlet(), [], set(), ON)["M2"].answer is Answer.UNKNOWN

    def test_columns_that_could_not_be_read_are_not_blank(self):
        unread = [self.column("news", count=None, level=1) for _ in range(9)]
        found = judging.columns(unread, ON)
        assert {found[code].answer for code in ("W3", "W4.1", "W4.3", "D.NEWS")} == {Answer.UNKNOWN}
        blank = judging.columns([self.column(count=0) for _ in range(5)], ON)
        assert blank["W4.3"].answer is Answer.SHORT and "空白栏目5个" in blank["W4.3"].note

    def test_five_key_columns_of_the_first_level(self):
        old = ON - timedelta(200)
        rows = [self.column("policy", old, level=1) for _ in range(5)]
        assert judging.columns(rows, ON)["W4.1"].answer is Answer.SHORT
        rows[0].level = 2
        assert judging.columns(rows, ON)["W4.1"].answer is Answer.HOLDS
        rows[1].exempt = "年度类"
        assert judging.columns(rows, ON)["W4.2"].note.startswith("应更新没有更新的栏目4个")

    def test_mass_failure_voids(self):
        fine = ["ok"] * 38
        assert not judging.is_void([*fine, "timeout", "dead"], ON), "5%不是超过5%;不存在是答案"
        assert judging.is_void([*fine, "timeout", "blocked", "dns"], ON)
        assert not judging.is_void(["timeout"] * 5, ON), "太少的不看比例"


class TestRound:
    def test_only_what_a_person_confirmed_counts(self, office):
        one = outlet(office, updated_on=date(2026, 8, 1))
        outlet(office, "明湖文旅", Platform.WEIBO, updated_on=date(2026, 8, 31))
        unknown = outlet(office, "明湖教育", Platform.DOUYIN)
        made = opened(office)
        sample = Sample.objects.get(outlet=one)
        assert sample.checks.get(code="M2").answer == "short" and not Finding.objects.exists()
        looked_at(office, made)
        sample.refresh_from_db()
        assert sample.qualified is None, "疑似的不算"
        with pytest.raises(RuleBroken, match="疑似问题没有人确认"):
            actions.finish_checking(made, by=office.inspector, at=AT)
        for found in Finding.objects.all():
            if found.code == "L.FREQ":
                actions.drop(found, "本地不要求", by=office.inspector, at=AT)
            else:
                actions.confirm(found, by=office.inspector, at=AT)
        made.refresh_from_db()
        made = actions.finish_checking(made, by=office.inspector, at=AT)
        samples = list(made.samples.select_related("outlet__agency"))
        (national, local) = results.summary(samples)
        assert (national.checked, national.failed, national.unknown, national.rate) == (3, 1, 1, Decimal("50.00"))
        assert Sample.objects.get(outlet=unknown).qualified is None and local.unknown == 1
        ((agency, units),) = results.by_unit(samples)
        assert (agency, units.failed) == (office.agency, 1)
        with pytest.raises(RuleBroken, match="没有办结"):
            actions.close_round(made, by=office.inspector, at=AT)

    def test_what_a_person_answered_stays(self, office):
        outlet(office, updated_on=date(2026, 8, 1))
        made = opened(office)
        sample = made.samples.get()
        with pytest.raises(RuleBroken, match="没有写事实"):
            actions.answer(sample, {"M3": ("short", " ")}, by=office.inspector, at=AT)
        with pytest.raises(RuleBroken, match="没有写事实"):
            actions.answer(sample, {"M3": ("unknown", "")}, by=office.inspector, at=AT)
        actions.answer(sample, {"M2": ("holds", "昨天发过一条，导出表漏了")}, by=office.inspector, at=AT)
        actions.common.record_found(sample, {"M2": judging.Found(Answer.SHORT, "程序的")}, at=LATER)
        assert sample.checks.get(code="M2").answer == "holds"

    def test_a_void_round_leaves_nothing(self, office):
        one = outlet(office, updated_on=date(2026, 8, 1))
        made = opened(office)
        looked_at(office, made)
        made.refresh_from_db()
        actions.void(made, "本机断网", by=office.inspector, at=AT)
        assert set(one.findings.values_list("state", flat=True)) == {FindingState.DROPPED}
        assert not Finding.objects.standing().exists()

    def test_what_was_not_mended_comes_again(self, office):
        for n in range(12):
            outlet(office, f"账号{n}", Platform.WEIBO, updated_on=date(2026, 8, 31))
        first = opened(office)
        bad = first.samples.first().outlet
        confirmed(office, bad, round=first)
        second = drawn(office, 2026, 4, ON, at=LATER, account_percent=1)
        strata = dict(second.samples.values_list("outlet", "stratum"))
        assert bad.pk in strata and (len(strata) == 2 or not strata[bad.pk].startswith("回头看"))
        found = actions.suspect(bad, "M2", "还是没有更新", by=office.inspector, at=LATER, round=second)
        found = actions.confirm(found, by=office.inspector, at=LATER)
        assert (found.times, found.escalated_at) == (2, LATER), "两轮都有,升级"

    def test_by_hand_with_a_screenshot(self, office, client, now, monkeypatch):
        one = outlet(office, updated_on=date(2026, 8, 31))
        client.force_login(office.inspector)
        given = {
            "year": 2026,
            "quarter": 3,
            "on": "2026-09-01",
            "site_percent": 100,
            "account_percent": 30,
        }
        page = client.post(reverse("desk:inspections_new_round"), given, follow=True)
        made = Round.objects.get()
        assert made.drawing.commitment in text_of(page) and not Sample.objects.exists()
        start = reverse("desk:inspections_round_act", args=[made.pk, "start"])
        assert "还没有抽样" in text_of(client.post(start, {"seen": made.mark}))
        monkeypatch.setattr("django.utils.timezone.now", lambda: LATER)
        client.force_login(office.inspector)
        step = reverse("desk:inspections_round_act", args=[made.pk, "draw"])
        page = client.post(step, {"seen": made.mark}, follow=True)
        sample = Sample.objects.get()
        made.refresh_from_db()
        assert made.seed in text_of(page) and "明湖发布" in text_of(page)
        step = reverse("desk:inspections_round_act", args=[made.pk, "start"])
        assert client.post(step, {"seen": made.mark}).status_code == 302
        assert client.post(step, {"seen": made.mark}).status_code == 422, "同一张表第二次"
        picture = io.BytesIO()
        Image.new("RGB", (8, 8)).save(picture, "PNG")
        answers = {f"a-{code}": "holds" for code in ("M1", "M2", "M4")} | {
            "a-M3": "short",
            "n-M3": "菜单打不开",
            "done": "on",
        }
        sample.refresh_from_db()
        broken = {"screenshot": SimpleUploadedFile("a.png", b"GIF89a")}
        page = client.post(sample.get_absolute_url(), {**answers, **broken, "seen": sample.mark})
        assert page.status_code == 422 and "截图读不出来" in text_of(page)
        good = {"screenshot": SimpleUploadedFile("a.png", picture.getvalue())}
        assert client.post(sample.get_absolute_url(), {**answers, **good, "seen": sample.mark}).status_code == 302
        found = Finding.objects.get()
        assert found.code == "M3" and found.evidence.screenshot
        shot = client.get(reverse("desk:inspections_screenshot", args=[found.evidence_id]))
        assert shot["Content-Type"] == "image/png" and shot.content.startswith(b"\x89PNG")
        page = client.post(reverse("desk:inspections_bulk"), {"finding": [found.pk], "do": "confirm"}, follow=True)
        assert "办了1个" in text_of(page)
        sample.refresh_from_db()
        assert sample.qualified is False and one.findings.get().confirmed_by == office.inspector
        assert "不合格" in text_of(client.get(made.get_absolute_url()))
        assert "明湖发布" in text_of(client.get(made.get_absolute_url() + "?format=csv"))
        client.force_login(office.clerk)
        assert client.get(made.get_absolute_url()).status_code == 403


class TestFinding:
    def test_units_see_only_what_was_confirmed(self, office, client):
        found = actions.suspect(outlet(office), "M3", "没有菜单", by=office.inspector, at=AT)
        client.force_login(office.clerk)
        assert client.get(found.get_absolute_url()).status_code == 404
        actions.confirm(found, by=office.inspector, at=AT)
        assert "没有菜单" in text_of(client.get(found.get_absolute_url()))

    def test_the_list_is_narrowed_to_a_unit(self, office, client):
        other = Office("MH0108", "明湖区司法局")
        actions.suspect(outlet(office), "M3", "没有菜单", by=office.inspector, at=AT)
        client.force_login(office.inspector)
        address = reverse("desk:inspections_findings")
        for code, there in ((office.agency.code, True), (other.agency.code, False)):
            page = text_of(client.get(f"{address}?agency={code}"))
            assert ("没有菜单" in page) is there
            assert (
                "明湖发布" in text_of(client.get(f"{reverse('desk:inspections_outlets')}?agency={code}"))
            ) is there

    def test_the_time_to_mend_is_never_too_short(self, office):
        found = actions.confirm(
            actions.suspect(outlet(office), "M3", "没有菜单", by=office.inspector, at=AT),
            by=office.inspector,
            at=AT,
        )
        with pytest.raises(RuleBroken, match="不足3个工作日"):
            actions.notice(found, date(2026, 9, 2), by=office.inspector, at=AT)
        assert actions.notice(found, None, by=office.inspector, at=AT).due_on == date(2026, 9, 8)

    def test_a_dispute_goes_to_somebody_else(self, office):
        found = confirmed(office, outlet(office))
        with pytest.raises(PermissionDenied):
            actions.rule(found, True, "成立", by=office.clerk, at=LATER)
        found = actions.dispute(found, "8月31日发过一条", by=office.clerk, at=LATER)
        with pytest.raises(RuleBroken, match="确认问题的人"):
            actions.rule(found, False, "不成立", by=office.inspector, at=LATER)
        found = actions.rule(found, False, "没有链接", by=office.office, at=moment(2026, 9, 3))
        assert (found.state, found.due_on) == (FindingState.NOTICED, date(2026, 9, 10)), "期限重新给"
        with pytest.raises(RuleBroken, match="已经提过一次"):
            actions.dispute(found, "再说一次", by=office.clerk, at=LATER)

    def test_a_dispute_that_holds_changes_the_result(self, office):
        one = outlet(office, updated_on=date(2026, 8, 1))
        made = opened(office)
        looked_at(office, made)
        for found in Finding.objects.all():
            actions.confirm(found, by=office.inspector, at=AT)
        sample = made.samples.get()
        assert sample.qualified is False
        for found in one.findings.all():
            found = actions.notice(found, None, by=office.inspector, at=AT)
            found = actions.dispute(found, "导出表漏了", by=office.clerk, at=LATER)
            actions.rule(found, True, "属实", by=office.office, at=LATER)
        sample.refresh_from_db()
        assert (sample.qualified, sample.locally) == (True, True)

    def test_too_late_to_dispute(self, office):
        with pytest.raises(RuleBroken, match="已经过了"):
            actions.dispute(confirmed(office, outlet(office)), "不对", by=office.clerk, at=moment(2026, 9, 7))

    def test_another_looks_again_and_what_fails_twice_escalates(self, office):
        found = confirmed(office, outlet(office))
        found = actions.fix(found, "已经恢复更新", by=office.office, at=LATER)
        with pytest.raises(RuleBroken, match="报告整改的人"):
            actions.recheck(found, True, "看过", by=office.office, at=LATER)
        for n in (1, 2):
            found = actions.recheck(found, False, "还是三周前的", by=office.inspector, at=LATER)
            assert found.failed == n and bool(found.escalated_at) is (n == 2)
            found = actions.fix(found, "再次更新", by=office.clerk, at=LATER)
        found = actions.recheck(found, True, "看到9月2日的", by=office.inspector, at=LATER)
        assert found.state == FindingState.CLOSED and found.entries.count() == 10
        assert LogEntry.objects.filter(action="inspections.escalate").count() == 1

    def test_the_errors_that_people_report(self, office, client, now):
        one = outlet(office, "区政府网站", Platform.SITE)
        letter, _ = engagement.send_letter(
            office.agency, LetterKind.ERROR, "链接打不开", "办事指南的链接打不开", at=AT
        )
        other, _ = engagement.send_letter(office.agency, LetterKind.CONSULT, "问路", "怎么走？", at=AT)
        client.force_login(office.inspector)
        assert letter.number in text_of(client.get(reverse("desk:inspections_tips")))
        assert client.get(reverse("desk:inspections_from_tip", args=[other.pk])).status_code == 404
        form = reverse("desk:inspections_from_tip", args=[letter.pk])
        wrong = {"outlet": one.pk, "code": "M2", "text": "打不开"}
        assert "不查网站" in text_of(client.post(form, wrong))
        assert client.post(form, wrong | {"code": "D.LINK"}).status_code == 302
        found = Finding.objects.get()
        assert (found.letter, found.due_on, found.state) == (letter, date(2026, 9, 4), FindingState.NOTICED), (
            "三个工作日"
        )
        assert "已经转成问题" in text_of(client.post(form, wrong | {"code": "D.LINK"}))

    def test_the_steps_on_the_page(self, office, client, now):
        found = confirmed(office, outlet(office))
        client.force_login(office.clerk)
        page = text_of(client.get(found.get_absolute_url()))
        assert "提出异议" in page and "确认成立" not in page
        step = reverse("desk:inspections_finding_act", args=[found.pk, "dispute"])
        assert client.post(step, {"seen": found.mark, "reason": ""}).status_code == 422
        assert client.post(step, {"seen": found.mark, "reason": "发过"}).status_code == 302
        assert client.post(reverse("desk:inspections_finding_act", args=[found.pk, "rule"])).status_code == 403
        client.force_login(office.office)
        assert "异议" in text_of(client.get(reverse("desk:home")))
        found.refresh_from_db()
        rule = reverse("desk:inspections_finding_act", args=[found.pk, "rule"])
        assert client.post(rule, {"seen": found.mark, "upheld": "yes", "ruling": "属实"}).status_code == 302
        found.refresh_from_db()
        assert found.state == FindingState.DROPPED


def test_a_round_without_anything_to_check(office):
    with pytest.raises(RuleBroken, match="没有在运行"):
        actions.open_round(2026, 3, ON, by=office.inspector, at=AT)
    assert RoundState.DRAFT.label == "待开始"
