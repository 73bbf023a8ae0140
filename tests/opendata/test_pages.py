"""公众看到的和接口给的:目录、筛选、排序、图、下载、限次、钥匙;收紧以后到处没有。工作台走得通。"""

import io
import json
from datetime import timedelta

import duckdb
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from gongkai.law.agencies import Role
from gongkai.law.opendata.terms import Opening
from gongkai.opendata import actions, store
from gongkai.opendata.models import Application, Dataset, Demand, Key, Rating, Use
from gongkai.opendata.terms import DatasetState, DemandOutcome
from gongkai.opendata.views.files import Withdrawn
from tests.opendata.steward import ENTRY, PARKING, Steward
from tests.records.office import Office, moment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("here")]
AT = moment(2026, 9, 1, 9)


@pytest.fixture
def office():
    return Office()


@pytest.fixture
def steward(office, now):
    return Steward(office.agency, office.people, AT)


@pytest.fixture
def now(monkeypatch):
    def put(at):
        monkeypatch.setattr("django.utils.timezone.now", lambda: at)

    put(AT)
    return put


def text_of(response):
    return response.content.decode()


def body_of(response):
    return b"".join(response.streaming_content)


class TestCatalogue:
    def test_it_is_found_and_read_by_people_and_machines(self, steward, client):
        dataset = steward.opened(has_interface=True)
        drafted = steward.entry(title="没有开放的")
        for query in ("", "?q=停车 车位", "?domain=transport", "?interface=on", f"?agency={steward.agency.code}"):
            assert dataset.title in text_of(client.get(reverse("public:opendata") + query)), query
        assert "没有这样的数据集" in text_of(client.get(reverse("public:opendata") + "?q=没有"))
        page = text_of(client.get(dataset.get_absolute_url()))
        assert "车位数" in page and "第1版" in page and "综合科" in page
        assert client.get(reverse("public:opendata_dataset", args=[drafted.pk])).status_code == 404
        found = client.get(reverse("public:opendata_dcat")).json()
        (one,) = found["dcat:dataset"]
        assert one["dct:title"] == dataset.title and one["dct:accrualPeriodicity"]["@id"].endswith("/MONTHLY")
        assert one["dct:accessRights"]["@id"].endswith("/PUBLIC") and len(one["dcat:distribution"]) == 5
        assert client.get(reverse("public:opendata_json")).json()["dataset"][0]["accessLevel"] == "public"
        assert dataset.code in text_of_stream(client.get(reverse("public:opendata") + "?format=csv"))

    def test_what_is_not_updated_says_so(self, steward, client, now):
        dataset = steward.opened()
        assert "可能过期" not in text_of(client.get(dataset.get_absolute_url()))
        now(AT + timedelta(days=100))
        assert "数据可能过期" in text_of(client.get(dataset.get_absolute_url()))
        assert "数据可能过期" in text_of(client.get(reverse("public:opendata")))
        actions.end_updating(dataset, "不再统计。", None, by=steward.clerk, at=AT)
        assert "已停止更新" in text_of(client.get(dataset.get_absolute_url()))


def text_of_stream(response):
    return body_of(response).decode("utf-8-sig")


