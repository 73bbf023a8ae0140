"""来信从收到到评价,舆情的时限,活动的名额;公众看到的没有个人信息。"""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from gongkai.engagement import actions, jobs
from gongkai.engagement.models import Event, Letter, Signup
from gongkai.engagement.terms import CaseState, Elsewhere, EntryKind, EventKind, LetterState, SignupState
from gongkai.law.engagement import Grade, LetterKind
from gongkai.law.errors import RuleBroken
from gongkai.org.models import LogEntry
from tests.records.office import Office, moment

pytestmark = pytest.mark.django_db
AT = moment(2026, 9, 1, 9)
NEXT = moment(2026, 9, 2, 9)


@pytest.fixture
def office():
    return Office()


@pytest.fixture
def now(monkeypatch):
    from django.utils import timezone

    def put(at):
        monkeypatch.setattr(timezone, "now", lambda: at)

    put(AT)
    return put


def text_of(response):
    return response.content.decode()


def sent(office, kind=LetterKind.CONSULT, **options):
    given = {"contact": {"name": "张某某", "email": "a@example.org"}, "consents_content": True} | options
    return actions.send_letter(
        office.agency, kind, "路灯不亮", "人民路口的路灯坏了三天，什么时候修？", at=AT, **given
    )


def answered(office, **options):
    letter, code = sent(office, **options)
    actions.accept(letter, by=office.clerk, at=NEXT)
    actions.draft_reply(letter, "已经修好。", by=office.clerk, at=NEXT)
    return actions.reply(letter, answered_all=True, by=office.head, at=NEXT), code


