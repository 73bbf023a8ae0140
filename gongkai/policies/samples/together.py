"""样本区的政策:规范性文件同解读一起发布,十一种形式都有,也有核定不附解读的。"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from gongkai.law.agencies import Role
from gongkai.law.calendar import DAY
from gongkai.law.interpretation import Form
from gongkai.org.sample import moment
from gongkai.policies import actions
from gongkai.policies.gate import is_bound
from gongkai.policies.models import Package
from gongkai.policies.questions import ask
from gongkai.questions import actions as questions
from gongkai.records import actions as records
from gongkai.records.models import Edition, Record
from gongkai.records.terms import ReviewKind, Verdict

#: 每隔几件有一件核定不附解读。
EXEMPT_EACH = 6
ROLES = {
    ReviewKind.FIRST: Role.FIRST_REVIEWER,
    ReviewKind.SECOND: Role.SECOND_REVIEWER,
    ReviewKind.SECRECY: Role.SECRECY_REVIEWER,
}
TITLES = {
    Form.TEXT: "《{name}》政策解读",
    Form.CHART: "一图读懂：{name}",
    Form.VIDEO: "视频解读：{name}",
    Form.ANIMATION: "动漫解读：{name}",
    Form.AUDIO: "听政策：{name}",
    Form.PROCESS: "手把手演示：{name}怎么申请",
    Form.PRESS: "新闻发布会：{name}有关情况",
    Form.INTERVIEW: "在线访谈：{name}问答",
    Form.EXPERT: "专家解读：{name}",
    Form.MEDIA: "媒体解读：{name}",
    Form.HEAD: "主要负责人解读：{name}",
}
#: 在办的:名称、已经起草的解读(None 是还没有建立发布包)、办到哪一步。
UNDER_WAY = (
    ("明湖区共享单车停放管理办法", (Form.TEXT, Form.CHART), "final"),
    ("明湖区养老服务补贴发放办法", (Form.TEXT,), "draft"),
    ("明湖区机关会议场所开放办法", None, "draft"),
    ("明湖区便民摊点设置管理办法", (Form.TEXT, Form.PROCESS), "scheduled"),
)
#: 定时发布的在几天以后。
RELEASE = 33
#: 两种形式一组,轮着用,十一种都轮到。
PAIRS = (
    (Form.TEXT, Form.CHART),
    (Form.TEXT,),
    (Form.HEAD, Form.VIDEO),
    (Form.TEXT, Form.ANIMATION),
    (Form.PRESS,),
    (Form.TEXT, Form.PROCESS),
    (Form.INTERVIEW, Form.CHART),
    (Form.EXPERT,),
    (Form.TEXT, Form.MEDIA),
    (Form.AUDIO, Form.TEXT),
)
TEXT = """<h2>为什么制定</h2><p>群众和企业反映“{name}”里条件不清楚、材料多，这次把制定的背景和依据一次说明白。</p>
<h2>要达到什么目标</h2><p>让符合条件的都能知道、都办得到，少跑一次、少交一份材料。</p>
<h2>适用范围和主要内容</h2><p>明湖区范围内的居民和经营主体都适用；补助标准、办理条件按文件执行，具体额度看文件所附的表。</p>
<h2>同原来的规定相比有什么变化</h2><p>新增网上申请，减少两份证明；原来的办理窗口不变。</p>
<h2>需要注意</h2><p>文中“经营主体”是指在本区登记的企业、个体工商户和农民专业合作社。拿不准的可以打文件里的咨询电话。</p>"""


def load(desks: dict[str, Any], until: date) -> None:
    """What is under way at the district's office: packages in hand, one that waits for its moment, and a paper whose
    interpretation is missing."""
    loop(desks, until)
    desk, day, release = desks["MH0101"], until - DAY * 12, until + DAY * RELEASE
    for number, (name, forms, stage) in enumerate(UNDER_WAY, 1):
        edition = records.create(
            desk.agency,
            "normative",
            by=desk.people[Role.CLERK],
            at=moment(day, 9),
            made_on=day,
            genre="通知",
            title=f"明湖区人民政府办公室关于印发{name}的通知",
            doc_number=f"明政办发〔{day.year}〕{60 + number}号",
            effective_on=(release if stage == "scheduled" else day) + DAY * 34,
            body=f"<p>各镇人民政府、街道办事处，各有关单位：</p><p>现将《{name}》印发给你们，请认真执行。</p>",
        )
        if forms is None:
            continue
        package = actions.start(edition.record, by=desk.people[Role.CLERK], at=moment(day, 9, 20))
        made = [_interpretation(package, form, desk, day) for form in forms]
        if stage != "draft":
            for draft in (*made, edition):
                _to_final(Edition.objects.get(pk=draft.pk), desk, day)
        if stage == "scheduled":
            actions.sign(
                package,
                "同意定时发布。",
                by=desk.people[Role.FINAL_REVIEWER],
                at=moment(day, 16),
                publish_at=moment(release, 9),
            )


#: 公众的提问:问什么、办到哪一步。
QUESTIONS = (
    ("我们小区要装充电棚，算不算要公开征求意见的重大决策？", "open"),
    ("征求意见的时间能不能延长？", "drafted"),
    ("提了意见以后，在哪里看采纳了没有？", "answered"),
    ("听证会怎样报名？", "answered"),
    ("我要查自己的养老金，找谁？", "declined"),
)
ANSWER = "按本办法第三条，公开征求意见不少于三十日；采纳情况在征求意见结束以后随结果一并公布，可以在本网站查到。"


def loop(desks: dict[str, Any], until: date) -> None:
    """Before and after one paper of the district's office: a briefing, and questions at every stage."""
    desk, at = desks["MH0101"], moment(until - DAY * 4, 9)
    policy = Record.objects.get(title__contains="重大行政决策公众参与办法", type="normative")
    clerk, head = desk.people[Role.CLERK], desk.people[Role.HEAD]
    actions.brief(
        policy, policy.made_on - DAY * 40, "召开座谈会，听取企业和群众代表对征求意见稿的意见", by=clerk, at=at
    )
    for n, (text, state) in enumerate(QUESTIONS):
        question, _ = ask(policy, text, consent=n != 3, at=moment(until - DAY * (12 - n), 10))
        if state == "declined":
            questions.decline(
                question, "请问区人力资源和社会保障局，或者到就近的便民服务中心查询。", by=clerk, at=at
            )
        elif state != "open":
            questions.answer(question, ANSWER, shown=text, by=clerk, at=at)
            if state == "answered":
                questions.approve(question, n != 3, by=head, at=at)


