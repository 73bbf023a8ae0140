"""新闻发布:报批、审批、出席、答问、实录;4·2·1+N 的数;名录的现任和历任;纪律登记只在工作台。"""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from gongkai.engagement import actions, press_todo
from gongkai.engagement.models import Briefing, DisciplineEntry, PressYear, Spokesperson
from gongkai.engagement.press_terms import Breach, BriefingState
from gongkai.law import press as law
from gongkai.law.engagement import Grade
from gongkai.law.errors import RuleBroken
from gongkai.law.press import Held, Level, Rank
from gongkai.org.models import LogEntry
from tests.engagement.test_engagement import AT, NEXT, now, office, text_of  # noqa: F401
from tests.records.office import Office, moment

pytestmark = pytest.mark.django_db
STARTS, AFTER = moment(2026, 9, 8, 10), moment(2026, 9, 8, 14)
TIMES = {"title": "秋季学期开学", "place": "区新闻发布厅", "starts_at": STARTS, "ends_at": moment(2026, 9, 8, 11)}
PHONE = "0571-00000001"


def proposed(office, level=Level.UNIT, **options):  # noqa: F811
    times = TIMES | options.pop("times", {})
    return actions.propose_briefing(office.agency, times, level, by=office.clerk, at=AT, **options)


def approved(office, **options):  # noqa: F811
    briefing = proposed(office, **options)
    actions.submit_briefing(briefing, by=office.clerk, at=AT)
    if not briefing.is_emergency:
        actions.approve_briefing(briefing, by=office.office, at=AT)
    return Briefing.objects.get(pk=briefing.pk)


def held(office, rank=Rank.CHIEF, **options):  # noqa: F811
    briefing = approved(office, **options)
    at = briefing.event.ends_at
    actions.attend(briefing, "章某", "局长", rank, by=office.clerk, at=at)
    return actions.hold_briefing(briefing, "介绍情况。", by=office.clerk, at=at)


