"""网页:公众看得到什么、看不到什么,清单跟着回答变;工作台一步步走通;发布程序知道哪些网页变了。"""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from lxml import html

from gongkai.engagement.models import Letter
from gongkai.engagement.terms import LetterState
from gongkai.law.engagement import LetterKind
from gongkai.org.models import LogEntry
from gongkai.policies import actions as policies
from gongkai.services import actions, listing
from gongkai.services.models import Guide, Matter, Reminder
from gongkai.services.terms import FaqState
from tests.policies import cure
from tests.records.office import Office
from tests.services.office import AT, NEXT, SOUND, draft, live, matter

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return Office("MH0122", "明湖区市场监督管理局")


@pytest.fixture(autouse=True)
def now(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NEXT)


def text_of(response):
    return response.content.decode()


def page(client, name, *args, **given):
    return text_of(client.get(reverse(f"public:{name}", args=args), given))


class TestPublic:
    def test_the_checklist_follows_the_answers(self, client, office):
        guide = live(office)
        plain = page(client, "service_guide", guide.pk)
        assert "布局图" in plain and "看情况" in plain and "营业执照" in plain
        assert "布局图" not in page(client, "service_guide", guide.pk, **{"a-food": "饮品"})
        hot = page(client, "service_guide", guide.pk, **{"a-food": "热食"})
        assert "布局图" in hot and "看情况" not in hot
        printed = page(client, "service_guide_print", guide.pk, **{"a-food": "饮品", "large": "1"})
        assert "布局图" not in printed and 'class="large"' in printed and "<svg" in printed
        assert "2026年9月14日" in page(client, "service_guide", guide.pk, start="2026-09-02")

    def test_a_cooperation_without_news_says_so(self, client, office):
        for name, at in (
            ("新的备案", NEXT),
            ("旧的备案", NEXT - timedelta(days=91)),
            ("刚好的备案", NEXT - timedelta(days=90)),
        ):
            values = {"name": name, "circle": "provinces", "mode": "whole", "area": "全国", "handled": 1}
            values["launched_on"] = date(2026, 1, 1)
            actions.put_cooperation(office.agency, values, by=office.clerk, at=at)
        shown = html.fromstring(page(client, "service_cooperation"))
        marked = [
            row.text_content() for row in shown.xpath("//tbody/tr") if "90日以上没有更新" in row.text_content()
        ]
        assert len(marked) == 1 and "旧的备案" in marked[0]
        assert "有1项超过90日没有更新进展" in "".join(shown.text_content().split())
        assert reverse("public:service_cooperation") not in listing.standing(), "随日子变的不写成文件"

    def test_a_draft_is_nowhere_and_a_cancelled_one_says_why(self, client, office):
        guide = draft(office, name="秘密的草稿")
        for name in ("services", "service_guides", "service_complaints", "service_fees"):
            assert "秘密的草稿" not in page(client, name)
        assert client.get(reverse("public:service_guide", args=[guide.pk])).status_code == 404
        guide = live(office)
        actions.pause_guide(guide, "系统升级。", by=office.head, at=NEXT)
        assert "系统升级" in page(client, "service_guide", guide.pk)
        actions.cancel_guide(guide, "下放到镇。", by=office.head, at=NEXT)
        gone = client.get(reverse("public:service_guide", args=[guide.pk]))
        assert gone.status_code == 410 and "下放到镇" in text_of(gone)
        assert guide.name not in page(client, "service_guides")

    def test_found_by_word_theme_and_audience(self, client, office):
        live(office)
        for given, found in (
            ({"q": "食品"}, True),
            ({"q": "户口"}, False),
            ({"audience": "business"}, True),
            ({"theme": "premises"}, True),
            ({"audience": "person"}, False),
        ):
            assert ("食品经营许可</a>" in page(client, "service_guides", **given)) is found, given

    def test_a_question_shows_once_it_is_confirmed(self, client, office):
        guide = live(office)
        one = actions.propose_faq(guide, "要多久呢？", "八天。", by=office.clerk, at=AT)
        assert "要多久呢" not in page(client, "service_questions") + page(client, "service_guide", guide.pk)
        actions.confirm_faq(one, FaqState.SHOWN, by=office.head, at=AT)
        assert "要多久呢" in page(client, "service_questions", q="多久") and "要多久呢" in page(
            client, "service_guide", guide.pk
        )

    def test_a_matter_from_its_questions_to_the_printed_list(self, client, office):
        first, second = live(office, name="甲登记"), live(office, name="乙许可")
        food = {"key": "food", "text": "经营什么", "options": ["热食", "饮品"]}
        one = matter(office, (first, second), situations=[food], when={"乙许可": {"food": ["热食"]}})
        assert "还没有答" not in page(client, "service_matter", one.pk, **{"a-food": "饮品"})
        text = page(client, "service_matter", one.pk, **{"a-food": "饮品"})
        assert "不用办的" in text and "招牌另办" in text
        assert "一共带什么" in page(client, "service_matter_print", one.pk)
        assert one.title in page(client, "service_guide", first.pk)
        actions.end_matter(one, "省里统一。", by=office.head, at=NEXT)
        assert client.get(one.get_absolute_url()).status_code == 410

    def test_the_handbook_says_when_it_is_old(self, client, office):
        guide = live(office)
        made = actions.make_handbook("一本通", "明湖区", by=office.office, at=AT)
        assert "这是旧版" not in page(client, "service_handbook")
        for kind, start in (("pdf", b"%PDF"), ("epub", b"PK")):
            answer = client.get(reverse(f"public:service_handbook_{kind}", args=[made.number]))
            assert answer.content.startswith(start) and "attachment" in answer["Content-Disposition"]
        actions.pause_guide(guide, "停。", by=office.head, at=NEXT)
        actions.save_draft(guide, {"hours": "改"}, by=office.clerk, at=NEXT)
        actions.publish_guide(guide, "改了。", by=office.head, at=NEXT)
        assert "这是旧版" in page(client, "service_handbook")
        actions.withdraw_handbook(made, "印错。", by=office.office, at=NEXT)
        assert client.get(reverse("public:service_handbook_pdf", args=[made.number])).status_code == 404

    def test_the_days_of_a_certificate_and_its_calendar(self, client):
        url = reverse("public:service_certificate", args=["food"])
        assert "2026年12月10日" in text_of(client.get(url, {"ends_on": "2026-12-31"}))
        wrong = client.get(url, {"ends_on": "2026-12-31", "issued_on": "2027-01-01"})
        assert wrong.status_code == 400 and "不晚于发证" in text_of(wrong)
        days = client.get(reverse("public:service_certificate_days", args=["food"]), {"ends_on": "2026-12-31"})
        assert "BEGIN:VEVENT" in text_of(days) and days["Cache-Control"] == "no-store"
        assert client.get(reverse("public:service_certificate", args=["business-licence"])).status_code == 404

    def test_a_reminder_without_an_account(self, client):
        url = reverse("public:service_remind", args=["food"])
        given = {"ends_on": "2026-12-31", "way": "station", "consents": "on"}
        sent = text_of(client.post(url, given, follow=True))
        number = Reminder.objects.get().number
        code = sent.rpartition('class="secret">')[2].partition("<")[0]
        assert number in sent and "站内信的查询码" in sent
        look = reverse("public:service_reminder")
        assert client.post(look, {"number": number, "code": "AAAA"}).status_code == 404
        shown = text_of(client.post(look, {"number": number, "code": code, "ends_on": "2030-12-31"}))
        assert "到期日已经改好" in shown and Reminder.objects.get().ends_on == date(2030, 12, 31)
        assert "已经停掉" in text_of(client.post(look, {"number": number, "code": code, "stop": "1"}))
        assert not Reminder.objects.exists()


