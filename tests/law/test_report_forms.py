"""报告格式:部分、行、列的顺序和写法,勾稽关系,按年度选格式。"""

import re

import pytest

from gongkai.law.errors import NotInForce
from gongkai.law.report import form, form_of, rules
from gongkai.law.report.labels import match_column, match_row, short_key

KEYS = [
    "new",
    "old",
    "r1",
    "r2",
    "r3_1",
    "r3_2",
    "r3_3",
    "r3_4",
    "r3_5",
    "r3_6",
    "r3_7",
    "r3_8",
    "r4_1",
    "r4_2",
    "r4_3",
    "r5_1",
    "r5_2",
    "r5_3",
    "r5_4",
    "r5_5",
    "r6_1",
    "r6_2",
    "r6_3",
    "tot",
    "car",
]


def test_the_form_of_2021_has_six_parts_and_25_rows_by_7_columns():
    used = form("2021")
    assert [section.heading for section in used.sections] == [
        "一、总体情况",
        "二、主动公开政府信息情况",
        "三、收到和处理政府信息公开申请情况",
        "四、政府信息公开行政复议、行政诉讼情况",
        "五、存在的主要问题及改进情况",
        "六、其他需要报告的事项",
    ]
    assert [row.key for row in used.rows] == KEYS
    assert [c.label for c in used.columns] == [
        "自然人",
        "商业企业",
        "科研机构",
        "社会公益组织",
        "法律服务机构",
        "其他",
        "总计",
    ]
    assert sum(len(block.rows) for block in used.blocks) == 6
    assert [row.label for row in used.remedies] == ["行政复议", "未经复议直接起诉", "复议后起诉"]


def test_official_wording_of_the_rows_most_often_miswritten():
    used = form("2021")
    assert used.row("r2").label == "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"
    assert used.row("r3_3").label == "3.危及“三安全一稳定”"
    assert used.row("r3_5").label == "5.属于三类内部事务信息"
    assert used.row("r6_2").label == "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"


def test_every_outcome_counts_once_in_the_total():
    used = form("2021")
    assert list(used.outcomes) == KEYS[2:23]
    assert [identity.id for identity in used.identities] == ["E1", "E2", "E3", "E5"]


def test_the_trial_form_differs_in_table_2_and_says_it_is_not_verified():
    trial = form("2019")
    assert trial.certainty == "R" and form("2021").certainty == "V"
    assert trial.blocks[0].columns == ("本年新制作数量", "本年新公开数量", "对外公开总数量")
    assert [row.label for row in trial.disclosures][-1] == "政府集中采购"
    assert trial.rows == form("2021").rows
    assert trial.merged.official and not form("2021").merged.official


@pytest.mark.parametrize(("year", "key"), [(2019, "2019"), (2020, "2019"), (2021, "2021"), (2030, "2021")])
def test_the_form_follows_the_reported_year(year, key):
    assert form_of(year).key == key


def test_before_2019_there_was_no_national_form():
    with pytest.raises(NotInForce, match="2018年"):
        form_of(2018)


def test_every_rule_is_written_out():
    assert list(rules()) == [*(f"E{n}" for n in range(1, 17)), "W1"]
    for rule in rules().values():
        assert rule.label and rule.formula and rule.basis and re.search(r"。$", rule.remedy)


@pytest.mark.parametrize("key", KEYS)
def test_every_row_is_known_by_short_name_official_name_and_with_its_path(key):
    used = form("2021")
    row = used.row(key)
    assert short_key(used, row.short) == key
    assert short_key(used, row.label) == key or key == "r6_3"
    match = match_row(used, [*row.path, row.label])
    assert match is not None and match.key == key


@pytest.mark.parametrize(
    ("written", "key"),
    [
        (["5.属于三类内容事务信息"], "r3_5"),
        (["2.其他法律行政止公开"], "r3_2"),
        (["（二）部分公开（区分处理的，只计这一情形，不计其他情况）"], "r2"),
        (["（三）不予公开", "3.危及三安全一稳定"], "r3_3"),
        (["（六）其他处理", "3.其他"], "r6_3"),
        (["( 七 ) 总 计"], "tot"),
        (["三、本年度办理结果（一）予以公开"], "r1"),
        (["四、结转下年度继续办理"], "car"),
        (["五、不予处理", "２．重复申请"], "r5_2"),
    ],
)
def test_rows_are_known_in_spite_of_slips(written, key):
    match = match_row(form("2021"), written)
    assert match is not None and match.key == key


@pytest.mark.parametrize(
    "text",
    ["三、收到和处理政府信息公开申请情况", "其他需要报告的事项", "申请人情况", "法人或其他组织", "信息内容"],
)
def test_other_texts_are_no_rows(text):
    match = match_row(form("2021"), [text])
    assert match is None or not match.key


def test_columns_are_known_by_near_names():
    used = form("2021")
    assert [match_column(used, name).key for name in ("自然人", "社会公益 组织", "合计")] == [
        "person",
        "welfare",
        "total",
    ]
    assert match_column(used, "申请人情况") is None
