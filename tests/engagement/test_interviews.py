"""一期访谈:预告、提问、实录一段一段公开、会后追答按工作日、实录成为一件信息;公众的页是文件,登记一段就拿走。"""

import json
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from gongkai.engagement import actions, feedback, jobs, sections, todo
from gongkai.engagement.actions.questions import PURPOSE
from gongkai.engagement.models import Asked, Interview
from gongkai.engagement.terms import AskedState, InterviewState
from gongkai.law import dialogue
from gongkai.law.errors import RuleBroken
from gongkai.org import codes
from gongkai.org.models import LogEntry
from gongkai.web.publisher.rendering import render
from tests.engagement.test_engagement import AT, now, office, text_of  # noqa: F401
from tests.foi.test_planted import PHONE
from tests.records.office import moment

pytestmark = pytest.mark.django_db
START, END = moment(2026, 9, 10, 14), moment(2026, 9, 10, 15)
VALUES = {
    "title": "谈谈老小区加装电梯",
    "topic": "条件、补助、怎样申请。",
    "guests": [["钱某", "区住房和城乡建设局局长"]],
    "has_chief": True,
    "starts_at": START,
    "ends_at": END,
    "questions_until": START,
}


def announced(office, **options):  # noqa: F811
    made = actions.plan_interview(office.agency, VALUES | options, by=office.clerk, at=AT)
    office.sign(actions.draft_interview_notice(made, by=office.clerk, at=AT), at=AT)
    return Interview.objects.get(pk=made.pk)


def under_way(office):  # noqa: F811
    """Two questions: the first read out and answered, the second left open."""
    made, by = announced(office), {"by": office.clerk, "at": START}
    first, second = (actions.ask_interview(made, text, at=AT)[0] for text in ("一楼不同意怎么办？", "补助多少？"))
    actions.open_interview(made, **by)
    actions.choose_question(first, "一楼不同意怎么办？", **by)
    actions.read_out(first, **by)
    actions.say(made, "钱某", "先协商，区里有调解。", answers=first, **by)
    return made, first, second


class TestWalk:
    def test_a_notice_has_its_five_things(self, office):  # noqa: F811
        for wrong, said in (
            ({"guests": []}, "没有写嘉宾"),
            ({"topic": " "}, "没有写谈什么"),
            ({"ends_at": START}, "结束不晚于开始"),
            ({"questions_until": END + timedelta(hours=1)}, "提问截止晚于"),
        ):
            with pytest.raises(RuleBroken, match=said):
                actions.plan_interview(office.agency, VALUES | wrong, by=office.clerk, at=AT)
        made = announced(office)
        body = made.record.live.body
        assert "2026年9月10日14:00" in body and "钱某，区住房和城乡建设局局长" in body

    def test_from_the_plan_to_the_record(self, office):  # noqa: F811
        made = actions.plan_interview(office.agency, VALUES, by=office.clerk, at=AT)
        states = [made.state(AT)]
        with pytest.raises(RuleBroken, match="没有征集提问"):
            actions.ask_interview(made, "现在能问吗？", at=AT)
        with pytest.raises(RuleBroken, match="预告没有公布"):
            actions.open_interview(made, by=office.clerk, at=START)
        office.sign(actions.draft_interview_notice(made, by=office.clerk, at=AT), at=AT)

        def fresh():
            return Interview.objects.get(pk=made.pk)

        states.append(fresh().state(AT))
        asked, _ = actions.ask_interview(made, "补助多少？", at=START)
        with pytest.raises(RuleBroken, match="没有征集提问"):
            actions.ask_interview(made, "迟了一分钟", at=START + timedelta(minutes=1))
        states.append(fresh().state(START + timedelta(minutes=1)))
        with pytest.raises(RuleBroken, match="今天还没有到"):
            actions.open_interview(made, by=office.clerk, at=AT)
        actions.open_interview(made, by=office.clerk, at=START)
        states.append(fresh().state(START))
        with pytest.raises(RuleBroken, match="一段也没有"):
            actions.close_interview(made, by=office.clerk, at=END)
        actions.say(made, "钱某", "大家好。", by=office.clerk, at=START)
        actions.close_interview(made, by=office.clerk, at=END)
        states.append(fresh().state(END))
        actions.draft_answer(asked, "补助多少？", "每台二十万元。", by=office.clerk, at=END)
        actions.release_answer(asked, by=office.head, at=END)
        states.append(fresh().state(END))
        office.sign(actions.draft_transcript(made, by=office.clerk, at=END), at=END)
        states.append(fresh().state(END))
        assert states == list(InterviewState)
        for state in InterviewState:
            found = list(Interview.objects.in_state(state, END))
            assert found == ([fresh()] if state == InterviewState.DONE else []), state
        body = fresh().transcript.live.body
        assert "钱某：大家好。" in body and "回复：每台二十万元。" in body

    def test_the_list_by_step_agrees_with_each_step(self, office):  # noqa: F811
        planned = actions.plan_interview(office.agency, VALUES, by=office.clerk, at=AT)
        calling, live = announced(office), under_way(office)[0]
        owing = under_way(office)[0]
        actions.close_interview(owing, by=office.clerk, at=END)
        for at in (AT, END):
            for one in Interview.objects.all():
                state = one.state(at)
                holding = [each for each in InterviewState if one in Interview.objects.in_state(each, at)]
                assert holding == [state], (one.pk, at)
        assert {one.pk for one in (planned, calling, live, owing)} == set(
            Interview.objects.values_list("pk", flat=True)
        )


