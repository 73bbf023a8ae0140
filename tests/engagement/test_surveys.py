"""调查:两个人公布、截止到分、数由答卷算出;人少的不给小数和交叉表;可能重复的照收、说明几份。"""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from gongkai.engagement import actions, jobs, survey_figures
from gongkai.engagement.models import Remark, Sheet, Survey
from gongkai.engagement.terms import SurveyState
from gongkai.law import surveys as law
from gongkai.law.errors import RuleBroken
from gongkai.law.surveys import QuestionKind
from tests.engagement.test_engagement import AT, NEXT, now, office, text_of  # noqa: F401
from tests.foi.test_planted import NAME, PHONE, holds
from tests.records.office import moment

pytestmark = pytest.mark.django_db
ON = date(2026, 9, 2)
CLOSES = moment(2026, 9, 10, 18)
VALUES = {"title": "延时服务", "intro": "定明年的时间。", "opens_at": AT, "closes_at": CLOSES}
SINGLE, MULTIPLE, SCALE, TEXT = QuestionKind


def drafted(office):  # noqa: F811
    made, by = actions.draft_survey(office.agency, VALUES, by=office.clerk, at=AT), {"by": office.clerk, "at": AT}
    actions.add_question(made, SINGLE, "用过吗", ["用过", "没有"], is_required=True, **by)
    actions.add_question(made, MULTIPLE, "什么时候开", ["中午", "晚上", "周六"], **by)
    actions.add_question(made, SCALE, "打几分", **by)
    actions.add_question(made, TEXT, "还想说的", **by)
    return made, list(made.questions.all())


def released(office):  # noqa: F811
    made, questions = drafted(office)
    return actions.release_survey(made, by=office.head, at=AT), questions


def answered(made, questions, count, **options):
    """Every third has not used it; each chooses two of three; each gives four points."""
    single, multiple, scale, _ = (one.pk for one in questions)
    for number in range(count):
        answers = {single: [int(number % 3 == 0)], multiple: [0, 1 + number % 2], scale: [3]}
        actions.answer_survey(made, answers, at=NEXT, **options)


class TestSteps:
    def test_two_people_and_nothing_changes_afterwards(self, office):  # noqa: F811
        made, questions = drafted(office)
        with pytest.raises(PermissionDenied):
            actions.release_survey(made, by=office.clerk, at=AT)
        own = actions.draft_survey(office.agency, VALUES, by=office.office, at=AT)
        with pytest.raises(RuleBroken, match="不能公布自己"):
            actions.release_survey(own, by=office.office, at=AT)
        with pytest.raises(RuleBroken, match="一道题也没有"):
            actions.release_survey(own, by=office.head, at=AT)
        actions.drop_question(questions[1], by=office.clerk, at=AT)
        assert [one.place for one in made.questions.all()] == [1, 2, 3]
        actions.release_survey(made, by=office.head, at=AT)
        for act in (
            lambda: actions.drop_question(questions[0], by=office.clerk, at=AT),
            lambda: actions.save_survey(made, {"title": "改"}, by=office.clerk, at=AT),
            lambda: actions.add_question(made, SCALE, "再加", by=office.clerk, at=AT),
        ):
            with pytest.raises(RuleBroken, match="题目不再改"):
                act()

    @pytest.mark.parametrize(
        ("kind", "text", "options", "said"),
        [
            (SINGLE, "用过吗", ["用过"], "选项要2到"),
            (MULTIPLE, "什么时候", ["中午", "中午 "], "一样"),
            (TEXT, " ", [], "没有写题目"),
        ],
    )
    def test_what_is_no_question(self, office, kind, text, options, said):  # noqa: F811
        made, _ = drafted(office)
        with pytest.raises(RuleBroken, match=said):
            actions.add_question(made, kind, text, options, by=office.clerk, at=AT)

    def test_it_closes_by_the_minute_and_is_extended_openly(self, office, client, now):  # noqa: F811
        made, questions = released(office)
        answers = {questions[0].pk: [0]}
        late = CLOSES + timedelta(minutes=1)
        for at in (AT - timedelta(minutes=1), late):
            with pytest.raises(RuleBroken, match="没有征集"):
                actions.answer_survey(made, answers, at=at)
        actions.answer_survey(made, answers, at=CLOSES)
        with pytest.raises(RuleBroken, match="不晚于原来的"):
            actions.extend_survey(made, CLOSES, "答的少", by=office.head, at=NEXT)
        with pytest.raises(RuleBroken, match="已经截止的调查不能延长"):
            actions.extend_survey(made, late, "答的少", by=office.head, at=late)
        actions.extend_survey(made, moment(2026, 9, 12, 18), "答的少", by=office.head, at=NEXT)
        now(late)
        page = text_of(client.get(made.get_absolute_url()))
        assert "<del>" in page and "延长了：答的少" in page and "交卷" in page

    def test_the_list_by_step_agrees_with_each_step(self, office):  # noqa: F811
        drafted(office)
        told = released(office)[0]
        released(office)
        actions.tell_survey(told, "只有网上的", "增开窗口", by=office.head, at=CLOSES + timedelta(days=1))
        seen = set()
        for at in (AT - timedelta(days=1), AT, CLOSES + timedelta(days=2)):
            for one in Survey.objects.all():
                state = one.state(at)
                holding = [each for each in SurveyState if one in Survey.objects.in_state(each, at)]
                assert holding == [state], (one.pk, at)
                seen.add(state)
        assert seen == set(SurveyState)


