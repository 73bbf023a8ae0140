"""一份没有毛病的报告改坏200次:每一处都要找到,并且指对地方。"""

import copy
import random

import pytest

from gongkai.law.report import check_rows
from tests.adapters.annual_samples import FEES, FORM, PROBLEMS, cells, figures, narrative

NAMES = [row.short for row in FORM.rows]
ITEMS = [FORM.row(key).short for key in FORM.outcomes]
COLUMNS = [column.label for column in FORM.columns]
HEADINGS = {section.number: section.heading for section in FORM.sections}


def pair(seed: int) -> list[dict]:
    """Two sound years of one agency, the second with its text."""
    data = figures(seed)
    now = {
        "org": "明湖区水利局",
        "year": 2023,
        "complete_table": True,
        "cells": cells(data),
        "table2": {
            "规章": [0, 0, 0],
            "行政规范性文件": data["table2"]["norm"],
            "行政许可": 20,
            "行政处罚": 5,
            "行政强制": 0,
            "行政事业性收费(万元)": 12.5,
        },
        "table4": dict(zip(("行政复议", "未经复议直接起诉", "复议后起诉"), data["table4"].values(), strict=True)),
        "sections": {"一": narrative(data), "五": PROBLEMS, "六": FEES},
        "headings": dict(HEADINGS),
        "published": "2024-01-20",
    }
    before = copy.deepcopy(now) | {"year": 2022, "sections": {}, "headings": {}, "published": "2023-01-20"}
    lines = before["cells"]
    for column in range(7):
        more = now["cells"]["二、上年结转"][column] - lines["四、结转下年度"][column]
        lines["四、结转下年度"][column] += more
        lines["一、本年新收"][column] += more
    made, ended, valid = now["table2"]["行政规范性文件"]
    before["table2"]["行政规范性文件"] = [0, 0, valid - made + ended]
    return [before, now]


def findings(rows: list[dict]) -> list:
    return [f for f in list(check_rows(rows))[-1][1] if f.id != "W1"]


# 每种改法:改动 now(和 before),返回应有的 (规则, 所在)
def wrong_total(rng, before, now):
    name = rng.choice(NAMES)
    now["cells"][name][6] += rng.randint(1, 9)
    return "E1", f"表三/{name}/总计"


def wrong_item(rng, before, now):
    name, column = rng.choice(ITEMS), rng.randrange(6)
    now["cells"][name][column] += rng.randint(1, 9)
    return "E2", f"表三/(七)总计/{COLUMNS[column]}"


def wrong_outcome_total(rng, before, now):
    column, more = rng.randrange(6), rng.randint(1, 9)
    for index in (column, 6):
        now["cells"]["(七)总计"][index] += more
    return "E2", f"表三/(七)总计/{COLUMNS[column]}"


def wrong_balance(rng, before, now):
    column, more = rng.randrange(6), rng.randint(1, 9)
    for index in (column, 6):
        now["cells"]["四、结转下年度"][index] += more
    return "E3", f"表三/收结平衡/{COLUMNS[column]}"


def swapped_rows(rng, before, now):
    lines = now["cells"]
    lines["(七)总计"], lines["四、结转下年度"] = lines["四、结转下年度"], lines["(七)总计"]
    column = next(c for c in range(7) if lines["(七)总计"][c] != lines["四、结转下年度"][c])
    return "E2", f"表三/(七)总计/{COLUMNS[column]}"


def _cell(rng, now, value):
    name, column = rng.choice(NAMES), rng.randrange(7)
    now["cells"][name][column] = value
    return "E7", f"表三/{name}/{COLUMNS[column]}"


def blank(rng, before, now):
    return _cell(rng, now, rng.choice([None, "", " ", "\u3000"]))


def slash(rng, before, now):
    return _cell(rng, now, rng.choice(["/", "／", "-", "—", "——", "不适用"]))


def decimal(rng, before, now):
    return _cell(rng, now, rng.choice([1.5, "0.5", "３．５"]))


def negative(rng, before, now):
    return _cell(rng, now, -rng.randint(1, 5))


def words(rng, before, now):
    return _cell(rng, now, rng.choice(["无", "3件", "见附件", "若干"]))


