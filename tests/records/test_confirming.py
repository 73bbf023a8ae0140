"""“请核对”的逐条核对过才送得出去:谁核对的、什么理由,审核人看得见;改了正文要重新核对。"""

from datetime import date

import pytest
from django.urls import reverse

from gongkai.law.errors import RuleBroken
from gongkai.records import actions, checks
from gongkai.records.models import Edition, Review
from tests.records.office import AT, Office

pytestmark = pytest.mark.django_db
#: 落款是别的机关、日期也不对:从前照样公布了。
WRONG = "<p>各单位：</p><p>请按规定办理。</p><p>明湖区财政局</p><p>2024年8月1日</p>"


@pytest.fixture
def office():
    return Office()


@pytest.fixture
def draft(office):
    return office.draft(made_on=date(2024, 9, 2), body=WRONG)


def findings(edition):
    return checks.to_confirm(edition, on=AT.date())


def everything(edition, reason="会签的文件，以区政府办名义公开。"):
    return {finding.mark: reason for finding in findings(edition)}


def test_a_paper_signed_by_another_agency_is_not_handed_in_unseen(office, draft):
    assert {"text-agency", "text-date"} <= {finding.code for finding in findings(draft)}
    with pytest.raises(RuleBroken, match="没有确认"):
        actions.submit(draft, by=office.clerk, at=AT, confirmed={})
    with pytest.raises(RuleBroken, match="没有写理由"):
        actions.submit(draft, by=office.clerk, at=AT, confirmed=everything(draft, reason=" "))
    draft.refresh_from_db()
    assert draft.stage == "draft"
    actions.submit(draft, by=office.clerk, at=AT, confirmed=everything(draft))
    note = Review.objects.get(edition=draft, kind="submit")
    assert {row["code"] for row in note.confirmed} >= {"text-agency", "text-date"} and note.by == office.clerk


def test_a_tick_is_for_that_finding_only(office, draft):
    given = everything(draft)
    draft = actions.save(
        draft, {"body": WRONG.replace("财政局", "教育局")}, by=office.clerk, at=AT, revision=draft.revision
    )
    with pytest.raises(RuleBroken, match=r"还有1条.*教育局"):
        actions.submit(draft, by=office.clerk, at=AT, confirmed=given)


def test_by_the_page(client, office, draft):
    client.force_login(office.clerk)
    url = reverse("desk:submit", args=[draft.record_id])
    asked = client.post(url)
    assert "送审前核对" in asked.content.decode() and Edition.objects.get(pk=draft.pk).stage == "draft"
    refused = client.post(url, {"confirming": "on"})
    assert refused.status_code == 422 and "还没有核对" in refused.content.decode()
    page = client.get(url).context["form"]
    data = {"confirming": "on"}
    for finding in page.findings:
        data |= {f"tick_{finding.mark}": "on", f"reason_{finding.mark}": "会签的文件。"}
    assert client.post(url, data).status_code == 302
    client.force_login(office.first)
    shown = client.get(reverse("desk:judge", args=[draft.record_id, "first"])).content.decode()
    assert "会签的文件。" in shown and "送审时逐条核对" in shown


def test_without_findings_one_click_hands_in(client, office, monkeypatch):
    monkeypatch.setattr(checks, "to_confirm", lambda edition, on: [])
    draft = office.draft()
    client.force_login(office.clerk)
    assert client.post(reverse("desk:submit", args=[draft.record_id])).status_code == 302
    assert Edition.objects.get(pk=draft.pk).stage == "first"
