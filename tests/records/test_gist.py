"""一句话的内容:取给人东西的那一句,不取缘起、施行和照例的话。"""

import pytest

from gongkai.records.gist import LENGTH, gist

OPENING = "各镇人民政府：\n现将《补助办法》印发给你们，请认真贯彻执行。\n第一章　总则\n第一条　为了方便群众，制定本办法。\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("第二条　适用于四层以上住宅。\n第三条　每台补助二十万元。超过的不补。", "每台补助二十万元。"),
        ("第二条 申请人年满60岁的，可以申请。\n第三条 到镇里办。", "申请人年满60岁的，可以申请。"),
        (
            "第二条　本办法所称老人，是指居民。\n第三条　到镇里办。\n第四条　本办法自2025年1月1日起施行。",
            "到镇里办。",
        ),
        ("请认真贯彻执行。", ""),
        ("第二条　不符合的，一次性说明理由。\n第三条　每次补助二百元。", "每次补助二百元。"),
        ("一、总体要求\n坚持以人民为中心，公开公平。\n二、措施\n补助由镇里发。", "补助由镇里发。"),
        ("一、时间\n（一）办事窗口周六上午照常开放，周日休息。二楼除外。", "办事窗口周六上午照常开放，周日休息。"),
        ("为进一步规范临时救助工作，根据上级有关规定，提出如下意见。\n1.急难的先救助。", "急难的先救助。"),
        ("为方便上班的人办事，服务大厅中午不休息。", "为方便上班的人办事，服务大厅中午不休息。"),
        (
            "《防汛应急预案》已经修订，现印发给你们，请认真组织实施。\n一、总则\n统一领导，分级负责。",
            "统一领导，分级负责。",
        ),
    ],
)
def test_the_first_rule_with_a_figure_else_the_first_rule(text, said):
    assert gist(OPENING + text) == said


def test_what_a_person_wrote_comes_first_and_nothing_is_longer_than_a_line():
    assert gist(OPENING + "第三条　每台补助二十万元。", "给老楼加装电梯的钱。") == "给老楼加装电梯的钱。"
    assert len(gist("第二条　" + "长" * 500 + "20万元。")) == LENGTH


def test_a_summary_that_only_repeats_the_formula_gives_way():
    formula = "现将《高龄津贴发放办法》印发给你们，请认真贯彻执行。"
    assert gist(f"{formula}\n第二条　年满八十周岁的，每月六十元。", formula) == "年满八十周岁的，每月六十元。"
    assert gist(formula, formula) == formula, "没有别的话,照例的也比没有好"
