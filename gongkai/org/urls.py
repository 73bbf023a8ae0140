"""网址表:``public`` 公众一侧,``desk`` 工作台一侧。"""

from django.urls import path

from . import views

public: list = []
desk: list = [
    path("me/", views.me, name="me"),
    path("log/", views.log, name="log"),
    path("people/", views.people, name="people"),
    path("people/new/", views.new_person, name="new_person"),
    path("people/<int:pk>/", views.person, name="person"),
    path("people/<int:pk>/<slug:what>/", views.switch, name="switch_person"),
    path("memberships/<int:pk>/revoke/", views.revoke, name="revoke"),
    path("agencies/", views.agencies, name="agencies"),
    path("agencies/new/", views.edit_agency, name="new_agency"),
    path("agencies/<slug:code>/", views.edit_agency, name="edit_agency"),
    path("agencies/<slug:code>/merge/", views.merge_agency, name="merge_agency"),
    path("places/", views.places, name="places"),
    path("places/new/", views.edit_place, name="new_place"),
    path("places/<int:pk>/", views.edit_place, name="edit_place"),
]
