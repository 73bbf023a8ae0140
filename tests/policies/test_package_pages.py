"""工作台的同步发布:从文件页面建包,起草、核定、一并签发、撤下,每一步都在页面上走一遍。"""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from gongkai.policies.models import Package
from gongkai.records import actions as records
from gongkai.records import store
from gongkai.records.models import Record
from tests.policies.bundle import all_to_final, bundle, paper, released


@pytest.fixture
def desk(client, office):
    def go(who, name, *args, **data):
        client.force_login(getattr(office, who))
        url = reverse(f"desk:{name}", args=args)
        response = client.post(url, data) if data else client.get(url)
        return response, response.content.decode()

    return go


def test_from_the_paper_to_the_public(desk, client, office, settings):
    record = paper(office).record
    _, text = desk("clerk", "record", record.pk)
    assert "附上解读，同步发布" in text
    desk("clerk", "policies_start", record.pk, go="1")
    package = Package.objects.get(policy=record)
    _, text = desk("clerk", "policies_package", package.pk)
    assert "应当同解读一起发布" in text and "还没有解读" in text and "五年方案" in text
    desk(
        "clerk",
        "policies_plan",
        package.pk,
        outline="背景依据、主要内容",
        channels="政府网站",
        planned_on="2024-09-10",
    )
    response, _ = desk("clerk", "policies_draft", package.pk, title="解读", form="视频")
    part = package.parts.get()
    assert response.url == reverse("desk:edit", args=[part.record_id])
    draft = part.record.draft
    copied = "<p>现就做好秋季绿化工作通知如下。</p>"
    records.save(draft, {"body": copied}, by=office.clerk, at=draft.saved_at, revision=draft.revision)
    _, text = desk("clerk", "policies_package", package.pk)
    assert "100%的字照抄文件原文" in text and "视频" in text and "还没有说到的要素：背景依据" in text
    all_to_final(office, package)
    _, text = desk("final", "policies_packages")
    assert str(record) in text
    response, _ = desk("final", "policies_sign", package.pk)
    seen = response.context["form"].initial["seen"]
    response, text = desk(
        "final", "policies_sign", package.pk, seen=seen, opinion="", publish_at="2000-01-01T00:00"
    )
    assert response.status_code == 422 and "已经过去" in text
    response, text = desk("final", "policies_sign", package.pk, seen=seen.split()[0], opinion="同意")
    assert response.status_code == 422 and "不是最新的稿子" in text
    response, _ = desk("final", "policies_sign", package.pk, seen=seen, opinion="同意")
    assert response.url == package.get_absolute_url()
    page = client.get(Record.objects.get(pk=record.pk).get_absolute_url()).content.decode()
    assert part.record.get_absolute_url() in page
    back = client.get(part.record.get_absolute_url()).content.decode()
    assert record.get_absolute_url() in back


def test_the_moment_is_changed_on_the_page(desk, office):
    package = released(office, "文字", publish_at=timezone.now() + timedelta(days=3))
    _, text = desk("final", "policies_package", package.pk)
    assert "改发布时刻" in text
    response, text = desk("final", "policies_reschedule", package.pk, publish_at="2000-01-01T00:00")
    assert response.status_code == 422 and "新定的时刻已经过去" in text
    day = timezone.localtime() + timedelta(days=5)
    response, _ = desk("final", "policies_reschedule", package.pk, publish_at=f"{day:%Y-%m-%dT08:00}")
    assert response.url == package.get_absolute_url()
    _, text = desk("final", "policies_package", package.pk)
    assert f"{day:%Y-%m-%d} 08:00同时公开" in text
    response, text = desk("final", "reschedule", package.policy_id, publish_at="")
    assert response.status_code == 422 and "不能单独改时刻" in text
    desk("final", "policies_reschedule", package.pk, publish_at="")
    assert Record.objects.public(timezone.now()).count() == 2
    _, text = desk("final", "policies_package", package.pk)
    assert "改发布时刻" not in text.split("现在可以办")[1]


def test_add_and_take_out(desk, office):
    package = bundle(office)
    loose = office.draft("interpretation", title="散着的解读", fields={"form": "音频"}).record
    _, text = desk("clerk", "policies_add", package.pk)
    assert "散着的解读" in text
    desk("clerk", "policies_add", package.pk, record=loose.pk)
    part = package.parts.get()
    desk("clerk", "policies_remove", package.pk, part.pk, go="1")
    assert not package.parts.exists()


def test_exempt_and_take_back(desk, office):
    package = bundle(office)
    response, text = desk("head", "policies_exempt", package.pk, kind="plain", note="")
    assert response.status_code == 422 and "请填写“理由”" in text
    desk("head", "policies_exempt", package.pk, kind="plain", note="只有一句话。")
    _, text = desk("head", "policies_package", package.pk)
    assert "内容简单明了，不需要解读" in text and "只有一句话。" in text
    desk("head", "policies_oblige", package.pk, go="1")
    package.refresh_from_db()
    assert package.exemption == ""


def test_withdraw_each_in_its_way(desk, office):
    package = released(office, "文字")
    part = package.parts.get().record
    given = {"reason": "有误", "basis": "", "on": "2024-09-03"}
    response, text = desk("head", "policies_withdraw", package.pk, **given)
    assert response.status_code == 422 and "没有选要撤下的" in text
    desk("head", "policies_withdraw", package.pk, **given, **{f"kind{part.pk}": "retracted"})
    assert Record.objects.get(pk=part.pk).withdrawn == "retracted"
    _, text = desk("clerk", "policies_package", package.pk)
    assert "解读撤下，新的解读另行发布" in text
    _, text = desk("clerk", "home")
    assert "公开着而没有解读的文件" in text


def test_the_same_file_elsewhere_is_asked_for_here_too(desk, office):
    package = released(office, "文字")
    given = {"name": "申请表.pdf", "sha256": store.keep(b"%PDF-1.4 1 0 obj"), "size": 16, "kind": "pdf"}
    file = package.policy.live.attachments.create(**given)
    edition = office.draft(title="办事一览")
    edition.attachments.create(name="表二.pdf", sha256=file.sha256, size=file.size, kind=file.kind)
    office.sign(office.fresh(edition))
    other = edition.record_id
    given = {"reason": "清理", "basis": "明政发〔2024〕9号", "on": "2024-09-03", "kept": "另有解读。"}
    given[f"kind{package.policy_id}"] = "repealed"
    response, text = desk("head", "policies_withdraw", package.pk, **given)
    assert response.status_code == 422 and "《办事一览》里还公开着同样的附件（表二.pdf），没有一并废止" in text
    response, _ = desk("head", "policies_withdraw", package.pk, **given, **{f"same{other}": "on"})
    assert Record.objects.get(pk=other).withdrawn == "repealed"


@pytest.mark.parametrize("key", ["open", "ready", "missing", "done", "bare", "no"])
def test_lists(desk, client, office, key):
    bundle(office, "文字")
    paper(office, title="孤零零的文件")
    client.force_login(office.clerk)
    response = client.get(reverse("desk:policies_packages"), {"list": key})
    text = response.content.decode()
    assert response.status_code == 200
    assert ("孤零零的文件" in text) is (key == "missing")
