"""送给单位的提问:不留 Cookie、联系方式加密、凭编号和查询码看答复、转办、答复、同意了审过才公开、到期清除联系方式。"""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from gongkai.desk import open_work, todo
from gongkai.law import params
from gongkai.law.errors import RuleBroken
from gongkai.org.models import LogEntry
from gongkai.policies.questions import ask as ask_about
from gongkai.questions import actions, contacts, faq, jobs
from gongkai.questions.models import Question
from gongkai.records import actions as records
from gongkai.records.models import Record
from gongkai.records.terms import WithdrawalKind
from gongkai.search import index
from gongkai.search.faq import alike
from gongkai.search.unit_questions import UNIT
from tests.records.office import AT, Office

pytestmark = pytest.mark.django_db
CONTACT = {"name": "欧阳某某", "phone": "0571-00000001", "email": "a@example.cn"}
TEXT = "老小区加装电梯的补助向谁申请？"


@pytest.fixture
def office():
    return Office()


def sent(office, *, consents=True, contact=CONTACT, at=AT):
    return actions.ask(UNIT, office.agency, TEXT, contact=contact, consents=consents, at=at)


def answered(office, **more):
    one, _ = sent(office, **more)
    return actions.answer(one, "向所在的街道办事处申请。", by=office.clerk, at=AT)


def test_the_contact_is_sealed_and_not_in_the_log(office):
    one, code = sent(office)
    assert one.number == "MH0101-Q-2024-0001" and code not in one.code
    assert "0571" not in one.contact and dict(contacts.masked(one))["称呼"] == "欧***"
    assert dict(contacts.clear(one))["联系电话"] == "0571-00000001"
    actions.read_contact(one, by=office.clerk, at=AT)
    entries = LogEntry.objects.filter(action__startswith="search.")
    assert {one.action for one in entries} == {"search.ask", "search.contact"}
    assert not any("0571" in f"{one.summary}{one.detail}" for one in entries)


def test_nothing_given_nothing_kept(office):
    one, _ = sent(office, contact={})
    assert one.contact == "" and contacts.masked(one) == []
    with pytest.raises(RuleBroken):
        actions.ask(UNIT, office.agency, "？？", contact={}, consents=False, at=AT)


def test_answer_then_public_only_with_consent_and_by_another(office):
    one = answered(office)
    assert not Question.objects.faq(timezone.now()).exists()
    with pytest.raises(RuleBroken):
        actions.publish(one, "补助向谁申请？电话13800000000", by=office.head, at=AT)
    actions.publish(one, "加装电梯的补助向谁申请？", by=office.head, at=AT)
    assert [row.anchor for row in alike("加装电梯补助向谁申请", AT)] == [f"q{one.pk}"]
    assert alike("学前教育的补助向谁申请", AT) == alike("", AT) == []
    actions.answer(one, "向街道申请。", by=office.clerk, at=AT)
    assert not Question.objects.faq(timezone.now()).exists()


def test_what_may_not_be_public(office):
    for one in (answered(office, consents=False), sent(office)[0]):
        with pytest.raises(RuleBroken):
            actions.publish(one, "问法", by=office.head, at=AT)
    own = actions.answer(sent(office)[0], "答。", by=office.head, at=AT)
    with pytest.raises(RuleBroken):
        actions.publish(own, "问法", by=office.head, at=AT)
    with pytest.raises(PermissionDenied):
        actions.publish(answered(office), "问法", by=office.clerk, at=AT)


def test_a_record_that_is_withdrawn_is_no_longer_named(office):
    record = office.publish(doc_number="")
    one = actions.answer(sent(office)[0], "见文件。", record=record, by=office.clerk, at=AT)
    assert faq.with_source(one, AT).record == record
    records.withdraw(record, WithdrawalKind.RETRACTED, by=office.final, at=AT, reason="有误", on=AT.date())
    assert faq.with_source(Question.objects.get(), AT).record is None
    with pytest.raises(RuleBroken):
        actions.answer(one, "见文件。", record=Record.objects.get(), by=office.clerk, at=AT)


def test_transfer(office):
    other = Office(code="MH0112", name="明湖区住房和城乡建设局")
    one, _ = sent(office)
    with pytest.raises(PermissionDenied):
        actions.transfer(one, office.agency, by=other.clerk, at=AT)
    actions.transfer(one, other.agency, by=office.clerk, at=AT)
    assert (
        Question.objects.visible_to(other.clerk).exists()
        and not Question.objects.visible_to(office.clerk).exists()
    )
    one = actions.answer(one, "向街道申请。", by=other.clerk, at=AT)
    with pytest.raises(RuleBroken):
        actions.transfer(one, office.agency, by=other.clerk, at=AT)


def test_contacts_are_erased_in_time(office):
    one = answered(office)
    days = params.at("search.contact_days", AT.date()).value
    jobs.erase(on=AT.date(), at=AT + timedelta(days=days))
    assert Question.objects.get().contact
    late = AT + timedelta(days=days, seconds=1)
    jobs.erase(on=late.date(), at=late)
    assert Question.objects.get().contact == "" and contacts.masked(Question.objects.get(pk=one.pk)) == []


def test_the_desk_is_told(office):
    sent(office)
    assert [
        panel.count for panel in todo.all_panels(office.clerk, AT.date()) if panel.label == "待答复的提问"
    ] == [1]
    assert any("提问" in one.title for one in open_work.all_open_items(agency=office.agency))
    assert not any("提问" in panel.label for panel in todo.all_panels(office.secrecy, AT.date()))