class TestLetters:
    def test_from_the_form_to_the_rating(self, office, client, now):
        given = {
            "kind": "consult",
            "agency": office.agency.code,
            "title": "路灯不亮",
            "text": "什么时候修？",
            "name": "张某某",
            "consents_content": "on",
        }
        page = client.post(reverse("public:letter_write"), given, follow=True)
        letter = Letter.objects.get()
        assert letter.number in text_of(page) and "张某某" not in text_of(page) and "2026年9月8日" in text_of(page)
        code = next(part for part in text_of(page).split('class="secret">') if part[4:5] == "-").partition("<")[0]
        look = {"number": letter.number, "code": code}
        assert "正在办理" in text_of(client.post(reverse("public:letter_look"), look))
        assert client.post(reverse("public:letter_look"), look | {"code": "AAAA-AAAA-AAAA"}).status_code == 404
        actions.accept(letter, by=office.clerk, at=NEXT)
        actions.draft_reply(
            letter, "下周修好。", promise="更换灯具", promise_on=date(2026, 9, 9), by=office.office, at=NEXT
        )
        with pytest.raises(RuleBroken, match="不能审核自己"):
            actions.reply(letter, answered_all=True, by=office.office, at=NEXT)
        with pytest.raises(RuleBroken, match="都答了"):
            actions.reply(letter, answered_all=False, by=office.head, at=NEXT)
        actions.reply(letter, answered_all=True, by=office.head, at=NEXT)
        assert "更换灯具" in text_of(client.post(reverse("public:letter_look"), look))
        assert client.post(reverse("public:letter_look"), look | {"grade": "2", "note": "太慢"}).status_code == 200
        letter.refresh_from_db()
        assert (letter.rating, letter.rating_note) == (2, "太慢")
        client.force_login(office.clerk)
        now(moment(2026, 9, 10))
        client.force_login(office.clerk)
        home = text_of(client.get(reverse("desk:home")))
        assert "到期的承诺" in home and "不满意的来信" in home

    def test_a_promise_needs_its_day(self, office):
        letter, _ = sent(office)
        actions.accept(letter, by=office.clerk, at=NEXT)
        with pytest.raises(RuleBroken, match="哪一天办到"):
            actions.draft_reply(letter, "尽快办。", promise="修好", by=office.clerk, at=NEXT)

    def test_nothing_is_declined_silently_and_both_numbers_are_kept(self, office):
        letter, _ = sent(office)
        with pytest.raises(RuleBroken, match="应当去哪里"):
            actions.decline(letter, Elsewhere.PETITION, " ", by=office.clerk, at=NEXT)
        found = actions.convert(
            letter, Elsewhere.APPLICATION, "已转为申请", number="MH0101-2026-0001", by=office.clerk, at=NEXT
        )
        assert found.state == LetterState.CONVERTED and found.elsewhere_number == "MH0101-2026-0001"
        with pytest.raises(RuleBroken, match="不能再这样办"):
            actions.accept(letter, by=office.clerk, at=NEXT)

    def test_who_transfers_does_not_win_time(self, office):
        letter, _ = sent(office)
        other = Office("MH0122", "明湖区民政局")
        found = actions.transfer(letter, other.agency, "归民政", by=office.clerk, at=NEXT)
        assert (found.agency, found.due_on) == (other.agency, date(2026, 9, 8))
        with pytest.raises(PermissionDenied):
            actions.accept(found, by=office.clerk, at=NEXT)

    def test_extension_once_within_the_limit(self, office):
        letter, _ = sent(office)
        actions.accept(letter, by=office.clerk, at=NEXT)
        assert actions.extend(letter, 5, "要现场核实", by=office.clerk, at=NEXT).due_on == date(2026, 9, 15)
        with pytest.raises(RuleBroken, match="已经延长过"):
            actions.extend(letter, 5, "再要几天", by=office.clerk, at=NEXT)

    def test_the_same_matter_is_merged_and_its_writer_reads_the_one_reply(self, office, client, now):
        main, _ = answered(office)
        second, code = sent(office)
        with pytest.raises(RuleBroken, match="不能并到"):
            actions.merge(second, second, by=office.clerk, at=NEXT)
        actions.merge(second, main, by=office.clerk, at=NEXT)
        shown = text_of(client.post(reverse("public:letter_look"), {"number": second.number, "code": code}))
        assert "已经修好" in shown and Letter.objects.count() == 2

    def test_what_is_published_is_agreed_to_and_clean(self, office, client, now):
        letter, _ = answered(office)
        by = {"by": office.head, "at": NEXT}
        with pytest.raises(RuleBroken, match="公开的写法里有"):
            actions.publish_letter(letter, "路灯", "电话13800138000", "修好", **by)
        actions.publish_letter(letter, "人民路口路灯不亮", "路灯坏了三天。", "已经修好。", **by)
        for url in (letter.get_absolute_url(), reverse("public:letters")):
            page = text_of(client.get(url))
            assert "人民路口路灯不亮" in page and "张某某" not in page and "a@example.org" not in page
        actions.unpublish_letter(letter, "来信人要求", **by)
        assert client.get(letter.get_absolute_url()).status_code == 404
        silent, _ = answered(office, consents_content=False)
        with pytest.raises(RuleBroken, match="没有同意"):
            actions.publish_letter(silent, "题", "文", "答", **by)
        report, _ = answered(office, kind=LetterKind.REPORT)
        with pytest.raises(RuleBroken, match="只计数"):
            actions.publish_letter(report, "题", "文", "答", **by)

    def test_desk_pages_mask_and_log_and_walk_the_acts(self, office, client, now):
        letter, _ = sent(office)
        client.force_login(office.clerk)
        page = text_of(client.get(reverse("desk:engagement_letter", args=[letter.pk])))
        assert "张某某" not in page and "路灯坏了三天" in page and "管理口径" in page
        assert "张某某" in text_of(client.post(reverse("desk:engagement_contact", args=[letter.pk])))
        assert LogEntry.objects.filter(action="engagement.personal").count() == 1
        do = reverse("desk:engagement_act", args=[letter.pk, "accept"])
        assert client.post(do, {"seen": letter.mark}).status_code == 302
        assert client.post(do, {"seen": letter.mark}).status_code == 422, "同一张表第二次"
        assert letter.number in text_of(client.get(reverse("desk:engagement_letters")))
        for query, listed in (("kind=consult", 1), ("kind=report", 0), (f"agency={office.agency.code}", 1)):
            assert (
                letter.number in text_of(client.get(reverse("desk:engagement_letters") + "?" + query))
            ) == listed
        rows = b"".join(client.get(reverse("desk:engagement_letters") + "?format=csv").streaming_content).decode()
        assert letter.number in rows and "路灯" not in rows and "张某某" not in rows

    def test_contacts_go_after_their_time(self, office):
        answered(office)
        assert "0封" in jobs.erase(on=date(2026, 10, 1), at=moment(2026, 10, 1))
        assert "1封" in jobs.erase(on=date(2027, 10, 1), at=moment(2027, 10, 1))
        assert Letter.objects.get().contact == {}

    @pytest.mark.parametrize(("title", "text"), [("", "事"), ("题", "！！"), ("题", "长" * 5001)])
    def test_what_is_no_letter(self, office, title, text):
        with pytest.raises(RuleBroken):
            actions.send_letter(office.agency, LetterKind.HELP, title, text, at=AT)


