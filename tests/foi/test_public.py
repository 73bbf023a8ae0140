"""公众一侧:申请、回执、进度和凭查询码办的事;没有 Cookie、不进网址;别人的案卷怎样都取不到。"""

from datetime import date

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from gongkai.adapters.render import NoFont
from gongkai.foi import actions, numbering, papers, personal
from gongkai.foi.models import Application, Step
from gongkai.foi.views import online, public
from gongkai.foi.views import progress as view
from gongkai.org import codes, vault
from gongkai.org.models import LogEntry
from tests.foi.desk import IDENTITY, PDF, Desk, fresh, moment
from tests.records.office import Office

pytestmark = pytest.mark.django_db
NOW = moment("2025-02-20")


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    """The public pages live on 20 February 2025 unless a test moves them."""
    cache.clear()
    moments = {"now": NOW}
    for module in (public, view):
        monkeypatch.setattr(module.timezone, "now", lambda: moments["now"])
        monkeypatch.setattr(module.timezone, "localdate", lambda *a: moments["now"].astimezone(NOW.tzinfo).date())
    return moments


@pytest.fixture
def desk():
    return Desk()


def filled(desk, **changes):
    values = {
        "agency": desk.agency.code,
        "applicant_kind": "person",
        "name": "张三丰",
        "identity_kind": "居民身份证",
        "identity": IDENTITY,
        "phone": "0571-00001234",
        "description": "2024年度城乡低保资金的支出明细",
        "manner": "electronic",
        "way": "web",
    }
    return {**values, **changes}


def apply(client, desk, **changes):
    return client.post(reverse("public:apply_online"), filled(desk, **changes), follow=True)


def ask(client, number, code, **more):
    return client.post(reverse("public:progress"), {"number": number, "code": code, **more})


@pytest.fixture
def case(client, desk):
    """A submitted case with its code, taken over by the clerk."""
    context = apply(client, desk).context
    actions.accept(context["case"], by=desk.clerk, at=NOW)
    return context["case"], context["code"]


def test_c98_a_receipt_at_once_with_number_code_and_day(client, desk):
    response = apply(client, desk)
    text = response.content.decode()
    application = Application.objects.get()
    assert application.number in text and "2025年3月20日" in text and "第20日，期满" in text
    assert codes.matches(response.context["code"], application.query_digest, numbering.CODE_PURPOSE)
    assert response.headers["Cache-Control"] == "no-store" and not response.cookies
    assert IDENTITY not in text


def test_loading_the_receipt_again_or_a_double_click_files_one_case(client, desk, clock):
    values = filled(desk, once="a-mark")
    first = client.post(reverse("public:apply_online"), values)
    again = client.post(reverse("public:apply_online"), values)
    assert first.status_code == again.status_code == 302 and Application.objects.count() == 1
    pages = [client.get(one.url).context for one in (first, again, again)]
    assert len({(page["case"].number, page["code"]) for page in pages}) == 1
    assert pages[0]["code"] not in first.url and IDENTITY not in first.url
    clock["now"] = moment("2025-02-20", 11)
    assert client.get(first.url).status_code == 410


def test_a_message_of_the_applicant_is_taken_in_once(client, case):
    for _ in range(2):
        assert (
            ask(client, case[0].number, case[1], deed="contact", phone="0571-00009999", once="m").status_code
            == 200
        )
    assert case[0].contacts.count() == 1


def test_the_form_never_asks_for_the_purpose(client, desk):
    text = client.get(reverse("public:apply_online")).content.decode()
    assert "不用说明用途" in text and 'name="purpose"' not in text
    names = {name for _, names in public.PARTS for name in names}
    assert not {"purpose", "use", "reason"} & names


