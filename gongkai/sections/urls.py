"""网址表:``public`` 公众一侧,``desk`` 工作台一侧。"""

from django.urls import path

from .views import desk as own
from .views import public as pages

public: list = [
    path("sections/", pages.sections, name="sections"),
    path("sections/<slug:slug>/", pages.unit_section, name="section"),
    path("topics/<slug:slug>/", pages.topic, name="topic"),
]

_one = "sections/<int:pk>/"
desk: list = [
    path("sections/", own.sections, name="sections_list"),
    path("sections/new/", own.new, name="sections_new"),
    path(_one, own.section, name="sections_one"),
    path(_one + "edit/", own.edit, name="sections_edit"),
    path(_one + "preview/", own.preview, name="sections_preview"),
    path(_one + "blocks/new/<slug:block_kind>/", own.add_block, name="sections_add"),
    path(_one + "blocks/<int:block>/", own.edit_block, name="sections_block"),
    path(_one + "blocks/<int:block>/move/", own.move_block, name="sections_move"),
    path(_one + "blocks/<int:block>/remove/", own.remove_block, name="sections_remove"),
    path(_one + "submit/", own.submit, name="sections_submit"),
    path(_one + "open/", own.open_section, name="sections_open"),
    path(_one + "close/", own.close_section, name="sections_close"),
]
