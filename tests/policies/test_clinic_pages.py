"""云诊所的页面:公众只用 GET、不存回答、不用 Cookie;工作台起草、公布、兑现、到达率。"""

import pytest
from django.apps import apps
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.policies import actions
from gongkai.policies.models import Fact, Measure, ReachDay
from gongkai.records import actions as records
from gongkai.records.terms import WithdrawalKind
from tests.policies import cure
from tests.records.office import AT

RESULTS = "public:clinic_results"


@pytest.fixture(autouse=True)
def fresh_limits():
    cache.clear()


def text(response) -> str:
    return (b"".join(response) if response.streaming else response.content).decode()


def rows() -> dict[str, int]:
    return {model._meta.label: model.objects.count() for model in apps.get_models() if model is not ReachDay}


def test_from_the_questions_to_the_card(client, office):
    made = cure.measure(office)
    first = client.get(reverse("public:clinic"))
    assert "您是替谁问" in text(first) and 'href="?for=enterprise"' in text(first) and not first.cookies
    page = text(client.get(reverse("public:clinic") + "?for=person"))
    assert "今年多少周岁" in page and 'name="a-age"' in page and made.policy.title in page
    assert "现在没有面向企业" in text(client.get(reverse("public:clinic") + "?for=enterprise"))
    fits = client.get(reverse(RESULTS), {"for": "person", "a-age": "８１"})
    assert "符合1项，还不清楚0项，不符合0项" in text(fits) and cure.QUOTE in text(fits)
    assert not fits.cookies and fits["Cache-Control"] == "no-store"
    assert "您答65周岁，要求不小于80周岁，不符合" in text(
        client.get(reverse(RESULTS), {"for": "person", "a-age": "65"})
    )
    assert "没有回答“今年多少周岁”" in text(client.get(reverse(RESULTS), {"for": "person"}))
    assert "不是数" in text(client.get(reverse(RESULTS), {"for": "person", "a-age": "八十"}))
    card = text(client.get(made.get_absolute_url()))
    assert "100元至500元" in card and "第二条" in card and "户口簿" in card
    assert made.get_absolute_url() in text(client.get(made.policy.get_absolute_url()))


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(given=st.text(max_size=30), who=st.sampled_from(["person", "enterprise", "nobody"]))
def test_nothing_is_stored(client, office, given, who):
    """Any answers: no row anywhere but a number of the day, no cookie, no session."""
    if not Measure.objects.exists():
        cure.measure(office)
    before = rows()
    response = client.get(reverse(RESULTS), {"for": who, "a-age": given})
    assert response.status_code == 200 and not response.cookies
    assert rows() == before
    stored = {name for one in ReachDay.objects.values() for name in one}
    assert stored <= {"id", "measure_id", "channel", "on", "times"}


def test_told_is_counted_by_the_day_and_not_without_end(client, office):
    made = cure.measure(office)
    for age in ("81", "65", "", *["90"] * 30):
        client.get(reverse(RESULTS), {"for": "person", "a-age": age})
    row = ReachDay.objects.get()
    assert (row.measure, row.channel, row.on) == (made, "clinic", timezone.localdate()) and row.times == 19


def test_the_calculator(client, office):
    values = {
        "amount_kind": "per_unit",
        "amount_data": {"yuan": "200", "cap": "5000", "base": "功率", "unit": "千瓦"},
    }
    made = cure.measure(office, **values)
    url = made.get_absolute_url()
    assert "30千瓦×200元=6000元，超过最高5000元" in text(client.get(url, {"n": "30"}))
    assert "不是数" in text(client.get(url, {"n": "三十"})) and "请填写" in text(client.get(url, {"n": ""}))


def test_gone_or_marked_with_the_policy(client, office):
    made = cure.measure(office)
    calendar = reverse("public:clinic_calendar")
    records.withdraw(
        made.policy, WithdrawalKind.REPEALED, reason="废止", basis="决定", on=AT.date(), by=office.office, at=AT
    )
    assert "依据的文件已经废止或者失效" in text(client.get(made.get_absolute_url()))
    assert "现在不能申请的" in text(client.get(calendar)) and "a-age" not in text(
        client.get(reverse("public:clinic") + "?for=person")
    )
    records.lift(made.policy, reason="恢复", by=office.office, at=AT)
    assert "正在受理" in text(client.get(made.get_absolute_url()))
    records.withdraw(made.policy, WithdrawalKind.RETRACTED, reason="有误", on=AT.date(), by=office.head, at=AT)
    assert client.get(made.get_absolute_url()).status_code == 404
    for name in ("clinic", "clinic_calendar", "clinic_figures", "clinic_ics"):
        assert made.title not in text(client.get(reverse(f"public:{name}")))


