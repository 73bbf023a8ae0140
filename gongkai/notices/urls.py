"""网址表:``public`` 公众一侧,``desk`` 工作台一侧。"""

from django.urls import path

from .views import desk as desks
from .views import feeds, reached, running
from .views import public as pages

public: list = [
    path("notices/", pages.subscribe, name="notices"),
    path("notices/own/", pages.subscribe_to_subject, name="notices_own"),
    path("notices/inbox/", pages.inbox, name="notices_inbox"),
    path("notices/reach/", reached.reach, name="notices_reached"),
    path("notices/confirm/<slug:token>/", pages.confirm, name="notices_confirm"),
    path("notices/manage/<slug:token>/", pages.manage, name="notices_manage"),
    path("notices/unsubscribe/<slug:token>/", pages.unsubscribe, name="notices_unsubscribe"),
    path("notices/receipts/<slug:way>/", pages.receipts, name="notices_receipts"),
    path("notices/feeds/<str:key>.atom", feeds.feed, name="notices_feed"),
]

desk: list = [
    path("notices/", desks.topics_page, name="notices_topics"),
    path("notices/happenings/", desks.happenings, name="notices_happenings"),
    path("notices/happenings/<int:pk>/", desks.happening, name="notices_happening"),
    path("notices/happenings/<int:pk>/call-off/", running.call_off, name="notices_call_off"),
    path("notices/outbox/", desks.outbox, name="notices_outbox"),
    path("notices/outbox/<int:pk>/retry/", running.retry, name="notices_retry"),
    path("notices/outbox/retry/", running.retry_many, name="notices_retry_many"),
    path("notices/templates/", desks.templates, name="notices_templates"),
    path("notices/reach/", desks.reach, name="notices_reach"),
    path("notices/channels/", running.channels, name="notices_channels"),
    path("notices/channels/restore/", running.restore, name="notices_restore"),
    path("notices/channels/<slug:way>/pause/", running.pause, name="notices_pause"),
    path("notices/channels/<slug:way>/resume/", running.resume, name="notices_resume"),
    path("notices/channels/<slug:way>/gateway/", running.gateway, name="notices_gateway"),
]
