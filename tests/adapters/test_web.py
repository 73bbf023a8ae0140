"""读网页:正文按疏密找;删去的、隐藏的不要;编号、嵌套表、上标、预排、只有图片、出错页。"""

import pytest

from gongkai.adapters import files
from gongkai.adapters.files import Unreadable
from gongkai.adapters.paper import body_html, extract

TEXT = "<h1>关于做好防汛工作的通知</h1><p>各镇人民政府：</p><p>现将有关事项通知如下。补助标准为每户1200元；各镇应当认真落实。</p>"


def page(inner, title="明湖区人民政府"):
    menu = "".join(f"<li><a href='/{n}'>栏目{n}</a></li>" for n in range(8))
    html = (
        f"<html><head><title>{title}</title></head><body><div class='top'><ul>{menu}</ul></div>{inner}"
        "<div class='bottom'>版权所有 明湖区人民政府 备案号0000</div></body></html>"
    )
    return files.read(html.encode(), "x.html")


def lines(inner):
    return [block.text for block in page(f"<div>{TEXT}{inner}</div>").blocks][3:]


@pytest.mark.parametrize(
    "wrapper",
    [
        "<div class='hot'>{}</div>",
        "<div class='search-content'>{}</div>",
        "<section class='menu'>{}</section>",
        "<aside>{}</aside>",
        "<div id='footer'>{}</div>",
        "<div class='nav share tool'><div>{}</div></div>",
        "<table><tr><td class='menu'>{}</td></tr></table>",
        "<form class='login'>{}</form>",
        "<div id='location'><article>{}</article></div>",
    ],
)
def test_the_text_is_found_whatever_its_container_is_called(wrapper):
    document = page(wrapper.format(TEXT))
    assert [block.text for block in document.blocks][:2] == ["关于做好防汛工作的通知", "各镇人民政府："]
    assert "栏目3" not in document.text


def test_a_part_of_the_text_in_an_odd_container_stays_and_navigation_goes():
    inner = "<section class='menu'>菜单里的正文，第四条。</section><div class='share'>分享到 微信 微博</div><ul><li><a>上一篇</a><li><a>下一篇</a><li><a>相关</a></ul>"
    assert lines(inner) == ["菜单里的正文，第四条。"]


def test_a_body_that_a_script_would_show_is_read_and_said():
    document = page(f"<div id='c' style='display:none'>{TEXT * 2}</div><p>加载中</p>")
    assert "每户1200元" in document.text and any("隐藏" in note for note in document.notes)
    kept = page(f"<div>{TEXT}<p style='mso-hide:all'>内部批注</p><p hidden>藏</p></div>")
    assert "内部批注" not in kept.text + kept.page and "藏" not in kept.text


def test_what_was_deleted_in_a_pasted_text_is_gone():
    document = page(
        f"<div>{TEXT}<p class=MsoNormal><del>旧文</del><span class=msoDel>旧</span><ins>新文</ins>正常。</p></div>"
    )
    assert document.blocks[-1].text == "新文正常。" and "旧文" not in document.page
    assert any("修订" in note for note in document.notes)


@pytest.mark.parametrize(
    ("inner", "wanted"),
    [
        ("<ol><li>甲。<li>乙。</ol><ol start=3><li>丙。</ol>", ["1. 甲。", "2. 乙。", "3. 丙。"]),
        ("<ol type=a><li>甲<li value=5>乙</ol>", ["a. 甲", "e. 乙"]),
        ("<ol style='list-style-type:cjk-ideographic'><li>甲<li>乙</ol>", ["一、甲", "二、乙"]),
        ("<ol><li>一、甲<li>二、乙</ol>", ["一、甲", "二、乙"]),
        ("<ol><li>甲<ol type=A><li>子</ol><li>乙</ol>", ["1. 甲", "A. 子", "2. 乙"]),
        ("<ul><li>甲<li>乙</ul>", ["甲", "乙"]),
        ("<ol reversed><li>甲<li>乙</ol>", ["2. 甲", "1. 乙"]),
        ("<ol style='list-style:none'><li>甲</ol>", ["甲"]),
        ("<p>面积10<sup>4</sup>平方米，H<sub>2</sub>O</p>", ["面积10⁴平方米，H₂O"]),
        ("<p>镇<sup>注</sup></p>", ["镇注"]),
        ("<pre>第一行\n  第二行\n第三行</pre>", ["第一行", "第二行", "第三行"]),
        ("<p><ruby>镇<rp>(</rp><rt>zhèn</rt></ruby></p>", ["镇"]),
        (
            "<p><![if !supportLists]><span style='mso-list:Ignore'>（一）&nbsp;&nbsp;</span><![endif]>要求</p>",
            ["（一）要求"],
        ),
    ],
)
def test_numbers_raised_figures_and_set_lines(inner, wanted):
    assert lines(inner) == wanted


