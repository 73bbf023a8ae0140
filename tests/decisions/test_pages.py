"""决策和会议的页面:公众提意见、查处理、看全过程,工作台办一卷;目录和会议走一遍。"""

from datetime import date

import pytest
from django.urls import reverse

from gongkai.decisions import actions
from gongkai.decisions.models import CatalogueYear, Consultation, Dossier, Meeting, Opinion
from gongkai.decisions.terms import ItemState, Ruling, YearStage
from gongkai.law.consultation import Disposition
from gongkai.law.errors import RuleBroken
from gongkai.org.models import Agency, LogEntry, Membership, User
from tests.decisions.office import AFTER, START, Council
from tests.records.office import moment

pytestmark = pytest.mark.django_db
NOON = moment(2026, 9, 15, 12)


@pytest.fixture
def council():
    return Council()


@pytest.fixture
def now(monkeypatch):
    """Sets what the views take for the present moment."""
    from django.utils import timezone

    def put(at):
        monkeypatch.setattr(timezone, "now", lambda: at)

    put(NOON)
    return put


def text_of(response):
    return response.content.decode()


class TestPublic:
    def test_an_opinion_from_the_notice_to_its_answer(self, council, client, now):
        one = council.round(council.dossier(), focus="补多少合适？\n谁来送餐？")
        page = text_of(client.get(one.get_absolute_url()))
        assert "还有16天" in page and "补多少合适" in page and "首日不计30日" in page
        form = reverse("public:opinion", args=[one.pk])
        assert client.post(form, {"text": ""}).status_code == 400
        given = {"text": "送餐上门要快。", "article": "第五条", "name": "张某", "email": "a@example.org"}
        sent = client.post(form, given, follow=True)
        opinion = Opinion.objects.get()
        assert opinion.number in text_of(sent) and "a@example.org" not in text_of(sent)
        code = next(word for word in text_of(sent).split("<strong>") if "-" in word[:6]).partition("<")[0]
        look = {"number": opinion.number, "code": code}
        assert "正在研究" in text_of(client.post(reverse("public:opinion_look"), look))
        assert client.post(reverse("public:opinion_look"), look | {"code": "AAAA-AAAA-AAAA"}).status_code == 404
        assert client.post(reverse("public:opinion_look"), look | {"number": "无"}).status_code == 404
        actions.answer(
            one,
            [opinion.pk],
            Disposition.PARTLY,
            reason="先在两个镇试。",
            shown="送餐要快。",
            by=council.office.clerk,
            at=AFTER,
        )
        now(AFTER)
        assert "正在逐条研究" in text_of(client.get(one.get_absolute_url()))
        assert client.post(form, given).status_code == 400, "截止以后不收"
        assert "已经截止" in text_of(client.get(form))
        result = council.feed_back(Consultation.objects.get(pk=one.pk), at=AFTER)
        shown = text_of(client.get(result.get_absolute_url()))
        assert "送餐要快" in shown and "先在两个镇试" in shown and "张某" not in shown
        assert "部分采纳" in text_of(client.post(reverse("public:opinion_look"), look))
        listed = text_of(client.get(reverse("public:consultations") + "?list=ended"))
        assert result.get_absolute_url() in listed

    def test_before_the_notice_is_public_there_is_nothing(self, council, client, now):
        one = council.round(council.dossier(), publish=False)
        assert client.get(reverse("public:opinion", args=[one.pk])).status_code == 404
        assert str(one) not in text_of(client.get(reverse("public:consultations")))

    def test_the_whole_course_names_what_is_missing(self, council, client, now):
        dossier = council.dossier()
        council.round(dossier)
        page = text_of(client.get(dossier.get_absolute_url()))
        assert "应当公开3样，已经公开1样" in page and "采纳情况还没有" in page and "正在征求意见" in page
        assert str(dossier) in text_of(client.get(reverse("public:decisions")))
        waiting = council.dossier(start=False, title="还没有启动的")
        assert client.get(waiting.get_absolute_url()).status_code == 404

    def test_the_same_form_is_taken_in_once(self, council, client, now):
        one = council.round(council.dossier())
        form = reverse("public:opinion", args=[one.pk])
        given = {"text": "再建一个助餐点。", "once": "a" * 24}
        first, second = client.post(form, given), client.post(form, given)
        assert (first.status_code, second.status_code, Opinion.objects.count()) == (302, 302, 1)

    def test_too_many_from_one_address(self, council, client, now):
        one = council.round(council.dossier())
        form = reverse("public:opinion", args=[one.pk])
        answers = {client.post(form, {"text": f"第{n}条意见"}).status_code for n in range(21)}
        assert answers == {302, 429} and Opinion.objects.count() == 20


