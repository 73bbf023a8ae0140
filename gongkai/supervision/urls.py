"""网址表:``public`` 公众一侧,``desk`` 工作台一侧。"""

from django.urls import path

from .views import assessments, corrections, notices, overview, plans, progress, registers, scores
from .views import public as pages

public: list = [
    path("plan-progress/", pages.progress, name="plan_progress"),
]

_top = "supervision/"
_plan, _task, _piece = f"{_top}plans/<int:pk>/", f"{_top}tasks/<int:pk>/", f"{_top}pieces/<int:pk>/"
_one, _round, _unit = f"{_top}corrections/<int:pk>/", f"{_top}rounds/<int:pk>/", f"{_top}candidates/<int:pk>/"
_notice = f"{_top}notices/<int:pk>/"
desk: list = [
    path(_top, overview.home, name="supervision_home"),
    path(_top + "unit/", overview.unit, name="supervision_unit"),
    path(_top + "inspect/", overview.inspect, name="supervision_inspect"),
    path(_top + "figures/", overview.figure_list, name="supervision_figures"),
    path(_top + "figures/ask/", overview.ask_day, name="supervision_ask_day"),
    path(_top + "behind/", overview.behind, name="supervision_behind"),
    path(_top + "indices/", overview.indices, name="supervision_indices"),
    path(_top + "brief/", overview.brief_page, name="supervision_brief"),
    path(_top + "plans/", plans.plans, name="supervision_plans"),
    path(_top + "plans/new/", plans.new, name="supervision_new_plan"),
    path(_top + "plans/adopt/", plans.adopt, name="supervision_adopt"),
    path(_plan, plans.plan, name="supervision_plan"),
    path(_plan + "confirm/", plans.confirm, name="supervision_confirm"),
    path(_plan + "show/", plans.show, name="supervision_show"),
    path(_plan + "close/", plans.close, name="supervision_close"),
    path(_plan + "task/", plans.new_task, name="supervision_new_task"),
    path(_task, plans.task, name="supervision_task"),
    path(_task + "edit/", plans.edit_task, name="supervision_edit_task"),
    path(_task + "drop/", plans.drop_task, name="supervision_drop_task"),
    path(_task + "adjust/", plans.adjust, name="supervision_adjust"),
    path(_task + "unit/", progress.new_piece, name="supervision_new_piece"),
    path(_piece + "set/", progress.set_piece, name="supervision_set_piece"),
    path(_piece + "drop/", progress.drop_piece, name="supervision_drop_piece"),
    path(_piece + "report/", progress.report, name="supervision_report"),
    path(_piece + "aside/", progress.aside, name="supervision_aside"),
    path(_piece + "resume/", progress.resume, name="supervision_resume"),
    path(_piece + "doubt/", corrections.doubt, name="supervision_doubt"),
    path(_top + "progress/<int:pk>/judge/", progress.judge, name="supervision_judge"),
    path(_top + "corrections/", corrections.corrections, name="supervision_corrections"),
    path(_top + "corrections/new/", corrections.new, name="supervision_new_correction"),
    path(_one, corrections.correction, name="supervision_correction"),
    path(_one + "answer/", corrections.answer, name="supervision_answer"),
    path(_one + "review/", corrections.review, name="supervision_review"),
    path(_one + "escalate/", corrections.escalate, name="supervision_escalate"),
    path(_top + "advices/", corrections.advices, name="supervision_advices"),
    path(_top + "advices/new/", corrections.new_advice, name="supervision_new_advice"),
    path(_top + "advices/<int:pk>/result/", corrections.advice_result, name="supervision_advice_result"),
    path(_top + "systems/", assessments.systems, name="supervision_systems"),
    path(_top + "systems/new/", assessments.new_system, name="supervision_new_system"),
    path(_top + "systems/<int:pk>/", assessments.system, name="supervision_system"),
    path(_top + "rounds/", assessments.rounds, name="supervision_rounds"),
    path(_top + "rounds/new/", assessments.new_round, name="supervision_new_round"),
    path(_round, assessments.round_page, name="supervision_round"),
    path(_round + "read/", assessments.read, name="supervision_read"),
    path(_round + "go-on/", assessments.go_on, name="supervision_go_on"),
    path(_round + "decide/", assessments.decide, name="supervision_decide"),
    path(_round + "draft/", assessments.draft, name="supervision_draft_result"),
    path(_unit, scores.candidate, name="supervision_candidate"),
    path(_unit + "self/", scores.self_assessment, name="supervision_self"),
    path(_unit + "line/<str:indicator>/", scores.line, name="supervision_line"),
    path(_unit + "object/<str:indicator>/", scores.object_to, name="supervision_object"),
    path(_unit + "bonus/", scores.bonus, name="supervision_bonus"),
    path(_unit + "veto/", scores.veto, name="supervision_veto"),
    path(_top + "claims/<int:pk>/", scores.claim, name="supervision_claim"),
    path(_top + "vetoes/<int:pk>/heard/", scores.heard, name="supervision_heard"),
    path(_top + "vetoes/<int:pk>/second/", scores.second, name="supervision_second"),
    path(_top + "objections/<int:pk>/", scores.look, name="supervision_look"),
    path(_top + "notices/", notices.notices, name="supervision_notices"),
    path(_top + "notices/new/", notices.new, name="supervision_new_notice"),
    path(_notice, notices.notice, name="supervision_notice"),
    path(_notice + "edit/", notices.edit, name="supervision_edit_notice"),
    path(_notice + "confirm/", notices.confirm, name="supervision_confirm_notice"),
    path(_notice + "issue/", notices.issue, name="supervision_issue_notice"),
    path(_notice + "record/", notices.record, name="supervision_record_notice"),
    path(_notice + "file.<slug:suffix>", notices.file, name="supervision_notice_file"),
    *(pattern for register in registers.ALL for pattern in registers.addresses(register)),
]
