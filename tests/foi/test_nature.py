"""一份申请说的是不是要政府信息:自造的各样说法,和办理页上的提示。"""

from datetime import date

import pytest

from gongkai.foi.nature import advise, nature
from gongkai.law import replies


@pytest.mark.once
@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("申请公开2023年岱溪区城区道路养护经费使用明细。", None),
        ("本人申请获取贵局对我2024年3月5日投诉事项的处理结果及调查材料。", None),
        ("要求公开某某小区建设工程规划许可证、竣工验收备案表、消防验收意见书。", None),
        ("因维权需要，申请公开东湖村村委会换届选举结果的备案文件。", None),
        ("想了解并获取镇政府关于农村厕所改造的补助标准文件。", None),
        ("公开查处违法建设的行政处罚决定书。", None),
        ("某某工地夜间施工扰民，请立即派人查处并追究负责人责任。", "petition"),
        ("房屋被强拆，至今没有得到赔偿，请求政府依法赔偿我的损失。", "petition"),
        ("投诉某幼儿园乱收费，希望相关部门管一管。", "petition"),
        ("反映邻居违章搭建遮挡采光，请求拆除。", "petition"),
        ("请问我家的房子什么时候能拆迁？补偿标准是多少？", "consult"),
        ("贵局为什么不给我办理建房审批？请说明理由。", "consult"),
        ("退休金怎么计算的，能否告诉我具体算法？", "consult"),
        ("申请公开岱溪甲公司的工商登记档案（内档），包括股东会决议、章程。", "special_law"),
        ("申请查询文昌路8号3幢201室的不动产登记资料。", "special_law"),
        ("申请调取本人1998年的婚姻登记档案。", "special_law"),
        ("请提供2020年至2023年岱溪年鉴各一本。", "publication"),
        ("请寄送《宁坪日报》2022年全年合订本。", "publication"),
        ("请确认我持有的岱土字〔2001〕12号文件是否真实有效，并加盖公章。", "confirmation"),
        ("请出具我单位1996年改制属实的证明。", "confirmation"),
        ("请统计2015年以来全区因病致贫户数，按年度列表并分析原因。", "to_be_made"),
        ("请汇总计算各镇近五年环保投入占财政支出的比例。", "to_be_made"),
        ("索取贵镇2020至2022年农田水利项目招投标中标通知书复印件", None),
        ("需要一份当年我村土地承包合同书的留存件", None),
        ("岱溪区2018年土地利用现状图（东湖村部分）", None),
        ("拆迁公告张贴照片和送达回证", None),
        ("村里把我家的地占了修路不给钱，盼上级领导给个说法，把钱补给我", "petition"),
        ("本人不服贵局作出的处罚，要求纠正错误并恢复名誉", "petition"),
        ("强烈要求严惩打人的城管队员", "petition"),
        ("想知道办个小吃店都要跑哪些部门", "consult"),
        ("低保和特困可以同时享受吗", "consult"),
        ("想复印某某公司在市场监管局备案的章程和股东名册", "special_law"),
        ("申请复制本人与前夫的结婚登记申请书存档件", "special_law"),
        ("我想要最近三年的政府公报全套", "publication"),
        ("请为我出一份本人2005年在你镇任职的说明", "confirmation"),
        ("请按村列出2010年以来每年的征地亩数并做成对照表", "to_be_made"),
        ("请公开白茆镇中心小学食堂2024年春季学期食材采购发票", None),
        ("我村2019—2023年村级公益事业奖补资金拨付文件", None),
        ("区政府第45次常务会议关于停车收费议题的会议纪要，若不予公开请说明理由", None),
        ("为核实补偿是否公平，请提供同一地块其他被征收户的补偿协议", None),
        ("学校门口天天堵车，家长意见很大，请交警支队派人来管", "petition"),
        ("某医院误诊，我要求卫健局吊销其执照", "petition"),
        ("请把扣我的驾驶证还给我", "petition"),
        ("新农合交了以后多久生效", "consult"),
        ("今年公租房还开放申请吗", "consult"),
        ("请提供我已故母亲名下存量房的产权登记信息", "special_law"),
        ("需要2018年全年《宁坪市人民政府公报》", "publication"),
        ("原来给我的答复书丢了，请再开一份", "confirmation"),
        ("麻烦写一份关于本区人口老龄化趋势的分析", "to_be_made"),
        ("申请公开东湖路改造的资金来源和去向", None),
    ],
)
def test_what_an_application_asks_for(text, kind):
    found = nature(text)
    assert (found and found.value) == kind


@pytest.mark.once
def test_a_hint_names_an_outcome_of_the_table_and_its_article():
    (petition,) = advise(agency=None, text="请立即派人查处", number="", on=date(2026, 1, 5))
    assert (petition.outcome, petition.source) == ("petition", replies.outcomes()["petition"].basis)
    (asked,) = advise(agency=None, text="请问补偿标准怎么算", number="", on=date(2026, 1, 5))
    assert asked.outcome == "" and "第三十条" in asked.source
    assert list(advise(agency=None, text="申请公开道路养护经费明细", number="", on=date(2026, 1, 5))) == []