class TestDesk:
    def test_pages_of_a_dossier_say_what_is_lacking(self, council, client, now):
        dossier = council.dossier(risky=True)
        client.force_login(council.office.clerk)
        page = text_of(client.get(reverse("desk:decisions_dossier", args=[dossier.pk])))
        assert "没有风险评估" in page and "第二十二条" in page and f'"{dossier.get_absolute_url()}"' in page
        waiting = council.dossier(start=False)
        page = text_of(client.get(reverse("desk:decisions_dossier", args=[waiting.pk])))
        assert f'"{waiting.get_absolute_url()}"' not in page, "公众还看不到"
        form = text_of(client.get(reverse("desk:decisions_edit", args=[dossier.pk])))
        label = form.partition('<label class="choice" for="id_risky">')[2].partition("</label>")[0]
        assert "checkbox" in label and "checked" in label, "勾的框在它的字前面"
        url = reverse("desk:decisions_enter", args=[dossier.pk, "participation"])
        data = {"on": "2026-09-10", "way": "座谈会", "who": "老人12人", "summary": "支持", "seen": dossier.mark}
        assert client.post(url, data | {"who": ""}).status_code == 422
        assert client.post(url, data).status_code == 302
        assert "老人12人" in text_of(client.get(reverse("desk:decisions_dossier", args=[dossier.pk])))
        step = reverse("desk:decisions_step", args=[dossier.pk, "hand_in"])
        refused = client.post(step, {"seen": council.fresh(dossier).mark})
        assert refused.status_code == 422 and "没有风险评估" in text_of(refused)

    def test_opinions_are_answered_together_and_the_reading_of_a_contact_is_logged(self, council, client, now):
        one = council.round(council.dossier())
        pks = [actions.send_opinion(one, f"意见{n}", at=NOON, contact={"name": "张某某"})[0].pk for n in range(3)]
        client.force_login(council.office.clerk)
        url = reverse("desk:decisions_opinions", args=[one.pk])
        assert "没有处理3条" in text_of(client.get(url))
        answer = {"opinion": pks[:2], "disposition": "rejected", "shown": "建议", "reason": ""}
        assert client.post(url, answer).status_code == 422 and not one.opinions.exclude(disposition="").exists()
        assert client.post(url, answer | {"reason": "财力不够"}).status_code == 302
        assert one.opinions.filter(disposition="rejected").count() == 2
        assert "意见2" in text_of(client.get(url + "?state=none")) and "意见0" not in text_of(
            client.get(url + "?state=none")
        )
        page = reverse("desk:decisions_opinion", args=[pks[0]])
        assert "张某某" not in text_of(client.get(page))
        assert "张某某" in text_of(client.post(reverse("desk:decisions_contact", args=[pks[0]])))
        assert LogEntry.objects.filter(action="decisions.personal").count() == 1
        rows = b"".join(client.get(url + "?format=csv").streaming_content).decode()
        assert "意见1" in rows and "张某某" not in rows

    def test_a_round_from_draft_to_extension(self, council, client, now):
        dossier = council.dossier()
        client.force_login(council.office.clerk)
        url = reverse("desk:decisions_new_round", args=[dossier.pk])
        page = text_of(client.get(url))
        assert 'value="2026-10-15"' in page, "首日不计三十日"
        given = {
            "title": "关于征求意见的公告",
            "draft": "第一条",
            "explanation": "说明",
            "end_on": "2026-10-15",
            "media": "政府网站",
        }
        assert client.post(url, given).status_code == 302
        one = Consultation.objects.get()
        council.office.sign(one.record.draft, at=NOON)
        extend = reverse("desk:decisions_extend", args=[one.pk])
        assert client.post(extend, {"until": "2026-10-01", "reason": "早"}).status_code == 422
        assert client.post(extend, {"until": "2026-10-20", "reason": "应居民要求"}).status_code == 302
        assert "应居民要求" in text_of(client.get(one.get_absolute_url()))
        assert "第1轮征求意见" in text_of(client.get(reverse("desk:decisions_round", args=[one.pk])))

    def test_home_tells_of_opinions_that_wait(self, council, client, now):
        one = council.round(council.dossier())
        actions.send_opinion(one, "意见", at=NOON)
        client.force_login(council.office.clerk)
        assert "待处理的意见" in text_of(client.get(reverse("desk:home")))
        now(AFTER)
        client.force_login(council.office.clerk)
        assert "待公布的采纳情况" in text_of(client.get(reverse("desk:home")))


