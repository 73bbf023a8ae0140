"""“公开时限”一格分成一条条:各种写法,各有几条、多少天;没有写的不能编。"""

from __future__ import annotations

import pytest

from gongkai.law.due_clauses import COUNTED, Clause, clauses

pytestmark = pytest.mark.once

#: 原文 | 时限;几条的用分号隔开,看不出的单位、周期写“?”。
TABLE = """
自信息形成之日起15个工作日内公开 | within 15 workday
信息形成或变更之日起二十个工作日内 | within 20 workday
自作出行政处罚决定之日起七个工作日内 | within 7 workday
信息形成后,于5个工作日之内公开 | within 5 workday
20工作日 | within 20 workday
20个工作日 | within 20 workday
20日内 | within 20 day
预算批准后二十日内 | within 20 day
三个月内 | within 3 month
一周内公开 | within 1 week
半年内 | within 6 month
24小时内 | within 24 hour
信息形成或变更之日起最迟不超过20个工作日 | within 20 workday
形成或变更后及时公开,最迟不超过20个工作日 | within 20 workday
原则上在信息形成后10个工作日内公开,最长不得超过20个工作日 | within 10 workday; within 20 workday
按照《中华人民共和国政府信息公开条例》的规定,自信息形成或者变更之日起20个工作日内公开 | within 20 workday
1.行政许可结果:作出决定之日起7个工作日内;2.其他信息:形成或变更之日起20个工作日内 | within 7 workday; within 20 workday
许可结果7个工作日内公开、办事指南20个工作日内公开 | within 7 workday; within 20 workday
结果形成之日起20个工作日内公示,公示期不少于7天 | within 20 workday; min_period 7 day
评议结果确定后3个工作日内公示,公示时间5个工作日 | within 3 workday; display 5 workday
公示期为7个工作日 | display 7 workday
公示7天 | display 7 day
公开征求意见时间不少于30日 | min_period 30 day
征求公众意见期限不得少于三十日 | min_period 30 day
批前公示不少于30天;批准后20个工作日内公布 | min_period 30 day; within 20 workday
听证会举行7日前 | before_event 7 day
提前3个工作日公告 | before_event 3 workday
施工前5日公告 | before_event 5 day
提前不少于7日通知 | before_event 7 day
停水前24小时 | before_event 24 hour
线路调整实施之日5日前 | before_event 5 day
公示满3年后撤下 | withdraw_after 3 year
处罚信息自公示之日起满一年的,不再公示 | withdraw_after 1 year
公示期限3年,到期自动下架 | withdraw_after 3 year
情况复杂的可延长10个工作日 | extension 10 workday
7个工作日内公开,特殊情况经批准可以延长15个工作日 | within 7 workday; extension 15 workday
长期公开 | permanent
永久 | permanent
常年公开(动态调整) | permanent
每月 | periodic month
按季度公开 | periodic quarter
每半年公布一次 | periodic half_year
一年一次 | periodic year
每年至少公布2次 | periodic half_year
每季度至少更新一次 | periodic quarter
每月10日前公布上月收支 | periodic month
每月不晚于10日公布 | periodic month
每季度最迟于15日公开上季收支 | periodic quarter
务必在15日前上墙 |
应于20日前公布 |
会议召开15日前公告 | before_event 15 day
不得晚于作出决定后7个工作日 | within 7 workday
至迟应当在20日内 | within 20 day
从获得该政府信息之日起计算不得超过二十个工作日 | within 20 workday
中标候选人公示不少于3日，中标结果确定后5个工作日内公开 | min_period 3 day; within 5 workday
每季度结束后15日内公布 | periodic quarter
逐月公布 | periodic month
年度公开 | periodic year
每周一公布 | periodic week
每日更新 | periodic day
每3个月公布一次 | periodic quarter
每学期公开 | periodic half_year
定期公开 | periodic ?
定期公开,每半年至少一次 | periodic half_year
每年1月31日前 | annual_by_date 1 31
次年3月底前公开 | annual_by_date 3 31
每年6月30日之前公布 | annual_by_date 6 30
及时公开 | promptly
按工作进展公开 | promptly
实时更新 | realtime
随时公布 | anytime
发生变化后第一时间公开 | promptly
一般事项每季度公布一次,重大事项随时公布 | periodic quarter; anytime
财务收支每月公布,涉及村民利益的重大事项及时公布 | periodic month; promptly
工程建设分阶段公布 | per_stage
同上 | same_as_above
同 上 | same_as_above
法律、法规另有规定的,从其规定 | other_rule_prevails
按上级主管部门要求公开 | other_rule_prevails
按有关规定执行 | other_rule_prevails
信息形成之日起20个工作日内公开,法律法规对公开期限有特别规定的从其规定 | within 20 workday; other_rule_prevails
**个工作日内 | unreadable
信息形成之日起XX个工作日内 | unreadable
信息形成或变更之日起 | unreadable
信息形成之日起  个工作日内 | unreadable
/ |
— |
无 |
信息形成或变更之日起20 | within 20 ?
在张榜公布入户调查结果时公开 | at_event
现场检查时当场公开 | at_event
事前公开 | before_event ? ?
20个工作日内 及时 公开,并动态更新 | within 20 workday
信息形成或变更之日起20个工作日內 | within 20 workday
信息形成或變更之日起20個工作日內 | within 20 workday
自收到申请之日起20个工作日内答复 | within 20 workday
2个工作日 | within 2 workday
决定作出次日起7个工作日内 | within 7 workday
作出决定后的下一个工作日公开 | within 1 workday
信息形成或变更之日起5-7个工作日内 | within 7 workday
信息形成后20个自然日内 | within 20 day
信息形成后15天内 | within 15 day
《关于推进公开工作三年行动的意见》规定的时限 | other_rule_prevails
根据项目进展情况及时公开 | promptly
长期公示 | permanent
每村每季度首月15日公布 | periodic quarter
每季度第一个月20日前 | periodic quarter
一季度一公布 | periodic quarter
每月公开1次,公示不少于10天 | periodic month; min_period 10 day
栏内内容至少保留5日 | display 5 day
分配方案确定后5日内张榜,张榜7天 | within 5 day; display 7 day
初审后公示3天,审批后公示7天 | display 3 day; display 7 day
2025年6月30日前 |
全年公开 | permanent
救助对象名单每月更新;政策文件形成之日起10个工作日内 | periodic month; within 10 workday
自信息形成或变更之日起7个工作日(遇法定节假日顺延) | within 7 workday
自规划批准之日起30日内公布,实施期间长期公开 | within 30 day; permanent
三日内 | within 3 day
信息形成(变更)之日起20(二十)个工作日内 | within 20 workday
制作完成或获取后10个工作日内。公示期5日。 | within 10 workday; display 5 day
决算经审定后一个月内公布 | within 1 month
每年年底前公布 | annual_by_date 12 31
信息形成、更新、废止之日起20个工作日内 | within 20 workday
收到检查结果的5个工作日内 | within 5 workday
会议结束3天内 | within 3 day
公示期满无异议后2个工作日内公布 | within 2 workday
公示期满5个工作日内 | within 5 workday
形成之日起20个工作日内(涉及重大突发事件的,24小时内) | within 20 workday; within 24 hour
每批次发放前公示5个工作日 | display 5 workday
采购合同签订之日起2个工作日内 | within 2 workday
自中标通知书发出之日起30日内 | within 30 day
中标候选人公示不少于3日 | min_period 3 day
自收到评标报告之日起3日内公示,公示期不得少于3日 | within 3 day; min_period 3 day
资格预审公告发售期不少于5日 | min_period 5 day
常态化公开 | permanent
即时公开 | realtime
信息形成或变更之日起20个工作日内,其中预警信息实时发布 | within 20 workday; realtime
每 季 度 末 月 25 日 前 | periodic quarter
按月公布,于次月5日前 | periodic month
每月5日公布(遇节假日顺延) | periodic month
换届选举期间按法定时间公布 | other_rule_prevails
①7个工作日;②20个工作日 | within 7 workday; within 20 workday
信息形成或变更之日起2O个工作日内 | within 20 workday
信息形成或变更之日起20个作日内 | within 20 workday
形成之日起贰拾个工作日内 | within 20 workday
信息形成或变更之日起20个工作日内公开2次 | within 20 workday
每20个工作日更新1次 | periodic ?
延长期限不超过20个工作日 | extension 20 workday
开工前公示7天,竣工后公示7天 | display 7 day; display 7 day
每月初5日前 | periodic month
每季度公布,于20日前 | periodic quarter
每年1、4、7、10月 | periodic quarter
每年1月、7月的20日前 | periodic half_year
每年第一季度 | annual_by_date 3 31
选举日前20日 | before_event 20 day
投标截止时间至少15日前 | before_event 15 day
2024年底前 |
3年 |
半年 | periodic half_year
季报 | periodic quarter
不定期公开 | anytime
至少公示7天 | min_period 7 day
一事一公开 | anytime
自决定作出之日起7个工作日内,最长不超过20个工作日 | within 7 workday; within 20 workday
20个工作日内公开,有变动的及时更新 | within 20 workday; promptly
"""
ROWS = [tuple(part.strip() for part in line.split("|")) for line in TABLE.strip().splitlines()]


