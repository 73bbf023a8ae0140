"""读决策页面:虚构的句子,各种写法;真实的页面见最后一个。"""

from __future__ import annotations

import json

import pytest
from django.core.management import call_command

from gongkai.adapters.readers.decisions import read
from gongkai.adapters.readers.pages.days import put_online, signed
from gongkai.adapters.readers.pages.text import page
from tests.adapters.readers import marked
from tests.outside import shared

pytestmark = pytest.mark.once

SIGNED = "明湖区人民政府办公室 2024年3月1日"


def check(title, text, url=None):
    return read.check({"id": "1", "title": title, "text": text, "url": url})


def codes(found):
    return {fault["code"] for fault in found["violations"]}


def test_a_paper_made_public_after_its_meeting_is_a_decision_and_a_layout_no_agency():
    text = "《明湖区养老设施布局规划》经区政府第18届第52次常务会议于2024年2月16日审议通过，现予公布。明湖区民政局 2024年3月1日"
    found = check("《明湖区养老设施布局规划》公布", text)
    assert (found["kind"], found["agency"]) == ("决策结果", "明湖区民政局")
    assert found["meeting"] == {"no": 52, "date": "2024-02-16"}


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("关于公开征集2025年度重大行政决策事项的公告", "目录征集"),
        ("关于征集明湖区2025年重大行政决策建议项目的通告", "目录征集"),
        ("关于《明湖区2025年度重大行政决策事项目录(草案)》公开征求意见的公告", "目录征集"),
        ("关于申报2025年度重大行政决策事项的通知", "目录征集"),
        ("明湖区人民政府2025年度重大行政决策事项目录", "目录公布"),
        ("关于印发《明湖区重大行政决策事项标准》的通知", "目录公布"),
        ("关于调整2025年度重大行政决策目录的通知", "目录公布"),
        ("明湖镇2025年度重大行政决策事项清单", "目录公布"),
        ("关于《明湖区养老服务条例实施办法(征求意见稿)》公开征求意见的公告", "征求意见公告"),
        ("《明湖区综合交通规划》草案公示", "征求意见公告"),
        ("关于征求《停车收费办法》意见建议的通告", "征求意见公告"),
        ("《停车收费办法(征求意见稿)》公众意见采纳情况的反馈", "采纳反馈"),
        ("关于《停车收费办法》征求意见情况的说明", "采纳反馈"),
        ("关于《停车收费办法》意见征集情况的公告", "采纳反馈"),
        ("关于2024年民生实事征集结果的公告", "采纳反馈"),
        ("【结果公布】停车收费办法意见征集结果", "采纳反馈"),
        ("《停车收费办法》公开征求意见的反馈情况", "采纳反馈"),
        ("关于举行停车收费标准听证会的公告", "听证"),
        ("停车收费听证会参加人名单公告", "听证"),
        ("停车收费听证报告", "听证"),
        ("关于《旧城改造方案》重大行政决策结果的公告", "决策结果"),
        ("《停车收费办法》重大行政决策后评估报告", "决策结果"),
        ("2024年度重大行政决策事项目录完成情况公示", "决策结果"),
        ("关于《明湖路改造项目》重大行政决策事项的公示", "征求意见公告"),
        ("邀请市民代表列席区政府常务会议的公告", "会议公开"),
        ("明湖区人民政府召开第32次常务会议", "会议公开"),
    ],
)
def test_kinds(title, kind):
    assert check(title, SIGNED)["kind"] == kind


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("公示时间:2024年3月1日至2024年3月31日。", "2024-03-01", "2024-03-31"),
        ("征求意见时间为2024年3月1日—4月1日。", "2024-03-01", "2024-04-01"),
        ("公示期自2024年3月1日起至3月31日止。", "2024-03-01", "2024-03-31"),
        ("征集时间:2024-03-01至2024-04-02", "2024-03-01", "2024-04-02"),
        ("征集日期:[2024-03-01]至[2024-04-02]", "2024-03-01", "2024-04-02"),
        ("征集时间:2024.3.1-2024.4.2", "2024-03-01", "2024-04-02"),
        ("征集时间 2024/3/1 ~ 2024/4/2", "2024-03-01", "2024-04-02"),
        ("时间:2024年3月1日9:00至2024年4月2日17:30", "2024-03-01", "2024-04-02"),
        ("2024年3月1日(星期五)至4月2日(星期二)向社会公开征求意见", "2024-03-01", "2024-04-02"),
        ("公示时间为2024年3月1日至31日", "2024-03-01", "2024-03-31"),
        ("二〇二四年三月一日至二〇二四年四月二日公开征求意见", "2024-03-01", "2024-04-02"),
        ("开始时间:2024-03-01 截止时间:2024-04-02", "2024-03-01", "2024-04-02"),
        ("即日起至2024年4月2日,请将意见发送至邮箱。" + SIGNED, "2024-03-01", "2024-04-02"),
        ("请于4月2日前将意见以信函寄至我局。" + SIGNED, "2024-03-01", "2024-04-02"),
        ("意见反馈截止时间:2024年4月2日。" + SIGNED, "2024-03-01", "2024-04-02"),
        ("自公告发布之日起30日内提出意见。" + SIGNED, "2024-03-01", "2024-03-31"),
        ("公示期为公告之日起三十日。" + SIGNED, "2024-03-01", "2024-03-31"),
        ("2023年12月20日至1月25日公开征求意见", "2023-12-20", "2024-01-25"),
        ("本规划期限为2021-2035年。公示时间:2024年3月1日至4月1日", "2024-03-01", "2024-04-01"),
    ],
)
def test_periods(text, start, end):
    found = check("关于《停车办法(征求意见稿)》公开征求意见的公告", text)
    assert (found["start"], found["end"]) == (start, end)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("公示时间:2024年3月1日至3月31日,共30天。", set()),
        ("公示时间:2024年3月1日至3月30日,为期30天。", {"P30-BOUNDARY"}),
        ("公示时间:2024年3月1日至3月20日。", {"P30-SHORT-NOREASON"}),
        ("公示时间:2024年3月1日至3月20日,公示期30日。", {"P30-SHORT-NOREASON", "DAYS-CLAIM-MISMATCH"}),
        ("因防汛情况紧急,征求意见期限缩短为10日:2024年3月1日至3月11日。", set()),
        ("公示时间:2019年3月1日至3月20日。", set()),
        ("征求意见7个工作日,2024年3月1日至4月12日。", set()),
        ("公示时间:2024年3月1日至4月1日。逾期未反馈的视为无意见。", {"SILENCE-CONSENT"}),
        ("公示时间:2024年3月1日至4月1日。期满未提出书面意见的,视作同意。", {"SILENCE-CONSENT"}),
        ("公示时间:2024年3月1日至4月1日。逾期不予受理。", set()),
        ("公示时间:2024年3月1日至4月1日。请通过浙政钉反馈。", {"CHANNEL-INTERNAL"}),
        ("公示时间:2024年3月1日至4月1日。请以电话或传真方式反馈意见。", {"CHANNEL-ONLINE"}),
        ("发布时间:2024-03-05 公示时间:2024年3月1日至4月5日。", {"START-BEFORE-PUBLISH"}),
        ("发布时间:2024-03-01 公示时间:2024年3月1日至4月5日。", set()),
    ],
)
def test_faults_of_a_consultation(text, wanted):
    assert codes(check("关于《停车办法(征求意见稿)》公开征求意见的公告", text)) == wanted