class TestCases:
    def case(self, office, at=moment(2026, 10, 1, 23)):  # noqa: B008
        return actions.open_case("某路塌陷", "本地论坛", office.agency, detected_at=at, by=office.office, at=at)

    def test_a_holiday_night_does_not_stop_the_clock(self, office, client, now):
        case = self.case(office)
        assert case.deadlines.first == moment(2026, 10, 3, 23)
        actions.grade_case(case, Grade.GRAVE, office.agency, by=office.office, at=moment(2026, 10, 1, 23, 30))
        case.refresh_from_db()
        assert (case.deadlines.first, case.deadlines.briefing) == (moment(2026, 10, 2, 4), moment(2026, 10, 2, 23))
        now(moment(2026, 10, 2, 5))
        client.force_login(office.office)
        assert "已经过了" in text_of(client.get(case.get_absolute_url()))
        assert "还没有回应" in text_of(client.get(reverse("desk:engagement_cases")))

    def test_the_list_is_narrowed_and_exported(self, office, client, now):
        case = self.case(office)
        actions.open_case("停水传言", "论坛", office.agency, detected_at=AT, by=office.office, at=AT)
        actions.grade_case(case, Grade.GRAVE, office.agency, by=office.office, at=moment(2026, 10, 1, 23, 30))
        client.force_login(office.office)
        url = reverse("desk:engagement_cases")

        def found(**query):
            text = text_of(client.get(url, query))
            return [title for title in ("某路塌陷", "停水传言") if f">{title}<" in text]

        assert found() == ["某路塌陷", "停水传言"] and found(grade=Grade.GRAVE.value) == ["某路塌陷"]
        assert found(q="停水") == ["停水传言"] and found(owner=office.agency.code) == ["某路塌陷", "停水传言"]
        assert found(state="closed") == [] and "没有符合的舆情" in text_of(client.get(url, {"state": "closed"}))
        table = b"".join(client.get(url, {"format": "csv", "q": "塌陷"}).streaming_content).decode()
        assert "2026-10-02 04:00" in table and "停水" not in table

    def test_no_closing_before_something_was_done(self, office, client, now):
        case, by = self.case(office), {"by": office.office, "at": moment(2026, 10, 2, 3)}
        with pytest.raises(RuleBroken, match="还没有研判"):
            actions.add_entry(case, EntryKind.ACTION, moment(2026, 10, 2, 2), "抢修", **by)
        actions.grade_case(case, Grade.COMMON, office.agency, **by)
        with pytest.raises(RuleBroken, match="没有链到公开的信息"):
            actions.add_entry(case, EntryKind.FIRST, moment(2026, 10, 2, 1), "已经围挡", **by)
        record = office.publish(at=moment(2026, 10, 2, 1))
        actions.add_entry(case, EntryKind.FIRST, moment(2026, 10, 2, 1), "已经围挡", record=record, **by)
        with pytest.raises(RuleBroken, match="回应不等于解决"):
            actions.close_case(case, **by)
        actions.add_entry(case, EntryKind.ACTION, moment(2026, 10, 2, 2), "路面修复", **by)
        assert actions.close_case(case, **by).state == CaseState.CLOSED

    def test_the_clock_stops_when_the_public_could_read_it_and_not_when_a_clerk_says_so(self, office):
        case, by = self.case(office), {"by": office.office, "at": moment(2026, 10, 4, 9)}
        actions.grade_case(case, Grade.COMMON, office.agency, **by)
        record = office.publish(at=moment(2026, 10, 4, 8).replace(second=40))
        for when, said in (
            (moment(2026, 10, 3, 20), r"早于那件信息公开的2026-10-04 08:00.*请填公开的时刻"),
            (moment(2026, 10, 1, 22, 59), r"早于这件舆情的起点2026-10-01 23:00"),
            (moment(2026, 10, 4, 9, 1), "时刻还没有到"),
        ):
            for kind in (EntryKind.FIRST, EntryKind.FURTHER):
                with pytest.raises(RuleBroken, match=said):
                    actions.add_entry(case, kind, when, "已经围挡", record=record, **by)
        actions.add_entry(case, EntryKind.FIRST, moment(2026, 10, 4, 8), "已经围挡", record=record, **by)
        actions.add_entry(case, EntryKind.ACTION, moment(2026, 10, 1, 23), "抢修", **by)
        actions.close_case(case, **by)
        with pytest.raises(RuleBroken, match=r"已经办结.*续报"):
            actions.add_entry(case, EntryKind.FURTHER, by["at"], "通车", record=record, **by)
        actions.add_entry(case, EntryKind.REVIEW, by["at"], "迟了一天：值班没有交接。", **by)
        assert list(case.entries.values_list("kind", flat=True)) == ["action", "first", "review"]

    def test_nothing_is_found_before_it_happened(self, office):
        with pytest.raises(RuleBroken, match="事发晚于监测发现"):
            actions.open_case(
                "塌陷",
                "论坛",
                office.agency,
                detected_at=AT - timedelta(hours=2),
                happened_at=AT - timedelta(hours=1),
                by=office.office,
                at=AT,
            )

    def test_a_changed_grade_stays_in_sight(self, office, client, now):
        case, by = self.case(office), {"by": office.office, "at": moment(2026, 10, 2, 5)}
        actions.grade_case(case, Grade.GRAVE, office.agency, **by)
        client.force_login(office.office)
        assert "级别改过" not in text_of(client.get(case.get_absolute_url()))
        actions.grade_case(case, Grade.COMMON, office.agency, **by)
        page = text_of(client.get(case.get_absolute_url()))
        assert "级别改过" in page and page.index("定为重大") < page.index("定为一般")

    def test_clerks_do_not_see_them(self, office, client):
        case = self.case(office)
        client.force_login(office.clerk)
        assert client.get(case.get_absolute_url()).status_code == 403


