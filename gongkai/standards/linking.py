"""目录的一行对着网站的哪一栏:按事项和内容里的字猜法定公开事项和信息类型,编目录的人可以改。"""

from __future__ import annotations

import re

#: 先列的先认:字 → 法定公开事项、信息类型(空的不限)。
_GUESSES = (
    (r"行政处罚|处罚决定|处罚结果|行政强制", "penalties", ""),
    (r"行政许可|许可结果|审批结果|批准结果|办事指南|服务指南|办理流程|登记", "licensing", ""),
    (r"预算|决算|三公", "budget", ""),
    (r"收费", "fees", ""),
    (r"采购|招标|中标|成交", "procurement", ""),
    (r"重大(?:建设)?项目|批准实施|施工许可", "projects", ""),
    (r"预警|应急预案|突发|灾害|救灾|应急值守", "emergency", ""),
    (r"低保|特困|救助|临时救助|残疾人", "social-assistance", ""),
    (r"土地征收|征地|征收土地", "land-expropriation", ""),
    (r"房屋征收|国有土地上房屋", "house-expropriation", ""),
    (r"监督检查|抽查|检查结果|抽检|双随机|环境质量|监测", "inspection", ""),
    (r"机构职能|机构设置|机构信息|联系方式|机构简介", "organs", ""),
    (r"户籍|户口|居住证|治安", "public-security", ""),
    (r"规划", "planning", ""),
    (r"市政|道路|停水|停气|停热|保障性住房|公租房|危房", "municipal", ""),
    (r"招生|入学|学校|教师|就业|培训|社会保险|参保|养老|医疗|诊疗|健康|扶贫|惠农|补贴", "livelihood", ""),
    (r"文化|场馆|图书馆|群众文体|非遗", "public-services", ""),
    (r"法律援助|公证|调解|普法|法治宣传", "public-services", ""),
    (r"政策|法规|规章|规范性文件|文件", "normative", ""),
)


def guess(*texts: str) -> tuple[str, str]:
    """The duty and the type that a row points to; ("other", "") where nothing tells.

    >>> guess("行政处罚", "处罚决定"), guess("其他")
    (('penalties', ''), ('other', ''))
    """
    for text in texts:
        for pattern, duty, kind in _GUESSES:
            if re.search(pattern, text):
                return duty, kind
    return "other", ""