def full_width(rng, before, now):
    name, column = rng.choice(NAMES), rng.randrange(7)
    digits = str(now["cells"][name][column]).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    now["cells"][name][column] = digits
    return "E7", f"表三/{name}/{COLUMNS[column]}"


def short_row(rng, before, now):
    name = rng.choice(NAMES)
    now["cells"][name] = now["cells"][name][:6]
    return "E7", f"表三/{name}"


def lost_row(rng, before, now):
    name = rng.choice(NAMES)
    del now["cells"][name]
    return "E7", f"表三/{name}"


def lost_column(rng, before, now):
    column = rng.randrange(6)
    now["columns"] = [label for i, label in enumerate(COLUMNS) if i != column]
    now["cells"] = {name: [v for i, v in enumerate(line) if i != column] for name, line in now["cells"].items()}
    return "E7", f"表三/{COLUMNS[column]}"


def wrong_dispute(rng, before, now):
    block = rng.choice(list(now["table4"]))
    now["table4"][block][rng.randrange(5)] += rng.randint(1, 9)
    return "E5", f"表四/{block}/总计"


def blank_disclosure(rng, before, now):
    name = rng.choice(["行政许可", "行政处罚", "行政强制", "行政事业性收费(万元)"])
    now["table2"][name] = rng.choice([None, "/"])
    return "E7", f"表二/{name}"


def wrong_carry(rng, before, now):
    column = rng.randrange(7)
    before["cells"]["四、结转下年度"][column] += rng.randint(1, 9)
    return "E4", f"表三/二、上年结转/{COLUMNS[column]}"


def wrong_documents(rng, before, now):
    before["table2"]["行政规范性文件"][2] += rng.randint(1, 9)
    return "E6", "表二/行政规范性文件/现行有效件数"


def rules_of_an_office(rng, before, now):
    now["table2"]["规章"][0] = rng.randint(1, 5)
    return "E8", "表二/规章/本年制发件数"


def wrong_text(rng, before, now):
    now["sections"]["一"] = now["sections"]["一"].replace("新收政府信息公开申请", "新收政府信息公开申请9")
    return "E9", "正文/本年新收"


def wrong_text_outcome(rng, before, now):
    now["sections"]["一"] = now["sections"]["一"].replace("予以公开", "予以公开7")
    return "E9", "正文/予以公开"


def silent_charges(rng, before, now):
    now["sections"]["六"] = "无其他需要报告的事项。"
    return "E10", "第六部分"


def late(rng, before, now):
    now["published"] = f"2024-0{rng.randint(2, 9)}-15"
    return "E11", "公布日期"


def lost_part(rng, before, now):
    number = rng.choice("二三四六")
    del now["headings"][number]
    return "E14", f"第{number}部分"


def no_problems(rng, before, now):
    now["sections"]["五"] = rng.choice(["", "无", "没有问题。"])
    return "E14", "第五部分"


def copied(rng, before, now):
    before["sections"] = {"一": "", "五": now["sections"]["五"] * 3}
    now["sections"]["五"] = now["sections"]["五"] * 3
    return "E13", "第五部分"


WAYS = [
    *(wrong_total, wrong_item, wrong_outcome_total, wrong_balance, swapped_rows, blank, slash, decimal, negative),
    *(words, full_width, short_row, lost_row, lost_column, wrong_dispute, blank_disclosure, wrong_carry),
    *(wrong_documents, rules_of_an_office, wrong_text, wrong_text_outcome, silent_charges, late, lost_part),
    *(no_problems, copied),
]


@pytest.mark.parametrize("seed", range(12))
def test_the_sound_pair_gives_nothing(seed):
    assert findings(pair(seed)) == []


@pytest.mark.parametrize("n", range(200))
def test_each_injected_error_is_found_and_named(n):
    way = WAYS[n % len(WAYS)]
    rng = random.Random(n)
    before, now = pair(n % 12)
    rule, where = way(rng, before, now)
    found = findings([before, now])
    assert (rule, where) in [(f.id, f.where) for f in found], (way.__name__, where, [f.where for f in found])
