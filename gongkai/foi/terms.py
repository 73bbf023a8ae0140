"""依申请公开里的用语:申请人、获取方式、意见、费用、救济。"""

from __future__ import annotations

from gongkai.law.steps import State
from gongkai.law.terms import Term


class ApplicantKind(Term):
    """申请人的类别;值就是年报表三的列,受理时就要采集(law.md 1.4)。"""

    PERSON = "person", "自然人"
    BUSINESS = "business", "商业企业"
    RESEARCH = "research", "科研机构"
    WELFARE = "welfare", "社会公益组织"
    LEGAL = "legal", "法律服务机构"
    OTHER = "other", "其他组织"


class Manner(Term):
    """信息的提供方式。"""

    ELECTRONIC = "electronic", "电子件"
    PAPER = "paper", "纸质件"
    INSPECT = "inspect", "查阅、抄录"


class Way(Term):
    """获取信息的途径。"""

    WEB = "web", "在本网站下载"
    EMAIL = "email", "电子邮件"
    MAIL = "mail", "邮寄"
    PICKUP = "pickup", "当面领取"


class OpinionKind(Term):
    """签发前的各种意见。"""

    SECRECY = "secrecy", "保密审查"
    LEGAL = "legal", "法制审核"
    COUNSEL = "counsel", "法律顾问意见"
    CONSULTATION = "consultation", "联合会商"


class Verdict(Term):
    """意见的结论。"""

    PASS = "pass", "同意"
    RETURN = "return", "退回修改"
    NOTE = "note", "提出意见"


class RemedyKind(Term):
    """救济的种类;值就是年报表四的块。"""

    REVIEW = "review", "行政复议"
    DIRECT = "direct", "未经复议直接起诉"
    AFTER = "after", "复议后起诉"


class RemedyResult(Term):
    """复议、诉讼的结果。"""

    PENDING = "pending", "尚未审结"
    UPHELD = "upheld", "结果维持"
    CORRECTED = "corrected", "结果纠正"
    OTHER = "other", "其他结果"


class FileRole(Term):
    """案卷里一个文件的用途;只有 ``REPLY`` 申请人能取走。"""

    IDENTITY = "identity", "身份证明"
    ATTACHMENT = "attachment", "申请人提交的材料"
    EVIDENCE = "evidence", "办理中的证据"
    SOURCE = "source", "拟提供的原件"
    REPLY = "reply", "提供给申请人的文件"


class LetterStage(Term):
    """文书用在哪个阶段,页面按它分组。"""

    INTAKE = "intake", "受理和补正"
    INQUIRY = "inquiry", "征求意见"
    TIME = "time", "延期和收费"
    REPLY = "reply", "审查和答复"
    CLOSE = "close", "送达和办结"
    OTHER = "other", "其他"


class ConversionStage(Term):
    """依申请转主动公开办到哪一步(条例第四十四条)。"""

    PROPOSED = "proposed", "待审核"
    ACCEPTED = "accepted", "同意转为主动公开"
    DECLINED = "declined", "不转"


#: 期限正在走的环节。
RUNNING = (State.HANDLING, State.DECIDED)
#: 这些环节的申请还在办。
OPEN_STATES = (State.HANDLING, State.INQUIRING, State.CORRECTING, State.PAYING, State.DECIDED)
