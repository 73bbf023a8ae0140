"""网址表:``public`` 公众一侧,``desk`` 工作台一侧。"""

from django.urls import path

from .views import (
    calendars,
    interviews,
    letters,
    others,
    press,
    press_public,
    press_register,
    ratings,
    series,
    surveys,
    talks,
    televised,
)
from .views import public as pages

public: list = [
    path("letters/", pages.letters, name="letters"),
    path("letters/write/", pages.write, name="letter_write"),
    path("letters/look/", pages.look, name="letter_look"),
    path("letters/<int:pk>/", pages.letter, name="letter"),
    path("events/", pages.events, name="events"),
    path("events/calendar.ics", calendars.events_ics, name="events_ics"),
    path("events/<int:pk>/calendar.ics", calendars.event_ics, name="event_ics"),
    path("events/<int:pk>/sign-up/", pages.sign_up, name="event_sign_up"),
    path("events/<int:pk>/drawing/", pages.drawing, name="event_drawing"),
    path("interviews/", talks.interviews, name="interviews"),
    path("interviews/calendar.ics", calendars.interviews_ics, name="interviews_ics"),
    path("interviews/<int:pk>/calendar.ics", calendars.interview_ics, name="interview_ics"),
    path("interviews/<int:pk>/", talks.interview, name="interview"),
    path("interviews/<int:pk>/live.json", talks.live, name="interview_live"),
    path("interviews/<int:pk>/ask/", talks.ask, name="interview_ask"),
    path("televised/", televised.public_broadcasts, name="broadcasts"),
    path("televised/<int:pk>/", televised.public_broadcast, name="broadcast"),
    path("press/", press_public.press, name="press"),
    path("press/spokespersons/", press_public.spokespersons, name="spokespersons"),
    path("press/questions/", press_public.questions, name="press_questions"),
    path("surveys/", surveys.public_surveys, name="surveys"),
    path("surveys/<int:pk>/", surveys.public_survey, name="survey"),
    path("surveys/<int:pk>/figures.csv", surveys.public_export, name="survey_export"),
]

_series = "event-series/<int:pk>/"
_briefing, _plan = "press/briefings/<int:pk>/", "press/plan/<int:year>/"
_letter, _case, _event = "letters/<int:pk>/", "opinion-cases/<int:pk>/", "events/<int:pk>/"
desk: list = [
    path("letters/", letters.letters, name="engagement_letters"),
    path(_letter, letters.letter, name="engagement_letter"),
    path(_letter + "contact/", letters.contact, name="engagement_contact"),
    path(_letter + "files/<int:file>/", letters.letter_file, name="engagement_letter_file"),
    path(_letter + "do/<slug:key>/", letters.act, name="engagement_act"),
    path("opinion-cases/", others.cases, name="engagement_cases"),
    path("opinion-cases/new/", others.new_case, name="engagement_new_case"),
    path(_case, others.case, name="engagement_case"),
    path(_case + "grade/", others.grade, name="engagement_grade"),
    path(_case + "entry/", others.entry, name="engagement_entry"),
    path(_case + "close/", others.close, name="engagement_close"),
    path("events/", others.events, name="engagement_events"),
    path("events/new/", others.new_event, name="engagement_new_event"),
    path(_event, others.event, name="engagement_event"),
    path(_event + "edit/", others.edit_event, name="engagement_edit_event"),
    path(_event + "notice/", others.notice, name="engagement_notice"),
    path(_event + "draw/", others.draw, name="engagement_draw"),
    path(_event + "finish/", others.finish, name="engagement_finish"),
    path(_event + "improve/", ratings.improve_event, name="engagement_improve_event"),
    path(_event + "roster/", series.roster, name="engagement_roster"),
    path(_event + "attendance/", series.attendance, name="engagement_attendance"),
    path(_event + "drop/", series.drop_session, name="engagement_drop_session"),
    path("event-series/", series.all_series, name="engagement_all_series"),
    path("event-series/new/", series.new_series, name="engagement_new_series"),
    path(_series, series.series, name="engagement_series"),
    path(_series + "sessions/new/", series.new_sessions, name="engagement_new_sessions"),
    path(_series + "notice/", series.series_notice, name="engagement_series_notice"),
    path("press/", press_register.press, name="engagement_press"),
    path(_plan, press_register.plan, name="engagement_press_plan"),
    path(_plan + "units/", press_register.plan_units, name="engagement_press_units"),
    path(_plan + "items/new/", press_register.new_item, name="engagement_new_press_item"),
    path(_plan + "issue/", press_register.issue, name="engagement_issue_press_plan"),
    path("press/items/<int:pk>/drop/", press_register.drop_item, name="engagement_drop_press_item"),
    path("press/briefings/", press.briefings, name="engagement_briefings"),
    path("press/briefings/new/", press.new_briefing, name="engagement_new_briefing"),
    path(_briefing, press.briefing, name="engagement_briefing"),
    path(_briefing + "edit/", press.edit_briefing, name="engagement_edit_briefing"),
    path(_briefing + "questions/new/", press.new_question, name="engagement_new_press_question"),
    path(_briefing + "do/<slug:key>/", press.act, name="engagement_briefing_act"),
    path("press/questions/<int:pk>/", press.edit_question, name="engagement_press_question"),
    path("press/attendees/<int:pk>/absent/", press.absent, name="engagement_absent"),
    path("press/spokespersons/", press_register.spokespersons, name="engagement_spokespersons"),
    path("press/spokespersons/new/", press_register.new_spokesperson, name="engagement_new_spokesperson"),
    path("press/spokespersons/<int:pk>/", press_register.edit_spokesperson, name="engagement_edit_spokesperson"),
    path("press/spokespersons/<int:pk>/leave/", press_register.dismiss, name="engagement_dismiss"),
    path("press/units/<int:pk>/confirm/", press_register.confirm, name="engagement_confirm_spokespersons"),
    path("press/discipline/", press_register.discipline, name="engagement_discipline"),
    path("press/discipline/new/", press_register.new_discipline, name="engagement_new_discipline"),
]

