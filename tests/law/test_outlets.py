"""阵地的状态和关停公告:五样缺一样、日子不够都不行。"""

from datetime import date

import pytest

from gongkai.law.errors import RuleBroken
from gongkai.law.outlets import Notice, Platform, State, Step, after, may_announce, may_cancel, update_due

pytestmark = pytest.mark.once
ON = date(2026, 9, 1)
FULL = {
    "basis": "机构改革",
    "names": "明湖民政（微博）",
    "stop_on": date(2026, 9, 8),
    "cancel_on": date(2026, 9, 8),
    "instead": "公众号",
}


@pytest.mark.parametrize("name", FULL)
def test_each_element_is_needed(name):
    with pytest.raises(RuleBroken, match="关停公告缺"):
        may_announce(Notice(**{key: value for key, value in FULL.items() if key != name}), Platform.WEIBO, ON)


def test_a_site_stands_longer_than_an_account():
    may_announce(Notice(**FULL), Platform.WEIBO, ON)
    with pytest.raises(RuleBroken, match="不足30日"):
        may_announce(Notice(**FULL), Platform.SITE, ON)
    with pytest.raises(RuleBroken, match="晚于启动注销"):
        may_announce(Notice(**FULL | {"stop_on": date(2026, 9, 9)}), Platform.WEIBO, ON)


def test_cancelling_waits_for_its_day():
    with pytest.raises(RuleBroken, match="还没有到"):
        may_cancel(Notice(**FULL), date(2026, 9, 7))
    may_cancel(Notice(**FULL), date(2026, 9, 8))


@pytest.mark.parametrize(
    ("state", "step"), [(State.RUNNING, Step.END), (State.CLOSED, Step.RESUME), (State.PLANNED, Step.FILE)]
)
def test_no_short_cuts(state, step):
    with pytest.raises(RuleBroken, match="不能"):
        after(state, step)


def test_the_last_day_for_an_update():
    assert update_due(Platform.WECHAT, date(2025, 6, 1), ON) == date(2025, 6, 15)