def test_pages_set_no_cookie(client, desk):
    for name in ("apply", "apply_online", "calculator", "progress"):
        assert not client.get(reverse(f"public:{name}")).cookies


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"name": ""}, "name", "请填写"),
        ({"phone": ""}, "phone", "第二十九条"),
        ({"way": "email"}, "email", "电子邮箱"),
        ({"way": "mail"}, "address", "通信地址"),
        ({"manner": "paper"}, "way", "纸质件"),
        ({"manner": "inspect"}, "way", "当面领取"),
        ({"postcode": "12"}, "postcode", "六位"),
        ({"applicant_kind": "x"}, "applicant_kind", "申请人类别"),
        ({"description": ""}, "description", "请填写"),
    ],
)
def test_what_is_missing_is_told_and_nothing_is_lost(client, desk, changes, field, said):
    response = apply(client, desk, **changes)
    assert response.status_code == 400 and not Application.objects.exists()
    assert said in "".join(response.context["form"].errors[field])
    assert "2024年度城乡低保资金的支出明细" in response.content.decode() or "description" in changes


@pytest.mark.parametrize(
    ("content", "said"), [(b"MZ\x90\x00" + b"\0" * 99, "不能收"), (b"", "空的"), (b"<html><script>", "不能收")]
)
def test_c94_files_by_content(client, desk, content, said):
    file = SimpleUploadedFile("身份证.pdf", content)
    response = apply(client, desk, identity_file=file)
    assert response.status_code == 400 and not Application.objects.exists()
    errors = "".join(response.context["form"].errors["identity_file"])
    assert said in errors or "空" in errors


def test_several_files_come_with_it(client, desk):
    files = [SimpleUploadedFile(f"{n}.pdf", PDF + bytes([n])) for n in range(3)]
    apply(client, desk, attachment=files, identity_file=SimpleUploadedFile("id.pdf", PDF))
    assert Application.objects.get().files.count() == 4
    assert not Application.objects.exclude(files__role__in=["identity", "attachment"]).exists()


def test_too_many_files(client, desk):
    files = [SimpleUploadedFile(f"{n}.pdf", PDF + bytes([n])) for n in range(6)]
    assert "至多" in "".join(apply(client, desk, attachment=files).context["form"].errors["attachment"])


def test_c97_a_soft_limit_keeps_what_was_typed(client, desk, monkeypatch):
    monkeypatch.setattr(online, "SUBMITS", 1)
    apply(client, desk)
    response = apply(client, desk, description="第二件的描述")
    text = response.content.decode()
    assert response.status_code == 429 and "太多" in text and "第二件的描述" in text
    assert Application.objects.count() == 1


def test_c102_suggestions_are_public_alike_and_at_most_three(client, desk, at):
    office = Office()
    for number in range(5):
        office.publish(title=f"明湖区2024年度城乡低保资金支出明细（{number}）")
    hidden = office.draft(title="明湖区2024年度城乡低保资金支出明细（草稿）")
    office.publish(title="关于植树造林的通知")
    text = client.get(reverse("public:apply_suggestions"), {"q": "城乡低保资金支出明细"}).content.decode()
    assert text.count("<li>") == 3 and hidden.title not in text and "植树" not in text
    assert (
        "<li>" not in client.get(reverse("public:apply_suggestions"), {"q": "完全不相干的东西"}).content.decode()
    )
    response = client.post(reverse("public:apply_online"), filled(desk, look="1"))
    assert "这些已经公开" in response.content.decode() and "张三丰" in response.content.decode()
    assert not Application.objects.exists()


def test_progress_by_number_and_code(client, case):
    application, code = case
    response = ask(client, application.number.lower(), code.replace("-", "").lower())
    text = response.content.decode()
    assert "办理中" in text and "2025年3月20日" in text
    assert response.headers["Cache-Control"] == "no-store" and "noindex" in response.headers["X-Robots-Tag"]
    assert "张三丰" not in text and IDENTITY not in text and not response.cookies


@pytest.mark.parametrize("wrong", ["number", "code", "both"])
def test_a_wrong_pair_tells_nothing(client, case, wrong):
    application, code = case
    number = application.number if wrong == "code" else "MH9999-2025-0001"
    told = ask(client, number, code if wrong == "number" else "AAAA-AAAA-AAAA")
    assert told.status_code == 404 and view.WRONG in told.content.decode()
    assert application.subject not in told.content.decode()


def test_guessing_is_limited(client, case, monkeypatch):
    monkeypatch.setattr(view, "TIMES", 3)
    application, code = case
    assert [ask(client, application.number, "AAAA").status_code for _ in range(4)] == [404, 404, 404, 429]
    assert ask(client, application.number, code).status_code == 429