class TestQuestions:
    def test_what_was_left_open_is_due_by_working_days(self, office):  # noqa: F811
        made, first, second = under_way(office)
        actions.close_interview(made, by=office.clerk, at=END)
        first.refresh_from_db(), second.refresh_from_db()
        assert (first.state, first.due_on) == (AskedState.ANSWERED, None)
        # 2026年9月10日星期四;五个工作日到17日
        assert second.due_on == date(2026, 9, 17)
        for one in Asked.objects.owed():
            assert one.due_on == dialogue.answer_due(date(2026, 9, 10)).due
        assert not second.is_late(date(2026, 9, 17)) and second.is_late(date(2026, 9, 18))

    def test_two_people_answer_and_nothing_goes_silently(self, office):  # noqa: F811
        made, _, second = under_way(office)
        with pytest.raises(RuleBroken, match="还没有结束"):
            actions.draft_answer(second, "补助多少？", "二十万元。", by=office.clerk, at=START)
        actions.close_interview(made, by=office.clerk, at=END)
        actions.draft_answer(second, "补助多少？", "二十万元。", by=office.office, at=END)
        with pytest.raises(RuleBroken, match="不能核定自己"):
            actions.release_answer(second, by=office.office, at=END)
        with pytest.raises(PermissionDenied):
            actions.release_answer(second, by=office.clerk, at=END)
        with pytest.raises(RuleBroken, match="没有写不答的理由"):
            actions.decline_question(second, " ", by=office.clerk, at=END)
        actions.decline_question(second, "同前面一问，已经答了。", by=office.clerk, at=END)
        assert not Asked.objects.get(pk=second.pk).is_late(date(2026, 9, 18)), "说明了不答的不算逾期"
        assert Interview.objects.get().state(END) == InterviewState.CLOSED

    @pytest.mark.parametrize("text", ["", "？？", "长" * 501])
    def test_what_is_no_question(self, office, text):  # noqa: F811
        made = announced(office)
        with pytest.raises(RuleBroken):
            actions.ask_interview(made, text, at=AT)

    def test_no_personal_data_goes_on_the_air(self, office):  # noqa: F811
        made, _, second = under_way(office)
        by = {"by": office.clerk, "at": START}
        for act in (
            lambda: actions.choose_question(second, f"打{PHONE}问", **by),
            lambda: actions.say(made, "钱某", f"请打{PHONE}", **by),
            lambda: actions.amend_line(made.lines.first(), f"请打{PHONE}", **by),
        ):
            with pytest.raises(RuleBroken, match="里有"):
                act()

    def test_a_slip_is_mended_openly_and_only_before_the_record(self, office, client, now):  # noqa: F811
        made, *_ = under_way(office)
        line = made.lines.last()
        actions.amend_line(line, "先协商，街道有调解。", by=office.clerk, at=START)
        line.refresh_from_db()
        assert (line.former, line.text) == ("先协商，区里有调解。", "先协商，街道有调解。")
        assert "改过笔误" in text_of(client.get(made.get_absolute_url()))
        actions.close_interview(made, by=office.clerk, at=END)
        office.sign(actions.draft_transcript(made, by=office.clerk, at=END), at=END)
        with pytest.raises(RuleBroken, match="实录已经签发"):
            actions.amend_line(line, "又改", by=office.clerk, at=END)


