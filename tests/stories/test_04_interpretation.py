"""任务四:文件和解读同步起草、同步审签、同步发布;多元化解读占比看得见、查得到。

信息员起草文件和图解 → 三审、保密、法制各审 → 终审人一并签发 → 公众在两边的页面上都找得到另一边 → 区政府办看占比。
"""

import re
from datetime import date

import pytest
from django.urls import reverse

from gongkai.policies.models import Package
from gongkai.records.models import Record

pytestmark = pytest.mark.django_db
TITLE = "明湖区人民政府办公室关于印发《明湖区共享单车停放办法》的通知"
BODY = "<p>各镇人民政府、街道办事处：</p><p>第一条 共享单车应当停在画线的区域内。</p>"


class Person:
    """Someone at the desk, who goes by what the pages offer."""

    def __init__(self, client, user):
        self.client, self.user = client, user

    def get(self, url):
        self.client.force_login(self.user)
        response = self.client.get(url)
        assert response.status_code == 200, url
        return response.content.decode()

    def post(self, url, **data):
        self.client.force_login(self.user)
        response = self.client.post(url, data)
        assert response.status_code == 302, (
            url,
            response.status_code,
            re.findall(r"<li>.*?</li>", response.content.decode())[:3],
        )
        return response.url


def write(clerk, record, body, **fields):
    """Fill in the form as it stands and save."""
    clerk.client.force_login(clerk.user)
    url = reverse("desk:edit", args=[record.pk])
    form = clerk.client.get(url).context["form"]
    values = {name: form.initial.get(name) or "" for name in form.fields if name != "attachments"}
    clerk.post(url, **{**values, "body": body, **fields})


def judged(person, url, **given):
    """Open the form and send it, as a browser does: with what it says was seen."""
    person.client.force_login(person.user)
    seen = person.client.get(url).context["form"].initial["seen"]
    return person.post(url, seen=seen, **given)


def handed_in(clerk, record):
    """Go through what the page asks to be checked, tick each with a reason, and send it."""
    clerk.client.force_login(clerk.user)
    url = reverse("desk:submit", args=[record.pk])
    data = {"confirming": "on"}
    for finding in clerk.client.get(url).context["form"].findings:
        data |= {f"tick_{finding.mark}": "on", f"reason_{finding.mark}": "已经核对。"}
    clerk.post(url, **data)


def reviewed(desk, record):
    handed_in(desk["clerk"], record)
    for kind in ("secrecy", "first", "second"):
        judged(desk[kind], reverse("desk:judge", args=[record.pk, kind]), verdict="pass", opinion="同意")


@pytest.fixture
def desk(client, office):
    return {role.value: Person(client, user) for role, user in office.people.items()}


def test_drafted_signed_and_published_together(client, desk, office):
    clerk = desk["clerk"]
    clerk.post(reverse("desk:new"), agency=office.agency.pk, type="normative", title=TITLE)
    policy = Record.objects.get()
    today = date(2026, 10, 12).isoformat()
    write(
        clerk,
        policy,
        BODY,
        doc_number="明政办发〔2026〕31号",
        made_on=today,
        effective_on="2026-11-12",
        expires_on="2031-11-11",
        genre="通知",
    )
    assert "还没有解读的在办文件" in clerk.get(reverse("desk:home"))

    package_url = clerk.post(reverse("desk:policies_start", args=[policy.pk]))
    package = Package.objects.get()
    clerk.post(
        reverse("desk:policies_plan", args=[package.pk]),
        outline="背景、停在哪里、不按规定停会怎样",
        channels="网站、微信",
        planned_on=today,
    )
    for form, title in (("图表图解", "一图读懂：共享单车停哪里"), ("文字", "共享单车停放办法政策解读")):
        clerk.post(reverse("desk:policies_draft", args=[package.pk]), title=title, form=form)
        part = Record.objects.get(title=title)
        write(
            clerk, part, "<p>为什么要管：人行道被占，群众走路不便。停在哪里：路边的白线框里。</p>", made_on=today
        )
    parts = [part.record for part in package.parts.all()]
    assert "照抄" not in clerk.get(package_url)

    for record in (policy, *parts):
        reviewed(desk, record)
    judged(desk["legal"], reverse("desk:judge", args=[policy.pk, "legal"]), verdict="pass", opinion="合法")

    final = desk["final"]
    assert "待一并签发的文件和解读" in final.get(reverse("desk:home"))
    client.force_login(final.user)
    alone = client.post(
        reverse("desk:judge", args=[policy.pk, "final"]),
        {"verdict": "pass", "opinion": "", "seen": policy.draft.mark},
    )
    assert alone.status_code == 422 and "一并签发" in alone.content.decode()
    assert client.get(policy.get_absolute_url()).status_code == 404

    judged(final, reverse("desk:policies_sign", args=[package.pk]), opinion="同意")
    client.logout()
    page = client.get(policy.get_absolute_url()).content.decode()
    for part in parts:
        assert part.get_absolute_url() in page
        assert policy.get_absolute_url() in client.get(part.get_absolute_url()).content.decode()
    moments = set(Record.objects.values_list("published_at", flat=True))
    assert len(moments) == 1 and None not in moments

    text = desk["office"].get(reverse("desk:policies_figures"))
    assert "50%" in text and "达到目标" in text
    library = client.get(reverse("public:policies")).content.decode()
    assert (TITLE in library and "尚未施行" in library) or "有效" in library


def test_the_head_excuses_with_a_reason_that_stays(client, desk, office):
    edition = office.draft("normative", doc_number="明政办发〔2024〕41号", effective_on=date(2024, 10, 1))
    clerk, head = desk["clerk"], desk["head"]
    clerk.post(reverse("desk:policies_start", args=[edition.record_id]))
    package = Package.objects.get()
    head.post(reverse("desk:policies_exempt", args=[package.pk]), kind="minor", note="只改一处机构名称。")
    reviewed(desk, edition.record)
    judged(desk["legal"], reverse("desk:judge", args=[edition.record_id, "legal"]), verdict="pass", opinion="合法")
    judged(desk["final"], reverse("desk:judge", args=[edition.record_id, "final"]), verdict="pass", opinion="同意")
    assert client.get(edition.record.get_absolute_url()).status_code == 200
    text = desk["inspector"].get(package.get_absolute_url())
    assert "只改一处机构名称。" in text and "单位负责人" in text