def test_calls_need_no_thirty_days():
    text = "面向社会公开征集,时间:2024年3月1日至3月10日,可来信、来电。"
    assert codes(check("关于公开征集2024年度重大行政决策事项的公告", text)) == set()
    assert codes(check("关于公开征集2025年民生实事项目的公告", text)) == set()


@pytest.mark.parametrize(
    ("text", "ways"),
    [
        ("意见反馈方式:1.信函寄至明湖区某路1号;2.发送邮件至a@b.example。", {"信函", "电子邮件"}),
        ("可通过登录区政府网站“民意征集”栏目留言,或致电0571-0000反馈意见。", {"电话", "网站"}),
        ("公示方式:区政府网站、微信公众号。意见请寄至区局,或当面提交。", {"信函", "现场"}),
        ("1.登录区政府网站在线反馈。2.电子邮件:。3.通信地址:明湖区局。", {"网站", "电子邮件", "信函"}),
        ("请扫描二维码填写问卷反馈。", {"二维码"}),
        ("请将书面意见传真至0571-0000。联系电话:0571-0000。", {"传真", "信函"}),
        ("联系人:张某,联系电话:0571-0000。", {"电话"}),
        ("联系电话:0571-0000 邮箱 a@b.example。", {"电子邮件"}),
    ],
)
def test_channels(text, ways):
    assert set(check("关于《停车办法》公开征求意见的公告", text)["channels"]) == ways


