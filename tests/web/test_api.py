"""开放接口、订阅、网站地图:形状与描述一致,翻页不漏不重,不给没有公开的,撤下的说得出来。"""

from __future__ import annotations

import hashlib
import json
import xml.etree.ElementTree as ET

import pytest

from gongkai.records import actions, source
from gongkai.records.models import Record
from gongkai.web.api import openapi
from gongkai.web.publisher import pages, publisher
from tests.records.office import AT, Office
from tests.web.publisher.test_files import PDF, filled

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture
def office() -> Office:
    return Office()


def fits(value, schema) -> bool:
    """A small reading of JSON Schema: what the description uses."""
    if ref := schema.get("$ref"):
        return fits(value, openapi.SCHEMAS[ref.rsplit("/", 1)[1]])
    if "enum" in schema:
        return value in schema["enum"]
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    python = {"string": str, "integer": int, "array": list, "object": dict, "null": type(None)}
    if not any(isinstance(value, python[kind]) for kind in kinds):
        return False
    if isinstance(value, list):
        return all(fits(one, schema["items"]) for one in value)
    if isinstance(value, dict) and "properties" in schema:
        return set(value) == set(schema["required"]) == set(schema["properties"]) and all(
            fits(value[key], one) for key, one in schema["properties"].items()
        )
    return True


def test_every_address_answers_as_described(client, office):
    edition = office.draft()
    actions.attach(edition, "附件.pdf", PDF, by=office.clerk, at=AT)
    record = office.sign(office.fresh(edition))
    actions.relate(record, office.publish(title="另一件"), "related", by=office.clerk, at=AT)
    described = client.get("/api/v1/openapi.json").json()
    assert described["paths"].keys() == openapi.paths().keys() and described["openapi"] == "3.1.0"
    for path, one in openapi.paths().items():
        answer = client.get(path.replace("{id}", str(record.pk)).replace("{part}", str(pages.shard(record.pk))))
        ((kind, content),) = one["get"]["responses"]["200"]["content"].items()
        assert answer.status_code == 200 and answer.headers["Content-Type"].startswith(kind), path
        assert not answer.cookies and answer.headers["Access-Control-Allow-Origin"] == "*"
        rows = [json.loads(line) for line in answer.content.splitlines()] if "ndjson" in kind else [answer.json()]
        assert rows and all(fits(row, content["schema"]) for row in rows), path
        assert (
            client.get(answer.request["PATH_INFO"], headers={"if-none-match": answer.headers["ETag"]}).status_code
            == 304
        )


def test_paging_neither_loses_nor_repeats(client, office):
    made = [office.publish(title=f"第{n:02}件").pk for n in range(7)]
    found, address = [], "/api/v1/records?limit=3"
    while address:
        answer = client.get(address).json()
        found += [one["id"] for one in answer["records"]]
        address = answer["next"] and "/" + answer["next"].split("/", 3)[3]
    assert found == made[::-1]


def test_filters_and_errors_that_help(client, office):
    record = office.publish()
    assert client.get("/api/v1/records?year=2024&agency=MH0101").json()["records"][0]["id"] == record.pk
    assert client.get("/api/v1/records?year=2023").json()["records"] == []
    assert client.get("/api/v1/records?updated_since=2030-01-01T00:00:00%2B08:00").json()["records"] == []
    for bad in ("colour=red", "updated_since=yesterday"):
        answer = client.get(f"/api/v1/records?{bad}")
        assert answer.status_code == 400 and answer.json()["error"].endswith("。")
    assert client.get("/api/v1/changes?after=-1").status_code == 400
    assert client.post("/api/v1/records").status_code == 405
    assert client.get("/api/v1/records?limit=99999&after=bad").status_code == 200


def test_nothing_that_is_not_public_comes_out(client, office):
    draft = office.draft(title="还在起草的一件").record
    later = office.sign(office.draft(title="明天才公开的一件"), publish_at=AT.replace(year=2099))
    for address in ("/api/v1/records", "/api/v1/changes", "/feeds/all.atom", "/sitemaps/0.xml"):
        body = client.get(address).content.decode()
        assert "一件" not in body and f"records/{draft.pk}" not in body and f"records/{later.pk}" not in body, (
            address
        )
    for one in (draft, later):
        assert client.get(f"/api/v1/records/{one.pk}").status_code == 404
    assert client.get("/api/v1/dump/0.ndjson").status_code == 404


