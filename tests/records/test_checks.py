"""签发前的检查:该拦的拦,其余只提示;每一条都有一个会触发、一个不触发的例子。"""

from datetime import date

import pytest

from gongkai.law.openness import Openness
from gongkai.records import actions, checks
from gongkai.records.checks import Severity
from gongkai.records.models import WatchWord
from tests.records.office import AT

ON = AT.date()


def found(edition, code, on=ON):
    return [one for one in checks.run(edition, on=on) if one.code == code]


def id_number(first17: str, wrong: bool = False) -> str:
    """With its check character, or a wrong one. The region 999999 does not exist: nobody bears the number."""
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(digit) * weight for digit, weight in zip(first17, weights, strict=True)) + wrong
    return first17 + "10X98765432"[total % 11]


def card(first15: str) -> str:
    """Sixteen digits that pass the Luhn check."""
    doubled = [int(digit) * (2 - place % 2) for place, digit in enumerate(first15)]
    return first15 + str(-sum(n - 9 if n > 9 else n for n in doubled) % 10)


SOMEONE = id_number("99999919800101001")
CARD = card("622200000000001")


def test_a_good_paper_has_only_the_due_day(office):
    edition = office.draft(doc_number="明政办发〔2024〕7号")
    assert [one.code for one in checks.run(edition, on=ON)] == ["due"]


@pytest.mark.parametrize(
    ("type", "values", "label"),
    [
        ("document", {"made_on": None}, "成文日期"),
        ("normative", {"made_on": ON, "effective_on": ON}, "文号"),
        ("normative", {"doc_number": "明政办发〔2024〕7号"}, "施行日期"),
        ("plan", {}, "规划种类"),
    ],
)
def test_missing_elements_block(office, type, values, label):
    one = found(office.draft(type, **values), "missing")
    assert [check.severity for check in one] == [Severity.BLOCK] and label in one[0].message


def test_guide_lacks_what_the_regulation_lists(office):
    missing = found(office.draft("guide", title="指南"), "missing")
    assert len(missing) == 9 and {one.basis for one in missing} == {
        "《条例》第十二条第二款、《条例》第十二条第三款"
    }


def test_withheld_without_ground_blocks(office):
    edition = office.draft(openness=Openness.WITHHELD)
    assert found(edition, "ground")[0].severity is Severity.BLOCK
    edition = office.draft(openness=Openness.WITHHELD, ground="第十六条")
    assert found(edition, "ground") == []


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"effective_on": date(2025, 1, 1), "expires_on": date(2024, 12, 31)}, "有效期至2024-12-31早于施行日期"),
        ({"made_on": date(2024, 9, 4)}, "早于成文日期"),
        ({"expires_on": date(2024, 8, 1)}, "早于成文日期"),
    ],
)
def test_dates_out_of_order_only_warn(office, values, words):
    dates = found(office.draft(**values), "dates")
    assert any(words in one.message for one in dates) and {one.severity for one in dates} == {Severity.WARN}


def test_past_due_day_is_named_with_its_article(office):
    edition = office.draft(made_on=date(2024, 7, 1))
    late = found(edition, "late")
    assert "最迟应于2024-07-29公开" in late[0].message and late[0].basis == "《条例》第二十六条"
    assert found(edition, "late", on=date(2024, 7, 29)) == []


@pytest.mark.parametrize(
    ("number", "code", "words"),
    [
        ("明政办发[2024]7号", "number-form", "明政办发〔2024〕7号"),
        ("明政办发〔2024〕007号", "number-form", "明政办发〔2024〕7号"),
        ("通知一", "number-form", "没有读得懂"),
        ("明教〔2024〕7号", "number-code", "机关代字"),
        ("明政办发〔2023〕7号", "number-year", "2023年"),
    ],
)
def test_number_form_code_and_year(office, number, code, words):
    one = found(office.draft(doc_number=number), code)
    assert [check.severity for check in one] == [Severity.WARN] and words in one[0].message + one[0].fix


def test_number_twice_and_out_of_sequence(office):
    office.publish(doc_number="明政办发〔2024〕7号")
    assert "已经用于" in found(office.draft(doc_number="明政办发[2024]07号"), "number-twice")[0].message
    assert "中间缺8号至9号" in found(office.draft(doc_number="明政办发〔2024〕10号"), "number-gap")[0].message
    following = office.draft(doc_number="明政办发〔2024〕11号")
    assert found(following, "number-gap") == [] and found(following, "number-twice") == []


@pytest.mark.parametrize(
    ("text", "label"),
    [
        (f"身份证号{SOMEONE}。", "身份证号"),
        (f"身份证{SOMEONE[:6]} {SOMEONE[6:14]} {SOMEONE[14:]}。", "身份证号"),
        (f"身份证（{SOMEONE[:6]}）（{SOMEONE[6:14]}）{SOMEONE[14:]}。", "身份证号"),
        ("手机１３８００００００００。", "手机号"),
        ("手机138-0000-0000。", "手机号"),
        (f"卡号{CARD}。", "银行卡号"),
        (f"卡号{CARD[:4]} {CARD[4:8]} {CARD[8:12]} {CARD[12:]}。", "银行卡号"),
        ("住在明湖区虚构路12号3幢201室。", "住址"),
        ("护照E00000000。", "护照"),
    ],
)
def test_personal_data_is_pointed_at(office, text, label):
    edition = office.draft(body=f"<p>各科室：</p><p>{text}</p>")
    one = found(edition, "personal")
    assert [check.severity for check in one] == [Severity.WARN] and label in one[0].message
    start, end = one[0].span
    assert edition.text[start:end] == one[0].excerpt and one[0].field == "body"