@pytest.mark.parametrize(
    ("text", "counts", "agree"),
    [
        ("共收到意见5条,采纳3条,部分采纳1条,未采纳1条,理由如下", (5, 3, 1, 1), True),
        ("共征集到意见建议12条,其中采纳8条、不予采纳3条,未采纳的理由见下", (12, 8, 0, 3), False),
        ("收到反馈意见三条,均予采纳。", (3, 3, 0, 0), True),
        ("期间收到公众意见2条,均未采纳,原因如下", (2, 0, 0, 2), True),
        ("截至期满,未收到任何意见建议。", (0, 0, 0, 0), None),
        ("(4月1日-4月30日)共收到来电8个、来信3封、留言9条,合计20条。已全部采纳。", (20, 20, 0, 0), True),
        ("共收到0条意见。", (0, 0, 0, 0), None),
        ("公示期间没有收到公众反馈意见。", (0, 0, 0, 0), None),
        ("收到社会各界意见10条,6条予以采纳,4条不予采纳,因为与上位法不符", (10, 6, 0, 4), True),
        ("共收到有效意见20条,其中网上12条、来信8条。", (20, None, None, None), True),
    ],
)
def test_counts_of_feedback(text, counts, agree):
    found = check("关于《停车办法》征求意见采纳情况的反馈", text)
    got = found["counts"]
    assert (got["received"], got["adopted"], got["partly"], got["rejected"]) == counts
    assert found["counts_consistent"] is agree


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("共收到意见5条,采纳3条,未采纳2条。", {"FB-NOREASON"}),
        ("共收到意见3条,采纳2条,1条未采纳。1.建议降低门槛。未采纳,因与部门规章相抵触。", set()),
        ("共收到意见5条,采纳3条,未采纳2条。未采纳理由:不符合上位法。", set()),
        ("共收到意见6条,其中5条为咨询,1条建议已采纳。", set()),
        ("期间收到一些群众的意见。", {"FB-NOCOUNT"}),
        ("未收到意见。", set()),
        ("共收到意见2条,全部采纳。1|张*|建议|采纳 2|李*四|建议|采纳", {"PI-MASK"}),
        ("共收到意见2条,全部采纳。1|张*|建议|采纳 2|李**|建议|采纳", set()),
    ],
)
def test_faults_of_feedback(text, wanted):
    assert codes(check("关于《停车办法》征求意见采纳情况的反馈", text)) == wanted


@pytest.mark.parametrize(
    ("text", "consent"),
    [
        ("经区委同意,现予公布。", True),
        ("经区委常委会审议通过,现予公布。", True),
        ("已报同级党委批准,现印发。", True),
        ("经镇党委会研究同意。", True),
        ("经中共明湖区委员会同意。", True),
        ("经局党组会议研究通过。", True),
        ("经区政府第3次常务会议通过。", False),
        ("经区发改委审核。", False),
        ("经区国资委同意。", False),
        ("目录需要调整的,报区委同意后公布。", False),
    ],
)
def test_consent_of_the_party_committee(text, consent):
    found = check("明湖区2025年度重大行政决策事项目录", f"{text}2025年3月1日")
    assert found["party_consent_stated"] is consent
    assert ("CAT-NO-PARTY" in codes(found)) is not consent


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("经区委同意。2025年3月1日 表头:序号 事项名称 承办单位。1 公园 区局", {"CAT-FIELD"}),
        ("经区委同意。2025年3月1日 表头:序号 事项名称 承办单位 完成时间。1 公园 区局 2025年12月", set()),
        ("经区委同意。2025年3月1日 表头:序号 事项名称 承办单位 承办单位 完成时间。1 公园", {"CAT-HEADER"}),
        ("经区委同意,经区政府第  次常务会议通过。2025年3月1日", {"CAT-BLANK"}),
        ("经区委同意。2025年7月1日", {"CAT-LATE"}),
        ("经区委同意。2025年5月31日", set()),
        ("发布时间:2025-05-20。经区委同意。2025年2月1日 附件", {"CAT-LATE"}),
        ("根据《重大行政决策程序暂行条例》(国务院令第731号),经区委同意。2025年3月1日", {"CAT-REF"}),
        ("根据《重大行政决策程序暂行条例》(国务院令第713号),经区委同意。2025年3月1日", set()),
        ("经区委同意。2025年3月1日 表头:序号 事项 完成时间。1 公园规划 2025年3月", {"CAT-TIME"}),
        ("经区委同意。2025年3月1日 表头:序号 事项 完成时间。1 2024年12月开工的公园 2025年6月", set()),
    ],
)
def test_faults_of_a_catalogue(text, wanted):
    found = check("明湖区2025年度重大行政决策事项目录", text)
    assert codes(found) == wanted
    assert found["year"] == 2025


