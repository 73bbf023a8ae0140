"""来信附的文件:按内容认,加密存,看过才能办,一个也不悄悄丢下;公众的表单都不悄悄丢下文件。"""

import tomllib
from datetime import timedelta
from importlib.resources import files

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from gongkai.engagement import actions, demo
from gongkai.engagement.models import Letter, LetterFile
from gongkai.engagement.terms import Elsewhere
from gongkai.law.errors import RuleBroken
from gongkai.org.models import LogEntry
from gongkai.records import held, sealed_files
from tests.engagement.test_engagement import AT, NEXT, now, office, sent, text_of  # noqa: F401
from tests.records.office import Office

pytestmark = pytest.mark.django_db
WRITE = "public:letter_write"
SECRET = "病历里写着住在人民路九号"


def paper(name="材料.txt", text=SECRET):
    return SimpleUploadedFile(name, text if isinstance(text, bytes) else text.encode())


def given(office, **more):  # noqa: F811
    return {"kind": "consult", "agency": office.agency.code, "title": "路灯", "text": "路灯不亮。"} | more


def post(client, office, **more):  # noqa: F811
    return client.post(reverse(WRITE), given(office, **more), follow=True)


def names():
    return [file.name for file in LetterFile.objects.all()]


def test_files_are_sealed_and_opened_before_the_letter_is_answered(client, office, now):  # noqa: F811
    page = text_of(
        post(client, office, file=[paper("范某某的病历.txt"), paper("照片.png", b"\x89PNG\r\n\x1a\n1")])
    )
    letter = Letter.objects.get()
    assert letter.number in page and "附的2个文件一起收到了" in page
    assert [file.kind for file in letter.files.all()] == ["txt", "png"]
    assert SECRET.encode() not in b"".join(path.read_bytes() for path in sealed_files.root().glob("??/*"))
    now(NEXT)
    by = {"by": office.clerk, "at": NEXT}
    actions.accept(letter, **by)
    for refused in (
        lambda: actions.draft_reply(letter, "修好。", **by),
        lambda: actions.decline(letter, Elsewhere.HOTLINE, "请打热线", **by),
        lambda: actions.convert(letter, Elsewhere.PETITION, "已经转", number="XF-1", **by),
        lambda: actions.merge(letter, sent(office)[0], **by),
    ):
        with pytest.raises(RuleBroken, match="随信的文件还有2个没有打开看过"):
            refused()
    client.force_login(office.clerk)
    url = reverse("desk:engagement_letter", args=[letter.pk])
    assert text_of(client.get(url)).count("还没有人看过") == 2
    for file in letter.files.all():
        answer = client.post(reverse("desk:engagement_letter_file", args=[letter.pk, file.pk]))
        assert answer["Cache-Control"] == "no-store" and answer["Content-Disposition"].startswith("attachment")
    assert LogEntry.objects.filter(action="engagement.personal").count() == 2
    assert "范某某" not in "".join(LogEntry.objects.values_list("summary", flat=True))
    actions.draft_reply(letter, "修好。", **by)


def test_whoever_gets_it_next_opens_the_files_anew_and_no_helper_opens_them(client, office, now):  # noqa: F811
    other = Office("MH0122", "明湖区城管局")
    letter, _ = sent(office, files=[("材料.txt", SECRET.encode())])
    file = letter.files.get()
    url = reverse("desk:engagement_letter_file", args=[letter.pk, file.pk])
    actions.open_letter_file(letter, file.pk, by=office.clerk, at=NEXT)
    actions.accept(letter, by=office.clerk, at=NEXT)
    actions.ask_help(letter, other.agency, "归谁", by=office.clerk, at=NEXT)
    client.force_login(other.clerk)
    assert client.post(url).status_code == 403
    actions.transfer(letter, other.agency, "归它管", by=office.clerk, at=NEXT)
    actions.accept(letter, by=other.clerk, at=NEXT)
    with pytest.raises(RuleBroken, match="没有打开看过"):
        actions.draft_reply(letter, "修好。", by=other.clerk, at=NEXT)
    assert client.post(url).status_code == 200
    actions.draft_reply(letter, "修好。", by=other.clerk, at=NEXT)
    client.force_login(office.clerk)
    assert client.post(url).status_code == 404