@pytest.mark.parametrize(
    "text",
    [
        f"身份证号{id_number('99999919800101001', wrong=True)}。",
        f"身份证号{id_number('99999919801301001')}。",
        f"卡号{CARD[:-1]}{(int(CARD[-1]) + 1) % 10}。",
        "文号〔2024〕12345678901号",
        "电话0574-80000000",
        "项目编号20240826138000000001",
        "金额6222000000000000元",
        "明湖大道100号",
    ],
)
def test_what_only_looks_like_personal_data_is_left_alone(office, text):
    assert found(office.draft(body=f"<p>{text}</p>"), "personal") == []


def test_personal_data_in_title_and_elements(office):
    edition = office.draft("penalty", title="关于13800000000的处罚", fields={"party": "某甲13900000000"})
    assert {one.field for one in found(edition, "personal")} == {"title", "party"}


def test_words_shipped_and_own(office):
    WatchWord.objects.create(word="明湖县", advice="应为“明湖区”。")
    edition = office.draft(body="<p>明湖县要认真布署，做好部署。</p>")
    assert [one.message for one in found(edition, "word")] == ["“明湖县”：应为“明湖区”。", "“布署”：应为“部署”。"]


def test_own_word_overrules_the_shipped_one(office):
    actions.add_word("布署", "本地用法，不改。", by=office.office, at=AT)
    assert [one.message for one in found(office.draft(body="<p>布署。</p>"), "word")] == [
        "“布署”：本地用法，不改。"
    ]
    actions.remove_word(WatchWord.objects.get(), by=office.office, at=AT)
    assert [one.message for one in found(office.draft(body="<p>布署。</p>"), "word")] == ["“布署”：应为“部署”。"]


def test_secrecy_mark_blocks(office):
    edition = office.draft(body="<p>秘密★一年</p><p>正文。</p>")
    mark = found(edition, "secret-mark")[0]
    assert mark.severity is Severity.BLOCK and mark.basis == "《条例》第十四条"
    assert found(office.draft(body="<p>国家秘密的密级分为绝密、机密、秘密。</p>"), "secret-mark") == []


def test_dead_links(office):
    live, draft = office.publish(), office.draft(title="未公开")
    hidden = office.publish(title="撤了的")
    actions.withdraw(hidden, "retracted", reason="错", on=ON, by=office.head, at=AT)
    body = "".join(
        f'<p><a href="/records/{pk}/">看</a></p>' for pk in (live.pk, draft.record_id, hidden.pk, 999999)
    )
    edition = office.draft(
        body=body + '<p><a href="https://www.example.gov.cn/">外</a><a href="/files/77/x.pdf">件</a></p>'
    )
    dead = {one.excerpt for one in found(edition, "dead-link")}
    assert dead == {f"/records/{draft.record_id}/", f"/records/{hidden.pk}/", "/records/999999/", "/files/77/"}
    outside = found(edition, "links-outside")
    assert outside[0].severity is Severity.INFO and "https://www.example.gov.cn/" in outside[0].message


def test_text_that_contradicts_the_elements(office):
    body = "<p>明政办发〔2024〕8号</p><p>各镇：</p><p>请照办。</p><p>明湖区教育局</p><p>2024年8月20日</p><p>（此件不公开）</p>"
    edition = office.draft(doc_number="明政办发〔2024〕7号", body=body)
    assert "明政办发〔2024〕8号" in found(edition, "text-number")[0].message
    assert "2024-08-20" in found(edition, "text-date")[0].message
    assert "明湖区教育局" in found(edition, "text-agency")[0].message
    assert "此件不公开" in found(edition, "text-openness")[0].message


def test_text_that_agrees_says_nothing(office):
    body = "<p>明政办发〔2024〕7号</p><p>请照办。</p><p>明湖区人民政府办公室</p><p>2024年8月26日</p><p>（此件公开发布）</p>"
    codes = {one.code for one in checks.run(office.draft(doc_number="明政办发〔2024〕7号", body=body), on=ON)}
    assert codes == {"due"}


def test_annex_named_but_not_uploaded(office):
    edition = office.draft(body="<p>请照办。</p><p>附件：1.补助标准表</p>")
    assert found(edition, "annex")
    actions.attach(edition, "补助标准表.txt", "标准".encode(), by=office.clerk, at=AT)
    assert found(office.fresh(edition), "annex") == []


def test_findings_in_attachments_are_shown(office):
    edition = office.draft()
    actions.attach(edition, "王某某的身份证.txt", "说明".encode(), by=office.clerk, at=AT)
    assert "文件名里像有人名" in found(office.fresh(edition), "attachment")[0].message


def test_interpretation_must_be_linked(office):
    policy = office.publish()
    edition = office.draft("interpretation", fields={"form": "文字"})
    assert found(edition, "interprets-nothing")
    actions.relate(edition.record, policy, "interprets", by=office.clerk, at=AT)
    assert found(edition, "interprets-nothing") == []


def test_advice_never_blocks(office):
    edition = office.draft(
        doc_number="明教[2023]007号",
        expires_on=date(2024, 8, 1),
        body=f"<p>认真布署。身份证号{SOMEONE}。</p>",
    )
    assert {one.severity for one in checks.run(edition, on=ON)} <= {Severity.WARN, Severity.INFO}
    assert office.sign(edition).published_at == AT


def test_gravest_first(office):
    edition = office.draft(made_on=None, doc_number="明教〔2024〕7号", body="<p>布署。</p>")
    order = [one.severity for one in checks.run(edition, on=ON)]
    assert order == sorted(order, key=list(Severity).index) and order[0] is Severity.BLOCK
