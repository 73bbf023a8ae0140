"""来信的后续:协办、差评回访、转到别的渠道、并案跟着走;公开的数相加对得上。"""

from datetime import date

import pytest
from django.urls import reverse

from gongkai.engagement import actions, jobs, monthly, todo
from gongkai.engagement.models import Letter
from gongkai.engagement.terms import Elsewhere
from gongkai.law.engagement import LetterKind
from gongkai.law.errors import RuleBroken
from tests.engagement.test_engagement import AT, NEXT, answered, now, office, sent, text_of  # noqa: F401
from tests.records.office import Office, moment

pytestmark = pytest.mark.django_db
DAY3 = moment(2026, 9, 3, 9)


def panel(user, label, on=date(2026, 9, 3)):
    return next(one for one in todo.panels(user, on) if one.label == label)


class TestHelp:
    def test_a_helping_unit_reads_the_letter_and_answers_the_lead_replies(self, office, client, now):  # noqa: F811
        helper, stranger = Office("MH0122", "明湖区城管局"), Office("MH0123", "明湖区水利局")
        letter, code = sent(office)
        url = reverse("desk:engagement_letter", args=[letter.pk])
        with pytest.raises(RuleBroken, match="请先受理"):
            actions.ask_help(letter, helper.agency, "路灯归谁", by=office.clerk, at=NEXT)
        actions.accept(letter, by=office.clerk, at=NEXT)
        client.force_login(helper.clerk)
        assert client.get(url).status_code == 404
        client.force_login(office.clerk)
        given = {"agency": helper.agency.pk, "reason": "路灯归谁", "seen": Letter.objects.get().mark}
        assert client.post(reverse("desk:engagement_act", args=[letter.pk, "help"]), given).status_code == 302
        with pytest.raises(RuleBroken, match="还没有回话"):
            actions.ask_help(letter, helper.agency, "再问", by=office.clerk, at=NEXT)
        client.force_login(stranger.clerk)
        assert client.get(url).status_code == 404
        client.force_login(helper.clerk)
        page = text_of(client.get(url))
        assert "路灯坏了三天" in page and "提出协办意见" in page
        assert "张某某" not in page and "看联系方式" not in page and "拟答" not in page
        assert client.post(reverse("desk:engagement_contact", args=[letter.pk])).status_code == 403
        assert client.get(reverse("desk:engagement_act", args=[letter.pk, "draft"])).status_code == 403
        assert panel(helper.clerk, "请您协办的来信").count == 1
        helped = reverse("desk:engagement_act", args=[letter.pk, "helped"])
        given = {"reason": "归我局，本周修。", "seen": Letter.objects.get().mark}
        assert client.post(helped, given).status_code == 302
        assert client.get(helped).status_code == 403, "回过话就没有可办的"
        assert panel(helper.clerk, "请您协办的来信").count == 0
        client.force_login(office.clerk)
        assert "归我局，本周修。" in text_of(client.get(url))
        shown = text_of(client.post(reverse("public:letter_look"), {"number": letter.number, "code": code}))
        assert "归我局" not in shown, "协办意见是内部的"
        assert Letter.objects.get().due_on == date(2026, 9, 8)


class TestRevisit:
    def test_a_bad_grade_waits_for_a_revisit_and_may_end_in_a_promise(self, office, client, now):  # noqa: F811
        letter, _ = answered(office)
        label = "不满意的来信"
        actions.rate(letter, 3, "", at=NEXT)
        assert panel(office.clerk, label).count == 0
        actions.rate(letter, 2, "没有修", at=NEXT)
        assert panel(office.clerk, label).count == 1
        assert Letter.objects.get().revisit_due_on == date(2026, 9, 9)
        with pytest.raises(RuleBroken, match="没有写全"):
            actions.revisit(letter, "问过了", promise="换灯", by=office.clerk, at=DAY3)
        client.force_login(office.clerk)
        do = reverse("desk:engagement_act", args=[letter.pk, "revisit"])
        given = {"note": "灯又坏了", "promise": "换灯", "promise_on": "2026-09-10"}
        seen = {"seen": Letter.objects.get().mark}
        assert client.post(do, given | seen).status_code == 302
        assert client.post(do, given | seen).status_code == 422, "同一张表第二次"
        assert panel(office.clerk, label).count == 0
        assert panel(office.clerk, "到期的承诺", date(2026, 9, 10)).count == 1
        actions.rate(letter, 4, "", at=DAY3)
        actions.rate(letter, 1, "", at=DAY3)
        assert panel(office.clerk, label).count == 1, "改成差评的再回访"

    def test_a_good_grade_needs_none(self, office):  # noqa: F811
        letter, _ = answered(office)
        actions.rate(letter, 5, "", at=NEXT)
        with pytest.raises(RuleBroken, match="没有等着回访"):
            actions.revisit(letter, "问过了", by=office.clerk, at=DAY3)


