"""网址表:``public`` 公众一侧,``desk`` 工作台一侧。"""

from django.urls import path

from .views import catalogues, dossiers, looking, meetings, round_list, rounds
from .views import public as pages

public: list = [
    path("consultations/", pages.consultations, name="consultations"),
    path("consultations/result/", looking.look, name="opinion_look"),
    path("consultations/<int:pk>/opinion/", pages.opinion, name="opinion"),
    path("decisions/", pages.decisions, name="decisions"),
    path("decisions/propose/", pages.propose, name="decision_propose"),
    path("decisions/catalogue/<int:year>/", pages.catalogue, name="decision_catalogue"),
    path("decisions/<int:pk>/", pages.decision, name="decision"),
    path("meetings/", pages.meetings, name="meetings"),
    path("meetings/<int:pk>/sign-up/", pages.sign_up, name="meeting_sign_up"),
    path("meetings/<int:pk>/drawing/", pages.drawing, name="meeting_drawing"),
]

_dossier = "decisions/<int:pk>/"
_round = "decisions/rounds/<int:pk>/"
_year = "decisions/catalogue/<int:pk>/"
_meeting = "decisions/meetings/<int:pk>/"
desk: list = [
    path("decisions/", dossiers.dossiers, name="decisions_dossiers"),
    path("decisions/new/", dossiers.new, name="decisions_new"),
    path(_dossier, dossiers.dossier, name="decisions_dossier"),
    path(_dossier + "edit/", dossiers.edit, name="decisions_edit"),
    path(_dossier + "step/<slug:step>/", dossiers.step, name="decisions_step"),
    path(_dossier + "enter/<slug:kind>/", dossiers.enter, name="decisions_enter"),
    path(_dossier + "void/<int:row>/", dossiers.void, name="decisions_void"),
    path(_dossier + "redraft/", dossiers.redraft, name="decisions_redraft"),
    path(_dossier + "paper/", dossiers.paper, name="decisions_paper"),
    path(_dossier + "round/", rounds.new_round, name="decisions_new_round"),
    path("decisions/rounds/", round_list.rounds, name="decisions_rounds"),
    path(_round, rounds.round, name="decisions_round"),
    path(_round + "plan/", rounds.plan, name="decisions_plan"),
    path(_round + "extend/", rounds.extend, name="decisions_extend"),
    path(_round + "opinions/", rounds.opinions, name="decisions_opinions"),
    path(_round + "opinions/new/", rounds.enter_opinion, name="decisions_enter_opinion"),
    path(_round + "opinions/several/", rounds.enter_opinions, name="decisions_enter_opinions"),
    path(_round + "feedback/", rounds.feedback, name="decisions_feedback"),
    path("decisions/opinions/<int:pk>/", rounds.opinion, name="decisions_opinion"),
    path("decisions/opinions/<int:pk>/contact/", rounds.contact, name="decisions_contact"),
    path("decisions/opinions/<int:pk>/file/", rounds.opinion_file, name="decisions_opinion_file"),
    path("decisions/catalogue/", catalogues.years, name="decisions_years"),
    path("decisions/catalogue/new/", catalogues.new_year, name="decisions_new_year"),
    path(_year, catalogues.year, name="decisions_year"),
    path(_year + "edit/", catalogues.save_year, name="decisions_save_year"),
    path(_year + "items/new/", catalogues.new_item, name="decisions_new_item"),
    path(_year + "draft/", catalogues.draft_catalogue, name="decisions_draft_catalogue"),
    path(_year + "close/", catalogues.close_year, name="decisions_close_year"),
    path("decisions/items/<int:pk>/edit/", catalogues.edit_item, name="decisions_edit_item"),
    path("decisions/items/<int:pk>/settle/", catalogues.settle_item, name="decisions_settle_item"),
    path("decisions/items/<int:pk>/remove/", catalogues.remove_item, name="decisions_remove_item"),
    path("decisions/proposals/new/", catalogues.propose, name="decisions_propose"),
    path("decisions/proposals/<int:pk>/", catalogues.rule, name="decisions_rule"),
    path("decisions/meetings/", meetings.meetings, name="decisions_meetings"),
    path("decisions/meetings/new/", meetings.new_meeting, name="decisions_new_meeting"),
    path(_meeting, meetings.meeting, name="decisions_meeting"),
    path(_meeting + "edit/", meetings.change_meeting, name="decisions_change_meeting"),
    path(_meeting + "agenda/new/", meetings.new_agenda, name="decisions_new_agenda"),
    path(_meeting + "draw/", meetings.draw, name="decisions_draw"),
    path(_meeting + "plan.<slug:suffix>", meetings.meeting_plan_file, name="decisions_meeting_plan"),
    path(_meeting + "minutes/", meetings.minutes, name="decisions_minutes"),
    path("decisions/agenda/<int:pk>/", meetings.edit_agenda, name="decisions_edit_agenda"),
    path("decisions/agenda/<int:pk>/remove/", meetings.remove_agenda, name="decisions_remove_agenda"),
    path("decisions/representatives/<int:pk>/", meetings.record_delegate, name="decisions_tell"),
]
