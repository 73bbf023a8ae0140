"""读互动交流的页面:虚构的句子,各种写法;真实的页面见最后一个。"""

from __future__ import annotations

import json

import pytest
from django.core.management import call_command

from gongkai.adapters.readers.engagement import read
from tests.adapters.readers import marked
from tests.outside import shared

pytestmark = pytest.mark.once
KEYS = ("received", "end", "seats", "event_date", "notice_lead_days", "duration_min", "kept", "period")


def check(title, text, url=None):
    return read.check({"id": "1", "title": title, "text": text, "url": url})


def codes(found):
    return {fault["code"] for fault in found["violations"]}


def values(found, wanted):
    return {key: found[key] for key in wanted}


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("2024年第二季度书记信箱办理情况", "信箱统计"),
        ("明湖区2024年5月12345热线数据分析", "信箱统计"),
        ("3月份网民留言办理情况通报", "信箱统计"),
        ("关于政务服务满意度的问卷调查结果", "网上调查"),
        ("公共自行车使用情况网上调查", "网上调查"),
        ("关于征集2025年民生实事项目的公告", "意见征集"),
        ("《供水条例》意见征集", "意见征集"),
        ("关于举办“政府开放日”活动的公告", "开放日"),
        ("“走进税务局”公众开放活动报名", "开放日"),
        ("区政府召开稳增长新闻发布会", "新闻发布"),
        ("2025年新闻发布会计划", "新闻发布"),
        ("《明湖问政》第三期曝光12个问题", "电视问政"),
        ("电视问政直播", "电视问政"),
        ("区教育局局长做客在线访谈", "在线访谈"),
        ("网传我区停课系谣言", "舆情回应"),
        ("关于网传某学校食堂视频的调查情况通报", "舆情回应"),
        ("关于网民反映某学校食堂问题的情况通报", "舆情回应"),
        ("区长信箱写信须知", "信箱规则"),
        ("12345热线管理办法", "信箱规则"),
    ],
)
def test_kinds(title, kind):
    assert check(title, "正文")["kind"] == kind


@pytest.mark.parametrize(
    ("title", "text", "kind"),
    [
        ("小区门口路灯不亮", "灯坏了三天。回复:已修复。", "信箱答复"),
        ("关于落户政策的咨询", "来信收悉,感谢您的关注。", "信箱答复"),
        ("信件公示", "来信人:何** 内容:步道太陡。回复部门:区城市管理局 回复内容:已转请办理。", "信箱答复"),
        ("我区满意度调查电话太多", "留言时间:2024-03-01 一天三个。答复:已要求减少。", "信箱答复"),
        ("走访记", "体验团试吃助餐点饭菜,提出改进建议5条。", None),
        ("灵活就业人员参保", "携带身份证到窗口或者网上申报。", None),
        ("网上办事大厅升级停机公告", "2025年5月1日0时至6时暂停服务。", None),
    ],
)
def test_a_letter_has_two_ends_and_what_shows_none_is_not_judged(title, text, kind):
    found = check(title, text)
    assert found["kind"] == kind
    assert kind or found["violations"] == []