class TestBriefing:
    def test_from_the_proposal_to_the_answers_the_public_finds(self, office, client, now):  # noqa: F811
        briefing, by = proposed(office), {"by": office.clerk, "at": AT}
        with pytest.raises(RuleBroken, match="不能这样办"):
            actions.announce_briefing(briefing, **by)
        with pytest.raises(RuleBroken, match="另有审批"):
            actions.draft_notice(briefing.event, **by)
        actions.submit_briefing(briefing, **by)
        actions.approve_briefing(briefing, by=office.head, at=AT)
        briefing = Briefing.objects.get()
        office.sign(actions.announce_briefing(briefing, **by), at=AT)
        now(NEXT)
        coming = text_of(client.get(reverse("public:press")))
        assert "秋季学期开学" in coming and "预告" in coming and "文字实录<" not in coming
        by["at"] = AFTER
        with pytest.raises(RuleBroken, match="没有登记出席"):
            actions.hold_briefing(briefing, "介绍情况。", **by)
        person = actions.attend(briefing, "章某", "区教育局局长", Rank.CHIEF, **by)
        actions.hold_briefing(briefing, "今年新增学位两千个。", **by)
        briefing = Briefing.objects.get()
        assert briefing.lacking(AFTER) == ["文字实录", "答问", "视频"]
        with pytest.raises(RuleBroken, match="没有写媒体、提问或者回答"):
            actions.ask(briefing, "区融媒体中心", "食堂怎样监管？", " ", person, **by)
        asked = actions.ask(briefing, "区融媒体中心", "食堂怎样监管？", "每周抽检一次。", person, **by)
        edition = actions.draft_briefing_transcript(briefing, **by)
        assert "每周抽检一次" in edition.text and "新增学位两千个" in edition.text
        page = client.get(reverse("public:press_questions"))
        assert "食堂怎样监管" not in text_of(page), "实录签发以前公众看不到"
        record = office.sign(edition, at=AFTER)
        actions.put_video(briefing, "https://video.mh.example/1", **by)
        now(moment(2026, 9, 9))
        assert "每周抽检一次" in text_of(client.get(reverse("public:press_questions") + "?q=食堂"))
        assert "没有找到" in text_of(client.get(reverse("public:press_questions") + "?q=公交"))
        notice = text_of(client.get(briefing.event.record.get_absolute_url()))
        assert record.get_absolute_url() in notice and "https://video.mh.example/1" in notice
        assert "每周抽检一次" in text_of(client.get(record.get_absolute_url()))
        assert Briefing.objects.get().lacking(moment(2026, 9, 9)) == []
        with pytest.raises(RuleBroken, match="已经签发"):
            actions.edit_question(asked, "区融媒体中心", "问", "答", person, **by)

    def test_nobody_approves_what_they_sent_and_the_whole_is_for_the_district(self, office):  # noqa: F811
        briefing = proposed(office, Level.WHOLE)
        actions.submit_briefing(briefing, by=office.office, at=AT)
        with pytest.raises(RuleBroken, match="自己报批"):
            actions.approve_briefing(briefing, by=office.office, at=AT)
        with pytest.raises(RuleBroken, match="由区政府办公室审批"):
            actions.approve_briefing(briefing, by=office.head, at=AT)
        with pytest.raises(PermissionDenied):
            actions.approve_briefing(briefing, by=office.clerk, at=AT)
        with pytest.raises(RuleBroken, match="由区政府办公室审批"):
            actions.return_briefing(briefing, "出席的人再定", by=office.head, at=AT)
        back = actions.return_briefing(briefing, "出席的人再定", by=office.office, at=AT)
        assert (back.state, back.note) == (BriefingState.DRAFT, "出席的人再定")

    def test_an_emergency_is_reported_and_may_be_held_at_once(self, office):  # noqa: F811
        briefing = approved(office, is_emergency=True)
        assert briefing.state == BriefingState.APPROVED and briefing.decided_by is None

    def test_a_matter_of_public_opinion_needs_somebody_in_charge(self, office):  # noqa: F811
        case = actions.open_case("路面塌陷", "论坛", office.agency, detected_at=AT, by=office.office, at=AT)
        actions.grade_case(case, Grade.COMMON, office.agency, by=office.office, at=AT)
        briefing = approved(office, case=case)
        actions.attend(briefing, "李某", "科员", Rank.STAFF, by=office.clerk, at=AFTER)
        with pytest.raises(RuleBroken, match="没有负责人或者新闻发言人"):
            actions.hold_briefing(briefing, "介绍情况。", by=office.clerk, at=AFTER)
        actions.attend(briefing, "陈某", "新闻发言人", Rank.SPOKESPERSON, by=office.clerk, at=AFTER)
        assert actions.hold_briefing(briefing, "介绍情况。", by=office.clerk, at=AFTER).state == BriefingState.HELD

    def test_an_item_of_the_plan_is_used_once_and_not_by_another_unit(self, office):  # noqa: F811
        by = {"by": office.office, "at": AT}
        plan = actions.open_press_year(2026, [office.agency], **by)
        item = actions.plan_item(plan, office.agency, 9, "开学", Level.UNIT, **by)
        proposed(office, item=item)
        with pytest.raises(RuleBroken, match="不能用在这一场"):
            proposed(office, item=item)
        actions.approve_press_year(plan, "区政府常务会议同意", **by)
        with pytest.raises(RuleBroken, match="已经印发"):
            actions.plan_item(plan, office.agency, 10, "入冬", Level.UNIT, **by)

    def test_a_public_notice_is_taken_down_before_the_briefing_is_cancelled(self, office):  # noqa: F811
        briefing = approved(office)
        office.sign(actions.announce_briefing(briefing, by=office.clerk, at=AT), at=AT)
        with pytest.raises(RuleBroken, match="预告已经公布"):
            actions.cancel_briefing(briefing, "改期", by=office.clerk, at=NEXT)

    def test_the_desk_walks_through(self, office, client, now):  # noqa: F811
        client.force_login(office.clerk)
        given = {
            "agency": office.agency.pk,
            "title": "秋季学期开学",
            "level": "unit",
            "place": "发布厅",
            "starts_at": "2026-09-08T10:00",
            "ends_at": "2026-09-08T11:00",
        }
        assert client.post(reverse("desk:engagement_new_briefing"), given).status_code == 302
        briefing = Briefing.objects.get()
        act = reverse("desk:engagement_briefing_act", args=[briefing.pk, "submit"])
        assert client.post(act, {"seen": "旧的"}).status_code == 422
        assert client.post(act, {"seen": briefing.mark}).status_code == 302
        client.force_login(office.office)
        assert "待审批的发布会" in text_of(client.get(reverse("desk:home")))
        listed = client.get(reverse("desk:engagement_briefings") + "?state=submitted&format=csv")
        assert "秋季学期开学" in b"".join(listed.streaming_content).decode()
        assert "没有这样的发布会" in text_of(client.get(reverse("desk:engagement_briefings") + "?q=冬季"))
        assert client.get(reverse("desk:engagement_event", args=[briefing.event.pk])).status_code == 302


