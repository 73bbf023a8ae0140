"""一件信息的页:提纲、有没有效、同一政策的材料、块放在哪里。"""

from datetime import date

import pytest
from django.urls import reverse

from gongkai.law.validity import Validity
from gongkai.records import actions, outline, validity
from gongkai.records.models import Record
from gongkai.records.outline import Entry
from gongkai.records.pages import Place, Section
from gongkai.records.terms import RelationKind
from tests.records.office import AT, Office


def test_headings_get_anchors_and_keep_their_text():
    body = "<h2>第一章　总则</h2><p>文</p><h3>一、<strong>范围 &amp; 对象</strong></h3><h2></h2><h4>不入提纲</h4>"
    marked, entries = outline.anchored(body)
    assert entries == [Entry("part-1", "第一章　总则"), Entry("part-2", "一、范围 & 对象")]
    assert '<h2 id="part-1">第一章　总则</h2>' in marked and '<h3 id="part-2">' in marked and "<h2></h2>" in marked
    assert marked.replace(' id="part-1"', "").replace(' id="part-2"', "") == body


def test_the_outline_lists_headings_and_blocks_but_not_what_stands_beside_the_text():
    sections = [Section("政策全程", "a.html", {}), Section("报名", "b.html", {}, Place.KEY)]
    below = outline.blocks(sections)
    assert [block.section.title for block in below] == ["政策全程"]
    headings = [Entry("part-1", "总则"), Entry("part-2", "附则")]
    assert [one.title for one in outline.outline(headings, below)] == ["总则", "附则", "政策全程"]
    assert outline.outline(headings, []) == []


@pytest.mark.parametrize(
    ("begin", "end", "state", "tone", "label", "text"),
    [
        (
            date(2024, 3, 1),
            date(2029, 2, 28),
            Validity.IN_FORCE,
            "ok",
            "现行有效",
            "自2024年3月1日起施行，有效期至2029年2月28日",
        ),
        (date(2024, 3, 1), None, Validity.IN_FORCE, "ok", "现行有效", "自2024年3月1日起施行，没有写有效期"),
        (
            date(2024, 3, 1),
            date(2025, 2, 28),
            Validity.EXPIRED,
            "stop",
            "失效",
            "自2024年3月1日起施行，有效期至2025年2月28日",
        ),
        (date(2030, 1, 1), None, Validity.PENDING, "warn", "尚未施行", "自2030年1月1日起施行"),
        (None, None, Validity.REPEALED, "stop", "废止", ""),
    ],
)
def test_the_verdict_says_from_when_to_when(begin, end, state, tone, label, text):
    said = validity.verdict(Record(effective_on=begin, expires_on=end), state)
    assert (said.tone, said.label, said.text) == (tone, label, text)


def test_a_paper_without_a_term_has_no_verdict():
    assert validity.verdict(Record(), Validity.IN_FORCE) is None


@pytest.mark.django_db
def test_paper_and_interpretation_lead_to_each_other(client):
    office = Office()
    paper = office.publish("document", title="关于做好某项工作的通知")
    reading = office.publish("interpretation", title="《通知》图解", fields={"form": "图表图解"})
    actions.relate(reading, paper, RelationKind.INTERPRETS, by=office.clerk, at=AT)
    at_paper = client.get(reverse("public:record", args=[paper.pk])).content.decode()
    assert (
        f'<a href="{reading.get_absolute_url()}">图表图解' in at_paper and 'aria-current="page">原文' in at_paper
    )
    at_reading = client.get(reverse("public:record", args=[reading.pk])).content.decode()
    assert (
        f'<a href="{paper.get_absolute_url()}">原文' in at_reading and 'aria-current="page">图表图解' in at_reading
    )