class TestDesk:
    def test_from_a_new_guide_to_the_public_page(self, client, office):
        client.force_login(office.clerk)
        given = {"agency": office.agency.pk, "name": "测试事项", "item_type": "public"}
        client.post(reverse("desk:services_new"), given)
        guide = Guide.objects.get()
        edit = reverse("desk:services_edit", args=[guide.pk, "materials"])
        rows = {
            "situations-TOTAL_FORMS": 1,
            "situations-INITIAL_FORMS": 0,
            "situations-0-text": "谁来办",
            "situations-0-options": "本人，托人",
            "materials-TOTAL_FORMS": 1,
            "materials-INITIAL_FORMS": 0,
            "materials-0-name": "身份证",
            "materials-0-originals": 1,
        }
        answer = client.post(edit, rows | {"seen": guide.mark, "again": "1"})
        assert answer.status_code == 302 and answer["Location"] == edit
        guide.refresh_from_db()
        assert guide.draft.situations == [{"key": "s1", "text": "谁来办", "options": ["本人", "托人"]}]
        rows |= {"situations-0-key": "s1", "materials-0-when": "s1|托人", "seen": guide.mark}
        client.post(edit, rows)
        assert guide.draft.material_rows[0].when == {"s1": ["托人"]}
        stale = client.post(edit, rows)
        assert stale.status_code == 422 and "最新的稿子" in text_of(stale)
        shown = text_of(client.get(reverse("desk:services_guide", args=[guide.pk])))
        assert "没有受理条件" in shown and "一行写一条" in shown
        actions.save_draft(guide, SOUND | {"name": "测试事项"}, by=office.clerk, at=AT)
        client.force_login(office.head)
        act = reverse("desk:services_act", args=[guide.pk, "publish"])
        guide.refresh_from_db()
        assert client.post(act, {"seen": guide.mark}).status_code == 302
        assert "测试事项" in page(client, "service_guides")

    def test_lists_forms_and_exports(self, client, office):
        guide = live(office)
        actions.save_draft(guide, {"hours": "周六"}, by=office.clerk, at=NEXT)
        matter(office, (guide, live(office, name="乙许可")))
        client.force_login(office.office)
        for name in (
            "guides",
            "overview",
            "matters",
            "intermediaries",
            "fees",
            "cooperation",
            "handbooks",
            "links",
            "new",
            "import",
            "new_matter",
            "put_intermediaries",
            "put_fees",
            "put_cooperation",
            "make_handbook",
        ):
            assert client.get(reverse(f"desk:services_{name}")).status_code == 200, name
        assert "周六" in text_of(client.get(reverse("desk:services_changes", args=[guide.pk])))
        table = b"".join(
            client.get(reverse("desk:services_guides"), {"format": "csv", "only": "draft"}).streaming_content
        ).decode()
        assert "食品经营许可" in table and "乙许可" not in table
        made = Matter.objects.get()
        for name in ("matter", "edit_matter", "situations", "part"):
            assert client.get(reverse(f"desk:services_{name}", args=[made.pk])).status_code == 200, name
        home = text_of(client.get(reverse("desk:home")))
        assert "待公布的指南" in home

    def test_a_list_row_is_put_changed_and_taken_off(self, client, office):
        client.force_login(office.clerk)
        put = reverse("desk:services_put_fees")
        given = {"agency": office.agency.pk, "name": "工本费", "standard": "5元", "basis": "文件"}
        assert client.post(put, given).status_code == 302
        assert "已经有" in text_of(client.post(put, given))
        row = office.agency.fee_items.get()
        client.post(f"{put}?row={row.pk}", given | {"standard": "6元"})
        assert "6元" in page(client, "service_fees")
        client.post(reverse("desk:services_remove", args=["fees", row.pk]), {"why": "不收了"})
        assert "6元" not in page(client, "service_fees")