class TestPages:
    def test_the_public_asks_reads_and_looks_it_up(self, office, client, now):  # noqa: F811
        made = announced(office)
        page = client.post(reverse("public:interview_ask", args=[made.pk]), {"text": "补助多少？"}, follow=True)
        asked = Asked.objects.get()
        code = next(part for part in text_of(page).split('class="secret">') if part[4:5] == "-").partition("<")[0]
        look, given = reverse("public:letter_look"), {"number": asked.number, "code": code}
        assert "补助多少？" in text_of(client.post(look, given))
        assert client.post(look, given | {"code": "AAAA-AAAA-AAAA"}).status_code == 404
        assert "补助多少？" not in text_of(client.get(made.get_absolute_url())), "没有选用的不公开"
        now(START)
        actions.open_interview(made, by=office.clerk, at=START)
        actions.say(made, "钱某", "大家好。", by=office.clerk, at=START)
        actions.close_interview(made, by=office.clerk, at=END)
        assert "2026年9月17日" in text_of(client.post(look, given))
        page = text_of(client.get(made.get_absolute_url()))
        assert "还有1个问题没有当场答" in page and "尚待核对原文" in page
        assert "现在没有征集提问" in text_of(client.get(reverse("public:interview_ask", args=[made.pk])))
        actions.draft_answer(asked, "补助多少？", "每台二十万元。", by=office.clerk, at=END)
        assert "每台二十万元" not in text_of(client.get(made.get_absolute_url())), "没有核定的不公开"
        actions.release_answer(asked, by=office.head, at=END)
        for page in (client.get(made.get_absolute_url()), client.post(look, given)):
            assert "每台二十万元" in text_of(page)

    def test_what_is_not_announced_is_not_there(self, office, client, now):  # noqa: F811
        made = actions.plan_interview(office.agency, VALUES, by=office.clerk, at=AT)
        for name in ("interview", "interview_live", "interview_ask"):
            assert client.get(reverse(f"public:{name}", args=[made.pk])).status_code == 404
        assert VALUES["title"] not in text_of(client.get(reverse("public:interviews")))

    def test_the_small_file_bears_the_last_lines(self, office, client, now):  # noqa: F811
        made, *_ = under_way(office)
        for number in range(25):
            actions.say(made, "主持人", f"第{number}句。", by=office.clerk, at=START)
        told = json.loads(render(reverse("public:interview_live", args=[made.pk])))
        assert (told["state"], told["amendments"], len(told["lines"])) == ("live", 0, 20)
        assert told["lines"][-1] == {"n": 27, "who": "主持人", "text": "第24句。", "at": "14:00"}
        page = render(made.get_absolute_url()).decode()
        assert "第0句。" in page and "data-live=" in page

    def test_a_line_takes_the_files_away_and_a_question_does_not(self, office):  # noqa: F811
        made = announced(office)
        mine = sections.interview_pages([made.pk])
        assert sections.by_records({made.record_id}) == mine == sections.standing()

        def touched(action):
            return sections.by_entry(LogEntry.objects.filter(action=f"engagement.{action}").last())

        asked, _ = actions.ask_interview(made, "补助多少？", at=AT)
        assert touched("ask") == set()
        actions.open_interview(made, by=office.clerk, at=START)
        actions.choose_question(asked, "补助多少？", by=office.clerk, at=START)
        assert touched("choose") == set()
        actions.read_out(asked, by=office.clerk, at=START)
        assert touched("open") == touched("say") == mine

    def test_the_desk_walks_it(self, office, client, now):  # noqa: F811
        client.force_login(office.clerk)
        page = client.get(reverse("desk:engagement_interviews"))
        assert "还没有访谈" in text_of(page)
        given = {
            "agency": office.agency.pk,
            "title": "谈加装电梯",
            "topic": "条件和补助",
            "guests": "钱某，局长\n孙某",
            "form": "text",
            "starts_at": "2026-09-10T14:00",
            "ends_at": "2026-09-10T15:00",
            "questions_until": "2026-09-10T14:00",
        }
        assert client.post(reverse("desk:engagement_new_interview"), given).status_code == 302
        made = Interview.objects.get()
        assert made.guests == [["钱某", "局长"], ["孙某", ""]]
        assert "钱某，局长\n孙某" in text_of(client.get(reverse("desk:engagement_edit_interview", args=[made.pk])))
        client.post(reverse("desk:engagement_interview_notice", args=[made.pk]))
        made.refresh_from_db()
        office.sign(made.record.draft, at=AT)
        asked, _ = actions.ask_interview(made, "补助多少？", at=AT)
        now(START)
        client.force_login(office.clerk)
        assert client.post(reverse("desk:engagement_begin", args=[made.pk])).status_code == 302
        step = reverse("desk:engagement_asked", args=[asked.pk, "choose"])
        assert client.post(step, {"seen": asked.mark, "shown": "补助多少？"}).status_code == 302
        assert client.post(step, {"seen": asked.mark, "shown": "改过"}).status_code == 422, "旧页上的"
        client.post(reverse("desk:engagement_read_out", args=[asked.pk]))
        say = reverse("desk:engagement_say", args=[made.pk])
        assert client.post(say, {"speaker": "钱某", "answers": asked.pk, "text": f"打{PHONE}"}).status_code == 422
        assert client.post(say, {"speaker": "钱某", "answers": asked.pk, "text": "二十万元。"}).status_code == 302
        client.post(reverse("desk:engagement_end", args=[made.pk]))
        page = text_of(client.get(made.desk_url))
        assert "当场答了1个" in page and "待公布实录" in page and "起草实录" in page
        listed = client.get(reverse("desk:engagement_interviews"), {"state": "closed", "year": 2026})
        assert "谈加装电梯" in text_of(listed)
        assert "没有这样的访谈" in text_of(client.get(reverse("desk:engagement_interviews"), {"state": "live"}))
        rows = client.get(reverse("desk:engagement_interviews"), {"format": "csv"})
        assert "谈加装电梯,明湖区人民政府办公室,2026-09-10 14:00,,待公布实录,1,1" in text_of_stream(rows)