def test_a_fault_elsewhere_loses_no_file_and_one_can_be_left_out(client, office):  # noqa: F811
    page = post(client, office, title="", file=paper("甲.txt"))
    assert page.status_code == 400 and "不附先前选好的《甲.txt》" in text_of(page)
    kept = page.context["form"]["held"].value()
    again = post(client, office, title="", held=kept, file=paper("乙.txt", "乙"))
    kept = again.context["form"]["held"].value()
    post(client, office, held=kept)
    assert sorted(names()) == ["乙.txt", "甲.txt"]
    post(client, office, held=kept, drop="on", file=paper("丙.txt", "丙"))
    assert names()[2:] == ["丙.txt"]


def test_the_same_form_five_times_is_one_letter_with_its_files(client, office):  # noqa: F811
    for _ in range(5):
        page = text_of(post(client, office, once="a" * 20, file=paper()))
    assert Letter.objects.get().number in page and LetterFile.objects.count() == 1


@pytest.mark.parametrize(
    ("papers", "why"),
    [
        ([paper(f"{number}.txt") for number in range(100)], "一次至多3个文件，现在有100个"),
        ([paper(f"{number}.txt") for number in range(200)], "一次至多3个文件，现在有200个"),
        ([paper("图.svg", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')], "不能收"),
        ([paper("图.txt", b"<!-- x --><svg onload=alert(1)>")], "不能收"),
        ([paper("图.txt", b"<script>alert(1)</script>")], "不能收"),
        ([paper("图.pdf", b"MZ" + b"\0" * 300)], "不能收"),
        ([paper("空.txt", b"")], "空"),
        ([paper("大.txt", b"a" * (10 * 1024 * 1024 + 1))], "超过10 MB"),
    ],
)
def test_what_is_not_taken_is_said_and_nothing_written_is_lost(client, office, papers, why):  # noqa: F811
    page = post(client, office, text="写了很久。", file=papers)
    assert page.status_code == 400 and why in text_of(page) and "写了很久。" in text_of(page)
    assert not Letter.objects.exists() and not LetterFile.objects.exists()


def test_two_megabytes_are_all_there_in_the_answer(client, office):  # noqa: F811
    text = "灯" * (2 * 1024 * 1024 // 3)
    page = post(client, office, text=text, file=paper("甲.txt"))
    shown = text_of(page)
    assert page.status_code == 400 and f"内容有{len(text)}字，超过5000字" in shown and text in shown
    assert "不附先前选好的《甲.txt》" in shown and len(text.encode()) < settings.DATA_UPLOAD_MAX_MEMORY_SIZE


def test_files_go_with_the_contact_and_the_sweep_keeps_them_till_then(office):  # noqa: F811
    letter, _ = sent(office, files=[("材料.txt", SECRET.encode())])
    file = letter.files.get()
    held.hold([("", "别的.txt", "没有提交的".encode())], [], most=3, fix="")
    later = (AT + timedelta(days=9)).timestamp()
    assert held.sweep(later) == 1, "没有提交的清掉，来信的留着"
    assert sealed_files.read(file.sha256) == SECRET.encode()
    actions.open_letter_file(letter, file.pk, by=office.clerk, at=NEXT)
    actions.decline(letter, Elsewhere.HOTLINE, "请打热线", by=office.clerk, at=NEXT)
    assert actions.erase_contacts(before=NEXT + timedelta(days=1), at=NEXT + timedelta(days=400)) == 1
    file.refresh_from_db()
    assert file.is_erased and file.name == ""


def test_the_letters_of_the_sample_bring_files_and_are_drafted_after_they_were_opened(office):  # noqa: F811
    table = tomllib.loads(files("gongkai.engagement").joinpath("data", "demo.toml").read_text("utf-8"))
    rows = [row for row in table["letter"] if "files" in row]
    for row in rows:
        demo._letter(row, office, AT.date())
    assert len(rows) == 2 and LetterFile.objects.filter(seen_at=None).count() == 1
    assert Letter.objects.get(state="drafted").files.get().seen_by == office.clerk
