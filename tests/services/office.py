"""一份没有毛病的指南,和办它的单位,给办事服务的测试用。"""

from __future__ import annotations

from gongkai.services import actions
from gongkai.services.models import Guide
from tests.records.office import Office, moment

AT = moment(2026, 9, 1, 9)
NEXT = moment(2026, 9, 2, 9)

SOUND = {
    "name": "食品经营许可",
    "item_type": "licence",
    "body_kind": "organ",
    "power": "own",
    "level": "county",
    "audiences": ["business"],
    "theme": "premises",
    "case_type": "promised",
    "bases": [
        {
            "law": "《中华人民共和国食品安全法》",
            "article": "第三十五条",
            "text": "国家对食品生产经营实行许可制度。",
        }
    ],
    "conditions": "已经取得营业执照\n场所距离污染源二十五米以上",
    "situations": [{"key": "food", "text": "经营什么", "options": ["热食", "饮品"]}],
    "materials": [
        {
            "name": "食品经营许可申请书",
            "originals": 1,
            "sample": "https://a.gov.cn/form.pdf",
            "basis": "第三十五条",
            "points": "签名",
        },
        {
            "name": "布局图",
            "originals": 1,
            "basis": "第三十五条",
            "points": "标明面积",
            "sample": "https://a.gov.cn/plan.pdf",
            "when": {"food": ["热食"]},
        },
        {"name": "营业执照", "need": "shared", "source": "agency"},
    ],
    "legal_n": 20,
    "legal_unit": "workday",
    "legal_note": "《行政许可法》第四十二条",
    "promise_n": 8,
    "promise_unit": "workday",
    "steps": [
        {"name": "受理", "who": "窗口", "unit": "instant"},
        {"name": "审查", "who": "审批科", "n": 8, "unit": "workday"},
        {"name": "送达", "who": "窗口", "unit": "instant"},
    ],
    "charged": False,
    "result": "食品经营许可证",
    "result_kind": "certificate",
    "delivery": "邮寄",
    "online": "whole",
    "online_url": "https://a.gov.cn/apply",
    "visits": 0,
    "place": "湖滨路88号二楼",
    "hours": "周一至周五 9:00—17:00",
    "consult": "0571-00001220",
    "complaint": "0571-00001229",
    "remedy": "向区人民政府申请行政复议。",
    "certificate": "food",
}


def draft(office: Office, *, by=None, at=AT, **changes) -> Guide:
    """A guide with its first draft."""
    return actions.new_guide(office.agency, SOUND | changes, by=by or office.clerk, at=at)


def live(office: Office, *, at=AT, **changes) -> Guide:
    """The same, published by the head."""
    return actions.publish_guide(draft(office, at=at, **changes), "", by=office.head, at=at)


def matter(office: Office, guides, *, publish=True, situations=(), when=None, at=AT, **changes):
    """A matter of these guides, each in a batch of its own."""
    values = {
        "title": "开办餐饮店",
        "summary": "从执照到开门。",
        "audience": "business",
        "joined": ["told"],
        "not_joined": "招牌另办。",
        "consult": "0571-00001220",
        "situations": list(situations),
    } | changes
    made = actions.new_matter(office.agency, values, by=office.clerk, at=at)
    for number, guide in enumerate(guides, 1):
        chosen = (when or {}).get(guide.name)
        need = actions.matters.PartNeed.WHEN if chosen else actions.matters.PartNeed.MUST
        actions.put_part(made, guide, batch=number, need=need, when=chosen or {}, by=office.clerk, at=at)
    return actions.publish_matter(made, by=office.head, at=at) if publish else made
