"""网址表:``public`` 公众一侧,``desk`` 工作台一侧。"""

from django.urls import path

from .views import cleanup, clinic, figures, measures, packages, questions, register
from .views import public as pages

public: list = [
    path("policies/", pages.policies, name="policies"),
    path("policies/<int:pk>/history/", pages.policy_history, name="policy_history"),
    path("policies/<int:pk>/questions/", questions.policy_questions, name="policy_questions"),
    path("clinic/", clinic.policy_clinic, name="clinic"),
    path("clinic/results/", clinic.clinic_results, name="clinic_results"),
    path("clinic/calendar/", clinic.clinic_calendar, name="clinic_calendar"),
    path("clinic/calendar.ics", clinic.clinic_ics, name="clinic_ics"),
    path("clinic/figures/", clinic.clinic_figures, name="clinic_figures"),
    path("clinic/<int:pk>/", clinic.clinic_card, name="clinic_card"),
]

_package = "policies/packages/<int:pk>/"
_document = "policies/register/<int:pk>/"
_measure = "policies/clinic/<int:pk>/"
desk: list = [
    path("policies/packages/", packages.packages, name="policies_packages"),
    path("policies/interpretations/", figures.interpretations, name="policies_figures"),
    path("policies/start/<int:pk>/", packages.start, name="policies_start"),
    path(_package, packages.package, name="policies_package"),
    path(_package + "plan/", packages.plan, name="policies_plan"),
    path(_package + "draft/", packages.draft, name="policies_draft"),
    path(_package + "add/", packages.add, name="policies_add"),
    path(_package + "remove/<int:part>/", packages.remove, name="policies_remove"),
    path(_package + "exempt/", packages.exempt, name="policies_exempt"),
    path(_package + "oblige/", packages.oblige, name="policies_oblige"),
    path(_package + "sign/", packages.sign, name="policies_sign"),
    path(_package + "reschedule/", packages.reschedule, name="policies_reschedule"),
    path(_package + "withdraw/", packages.withdraw, name="policies_withdraw"),
    path("policies/register/", register.register, name="policies_register"),
    path("policies/register/numbers/", register.numbers, name="policies_numbers"),
    path("policies/register/enter/<int:pk>/", register.enter, name="policies_enter"),
    path(_document, register.document, name="policies_document"),
    path(_document + "review/", register.review, name="policies_review"),
    path(_document + "effect/", register.effect, name="policies_effect"),
    path("policies/cleanup/", cleanup.batches, name="policies_batches"),
    path("policies/cleanup/open/", cleanup.open_batch, name="policies_open_batch"),
    path("policies/cleanup/<int:pk>/", cleanup.batch, name="policies_batch"),
    path("policies/cleanup/<int:pk>/<int:document>/", cleanup.ruling, name="policies_ruling"),
    path("policies/cleanup/<int:pk>/close/", cleanup.close, name="policies_close"),
    path("policies/brief/<int:pk>/", questions.brief, name="policies_brief"),
    path("policies/clinic/", measures.measures, name="policies_measures"),
    path("policies/clinic/facts/new/", measures.new_fact, name="policies_new_fact"),
    path("policies/clinic/reach/", measures.reach_figures, name="policies_reach"),
    path("policies/clinic/from/<int:pk>/", measures.new_measure, name="policies_new_measure"),
    path(_measure, measures.measure, name="policies_measure"),
    path(_measure + "edit/", measures.edit_measure, name="policies_edit_measure"),
    path(_measure + "condition/", measures.new_condition, name="policies_new_condition"),
    path(_measure + "redeem/", measures.redeem, name="policies_redeem"),
    path(_measure + "end/", measures.end_measure, name="policies_end_measure"),
    path(_measure + "do/<slug:what>/", measures.act_measure, name="policies_act_measure"),
]
