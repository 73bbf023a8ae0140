"""网址表:``public`` 公众一侧,``desk`` 工作台一侧。"""

from django.urls import path

from .views import check
from .views import desk as own
from .views import public as pages

public: list = [
    path("annual-reports/", pages.annual_reports, name="annual_reports"),
    path("annual-reports/indices/", pages.indices_page, name="annual_indices"),
    path("annual-reports/<int:pk>.json", pages.data, name="annual_data"),
    path("annual-reports/check/", check.annual_check, name="annual_check"),
    path("annual-reports/check/table.xlsx", check.annual_table, name="annual_table"),
]

_one = "reports/<int:pk>/"
desk: list = [
    path("reports/", own.reports, name="reports_list"),
    path("reports/start/", own.start, name="reports_start"),
    path(_one, own.report, name="reports_one"),
    path(_one + "text/", own.text, name="reports_text"),
    path(_one + "cell/<int:table>/<slug:row>/<int:index>/", own.cell, name="reports_cell"),
    path(_one + "explain/", own.explain, name="reports_explain"),
    path(_one + "submit/", own.submit, name="reports_submit"),
    path(_one + "judge/", own.judge, name="reports_judge"),
    path(_one + "draft/", own.draft, name="reports_draft"),
    path(_one + "correct/", own.correct, name="reports_correct"),
    path(_one + "report.<slug:suffix>", own.file, name="reports_file"),
]