def short(title: str) -> str:
    """What a paper is about, from its title."""
    if inner := re.search(r"《(?:明湖区)?(.+?)》", title):
        return inner[1]
    return re.sub(r"^.*?关于(?:印发|进一步规范|进一步做好|公布)?|的(?:通知|意见|办法|公告)$", "", title) or title


def release(edition: Edition, desk: Any, day: date) -> Edition:
    """The last step of a normative document: together with its interpretation where that is asked for."""
    people, at = desk.people, moment(day, 15)
    if edition.nth > 1 or not is_bound(edition, at):
        return records.judge(edition, ReviewKind.FINAL, Verdict.PASS, "", by=people[Role.FINAL_REVIEWER], at=at)
    nth = Package.objects.count()
    package = actions.start(edition.record, by=people[Role.CLERK], at=moment(day, 9, 20))
    actions.plan(
        package,
        outline="背景依据、主要内容、适用范围、新旧差异、注意事项。",
        channels="政府网站、政务新媒体",
        planned_on=day,
        by=people[Role.CLERK],
        at=moment(day, 9, 25),
    )
    if nth % EXEMPT_EACH == EXEMPT_EACH - 1:
        actions.exempt(
            package,
            "minor",
            "只调整了咨询电话和受理地点，其余内容没有变动。",
            by=people[Role.HEAD],
            at=moment(day, 14, 30),
        )
        return records.judge(edition, ReviewKind.FINAL, Verdict.PASS, "", by=people[Role.FINAL_REVIEWER], at=at)
    for form in PAIRS[nth % len(PAIRS)]:
        _to_final(_interpretation(package, form, desk, day), desk, day)
    actions.sign(package, "文件和解读一并签发。", by=people[Role.FINAL_REVIEWER], at=at)
    return Edition.objects.get(pk=edition.pk)


def _interpretation(package: Package, form: Form, desk: Any, day: date) -> Edition:
    clerk, name = desk.people[Role.CLERK], short(str(package.policy))
    edition = actions.draft(package, TITLES[form].format(name=name), form.label, by=clerk, at=moment(day, 9, 30))
    fields = {"form": form.label, "interpreter": desk.agency.name, "by_head": "是" if form is Form.HEAD else "否"}
    values = {"body": TEXT.format(name=name), "made_on": day, "fields": fields, "source": desk.agency.name}
    return records.save(edition, values, by=clerk, at=moment(day, 9, 40), revision=edition.revision)


def _to_final(edition: Edition, desk: Any, day: date) -> None:
    records.submit(edition, by=desk.people[Role.CLERK], at=moment(day, 9, 50))
    for hour, (kind, role) in enumerate(ROLES.items(), 10):
        opinion = "已逐项审查，同意公开。" if kind is ReviewKind.SECRECY else ""
        records.judge(edition, kind, Verdict.PASS, opinion, by=desk.people[role], at=moment(day, hour, 30))
    if edition.record.type == "normative":
        records.judge(
            edition,
            ReviewKind.LEGAL,
            Verdict.PASS,
            "已经合法性审核。",
            by=desk.people[Role.LEGAL_REVIEWER],
            at=moment(day, 14),
        )