@pytest.mark.parametrize(("end", "said"), [("3月15日", set()), ("3月30日", {"P30-BOUNDARY"})])
def test_the_draft_of_a_catalogue_is_no_decision_but_thirty_days_by_the_first_day_are_told(end, said):
    text = f"公示期为2022年3月1日-2022年{end}。如有意见,请以邮件反馈。"
    assert codes(check("明湖区2022年度重大行政决策事项目录(公开征求意见)", text)) == said


def test_a_feedback_page_does_not_begin_its_own_period():
    found = check("关于《停车办法》征求意见情况的反馈", "征求意见期间(4月1日-4月30日)未收到意见。2024年5月6日")
    assert (found["start"], found["end"]) == ("2024-04-01", "2024-04-30")
    found = check("关于《停车办法》征求意见情况的反馈", "截至2024年4月30日,未收到意见。2024年4月30日")
    assert (found["start"], found["end"]) == (None, "2024-04-30")


def test_a_catalogue_that_is_changed_in_the_year_is_not_late():
    text = "发布日期:2024-08-20。经区委、区政府同意,对目录作如下调整:新增1项。"
    assert codes(check("关于调整2024年度重大行政决策事项目录的公告", text)) == set()


def test_a_later_notice_of_a_hearing_needs_no_thirty_days():
    text = "根据第1号公告,听证会定于2024年5月30日上午9时在区会议中心举行。2024年5月10日"
    found = check("关于票价听证会的公告(第2号)", text)
    assert codes(found) == set()
    assert found["agency"] is None


def test_a_number_that_is_cited_is_not_the_papers_own():
    found = check(
        "关于公布2025年度重大行政决策事项目录的通知", "明政办发〔2025〕4号 根据明政发〔2019〕8号,经区委同意。"
    )
    assert found["doc_no"] == "明政办发〔2025〕4号"
    assert check("2025年度重大行政决策事项目录", "根据明政发〔2019〕8号,经区委同意。")["doc_no"] is None


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "发布时间:2024-03-01。定于2024年4月20日上午9时召开听证会。参加人15名,其中:消费者9名、经营者2名、专家2名、人大代表1名、政协委员1名,消费者随机抽取。旁听5人。报名时间:2024年3月1日至3月10日。",
            {
                "date": "2024-04-20",
                "total": 15,
                "observers": 5,
                "sums": True,
                "signup": "2024-03-10",
                "codes": set(),
            },
        ),
        (
            "发布时间:2024-03-01。拟于2024年3月20日举行听证会。参加人15名,其中:消费者9名、经营者2名、专家2名,自愿报名、随机选取。",
            {
                "date": "2024-03-20",
                "total": 15,
                "observers": None,
                "sums": False,
                "signup": None,
                "codes": {"HEAR-NOTICE", "HEAR-SUM"},
            },
        ),
        (
            "拟举行听证会。一、时间:2024年5月20日9:30 二、代表自愿报名,随机选取。2024年4月15日",
            {"date": "2024-05-20", "total": None, "observers": None, "sums": None, "signup": None, "codes": set()},
        ),
        (
            "2024年3月1日。听证会时间另行通知。听证会代表20名。请于2024年3月15日前报名,按报名先后确定。旁听席位10个。",
            {
                "date": None,
                "total": None,
                "observers": 10,
                "sums": None,
                "signup": "2024-03-15",
                "codes": {"HEAR-NODATE"},
            },
        ),
        (
            "2024年3月1日。定于2024年4月15日举行听证会,参加人10名,其中消费者6人(含人大代表2人)、经营者2人、专家2人。欢迎报名。",
            {
                "date": "2024-04-15",
                "total": 10,
                "observers": None,
                "sums": True,
                "signup": None,
                "codes": {"HEAR-SELECT", "HEAR-ROLE"},
            },
        ),
    ],
)
def test_hearings(text, wanted):
    found = check("关于召开停车收费听证会的公告", text)
    heard = found["hearing"]
    assert codes(found) == wanted["codes"]
    assert (heard["date"], heard["total"], heard["observers"]) == (
        wanted["date"],
        wanted["total"],
        wanted["observers"],
    )
    assert heard["composition_sum_ok"] is wanted["sums"]
    assert (heard["signup"] or [None])[-1] == wanted["signup"]


