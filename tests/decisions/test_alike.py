"""相近的意见归在一处:不只文字一样的;归拢不删、不少数;一万条也一样。"""

import random
from datetime import date

import pytest

from gongkai.adapters import likeness
from gongkai.decisions import actions, jobs
from gongkai.law import consultation as law
from gongkai.law.consultation import Disposition
from tests.decisions.office import AFTER, Council
from tests.records.office import moment

pytestmark = pytest.mark.django_db
NOON = moment(2026, 9, 15, 12)
CAMPAIGN = (
    "我们是明湖小区的业主，坚决反对把垃圾中转站建在小区旁边，气味大、噪声大，离幼儿园不到一百米，请重新选址。"
)
OTHERS = ("补贴标准按年龄分两档，八十岁以上的再高一点。", "送餐上门要写进办法，腿脚不便的老人去不了助餐点。")


def varied(number):
    return f"{('', '您好，', '领导您好！')[number % 3]}{CAMPAIGN}{number}幢业主"


@pytest.fixture
def council():
    return Council()


def test_a_campaign_with_small_changes_is_one_group_and_every_one_counts(council):
    one = council.round(council.dossier())
    texts = [varied(number) for number in range(12)] + list(OTHERS)
    for text in texts:
        actions.send_opinion(one, text, at=NOON)
    assert one.opinions.values("fingerprint").distinct().count() == 14, "没有两条一字不差"
    assert "11条" in jobs.group_alike(at=NOON) and jobs.group_alike(at=NOON) is None
    first = one.opinions.order_by("pk").first()
    assert one.crowds() == [(first.pk, 12)] and one.opinions.count() == 14
    late, _ = actions.send_opinion(one, varied(77), at=NOON)
    jobs.group_alike(at=NOON)
    late.refresh_from_db()
    assert late.like_id == first.pk, "后来的归进先收到的那一组"
    answer = {
        "reason": "已经重新选址。",
        "shown": "反对在小区旁建垃圾中转站。",
        "by": council.office.clerk,
        "at": AFTER,
    }
    assert actions.answer(one, [late.pk], Disposition.REJECTED, with_alike=True, **answer) == 13
    rest = list(one.opinions.filter(disposition="").values_list("pk", flat=True))
    assert len(rest) == 2
    actions.answer(one, rest, Disposition.TAKEN, **answer)
    live = council.feed_back(one, at=AFTER).live
    assert live.fields["received"] == "15"
    assert "相同或者相近的1组、13条（集中提交的1组、13条），逐条计数" in live.text


def test_only_those_that_have_no_answer_go_with_a_group(council):
    one = council.round(council.dossier())
    for number in range(3):
        actions.send_opinion(one, varied(number), at=NOON)
    actions.group_alike(one, at=NOON)
    first, second, _ = one.opinions.order_by("pk")
    answer = {"reason": "", "shown": "反对选址。", "by": council.office.clerk, "at": AFTER}
    assert actions.answer(one, [first.pk], Disposition.TAKEN, **answer) == 1
    given = answer | {"reason": "依法选址。"}
    assert actions.answer(one, [second.pk], Disposition.REJECTED, with_alike=True, **given) == 2
    first.refresh_from_db()
    assert first.disposition == Disposition.TAKEN, "写过处理的不跟着改"


def test_ten_thousand_are_grouped_by_their_first_ones():
    draw = random.Random(7)
    signs = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经"
    texts = [
        varied(place) if place % 5 == 0 else "".join(draw.choices(signs, k=draw.randint(20, 60)))
        for place in range(10_000)
    ]
    found = likeness.groups([likeness.sketch(text) for text in texts], 0.5)
    assert [place for place, first in enumerate(found) if first == 0] == list(range(0, 10_000, 5))
    assert all(first == place for place, first in enumerate(found) if place % 5)


@pytest.mark.parametrize(
    ("sizes", "said"),
    [
        ((), (0, 0, 0, 0)),
        ((1, 1, 1), (0, 0, 0, 0)),
        ((2, 1), (1, 2, 0, 0)),
        ((9, 2), (2, 11, 0, 0)),
        ((10, 2), (2, 12, 1, 10)),
    ],
)
def test_how_groups_are_counted(sizes, said):
    found = law.crowds(sizes, date(2026, 10, 1))
    assert (found.groups, found.opinions, found.campaigns, found.in_campaigns) == said