def test_tables_within_tables_and_layout_tables():
    inner = "<table><tr><td>区</td><td>明细<table><tr><td>甲镇</td><td>120万元</td></tr><tr><td>乙镇</td><td>80万元</td></tr></table></td></tr></table>"
    (table,) = (block for block in page(f"<div>{TEXT}{inner}</div>").blocks if isinstance(block, files.Table))
    assert [cell.text for cell in table.rows[0]] == ["区", "明细\n甲镇\u3000120万元\n乙镇\u300080万元"]
    body = "<p>一、要求。各镇应当落实到位。</p>" * 30
    laid = page(
        f"<table><tr><td>栏目</td><td>{TEXT}{body}<table><tr><td>甲镇</td><td>120</td></tr><tr><td>乙镇</td><td>80</td></tr></table></td></tr></table>"
    )
    assert any(isinstance(block, files.Table) and len(block.rows) == 2 for block in laid.blocks)


def test_a_cell_that_reaches_down_keeps_the_columns_in_place():
    data = (
        "<table><tr><td rowspan=2>甲镇</td><td>低保</td><td>120</td></tr><tr><td>特困</td><td>35</td></tr></table>"
    )
    html = body_html(page(f"<div>{TEXT}{data}</div>").blocks)
    assert '<tbody><tr><td rowspan="2">甲镇</td>' in html and "<thead>" not in html
    head = "<table><tr><td rowspan=2>镇</td><td colspan=2>人数</td></tr><tr><td>男</td><td>女</td></tr><tr><td>甲镇</td><td>1</td><td>2</td></tr></table>"
    html = body_html(page(f"<div>{TEXT}{head}</div>").blocks)
    assert "</th></tr></thead><tbody><tr><td>甲镇</td>" in html


def test_the_heading_outside_of_the_text_is_the_title():
    document = page(
        f"<div class='title'><h2>明湖区防汛应急预案</h2></div><div>{'<p>第一条　为了防汛，制定本预案。</p>' * 9}</div>"
    )
    assert extract(document).title == "明湖区防汛应急预案"


@pytest.mark.parametrize(
    ("inner", "note"),
    [
        ("<h1>通知</h1><p><img src='1.jpg'></p>", "图片"),
        ("<h1>通知</h1><iframe src='a.pdf'></iframe>", "嵌入"),
    ],
)
def test_a_page_without_text_says_so(inner, note):
    assert any(note in one for one in page(f"<div>{inner}</div>").notes)


@pytest.mark.parametrize(
    "html",
    [
        "<html><head><title>404 Not Found</title></head><body><h1>404 Not Found</h1><hr>nginx</body></html>",
        "<html><body><h1>您访问的页面不存在</h1></body></html>",
        "<html><title>系统提示</title><body>登录超时，请重新登录</body></html>",
        "<html><body><h1>502 Bad Gateway</h1></body></html>",
    ],
)
def test_an_error_page_is_no_paper(html):
    with pytest.raises(Unreadable, match="出错页"):
        files.read(html.encode(), "公文.doc")


def test_lines_are_centred_by_what_is_around_them():
    lines = ("明湖区人民政府办公室关于举办", "第三届明湖文化节")
    document = page(
        f"<div>{TEXT[TEXT.index('<p>') :]}<center><p>{lines[0]}</p><p>{lines[1]}</p></center><div align=right><p>甲</p></div><p>乙</p></div>"
    )
    assert [block.align for block in document.blocks][-4:] == ["center", "center", "right", ""]
