"""意见附的文件和很长的意见:按内容认,加密存,遮着看,没有人看过的不能答复;写得太长的一个字也不丢。"""

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from gongkai.decisions import actions
from gongkai.decisions.attached import LARGEST, examined
from gongkai.decisions.models import Opinion, OpinionFile
from gongkai.law.consultation import Disposition
from gongkai.law.errors import RuleBroken
from gongkai.org.models import LogEntry
from gongkai.records import sealed_files
from tests.decisions.office import AFTER, Council
from tests.records.office import moment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("here")]
NOON = moment(2026, 9, 15, 12)
#: Invented: the check character holds, the region code is of no place.
ID_NUMBER = "990101199003074614"
LONG = "建议把送餐上门写进第五条，腿脚不便的老人去不了助餐点。" * 300


@pytest.fixture
def council(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOON)
    return Council()


@pytest.fixture
def one(council):
    return council.round(council.dossier())


def send(client, one, **given):
    return client.post(reverse("public:opinion", args=[one.pk]), given, follow=True)


def paper(text, name="意见.txt"):
    return SimpleUploadedFile(name, text.encode())


def test_a_file_is_read_sealed_and_seen_before_it_is_answered(client, council, one):
    sent = send(client, one, file=paper(f"我的身份证号是{ID_NUMBER}。{LONG}"), name="范某某")
    opinion = Opinion.objects.get()
    assert opinion.number in sent.content.decode() and opinion.text == ""
    assert opinion.file.text.startswith("我的身份证号是") and opinion.file.trouble == ""
    stored = b"".join(path.read_bytes() for path in sealed_files.root().glob("??/*"))
    assert stored and ID_NUMBER.encode() not in stored, "存的是密文"
    by = {"by": council.office.clerk, "at": AFTER}
    answer = {"reason": "", "shown": "建议送餐上门。"} | by
    with pytest.raises(RuleBroken, match="还没有人看过"):
        actions.answer(one, [opinion.pk], Disposition.TAKEN, **answer)
    client.force_login(council.office.clerk)
    page = client.get(reverse("desk:decisions_opinion", args=[opinion.pk])).content.decode()
    assert "还没有人看过" in page and ID_NUMBER not in page and "腿脚不便" in page
    given = client.post(reverse("desk:decisions_opinion_file", args=[opinion.pk]))
    assert ID_NUMBER in given.content.decode() and given["Cache-Control"] == "no-store"
    assert LogEntry.objects.filter(action="decisions.personal").count() == 1
    assert actions.answer(one, [opinion.pk], Disposition.TAKEN, **answer) == 1
    assert "腿脚不便" not in council.feed_back(one, at=AFTER).live.body, "公开的只有公开的写法"


def test_what_an_opinion_says_of_a_person_is_masked_until_somebody_looks(client, council, one):
    opinion, _ = actions.send_opinion(
        one, f"我叫范某某，身份证号{ID_NUMBER}，支持。", at=NOON, contact={"name": "范某某"}
    )
    client.force_login(council.office.clerk)
    for url in (
        reverse("desk:decisions_opinions", args=[one.pk]),
        reverse("desk:decisions_opinion", args=[opinion.pk]),
    ):
        page = client.get(url).content.decode()
        assert ID_NUMBER not in page and "范某某" not in page and "支持" in page
    rows = b"".join(
        client.get(reverse("desk:decisions_opinions", args=[one.pk]) + "?format=csv").streaming_content
    )
    assert ID_NUMBER.encode() not in rows and "支持".encode() in rows
    clear = client.post(reverse("desk:decisions_contact", args=[opinion.pk])).content.decode()
    assert ID_NUMBER in clear and LogEntry.objects.filter(action="decisions.personal").count() == 1
    with pytest.raises(RuleBroken, match="公开的写法里有身份证号"):
        actions.answer(
            one, [opinion.pk], Disposition.TAKEN, reason="", shown=opinion.text, by=council.office.clerk, at=AFTER
        )


def test_two_megabytes_pasted_are_all_there_in_the_answer(client, one):
    text = "意见" * (1024 * 1024 // 3)
    page = send(client, one, text=text, article="第五条", name="某")
    shown = page.content.decode()
    assert page.status_code == 400 and not Opinion.objects.exists()
    assert f"意见有{len(text)}字，超过5000字" in shown and "用“文件”交上来" in shown
    assert text in shown and "第五条" in shown, "写的一个字也没有丢"
    assert "maxlength" not in shown.partition('id="id_text"')[0][-200:] and len(text.encode()) > 2_000_000
    assert len(text.encode()) < settings.DATA_UPLOAD_MAX_MEMORY_SIZE


@pytest.mark.parametrize(
    ("content", "why"),
    [(b"MZ" + b"\0" * 300, "不能收"), (b"PK\x05\x06" + b"\0" * 18, "不能收"), (b"<html><body>x", "不能收")],
)
def test_what_is_no_paper_is_refused_by_its_content(client, one, content, why):
    page = send(client, one, text="附件里写了。", file=SimpleUploadedFile("意见.docx", content))
    assert page.status_code == 400 and why in page.content.decode() and "附件里写了。" in page.content.decode()
    assert not Opinion.objects.exists() and not OpinionFile.objects.exists()


def test_a_file_has_its_largest_size_and_a_name_that_harms_nobody():
    with pytest.raises(RuleBroken, match="超过10 MB"):
        examined("意见.txt", b"a" * (LARGEST + 1))
    with pytest.raises(RuleBroken, match="扩展名是程序或者网页的"):
        examined("../../etc/意见.exe", "意见".encode())
    assert examined("../../etc/意见.dat", "意见".encode()).name == "意见.txt"


def test_neither_text_nor_file_is_no_opinion(client, one):
    page = send(client, one, name="某")
    assert page.status_code == 400 and "没有写意见" in page.content.decode()
