"""同一种毛病的各种说法都要认出来,说得清楚的一句也不冤枉。句子都是自编的。"""

from __future__ import annotations

import pytest

from gongkai.adapters.readers.decisions import read as decisions
from gongkai.adapters.readers.engagement import read as engagement
from gongkai.adapters.readers.services import read as services
from tests.adapters.readers import marked

pytestmark = pytest.mark.once
READERS = {"decisions": decisions, "engagement": engagement}
#: 一份没有毛病的指南;每次只换一栏。
GUIDE = {
    "事项名称": "犬只登记",
    "设定依据": "《某省养犬管理条例》第九条",
    "受理条件": "年满18周岁,本县户籍",
    "申请材料": "1.申请表;2.身份证复印件",
    "办理流程": "申请→受理→审核→发证",
    "办理时限": "法定20个工作日,承诺5个工作日",
    "收费标准": "不收费",
    "办理地点": "县政务服务中心二楼3号窗口",
    "办理时间": "工作日9:00-12:00,14:00-17:00",
    "咨询电话": "0571-00000000",
    "投诉电话": "0571-00000001",
}


@pytest.mark.parametrize(
    "row", marked.rows("fault-wordings.jsonl"), ids=lambda row: f"{row['reader']}-{row['codes'][0]}"
)
def test_a_fault_of_procedure_however_it_is_worded(row):
    def found(text):
        page = READERS[row["reader"]].check({"title": row["title"], "text": text, "url": None})
        return bool({fault["code"] for fault in page["violations"]} & set(row["codes"]))

    assert [text for text in row["with"] if not found(text)] == []
    assert [text for text in row["without"] if found(text)] == []


@pytest.mark.parametrize(
    "row", marked.rows("guide-wordings.jsonl"), ids=lambda row: f"{row['label']}-{row['class']}"
)
def test_a_defect_of_a_guide_however_it_is_worded(row):
    def classes(content):
        text = "某某事项办事指南\n" + "\n".join(
            f"{label}:{said}" for label, said in (GUIDE | {row["label"]: content}).items()
        )
        return {
            defect["class"]
            for defect in services.check({"text": text, "truncated": False, "issuer": "某县公安局"})["defects"]
        }

    assert [content for content in row["with"] if row["class"] not in classes(content)] == []
    assert [content for content in row["without"] if classes(content)] == []


@pytest.mark.parametrize("row", marked.rows("engagement-kinds.jsonl"), ids=lambda row: row["title"][:18])
def test_the_kind_of_a_page_with_an_unusual_title(row):
    assert engagement.check({"title": row["title"], "text": row["text"], "url": None})["kind"] == row["kind"]
