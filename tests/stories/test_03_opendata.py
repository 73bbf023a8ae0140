"""任务三 公共数据开放:在 Chromium 里,一个局把表交上来,被手机号挡住,改好、定级、批准、签字开放;公众拿手机看表、下载、调接口;
数据过期;收紧以后,在按下的那一刻到处都没有。"""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse

from gongkai.law.agencies import Role
from gongkai.opendata import actions
from gongkai.opendata.models import Dataset, Key, Usage
from tests.opendata.steward import ENTRY, PARKING
from tests.records.office import Office, moment
from tests.stories.windows import Windows, fill, let_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("here")]


class Bureau(Windows):
    """A bureau with its people, and somebody with a phone."""

    def __init__(self, chromium, base, monkeypatch) -> None:
        super().__init__(chromium, base)
        self.office = Office()
        let_in(self.office.people.values())
        self.now = moment(2026, 9, 1, 9)
        monkeypatch.setattr("django.utils.timezone.now", lambda: self.now)

    def later(self, days: int) -> None:
        """Another day: everyone signs in anew."""
        self.now += timedelta(days=days)
        self.close()
        cache.clear()

    def at(self, role: Role, address: str):
        """The window of whoever has this role, on a page."""
        return self.visit(self.office.people[role], address)

    def send(self, page, status=302, **fields) -> str:
        fill(page, fields)
        with page.expect_response(lambda one: one.request.method == "POST") as answer, page.expect_navigation():
            page.click("main form[method=post] .actions button")
        text = page.inner_text("main")
        assert answer.value.status == status, text
        return text

    def hand_in(self, dataset, text, status=302) -> str:
        page = self.at(Role.CLERK, reverse("desk:opendata_upload", args=[dataset.pk]))
        page.set_input_files(
            "main [name=file]", {"name": "parking.csv", "mimeType": "text/csv", "buffer": text.encode()}
        )
        return self.send(page, status)

    def asked(self, address: str, **headers: str) -> tuple[int, str]:
        """A program's request: status and body."""
        request = urllib.request.Request(self.base + address, headers={"User-Agent": "app/1.0", **headers})
        try:
            with urllib.request.urlopen(request) as answer:
                return answer.status, answer.read().decode("utf-8-sig")
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()


@pytest.fixture
def bureau(chromium, live_server, transactional_db, monkeypatch):
    one = Bureau(chromium, live_server.url, monkeypatch)
    yield one
    one.close()


def test_a_table_from_the_bureau_to_the_public_and_back(bureau):
    # 编目;表里有一个手机号,没有收,说得出在哪一行哪一列
    page = bureau.at(Role.CLERK, reverse("desk:opendata_new"))
    values = {name: ENTRY[name] for name in ("title", "summary", "office", "phone", "domain", "cycle", "tags")}
    assert "已经编目" in bureau.send(
        page, agency=str(bureau.office.agency.pk), has_interface=True, sharing="free", **values
    )
    dataset = Dataset.objects.get()
    text = bureau.hand_in(dataset, PARKING.replace("柳堤路3号", "13800138000"), 422)
    assert "没有收" in text and "138****8000" in text and "13800138000" not in text
    row = bureau.desk(bureau.office.people[Role.CLERK]).locator("main tbody tr").first.inner_text()
    assert row.split("\t")[:2] == ["3", "地址"]

    # 改好再交;写说明、定级,判定,批准,签字
    assert "收下第1版" in bureau.hand_in(dataset, PARKING)
    page = bureau.at(Role.CLERK, reverse("desk:opendata_fields", args=[dataset.pk]))
    for number, field in enumerate(dataset.fields.all()):
        fill(page, {f"f-{number}-meaning": f"{field.title}的说明", f"f-{number}-level": "L1"})
    bureau.send(page)
    page = bureau.at(Role.CLERK, reverse("desk:opendata_judge", args=[dataset.pk]))
    assert "放宽要等主管部门批准" in bureau.send(page)
    page = bureau.at(Role.OFFICE, reverse("desk:opendata_dataset", args=[dataset.pk]))
    page.click("main .notice a.button")
    page.check("main [name=verdict][value=yes]")
    bureau.send(page)
    public = dataset.get_absolute_url()
    bureau.read(public, 404)
    page = bureau.at(Role.HEAD, reverse("desk:opendata_version", args=[dataset.pk, 1]))
    page.click("main .headline a.button")
    assert "已经开放第1版" in bureau.send(page, conclusion="逐列看过，没有个人信息。")

    # 公众在手机上找到、看表、筛选、看图;程序下载、调接口
    assert ENTRY["title"] in bureau.read(reverse("public:opendata") + "?q=停车")
    assert "无条件开放" in bureau.read(public) and "第1版" in bureau.read(public)
    table = reverse("public:opendata_table", args=[dataset.pk])
    text = bureau.read(table + "?f=spaces&w=gte&v=100&sort=-spaces")
    assert text.index("医院北停车场") < text.index("湖东路停车场") and "柳堤停车场" not in text
    assert "望湖街道" in bureau.read(reverse("public:opendata_chart", args=[dataset.pk]))
    base = reverse("public:opendata_version", args=[dataset.pk, 1])
    assert bureau.asked(base + "data.csv") == (200, PARKING)
    bureau.read(reverse("public:opendata_key"))
    phone = bureau.phone
    fill(phone, {"application": "停车助手", "name": "某", "email": "a@example.org"})
    phone.click("main form .actions button")
    key = phone.inner_text("main p.secret")
    rows = reverse("public:opendata_rows", args=[dataset.pk])
    status, body = bureau.asked(rows + "?spaces__gte=100&limit=1", **{"X-Data-Key": key})
    assert (
        status == 200 and json.loads(body)["rows"][0]["name"] == "湖东路停车场" and json.loads(body)["next"] == 0
    )
    assert bureau.asked(rows + f"?key={key}")[0] == 400 and key not in str(Key.objects.values_list().get())
    actions.count_usage()
    assert dict(Usage.objects.values_list("channel", "n")) == {"download": 1, "interface": 1, "view": 2}

    # 三个周期没有更新:首页提醒,公开页写明
    bureau.later(100)
    assert "逾期没有更新的数据" in bureau.at(Role.CLERK, reverse("desk:home")).inner_text("main")
    assert "数据可能过期" in bureau.read(public)

    # 发现不妥,收紧:按下的那一刻到处都没有
    page = bureau.at(Role.CLERK, reverse("desk:opendata_tighten", args=[dataset.pk]))
    page.check("main [name=to][value=prohibited]")
    assert "没有写依据" in bureau.send(page, 422, reason="地址里有住户。")
    page.check("main [name=to][value=prohibited]")
    assert "地址里有住户" in bureau.send(page, reason="地址里有住户。", basis="《个人信息保护法》第十条")
    gone = [base + name for name in ("data.csv", "data-excel.csv", "data.json", "data.xlsx", "data.parquet")]
    assert {bureau.asked(address)[0] for address in [*gone, base, table]} == {404}
    assert (
        bureau.asked(rows)[0] == 410
        and "dcat:distribution" not in bureau.asked(reverse("public:opendata_dcat"))[1]
    )
    text = bureau.read(public)
    assert "已经下架：地址里有住户。" in text and "data.csv" not in text