def brief(one: Clause) -> str:
    extra = [one.n, one.unit] if one.kind in COUNTED else []
    extra += [one.period] if one.kind == "periodic" else []
    extra += [one.month, one.day] if one.kind == "annual_by_date" else []
    return " ".join([one.kind, *("?" if part is None else str(part) for part in extra)])


@pytest.mark.parametrize(("text", "wanted"), ROWS, ids=[text or "empty" for text, _ in ROWS])
def test_the_clauses_of_a_cell(text, wanted):
    assert sorted(map(brief, clauses(text))) == sorted(part.strip() for part in wanted.split(";") if part.strip())


@pytest.mark.parametrize(
    ("text", "trigger", "scope"),
    [
        ("自该信息形成或者变更之日起20个工作日内公开", "形成或变更", None),
        ("制作或获取文件之日起10个工作日内", "制定或获取", None),
        ("收到用地批复之日起10个工作日内", "收到用地批复", None),
        ("抽查结果:自作出决定之日起7个工作日内", "作出决定", "抽查结果"),
        ("其他相关信息形成或变更之日起20个工作日内", "形成或变更", "其他相关信息"),
        ("处罚决定:20个工作日内", None, "处罚决定"),
        ("公开时限:20个工作日内", None, None),
        ("预案修订后及时公开", "预案修订", None),
    ],
)
def test_what_starts_the_clock(text, trigger, scope):
    (one,) = clauses(text)
    assert (one.trigger, one.scope) == (trigger, scope)
    assert one.presumed is (one.kind == "within" and trigger is None)


def test_a_number_of_days_alone_is_presumed_to_run_from_the_making():
    (one,) = clauses("20个工作日")
    assert one.presumed and one.facts()["checkable"]
    assert not clauses("及时公开")[0].facts()["checkable"]
