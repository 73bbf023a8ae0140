import pytest

from gongkai.adapters.engine import MemoryEngine
from gongkai.adapters.words import Cutter
from gongkai.search.laws import Law, documents
from gongkai.search.passages import cut

RULES = {
    "明湖收养登记办法": (
        "行政法规",
        ("2010年1月1日 公布",),
        "第一条 为了规范收养登记，制定本办法。\n第二条 办理收养登记的机关是县级民政部门。\n第三条 收养人应当提交申请书、身份证明和婚姻状况证明。",
    ),
    "中华人民共和国收养登记法": (
        "民法商法",
        ("2022年5月1日 施行",),
        "第一条 为了保护收养关系，制定本法。\n第二条 收养人应当同时具备下列条件：年满三十周岁；有抚养、教育和保护被收养人的能力。\n第三条 收养登记自登记之日起成立。",
    ),
    "中华人民共和国公司登记法（2005年）": (
        "经济法",
        ("2005年1月1日 通过",),
        "第一条 为了规范公司登记，制定本法。\n第二条 设立公司应当有公司名称和住所。\n第三条 注册资本最低为三万元。",
    ),
    "中华人民共和国公司登记法": (
        "经济法",
        ("2023年12月29日 修订",),
        "第一条 为了规范公司登记，制定本法。\n第二条 设立公司应当有公司名称和住所。\n第三条 注册资本为股东认缴的出资额。",
    ),
    "滨江市收养登记若干规定": (
        "滨江地方法规/地方性法规/滨江",
        ("2015年1月1日 通过",),
        "第一条 为了做好收养登记，制定本规定。\n第二条 收养人应当具备抚养能力。\n第三条 本规定自公布之日起施行。",
    ),
}


@pytest.fixture(scope="session")
def laws():
    return [
        Law(number, category, title, history, text, tuple(cut(text)))
        for number, (title, (category, history, text)) in enumerate(RULES.items())
    ]


@pytest.fixture
def cutter():
    return Cutter(["收养登记"])


@pytest.fixture
def engine(laws, cutter):
    engine = MemoryEngine(cutter)
    engine.write(documents(laws))
    return engine
