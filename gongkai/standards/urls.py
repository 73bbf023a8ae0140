"""网址表:``public`` 公众一侧,``desk`` 工作台一侧。"""

from django.urls import path

from .views import catalogue, charges, editing
from .views import public as pages

public: list = [
    path("standards/", pages.standards, name="standards"),
    path("standards/<int:pk>/", pages.standard, name="standard"),
]

_one = "standards/<int:pk>/"
desk: list = [
    path("standards/", catalogue.standards, name="standards_list"),
    path("standards/areas/", catalogue.areas, name="standards_areas"),
    path("standards/areas/install/", catalogue.install_areas, name="standards_install"),
    path("standards/areas/new/", catalogue.new_area, name="standards_new_area"),
    path("standards/areas/<int:pk>/", catalogue.edit_area, name="standards_area"),
    path("standards/import/", editing.upload, name="standards_import"),
    path("standards/sheets/<int:pk>/", editing.intake, name="standards_intake"),
    path("standards/matrix/", charges.matrix, name="standards_matrix"),
    path("standards/charges/", charges.charges, name="standards_charges"),
    path("standards/charges/<int:pk>/", charges.charge, name="standards_charge"),
    path("standards/charges/<int:pk>/event/", charges.enter_event, name="standards_event"),
    path("standards/charges/<int:pk>/events/<int:event>/", charges.answer_event, name="standards_answer"),
    path("standards/charges/<slug:code>/excuse/", charges.excuse, name="standards_excuse"),
    path("standards/charges/<slug:code>/judge/", charges.judge, name="standards_judge"),
    path("standards/contradictions/", catalogue.contradictions, name="standards_contradictions"),
    path(_one, catalogue.standard, name="standards_one"),
    path(_one + "xlsx/", catalogue.xlsx, name="standards_xlsx"),
    path(_one + "differences/", catalogue.differences, name="standards_differences"),
    path(_one + "do/<slug:key>/", editing.act, name="standards_act"),
    path(_one + "inherit/", editing.inherit, name="standards_inherit"),
    path(_one + "rows/new/", editing.new_row, name="standards_new_row"),
    path("standards/rows/<int:pk>/", editing.row, name="standards_row"),
    path("standards/rows/<int:pk>/link/", editing.link, name="standards_link"),
    path("standards/rows/<int:pk>/confirm/", editing.confirm_row, name="standards_confirm"),
    path("standards/rows/<int:pk>/remove/", editing.remove_row, name="standards_remove"),
]