def test_correction_withdrawal_and_contact(client, case, desk, clock):
    application, code = case
    desk.letter(application, "correction", "2025-02-21", defects="年度不明", guidance="写明年度", days="15")
    clock["now"] = moment("2025-02-24")
    text = ask(client, application.number, code).content.decode()
    assert "提交补正" in text and "暂停计算" in text
    assert "也没有附材料" in ask(client, application.number, code, deed="correct").content.decode()
    ask(
        client, application.number, code, deed="correct", text="要2024年的", files=SimpleUploadedFile("a.pdf", PDF)
    )
    application = fresh(application)
    assert (application.state, application.start_on) == ("handling", date(2025, 2, 24))
    ask(client, application.number, code, deed="contact", phone="0571-00007777")
    assert dict(personal.clear(fresh(application)))["联系电话"] == "0571-00007777"
    assert "撤回" in ask(client, application.number, code, deed="quit").content.decode()
    assert fresh(application).state == "withdrawn"


@pytest.mark.parametrize("deed", ["correct", "proof", "rate", "amend", "nonsense"])
def test_a_deed_out_of_season_does_nothing(client, case, deed):
    application, code = case
    before = Application.objects.values().get(pk=application.pk)
    ask(client, application.number, code, deed=deed, text="x", score="5")
    assert Application.objects.values().get(pk=application.pk) == before and not Step.objects.exists()


def test_fee_and_proof(client, case, desk, clock):
    application, code = case
    desk.letter(application, "fee", "2025-02-24", basis="page", quantity="68", payment="缴至专户")
    clock["now"] = moment("2025-02-25")
    text = ask(client, application.number, code).content.decode()
    assert "380" in text and "提交缴费凭证" in text
    ask(client, application.number, code, deed="proof", files=SimpleUploadedFile("a.pdf", PDF))
    assert (
        application.files.filter(role="attachment").exists()
        and application.contacts.filter(kind="payment").exists()
    )


def test_the_reply_is_taken_here_and_counts_as_received(client, case, desk, clock):
    application, code = case
    desk.decide(
        application, "provided", "2025-03-10", facts={"provided": "一份", "where": "网上", "when": "随本答复"}
    )
    desk.give(application, "2025-03-10")
    clock["now"] = moment("2025-03-11")
    assert "下载提供的信息" not in ask(client, application.number, code).content.decode()
    desk.gates(application, "2025-03-10", "secrecy")
    draft = actions.draft(application, "reply", {}, by=desk.clerk, at=moment("2025-03-11"))
    letter = actions.issue(draft, by=desk.head, at=moment("2025-03-11", 11))
    file = application.files.get(role="reply")
    response = ask(client, application.number, code, letter=letter.pk)
    assert response.content.startswith(b"%PDF") and response.headers["Cache-Control"] == "no-store"
    assert fresh(application).answered_on == date(2025, 3, 11)
    assert ask(client, application.number, code, file=file.pk).content == PDF
    assert LogEntry.objects.filter(action="foi.taken").count() == 2
    text = ask(client, application.number, code).content.decode()
    assert "最迟2025年5月12日" in text.replace("<time", "").replace("</time>", "") or "2025年5月12日" in text
    ask(client, application.number, code, deed="rate", score="5", comment="谢谢")
    assert fresh(application).rating.score == 5
    ask(client, application.number, code, deed="amend", text="第二页我的户籍地写错了")
    assert application.contacts.filter(kind="amend").exists()


def test_c95_nothing_of_another_case(client, case, desk):
    application, code = case
    other = desk.case("2025-02-20")
    desk.provide(other, "2025-02-20")
    for name, key in (("letter", other.letters.get().pk), ("file", other.files.get(role="reply").pk)):
        response = ask(client, application.number, code, **{name: key})
        assert not response.content.startswith(b"%PDF") and "没有这个文件" in response.content.decode()