@pytest.mark.parametrize(
    ("text", "wanted", "faults"),
    [
        (
            "来信时间:2024-03-01 09:00 内容:路灯不亮。答复时间:2024-03-08 答复内容:已修复。",
            {"submitted": "2024-03-01", "replied": "2024-03-08", "kept": True},
            set(),
        ),
        (
            "信件类型:投诉 提交日期:2024年3月1日。回复日期:2024年4月10日 回复:已处理。",
            {"submitted": "2024-03-01", "replied": "2024-04-10", "kept": False},
            set(),
        ),
        (
            "留言时间:2024-03-01 答复时间:2024-03-14 答复:情况属实。",
            {"submitted": "2024-03-01", "replied": "2024-03-14", "kept": None},
            set(),
        ),
        (
            "路灯不亮。回复:我们将尽快修复。2024年3月8日",
            {"submitted": None, "replied": "2024-03-08", "kept": None},
            {"NO-SUBMIT-DATE", "REPLY-NODATE"},
        ),
        (
            "路灯不亮。回复:将尽快修复,预计3月底前完成。",
            {"submitted": None, "replied": None, "kept": None},
            {"NO-SUBMIT-DATE", "NO-REPLY-DATE"},
        ),
        (
            "来信时间:2024-03-01 请不要打电话。答复时间:2024-03-04 回复:工作人员已电话联系您说明。",
            {"submitted": "2024-03-01", "replied": "2024-03-04", "kept": True},
            {"CONTACT-PREF"},
        ),
        (
            "来信时间:2024-03-01 请用邮件回复我。答复时间:2024-03-04 回复:已通过邮件答复您。",
            {"submitted": "2024-03-01", "replied": "2024-03-04", "kept": True},
            set(),
        ),
        (
            "来信时间 2024/3/1 回信时间 2024/3/4 已清理完毕。",
            {"submitted": "2024-03-01", "replied": "2024-03-04", "kept": True},
            set(),
        ),
        (
            "来信时间:2024-03-01 内容:请尽快修好。答复时间:2024-03-04 回复:已修复。",
            {"submitted": "2024-03-01", "replied": "2024-03-04", "kept": True},
            set(),
        ),
    ],
)
def test_letters(text, wanted, faults):
    found = check("小区门口路灯不亮", text)
    assert values(found, wanted) == wanted
    assert codes(found) == faults


@pytest.mark.parametrize(
    ("title", "text", "wanted"),
    [
        (
            "2024年5月区长信箱办理情况",
            "5月共收到来信120件,已办结110件,正在办理10件,办结率91.67%。其中咨询类50件、投诉类40件、建议类30件。",
            {
                "period": "2024-05",
                "received": 120,
                "closed": 110,
                "by_type": {"咨询": 50, "投诉": 40, "建议": 30},
                "consistent": True,
            },
        ),
        (
            "2024年第二季度书记信箱办理情况",
            "共受理群众来信30件,办结28件,办结率95%。",
            {"period": "2024Q2", "received": 30, "closed": 28, "by_type": {}, "consistent": False},
        ),
        (
            "2023年度政府信箱统计",
            "全年收到留言200条,已答复200条。其中求助120条,咨询70条。",
            {
                "period": "2023",
                "received": 200,
                "answered": 200,
                "by_type": {"求助": 120, "咨询": 70},
                "consistent": False,
            },
        ),
        (
            "2024年第三季度信箱情况",
            "收到来信100件,其中有效来信80件,同比上升5%。按类型分:投诉举报50件、咨询30件。",
            {"period": "2024Q3", "received": 100, "by_type": {"投诉举报": 50, "咨询": 30}, "consistent": True},
        ),
        (
            "2023年1-6月信箱办理情况",
            "承办来信88件,答复88件。",
            {"period": "2023H1", "received": 88, "answered": 88},
        ),
        (
            "12月份信箱情况",
            "发布时间:2024-01-05。收到来信8封,办结8封。",
            {"period": "2023-12", "received": 8, "closed": 8, "consistent": True},
        ),
    ],
)
def test_statistics(title, text, wanted):
    assert values(check(title, text), wanted) == wanted


@pytest.mark.parametrize(
    ("text", "n", "faults"),
    [
        ("调查时间2024年3月1日至3月31日,共收到有效问卷200份。满意60% 基本满意40%。", 200, set()),
        ("调查时间2024年3月1日至3月31日,共有7人参与。满意60% 不满意40%。", 7, {"SURVEY-PERCENT"}),
        ("调查时间2024年3月1日至3月31日。满意60% 不满意40%。", None, {"SURVEY-N"}),
        ("调查时间2024年3月1日至3月31日,125人次参与。满意80% 一般16% 不满意4%。", 125, set()),
        ("共回收问卷10份。满意60% 不满意40%。", 10, {"SURVEY-PERIOD"}),
        (
            "2024年3月1日至3月31日,20名市民参与。学历:高中10% 本科90%。分析:参与者均为本科及以上。",
            20,
            {"SURVEY-CONFLICT"},
        ),
        ("2024年3月1日至3月31日,收回300余份。满意50.82%。", 300, set()),
    ],
)
def test_surveys(text, n, faults):
    found = check("停车情况问卷调查结果", text)
    assert found["respondents"] == n
    assert codes(found) == faults