def letter(office, number, title, reply="办好以后公开。", agency=None):
    """A letter that was answered and is public."""
    return Letter.objects.create(
        kind=LetterKind.CONSULT,
        agency=agency or office.agency,
        number=number,
        code="x",
        title=title,
        text="密",
        consents_content=True,
        received_at=AT,
        due_on=AT.date(),
        state=LetterState.REPLIED,
        shown_title=title,
        shown_text="某",
        shown_reply=reply,
        published_at=AT,
    )


def test_questions_come_from_letters_and_wait_for_a_person(client, office):
    guide, other = live(office), Office("MH05", "明湖区白鹭镇人民政府")
    for number in range(3):
        letter(office, f"L{number}", "咨询开小吃店怎样办食品经营许可", f"第{number}个答复。")
    letter(office, "L7", "食品经营许可证丢了怎样补")
    letter(office, "L8", "公园的路灯不亮")
    letter(other, "L-900009", "食品经营许可要多久")
    hidden = letter(office, "L-600006", "咨询开小吃店怎样办食品经营许可")
    Letter.objects.filter(pk=hidden.pk).update(published_at=None)
    client.force_login(office.clerk)
    assert "来信问得多，还没有常见问题" in text_of(client.get(reverse("desk:home")))
    shown = text_of(client.get(reverse("desk:services_letters", args=[guide.pk])))
    assert (
        "3封" in shown
        and "丢了怎样补" in shown
        and "路灯" not in shown
        and "L-900009" not in shown
        and "L-600006" not in shown
    )
    new = reverse("desk:services_new_faq", args=[guide.pk])
    assert "来信L2等3封" in text_of(client.get(new, {"letter": "L0"}))
    given = {"question": "开小吃店怎样办？", "answer": "先办执照。", "source": "来信L2等3封"}
    client.post(new, given)
    assert "L2" not in text_of(client.get(reverse("desk:services_letters", args=[guide.pk])))
    assert "开小吃店怎样办" not in page(client, "service_questions")
    assert guide.faqs.get().state == FaqState.PROPOSED
    faq = actions.confirm_faq(guide.faqs.get(), FaqState.SHOWN, by=office.head, at=AT)
    written = Letter.objects.get(number="L2")
    assert "开小吃店怎样办" in text_of(client.get(reverse("public:letter", args=[written.pk])))
    mended = f"{new}?faq={faq.pk}"
    assert "先办执照。" in text_of(client.get(mended))
    assert "先办执照。" not in text_of(client.get(f"{new}?faq={'9' * 80}"))
    client.post(mended, given | {"answer": "先办执照，再办许可。"})
    assert guide.faqs.get(state=FaqState.PROPOSED).replaces == faq
    assert f"?faq={faq.pk}" in text_of(client.get(reverse("desk:services_guide", args=[guide.pk])))