class TestTable:
    def test_filter_sort_and_pages_without_a_script(self, steward, client):
        rows = "".join(f"停车场{n},地址{n},望湖街道,{n},1.50,2020-01-01\n" for n in range(1, 121))
        dataset = steward.opened(PARKING.splitlines()[0] + "\n" + rows)
        address = reverse("public:opendata_table", args=[dataset.pk])
        page = text_of(client.get(address))
        assert "停车场50<" in page and "停车场51<" not in page and "page=2" in page
        assert "停车场101<" in text_of(client.get(address + "?page=3"))
        page = text_of(client.get(address + "?sort=-spaces"))
        assert "停车场120<" in page and 'aria-sort="descending"' in page and "停车场70<" not in page
        page = text_of(client.get(address + "?f=spaces&w=gte&v=119"))
        assert "停车场119<" in page and "停车场118<" not in page
        wrong = client.get(address + "?f=spaces&w=gte&v=很多")
        assert wrong.status_code == 400 and "不是车位数" in text_of(wrong)
        assert "没有合条件" in text_of(client.get(address + "?f=address&w=contains&v=没有"))
        assert client.get(address + "?page=x&sort=nothing&f=nothing").status_code == 200

    def test_costly_looks_have_a_limit_and_files_have_none(self, steward, client, monkeypatch):
        monkeypatch.setattr("gongkai.opendata.views.table.LOOKS", 2)
        dataset = steward.opened()
        table, picture = (reverse(f"public:opendata_{name}", args=[dataset.pk]) for name in ("table", "chart"))
        statuses = [
            client.get(address).status_code
            for address in (table + "?sort=spaces", picture, picture, table, table + "?v=1&f=spaces")
        ]
        assert statuses == [200, 200, 429, 200, 429]

    def test_the_picture_has_its_table(self, steward, client):
        dataset = steward.opened()
        page = text_of(client.get(reverse("public:opendata_chart", args=[dataset.pk]) + "?by=town&value=spaces"))
        assert "<svg" in page and page.count("360") >= 2 and "望湖街道" in page


class TestFiles:
    def test_whole_and_for_everybody(self, steward, client, tmp_path):
        dataset = steward.opened()
        base = reverse("public:opendata_version", args=[dataset.pk, 1])
        plain = client.get(base + "data.csv")
        assert body_of(plain).decode() == PARKING and plain["Content-Disposition"].startswith("attachment")
        excel = client.get(base + "data-excel.csv")
        assert (found := body_of(excel)).startswith(b"\xef\xbb\xbf") and found.decode("utf-8-sig") == PARKING
        assert int(excel["Content-Length"]) == len(found)
        rows = json.loads(body_of(client.get(base + "data.json")))
        assert rows[0]["spaces"] == 120 and rows[0]["price"] == 2.5
        (tmp_path / "x.parquet").write_bytes(body_of(client.get(base + "data.parquet")))
        assert duckdb.connect().execute(f"select sum(spaces) from '{tmp_path / 'x.parquet'}'").fetchall() == [
            (500,)
        ]
        assert body_of(client.get(base + "data.xlsx")).startswith(b"PK")
        assert client.get(base + "data.csv", headers={"if-none-match": plain["ETag"]}).status_code == 304
        assert client.get(base + "original").status_code == 404
        package = client.get(reverse("public:opendata_package", args=[dataset.pk])).json()
        assert package["resources"][0]["bytes"] == len(PARKING.encode())
        schema = client.get(reverse("public:opendata_schema", args=[dataset.pk])).json()
        assert {field["name"]: field["type"] for field in schema["fields"]}["spaces"] == "integer"

    def test_a_download_under_way_breaks_off(self, steward, client, monkeypatch):
        monkeypatch.setattr("gongkai.opendata.views.files.PIECE", 50)
        dataset = steward.opened()
        addresses = (
            reverse("public:opendata_file", args=[dataset.pk, 1, "data.csv"]),
            reverse("public:opendata_chosen", args=[dataset.pk]) + "?f=spaces&w=gte&v=1",
        )
        under_way = [iter(client.get(address).streaming_content) for address in addresses]
        assert all(next(pieces) for pieces in under_way)
        actions.tighten(dataset, Opening.PROHIBITED, "不妥。", basis="某", by=steward.clerk, at=AT)
        for pieces in under_way:
            with pytest.raises(Withdrawn):
                list(pieces)

    def test_tightened_it_is_gone_everywhere(self, steward, client):
        dataset = steward.opened(has_interface=True)
        version = dataset.current
        names = ("data.csv", "data-excel.csv", "data.json", "data.xlsx", "data.parquet")
        gone = [reverse("public:opendata_file", args=[dataset.pk, 1, name]) for name in names]
        gone += [reverse(f"public:opendata_{name}", args=[dataset.pk]) for name in ("table", "chart", "package")]
        gone += [reverse("public:opendata_version", args=[dataset.pk, 1])]
        assert {client.get(address).status_code for address in gone} == {200}
        actions.tighten(dataset, Opening.PROHIBITED, "误开放。", basis="某法", by=steward.clerk, at=AT)
        assert {client.get(address).status_code for address in gone} == {404}
        answer = client.get(reverse("public:opendata_rows", args=[dataset.pk]))
        assert answer.status_code == 410 and "误开放" in answer.json()["error"]
        assert not store.shown(version).exists()
        page = text_of(client.get(dataset.get_absolute_url()))
        assert "误开放。" in page and "data.csv" not in page
        assert "dcat:distribution" not in client.get(reverse("public:opendata_dcat")).json()["dcat:dataset"][0]