def test_internal_files_and_letters_are_never_handed_over(client, case, desk):
    application, code = case
    actions.add_file(application, "source", "原件.pdf", PDF, by=desk.clerk, at=NOW)
    inner = desk.letter(application, "third_party", "2025-02-20", party="甲公司", content="报价")
    for name, key in (
        ("file", application.files.get().pk),
        ("letter", inner.pk),
        ("file", "x"),
        ("letter", "9" * 30),
    ):
        response = ask(client, application.number, code, **{name: key})
        assert not response.content.startswith(b"%PDF")
    assert "原件.pdf" not in ask(client, application.number, code).content.decode()


def test_the_calculator(client):
    text = client.get(
        reverse("public:calculator"), {"received": "2017-06-18", "channel": "email"}
    ).content.decode()
    assert "2017年7月7日" in text and "2017年7月10日" in text
    text = client.get(reverse("public:calculator"), {"basis": "item", "number": "35"}).content.decode()
    assert "3000元" in text
    text = client.get(reverse("public:calculator"), {"basis": "page", "number": "30"}).content.decode()
    assert "不收费" in text


@pytest.mark.parametrize(
    "query",
    [
        {"received": "x", "channel": "email"},
        {"received": "2025-02-20", "channel": "plain_mail"},
        {"basis": "item", "number": "0"},
        {"received": "1990-01-01", "channel": "web"},
        {"received": "9999-12-31", "channel": "web"},
    ],
)
def test_the_calculator_survives_nonsense(client, query):
    assert client.get(reverse("public:calculator"), query).status_code == 200


@pytest.mark.parametrize(("suffix", "start"), [("pdf", b"%PDF"), ("docx", b"PK")])
def test_the_paper_form_is_the_same_form(client, suffix, start):
    assert client.get(reverse("public:apply_form", args=[suffix])).content.startswith(start)
    text = "\n".join(public.blank_form().body)
    form = public.IntakeForm()
    for _, names in public.PARTS:
        for name in set(names) - public.ONLINE_ONLY:
            assert form.fields[name].label in text
    assert "用途：" not in text


def test_the_paper_form_of_no_kind(client):
    assert client.get(reverse("public:apply_form", args=["exe"])).status_code == 404


def test_personal_data_never_reach_address_or_log(client, case, caplog):
    application, code = case
    ask(client, application.number, code)
    words = caplog.text + str(list(LogEntry.objects.values()))
    assert code not in words and IDENTITY not in words and "张三丰" not in words


def test_a_letter_with_a_rare_character_is_shown_issued_and_downloaded(client, case, desk):
    """The page names the character before the letter is issued; the PDF is there all the same."""
    application, _ = case
    letter = actions.draft(
        application,
        "correction",
        {"defects": "ཀ年度不明", "guidance": "写明年度", "days": "10"},
        by=desk.clerk,
        at=NOW,
    )
    client.force_login(desk.clerk)
    page = client.get(reverse("desk:foi_letter", args=[application.pk, letter.pk])).content.decode()
    assert "“ཀ”（U+0F40）" in page
    done = actions.issue(letter, by=desk.clerk, at=NOW)
    assert actions.printed(done, "pdf")[1].startswith(b"%PDF")


def test_without_any_font_the_paper_form_is_refused_with_a_sentence(client, db, monkeypatch):
    """The PDF says why not (503); the same form as DOCX is there."""

    def none():
        raise NoFont("没有能排中文的字体，排不出 PDF。")

    monkeypatch.setattr(papers, "fonts", none)
    refused = client.get(reverse("public:apply_form", args=["pdf"]))
    assert refused.status_code == 503 and "没有能排中文的字体" in refused.content.decode()
    assert client.get(reverse("public:apply_form", args=["docx"])).status_code == 200


def test_without_the_keys_nothing_is_taken_in_and_one_is_told_where_to_go(client, desk, settings):
    """The key file is lost: the form is refused with a sentence for the public, not with how to mend the machine."""
    apply(client, desk)
    vault._at.cache_clear()
    settings.VAULT_FILE.unlink()
    refused = apply(client, desk)
    page = refused.content.decode()
    assert refused.status_code == 503 and "到受理窗口当面提交" in page and "vault.key" not in page
    assert Application.objects.count() == 1 and not settings.VAULT_FILE.exists()
