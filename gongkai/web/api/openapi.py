"""接口的 OpenAPI 描述;说明页也从这里来,测试拿它核对真的应答。"""

from __future__ import annotations

from typing import Any

TEXT = {"type": "string"}
DAY = {"type": ["string", "null"], "format": "date"}
MOMENT = {"type": ["string", "null"], "format": "date-time"}
NUMBER = {"type": "integer"}
NAMED = {"type": "object", "required": ["key", "name"], "properties": {"key": TEXT, "name": TEXT}}


def _object(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "required": list(properties), "properties": properties}


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


_BRIEF = {
    "id": NUMBER,
    "index_number": TEXT,
    "title": TEXT,
    "doc_number": TEXT,
    "agency": _object(code=TEXT, name=TEXT),
    "column": NAMED,
    "type": NAMED,
    "made_on": DAY,
    "published_at": MOMENT,
    "updated_at": MOMENT,
    "effective_on": DAY,
    "expires_on": DAY,
    "validity": TEXT,
    "url": TEXT,
}
SCHEMAS = {
    "Brief": _object(**_BRIEF),
    "Record": _object(
        **_BRIEF,
        issuers=_list(TEXT),
        subject=TEXT,
        genre=TEXT,
        addressee=TEXT,
        summary=TEXT,
        keywords=_list(TEXT),
        source=TEXT,
        fields={"type": "object"},
        html=TEXT,
        text=TEXT,
        content_sha256=TEXT,
        attachments=_list(_object(name=TEXT, size=NUMBER, sha256=TEXT, url=TEXT)),
        relations=_list(_object(relation=TEXT, id=NUMBER, title=TEXT, url=TEXT)),
    ),
    "Records": _object(records=_list({"$ref": "#/components/schemas/Brief"}), next={"type": ["string", "null"]}),
    "Agencies": _object(
        agencies=_list(
            _object(
                code=TEXT,
                name=TEXT,
                short_name=TEXT,
                kind=TEXT,
                ended_on=DAY,
                successor={"type": ["string", "null"]},
                records=NUMBER,
                url=TEXT,
            )
        )
    ),
    "Catalogue": _object(columns=_list(_object(key=TEXT, name=TEXT, basis=TEXT, records=NUMBER, url=TEXT))),
    "Changes": _object(
        changes=_list(_object(seq=NUMBER, at=MOMENT, id=NUMBER, state={"enum": ["public", "gone"]}, url=TEXT)),
        next=NUMBER,
    ),
    "Files": _object(files=_list(_object(url=TEXT, sha256={"type": ["string", "null"]}))),
    "Error": _object(error=TEXT),
}


def _query(name: str, text: str, schema: dict[str, Any] = TEXT) -> dict[str, Any]:
    return {"name": name, "in": "query", "description": text, "schema": schema}


_NUMBER_IN_PATH = {"in": "path", "required": True, "schema": NUMBER}
_FILTERS = [
    _query("agency", "单位代码"),
    _query("duty", "公开事项（栏目）的代号"),
    _query("type", "信息类型的代号"),
    _query("year", "年份", NUMBER),
    _query("validity", "有效性：in_force 有效，pending 尚未施行，ended 废止或者失效"),
    _query("q", "标题里的词，或者文号"),
    _query("updated_since", "这一时刻以后变动过的"),
    _query("limit", "一页几件，1至100，默认20", NUMBER),
    _query("after", "翻页：照抄上一页 next 里的"),
]


def _get(
    summary: str, schema: str, *, parameters: list[dict[str, Any]] | None = None, kind: str = "application/json"
) -> dict[str, Any]:
    content = {kind: {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
    error = {
        "description": "出错",
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}},
    }
    return {
        "get": {
            "summary": summary,
            "parameters": parameters or [],
            "responses": {"200": {"description": "成功", "content": content}, "default": error},
        }
    }


def paths() -> dict[str, dict[str, Any]]:
    """Every address of the interface."""
    return {
        "/api/v1/records": _get("信息列表，新的在前", "Records", parameters=_FILTERS),
        "/api/v1/records/{id}": _get("一件信息的全部", "Record", parameters=[{"name": "id", **_NUMBER_IN_PATH}]),
        "/api/v1/agencies": _get("公开单位", "Agencies"),
        "/api/v1/catalogue": _get("公开目录", "Catalogue"),
        "/api/v1/changes": _get(
            "变动，按次序", "Changes", parameters=[_query("after", "照抄上一次的 next", NUMBER)]
        ),
        "/api/v1/dump/manifest.json": _get("批量文件的清单", "Files"),
        "/api/v1/dump/{part}.ndjson": _get(
            "一段编号的全部信息，一行一件",
            "Record",
            kind="application/x-ndjson",
            parameters=[{"name": "part", **_NUMBER_IN_PATH}],
        ),
    }


def document(server: str) -> dict[str, Any]:
    """The whole description."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "政府信息公开接口",
            "version": "1",
            "description": "只读，不要登录。每个应答带 ETag，内容没有变的返回304。",
        },
        "servers": [{"url": server}],
        "paths": paths(),
        "components": {"schemas": SCHEMAS},
    }