class TestInterface:
    @pytest.fixture
    def address(self, steward):
        self.dataset = steward.opened(has_interface=True)
        return reverse("public:opendata_rows", args=[self.dataset.pk])

    def test_filters_and_pages_that_stay(self, steward, client, address):
        first = client.get(address + "?limit=2")
        body = first.json()
        assert (
            [row["spaces"] for row in body["rows"]] == [120, 80]
            and body["next"] == 1
            and "after=1" in first["Link"]
        )
        steward.next_version(self.dataset, PARKING.replace("120", "130"))
        rest = client.get(address + f"?limit=2&after=1&version={body['version']}").json()
        assert [row["spaces"] for row in rest["rows"]] == [240, 60] and rest["next"] is None
        assert client.get(address + "?spaces__gte=100&town=望湖街道").json()["rows"][0]["spaces"] == 130
        assert client.get(address + "?name__contains=白鹭").json()["rows"][0]["price"] == 1.5

    @pytest.mark.parametrize(
        ("query", "status", "said"),
        [
            ("?nothing=1", 400, "没有“nothing”"),
            ("?spaces=many", 400, "不是车位数"),
            ("?spaces__near=1", 400, "不是比较的写法"),
            ("?limit=1001", 400, "1到1000"),
            ("?limit=0", 400, "1到1000"),
            ("?after=x", 400, "after"),
            ("?version=9", 404, "没有这一版"),
            ("?appsecret=gkd_abcdef", 400, "不能放在网址里"),
            ("?Token=gkd_abcdef", 400, "不能放在网址里"),
            ("?name__contains=" + "长" * 201, 400, "太长"),
        ],
    )
    def test_what_is_wrong_is_said(self, client, address, query, status, said):
        answer = client.get(address + query)
        assert (
            answer.status_code == status and said in answer.json()["error"] and "gkd_abcdef" not in text_of(answer)
        )

    def test_a_value_is_never_part_of_the_statement(self, client, address):
        assert client.get(address, {"name": "' OR 1=1 --"}).json()["rows"] == []

    def test_limits_answer_429_and_a_key_raises_them(self, client, address):
        answers = [client.get(address) for _ in range(21)]
        assert [one.status_code for one in answers] == [200] * 20 + [429]
        assert answers[-1]["Retry-After"] == "60" and "一分钟至多20次" in answers[-1].json()["error"]
        key, text = actions.issue_key("某应用", {}, at=AT)
        assert client.get(address, headers={"X-Data-Key": text}).status_code == 200
        actions.revoke_key(key, "不用了", at=AT)
        assert client.get(address, headers={"X-Data-Key": text}).status_code == 401

    def test_browsers_come_to_the_page_and_writing_is_refused(self, client, address):
        assert client.get(address, headers={"accept": "text/html"})["Location"] == self.dataset.get_absolute_url()
        assert client.post(address).status_code == 405 and client.options(address).status_code == 204
        assert client.get(reverse("public:opendata_rows", args=[9999])).status_code == 404

    def test_restricted_data_has_no_rows_here(self, steward, client):
        dataset = steward.restricted()
        answer = client.get(reverse("public:opendata_rows", args=[dataset.pk]))
        assert answer.status_code == 403 and "请先申请" in answer.json()["error"]