def test_the_calendar_file(client, office):
    cure.measure(office, closes_on=timezone.localdate() + timezone.timedelta(days=9), title="津贴,一;二" * 12)
    response = client.get(reverse("public:clinic_ics"))
    lines = response.content.split(b"\r\n")
    assert response["Content-Type"].startswith("text/calendar") and all(len(line) <= 75 for line in lines)
    whole = response.content.replace(b"\r\n ", b"").decode()
    assert "SUMMARY:截止受理：" + "津贴\\,一\\;二" * 12 in whole and whole.count("BEGIN:VEVENT") == 1


def test_figures(client, office):
    made = cure.measure(office)
    url = reverse("public:clinic_figures")
    assert "还没有填报" in text(client.get(url))
    actions.redeem(
        made, 2024, {"applied": 10, "granted": 8, "yuan": 2400, "source": "系统"}, by=office.clerk, at=AT
    )
    assert "2,400元" in text(client.get(url)) and "高龄津贴,明湖区高龄津贴发放办法,10,8,2400" in text(
        client.get(url + "?format=csv")
    )


def test_the_desk_from_draft_to_figures(client, office):
    paper = cure.policy(office)
    client.force_login(office.clerk)
    assert "拆成云诊所事项" in text(client.get(reverse("desk:record", args=[paper.pk])))
    new = reverse("desk:policies_new_measure", args=[paper.pk])
    flat = {key: value for key, value in cure.VALUES.items() if key != "amount_data"}
    assert client.post(new, {**flat, "yuan": "500", "high": "100"}).status_code == 422
    client.post(new, {**flat, "yuan": "100", "high": "500"})
    made = Measure.objects.get()
    assert made.amount.words == "100元至500元"
    fact = {"key": "age", "label": "今年多少周岁", "kind": "number", "unit": "周岁", "options": "", "hint": ""}
    client.post(reverse("desk:policies_new_fact"), fact)
    condition = reverse("desk:policies_new_condition", args=[made.pk])
    assert "今年多少周岁" in text(client.get(condition))
    condition += f"?fact={Fact.objects.get().pk}"
    wrong = {"w_low": "", "quote": cure.QUOTE, "article": "第二条", "group": ""}
    assert client.post(condition, wrong).status_code == 422
    client.post(condition, {**wrong, "w_low": "80"})
    assert made.conditions.get().wants == {"low": "80"}
    act = [reverse("desk:policies_act_measure", args=[made.pk, one]) for one in ("publish", "revise")]
    assert client.post(act[0]).status_code == 403
    client.force_login(office.head)
    assert "待公布的云诊所事项" in text(client.get(reverse("desk:home")))
    assert made.title in text(client.get(reverse("desk:policies_measures") + "?list=waiting"))
    client.post(act[0], {"seen": "0"})
    made.refresh_from_db()
    assert made.published_at is None, "公布的人看的不是现在的条件"
    client.post(act[0], {"seen": made.mark})
    client.force_login(office.clerk)
    client.post(act[1])
    figures = {"year": "2024", "applied": "3", "granted": "4", "yuan": "1", "source": "系统"}
    redeem = reverse("desk:policies_redeem", args=[made.pk])
    assert client.post(redeem, figures).status_code == 422
    assert client.post(redeem, {**figures, "granted": "3"}).status_code == 302
    page = text(client.get(reverse("desk:policies_reach") + "?year=2024"))
    assert "没有计数" in page and "0.1%" in page and "2023年底户籍人口" in page
    assert "没有计数" in text(client.get(reverse("desk:policies_reach") + "?year=2024&format=csv"))
    assert Measure.objects.filter(replaces=made, stage="draft").count() == 1
    for key in ("draft", "waiting", "live", "ended"):
        assert client.get(reverse("desk:policies_measures") + f"?list={key}").status_code == 200
    client.force_login(office.head)
    end = reverse("desk:policies_end_measure", args=[made.pk])
    assert (
        client.post(end, {"why": ""}).status_code == 422 and client.post(end, {"why": "用完"}).status_code == 302
    )
    assert "用完" in text(client.get(made.get_absolute_url()))
