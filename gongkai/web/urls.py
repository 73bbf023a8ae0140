"""网址:公众一侧在根下(名字空间 ``public``),工作台在 ``desk/`` 下(名字空间 ``desk``)。

每个应用的 ``urls.py`` 给出两张表 ``public`` 和 ``desk``,这里只拼起来。
"""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from django.urls import include, path

from gongkai.foi import urls as foi
from gongkai.org import urls as org
from gongkai.org.access import second_step_first
from gongkai.org.views import signin
from gongkai.policies import urls as policies
from gongkai.records import urls as records
from gongkai.reports import urls as reports
from gongkai.search import urls as search
from gongkai.sections import urls as sections

from .views import api, emblem, feeds, pages, redirects, statistics, subscribers

web: list = [
    path("", pages.home, name="home"),
    path("emblem.png", emblem.picture, name="emblem"),
    path("agencies/", pages.agencies, name="agencies"),
    path("agencies/<slug:code>/", pages.agency, name="agency"),
    path("places/", pages.places, name="places"),
    path("sitemap/", pages.sitemap, name="sitemap"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("feedback/", pages.feedback, name="feedback"),
    path("robots.txt", pages.robots, name="robots"),
    path("feeds/", feeds.index, name="feeds"),
    path("feeds/all.atom", feeds.everything, name="feed"),
    path("feeds/agencies/<slug:agency>.atom", feeds.one_list, name="agency_feed"),
    path("feeds/columns/<slug:duty>.atom", feeds.one_list, name="column_feed"),
    path("feeds/topics/<slug:slug>.atom", feeds.topic, name="topic_feed"),
    path("sitemap.xml", feeds.sitemap_index, name="sitemap_index"),
    path("sitemaps/lists.xml", feeds.sitemap_lists, name="sitemap_lists"),
    path("sitemaps/<int:shard>.xml", feeds.sitemap_shard, name="sitemap_shard"),
    path("api/", api.guide, name="api"),
    path("api/v1/openapi.json", api.openapi, name="api_openapi"),
    path("api/v1/records", api.records, name="api_records"),
    path("api/v1/records/<int:pk>", api.record, name="api_record"),
    path("api/v1/agencies", api.agencies, name="api_agencies"),
    path("api/v1/catalogue", api.catalogue, name="api_catalogue"),
    path("api/v1/changes", api.changes, name="api_changes"),
    path("api/v1/dump/manifest.json", api.dump_manifest, name="api_dump"),
    path("api/v1/dump/<int:shard>.ndjson", api.dump_shard, name="api_dump_shard"),
]
web_desk: list = [
    path("emblem/", emblem.edit, name="emblem"),
    path("statistics/", statistics.statistics, name="statistics"),
    path("subscribers/", subscribers.subscribers, name="subscribers"),
    path("subscribers/new/", subscribers.edit, name="new_subscriber"),
    path("subscribers/<int:pk>/", subscribers.subscriber, name="subscriber"),
    path("subscribers/<int:pk>/edit/", subscribers.edit, name="edit_subscriber"),
    path("subscribers/<int:pk>/<slug:what>/", subscribers.act, name="act_subscriber"),
    path("deliveries/<int:pk>/<slug:what>/", subscribers.act_delivery, name="act_delivery"),
    path("redirects/", redirects.redirects, name="redirects"),
    path("redirects/new/", redirects.edit, name="new_redirect"),
    path("redirects/import/", redirects.imported, name="import_redirects"),
    path("redirects/unknown/", redirects.unknown, name="unknown_addresses"),
    path("redirects/<int:pk>/", redirects.edit, name="redirect"),
    path("redirects/<int:pk>/drop/", redirects.drop, name="drop_redirect"),
]
public = [
    *org.public,
    *records.public,
    *foi.public,
    *policies.public,
    *reports.public,
    *search.public,
    *sections.public,
    *web,
]
desk = [
    *org.desk,
    *records.desk,
    *foi.desk,
    *policies.desk,
    *reports.desk,
    *search.desk,
    *sections.desk,
    *web_desk,
]

#: 只用得着的账号网址;注册页只说明不开放(登录页要引用它)。会改登录办法的,设过两步验证的人要先在这次会话里通过。
guarded = {
    "password/": (account.password_change, "account_change_password"),
    "mfa/": (mfa.index, "mfa_index"),
    "mfa/totp/activate/": (totp.activate_totp, "mfa_activate_totp"),
    "mfa/totp/deactivate/": (totp.deactivate_totp, "mfa_deactivate_totp"),
    "mfa/recovery-codes/": (codes.view_recovery_codes, "mfa_view_recovery_codes"),
    "mfa/recovery-codes/generate/": (codes.generate_recovery_codes, "mfa_generate_recovery_codes"),
    "mfa/recovery-codes/download/": (codes.download_recovery_codes, "mfa_download_recovery_codes"),
}
accounts = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("signup/", account.signup, name="account_signup"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("mfa/authenticate/", signin.authenticate, name="mfa_authenticate"),
    path("mfa/reauthenticate/", signin.reauthenticate, name="mfa_reauthenticate"),
    *(path(route, second_step_first(view), name=name) for route, (view, name) in guarded.items()),
]

urlpatterns = [
    path("", include((public, "public"))),
    path("desk/", include((desk, "desk"))),
    path("account/", include(accounts)),
]
handler403 = "gongkai.web.views.errors.forbidden"
handler404 = "gongkai.web.views.errors.not_found"
handler500 = "gongkai.web.views.errors.broken"