class TestEvents:
    def event(self, office, publish=True, **options):
        values = {
            "title": "自来水厂开放日",
            "place": "城西水厂",
            "starts_at": moment(2026, 9, 20, 9),
            "ends_at": moment(2026, 9, 20, 11),
            "seats": 2,
            "signup_until": moment(2026, 9, 15, 18),
        }
        event = actions.hold_event(office.agency, EventKind.OPEN_DAY, values | options, by=office.clerk, at=AT)
        if publish:
            office.sign(actions.draft_notice(event, by=office.clerk, at=AT), at=AT)
        return Event.objects.get(pk=event.pk)

    def sign(self, event, count):
        return [
            actions.sign_up(event, {"name": f"甲{n}", "reach": "0571-00000001"}, at=NEXT) for n in range(count)
        ]

    def test_never_more_than_the_seats_and_those_who_wait_move_up(self, office):
        event = self.event(office)
        made = self.sign(event, 4)
        assert [one.state for one, _ in made] == [
            SignupState.IN,
            SignupState.IN,
            SignupState.WAITING,
            SignupState.WAITING,
        ]
        actions.cancel_signup(made[0][0], at=NEXT)
        assert Signup.objects.get(pk=made[2][0].pk).state == SignupState.IN
        actions.save_event(event, {"seats": 3}, by=office.clerk, at=NEXT)
        assert event.signups.filter(state=SignupState.IN).count() == 3
        with pytest.raises(RuleBroken, match="不能减少"):
            actions.save_event(event, {"seats": 1}, by=office.clerk, at=NEXT)

    def test_from_the_notice_to_the_end(self, office, client, now):
        event = self.event(office, publish=False)
        form = reverse("public:event_sign_up", args=[event.pk])
        assert client.get(form).status_code == 404
        office.sign(actions.draft_notice(event, by=office.clerk, at=AT), at=AT)
        event = Event.objects.get(pk=event.pk)
        now(NEXT)
        notice = text_of(client.get(event.record.get_absolute_url()))
        assert "我要报名" in notice and "名额：2人" in notice
        page = text_of(client.post(form, {"name": "甲", "reach": "0571-00000001"}, follow=True))
        code = next(part for part in page.split('class="secret">') if part[4:5] == "-").partition("<")[0]
        look = {"number": Signup.objects.get().number, "code": code}
        assert "已报上" in page and "取消报名" in text_of(client.post(reverse("public:letter_look"), look))
        assert "已取消" in text_of(client.post(reverse("public:letter_look"), look | {"cancel": "1"}))
        now(moment(2026, 9, 15, 18, 1))
        assert client.post(form, {"name": "乙", "reach": "0571-00000001"}).status_code == 400
        with pytest.raises(RuleBroken, match="没有结束"):
            actions.finish_event(event, 1, "没有收到意见", by=office.clerk, at=moment(2026, 9, 16))
        actions.finish_event(event, 1, "没有收到意见", by=office.clerk, at=moment(2026, 9, 21))
        now(moment(2026, 9, 22))
        assert "没有收到意见" in text_of(client.get(event.record.get_absolute_url()))
        later = event.ends_at + timedelta(days=31)
        assert "1个报名" in jobs.erase(on=later.date(), at=later) and Signup.objects.get().contact == {}

    def test_who_looks_for_an_event_finds_first_what_takes_and_comes_next(self, office, client, now):
        days = {"近的": 20, "远的": 25, "报完的": 15, "办过的": 5}
        for title, day in days.items():
            times = {"starts_at": moment(2026, 9, day, 9), "ends_at": moment(2026, 9, day, 11)}
            until = {"报完的": 9, "办过的": 4}.get(title, 12)
            self.event(office, title=title, **times, signup_until=moment(2026, 9, until, 17))
        now(moment(2026, 9, 10, 9))
        page = text_of(client.get(reverse("public:events")))
        wanted = ["正在报名", "近的", "远的", "将要举办", "报完的", "办过的</h2>", ">办过的</a>"]
        assert sorted(wanted, key=page.index) == wanted
        now(moment(2026, 10, 10, 9))
        page = text_of(client.get(reverse("public:events")))
        assert "正在报名" not in page and "将要举办" not in page and page.index("远的") < page.index("近的")

    def test_the_calendar_holds_the_hours_of_what_is_announced_and_to_come(self, office, client, now):
        hidden = self.event(office, publish=False, title="没有公告的")
        event = self.event(office, title="水厂,开放日")
        now(NEXT)
        answer = client.get(reverse("public:events_ics"))
        whole = answer.content.replace(b"\r\n ", b"").decode()
        assert answer["Content-Type"].startswith("text/calendar") and whole.count("BEGIN:VEVENT") == 1
        # 上海的九点到十一点,写成世界时
        assert "DTSTART:20260920T010000Z\r\nDTEND:20260920T030000Z" in whole and "LOCATION:城西水厂" in whole
        assert "水厂\\,开放日" in whole and "报名到" in whole
        assert client.get(reverse("public:event_ics", args=[event.pk])).status_code == 200
        assert client.get(reverse("public:event_ics", args=[hidden.pk])).status_code == 404
        now(moment(2026, 9, 21))
        assert "BEGIN:VEVENT" not in client.get(reverse("public:events_ics")).content.decode()

    def test_desk_pages(self, office, client, now):
        client.force_login(office.clerk)
        given = {
            "kind": "open_day",
            "agency": office.agency.pk,
            "title": "消防站开放日",
            "place": "城东",
            "selection": "first",
            "starts_at": "2026-09-20T09:00",
            "ends_at": "2026-09-20T08:00",
            "seats": "10",
            "signup_until": "2026-09-15T18:00",
        }
        url = reverse("desk:engagement_new_event")
        assert client.post(url, given).status_code == 422
        assert client.post(url, given | {"ends_at": "2026-09-20T11:00"}).status_code == 302
        event = Event.objects.get()
        assert client.post(reverse("desk:engagement_notice", args=[event.pk])).status_code == 302
        assert "消防站开放日" in text_of(client.get(reverse("desk:engagement_events")))
        assert "起草公告" not in text_of(client.get(event.get_absolute_url()))