class TestQuotas:
    def test_four_two_one_and_the_emergencies_beside(self):
        rows = [
            Held(date(2026, 2, 3), (Rank.STAFF,)),
            Held(date(2026, 5, 3), (Rank.DEPUTY, Rank.STAFF)),
            Held(date(2026, 8, 3), (Rank.CHIEF,), is_emergency=True),
            Held(date(2025, 11, 3), (Rank.CHIEF,)),
        ]
        found = law.quotas(2026, rows)
        assert [(one.label, one.done) for one in found] == [
            ("第一季度", 1),
            ("第二季度", 1),
            ("第三季度", 0),
            ("第四季度", 0),
            ("上半年负责同志出席", 1),
            ("下半年负责同志出席", 1),
            ("全年主要负责人出席", 1),
        ]
        assert law.emergencies(2026, rows) == 1 and found[2].end == date(2026, 9, 30)

    def test_what_is_owed_is_told_before_the_quarter_ends_and_counted_after(self, office, client, now):  # noqa: F811
        by = {"by": office.office, "at": AT}
        plan = actions.open_press_year(2026, [office.agency], **by)
        actions.approve_press_year(plan, "区政府常务会议同意", **by)
        panel = {one.label: one for one in press_todo.panels(office.clerk, date(2026, 8, 20))}["还欠的新闻发布"]
        told = [task.title for task in panel.tasks]
        assert any("第二季度还欠1" in one for one in told) and not any("第三季度" in one for one in told)
        near = {one.label: one for one in press_todo.panels(office.clerk, date(2026, 9, 5))}["还欠的新闻发布"]
        assert any("第三季度还欠1" in task.title for task in near.tasks)
        held(office, Rank.CHIEF)
        figure = next(one for one in press_todo.FIGURES if one.key == "engagement.press")
        # 到9月30日:三个季度、上半年到了期,办够的是第三季度、下半年、全年
        assert figure.count([office.agency.pk], date(2026, 10, 1)) == {office.agency.pk: (3, 6)}
        client.force_login(office.office)
        now(moment(2026, 10, 1))
        client.force_login(office.office)
        page = text_of(client.get(reverse("desk:engagement_press")))
        assert "欠1" in page
        assert "此项尚待核对原文" in page
        lines = client.get(reverse("desk:engagement_press") + "?format=csv").content.decode()
        assert f"{office.agency},0/1,0/1,1/1,0/1,0/1,1/1,1/1,0,4" in lines

    def test_transcripts_are_counted_when_public(self, office):  # noqa: F811
        briefing = held(office)
        figure = next(one for one in press_todo.FIGURES if one.key == "engagement.transcripts")
        assert figure.count([office.agency.pk], date(2026, 9, 10)) == {office.agency.pk: (0, 1)}
        office.sign(actions.draft_briefing_transcript(briefing, by=office.clerk, at=AFTER), at=AFTER)
        assert figure.count([office.agency.pk], date(2026, 9, 10)) == {office.agency.pk: (1, 1)}

    def test_who_should_attend(self):
        assert law.short_of(Level.LIVELIHOOD, [Rank.SPOKESPERSON]) != ""
        assert law.short_of(Level.LIVELIHOOD, [Rank.DEPUTY]) == law.short_of(Level.UNIT, [Rank.STAFF]) == ""


