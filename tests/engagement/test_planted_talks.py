"""种在系列的报名、签到表、评价、访谈的提问、调查的答卷里的姓名、证件号、电话:公众的页、表、日历、小文件、接口、检索、订阅、
操作记录和数据表里都没有明文。"""

from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse

from gongkai.engagement import actions
from gongkai.engagement.models import Asked, Event, EventSeries, Interview, Signup
from gongkai.law.surveys import QuestionKind
from gongkai.org import worker
from tests.adapters.test_personal import ID
from tests.engagement.test_engagement import AT, NEXT, now, office  # noqa: F401
from tests.engagement.test_interviews import END, announced
from tests.engagement.test_planted import TABLES
from tests.engagement.test_series import FIRST, OPENS, opened
from tests.foi.test_planted import NAME, PHONE, holds
from tests.records.office import moment

pytestmark = pytest.mark.django_db
SAID = f"{NAME}（证件号{ID}，电话{PHONE}）"
LATER = FIRST["ends_at"] + timedelta(days=1)


def planted(office):  # noqa: F811
    """A session with two sign-ups, one of them drawn back, an interview and a survey, all full of what is planted."""
    session = opened(office, count=2).sessions.order_by("starts_at").first()
    signups = [actions.sign_up(session, {"name": NAME, "reach": PHONE}, at=OPENS)[0] for _ in range(2)]
    actions.cancel_signup(signups[1], at=OPENS)
    actions.mark_attendance(session, [signups[0].number], by=office.clerk, at=LATER)
    actions.read_signups(session, by=office.clerk, at=LATER)
    actions.give_feedback(Signup.objects.get(pk=signups[0].pk), 1, SAID, at=LATER)
    actions.improve(Event.objects.get(pk=session.pk), "下次多派讲解员。", by=office.clerk, at=LATER)
    talk = announced(office)
    asked = [actions.ask_interview(talk, f"我是{SAID}，补助多少？", at=AT)[0] for _ in range(3)]
    actions.open_interview(talk, by=office.clerk, at=END)
    actions.choose_question(asked[0], "补助多少？", by=office.clerk, at=END)
    actions.read_out(asked[0], by=office.clerk, at=END)
    actions.close_interview(talk, by=office.clerk, at=END)
    actions.decline_question(asked[1], "请打热线。", by=office.clerk, at=END)
    actions.rate_interview(Asked.objects.get(pk=asked[2].pk), 2, SAID, at=END)
    office.sign(actions.draft_transcript(talk, by=office.clerk, at=END), at=END)
    values = {"title": "延时服务", "intro": "定明年的时间。", "opens_at": AT, "closes_at": moment(2026, 9, 10, 9)}
    survey = actions.draft_survey(office.agency, values, by=office.clerk, at=AT)
    text = actions.add_question(survey, QuestionKind.TEXT, "还想说的", by=office.clerk, at=AT)
    survey = actions.release_survey(survey, by=office.head, at=AT)
    actions.answer_survey(survey, {text.pk: SAID}, at=NEXT, visitor=SAID)
    actions.tell_survey(survey, "填的人少。", "多开一个时段。", by=office.head, at=OPENS)
    return session, Interview.objects.get(pk=talk.pk), survey


def test_nothing_planted_is_told(office, client, now):  # noqa: F811
    session, talk, survey = planted(office)
    series = EventSeries.objects.get()
    now(LATER)
    worker.drain(lambda: LATER)
    public = [
        series.record.get_absolute_url(),
        talk.record.get_absolute_url(),
        talk.transcript.get_absolute_url(),
        talk.get_absolute_url(),
        survey.get_absolute_url(),
        *(
            reverse(f"public:{name}", args=[talk.pk])
            for name in ("interview_live", "interview_ics", "interview_ask")
        ),
        *(reverse(f"public:{name}", args=[session.pk]) for name in ("event_ics", "event_sign_up")),
        reverse("public:survey_export", args=[survey.pk]),
        *(
            reverse(f"public:{name}")
            for name in ("events", "events_ics", "interviews", "interviews_ics", "surveys")
        ),
        *(reverse(f"public:{name}") for name in ("feed", "api_records", "api_changes", "home")),
        *(reverse("public:api_record", args=[one]) for one in (series.record_id, talk.transcript_id)),
        *(f"{reverse('public:search')}?q={word}" for word in (PHONE, ID, "补助多少")),
        f"{reverse('public:search_suggest')}?q={NAME[:2]}",
    ]
    faults = {}
    for url in public:
        answer = client.get(url)
        assert answer.status_code == 200, url
        body = answer.getvalue() if answer.streaming else answer.content
        # 检索框里是自己打的字
        faults[url] = holds(body.replace(PHONE.encode(), b"")) if f"q={PHONE}" in url else holds(body)
        if f"q={ID}" in url:
            faults[url] = []
            assert "没有找到" in body.decode() or "未找到" in body.decode()
    for who in (office.clerk, office.head):
        client.force_login(who)
        for name in ("events", "interviews"):
            export = client.get(reverse(f"desk:engagement_{name}") + "?format=csv")
            if export.status_code == 200:
                faults[f"{who} {name}.csv"] = holds(export.getvalue())
        export = client.get(reverse("desk:engagement_export_survey", args=[survey.pk]))
        if export.status_code == 200:
            # 没有说是姓名的名字认不出;这张表只有有导出权的人下得到
            faults[f"{who} survey.csv"] = [one for one in holds(export.getvalue()) if one != NAME]
        for url in (session.get_absolute_url(), survey.desk_url, talk.desk_url):
            page = client.get(url)
            assert page.status_code == 200, url
            if url != talk.desk_url:  # 选提问的人要看原文
                faults[f"{who} {url}"] = holds(page.content)
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            if table.startswith((*TABLES, "search_", "web_", "org_")):
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
                faults[table] = holds("\n".join(map(str, cursor.fetchall())).encode())
    assert {where: found for where, found in faults.items() if found} == {}
