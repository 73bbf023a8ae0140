"""网址表:``public`` 公众一侧,``desk`` 工作台一侧。"""

from django.urls import path

from . import views

public: list = [
    path("search/", views.search, name="search"),
    path("search/suggest/", views.suggest, name="search_suggest"),
    path("search/opened/", views.opened, name="search_opened"),
    path("ask/", views.ask, name="ask"),
]
desk: list = []
