"""网址表:``public`` 公众一侧,``desk`` 工作台一侧。"""

from django.urls import path

from .views import cleanup, figures, packages, questions, register
from .views import public as pages

public: list = [
    path("policies/", pages.policies, name="policies"),
    path("policies/<int:pk>/history/", pages.policy_history, name="policy_history"),
    path("policies/<int:pk>/questions/", questions.policy_questions, name="policy_questions"),
    path("policies/answer/", questions.policy_answer, name="policy_answer"),
]

_package = "policies/packages/<int:pk>/"
_document = "policies/register/<int:pk>/"
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
    path("policies/questions/", questions.questions, name="policies_questions"),
    path("policies/questions/<int:pk>/", questions.question, name="policies_question"),
    path("policies/brief/<int:pk>/", questions.brief, name="policies_brief"),
]