def test_changes_tell_what_is_gone(client, office):
    record = office.publish()
    first = client.get("/api/v1/changes").json()
    assert [(one["id"], one["state"]) for one in first["changes"]] == [(record.pk, "public")]
    actions.withdraw(record, "confidential", reason="内部原因", on=AT.date(), by=office.office, at=AT)
    then = client.get(f"/api/v1/changes?after={first['next']}")
    assert [(one["id"], one["state"]) for one in then.json()["changes"]] == [(record.pk, "gone")]
    assert "内部原因" not in then.content.decode() and record.title not in then.content.decode()
    assert client.get(f"/api/v1/changes?after={then.json()['next']}").json()["changes"] == []


def test_the_manifest_gives_the_checksum_of_the_file(client, office):
    # 编号接着前面的测试往下数:这一件在第几份里由编号定
    part = pages.shard(office.publish().pk)
    row = client.get("/api/v1/dump/manifest.json").json()["files"][part]
    assert row["sha256"] is None
    filled()
    row = client.get("/api/v1/dump/manifest.json").json()["files"][part]
    assert hashlib.sha256(client.get(f"/api/v1/dump/{part}.ndjson").content).hexdigest() == row["sha256"]


def test_so_many_calls_and_no_more(client, office, monkeypatch):
    from gongkai.web.views import api

    monkeypatch.setattr(api, "CALLS", 2)
    left = [
        client.get("/api/v1/agencies", REMOTE_ADDR="192.0.2.7").headers["X-RateLimit-Remaining"] for _ in range(2)
    ]
    assert left == ["1", "0"]
    refused = client.get("/api/v1/agencies", REMOTE_ADDR="192.0.2.7")
    assert refused.status_code == 429 and refused.headers["Retry-After"] and "请" in refused.json()["error"]
    assert client.get("/api/v1/agencies", REMOTE_ADDR="192.0.2.8").status_code == 200
    publisher.begin()
    assert all(publisher.render("/api/v1/dump/0.ndjson") is None for _ in range(5))


def test_feeds_are_atom_and_point_home(client, office):
    record = office.publish()
    for address in ("/feeds/all.atom", "/feeds/agencies/MH0101.atom", f"/feeds/columns/{record.duty}.atom"):
        root = ET.fromstring(client.get(address).content)
        (entry,) = root.findall(f"{ATOM}entry")
        assert entry.findtext(f"{ATOM}title") == record.title
        link = entry.find(f"{ATOM}link").get("href")
        assert link.startswith("https://") and link.endswith(record.get_absolute_url())
        assert entry.findtext(f"{ATOM}author/{ATOM}name") == office.agency.name
    empty = client.get("/feeds/columns/rules.atom")
    assert "1970-01-01" in empty.content.decode()
    for unknown in ("/feeds/columns/nothing.atom", "/feeds/agencies/nobody.atom"):
        assert client.get(unknown).status_code == 404


def test_the_site_map_holds_every_public_page(client, office):
    record = office.publish()
    index = ET.fromstring(client.get("/sitemap.xml").content)
    found = set()
    for one in index.iter(f"{MAP}loc"):
        part = ET.fromstring(client.get("/" + one.text.split("/", 3)[3]).content)
        found |= {"/" + loc.text.split("/", 3)[3] for loc in part.iter(f"{MAP}loc")}
    assert {record.get_absolute_url(), "/", "/records/", f"/columns/{record.duty}/"} <= found
    for address in found:
        assert client.get(address).status_code == 200, address
    assert "/sitemap.xml" in client.get("/robots.txt").content.decode()


@pytest.mark.parametrize(
    ("copy", "same", "missing", "moved"),
    [
        ("首页 现就做好秋季绿化工作通知如下。 一、落实责任。二、加强管护。 版权所有", True, [], []),
        ("现就做好秋季绿化工作通知如下。\n一、 落 实责任。\n二、加强管护。", True, [], []),
        ("现就做好秋季绿化工作通知如下。一、落实责任。", False, ["二、加强管护。"], []),
        ("现就做好秋季绿化工作通知如下。二、加强管护。一、落实责任。", False, [], ["二、加强管护。"]),
        (
            "现就做好春季绿化工作通知如下。一、落实责任。二、加强管护。",
            False,
            ["现就做好秋季绿化工作通知如下。"],
            [],
        ),
    ],
)
def test_a_copy_elsewhere_is_the_same_or_not(copy, same, missing, moved):
    text = "现就做好秋季绿化工作通知如下。\n一、落实责任。\n二、加强管护。"
    found = source.compare(text, copy)
    assert (found.same, list(found.missing), list(found.out_of_order)) == (same, missing, moved)


def test_the_fingerprint_does_not_see_layout(office, client):
    record = office.publish()
    given = client.get(f"/api/v1/records/{record.pk}").json()
    assert given["content_sha256"] == source.fingerprint(given["text"].replace("\n", " \n\n"))
    assert given["content_sha256"] != source.fingerprint(given["text"] + "。")
    assert Record.objects.count() == 1
