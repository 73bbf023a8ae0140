"""历史信息梳理和移交中的用语(开放审核的用语在 ``gongkai.law.backfile``)。"""

from __future__ import annotations

from gongkai.law.terms import Term


class Kind(Term):
    """底数分三类。"""

    NORMATIVE = "normative", "规范性文件"
    NUMBERED = "numbered", "其他发文"
    PLAIN = "plain", "没有文号的信息"


class Way(Term):
    """从哪里收来。"""

    FOLDER = "folder", "服务器上的文件夹"
    ZIP = "zip", "压缩包"
    LIST = "list", "清单"
    SITE = "site", "旧网站"


class AddressState(Term):
    """旧网站的一个网址,去过以后是什么。"""

    WAITING = "waiting", "待取"
    PAPER = "paper", "收作旧文件"
    LIST = "list", "目录页，只看链接"
    KEPT = "kept", "只存档"
    MOVED = "moved", "转到别处"
    FAILED = "failed", "没有取到"
    LEFT = "left", "没有去取"


class ItemState(Term):
    """一件旧文件办到哪一步。"""

    WAITING = "waiting", "待读"
    SCANNING = "scanning", "待识别"
    CHECKING = "checking", "待核对"
    CONFIRMED = "confirmed", "已核对"
    COPY = "copy", "副本"
    REFUSED = "refused", "没有收下"


class PageState(Term):
    """扫描的一页。"""

    QUEUED = "queued", "排队"
    READ = "read", "已识别"
    FAILED = "failed", "识别不了"
    BY_HAND = "hand", "人工录入"


class Precision(Term):
    """日期知道到哪里。"""

    DAY = "day", "日"
    MONTH = "month", "只知道年、月"
    YEAR = "year", "只知道年"
    NONE = "none", "不知道"


class Likely(Term):
    """相像的一对,按文号、日期、数字看多半是什么。"""

    SAME = "same", "多半是同一件"
    MISTAKEN = "mistaken", "文号同、日期不同：错号或者更正"
    NEWER = "newer", "多半是新旧两版"
    ALIKE = "alike", "相像，请人看"


class Ruling(Term):
    """人看过以后的结论。"""

    COPY = "copy", "同一件，后收的作副本"
    NEWER = "newer", "新旧两版，都留"
    APART = "apart", "不是一件"


class BatchState(Term):
    """一批开放审核办到哪一步。"""

    FIRST = "first", "初审中"
    SECOND = "second", "抽检中"
    BACK = "back", "退回重审"
    AGREED = "agreed", "审定"
    OPENED = "opened", "已公开"


class TransferState(Term):
    """一批移交办到哪一步。"""

    DRAFT = "draft", "编目中"
    HANDED = "handed", "已移交"
    PUBLISHED = "published", "目录已公布"
    NOTHING = "nothing", "没有可公开的"


class Medium(Term):
    """移交的载体。"""

    PAPER = "paper", "纸质"
    DIGITAL = "digital", "电子"
    BOTH = "both", "纸质和电子"


class Disclosed(Term):
    """政府信息公开情况(附具的三项之一)。"""

    PUBLIC = "public", "已主动公开"
    ANSWERED = "answered", "依申请答复过"
    NOT = "not", "未公开"


class OpeningOpinion(Term):
    """到期开放意见(附具的三项之一)。"""

    OPEN = "open", "同意开放"
    CONTROLLED = "controlled", "控制"
    LATER = "later", "延期开放"
    UNSEEN = "", "没有填"