class TestFigures:
    def test_they_are_counted_from_the_sheets(self, office):  # noqa: F811
        made, questions = released(office)
        answered(made, questions, 12)
        actions.answer_survey(made, {questions[0].pk: [0]}, at=NEXT)
        single, multiple, scale, text = survey_figures.figures(made, ON)
        assert [(row.label, row.count, row.percent) for row in single.rows] == [
            ("用过", 9, "69.23%"),
            ("没有", 4, "30.77%"),
        ]
        assert single.answered == sum(row.count for row in single.rows) == 13
        assert multiple.answered == 12 and [row.count for row in multiple.rows] == [12, 6, 6]
        assert "超过100%" in multiple.how_to_read and [row.percent for row in multiple.rows] == [
            "100.00%",
            "50.00%",
            "50.00%",
        ]
        assert (scale.mean, [row.count for row in scale.rows]) == ("4.00", [0, 0, 0, 12, 0])
        assert (text.answered, text.rows) == (0, ())

    def test_few_have_no_decimals_no_mean_and_no_table(self, office):  # noqa: F811
        made, questions = released(office)
        answered(made, questions, 9)
        single, _, scale, _ = survey_figures.figures(made, ON)
        assert [row.percent for row in single.rows] == ["67%", "33%"] and scale.mean == ""
        with pytest.raises(RuleBroken, match="只有9人"):
            survey_figures.cross(questions[0], questions[1], ON)
        answered(made, questions, 1)
        found = survey_figures.cross(questions[0], questions[1], ON)
        # 用过的6人、没有的4人:都不到十人,都不列
        assert found.both == 10 and [cells for _, cells in found.rows] == [None, None]

    def test_a_row_left_out_does_not_follow_from_the_sums(self, office):  # noqa: F811
        made, questions = released(office)
        answered(made, questions, 45)
        found = survey_figures.cross(questions[0], questions[2], ON)
        assert [cells for _, cells in found.rows] == [[0, 0, 0, 30, 0], [0, 0, 0, 15, 0]]
        for number in range(3):
            actions.answer_survey(made, {questions[0].pk: [0], questions[2].pk: [number]}, at=NEXT)
        turned = survey_figures.cross(questions[2], questions[0], ON)
        assert [cells is None for _, cells in turned.rows] == [True, True, True, False, False]
        assert law.rows_shown([30, 15, 4], ON) == [True, False, False]

    def test_a_second_sheet_is_taken_and_told(self, office, client, now):  # noqa: F811
        made, questions = released(office)
        answered(made, questions, 2, visitor="10.0.0.1 Firefox")
        answered(made, questions, 1, visitor="10.0.0.1 Chrome")
        assert list(Sheet.objects.values_list("is_repeat", flat=True)) == [False, True, False]
        assert "10.0.0.1" not in "".join(Sheet.objects.values_list("mark", flat=True))
        on = CLOSES + timedelta(days=31)
        assert "3份答卷" in jobs.erase(on=on.date(), at=on)
        assert set(Sheet.objects.values_list("mark", flat=True)) == {""}
        assert Sheet.objects.filter(is_repeat=True).count() == 1, "数还在"


@pytest.mark.parametrize(("question", "given"), [(0, [5]), (0, [0, 1]), (1, [-1]), (2, [5])])
def test_what_is_no_option_is_refused(office, question, given):  # noqa: F811
    made, questions = released(office)
    answers = {questions[0].pk: [0]} | {questions[question].pk: given}
    with pytest.raises(RuleBroken, match="选项不对"):
        actions.answer_survey(made, answers, at=NEXT)


