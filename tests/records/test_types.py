"""信息类型的文件:齐不齐、写错了停不停。"""

import pytest

from gongkai.law import duties
from gongkai.law.disclosure import GUIDE_ELEMENTS
from gongkai.records import types

GOOD = """
label = "试"
duty = "planning"
order = 1
index = "year"
openness = "active"
required = ["made_on"]
lists = ["field-budget"]
[[fields]]
key = "stage"
label = "环节"
kind = "choice"
choices = ["甲", "乙"]
"""


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (('index = "year"', 'index = "week"'), "索引号规则"),
        (('duty = "planning"', 'duty = "nonsense"'), "nonsense"),
        (('duty = "planning"', 'duty = "field-budget"'), "专栏"),
        (('lists = ["field-budget"]', 'lists = ["planning"]'), "不是专栏"),
        (('required = ["made_on"]', 'required = ["colour"]'), "colour"),
        (('openness = "active"', 'openness = "secret"'), "secret"),
        (("order = 1", 'order = 1\ncolour = "red"'), "colour"),
        (('kind = "choice"', 'kind = "text"'), "选项"),
        (('kind = "choice"', 'kind = "colour"'), "种类"),
        (('key = "stage"', 'key = "Stage 1"'), "键"),
        (('label = "试"', ""), "label"),
    ],
    ids=lambda change: change[1] if isinstance(change, tuple) else change,
)
def test_a_mistake_in_a_type_stops_the_start(change, words):
    assert types.load("trial", GOOD).fields[0].choices == ("甲", "乙")
    with pytest.raises(ValueError, match=f"trial.toml.*{words}"):
        types.load("trial", GOOD.replace(*change))


def test_every_duty_and_column_has_a_type():
    served = {one.duty for one in types.all()} | {key for one in types.all() for key in one.lists}
    assert served == set(duties.all())


def test_the_guide_asks_for_what_the_regulation_lists():
    guide = types.get("guide")
    assert tuple(field.label for field in guide.fields) == GUIDE_ELEMENTS
    assert all(field.required for field in guide.fields)


def test_normative_documents_need_legal_review():
    assert [one.key for one in types.all() if one.legal_review] == ["normative"]


def test_unknown_type_is_a_key_error():
    with pytest.raises(KeyError):
        types.get("nonsense")


def test_forms_get_grouped_choices():
    assert ("通知", "通知") in types.genre_choices()
    assert any("综合政务/政务公开" in dict(group) for _, group in types.subject_choices())
