"""政策解读的规则:形式、要素、照抄、三同步、时限、占比、谁起草谁解读。"""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.law import interpretation as law
from gongkai.law.errors import RuleBroken
from gongkai.law.interpretation import Form, Timing
from gongkai.records import types

DAY = date(2024, 1, 2)
PAPER = "第一条 为了规范电梯加装，制定本办法。第二条 申请人应当向所在地街道办事处提出申请，并提交施工图。"


def test_the_record_type_offers_exactly_the_forms_of_law():
    assert types.get("interpretation").field("form").choices == tuple(form.label for form in Form)


def test_forms_by_name():
    assert [Form.named(form.label) for form in Form] == list(Form)
    assert Form.named("口头") is None


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("", tuple(law.ELEMENTS)),
        ("背景依据、目标任务、主要内容、适用范围、执行标准、注意事项、是指、惠民、新旧政策差异", ()),
    ],
)
def test_elements(text, missing):
    assert law.missing_elements(text) == missing


@pytest.mark.parametrize(
    ("text", "copied"),
    [
        ("", 0),
        ("申请人应当向所在地街道办事处提出申请,并提交施工图。", 1),
        ("第二条　申请人应当向所在地街道办事处提出申请，并提交施工图。", 1),
        ("谁可以申请？整幢或者单元的业主。要带什么材料？施工图就可以了。", 0),
    ],
)
def test_repetition(text, copied):
    found = law.repetition(text, PAPER, DAY)
    assert len(found.sentences) == copied
    assert found.too_much is bool(copied)
    assert found.share == (1 if copied else 0)
    assert found.note


def test_half_is_the_ceiling_not_beyond_it():
    half = "申请人应当向所在地街道办事处提出申请，并提交施工图。"
    own = "甲" * len(law._sentences(half)[0])
    assert law.repetition(half + own, PAPER, DAY).share == Fraction(1, 2)
    assert not law.repetition(half + own, PAPER, DAY).too_much


def test_bound():
    assert law.is_bound("normative", DAY) and not law.is_bound("document", DAY)
    assert not law.is_bound("normative", date(2021, 9, 25)) and law.is_bound("normative", date(2021, 9, 26))


@pytest.mark.parametrize(
    ("interpreted", "exempted", "stopped"),
    [(True, False, False), (False, True, False), (True, True, False), (False, False, True)],
)
def test_together(interpreted, exempted, stopped):
    if not stopped:
        assert law.together(interpreted=interpreted, exempted=exempted, title="办法") is None
        return
    with pytest.raises(RuleBroken, match=r"《办法》没有同时签发的解读.*五年方案.*同步发布"):
        law.together(interpreted=interpreted, exempted=exempted, title="办法")


@pytest.mark.parametrize(
    ("paper", "interpretation", "found"),
    [
        (DAY, DAY, Timing.TOGETHER),
        (DAY, date(2024, 1, 1), Timing.EARLY),
        (DAY, date(2024, 1, 5), Timing.LATE),
        (DAY, date(2024, 1, 8), Timing.OVERDUE),
        (date(2010, 1, 4), date(2012, 1, 4), Timing.LATE),
    ],
)
def test_timing(paper, interpretation, found):
    assert law.timing(paper, interpretation) is found


def test_share_of_nothing_is_not_nought():
    share = law.diverse_share([], DAY)
    assert share.share is None and share.meets is None and share.due == date(2023, 12, 31)


@given(st.lists(st.frozensets(st.sampled_from(Form), min_size=1), min_size=1))
def test_share(forms):
    share = law.diverse_share(forms, DAY)
    wanted = [one for one in forms if one & {Form.CHART, Form.VIDEO, Form.ANIMATION, Form.PROCESS}]
    assert share.share == Fraction(len(wanted), len(forms))
    assert share.meets is (len(wanted) * 10 >= len(forms) * 3)


def test_before_the_plan_the_plan_s_forms_count():
    assert law.diverse_forms(date(2010, 1, 1)) == law.diverse_forms(DAY)


def test_who_drafts_interprets():
    assert law.interpreter_findings("区住建局", "区住建局", "办法") == []
    assert law.interpreter_findings("区住建局", "", "办法") == []
    assert "谁" not in str(law.interpreter_findings("区住建局", "区教育局", "办法")[0])
