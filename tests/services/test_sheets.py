"""各种表格里的指南写成带标题的文字再读:题名在上面的、一格标题一格内容的、材料单,一样读得出来。"""

import pytest

from gongkai.services import intake, sheets
from gongkai.services.intake import guides_in

pytestmark = pytest.mark.once


def read(text, name="a.csv"):
    return [values for values, _ in guides_in(text.encode(), name)]


def test_one_a_row_under_a_title_and_with_short_heads():
    (found,) = read(
        "各镇便民事项汇总,,,,,,\n序号,名称,办理条件,所需材料,承诺办结时限,是否收费,联系电话\n"
        "1,门楼牌编号,房屋已经建成,身份证；不动产权证书,3个工作日,否,0571-00001111\n"
    )
    assert (found["name"], found["promise_n"], found["charged"]) == ("门楼牌编号", 3, False)
    assert [row["name"] for row in found["materials"]] == ["身份证", "不动产权证书"]


def test_heading_and_content_side_by_side():
    (found,) = read(
        "事项名称,再生育审批,事项类型,公共服务\n法定办结时限,30日,承诺办结时限,15日\n"
        "办理地点,镇街窗口,,\n咨询电话,0571-00001111,监督投诉电话,0571-00001112\n是否收费,不收费,到现场次数,1次\n"
    )
    assert (found["name"], found["legal_n"], found["legal_unit"], found["promise_n"]) == (
        "再生育审批",
        30,
        "day",
        15,
    )
    assert (found["place"], found["complaint"], found["visits"]) == ("镇街窗口", "0571-00001112", 1)


def test_a_list_of_materials_with_form_and_copies():
    page = (
        "<h1>卫生许可延续</h1><p>受理条件：届满前申请</p><p>申请材料：</p><table>"
        "<tr><th>序号</th><th>材料名称</th><th>形式</th><th>份数</th></tr>"
        "<tr><td>1</td><td>延续申请表</td><td>原件</td><td>2</td></tr>"
        "<tr><td>2</td><td>检测报告</td><td>复印件</td><td>1</td></tr></table><p>承诺时限：2个工作日</p>"
    )
    (found,) = read(page, "a.html")
    told = [(row["name"], row["originals"], row["copies"]) for row in found["materials"]]
    assert told == [("延续申请表", 2, 0), ("检测报告", 0, 1)]


@pytest.mark.parametrize(
    ("cell", "label"),
    [("一、办理地点：", "办理地点"), ("（三）咨询电话", "咨询电话"), ("湖滨路1号", ""), ("申请材料齐全", "")],
)
def test_what_is_a_heading(cell, label):
    assert sheets.label_of(cell) == label


def test_what_the_other_process_read_arrives_here():
    """Not ``here``: what comes back passes the gate, which lets plain data through and no class of this room."""
    text = "事项名称：某某许可\n承诺办结时限：5个工作日\n收费：不收费\n申请材料：申请表\n"
    (found,) = intake.read(text.encode(), "指南.txt")
    assert (
        found.values["name"] == "某某许可" and found.values["promise_n"] == 5 and found.text.startswith("事项名称")
    )
