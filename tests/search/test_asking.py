"""问答页:引文逐字在公开版里,撤下的、改过的不引,废止的注明,找不到的说问谁,什么都问不坏。"""

import json

import pytest
from django.core.management import call_command
from django.urls import reverse

from gongkai.records import actions
from gongkai.records.models import Edition, Record
from gongkai.records.terms import Stage, WithdrawalKind
from gongkai.search import asking, index
from gongkai.search.answers import Band
from tests.records.office import AT, Office

pytestmark = pytest.mark.django_db
RULES = (
    "<p>第一条 为规范既有住宅加装电梯补助，制定本办法。</p><p>第二条 加装电梯每台补助二十万元。</p>"
    "<p>第三条 业主向所在街道办事处申请补助，提交竣工验收材料。</p><p>第四条 本办法自公布之日起施行。</p>"
)


@pytest.fixture
def office():
    one = Office()
    one.publish(title="明湖区既有住宅加装电梯补助办法", body=RULES, doc_number="明政办发〔2024〕1号")
    one.publish(title="关于秋季绿化工作的通知", body="<p>各单位要在十月底以前完成补植。</p>", doc_number="")
    index.rebuild(AT, AT.date())
    return one


def ask(question, **more):
    return asking.ask(question, AT, AT.date(), **more)


def test_the_answer_is_the_text_itself_with_its_source(office):
    reply = ask("加装电梯每台补助多少钱")
    assert reply.band is not Band.NOT_FOUND
    first = reply.cited[0]
    assert (first.label, first.record.title) == ("第二条", "明湖区既有住宅加装电梯补助办法")
    for one in reply.cited:
        assert one.text in Edition.objects.get(record=one.record, stage=Stage.LIVE).text


def test_a_question_in_the_search_field_is_answered_above_the_hits(office, client):
    office.publish(
        title="关于印发《明湖区高龄津贴发放办法》的通知",
        body="<p>各镇人民政府：</p><p>现将《明湖区高龄津贴发放办法》印发给你们，请认真贯彻执行。</p>",
        doc_number="",
    )
    index.rebuild(AT, AT.date())

    def answer(text):
        return client.get(reverse("public:search"), {"q": text}).context.get("answer")

    assert answer("加装电梯每台补助多少钱").label == "第二条"
    assert answer("加装电梯补助") is None, "不是问句的,查到的各条就是回答"
    assert answer("高龄津贴发放办法怎么说") is None, "只有“现将……印发”的不是回答"


def test_withdrawn_is_not_quoted_even_from_a_stale_index(office):
    record = Record.objects.get(title__contains="加装电梯")
    actions.withdraw(record, WithdrawalKind.RETRACTED, by=office.final, at=AT, reason="有误", on=AT.date())
    assert all(one.record != record for one in ask("加装电梯每台补助多少钱").cited)


def test_what_was_changed_since_is_not_quoted_from_a_stale_index(office):
    Edition.objects.filter(text__contains="二十万元").update(text="第二条 加装电梯每台补助十万元。")
    assert all("二十万元" not in one.text for one in ask("加装电梯每台补助多少钱").cited)
    index.refresh(Record.objects.values_list("pk", flat=True), AT, AT.date())
    assert "十万元" in ask("加装电梯每台补助多少钱").cited[0].text


def test_a_repealed_text_says_so(office):
    Record.objects.filter(title__contains="加装电梯").update(repealed_on=AT.date())
    index.rebuild(AT, AT.date())
    first = ask("加装电梯每台补助多少钱").cited[0]
    assert not first.in_force and first.state.label == "废止"


def test_what_is_not_there_is_not_answered_and_the_unit_is_named(office):
    reply = ask("区长家住哪里")
    assert reply.band is Band.NOT_FOUND and not reply.cited and reply.missing.label
    assert ask("火星移民的落户条件是什么").cited == []


def test_narrowed_to_a_unit_or_a_year(office):
    assert ask("加装电梯每台补助多少钱", chosen={"unit": "MH9999"}).cited == []
    assert ask("加装电梯每台补助多少钱", chosen={"unit": office.agency.code, "year": "2024"}).cited


def test_the_page(office, client):
    page = client.get(reverse("public:ask"), {"q": "加装电梯每台补助多少钱"})
    assert page.status_code == 200 and "选自" in page.content.decode() and not page.cookies
    none = client.get(reverse("public:ask"), {"q": "今天天气怎么样"}).content.decode()
    assert "未找到" in none


@pytest.mark.parametrize("text", ["问" * 10_000, "\x00", "“", "SELECT 1; --", "<script>x</script>", "？？？", "-"])
def test_hostile_questions_never_fail(office, client, text):
    page = client.get(reverse("public:ask"), {"q": text, "unit": text, "year": text})
    assert page.status_code == 200 and "<script>x" not in page.content.decode()


def test_without_an_index(client, db):
    assert client.get(reverse("public:ask"), {"q": "电梯"}).status_code == 503


def test_the_command(office, capsys):
    call_command("ask", "加装电梯每台补助多少钱", "--json")
    result = json.loads(capsys.readouterr().out)
    assert result["band"] in ("clear", "possible") and "二十万元" in result["quotes"][0]["text"]