class TestPublicForms:
    def send(self, client, name, given, args=()):
        page = client.post(reverse(f"public:opendata_{name}", args=args), given, follow=True)
        assert page.status_code == 200, text_of(page)
        return page.context["receipt"]

    def test_apply_look_and_take(self, steward, client):
        dataset = steward.restricted()
        given = {
            "holder": "某大学",
            "name": "张某某",
            "phone": "0571-00000002",
            "purpose": "研究",
            "place": "某平台",
            "months": "6",
            "safeguards": "专机",
            "agrees": "on",
        }
        receipt = self.send(client, "apply", given, [dataset.pk])
        look, known = reverse("public:opendata_look"), {key: receipt[key] for key in ("number", "code")}
        assert "待审核" in text_of(client.post(look, known))
        assert client.post(look, known | {"code": "AAAA-AAAA-AAAA"}).status_code == 404
        assert "现在不能下载" in text_of(client.post(look, known | {"take": "data"}))
        actions.decide(Application.objects.get(), True, "", by=steward.head, at=AT)
        assert client.post(look, known | {"take": "data"}).content.decode() == PARKING
        assert client.post(look, known | {"take": "agreement"}).content.startswith(b"PK")
        assert Application.objects.get().taken == 1

    def test_demand_result_rating_and_key(self, steward, client):
        dataset = steward.opened()
        self.send(
            client, "request", {"agency": steward.agency.code, "title": "公厕", "text": "要位置和开放时间。"}
        )
        self.send(
            client,
            "result",
            {
                "title": "停车助手",
                "kind": "app",
                "maker": "某工作室",
                "datasets": dataset.code,
                "text": "找车位。",
            },
        )
        self.send(client, "rate", {"stars": "5", "note": "很好"}, [dataset.pk])
        key = self.send(client, "key", {"application": "停车助手", "name": "某", "email": "a@example.org"})["key"]
        changed = self.send(client, "change_key", {"key": key, "what": "rotate"})["key"]
        assert changed != key and "停用" in text_of(
            client.post(reverse("public:opendata_change_key"), {"key": changed, "what": "revoke"}, follow=True)
        )
        assert (Demand.objects.count(), Use.objects.count(), Rating.objects.count(), Key.objects.count()) == (
            1,
            1,
            1,
            1,
        )
        wrong = client.post(
            reverse("public:opendata_result"),
            {"title": "某", "kind": "app", "maker": "某", "datasets": "X", "text": "某"},
        )
        assert wrong.status_code == 400 and "没有编号是“X”" in text_of(wrong)

    def test_what_was_answered_is_read_by_all(self, steward, client):
        demand, _ = actions.ask(steward.agency, "公厕位置", "做地图。", contact={}, at=AT)
        assert "公厕位置" not in text_of(client.get(reverse("public:opendata_requests")))
        actions.answer(demand, DemandOutcome.PLANNED, "明年开放。", by=steward.clerk, at=AT)
        assert "明年开放" in text_of(client.get(reverse("public:opendata_requests")))


