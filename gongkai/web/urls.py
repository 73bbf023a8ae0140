"""网址:公众一侧在根下(名字空间 ``public``),工作台在 ``desk/`` 下(名字空间 ``desk``)。

每个应用的 ``urls.py`` 给出两张表 ``public`` 和 ``desk``,这里只拼起来。
"""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from django.urls import include, path

from gongkai.org import urls as org
from gongkai.org.views import signin
from gongkai.records import urls as records

from . import views

public = [*org.public, *records.public, *views.public]
desk = [*org.desk, *records.desk]

#: 只用得着的账号网址;注册页只说明不开放(登录页要引用它)。
accounts = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("signup/", account.signup, name="account_signup"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("password/", account.password_change, name="account_change_password"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("mfa/", mfa.index, name="mfa_index"),
    path("mfa/authenticate/", signin.authenticate, name="mfa_authenticate"),
    path("mfa/reauthenticate/", signin.reauthenticate, name="mfa_reauthenticate"),
    path("mfa/totp/", include("allauth.mfa.totp.urls")),
    path("mfa/recovery-codes/", include("allauth.mfa.recovery_codes.urls")),
]

urlpatterns = [
    path("", include((public, "public"))),
    path("desk/", include((desk, "desk"))),
    path("account/", include(accounts)),
]
handler403 = "gongkai.web.views.forbidden"
handler404 = "gongkai.web.views.not_found"
handler500 = "gongkai.web.views.broken"
