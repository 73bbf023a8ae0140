"""网站自己的网址表:``public`` 公众一侧,``desk`` 工作台一侧。"""

from django.urls import path

from .views import api, emblem, feeds, home, pages, redirects, statistics, subscribers

public: list = [
    path("", home.home, name="home"),
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
desk: list = [
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