@pytest.mark.parametrize(
    ("text", "wanted", "faults"),
    [
        (
            "发布时间:2024-05-01。活动时间:2024年5月20日下午2:30-4:30。名额20人,按报名先后确定。报名时间:5月1日至5月10日,电话报名。",
            {
                "event_date": "2024-05-20",
                "event_time": "14:30-16:30",
                "signup_end": "2024-05-10",
                "seats": 20,
                "notice_days": 19,
            },
            set(),
        ),
        (
            "发布时间:2024-05-18。活动时间:2024年5月20日上午9:00。请于5月19日前报名。",
            {
                "event_date": "2024-05-20",
                "event_time": "09:00",
                "signup_end": "2024-05-19",
                "seats": None,
                "notice_days": 2,
            },
            {"OPEN-SHORT", "OPEN-SEATS", "OPEN-SELECT"},
        ),
        (
            "2024年5月1日。时间:5月20日。对象:市民代表20名。5月10日前电话报名,报满为止。",
            {"event_date": "2024-05-20", "signup_end": "2024-05-10", "seats": 20},
            set(),
        ),
        (
            "2024年5月1日。定于5月20日举行,邀请人大代表、政协委员参加。",
            {"event_date": "2024-05-20", "signup_end": None, "seats": None},
            {"OPEN-NOSIGNUP"},
        ),
        (
            "发布时间:2024-05-01。活动时间:5月20日。限30人。报名表须经所在单位盖章,填写身份证号码,5月15日前报名。",
            {"event_date": "2024-05-20", "signup_end": "2024-05-15", "seats": 30},
            {"OPEN-BARRIER", "PI-EXCESS"},
        ),
        (
            "发布时间:2024-05-01。活动时间:5月20日。限30人,先到先得,5月15日前扫码报名,当天带身份证入场。",
            {"event_date": "2024-05-20", "seats": 30, "signup_channels": ["二维码"]},
            set(),
        ),
    ],
)
def test_visits(text, wanted, faults):
    found = check("关于举办政府开放日活动的公告", text)
    assert values(found, wanted) == wanted
    assert codes(found) == faults


