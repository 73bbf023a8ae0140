"""读公文要素:真实页面量准确率;自造的各种样式读得回来;正文成为有层次的 HTML。"""

import json
import re
from datetime import date
from pathlib import Path

import pytest

from gongkai.adapters import files
from gongkai.adapters.paper import body_html, dates, extract, from_text
from tests.adapters.paper_samples import STYLES, VALUES
from tests.outside import shared

FIELDS = ("索引号", "主题分类", "发布机构", "文号", "成文日期", "发文日期", "发布日期", "有效性")


@pytest.mark.parametrize("values", VALUES, ids=lambda values: values.title[:12])
@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.__name__)
def test_every_style_is_read_back(style, values):
    row = from_text(style(values), values.title).row()
    wanted = values.expected()
    assert {name: row[name] for name in wanted} == wanted


def invented(name):
    rows = (Path(__file__).parents[1] / "data" / name).read_text("utf-8").splitlines()
    return [json.loads(line) for line in rows]


@pytest.mark.once
@pytest.mark.parametrize(
    "page",
    invented("pages-of-other-systems.jsonl") + invented("pages-of-other-layouts.jsonl"),
    ids=lambda page: page["title"][:16],
)
def test_pages_in_the_manner_of_systems_not_seen_before(page):
    row = from_text(page["text"], page["title"]).row()
    wanted = dict(page["expected"])
    wanted["发布机构"] = wanted.pop("联合发文", wanted.get("发布机构"))
    assert {name: row[name] for name in wanted if name in page["expected"]} == {
        name: value for name, value in wanted.items() if name in page["expected"]
    }


@pytest.mark.once
def test_json_in_a_page_needs_keys_that_say_what_they_are():
    text = '{"fileNum":"云教发〔2021〕36号","x1":"2021-05-06","a":"b","note":"2020-01-02"}'
    row = from_text(text, "关于招生的通知").row()
    assert (row["文号"], row["成文日期"], row["发布日期"]) == ("云教发〔2021〕36号", None, None)


@pytest.mark.once
@pytest.mark.parametrize(
    ("text", "name", "why"),
    [
        ("索引号：A1-2020-00011\n文号：见附件\n发布机构：云津市教育局", "文号", "写的是“见附件”，不像文号"),
        ("发布机构：云津市教育局\n文号：\n成文日期：2021-05-06", "文号", "是空的"),
        (
            "发布日期：2021-05-06 来源：云津市教育局\n根据云政发〔2020〕7号的要求,现通知如下。",
            "文号",
            "云政发〔2020〕7号",
        ),
        ("发布日期：2021-05-06 来源：云津市教育局\n自2021年6月1日起招生。", "成文日期", "没有一个是落款的"),
        ("来源：云津市教育局\n现通知如下。", "索引号", "页上没有索引号"),
    ],
)
def test_an_empty_element_says_why(text, name, why):
    found = from_text(text, "关于招生的通知")
    assert found.get(name) is None
    assert why in found.row()["空着的原因"][name]


def test_only_what_stands_there_and_was_not_taken_is_for_a_person():
    found = from_text("文号：见附件\n发布机构：云津市教育局\n有效性：", "关于招生的通知")
    assert found.doubts() == ["文号空着：“文号”一栏写的是“见附件”，不像文号，没有采用"]


@pytest.mark.once
@pytest.mark.parametrize(
    "text",
    [
        "索引号\n文号\n发布日期\n云津市教育局\n关于招生的通知\n各学校",  # 三个标签,下面不是它们的值
        "索引号|文号|发布日期\nA1-2020-0001|云教〔2020〕1号|2020-01-01\nA1-2020-0002|云教〔2020〕2号|2020-01-02",  # 好几件的表
    ],
)
def test_values_that_do_not_fit_their_labels_are_not_taken(text):
    found = from_text(text, "关于招生的通知")
    assert (found.get("索引号"), found.get("文号"), found.get("发布日期")) == (None, None, None)


@pytest.mark.measured
@pytest.mark.parametrize("name", ["pages", "pages2"])
def test_precision_and_recall_on_real_pages(name):
    rows = [json.loads(line) for line in shared(f"data/{name}.dev.jsonl").read_text("utf-8").splitlines()]
    right = said = true = 0
    for row in rows:
        got = from_text(row["text"], row.get("title"), row.get("url", "")).row()
        for field in FIELDS:
            if field not in row["expected"]:
                continue
            want, have = row["expected"][field], got[field]
            if field == "发布机构":
                want = row["expected"].get("联合发文") or want
            if field == "主题分类":
                want, have = (re.sub(r"[\s,，;；/>]", "", one) if one else one for one in (want, have))
            true += want is not None
            said += have is not None
            right += want is not None and have == want
    print(f"准确率 {right / said:.3f},召回率 {right / true:.3f}")
    assert right / said >= 0.95
    assert right / true >= 0.95


