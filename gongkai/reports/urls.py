"""网址表:``public`` 公众一侧,``desk`` 工作台一侧。"""

from django.urls import path

from .views import check

public: list = [
    path("annual-reports/check/", check.annual_check, name="annual_check"),
    path("annual-reports/check/table.xlsx", check.annual_table, name="annual_table"),
]
desk: list = []
