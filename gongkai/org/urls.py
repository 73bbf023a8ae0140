"""网址表:``public`` 公众一侧,``desk`` 工作台一侧。"""

from django.urls import path

from .views import account, agencies, finding, jobs, log, people

public: list = []
desk: list = [
    path("find/", finding.find, name="find"),
    path("news/", finding.news, name="news"),
    path("news/read/", finding.read_news, name="read_news"),
    path("me/", account.me, name="me"),
    path("log/", log.log, name="log"),
    path("log/<int:seq>/", log.entry, name="log_entry"),
    path("jobs/", jobs.job_list, name="jobs"),
    path("people/", people.people, name="people"),
    path("people/new/", people.new_person, name="new_person"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/edit/", people.edit_person, name="edit_person"),
    path("people/<int:pk>/password/", people.reset_password, name="reset_password"),
    path("people/<int:pk>/<slug:what>/", people.switch, name="switch_person"),
    path("memberships/<int:pk>/revoke/", people.revoke, name="revoke"),
    path("agencies/", agencies.agencies, name="agencies"),
    path("agencies/new/", agencies.edit_agency, name="new_agency"),
    path("agencies/<slug:code>/", agencies.agency, name="agency"),
    path("agencies/<slug:code>/edit/", agencies.edit_agency, name="edit_agency"),
    path("agencies/<slug:code>/merge/", agencies.merge_agency, name="merge_agency"),
    path("places/", agencies.places, name="places"),
    path("places/new/", agencies.edit_place, name="new_place"),
    path("places/<int:pk>/", agencies.edit_place, name="edit_place"),
]