def test_the_meeting_that_decided():
    said = check("关于《旧城改造方案》重大行政决策结果的公告", "经2024年5月8日区政府第十二次常务会议审议通过。")
    assert said["meeting"] == {"no": 12, "date": "2024-05-08"}
    assert codes(said) == set()
    silent = check("关于《旧城改造方案》重大行政决策结果的公告", "经区政府第12次常务会议审议通过。2024年6月1日")
    assert silent["meeting"] == {"no": 12, "date": None}
    assert codes(silent) == {"DEC-MEETDATE"}


@pytest.mark.parametrize(
    ("text", "url", "online", "own"),
    [
        ("发布时间:2024-03-02 09:10。正文。明湖区水务局 2024年3月1日", None, "2024-03-02", "2024-03-01"),
        ("正文。2024年3月1日", "http://www.minghu.example/art/2024/3/2/art_1_1.html", "2024-03-02", "2024-03-01"),
        (
            "正文。二〇二四年三月一日",
            "http://www.minghu.example/202403/t20240305_11.html",
            "2024-03-05",
            "2024-03-01",
        ),
        ("公示时间为2024年3月1日至2024年4月1日", None, None, None),
        ("2024-03-04 正文", "http://www.minghu.example/202403/1.html", None, None),
        ("成文日期 2024-03-01 有效", None, None, "2024-03-01"),
        ("经第8次会议(2021年4月2日)审议。2024年3月5日", None, None, "2024-03-05"),
        ("发表于报纸。(2017-09-18 晨报)", None, None, "2017-09-18"),
        ("2022-03-18 16:07。正文", None, "2022-03-18", None),
    ],
)
def test_days_of_a_page(text, url, online, own):
    read_page = page({"title": "", "text": text, "url": url})
    assert [day and day.isoformat() for day in (put_online(read_page), signed(read_page))] == [online, own]


def test_the_command(tmp_path, capsys):
    rows = tmp_path / "rows.jsonl"
    rows.write_text('{"id": "甲", "title": "停车听证会公告", "text": "拟于近期召开"}\n{"id": "乙"}\n', "utf-8")
    call_command("decisions", "check", "--text-file", str(rows), "--json")
    first, second = capsys.readouterr().out.splitlines()
    assert json.loads(first)["kind"] == "听证"
    assert second == "{}"


@pytest.mark.measured
def test_real_pages():
    rows = [json.loads(line) for line in shared("data/decisions.dev.jsonl").read_text("utf-8").splitlines()]
    right = said = marked = 0
    for row in rows:
        found = read.check({"title": row["title"], "text": row["text"], "url": row["source"]["url"]})
        assert found["kind"] == row["kind"], row["id"]
        for key in ("start", "end", "days_first_day_excluded", "year", "doc_no", "party_consent_stated"):
            if key in row["expected"]:
                want = row["expected"][key]
                right += want is not None and found[key] == want
                said += found[key] is not None
                marked += want is not None
    assert right >= 0.9 * said
    assert right >= 0.9 * marked


@pytest.mark.parametrize("row", marked.rows("pages-of-decisions.jsonl"), ids=lambda row: row["title"][:18])
def test_pages_in_the_manner_of_places_not_seen_before(row):
    found = check(row["title"], row["text"])
    assert found["kind"] == row["kind"]
    assert row["agency"] in (None, found["agency"])
    assert marked.missed(row["expected"], found) == {}
    assert sorted(codes(found)) == row["codes"]
