"""依申请公开的时钟、程序、收到之日、费用:案例表、真实争议、每个环节乘每个步骤、性质。"""

import csv
import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.law import clock, fees, procedure, receipt
from gongkai.law.__main__ import main
from gongkai.law.clock import Pause, reply_deadline
from gongkai.law.errors import NoCalendar, NotInForce, RuleBroken
from gongkai.law.procedure import Step
from gongkai.law.receipt import Channel
from tests.outside import shared

TABLES = Path(__file__).parents[1] / "tables"
REVIEWS = list(csv.DictReader((TABLES / "foi_reviews.csv").read_text("utf-8").splitlines()))
FEES = list(csv.DictReader((TABLES / "fees.csv").read_text("utf-8").splitlines()))
ON = date(2025, 1, 1)


def steps_of(text):
    for part in filter(None, text.split("|")):
        name, on, *more = part.split()
        extra = {"party": one[1:]} if (one := more[0] if more else "").startswith("@") else {}
        yield Step(procedure.kind_of(name), date.fromisoformat(on), extra or ({"days": int(one)} if one else {}))


@pytest.mark.parametrize("row", REVIEWS, ids=[row["编号"] for row in REVIEWS])
def test_review_table(row):
    found = procedure.review(date.fromisoformat(row["收到"]), list(steps_of(row["步骤"])))
    assert str(found.due or "") == row["应答复"]
    assert found.state == row["环节"]
    assert {True: "是", False: "否", None: ""}[found.late] == row["逾期"]
    assert {one.code for one in found.findings} == set(row["问题"].split())
    assert all(one.message.endswith("。") for one in found.findings)


@pytest.mark.measured
def test_real_disputes():
    cases = [json.loads(line) for line in shared("data/cases.dev.jsonl").read_text("utf-8").splitlines()]
    dated = [case for case in cases if case["received"] and case["limit_workdays"]]
    assert dated
    for case in dated:
        deadline = reply_deadline(date.fromisoformat(case["received"]))
        computed = (deadline.days, str(deadline.due))
        assert computed == (case["limit_workdays"], case["computed_deadline"]), case["id"]
        if case["replied"] and case["ruled_late"] is not None:
            late = clock.is_late(deadline.due, date.fromisoformat(case["replied"]))
            assert late is case["ruled_late"], case["id"]


@pytest.mark.parametrize("row", FEES, ids=[row["方式"] + row["数量"] for row in FEES])
def test_fee_table(row, capsys):
    n, wanted = int(row["数量"]), int(row["元"])
    total = fees.items_total if row["方式"] == "件" else fees.pages_total
    assert total(n, ON) == wanted
    assert main(["fee", "--items" if row["方式"] == "件" else "--pages", str(n), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["yuan"] == wanted


def test_fees_are_one_basis_from_2021():
    with pytest.raises(RuleBroken, match="不能同时"):
        fees.one_basis(frozenset(fees.Basis))
    with pytest.raises(RuleBroken):
        fees.one_basis(frozenset())
    assert fees.one_basis(frozenset({fees.Basis.BY_PAGE})) is fees.Basis.BY_PAGE
    with pytest.raises(NotInForce):
        fees.pages_total(10, date(2020, 12, 31))
    for wrong in (lambda: fees.item_price(0, ON), lambda: fees.pages_total(-1, ON)):
        with pytest.raises(RuleBroken):
            wrong()


@pytest.mark.parametrize(
    ("channel", "arrived", "confirmed", "strict", "lenient"),
    [
        ("email", "2017-06-18", None, "2017-06-18", "2017-06-19"),
        ("web", "2021-11-24", None, "2021-11-24", "2021-11-24"),
        ("signed_mail", "2022-09-30", None, "2022-09-30", "2022-09-30"),
        ("plain_mail", "2022-09-28", "2022-09-30", "2022-09-30", "2022-09-30"),
        ("counter", "2021-10-09", None, "2021-10-09", "2021-10-09"),
        ("fax", "2021-10-01", "2021-10-02", "2021-10-02", "2021-10-08"),
    ],
)
def test_receipt_by_channel(channel, arrived, confirmed, strict, lenient):
    found = receipt.received(
        Channel(channel), date.fromisoformat(arrived), date.fromisoformat(confirmed) if confirmed else None
    )
    assert (str(found.strict), str(found.lenient)) == (strict, lenient)
    assert found.on_day_off is (strict != lenient) and found.evidence


def test_receipt_needs_confirmation():
    with pytest.raises(RuleBroken, match="确认"):
        receipt.received(Channel.PLAIN_MAIL, ON)
    with pytest.raises(RuleBroken, match="早于"):
        receipt.received(Channel.FAX, ON, date(2024, 12, 31))
    assert set(receipt.EVIDENCE) == set(Channel)


def test_c05_no_calendar_no_date():
    with pytest.raises(NoCalendar):
        reply_deadline(date(2026, 12, 20))
    assert reply_deadline(date(2026, 12, 20), provisional=True).provisional
    assert procedure.review(date(2026, 12, 20), []).provisional


def test_extension_limits():
    with pytest.raises(RuleBroken, match="最长20个工作日"):
        reply_deadline(date(2024, 1, 15), extension=21)
    assert reply_deadline(date(2024, 1, 15), extension=20).due == date(2024, 3, 14)
    with pytest.raises(RuleBroken, match="最长15个工作日"):
        reply_deadline(date(2015, 1, 15), extension=16)


DAYS = st.dates(date(2019, 5, 15), date(2025, 6, 30))
SPANS = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 30)), max_size=4)


