"""一个数据集写成机器读的说明:DCAT(JSON-LD)、``data.json``、Table Schema、数据包。"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils import timezone

from gongkai.adapters.datatable import writing
from gongkai.law.opendata.terms import Cycle, Opening
from gongkai.org.site import current

from . import store
from .models import Dataset, Version

#: 欧盟频率表里的叫法;半年是 ANNUAL_2,不是两年的 BIENNIAL。
FREQUENCY = {
    Cycle.REALTIME: "UPDATE_CONT",
    Cycle.DAILY: "DAILY",
    Cycle.WEEKLY: "WEEKLY",
    Cycle.MONTHLY: "MONTHLY",
    Cycle.QUARTERLY: "QUARTERLY",
    Cycle.HALF_YEARLY: "ANNUAL_2",
    Cycle.YEARLY: "ANNUAL",
    Cycle.BIENNIAL: "BIENNIAL",
    Cycle.IRREGULAR: "IRREG",
    Cycle.ONCE: "NEVER",
}
_FREQUENCIES = "http://publications.europa.eu/resource/authority/frequency/"
_RIGHTS = "http://publications.europa.eu/resource/authority/access-right/"
RIGHTS = {Opening.UNCONDITIONAL: "PUBLIC", Opening.RESTRICTED: "RESTRICTED"}
CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
#: 条款改了就加一版,旧的留着。
LICENCE = "1"


def absolute(address: str) -> str:
    """The full address of a page of this site."""
    return f"https://{current().domain}{address}"


def file_address(version: Version, name: str) -> str:
    return reverse("public:opendata_file", args=[version.dataset_id, version.number, name])


def licence() -> str:
    return absolute(reverse("public:opendata_terms")) + f"#v{LICENCE}"


def dcat(dataset: Dataset) -> dict[str, Any]:
    """One dataset in DCAT."""
    opening = Opening.from_value(dataset.opening)
    found: dict[str, Any] = {
        "@id": absolute(dataset.get_absolute_url()),
        "@type": "dcat:Dataset",
        "dct:identifier": dataset.code,
        "dct:title": dataset.title,
        "dct:description": dataset.summary,
        "dct:publisher": {"@type": "foaf:Agent", "foaf:name": dataset.agency.name},
        "dcat:contactPoint": {
            "@type": "vcard:Organization",
            "vcard:fn": f"{dataset.agency.name}{dataset.office}",
            "vcard:hasTelephone": dataset.phone,
        },
        "dcat:theme": dataset.get_domain_display(),
        "dcat:keyword": dataset.words,
        "dct:accrualPeriodicity": {"@id": _FREQUENCIES + FREQUENCY[Cycle.from_value(dataset.cycle)]},
        "dct:issued": _day(dataset.opened_on),
        "dct:modified": _day(dataset.updated_on),
        "dct:accessRights": {"@id": _RIGHTS + RIGHTS.get(opening, "NON_PUBLIC")},
    }
    if dataset.series:
        found["dcat:inSeries"] = {"@type": "dcat:DatasetSeries", "dct:title": dataset.series}
    if dataset.is_usable and dataset.current is not None:
        found["dcat:distribution"] = [
            _distribution(dataset.current, name) for name in sorted(dataset.current.files)
        ]
        if dataset.has_interface:
            found["dcat:distribution"].append(
                {
                    "@type": "dcat:Distribution",
                    "dct:title": "接口",
                    "dct:license": {"@id": licence()},
                    "dcat:accessService": {
                        "@type": "dcat:DataService",
                        "dct:title": f"{dataset}接口",
                        "dcat:endpointURL": {"@id": absolute(interface_address(dataset))},
                        "dcat:endpointDescription": {"@id": absolute(schema_address(dataset))},
                    },
                }
            )
    return {key: value for key, value in found.items() if value not in (None, [], "")}


def interface_address(dataset: Dataset) -> str:
    return reverse("public:opendata_rows", args=[dataset.pk])


def schema_address(dataset: Dataset) -> str:
    return reverse("public:opendata_schema", args=[dataset.pk])


def _day(day: Any) -> dict[str, str] | None:
    return {"@value": day.isoformat(), "@type": "xsd:date"} if day else None


def _distribution(version: Version, name: str) -> dict[str, Any]:
    about = version.files[name]
    label, media = store.FILES[name]
    return {
        "@type": "dcat:Distribution",
        "dct:title": label,
        "dcat:mediaType": media.partition(";")[0],
        "dcat:downloadURL": {"@id": absolute(file_address(version, name))},
        "dct:license": {"@id": licence()},
        "dcat:byteSize": about["size"],
        "spdx:checksum": {"spdx:algorithm": "SHA256", "spdx:checksumValue": about["sha256"]},
    }


def catalogue(datasets: Iterable[Dataset]) -> dict[str, Any]:
    """The whole catalogue in DCAT (JSON-LD)."""
    site = current()
    return {
        "@context": CONTEXT,
        "@id": absolute(reverse("public:opendata")),
        "@type": "dcat:Catalog",
        "dct:title": f"{site.name}公共数据目录",
        "dct:publisher": {"@type": "foaf:Agent", "foaf:name": site.name},
        "dct:language": "zh-CN",
        "dct:license": {"@id": licence()},
        "dcat:dataset": [dcat(one) for one in datasets],
    }


def plain(datasets: Iterable[Dataset]) -> dict[str, Any]:
    """The catalogue as ``data.json`` (Project Open Data 1.1)."""
    return {
        "conformsTo": "https://project-open-data.cio.gov/v1.1/schema",
        "dataset": [
            {
                "@type": "dcat:Dataset",
                "identifier": one.code,
                "title": one.title,
                "description": one.summary,
                "keyword": one.words,
                "modified": one.updated_on.isoformat() if one.updated_on else "",
                "publisher": {"name": one.agency.name},
                "contactPoint": {"fn": f"{one.agency.name}{one.office}", "hasTelephone": one.phone},
                "accessLevel": {"PUBLIC": "public", "RESTRICTED": "restricted public"}.get(
                    RIGHTS.get(Opening.from_value(one.opening), ""), "non-public"
                ),
                "accrualPeriodicity": one.cycle,
                "license": licence(),
                "landingPage": absolute(one.get_absolute_url()),
                "distribution": [
                    {
                        "downloadURL": absolute(file_address(one.current, name)),
                        "mediaType": store.FILES[name][1].partition(";")[0],
                    }
                    for name in sorted(one.current.files)
                ]
                if one.is_usable and one.current
                else [],
            }
            for one in datasets
        ],
    }


def schema(dataset: Dataset) -> dict[str, Any]:
    """Table Schema of the fields."""
    return writing.schema([field.described() for field in dataset.fields.all()])


def package(version: Version) -> dict[str, Any]:
    """``datapackage.json`` of a version."""
    dataset = version.dataset
    opened = timezone.localtime(version.opened_at) if version.opened_at else None
    return {
        "name": dataset.code.lower(),
        "title": dataset.title,
        "description": dataset.summary,
        "version": str(version.number),
        "created": opened.isoformat(timespec="seconds") if opened else None,
        "homepage": absolute(dataset.get_absolute_url()),
        "licenses": [{"name": f"v{LICENCE}", "title": "公共数据使用条款", "path": licence()}],
        "keywords": dataset.words,
        "contributors": [{"title": dataset.agency.name, "role": "publisher"}],
        "sources": [{"title": dataset.agency.name}],
        "resources": [
            {
                "name": "data",
                "title": dataset.title,
                "path": absolute(file_address(version, "data.csv")),
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "dialect": {"delimiter": ",", "header": True},
                "bytes": version.files.get("data.csv", {}).get("size"),
                "hash": f"sha256:{version.files.get('data.csv', {}).get('sha256', '')}",
                "schema": schema(dataset)
                | {
                    "fields": [
                        {**field, "name": field["title"], "title": field["name"]}
                        for field in schema(dataset)["fields"]
                    ]
                },
            }
        ],
    }