def text_of_stream(response):
    return b"".join(response.streaming_content).decode()


class TestRating:
    def test_whoever_asked_rates_once_and_a_bad_grade_waits_for_a_word(self, office, client, now):  # noqa: F811
        made, _, second = under_way(office)
        with pytest.raises(RuleBroken, match="现在不能评价"):
            actions.rate_interview(second, 2, "", at=START)
        actions.close_interview(made, by=office.clerk, at=END)
        code, stored = codes.new_code(PURPOSE)
        Asked.objects.filter(pk=second.pk).update(code=stored)
        now(END)
        own = {"number": second.number, "code": code}
        look = reverse("public:letter_look")
        assert "这期访谈办得怎样" in text_of(client.post(look, own))
        rated = text_of(client.post(look, own | {"grade": "2", "note": "答非所问"}))
        assert "谢谢您的评价" in rated and "这期访谈办得怎样" not in rated
        assert "现在不能评价" in text_of(client.post(look, own | {"grade": "5"}))
        found = feedback.of_interview(made, END)
        assert (found.count, found.mean, found.waits) == (1, None, True)
        page = text_of(client.get(made.get_absolute_url()))
        assert "1个人评价" in page and "答非所问" not in page
        panel = next(one for one in todo.panels(office.clerk, END.date()) if one.label == "有差评的活动、访谈")
        assert panel.count == 1
        client.force_login(office.clerk)
        step = reverse("desk:engagement_improve_interview", args=[made.pk])
        assert "写改进了什么" in text_of(client.get(made.desk_url))
        assert "里面有" in text_of(client.post(step, {"note": f"已经打{PHONE}说明"}))
        assert client.post(step, {"note": "以后先答问的。"}).status_code == 302
        assert "以后先答问的" in text_of(client.get(made.get_absolute_url()))
        assert "没有等着改进" in text_of(client.post(step, {"note": "再写"}))
        later = END + timedelta(days=31)
        assert "1个访谈评价的话" in jobs.erase(on=later.date(), at=later)
        assert Asked.objects.get(pk=second.pk).rating_note == "" and feedback.of_interview(made, later).count == 1


def test_interviews_to_come_are_in_the_calendar(office, client, now):  # noqa: F811
    made = announced(office)
    hidden = actions.plan_interview(office.agency, VALUES, by=office.clerk, at=AT)
    now(AT)
    whole = client.get(reverse("public:interviews_ics")).content.replace(b"\r\n ", b"").decode()
    assert whole.count("BEGIN:VEVENT") == 1 and "在线访谈：谈谈老小区加装电梯" in whole
    assert "DTSTART:20260910T060000Z\r\nDTEND:20260910T070000Z" in whole, "上海的下午两点到三点"
    assert made.get_absolute_url() in whole
    assert client.get(reverse("public:interview_ics", args=[made.pk])).status_code == 200
    assert client.get(reverse("public:interview_ics", args=[hidden.pk])).status_code == 404
    actions.open_interview(made, by=office.clerk, at=START)
    actions.say(made, "钱某", "大家好。", by=office.clerk, at=START)
    actions.close_interview(made, by=office.clerk, at=START)
    assert "BEGIN:VEVENT" not in client.get(reverse("public:interviews_ics")).content.decode()