class TestRegister:
    def appoint(self, office, name="周某", **options):  # noqa: F811
        given = {"since": date(2026, 1, 4), "is_first": True} | options
        values = {"name": name, "post": "区教育局局长", "phone": PHONE}
        return actions.appoint(office.agency, values, by=office.clerk, at=AT, **given)

    def test_the_public_sees_whoever_holds_the_post_and_the_desk_the_history(self, office, client, now):  # noqa: F811
        first = self.appoint(office)
        with pytest.raises(RuleBroken, match="现任第一新闻发言人"):
            self.appoint(office, "吴某")
        actions.dismiss(first, date(2026, 9, 1), by=office.clerk, at=AT)
        with pytest.raises(RuleBroken, match="历史不改"):
            actions.correct_spokesperson(first, {"post": "局长", "phone": PHONE}, by=office.clerk, at=AT)
        self.appoint(office, "吴某", since=date(2026, 9, 1))
        now(NEXT)
        shown = text_of(client.get(reverse("public:spokespersons")))
        assert "吴某" in shown and "周某" not in shown and PHONE in shown
        assert "周某" not in client.get(reverse("public:spokespersons") + "?format=csv").content.decode()
        client.force_login(office.clerk)
        url = reverse("desk:engagement_spokespersons")
        assert "周某" not in text_of(client.get(url)) and "周某" in text_of(client.get(url + "?all=on"))

    def test_the_register_is_checked_every_year(self, office, client, now):  # noqa: F811
        self.appoint(office)
        labels = {one.label: one.count for one in press_todo.panels(office.clerk, date(2027, 1, 5))}
        assert labels["今年没有核对的新闻发言人"] == 1
        now(moment(2027, 1, 5))
        client.force_login(office.clerk)
        url = reverse("desk:engagement_confirm_spokespersons", args=[office.agency.pk])
        assert client.post(url).status_code == 302
        assert Spokesperson.objects.get().confirmed_on == date(2027, 1, 5)


class TestDiscipline:
    def test_it_is_written_by_the_district_read_by_the_unit_and_shown_to_nobody_else(self, office, client, now):  # noqa: F811
        by = {"by": office.office, "at": AT}
        actions.note_discipline(
            office.agency, Breach.WORDING, date(2026, 9, 1), "口径没有审定就答了", "提醒谈话", **by
        )
        assert LogEntry.objects.filter(action="engagement.discipline").count() == 1
        with pytest.raises(PermissionDenied):
            actions.note_discipline(
                office.agency, Breach.OTHER, date(2026, 9, 1), "甲", "乙", by=office.head, at=AT
            )
        other = Office("MH0122", "明湖区民政局")
        for person, sees in ((office.head, True), (other.head, False)):
            client.force_login(person)
            page = text_of(client.get(reverse("desk:engagement_discipline")))
            assert ("提醒谈话" in page) is sees
        client.force_login(office.clerk)
        assert client.get(reverse("desk:engagement_discipline")).status_code == 403
        assert DisciplineEntry.objects.count() == 1

    def test_the_plan_of_a_year(self, office, client, now):  # noqa: F811
        client.force_login(office.office)
        units = reverse("desk:engagement_press_units", args=[2026])
        assert client.post(units, {"units": [office.agency.pk]}).status_code == 302
        given = {"agency": office.agency.pk, "month": "9", "title": "开学", "level": "livelihood"}
        assert client.post(reverse("desk:engagement_new_press_item", args=[2026]), given).status_code == 302
        plan = PressYear.objects.get()
        drop = reverse("desk:engagement_drop_press_item", args=[plan.items.get().pk])
        page = reverse("desk:engagement_press_plan", args=[2026])
        assert "开学" in text_of(client.get(page)) and client.post(drop).status_code == 302
        assert "还没有排发布会" in text_of(client.get(page))
        issue = reverse("desk:engagement_issue_press_plan", args=[2026])
        assert client.post(issue, {"basis": "区政府常务会议同意"}).status_code == 302
        assert client.post(issue, {"basis": "再印一次"}).status_code == 422


@pytest.mark.parametrize("year", [0, 1999, 2028, 99999])
def test_no_plan_is_opened_for_a_year_that_nobody_means(office, client, now, year):  # noqa: F811
    now(AT)
    client.force_login(office.office)
    url = reverse("desk:engagement_press_units", args=[year])
    page = client.post(url, {"units": [office.agency.pk]})
    assert page.status_code == 422 and not PressYear.objects.exists()
