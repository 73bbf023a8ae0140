"""公报办理中的用语(登载、期号、理由的用语在 ``gongkai.law.gazette``)。"""

from __future__ import annotations

from gongkai.law.terms import Term


class IssueStage(Term):
    """一期办到哪一步。"""

    PREPARING = "preparing", "编辑中"
    REVIEW = "review", "待审签"
    APPROVED = "approved", "已审签"
    PUBLISHED = "published", "已出刊"


class Step(Term):
    """审签的两道,由两个人办。"""

    REVIEW = "review", "审核"
    SIGN = "sign", "签发"
    RETURN = "return", "退回"


class LiaisonKind(Term):
    """联络员。"""

    MAIN = "main", "联络员"
    DEPUTY = "deputy", "备岗"


class ReportKind(Term):
    """一个单位一个月报了什么。"""

    LISTED = "listed", "已报送"
    ZERO = "zero", "零报告"


class ItemState(Term):
    """一件报送件办到哪一步。"""

    REPORTED = "reported", "已报送"
    RETURNED = "returned", "退回补正"
    ADOPTED = "adopted", "已采用"
    DEFERRED = "deferred", "下期登"
    REFUSED = "refused", "不采用"


class FormKind(Term):
    """一期的成品。网页从库里现给,不在此列。"""

    PDF = "pdf", "PDF"
    EPUB = "epub", "EPUB"


class NoticeSpan(Term):
    """通报的周期。"""

    QUARTER = "quarter", "季度"
    YEAR = "year", "年度"


class Maker(Term):
    """默认归入哪个栏目:谁的文件。"""

    GOVERNMENT = "government", "区政府"
    OFFICE = "office", "区政府办公室"
    OTHERS = "others", "部门、镇（街道）"


class ScanState(Term):
    """扫描件的一页的字从哪里来。"""

    LAYER = "layer", "有文字层"
    QUEUED = "queued", "等着识别"
    READ = "read", "识别出来的"
    FAILED = "failed", "没有识别出来"