def test_several_are_done_at_once_and_each_says_how_it_went(client, office):
    ready, own = draft(office, name="甲登记"), draft(office, name="乙登记")
    own.versions.update(saved_by=office.head)
    faulty, done = draft(office, name="丙登记", conditions=""), live(office, name="丁登记")
    client.force_login(office.head)
    url, rows = reverse("desk:services_many"), [one.pk for one in (ready, own, faulty, done)]
    assert client.post(url, {"act": "publish"}).status_code == 302
    asked = text_of(client.post(url, {"act": "publish", "pk": rows}))
    for said in ("下面1份", "您自己起草的", "处要改：没有受理条件", "没有草稿"):
        assert said in asked
    assert not Guide.objects.filter(pk=ready.pk, state="live").exists()
    given = {"act": "publish", "pk": rows, "confirmed": "1", "change_note": ""}
    unseen = text_of(client.post(url, given | {"seen": ["列出以后又改过"]}))
    assert "不是最新" in unseen and not Guide.objects.filter(pk=ready.pk, state="live").exists()
    marks = [Guide.objects.get(pk=pk).mark for pk in rows]
    result = text_of(client.post(url, given | {"seen": marks}))
    assert "办好了" in result and Guide.objects.get(pk=ready.pk).state == "live"
    unsaid = client.post(url, {"act": "pause", "pk": [done.pk], "confirmed": "1", "why": ""})
    assert unsaid.status_code == 422 and Guide.objects.get(pk=done.pk).state == "live"
    client.force_login(office.clerk)
    assert client.post(url, {"act": "pause", "pk": rows}).status_code == 403
    marks = [Guide.objects.get(pk=pk).mark for pk in rows]
    assert client.post(url, {"act": "verify", "pk": rows, "confirmed": "1", "seen": marks}).status_code == 200
    assert Guide.objects.get(pk=done.pk).verified_on == NEXT.date()


def test_the_same_item_elsewhere_stands_side_by_side(client, office):
    live(office)
    mine = live(Office("MH05", "明湖区白鹭镇人民政府"), promise_n=10, power="delegated")
    client.force_login(office.office)
    shown = text_of(client.get(reverse("desk:services_guide", args=[mine.pk])))
    assert "别处的同一事项" in shown and "<strong>8个工作日</strong>" in shown


def test_the_publisher_is_told_which_pages_change(office):
    guide = live(office)
    one = matter(office, (guide, live(office, name="乙许可")))
    actions.save_draft(guide, {"hours": "改"}, by=office.clerk, at=NEXT)
    assert listing.by_entry(LogEntry.objects.latest("seq")) == set()
    actions.publish_guide(guide, "改了。", by=office.head, at=NEXT)
    told = listing.by_entry(LogEntry.objects.latest("seq"))
    wanted = {
        guide.get_absolute_url(),
        one.get_absolute_url(),
        reverse("public:service_handbook"),
        reverse("public:services"),
    }
    assert wanted <= told and told <= listing.standing()


def test_a_guide_tells_what_it_brings_and_the_publisher_knows(client):
    """The card leads to the guide, and the guide to what can be had by it."""
    office = Office("MH0107", "明湖区民政局")
    guide = live(office)
    made = cure.measure(office, guide=guide.get_absolute_url())
    card, shown = page(client, "clinic_card", made.pk), page(client, "service_guide", guide.pk)
    assert f'href="{guide.get_absolute_url()}"' in card and "看指南，去办理" in card
    assert "依据哪项政策，给多少" in shown and f'href="{made.get_absolute_url()}"' in shown
    entry = LogEntry.objects.filter(action="policies.measure_publish").get()
    assert guide.get_absolute_url() in listing.by_entry(entry) <= listing.standing()
    policies.end_measure(made, "资金用完", by=office.head, at=NEXT)
    assert "依据哪项政策，给多少" not in page(client, "service_guide", guide.pk)


def test_what_the_units_look_up_need_not_be_brought(client, office):
    values = SOUND | {
        "situations": [],
        "materials": [{"name": "居民身份证", "source": "agency", "need": "shared"}],
    }
    guide = live(office, **values)
    shown = page(client, "service_guide", guide.pk)
    assert "不用带材料" in shown and "没有写材料" not in shown and "居民身份证" in shown