class TestCatalogue:
    def items(self, council, year, *titles):
        given = {
            "lead": council.office.agency,
            "procedures": ["participation", "legality"],
            "planned_on": date(2027, 6, 30),
        }
        return [
            actions.add_item(year, given | {"title": one}, by=council.office.clerk, at=START) for one in titles
        ]

    def test_from_the_call_to_the_end_of_the_year(self, council, client, now):
        clerk, head = council.office.clerk, council.office.head
        year = actions.open_year(council.government, 2027, by=clerk, at=START, call_until=date(2026, 9, 30))
        sent = client.post(
            reverse("public:decision_propose"), {"title": "夜间公交", "problem": "下班没有车"}, follow=True
        )
        proposal = year.proposals.get()
        assert proposal.number in text_of(sent)
        first, second = self.items(council, year, "夜间公交优化方案", "停车收费调整")
        with pytest.raises(RuleBroken, match="没有写理由"):
            actions.rule(proposal, Ruling.REJECTED, "", by=head, at=START)
        actions.rule(proposal, Ruling.TAKEN, "", item=first, by=head, at=START)
        with pytest.raises(RuleBroken, match="第三条第三款"):
            actions.save_year(year, {"meeting": "区政府第12次常务会议"}, by=clerk, at=START)
            actions.draft_catalogue(year, by=clerk, at=START)
        actions.save_year(year, {"party_consent_on": date(2026, 12, 1)}, by=clerk, at=START)
        government = Agency.objects.get(code="MH0100")
        edition = actions.draft_catalogue(year, by=clerk, at=START)
        assert edition.record.agency == government and "夜间公交优化方案" in edition.text
        council.office.people["records"] = clerk
        self.publish(council, edition)
        year = CatalogueYear.objects.get(pk=year.pk)
        assert year.stage == YearStage.PUBLISHED
        page = reverse("public:decision_catalogue", args=[2027])
        assert "停车收费调整" in text_of(client.get(page)) and "停车收费调整" in text_of(
            client.get(page + "?format=csv")
        )
        with pytest.raises(RuleBroken, match="谁批准"):
            actions.change_item(second, {"title": "停车收费优化"}, by=clerk, at=AFTER)
        actions.change_item(
            second, {"title": "停车收费优化"}, reason="范围缩小", approved_by="第20次常务会议", by=clerk, at=AFTER
        )
        assert "范围缩小" in text_of(client.get(page))
        with pytest.raises(RuleBroken, match="还没有结果"):
            actions.close_year(year, "说明", by=head, at=AFTER)
        with pytest.raises(RuleBroken, match=r"没有已经公布的决策卷.*请在说明里写决策文件的文号"):
            actions.settle_item(first, ItemState.DECIDED, "", by=clerk, at=AFTER)
        actions.settle_item(first, ItemState.DECIDED, "明政发〔2027〕9号，10月1日公布", by=clerk, at=AFTER)
        with pytest.raises(RuleBroken, match="没有写说明"):
            actions.settle_item(second, ItemState.CARRIED, "", by=clerk, at=AFTER)
        with pytest.raises(RuleBroken, match="取消没有写谁批准"):
            actions.settle_item(second, ItemState.DROPPED, "上级统一规定", by=clerk, at=AFTER)
        assert not second.changes.filter(kind="dropped").exists()
        actions.settle_item(second, ItemState.CARRIED, "等新的测算", by=clerk, at=AFTER)
        actions.close_year(year, "二项，一项决策，一项结转。", by=head, at=AFTER)
        carried = actions.open_year(council.government, 2028, by=clerk, at=AFTER).items.get()
        assert (carried.title, carried.carried_from.order) == ("停车收费优化", 2)

    def test_a_result_agrees_with_what_was_published(self, council, client, now):
        clerk = council.office.clerk
        year = actions.open_year(council.government, 2026, by=clerk, at=START)
        (item,) = self.items(council, year, "老年助餐")
        dossier = council.dossier(item=item)
        given = {"meeting": "第12次常务会议", "party_consent_on": date(2026, 1, 5)}
        actions.save_year(year, given, by=clerk, at=START)
        council.office.people["records"] = clerk
        self.publish(council, actions.draft_catalogue(year, by=clerk, at=START))
        client.force_login(clerk)
        page, form = (
            reverse(f"desk:decisions_{name}", args=[pk])
            for name, pk in (("year", year.pk), ("settle_item", item.pk))
        )
        assert "决定已经公布" not in text_of(client.get(page))
        assert 'value="decided" selected' not in text_of(client.get(form))
        Dossier.objects.filter(pk=dossier.pk).update(published_on=date(2026, 9, 30))
        assert "决定已经公布" in text_of(client.get(page))
        assert 'value="decided" selected' in text_of(client.get(form))
        for state in (ItemState.CARRIED, ItemState.DROPPED):
            with pytest.raises(RuleBroken, match=f"2026-09-30已经公布，不能{state.label}"):
                actions.settle_item(item, state, "等测算", approved_by="第20次常务会议", by=clerk, at=AFTER)
        actions.settle_item(item, ItemState.DECIDED, "", by=clerk, at=AFTER)
        assert "决定已经公布" not in text_of(client.get(page))

    @staticmethod
    def publish(council, edition):
        from gongkai.law.agencies import Role

        for role in (Role.SECRECY_REVIEWER, Role.FIRST_REVIEWER, Role.SECOND_REVIEWER, Role.FINAL_REVIEWER):
            person = User.objects.get(pk=council.office.people[role].pk)
            Membership.objects.get_or_create(user=person, agency=council.government, role=role)
            council.office.people[role] = person
        council.office.sign(edition, at=START)

    def test_days_that_do_not_fit_are_said(self, council, client, now):
        year = actions.open_year(council.government, 2026, by=council.office.clerk, at=START)
        client.force_login(council.office.clerk)
        given = {
            "title": "急事",
            "lead": council.office.agency.pk,
            "procedures": ["legality"],
            "planned_on": "2026-09-30",
        }
        page = client.post(reverse("desk:decisions_new_item", args=[year.pk]), given, follow=True)
        assert "迟于计划完成" in text_of(page) and "最早" in text_of(page)

    def test_without_a_call_nothing_is_taken_in(self, council, client, now):
        assert "现在没有征集" in text_of(client.get(reverse("public:decision_propose")))
        actions.open_year(council.government, 2027, by=council.office.clerk, at=START, call_until=date(2026, 9, 2))
        assert "现在没有征集" in text_of(client.get(reverse("public:decision_propose")))

    def test_a_dossier_is_opened_for_an_item_of_the_catalogue(self, council, client, now):
        clerk, office = council.office.clerk, council.office.agency
        year = actions.open_year(council.government, 2026, by=clerk, at=START)
        (item,) = self.items(council, year, "夜间公交优化方案")
        with pytest.raises(RuleBroken, match="民政局承办"):
            actions.open_dossier(
                council.government, council.government, "公交", "policy", item=item, by=clerk, at=START
            )
        client.force_login(clerk)
        url = reverse("desk:decisions_new")
        assert "2026年第1项：夜间公交优化方案" in text_of(client.get(url))
        given = {"agency": council.government.pk, "lead": office.pk, "title": str(item), "category": "policy"}
        assert client.post(url, given | {"item": item.pk}).status_code == 302
        assert item.dossiers.get().title == "夜间公交优化方案"
        assert "2026年第1项" not in text_of(client.get(url)), "一项只建一卷"


