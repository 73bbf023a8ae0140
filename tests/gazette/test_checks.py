"""GZ01—GZ15:一条一条,只看事实;每一条都有挡得住的和放得过的。"""

from dataclasses import replace
from datetime import date

import pytest

from gongkai.gazette import checks
from gongkai.gazette.facts import ArticleFacts, Facts
from gongkai.law.gazette import IssueKind, Number

pytestmark = pytest.mark.once
ARTICLE = ArticleFacts(
    position=1,
    title="某通知",
    text="各单位：现通知如下。",
    links=(),
    doc_number="明政发〔2026〕3号",
    number_year=2026,
    made_on=date(2026, 10, 8),
    effective_on=None,
    is_public=True,
    ended="",
    differs=(),
    elsewhere=(),
    remark="",
    is_personnel=False,
)
FACTS = Facts(
    number=Number(2026, 10, 58),
    kind=IssueKind.REGULAR,
    planned_on=date(2026, 11, 20),
    on=date(2026, 11, 20),
    month=date(2026, 10, 1),
    month_to=date(2026, 10, 1),
    gap_note="",
    before=Number(2026, 9, 57),
    last_month=date(2026, 9, 1),
    same_year=(Number(2026, 9, 57),),
    articles=(ARTICLE,),
    undecided=(),
    built="ready",
    proof=(),
    own_domain="mh.example",
    altered=False,
    unprinted=(),
)


def found(facts):
    return {(one.code, one.blocks) for one in checks.run(facts)}


def article(**changes):
    return replace(FACTS, articles=(replace(ARTICLE, **changes),))


def test_a_sound_issue_passes_and_every_check_has_its_code():
    assert found(FACTS) == set()
    assert [one.code for one in checks.CHECKS] == [f"GZ{number:02}" for number in range(1, 16)]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (replace(FACTS, number=Number(2026, 11, 59)), {("GZ01", True)}),
        (replace(FACTS, number=Number(2026, 10, 57)), {("GZ01", True), ("GZ02", True)}),
        (replace(FACTS, number=Number(2027, 1, 58), same_year=()), set()),
        (replace(FACTS, number=Number(2027, 2, 58), same_year=()), {("GZ01", True)}),
        (replace(FACTS, number=Number(2026, 10, 59)), {("GZ02", True)}),
        (replace(FACTS, number=Number(2026, 10, 59), gap_note="八月的增刊占号"), {("GZ02", False)}),
        (replace(FACTS, kind=IssueKind.EXTRA, number=Number(2026, 1, None)), set()),
        (replace(FACTS, last_month=date(2026, 8, 1)), {("GZ03", True)}),
        (replace(FACTS, last_month=date(2026, 8, 1), gap_note="九月停刊"), set()),
        (replace(FACTS, planned_on=date(2026, 12, 2)), {("GZ03", False)}),
        (replace(FACTS, planned_on=date(2027, 1, 2)), {("GZ03", True)}),
        (replace(FACTS, undecided=("某办法",)), {("GZ04", True)}),
        (article(differs=("某句",)), {("GZ05", True)}),
        (article(is_public=False), {("GZ06", True)}),
        (article(text="联系人手机13800000000。"), {("GZ06", True)}),
        (article(text="电话0571-00000001。"), set()),
        (article(number_year=2027), {("GZ07", True)}),
        (article(number_year=2025, made_on=date(2025, 12, 30)), set()),
        (article(made_on=date(2026, 11, 21)), {("GZ07", True)}),
        (article(effective_on=date(2026, 11, 1)), {("GZ07", False)}),
        (article(effective_on=date(2026, 12, 1)), set()),
        (replace(article(effective_on=date(2026, 11, 1)), kind=IssueKind.SPECIAL), set()),
        (article(ended="废止"), {("GZ08", True)}),
        (article(elsewhere=("2026年第3期",)), {("GZ09", False)}),
        (article(elsewhere=("2026年第3期",), remark="重刊"), set()),
        (replace(FACTS, articles=()), {("GZ10", True)}),
        (replace(FACTS, built="stale"), {("GZ10", True)}),
        (article(is_personnel=True, text="决定任命周某为区民政局副局长。"), set()),
        (article(is_personnel=True, text="人事有变动。"), {("GZ11", False)}),
        (article(is_personnel=True, doc_number="", text="免去林某的区司法局副局长职务。"), {("GZ11", False)}),
        (
            article(is_personnel=True, text="任命周某为区民政局局长；免去周某的区民政局局长职务。"),
            {("GZ11", False)},
        ),
        (replace(FACTS, proof=("PDF有1篇，稿子有2篇",)), {("GZ12", True)}),
        (article(links=("https://shop.example/x",)), {("GZ13", True)}),
        (
            article(
                links=("https://www.zj.gov.cn/x", "/records/1/", "https://mh.example/y", "mailto:a@mh.example")
            ),
            set(),
        ),
        (article(text="招商热线欢迎来电。"), {("GZ13", True)}),
        (replace(FACTS, altered=True), {("GZ14", True)}),
        (replace(FACTS, unprinted=("某通知",)), {("GZ14", False)}),
        (replace(FACTS, gaps=("缺2019年第2期",)), {("GZ15", False)}),
    ],
)
def test_each_check(facts, expected):
    assert found(facts) == expected


def test_what_blocks_comes_first_and_says_what_to_do():
    rows = checks.run(replace(FACTS, gaps=("缺2019年第2期",), built="missing"))
    assert [row.code for row in rows] == ["GZ10", "GZ15"]
    assert all(row.text and row.fix.endswith("。") for row in rows)
