"""网址:公众一侧在根下(名字空间 ``public``),工作台在 ``desk/`` 下(名字空间 ``desk``)。

每间屋子(``room.py``)给出两张表 ``public`` 和 ``desk``,这里只拼起来;账号的网址只有这些。
"""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from django.urls import include, path

from gongkai.desk.rooms import rooms
from gongkai.org.access import second_step_first
from gongkai.org.views import signin

public = [pattern for room in rooms() for pattern in room.public]
desk = [pattern for room in rooms() for pattern in room.desk]

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
handler400 = "gongkai.web.views.errors.refused"
handler403 = "gongkai.web.views.errors.forbidden"
handler404 = "gongkai.web.views.errors.not_found"
handler500 = "gongkai.web.views.errors.broken"