def pauses_of(received, spans):
    return [Pause(received + timedelta(days=a), received + timedelta(days=a + b)) for a, b in spans]


@given(DAYS, SPANS, st.integers(0, 20))
def test_c13_the_explanation_counts_to_the_number_shown(received, spans, extension):
    deadline = reply_deadline(received, pauses_of(received, spans), extension)
    counted = [day for day in deadline.explanation if day.counted]
    assert [day.nth for day in counted] == list(range(1, deadline.days + 1))
    assert deadline.explanation[-1].on == deadline.due >= deadline.original
    assert all(day.reason for day in deadline.explanation)


@given(DAYS, SPANS)
def test_c20_overlapping_pauses_do_not_count_twice(received, spans):
    pauses = pauses_of(received, spans)
    assert reply_deadline(received, pauses + pauses).due == reply_deadline(received, pauses).due


@given(DAYS, st.integers(1, 60), st.integers(1, 30))
def test_an_inquiry_after_expiry_revives_nothing(received, after, length):
    due = reply_deadline(received).due
    pause = Pause(due + timedelta(days=after), due + timedelta(days=after + length))
    found = reply_deadline(received, [pause])
    assert found.due == due and found.ignored == (pause,)


@pytest.mark.parametrize("state", list(procedure.table().states))
@pytest.mark.parametrize("kind", list(procedure.table().steps))
def test_c38_every_state_and_step(state, kind):
    """From a case brought into each state, exactly the listed steps are allowed."""
    paths = {
        "handling": "",
        "correcting": "补正告知 2025-02-21",
        "inquiring": "征求意见 2025-02-21",
        "paying": "收费通知 2025-02-21",
        "replied": "答复 2025-02-21",
        "withdrawn": "撤回申请 2025-02-21",
        "lapsed": "补正告知 2025-02-21|逾期不补正 2025-02-22",
        "transferred": "转送 2025-02-21",
        "decided": "落款 2025-02-21",
    }
    received, steps = date(2025, 2, 20), list(steps_of(paths[state]))
    assert procedure.review(received, steps).state == state
    step = Step(kind, date(2025, 3, 25) if kind == "fee_lapsed" else date(2025, 2, 24), {"days": 5})
    if state in procedure.table().steps[kind]["from"] and (kind, state) != ("inquiry_replied", "handling"):
        procedure.may(received, steps, step)
        assert kind in procedure.allowed(state)
    else:
        with pytest.raises(RuleBroken, match="可办的下一步"):
            procedure.may(received, steps, step)
        assert any(one.code == "out_of_order" for one in procedure.review(received, [*steps, step]).findings)


@pytest.mark.parametrize(
    ("before", "step", "words"),
    [
        ("", Step("extended", date(2025, 3, 3), {"days": 25}), "最长20"),
        ("延长 2025-02-24 5", Step("extended", date(2025, 2, 25), {"days": 5}), "只能一次"),
        ("", Step("extended", date(2025, 3, 3), {"days": 5, "approver": ""}), "负责人"),
        ("", Step("extended", date(2025, 3, 3), {"days": 5, "notified": False}), "告知申请人"),
        ("", Step("correction_notice", date(2025, 3, 10)), "补正告知"),
        ("", Step("fee_notice", date(2025, 3, 21)), "收费通知"),
    ],
)
def test_may_refuses_what_review_finds(before, step, words):
    received, steps = date(2025, 2, 20), list(steps_of(before))
    with pytest.raises(RuleBroken, match=words):
        procedure.may(received, steps, step)
    assert any(words in one.message for one in procedure.review(received, [*steps, step]).findings)


