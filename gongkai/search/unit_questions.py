"""在问答页没有找到答案、送给单位的提问:怎样办、谁办(``questions.kinds``)。"""

from __future__ import annotations

from gongkai.questions.kinds import Kind

UNIT = Kind(
    key="unit",
    label="送给单位的提问",
    app="search",
    letter="Q",
    view="search.questions",
    answer="search.answer",
    publish="search.publish",
    settled_first=False,
    moves=True,
    takes_contact=True,
    purpose="gongkai.foi.query",
    waiting=("待答复的提问", "公众在问答页没有找到答案，送来问的。"),
)