@pytest.mark.parametrize(
    ("title", "text", "wanted", "faults"),
    [
        (
            "《明湖问政》第三期",
            "2024年6月18日晚直播,共曝光12个问题,其中现场8个、热线4个。要求限期整改。",
            {"event_date": "2024-06-18", "issues": 12, "consistent": True},
            {"TV-NODEADLINE"},
        ),
        (
            "《明湖问政》第四期",
            "2024年6月28日晚直播,反映问题共15个,其中现场8个、热线4个。6月30日前完成整改。",
            {"event_date": "2024-06-28", "issues": 15, "consistent": False},
            set(),
        ),
        (
            "在线访谈工作制度",
            "访谈前5天发布预告,每期1小时,未当场回答的3个工作日内公开答复。",
            {"notice_lead_days": 5, "duration_min": 60, "followup_workdays": 3},
            set(),
        ),
        (
            "在线访谈办法",
            "访谈前15天报送方案,提前3天发布预告。",
            {"notice_lead_days": 3, "duration_min": None},
            set(),
        ),
        (
            "关于某小学食堂问题的情况说明",
            "2023年9月12日20时许,网上出现有关视频。2023年9月13日",
            {"kind": "舆情回应", "detected": "2023-09-12T20:00:00", "hours_max": 28.0, "kept": True},
            set(),
        ),
        (
            "在线访谈实施方案",
            "提前一周在网站公告主题和嘉宾,时长90分钟。",
            {"notice_lead_days": 7, "duration_min": 90, "followup_workdays": None},
            set(),
        ),
        (
            "网传停课系谣言",
            "2024年3月3日10:00许,有网民发布停课信息。经核实为谣言。2024年3月3日",
            {"detected": "2024-03-03T10:00:00", "responded": "2024-03-03", "hours_max": 14.0, "kept": True},
            set(),
        ),
        (
            "关于网传信息的情况通报",
            "2024年3月3日,网上出现有关视频。2024年3月8日",
            {"hours_max": 144.0, "kept": False},
            set(),
        ),
        (
            "区政府召开新闻发布会",
            "2024年7月2日上午,召开新闻发布会。记者提问:今年目标?记者提问:有何举措?",
            {"event_date": "2024-07-02"},
            {"PRESS-NOTRANSCRIPT"},
        ),
        (
            "区政府召开新闻发布会",
            "2024年7月2日上午,召开新闻发布会。问:今年目标?答:增长百分之五。",
            {"event_date": "2024-07-02"},
            set(),
        ),
        (
            "新闻发布会实录",
            "2024年7月2日,举行发布会。记者提问。区统计局局长:增长百分之五。",
            {"event_date": "2024-07-02"},
            set(),
        ),
        (
            "意见征集公告",
            "征集时间:2024年3月1日至3月31日。请发送电子邮件。",
            {"start": "2024-03-01", "days_first_day_excluded": 30, "channels": ["电子邮件"]},
            {"CHANNEL-ONLY"},
        ),
        (
            "意见征集公告",
            "征集时间:2024年3月1日至3月31日。状态:已结束。请来信、来电反馈。",
            {"end": "2024-03-31"},
            {"FB-MISSING"},
        ),
    ],
)
def test_other_pages(title, text, wanted, faults):
    found = check(title, text)
    assert values(found, wanted) == wanted
    assert codes(found) == faults


@pytest.mark.parametrize(
    ("text", "limits", "faults"),
    [
        ("咨询类3个工作日内答复,投诉类15个工作日内办结。", [[3, "工作日"], [15, "工作日"]], set()),
        ("一般信件7天内答复,特殊情况不超过十五日。", [[7, "自然日"], [15, "自然日"]], set()),
        ("依照《信访条例》,自受理之日起60日内办结。", [[60, "自然日"]], {"RULE-OUTDATED"}),
        ("依照《信访工作条例》办理,5个工作日答复。信件保存3个月后删除。", [[5, "工作日"]], {"RETENTION"}),
        ("2024年3月5日起施行。", [], set()),
        ("选择“同意公开”即同意在网上公开个人信息。", [], {"PI-CONSENT"}),
    ],
)
def test_rules(text, limits, faults):
    found = check("区长信箱写信须知", text)
    assert list(found["limits"].values()) == limits
    assert codes(found) == faults


def test_the_command(tmp_path, capsys):
    rows = tmp_path / "rows.jsonl"
    rows.write_text('{"id": "甲", "title": "区长信箱须知", "text": "5个工作日内答复"}\n[]\n', "utf-8")
    call_command("engagement", "check", "--text-file", str(rows), "--json")
    first, second = capsys.readouterr().out.splitlines()
    assert json.loads(first)["kind"] == "信箱规则"
    assert second == "{}"


@pytest.mark.measured
def test_real_pages():
    rows = [json.loads(line) for line in shared("data/engagement.dev.jsonl").read_text("utf-8").splitlines()]
    right = marked = 0
    for row in rows:
        found = read.check({"title": row["title"], "text": row["text"], "url": row["source"]["url"]})
        assert found["kind"] == row["kind"], row["id"]
        for key in KEYS:
            if row["expected"].get(key) is not None:
                marked += 1
                right += str(found[key]) == str(row["expected"][key])
    assert right >= 0.9 * marked


@pytest.mark.parametrize("row", marked.rows("pages-of-engagement.jsonl"), ids=lambda row: row["title"][:18])
def test_pages_in_the_manner_of_places_not_seen_before(row):
    found = check(row["title"], row["text"])
    assert found["kind"] == row["kind"]
    assert row["agency"] in (None, found["agency"])
    assert marked.missed(row["expected"], found) == {}
    assert sorted(codes(found)) == row["codes"]