class TestMeetings:
    def hold(self, council, **options):
        values = {
            "kind": "executive",
            "term": 18,
            "number": 48,
            "held_on": date(2026, 9, 24),
            "seats": 2,
            "signup_until": moment(2026, 9, 20),
        }
        return actions.hold(council.government, values | options, by=council.office.clerk, at=START)

    def test_the_three_opinions_the_drawing_and_what_was_decided(self, council, client, now):
        clerk, meeting = council.office.clerk, self.hold(council)
        item = {
            "title": "公交调价方案",
            "reporter": council.office.agency,
            "livelihood": True,
            "invite": True,
            "invitees": "居民2人",
        }
        with pytest.raises(RuleBroken, match="是否公开"):
            actions.add_agenda(meeting, item, by=clerk, at=START)
        assert not meeting.agenda.exists()
        agenda = actions.add_agenda(meeting, item | {"opened": True, "ways": ["decisions"]}, by=clerk, at=START)
        client.force_login(clerk)
        page = text_of(client.get(reverse("desk:decisions_edit_agenda", args=[agenda.pk])))
        assert page.count('<option value="True" selected>') == 2, "改的时候原来的意见还在"
        client.logout()
        for name in ("甲某", "乙某", "丙某"):
            form = reverse("public:meeting_sign_up", args=[meeting.pk])
            sent = client.post(form, {"name": name, "phone": "0571-00000001", "kind": "普通居民"}, follow=True)
            assert sent.status_code == 200
        with pytest.raises(RuleBroken, match="没有截止"):
            actions.draw(meeting, by=clerk, at=NOON)
        secret = meeting.drawing.secret
        announced = text_of(client.get(form))
        assert meeting.drawing.commitment in announced and secret not in announced
        assert ">2026-09-20 10:00</time>；报名的多于名额" in announced and "都可以不填" not in announced, (
            "姓名和电话是必填的"
        )
        now(moment(2026, 9, 21))
        client.force_login(clerk)
        assert client.post(reverse("desk:decisions_draw", args=[meeting.pk])).status_code == 302
        drawn = list(meeting.representatives.filter(drawn=True))
        assert len(drawn) == 2
        client.logout()
        shown = text_of(client.get(reverse("public:meeting_drawing", args=[meeting.pk])))
        assert secret in shown and shown.count("抽中</span>") == 2 and "甲某" not in shown
        now(NOON)
        with pytest.raises(RuleBroken, match="已经抽选过"):
            actions.draw(meeting, by=clerk, at=moment(2026, 9, 21))
        with pytest.raises(RuleBroken, match="没有填议定事项"):
            actions.draft_minutes(meeting, by=clerk, at=AFTER)
        actions.save_agenda(agenda, {"result": "原则同意。"}, by=clerk, at=AFTER)
        with pytest.raises(RuleBroken, match="方案邀请居民2人，没有记实际谁列席"):
            actions.draft_minutes(meeting, by=clerk, at=AFTER)
        actions.save_agenda(agenda, {"differs": "代表因雨没有到会。"}, by=clerk, at=AFTER)
        assert actions.draft_minutes(meeting, by=clerk, at=AFTER)
        given = {"attended": "居民2人", "differs": "", "done_ways": ["live"]}
        actions.save_agenda(agenda, given, by=clerk, at=AFTER)
        meeting.refresh_from_db()
        edition = actions.draft_minutes(meeting, by=clerk, at=AFTER)
        assert "原则同意" in edition.text and secret in edition.text and "甲某" not in edition.text
        actions.tell_representative(drawn[0], "建议保留老人卡。", "会议采纳。", by=clerk, at=AFTER)
        client.force_login(clerk)
        assert "抽中" in text_of(client.get(meeting.get_absolute_url()))
        for role, person in council.office.people.items():
            Membership.objects.get_or_create(user=person, agency=council.government, role=role)
            council.office.people[role] = User.objects.get(pk=person.pk)
        record = council.office.sign(edition, at=AFTER)
        client.logout()
        now(AFTER)
        page = text_of(client.get(record.get_absolute_url()))
        for said in ("会前怎样打算，会上怎样办的", "打算请谁列席", "直播、会后公布议定事项", "已经告知1人"):
            assert said in page, said
        assert "老人卡" not in page

    def test_a_secret_meeting_holds_its_number_and_says_nothing(self, council, client, now):
        self.hold(council, number=46)
        secret = self.hold(council, number=48, secret_basis="涉及国家秘密")
        with pytest.raises(RuleBroken, match="依法不公开"):
            actions.draft_minutes(secret, by=council.office.clerk, at=AFTER)
        client.force_login(council.office.clerk)
        assert "缺第47次" in text_of(client.get(reverse("desk:decisions_meetings")))
        assert client.get(reverse("public:meeting_sign_up", args=[secret.pk])).status_code == 404
        with pytest.raises(RuleBroken, match="已经登记过"):
            self.hold(council)
        assert Meeting.objects.count() == 2