def test_the_citizen_from_no_answer_to_the_answer(office, client):
    index.rebuild(AT, AT.date())
    none = client.get(reverse("public:ask"), {"q": "火星移民的落户条件是什么"}).content.decode()
    assert reverse("public:ask_send") in none
    page = client.get(reverse("public:ask_send"), {"q": TEXT, "agency": "MH0101"})
    assert TEXT in page.content.decode() and not page.cookies
    given = {"agency": "MH0101", "text": TEXT, "phone": "0571-00000001", "consents": "on"}
    done = client.post(reverse("public:ask_send"), given, follow=True)
    assert done.status_code == 200 and not done.cookies and "no-store" in done["Cache-Control"]
    code, one = done.context["receipt"]["code"], Question.objects.get()
    look = {"number": one.number.lower(), "code": code.lower()}
    assert "还没有答复" in client.post(reverse("public:ask_progress"), look).content.decode()
    actions.answer(one, "向所在的街道办事处申请。", by=office.clerk, at=timezone.now())
    shown = client.post(reverse("public:ask_progress"), look)
    assert "街道办事处" in shown.content.decode() and not shown.cookies
    for wrong in ({**look, "code": "AAAA"}, {**look, "number": "MH0101-Q-2024-9999"}):
        assert client.post(reverse("public:ask_progress"), wrong).status_code == 404
    actions.publish(one, "加装电梯的补助向谁申请？", by=office.head, at=timezone.now())
    assert "街道办事处" in client.get(reverse("public:faq"), {"q": "电梯"}).content.decode()
    assert "没有含有" in client.get(reverse("public:faq"), {"q": "飞行汽车"}).content.decode()
    assert "街道办事处" in client.get(reverse("public:ask"), {"q": "加装电梯补助向谁申请"}).content.decode()
    actions.unpublish(one, by=office.head, at=timezone.now())
    assert "街道办事处" not in client.get(reverse("public:faq")).content.decode()


def test_the_desk_pages(office, client):
    other = Office(code="MH0112", name="明湖区住房和城乡建设局")
    one, _ = sent(office)
    record = office.publish(doc_number="")
    Record.objects.update(published_at=timezone.now() - timedelta(days=1))
    client.force_login(office.clerk)
    page = one.get_absolute_url()
    before = client.get(page).content.decode()
    assert "<h2>联系方式</h2>" in before and "0571-00000001" not in before
    assert "0571-00000001" in client.post(page, {"act": "contact"}).content.decode()
    assert client.post(page, {"act": "answer", "answer": ""}).status_code == 422
    given = {"act": "answer", "answer": "=向街道申请。", "record": record.index_number}
    assert client.post(page, given).status_code == 302
    listed = reverse("desk:questions")
    assert one.number in client.get(listed, {"state": "answered", "q": "电梯"}).content.decode()
    assert one.number not in client.get(listed, {"state": "open"}).content.decode()
    assert one.number not in client.get(listed, {"kind": "policy"}).content.decode()
    assert "'=向街道申请" in client.get(listed, {"format": "csv"}).content.decode()
    client.force_login(office.head)
    one.refresh_from_db()
    wording = {"act": "publish", "open-shown": "补助向谁申请？", "open-seen": one.mark}
    assert client.post(page, wording | {"open-shown": "身份证110101199003074514的事"}).status_code == 422
    stale = client.post(page, wording | {"open-seen": "0"})
    assert stale.status_code == 422 and "不是最新的稿子" in stale.content.decode()
    assert client.post(page, wording).status_code == 302 and Question.objects.faq(timezone.now()).exists()
    assert client.post(page, {"act": "unpublish"}).status_code == 302
    assert not Question.objects.faq(timezone.now()).exists()
    two, _ = sent(office)
    move = two.get_absolute_url()
    assert client.post(move, {"act": "transfer", "agency": office.agency.pk}).status_code == 422
    moved = client.post(move, {"act": "transfer", "agency": other.agency.pk})
    assert moved.status_code == 302 and moved.url == listed
    assert client.get(move).status_code == 404


@pytest.mark.parametrize("text", ["电" * 10_000, "\x00", "<script>x</script>", "'; --", "\x1b[0m", "\u202e"])
def test_hostile_forms_never_fail(office, client, text):
    given = {"agency": "MH0101", "text": text, "email": text, "name": text, "phone": text}
    assert client.post(reverse("public:ask_send"), given).status_code in (302, 400)
    assert client.post(reverse("public:ask_send"), {"agency": "MH0101", "text": text}).status_code in (302, 400)
    assert client.post(reverse("public:ask_progress"), {"number": text, "code": text}).status_code in (400, 404)
    assert "<script>x" not in client.get(reverse("public:ask_send"), {"q": text}).content.decode()
    assert client.get(reverse("public:faq"), {"q": text, "after": text}).status_code == 200


def test_too_many_are_refused(office, client, settings):
    given = {"agency": "MH0101", "text": TEXT}
    answers = [
        client.post(reverse("public:ask_send"), given, REMOTE_ADDR="203.0.113.7").status_code for _ in range(11)
    ]
    assert answers == [302] * 10 + [429]


def test_what_was_asked_about_a_policy_is_known_too(client, office):
    record = office.publish(title="明湖区临时救助办法", body="<p>第三条 持居住证满一年的可以申请。</p>")
    question, _ = ask_about(record, "外地人能申请临时救助吗？", consent=True, at=AT)
    actions.answer(question, "能，居住证满一年就可以。", shown="外地人能申请临时救助吗？", by=office.clerk, at=AT)
    actions.approve(question, publish=True, by=office.head, at=AT)
    index.rebuild(AT, AT.date())
    address = reverse("public:ask") + "?q=外地人能不能申请临时救助"
    assert "居住证满一年就可以" in client.get(address).content.decode()
    records.withdraw(record, "retracted", reason="发错", on=AT.date(), by=office.office, at=AT)
    assert "居住证满一年就可以" not in client.get(address).content.decode()
