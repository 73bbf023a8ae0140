"""目录的数据文件各列都有,只链公众看得到的;会议公开方案排得成 DOCX 和 PDF,三项意见不齐排不出。"""

import io
from datetime import date

import pytest
from django.urls import reverse
from docx import Document

from gongkai.adapters.readers.opendata.table import read_table
from gongkai.decisions import actions, catalogue_table, meeting_plan
from gongkai.decisions.models import AgendaItem
from gongkai.law.errors import RuleBroken
from tests.decisions.office import AFTER, START, Council
from tests.records.office import moment

pytestmark = pytest.mark.django_db


@pytest.fixture
def council():
    return Council()


def test_the_catalogue_has_every_column_and_links_only_what_is_public(council, client, monkeypatch):
    clerk, office = council.office.clerk, council.office
    year = actions.open_year(council.government, 2026, by=clerk, at=START)
    values = {
        "title": "=停车收费方案",
        "lead": office.agency,
        "procedures": ["hearing", "legality"],
        "planned_on": date(2026, 12, 31),
        "basis": "价格法第二十三条",
    }
    item = actions.add_item(year, values, by=clerk, at=START)
    dossier = council.dossier(item=item)
    one = council.round(dossier)
    year.record, year.stage = one.record, "published"
    year.save()
    actions.change_item(
        item, {"helpers": "区公安分局"}, reason="增加配合单位", approved_by="第20次常务会议", by=clerk, at=START
    )
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment(2026, 9, 15))
    url = reverse("public:decision_catalogue", args=[2026])
    head, row = read_table(client.get(url + "?format=xlsx").content, "目录.xlsx").rows
    found = dict(zip(head, row, strict=True))
    assert head == catalogue_table.HEAD and found["事项名称"] == "'=停车收费方案"
    assert (found["是否听证"], found["配合单位"]) == ("是", "区公安分局")
    assert found["公布以后的调整"] == "变更（增加配合单位，第20次常务会议批准）"
    assert found["征求意见"].endswith(one.get_absolute_url()) and found["采纳情况"] == found["决策文件"] == ""
    assert found["决策全过程"].endswith(dossier.get_absolute_url())
    lines = client.get(url + "?format=csv").content.decode("utf-8-sig").splitlines()
    assert lines[0].split(",") == catalogue_table.HEAD
    council.feed_back(one, at=AFTER)
    (row,) = catalogue_table.rows(year, AFTER)
    assert dict(zip(head, row, strict=True))["采纳情况"]


def hold(council, **options):
    values = {"kind": "executive", "term": 18, "number": 48, "held_on": date(2026, 9, 14), "place": "第一会议室"}
    return actions.hold(council.government, values | options, by=council.office.clerk, at=START)


def test_the_plan_of_a_meeting_is_a_document(council, client):
    meeting, clerk = hold(council, seats=2, signup_until=moment(2026, 9, 10, 23, 59)), council.office.clerk
    dossier = council.dossier()
    one = council.round(dossier)
    actions.send_opinion(one, "支持，建议加站。", at=moment(2026, 9, 5))
    given = {
        "title": "公交调价方案",
        "reporter": council.office.agency,
        "dossier": dossier,
        "livelihood": True,
        "invite": True,
        "invitees": "居民2人",
        "opened": True,
        "ways": ["live", "decisions"],
    }
    actions.add_agenda(meeting, given, by=clerk, at=START)
    client.force_login(clerk)
    address = [reverse("desk:decisions_meeting_plan", args=[meeting.pk, suffix]) for suffix in ("docx", "pdf")]
    word = Document(io.BytesIO(client.get(address[0]).content))
    cells = [cell.text for row in word.tables[0].rows for cell in row.cells]
    text = "\n".join(paragraph.text for paragraph in word.paragraphs)
    assert "邀请：居民2人" in cells and "直播、会后公布议定事项" in cells and "重大民生" in cells
    assert "公开方案" in text and "名额2人" in text and "共收到意见1条" in text
    assert client.get(address[1]).content.startswith(b"%PDF-")
    assert client.get(reverse("desk:decisions_meeting_plan", args=[meeting.pk, "exe"])).status_code == 404


def test_a_plan_without_the_three_opinions_is_not_made(council, client):
    meeting = hold(council)
    with pytest.raises(RuleBroken, match="没有列议题"):
        meeting_plan.document(meeting)
    AgendaItem.objects.create(
        meeting=meeting, order=1, title="旧议题", reporter=council.office.agency, livelihood=True
    )
    client.force_login(council.office.clerk)
    page = client.get(reverse("desk:decisions_meeting_plan", args=[meeting.pk, "pdf"]), follow=True)
    assert "没有填是否邀请列席" in page.content.decode()
    with pytest.raises(RuleBroken, match="依法不公开"):
        meeting_plan.document(hold(council, number=49, secret_basis="涉及国家秘密"))
