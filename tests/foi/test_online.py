"""网上申请:提交以前核对,返回修改什么都不丢;回执能打印、能寄;进度页说下一步。"""

import re
import time
from html import unescape
from smtplib import SMTPRecipientsRefused

import pytest
from django.core import mail as letters
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from gongkai.foi import actions
from gongkai.foi.models import Application
from gongkai.foi.views import online, progress
from gongkai.org.models import Place
from gongkai.records import held
from tests.foi.desk import PDF, Desk, fresh, moment
from tests.foi.test_public import NOW, filled

pytestmark = pytest.mark.django_db
ADDRESS = "/apply/online/"


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    for module in (online, progress):
        monkeypatch.setattr(module.timezone, "now", lambda: NOW)
        monkeypatch.setattr(module.timezone, "localdate", lambda *a: NOW.date())


@pytest.fixture
def desk():
    return Desk()


def proof(name="证件.pdf"):
    return SimpleUploadedFile(name, PDF)


def hidden(page):
    """What the form on a page sends with its main button."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page.content.decode())
    return {name: unescape(value) for name, value in found}


def review(client, desk, **changes):
    return client.post(ADDRESS, filled(desk, review="1", **changes))


def test_everything_typed_is_shown_and_nothing_is_filed_before_it_is_confirmed(client, desk):
    page = review(client, desk, address="望湖路1号", suggests_release="on", identity_file=proof())
    text = page.content.decode()
    for words in (
        "张三丰",
        "0571-00001234",
        "望湖路1号",
        "2024年度城乡低保资金的支出明细",
        "证件.pdf",
        "明湖区民政局",
        "电子件",
    ):
        assert words in text
    assert not Application.objects.exists() and not page.cookies
    done = client.post(ADDRESS, hidden(page), follow=True)
    assert "已经收到您的申请" in done.content.decode()
    case = Application.objects.get()
    assert case.suggests_release and [(file.role, file.name) for file in case.files.all()] == [
        ("identity", "证件.pdf")
    ]
    assert client.post(ADDRESS, hidden(page)).status_code == 302 and Application.objects.count() == 1


def test_a_number_that_cannot_be_right_is_told_before_it_is_sent_and_stops_nothing(client, desk):
    page = review(client, desk)
    assert "校验位不合），请您核对" in page.content.decode()
    receipt = client.post(ADDRESS, hidden(page), follow=True).content.decode()
    assert "请您核对" in receipt and "请同申请人核对" not in receipt and Application.objects.count() == 1


def test_going_back_keeps_all_that_was_typed_and_the_files(client, desk):
    page = review(client, desk, email="zhang@example.cn", identity_file=proof())
    back = client.post(ADDRESS, hidden(page) | {"back": "1"})
    text = back.content.decode()
    assert 'value="张三丰"' in text and 'value="zhang@example.cn"' in text and "证件.pdf" in text
    assert "2024年度城乡低保资金的支出明细</textarea>" in text
    more = filled(desk, review="1", held=hidden(back)["held"], attachment=proof("说明.pdf"))
    again = client.post(ADDRESS, more)
    assert "证件.pdf" in again.content.decode() and "说明.pdf" in again.content.decode()
    dropped = client.post(ADDRESS, filled(desk, review="1", held=hidden(back)["held"], drop="on"))
    assert "证件.pdf" not in dropped.content.decode()


def test_what_is_wrong_is_said_before_the_review(client, desk):
    page = review(client, desk, name="")
    assert (
        page.status_code == 400 and "请填写" in page.content.decode() and "确认提交" not in page.content.decode()
    )


@pytest.mark.parametrize("token", ["x", "{}", "gAAAAABm"])
def test_a_list_of_files_that_is_not_ours_is_refused(client, desk, token):
    page = client.post(ADDRESS, filled(desk, held=token))
    assert page.status_code == 400 and "请重新选择文件" in page.content.decode()
    assert not Application.objects.exists()


def test_files_that_nobody_filed_are_swept_and_others_stay(client, desk, settings):
    case = desk.case("2025-02-20")
    actions.add_file(case, "evidence", "证据.pdf", PDF, by=desk.clerk, at=NOW)
    review(client, desk, identity_file=SimpleUploadedFile("b.pdf", PDF + b"%%"))
    later = 10 * 24 * 3600
    assert held.sweep() == 0
    assert held.sweep(time.time() + later) == 1 and held.sweep(time.time() + later) == 0
    assert case.files.get().sha256


def test_the_receipt_is_mailed_without_the_code_when_mail_is_set_up(client, desk, settings):
    settings.EMAIL_HOST, settings.DEFAULT_FROM_EMAIL = "mail.example.cn", "gk@example.cn"
    page = client.post(ADDRESS, filled(desk, email="zhang@example.cn", once="m"), follow=True)
    client.post(ADDRESS, filled(desk, email="zhang@example.cn", once="m"))
    sent = letters.outbox
    assert [one.to for one in sent] == [["zhang@example.cn"]]
    assert page.context["case"].number in sent[0].body and page.context["code"] not in sent[0].body
    assert "寄往您填的电子邮箱" in page.content.decode() and "data-print" in page.content.decode()


def test_without_mail_the_receipt_says_so(client, desk):
    page = client.post(ADDRESS, filled(desk, email="zhang@example.cn"), follow=True).content.decode()
    assert "没有开通发邮件" in page and not letters.outbox
    page = client.post(ADDRESS, filled(desk), follow=True).content.decode()
    assert "邮件" not in page


def test_a_mail_server_that_is_down_does_not_stop_the_application(client, desk, settings, monkeypatch, caplog):
    settings.EMAIL_HOST, settings.DEFAULT_FROM_EMAIL = "mail.example.cn", "gk@example.cn"

    def down(*args, **kwargs):
        raise SMTPRecipientsRefused({"zhang@example.cn": (550, b"no such person")})

    monkeypatch.setattr("gongkai.org.mail.send_mail", down)
    page = client.post(ADDRESS, filled(desk, email="zhang@example.cn"), follow=True)
    assert page.status_code == 200 and Application.objects.count() == 1
    assert "没有寄出" in caplog.text and "zhang@" not in caplog.text


def test_the_progress_page_says_where_it_stands_and_what_one_can_do(client, desk):
    case, code = actions.submit(desk.intake(), at=NOW)

    def said():
        return client.post(reverse("public:progress"), {"number": case.number, "code": code}).content.decode()

    assert "最迟2025年3月20日答复您" in said() and 'href="#deed-quit"' in said()
    actions.accept(case, by=desk.clerk, at=NOW)
    desk.letter(case, "correction", "2025-02-20", defects="年度", guidance="写明年度", days="5")
    assert "请在2025年2月27日以前" in said() and 'href="#deed-correct"' in said()
    assert case.description in said()
    actions.quit(fresh(case), at=moment("2025-02-20", 12))
    assert "已经撤回" in said()


def test_places_tell_the_way(client, desk):
    Place.objects.create(
        agency=desk.agency,
        name="区档案馆",
        kind="archive",
        address="望湖路9号&x",
        phone="0571-00000003",
        hours="工作日",
    )
    text = client.get(reverse("public:places")).content.decode()
    assert (
        "https://uri.amap.com/search?keyword=%E6%9C%9B%E6%B9%96%E8%B7%AF9%E5%8F%B7%26x" in text
        and "怎么去" in text
    )