_interview, _asked = "interviews/<int:pk>/", "interview-questions/<int:pk>/"
desk += [
    path("interviews/", interviews.interviews, name="engagement_interviews"),
    path("interviews/new/", interviews.new_interview, name="engagement_new_interview"),
    path(_interview, interviews.interview, name="engagement_interview"),
    path(_interview + "edit/", interviews.edit_interview, name="engagement_edit_interview"),
    path(_interview + "notice/", interviews.notice, name="engagement_interview_notice"),
    path(_interview + "begin/", interviews.begin, name="engagement_begin"),
    path(_interview + "say/", interviews.say, name="engagement_say"),
    path(_interview + "end/", interviews.end, name="engagement_end"),
    path(_interview + "improve/", ratings.improve_interview, name="engagement_improve_interview"),
    path(_interview + "transcript/", interviews.transcript, name="engagement_transcript"),
    path(_asked + "read-out/", interviews.read_out, name="engagement_read_out"),
    path(_asked + "do/<slug:key>/", interviews.act, name="engagement_asked"),
    path("interview-lines/<int:pk>/", interviews.amend, name="engagement_amend"),
]

_broadcast, _issue = "televised/<int:pk>/", "televised/issues/<int:pk>/"
desk += [
    path("televised/", televised.broadcasts, name="engagement_broadcasts"),
    path("televised/new/", televised.new_broadcast, name="engagement_new_broadcast"),
    path(_broadcast, televised.broadcast, name="engagement_broadcast"),
    path(_broadcast + "edit/", televised.edit_broadcast, name="engagement_edit_broadcast"),
    path(_broadcast + "issue/", televised.new_issue, name="engagement_new_issue"),
    path(_broadcast + "list/", televised.list_issues, name="engagement_list_issues"),
    path("televised/issues/", televised.issues, name="engagement_issues"),
    path(_issue, televised.issue, name="engagement_issue"),
    path(_issue + "do/<slug:key>/", televised.act, name="engagement_issue_act"),
]

_survey = "surveys/<int:pk>/"
desk += [
    path("surveys/", surveys.surveys, name="engagement_surveys"),
    path("surveys/new/", surveys.new_survey, name="engagement_new_survey"),
    path(_survey, surveys.survey, name="engagement_survey"),
    path(_survey + "edit/", surveys.edit_survey, name="engagement_edit_survey"),
    path(_survey + "question/", surveys.new_question, name="engagement_new_question"),
    path(_survey + "release/", surveys.release, name="engagement_release_survey"),
    path(_survey + "extend/", surveys.extend, name="engagement_extend_survey"),
    path(_survey + "tell/", surveys.publish_results, name="engagement_tell_survey"),
    path(_survey + "figures.csv", surveys.export, name="engagement_export_survey"),
    path("surveys/questions/<int:pk>/drop/", surveys.drop_question, name="engagement_drop_question"),
]
