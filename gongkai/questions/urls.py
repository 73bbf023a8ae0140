"""网址表:``public`` 公众一侧,``desk`` 工作台一侧。"""

from django.urls import path

from .views import desk as pages
from .views import public as answers

public: list = [
    path("ask/progress/", answers.progress, name="ask_progress"),
    path("ask/faq/", answers.answered, name="faq"),
    path("policies/answer/", answers.former_progress, name="policy_answer"),
]
desk: list = [
    path("questions/", pages.questions, name="questions"),
    path("questions/<int:pk>/", pages.question, name="question"),
    path("questions/<int:pk>/<slug:step>/", pages.former_step, name="question_step"),
    path("policies/questions/", pages.former_list, name="policies_questions"),
    path("policies/questions/<int:former>/", pages.former_question, name="policies_question"),
]