class TestConversion:
    @pytest.mark.parametrize("where", [Elsewhere.PETITION, Elsewhere.APPLICATION, Elsewhere.CONSULTATION])
    def test_both_numbers_are_kept_and_found(self, office, client, now, where):  # noqa: F811
        letter, code = sent(office)
        by = {"by": office.clerk, "at": NEXT}
        with pytest.raises(RuleBroken, match="那边的编号"):
            actions.convert(letter, where, "已经转去", **by)
        actions.convert(letter, where, "已经转去", number="JY-2026-77", **by)
        look = text_of(client.post(reverse("public:letter_look"), {"number": letter.number, "code": code}))
        assert letter.number in look and "JY-2026-77" in look
        client.force_login(office.clerk)
        listed = client.get(reverse("desk:engagement_letters"), {"number": "JY-2026-77"})
        assert letter.number in text_of(listed)

    def test_a_correction_has_its_own_clock_and_link(self, office, client, now):  # noqa: F811
        letter, code = sent(office)
        record = office.publish(at=AT)
        by = {"by": office.clerk, "at": NEXT}
        with pytest.raises(RuleBroken, match="没有指明"):
            actions.convert(letter, Elsewhere.CORRECTION, "核对", **by)
        client.force_login(office.clerk)
        given = {"where": "correction", "note": "正在改", "record": record.index_number, "seen": letter.mark}
        do = reverse("desk:engagement_act", args=[letter.pk, "convert"])
        assert client.post(do, given).status_code == 302
        found = Letter.objects.get()
        assert (found.due_on, found.record, found.elsewhere_number) == (
            date(2026, 9, 4),
            record,
            record.index_number,
        )
        assert panel(office.clerk, "来信指出、还没有更正的信息").count == 1
        page = text_of(client.get(reverse("desk:engagement_letter", args=[letter.pk])))
        assert record.get_absolute_url() in page and "信息改好了" in page
        actions.correct(found, "电话改为现号码", **by)
        assert panel(office.clerk, "来信指出、还没有更正的信息").count == 0
        look = text_of(client.post(reverse("public:letter_look"), {"number": letter.number, "code": code}))
        assert "电话改为现号码" in look


def test_what_was_merged_follows_and_its_contact_goes_with_the_reply(office, client, now):  # noqa: F811
    first, code = sent(office)
    second, _ = sent(office)
    main, _ = answered(office)
    actions.merge(first, second, by=office.clerk, at=NEXT)
    actions.merge(second, main, by=office.clerk, at=NEXT)
    shown = text_of(client.post(reverse("public:letter_look"), {"number": first.number, "code": code}))
    assert "已经修好" in shown
    client.force_login(office.clerk)
    page = text_of(client.get(reverse("desk:engagement_letter", args=[main.pk])))
    assert first.number in page and second.number in page
    assert "3封" in jobs.erase(on=date(2027, 10, 1), at=moment(2027, 10, 1))


def test_monthly_sums_agree_and_few_ratings_have_no_mean(office, client, now):  # noqa: F811
    letters = [answered(office)[0] for _ in range(5)]
    for grade, letter in zip((5, 5, 4, 2), letters, strict=False):
        actions.rate(letter, grade, "", at=NEXT)
    extra, _ = sent(office)
    actions.merge(extra, letters[0], by=office.clerk, at=NEXT)
    gone, _ = sent(office)
    actions.decline(gone, Elsewhere.HOTLINE, "请打12345", by=office.clerk, at=NEXT)
    sent(office)
    (month,) = monthly.months(date(2026, 9, 3))
    assert (month.received, month.replied, month.elsewhere, month.merged, month.open) == (8, 5, 1, 1, 1)
    found = monthly.satisfaction(date(2026, 9, 3))
    assert (found.count, found.bad, found.revisited, found.units) == (4, 1, 0, ())
    actions.rate(letters[4], 4, "", at=NEXT)
    assert monthly.satisfaction(date(2026, 9, 3)).units == ((office.agency.name, 4.0, 5),)
    page = text_of(client.get(reverse("public:letters")))
    assert "共5个评价" in page and office.agency.name in page


def test_a_letter_counts_in_the_month_of_the_office_own_day(office):  # noqa: F811
    """The last minute of August and the first of September; thirteen months ago does not count any more."""
    for at in (
        moment(2026, 8, 31, 23, 59),
        moment(2026, 9, 1, 0, 0),
        moment(2025, 9, 30, 23),
        moment(2025, 10, 1),
    ):
        actions.send_letter(office.agency, LetterKind.CONSULT, "路灯", "什么时候修？", at=at)
    found = [(month.month, month.received, month.open) for month in monthly.months(date(2026, 9, 3))]
    assert found == [(date(2026, 9, 1), 1, 1), (date(2026, 8, 1), 1, 1), (date(2025, 10, 1), 1, 1)]
