"""网址:公众一侧在根下(名字空间 ``public``),工作台在 ``desk/`` 下(名字空间 ``desk``)。

每个应用的 ``urls.py`` 给出两张表 ``public`` 和 ``desk``,这里只拼起来。
"""

from django.urls import include, path

from gongkai.org import urls as org
from gongkai.records import urls as records

from . import views

public = [*org.public, *records.public, *views.public]
desk = [*org.desk, *records.desk]

urlpatterns = [
    path("", include((public, "public"))),
    path("desk/", include((desk, "desk"))),
    path("account/", include("allauth.account.urls")),
    path("account/mfa/", include("allauth.mfa.urls")),
]
handler403 = "gongkai.web.views.forbidden"
handler404 = "gongkai.web.views.not_found"
handler500 = "gongkai.web.views.broken"
