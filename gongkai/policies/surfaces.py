"""云诊所里能看到政策的各处:事项卡、第一页的清单、问卷结果、政策日历、兑现情况。"""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from gongkai.records.models import Record
from gongkai.records.surfaces import surface


@surface("clinic_card", "云诊所事项卡")
def card(record: Record) -> Iterable[str]:
    return [one.get_absolute_url() for one in record.measures.exclude(published_at=None)]


@surface("clinic", "云诊所的清单")
def clinic(record: Record) -> Iterable[str]:
    return [reverse("public:clinic"), *_for_each(record, "public:clinic")]


@surface("clinic_results", "云诊所的结果")
def results(record: Record) -> Iterable[str]:
    return _for_each(record, "public:clinic_results")


@surface("clinic_calendar", "政策日历")
def calendar(record: Record) -> Iterable[str]:
    return [reverse("public:clinic_calendar")]


@surface("clinic_figures", "兑现情况")
def figures(record: Record) -> Iterable[str]:
    return [reverse("public:clinic_figures")]


def _for_each(record: Record, name: str) -> list[str]:
    audiences = record.measures.exclude(published_at=None).order_by().values_list("audience", flat=True).distinct()
    return [f"{reverse(name)}?for={one}" for one in audiences]
