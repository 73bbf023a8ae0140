"""网址表:``public`` 公众一侧,``desk`` 工作台一侧。"""

from django.urls import path

from .views import desk as lists
from .views import duties, edit, steps, urging
from .views import public as pages

public: list = [
    path("records/", pages.records, name="records"),
    path("columns/<slug:duty>/", pages.records, name="column"),
    path("types/<slug:type>/", pages.records, name="type"),
    path("years/<int:year>/", pages.records, name="year"),
    path("agencies/<slug:agency>/records/", pages.records, name="agency_records"),
    path("records/<int:pk>/", pages.record, name="record"),
    path("records/<int:pk>/print/", pages.record_print, name="record_print"),
    path("files/<int:pk>/<str:name>", pages.attachment, name="attachment"),
    path("guide/", pages.guide, name="guide"),
    path("rules/", pages.rules, name="rules"),
    path("statutory/", pages.statutory, name="statutory"),
    path("outside-review/<str:token>/", steps.outside_review, name="outside_review"),
]

desk: list = [
    path("", lists.home, name="home"),
    path("records/", lists.records, name="records"),
    path("records/bulk/", lists.bulk, name="bulk"),
    path("records/new/", edit.new, name="new"),
    path("records/upload/", edit.upload, name="upload"),
    path("records/<int:pk>/", steps.record, name="record"),
    path("records/<int:pk>/edit/", edit.edit, name="edit"),
    path("records/<int:pk>/autosave/", edit.autosave, name="autosave"),
    path("records/<int:pk>/preview/", edit.preview, name="preview"),
    path("records/<int:pk>/attach/", edit.attach, name="attach"),
    path("records/<int:pk>/detach/<int:attachment>/", edit.detach, name="detach"),
    path("records/<int:pk>/files/<int:attachment>/", edit.file, name="file"),
    path("records/<int:pk>/compare/", steps.compare, name="compare"),
    path("records/<int:pk>/submit/", steps.submit, name="submit"),
    path("records/<int:pk>/recall/", steps.recall, name="recall"),
    path("records/<int:pk>/judge/<slug:kind>/", steps.judge, name="judge"),
    path("records/<int:pk>/reschedule/", steps.reschedule, name="reschedule"),
    path("records/<int:pk>/revise/", steps.revise, name="revise"),
    path("records/<int:pk>/discard/", steps.discard, name="discard"),
    path("records/<int:pk>/withdraw/", steps.withdraw, name="withdraw"),
    path("records/<int:pk>/lift/", steps.lift, name="lift"),
    path("records/<int:pk>/relate/", steps.relate, name="relate"),
    path("records/<int:pk>/unrelate/<int:relation>/", steps.unrelate, name="unrelate"),
    path("records/<int:pk>/invite/", steps.invite, name="invite"),
    path("records/<int:pk>/reassess/", duties.reassess, name="reassess"),
    path("catalogue/", duties.matrix, name="catalogue"),
    path("urges/", urging.urges, name="urges"),
    path("catalogue/<slug:code>/urge/", urging.urge, name="urge"),
    path("catalogue/<slug:code>/absences/", duties.absences, name="absences"),
    path("catalogue/<slug:code>/absences/judge/", duties.judge_absences, name="judge_absences"),
    path("catalogue/<slug:code>/absences/<slug:duty>/retract/", duties.retract_absence, name="retract_absence"),
    path("catalogue/<slug:code>/<slug:duty>/", duties.cell, name="cell"),
    path("withheld/", duties.withheld, name="withheld"),
    path("words/", duties.words, name="words"),
    path("words/<int:pk>/remove/", duties.remove_word, name="remove_word"),
]
