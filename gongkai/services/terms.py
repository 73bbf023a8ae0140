"""办事服务的用语:要素表里的取值、各样东西办到哪一步。"""

from __future__ import annotations

from gongkai.law.terms import Term


class GuideState(Term):
    """一个事项现在怎样。"""

    NEW = "new", "没有公布"
    LIVE = "live", "在用"
    PAUSED = "paused", "暂停办理"
    CANCELLED = "cancelled", "已取消"


#: 公众看得到的;取消的留一句话,说为什么、以后怎么办。
SHOWN = (GuideState.LIVE, GuideState.PAUSED)


class Stage(Term):
    """指南的一版。"""

    DRAFT = "draft", "草稿"
    LIVE = "live", "公布的"
    PAST = "past", "以前的"


class ItemType(Term):
    """事项类型。"""

    LICENCE = "licence", "行政许可"
    CONFIRMATION = "confirmation", "行政确认"
    PAYMENT = "payment", "行政给付"
    RULING = "ruling", "行政裁决"
    REWARD = "reward", "行政奖励"
    OTHER = "other", "其他行政权力"
    PUBLIC = "public", "公共服务"


class BodyKind(Term):
    """实施主体的性质。"""

    ORGAN = "organ", "法定机关"
    AUTHORISED = "authorised", "法律法规授权的组织"
    ENTRUSTED = "entrusted", "受委托的组织"


class Power(Term):
    """权力来源。"""

    OWN = "own", "法定本级行使"
    DELEGATED = "delegated", "上级下放"
    AUTHORISED_UP = "authorised_up", "上级授权"
    AUTHORISED_SAME = "authorised_same", "同级授权"
    ENTRUSTED_UP = "entrusted_up", "上级委托"
    ENTRUSTED_SAME = "entrusted_same", "同级委托"


class Level(Term):
    """行使层级。"""

    STATE = "state", "国家"
    PROVINCE = "province", "省"
    CITY = "city", "市"
    COUNTY = "county", "县"
    TOWN = "town", "乡"
    VILLAGE = "village", "村"


class Audience(Term):
    """给谁办。"""

    PERSON = "person", "个人"
    BUSINESS = "business", "企业和个体工商户"
    INSTITUTION = "institution", "事业单位、社会组织"


class Theme(Term):
    """主题,三个索引里的一个。"""

    BIRTH = "birth", "生育收养"
    EDUCATION = "education", "入学教育"
    WORK = "work", "就业创业"
    SECURITY = "security", "社会保障"
    MEDICAL = "medical", "医疗卫生"
    HOUSING = "housing", "住房置业"
    IDENTITY = "identity", "户籍证件"
    TRAFFIC = "traffic", "交通出行"
    AGEING = "ageing", "养老助残"
    MARRIAGE = "marriage", "婚姻身后"
    OPENING = "opening", "开办经营"
    PREMISES = "premises", "场所许可"
    BUILDING = "building", "工程建设"
    FARMING = "farming", "农林水利"
    CULTURE = "culture", "文化体育"
    TAX = "tax", "纳税资助"


class CaseType(Term):
    """办件类型。"""

    INSTANT = "instant", "即办件"
    PROMISED = "promised", "承诺件"


class Online(Term):
    """网上办到哪一步。"""

    NONE = "none", "只在窗口办"
    ASK = "ask", "网上咨询、下载"
    APPLY = "apply", "网上申请，到窗口交材料"
    REVIEW = "review", "网上审核，到窗口取件"
    WHOLE = "whole", "全程网办，一次不用跑"


class MaterialSource(Term):
    """材料从哪里来。"""

    OWN = "own", "自己准备"
    AGENCY = "agency", "政府部门核发"
    THIRD = "third", "中介机构、法定机构出具"


class MaterialForm(Term):
    """材料的形式。"""

    EITHER = "either", "纸质、电子都可以"
    PAPER = "paper", "纸质"
    ELECTRONIC = "electronic", "电子"


class Need(Term):
    """要不要交。"""

    MUST = "must", "必要"
    LATER = "later", "可以容缺，以后补"
    SHARED = "shared", "不用交，部门之间核查"


class ResultKind(Term):
    """办出来的是什么。"""

    CERTIFICATE = "certificate", "证照"
    APPROVAL = "approval", "批文"
    MONEY = "money", "补贴、待遇"
    RECORD = "record", "登记、备案"
    NONE = "none", "没有书面结果"


class MatterState(Term):
    """一件事现在怎样。"""

    DRAFT = "draft", "没有公布"
    LIVE = "live", "公布的"
    ENDED = "ended", "不再办"


class PartNeed(Term):
    """联办的一项要不要办。"""

    MUST = "must", "都要办"
    WHEN = "when", "看情况办"


class Joined(Term):
    """联通了哪些:一次告知、一表申请、一套材料、一窗受理、一网办理。"""

    TOLD = "told", "一次告知"
    FORM = "form", "一表申请"
    SET = "set", "一套材料"
    WINDOW = "window", "一窗受理"
    NET = "net", "一网办理"


class Mode(Term):
    """跨省通办、长三角通办的模式。"""

    WHOLE = "whole", "全程网办"
    FOR = "for", "异地代收代办"
    SEVERAL = "several", "多地联办"
    TERMINAL = "terminal", "自助终端互通"
    OTHER = "other", "其他协同"


class Circle(Term):
    """通办的范围。"""

    PROVINCES = "provinces", "跨省通办"
    DELTA = "delta", "长三角一网通办"


class Pricing(Term):
    """中介服务怎样收费。"""

    FIXED = "fixed", "政府定价"
    GUIDED = "guided", "政府指导价"
    MARKET = "market", "市场调节价"
    PAID = "paid", "由委托的机关付费"


class FaqState(Term):
    """一个常见问题。"""

    PROPOSED = "proposed", "待确认"
    SHOWN = "shown", "公布的"
    DROPPED = "dropped", "不采用"


class LinkState(Term):
    """一个链接上次看的结果。"""

    NEW = "new", "没有查过"
    ALIVE = "alive", "通"
    HOME = "home", "转到首页或者登录页"
    MOVED = "moved", "转到别的网站"
    DEAD = "dead", "网页没有了"
    SILENT = "silent", "连不上"


class PhoneState(Term):
    """一个电话上次打的结果。"""

    NEW = "new", "没有打过"
    ANSWERED = "answered", "通"
    SILENT = "silent", "没人接"
    WRONG = "wrong", "空号、不是这里"


class Mark(Term):
    """查出来的一条有多重。"""

    STOP = "stop", "要改"
    WARN = "warn", "请核对"
    HINT = "hint", "可以更好"