class TestDesk:
    def test_from_the_entry_to_the_opening(self, steward, client):
        client.force_login(steward.clerk)
        given = {**ENTRY, "agency": steward.agency.pk, "sharing": "free"}
        page = client.post(reverse("desk:opendata_new"), given, follow=True)
        one = Dataset.objects.get()
        assert one.code in text_of(page) or "已经编目" in text_of(page)

        def hand_in(text):
            file = SimpleUploadedFile("a.csv", text.encode())
            return client.post(reverse("desk:opendata_upload", args=[one.pk]), {"file": file}, follow=True)

        stopped = hand_in(PARKING.replace("湖东路12号", "13800138000"))
        assert (
            stopped.status_code == 422
            and "138****8000" in text_of(stopped)
            and "13800138000" not in text_of(stopped)
        )
        assert "收下第1版" in text_of(hand_in(PARKING))
        assert "没有定敏感级" in text_of(client.get(reverse("desk:opendata_dataset", args=[one.pk])))
        fields = reverse("desk:opendata_fields", args=[one.pk])
        form = client.get(fields).context["formset"]
        given = {
            "seen": Dataset.objects.get().mark,
            "f-TOTAL_FORMS": form.total_form_count(),
            "f-INITIAL_FORMS": form.initial_form_count(),
        }
        for number, row in enumerate(form.initial):
            given |= {
                f"f-{number}-{key}": row[key] for key in ("title", "name", "kind", "places", "unit", "codes")
            }
            given |= {f"f-{number}-level": "L1", f"f-{number}-meaning": row["title"]}
        assert client.post(fields, given).status_code == 302
        assert client.post(fields, given).status_code == 422, "看的不是最新的"
        said = client.post(
            reverse("desk:opendata_judge", args=[one.pk]), {"seen": Dataset.objects.get().mark}, follow=True
        )
        assert "放宽要等主管部门批准" in text_of(said)
        assert client.get(reverse("desk:opendata_open", args=[one.pk, 1])).status_code == 403
        client.force_login(steward.office)
        ruling = one.rulings.get()
        client.post(reverse("desk:opendata_approve", args=[one.pk, ruling.pk]), {"verdict": "yes"})
        client.force_login(steward.head)
        assert "签字开放" in text_of(client.get(reverse("desk:opendata_version", args=[one.pk, 1])))
        form = client.get(reverse("desk:opendata_open", args=[one.pk, 1])).context["form"]
        client.post(
            reverse("desk:opendata_open", args=[one.pk, 1]),
            {"conclusion": "没有个人信息。", "seen": form.initial["seen"]},
        )
        assert Dataset.objects.get().state == DatasetState.OPEN
        client.force_login(steward.clerk)
        data = {"to": "prohibited", "reason": "不妥。"}
        assert client.post(reverse("desk:opendata_tighten", args=[one.pk]), data).status_code == 422
        client.post(reverse("desk:opendata_tighten", args=[one.pk]), data | {"basis": "某法"})
        assert Dataset.objects.get().state == DatasetState.CLOSED

    def test_lists_filters_exports_and_figures(self, steward, client, now):
        dataset = steward.opened()
        restricted = steward.restricted()
        actions.apply(restricted, "研究", "某平台", 6, "专机", contact={"name": "张某某"}, at=AT)
        now(AT + timedelta(days=60))
        client.force_login(steward.head)
        home = reverse("desk:opendata_datasets")
        late = text_of(client.get(home + "?look=late"))
        assert dataset.title in late and "逾期没有更新" in late
        for query in ("?look=soon", "?look=rejudge", "?look=waiting", "?opening=pending", "?q=没有"):
            assert "没有这样的数据集" in text_of(client.get(home + query)), query
        for look in ("ungraded", "unjudged", "empty", "failing", "cited", "unused"):
            assert "没有这样的数据集" in text_of(client.get(home, {"look": look})), look
        Dataset.objects.filter(pk=dataset.pk).update(level="", cycle="irregular", has_interface=True)
        for look in ("ungraded", "unjudged", "unused"):
            assert dataset.title in text_of(client.get(home, {"look": look})), look
        Dataset.objects.filter(pk=dataset.pk).update(level="L1", cycle="monthly", has_interface=False)
        lines = text_of_stream(client.get(home + "?format=csv")).splitlines()
        assert len(lines) == 3 and lines[0].startswith("编号,名称")
        page = text_of(client.get(reverse("desk:opendata_application", args=[Application.objects.get().pk])))
        assert "张**" in page and "张某某" not in page
        shown = text_of(client.get(reverse("desk:opendata_figures")))
        assert "开放属性标注率" in shown and "100%" in shown and "0/2" in shown
        assert "按期更新率" in text_of(client.get(reverse("public:opendata_public_figures")))
        client.force_login(steward.clerk)
        front = text_of(client.get(reverse("desk:home")))
        assert "逾期没有更新的数据" in front
        assert dataset.title in text_of(client.get(reverse("desk:find") + "?q=停车场"))

    def test_a_file_that_is_no_table_gets_a_sentence(self, steward, client):
        one = steward.entry()
        client.force_login(steward.people[Role.CLERK])
        for data in (b"", b"\x00\x01\x02" * 50, io.BytesIO(b"PK\x03\x04broken").getvalue()):
            file = SimpleUploadedFile("a.xlsx", data)
            answer = client.post(reverse("desk:opendata_upload", args=[one.pk]), {"file": file})
            assert answer.status_code == 422