def test_an_open_case_past_its_day_is_late_only_when_one_looks():
    assert procedure.review(date(2025, 2, 20), []).late is None
    assert procedure.review(date(2025, 2, 20), [], as_of=date(2025, 3, 20)).late is False
    assert procedure.review(date(2025, 2, 20), [], as_of=date(2025, 3, 21)).late is True


def test_an_unanswered_inquiry_ends_at_the_latest():
    found = procedure.review(date(2025, 9, 22), list(steps_of("征求意见 2025-09-24|征求意见书送达 2025-09-26")))
    assert found.due is None and found.latest_due == date(2025, 11, 18)
    assert clock.paused_until(date(2025, 9, 24), date(2025, 9, 26), "third_party") == date(2025, 10, 23)


def test_other_agencies_do_not_stop_the_clock_under_the_old_law():
    steps = list(steps_of("征求其他机关意见 2015-03-03|收到意见 2015-03-10"))
    assert procedure.review(date(2015, 3, 2), steps).due == reply_deadline(date(2015, 3, 2)).due


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (('to = "correcting"', 'to = "nowhere"'), "不认得的环节"),
        (('aliases = ["补正"', 'aliases = ["延期"'), "两个步骤"),
        (('label = "补正告知"\n', ""), "项目不对"),
        (('initial = "handling"', 'initial = "x"'), "起点"),
        (('handling = "办理中"', 'handling = "办理中"\nlost = "走失"'), "走不到"),
    ],
)
def test_c39_a_wrong_table_stops_the_start(change, words):
    from importlib.resources import files

    text = files("gongkai.law").joinpath("data/procedure.toml").read_text("utf-8")
    assert change[0] in text
    with pytest.raises(ValueError, match=words):
        procedure.load(text.replace(*change, 1))


def test_terminal_review(tmp_path, capsys):
    file = tmp_path / "case.json"
    file.write_text(
        json.dumps(
            {
                "received": "2025-02-20",
                "channel": "web",
                "as_of": "2025-03-25",
                "steps": [{"kind": "延长", "on": "2025-03-03", "days": 5}],
            }
        ),
        "utf-8",
    )
    assert main(["review", str(file), "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["due"], answer["original_due"], answer["state"], answer["late"], answer["findings"]) == (
        "2025-03-27",
        "2025-03-20",
        "handling",
        False,
        [],
    )
    assert main(["review", str(file)]) == 0
    assert "办理中" in capsys.readouterr().out


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"received": "x"}',
        '{"received": "2025-02-20", "steps": [{"kind": "飞", "on": "2025-02-21"}]}',
        '{"received": "2025-02-20", "steps": [1]}',
        '{"received": "2025-02-20", "steps": [{"kind": "延长", "on": "2025-03-03", "days": null}]}',
        '{"received": "2025-02-20", "channel": "鸽子"}',
    ],
)
def test_terminal_review_of_bad_input(tmp_path, capsys, text):
    file = tmp_path / "case.json"
    file.write_text(text, "utf-8")
    assert main(["review", str(file), "--json"]) == 2
    assert json.loads(capsys.readouterr().err)["error"].endswith("。")


@pytest.mark.parametrize(
    "argv",
    [
        ["fee"],
        ["fee", "--items", "1", "--pages", "1"],
        ["fee", "--items", "-1"],
        ["due", "--received", "2025-02-20", "--channel", "鸽子"],
        ["review", "/nonexistent"],
    ],
)
def test_terminal_faults(argv, capsys):
    assert main(argv) == 2
    assert capsys.readouterr().err


