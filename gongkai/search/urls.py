"""网址表:``public`` 公众一侧,``desk`` 工作台一侧。"""

from django.urls import path

from .views import desk as own
from .views import public as pages
from .views import questions

public: list = [
    path("search/", pages.search, name="search"),
    path("search/suggest/", pages.suggest, name="search_suggest"),
    path("search/opened/", pages.opened, name="search_opened"),
    path("ask/", pages.ask, name="ask"),
    path("ask/send/", questions.send, name="ask_send"),
]
desk: list = [
    path("search/", own.queries, name="search_queries"),
    path("search/mute/", own.mute, name="search_mute"),
    path("search/mute/<int:pk>/lift/", own.unmute, name="search_unmute"),
    path("search/synonyms/", own.synonyms, name="search_synonyms"),
    path("search/synonyms/<int:pk>/remove/", own.drop_synonyms, name="search_drop_synonyms"),
    path("search/sayings/", own.sayings, name="search_sayings"),
    path("search/sayings/<int:pk>/remove/", own.drop_saying, name="search_drop_saying"),
    path("search/pins/", own.pins, name="search_pins"),
    path("search/pins/<int:pk>/remove/", own.drop_pin, name="search_drop_pin"),
    path("search/judged/", own.judged, name="search_judged"),
    path("search/judged/<int:pk>/", own.judge, name="search_judge"),
    path("search/judged/<int:pk>/remove/", own.drop_judged, name="search_drop_judged"),
]