def test_from_the_form_to_the_results(office, client, now):  # noqa: F811
    made, questions = drafted(office)
    url = made.get_absolute_url()
    assert client.get(url).status_code == 404, "没有公布的"
    actions.release_survey(made, by=office.head, at=AT)
    now(AT - timedelta(hours=1))
    page = text_of(client.get(url))
    assert "将于" in page and "交卷" not in page
    now(NEXT)
    single, multiple, scale, text = (f"q{one.pk}" for one in questions)
    refused = client.post(url, {multiple: ["0"]})
    assert refused.status_code == 400 and "请选择“1. 用过吗”" in text_of(refused)
    given = {single: "0", multiple: ["0", "2"], scale: "4", text: f"{NAME}，电话{PHONE}", "once": "one"}
    for _ in range(2):
        assert "已经收到" in text_of(client.post(url, given, follow=True))
    assert Sheet.objects.count() == 1, "同一张表交两次"
    assert "只有" not in text_of(client.get(url)) and "份数" not in text_of(client.get(url)), "截止以前不给数"
    with pytest.raises(RuleBroken, match="还没有截止"):
        actions.tell_survey(made, "局限", "措施", by=office.head, at=NEXT)
    after = CLOSES + timedelta(minutes=1)
    now(after)
    assert "正在汇总" in text_of(client.get(url))
    assert client.post(url, given | {"once": "two"}).status_code == 400 and Sheet.objects.count() == 1
    assert client.get(reverse("public:survey_export", args=[made.pk])).status_code == 404
    with pytest.raises(RuleBroken, match="没有写全"):
        actions.tell_survey(made, "", "措施", by=office.head, at=after)
    actions.tell_survey(made, "只有网上的。", "增开窗口。", by=office.head, at=after)
    shown = client.get(url)
    assert (
        "增开窗口。" in text_of(shown) and "1份答了这一题" in text_of(shown) and "另有1题不公布" in text_of(shown)
    )
    figures = client.get(reverse("public:survey_export", args=[made.pk]))
    assert "1. 用过吗,单选,1,用过,1,100%" in text_of(figures)
    assert not holds(shown.content) and not holds(figures.content)
    assert Remark.objects.get().text.startswith(NAME)
    client.force_login(office.clerk)
    exported = client.get(reverse("desk:engagement_export_survey", args=[made.pk]))
    assert PHONE not in text_of(exported)


def test_the_desk_walks_it(office, client, now):  # noqa: F811
    client.force_login(office.clerk)
    assert "还没有调查" in text_of(client.get(reverse("desk:engagement_surveys")))
    given = {
        "agency": office.agency.pk,
        "title": "延时服务",
        "intro": "定明年的时间。",
        "opens_at": "2026-09-01T09:00",
        "closes_at": "2026-09-10T18:00",
    }
    assert client.post(reverse("desk:engagement_new_survey"), given).status_code == 302
    made = Survey.objects.get()
    new = reverse("desk:engagement_new_question", args=[made.pk])
    for given in (
        {"kind": "single", "text": "用过吗", "options": "用过\n没有", "is_public": "on"},
        {"kind": "scale", "text": "打几分", "is_public": "on"},
    ):
        assert client.post(new, given).status_code == 302
    assert client.post(new, {"kind": "single", "text": "没有选项"}).status_code == 422
    client.force_login(office.head)
    client.post(reverse("desk:engagement_release_survey", args=[made.pk]))
    questions = list(made.questions.all())
    for number in range(20):
        answers = {questions[0].pk: [number % 2], questions[1].pk: [number % 5]}
        actions.answer_survey(made, answers, at=NEXT)
    now(NEXT)
    client.force_login(office.head)
    query = {"first": questions[0].pk, "second": questions[1].pk}
    page = text_of(client.get(made.desk_url, query))
    assert "两题都答的20份" in page and "收到20份" in page
    page = text_of(client.get(made.desk_url, {"first": questions[1].pk, "second": questions[0].pk}))
    assert "人少，不列" in page
    assert "延时服务" in text_of(client.get(reverse("desk:engagement_surveys"), {"state": "open"}))
    assert "没有这样的调查" in text_of(client.get(reverse("desk:engagement_surveys"), {"state": "told"}))


def test_what_was_written_is_erased_when_its_time_is_over(office, client):  # noqa: F811
    made, questions = released(office)
    actions.answer_survey(made, {questions[0].pk: [0], questions[3].pk: "周六也开"}, at=NEXT)
    early, late = CLOSES + timedelta(days=364), CLOSES + timedelta(days=366)
    assert "0条写的话" in jobs.erase(on=early.date(), at=early)
    assert "1条写的话" in jobs.erase(on=late.date(), at=late)
    assert Remark.objects.get().text == ""
    assert "0条写的话" in jobs.erase(on=late.date(), at=late), "再清一遍没有可清的"
    client.force_login(office.head)
    export = client.get(reverse("desk:engagement_export_survey", args=[made.pk])).getvalue().decode()
    assert "已到期清除" in export and "周六也开" not in export
    written = [one.answered for one in survey_figures.figures(made, late.date()) if one.question.kind == TEXT]
    assert written == [1], "几个人写过还在"