def test_the_seed_paper():
    path = shared("seed/zhenhai-plan-2021-2025.txt")
    paper = extract(files.read(path.read_bytes(), path.name))
    assert paper.get("文号") == "镇政办发〔2021〕51号"
    assert paper.get("成文日期") == "2021-09-26"
    assert paper.get("发布机构") == "宁波市镇海区人民政府办公室"
    assert paper.addressee.startswith("各镇人民政府")
    html = body_html(paper.blocks)
    for heading in ("一、总体目标", "二、主要任务", "三、工作要求"):
        assert f"<h2>{heading}</h2>" in html
    tasks = [f"({mark})" for mark in ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")]
    assert [mark for mark in tasks if f"<h3>{mark}" in html] == tasks
    assert ".doc" not in html, "附件名不是正文"
    assert paper.attachments == (
        "镇政办发〔2021〕51号(关于印发镇海区政务公开五年行动实施方案(2021—2025年)的通知).doc",
    )


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2021年9月26日", "2021-09-26"),
        ("二○二一年九月二十六日", "2021-09-26"),
        ("二〇一〇年十月十日", "2010-10-10"),
        ("二OO八年五月二十三日", "2008-05-23"),
        ("二0二四年五月八日", "2024-05-08"),
        ("二〇二四年 五月 八日", "2024-05-08"),
        ("２０２４年５月８日", "2024-05-08"),
        ("二〇二四年5月8日", "2024-05-08"),
        ("2024 年 5 月 8 日", "2024-05-08"),
        ("2 0 2 4年5月18日", "2024-05-18"),
        ("二○二四年元月三十一日", "2024-01-31"),
        ("二Ｏ二四年五月八日", "2024-05-08"),
        ("贰零贰肆年伍月捌日", "2024-05-08"),
        ("二零二四年十月二十日", "2024-10-20"),
        ("二〇二四年十二月卅一日", "2024-12-31"),
        ("二　○　二　四　年　五　月　八　日", "2024-05-08"),
        ("2024．5．8", "2024-05-08"),
        ("二〇二四年五月", None),
        ("2020-11-26 10:05", "2020-11-26"),
        ("2020/1/6", "2020-01-06"),
        ("民國103年2月10日", "2014-02-10"),
        ("2021年13月1日", None),
        ("没有日期", None),
    ],
)
def test_dates(text, wanted):
    found = dates.first_date(text)
    assert (found.isoformat() if found else None) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2021926", date(2021, 9, 26)),
        ("20151214", date(2015, 12, 14)),
        ("2021111", None),
        ("202611", date(2026, 1, 1)),
        ("12345", None),
        ("20159912", None),
    ],
)
def test_stripped_dates(text, wanted):
    assert dates.stripped(text) == wanted


def test_traditional_pages_keep_their_script_and_lose_the_noise():
    text = "發(fa)布時(shi)間:2020-11-26\n\n國辦公(gong)開辦函[2019]60號\n\n各(ge)省、自治區人民政府辦公廳:\n請認(rèn)真執行。\n\n國務院辦公廳\n2019年11月20日"
    row = from_text(text, "關於年度報告有關事項的通知").row()
    assert (row["文号"], row["发布日期"], row["发布机构"], row["成文日期"]) == (
        "國辦公開辦函〔2019〕60號",
        "2020-11-26",
        "國務院辦公廳",
        "2019-11-20",
    )


def test_cited_numbers_and_definitions_are_not_taken():
    text = "一、索引号。索引号是为方便查找所编的代码，由机关代码和流水号组成。\n二、根据国发〔2014〕45号和鲁发〔2014〕18号的要求，文号要规范。"
    row = from_text(text, "目录编制说明").row()
    assert (row["文号"], row["索引号"]) == (None, None)


def test_joint_issue_is_a_list():
    row = from_text("各单位：\n现予公示。", "明湖区财政局 明湖区税务局关于免税资格名单的公示").row()
    assert row["发布机构"] == ["明湖区财政局", "明湖区税务局"]


def test_a_broken_number_is_mended_and_said():
    paper = from_text("广安区府办发〔202026\n\n各街道办事处：\n现印发你们。", "关于印发管理细则的通知")
    assert paper.get("文号") == "广安区府办发〔2020〕26号"
    assert any("修复" in warning for warning in paper.warnings)


def test_body_escapes_everything_and_keeps_tables():
    document = files.read(
        "<html><body><h1>标题</h1><p>一、总体&lt;script&gt;</p><table><tr><th>项目<th>数</tr><tr><td>甲<td>1</tr></table></body></html>".encode(),
        "a.html",
    )
    html = body_html(document.blocks)
    assert "<script>" not in html and "&lt;script&gt;" in html
    assert '<th scope="col">项目</th>' in html and "<td>甲</td>" in html


def test_the_signature_gives_the_date_and_no_other_line_does():
    text = "各镇：\n现通知如下。\n一、要求\n2020年1月1日\n起施行的办法继续有效。\n明湖区人民政府办公室\n二0二四年五月八日\n抄送：区委办\n明湖区人民政府办公室　2024年5月10日印发"
    assert from_text(text, "关于防汛的通知").get("成文日期") == "2024-05-08"
    cut_off = "各镇：\n现通知如下。\n一、要求\n自\n2020年1月1日\n起施行的办法继续有效。"
    assert from_text(cut_off, "关于防汛的通知").get("成文日期") is None


def test_the_signer_may_stand_on_the_line_of_the_date_or_be_an_officer():
    assert (
        from_text("现通知如下。\n明湖区民政局　　　2024年5月8日", "关于低保的通知").get("发布机构")
        == "明湖区民政局"
    )
    assert from_text("第3号\n现予公布。\n区长　甲某\n2024年5月8日", "公告").get("成文日期") == "2024-05-08"
    joint = from_text("现通知如下。\n明湖区民政局\n明湖区财政局\n2024年5月8日", "关于低保的通知")
    assert joint.issuers == ("明湖区民政局", "明湖区财政局")