def test_terminal_due_by_channel(capsys):
    assert main(["due", "--received", "2017-06-18", "--channel", "email", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["due"], answer["lenient_due"]) == ("2017-07-07", "2017-07-10")
    assert main(["due", "--received", "2017-06-18", "--channel", "电子邮件"]) == 0
    assert "较早的为准" in capsys.readouterr().out


def test_the_old_law_set_no_period_for_a_correction_notice():
    found = procedure.review(date(2015, 3, 2), [Step("correction_notice", date(2015, 4, 20))])
    assert found.state == "correcting" and found.findings == ()


def test_an_inquiry_reply_without_inquiry_and_a_lapse_without_notice_are_only_out_of_order():
    for step in (
        Step("served", date(2025, 2, 24)),
        Step("fee_paid", date(2025, 2, 24)),
        Step("fee_lapsed", date(2025, 2, 24)),
    ):
        found = procedure.review(date(2025, 2, 20), [step])
        assert [one.code for one in found.findings] == ["out_of_order"]


def test_terminal_on_a_working_day_names_no_second_day(capsys):
    assert main(["due", "--received", "2025-02-20", "--channel", "web", "--json"]) == 0
    assert "lenient_due" not in json.loads(capsys.readouterr().out)


def test_an_extension_told_after_the_period_does_not_count():
    steps = [Step("extended", date(2025, 3, 19), {"days": 10, "notified_on": "2025-03-21"})]
    found = procedure.review(date(2025, 2, 20), steps)
    assert found.due == date(2025, 3, 20) and [one.code for one in found.findings] == ["extension_told_late"]
    in_time = [Step("extended", date(2025, 3, 19), {"days": 10, "notified_on": "2025-03-20"})]
    assert procedure.review(date(2025, 2, 20), in_time).due == date(2025, 4, 3)


def test_c30_a_silent_third_party_does_not_stop_the_clock_for_ever():
    steps = list(steps_of("征求意见 2025-09-24|征求意见书送达 2025-09-26"))
    assert procedure.review(date(2025, 9, 22), steps, as_of=date(2025, 10, 23)).state == "inquiring"
    found = procedure.review(date(2025, 9, 22), steps, as_of=date(2025, 10, 24))
    assert (found.state, found.due) == ("handling", date(2025, 11, 18))
    agency = list(steps_of("征求其他机关意见 2025-09-24"))
    assert procedure.review(date(2025, 9, 22), agency, as_of=date(2026, 3, 2)).state == "inquiring"


def test_c13_the_review_explains_its_day():
    found = procedure.review(date(2025, 2, 20), list(steps_of("延长 2025-03-03 5")))
    counted = [day for day in found.explanation if day.counted]
    assert len(counted) == 25 and counted[-1].on == found.due and found.start == date(2025, 2, 20)


def test_a_signed_letter_that_was_not_sent_is_late_the_next_day():
    steps = list(steps_of("落款 2025-03-20"))
    assert procedure.review(date(2025, 2, 20), steps, as_of=date(2025, 3, 20)).late is False
    found = procedure.review(date(2025, 2, 20), steps, as_of=date(2025, 3, 21))
    assert found.late is True and found.answered_on is None


EVENTS = tuple(
    """correction_notice corrected third_party_sent served inquiry_replied agency_sent extended fee_notice fee_paid
    consultation decided posted signed reopened withdrawn""".split()  # noqa: SIM905
)


@given(
    DAYS,
    st.lists(st.tuples(st.sampled_from(EVENTS), st.integers(0, 12), st.sampled_from("甲乙")), max_size=10),
)
def test_no_order_of_events_loses_days_or_revives_an_expired_clock(received, events):
    """Only steps that ``may`` allows are taken: no finding but lateness; never before the original day unless started
    anew; once the day is past nothing but starting anew moves it."""
    on, steps = received, []
    for kind, gap, party in events:
        on += timedelta(days=gap)
        step = Step(kind, on, {"party": party, "days": 5} if kind != "reopened" else {"days": 20})
        before = procedure.review(received, steps, as_of=on)
        try:
            procedure.may(received, steps, step)
        except RuleBroken:
            continue
        steps.append(step)
        after = procedure.review(received, steps, as_of=on)
        if before.late and before.state == "handling" and kind not in ("corrected", "fee_paid", "reopened"):
            assert after.due in (None, before.due)
        assert after.due is None or after.due >= after.original_due
        assert {one.code for one in after.findings} <= {"late", "first_late", "inquiry_after_due"}
        # 每一个工作日要么数在期限里,要么注明征求意见:不会丢,也不会多。
        assert all(day.reason for day in after.explanation)


@given(st.integers(0, 400))
def test_the_sum_of_items_is_the_sum_of_their_prices(n):
    assert fees.items_total(n, ON) == sum(fees.item_price(nth, ON) for nth in range(1, n + 1))


def test_a_case_answered_late_may_be_reopened():
    procedure.may(
        date(2025, 2, 20), list(steps_of("答复 2025-03-25")), Step("reopened", date(2025, 6, 25), {"days": 15})
    )
