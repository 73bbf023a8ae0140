"""换一种写法,读出来的不变。每种读法用自编的页,换法见 ``variants``。"""

from __future__ import annotations

import json
import re
import unicodedata

import pytest

from gongkai.adapters import paper
from gongkai.adapters.readers import inspection
from gongkai.adapters.readers.decisions import read as decisions
from gongkai.adapters.readers.engagement import read as engagement
from gongkai.adapters.readers.gazette import read as gazette
from gongkai.adapters.readers.services import read as services
from gongkai.adapters.readers.standards import read as standards
from gongkai.adapters.readers.supervision import plans
from tests.adapters.readers import marked, variants

pytestmark = pytest.mark.once


def by_code(found):
    return found | {"violations": sorted({fault["code"] for fault in found["violations"]})}


def of_guide(row):
    """What a guide gives; of a defect its class, since the quotation is as printed."""
    found = services.check(row)
    return {
        "present": found["present"],
        "limits": found["limits"],
        "fee": found["fee_charged"],
        "visits": found["visits"],
        "defects": sorted(defect["class"] for defect in found["defects"]),
    }


def of_plan(row):
    """What of each task does not repeat its printed words."""
    kept = ("lead", "responsible", "due_date", "start", "recurrence")
    return [{key: task[key] for key in kept} for task in plans.read(row)["tasks"]]


def of_item(row):
    return [
        {key: value for key, value in clause.items() if key != "quote"} for clause in standards.village(row)["due"]
    ]


def of_page(row):
    fields = ("索引号", "发布机构", "文号", "成文日期", "发文日期", "发布日期", "有效性")
    found = paper.from_text(row["text"], row["title"], row.get("url") or "").row()
    return {field: found[field] for field in fields}


#: 读法 → 自编的页、变哪一栏、怎么读、哪些换法不合适(索引号不换全角,公文的日期不写成点分,等等)。
READERS = {
    "engagement": ("pages-of-engagement.jsonl", "text", lambda row: by_code(engagement.check(row)), ()),
    "decisions": ("pages-of-decisions.jsonl", "text", lambda row: by_code(decisions.check(row)), ()),
    "guides": ("guides-invented.jsonl", "text", of_guide, ("below_a_path", "written_counts")),
    "plans": ("plans-invented.jsonl", "text", of_plan, ("spaced_lines",)),
    "gazette": ("gazette-heads.jsonl", "text", gazette.check, ("below_a_path", "with_buttons", "written_dates")),
    "catalogue": ("due-wordings.jsonl", "due_text", of_item, ("below_a_path", "with_buttons", "indented")),
    "findings": ("findings-invented.jsonl", "finding", inspection.read, ("below_a_path", "with_buttons")),
    "pages": ("pages-of-other-systems.jsonl", "text", of_page, ("wide_digits", "below_a_path", "dotted_dates")),
}


def plain(found):
    """A result in one width, without blanks."""
    said = unicodedata.normalize("NFKC", json.dumps(found, ensure_ascii=False, sort_keys=True, default=str))
    return re.sub(r"\s+", "", said)


@pytest.mark.parametrize("change", variants.ALL, ids=lambda change: change.__name__)
@pytest.mark.parametrize("name", READERS)
def test_another_way_of_writing_changes_nothing(name, change):
    kept, field, read, unfit = READERS[name]
    if change.__name__ in unfit:
        pytest.skip("这种换法改了意思")
    changed = []
    for row in marked.rows(kept):
        given = row if field in row else row | {field: row["text"]}
        other = given | {field: change(given[field])}
        if other != given and plain(read(given)) != plain(read(other)):
            changed.append((given[field][:40], read(given), read(other)))
    assert changed == []
