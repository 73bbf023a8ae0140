"""登录前后:锁定页、验证码连错也锁;登录、退出和自己改动账号,都记入操作记录。"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from allauth.account import signals as account_signals
from allauth.mfa import signals as mfa_signals
from allauth.mfa.base.views import AuthenticateView, ReauthenticateView
from allauth.mfa.models import Authenticator
from axes.signals import user_locked_out
from django.conf import settings
from django.contrib.auth.signals import user_logged_out
from django.dispatch import receiver
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from .. import access, actions, devices
from ..models import User


def locked_out(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
    """连续输错以后的页面;账号存在与否说法一样(C110)。"""
    minutes = round(settings.AXES_COOLOFF_TIME * 60)
    return render(request, "account/locked.html", {"minutes": minutes}, status=429)


class _AtThisMoment:
    """给表单“现在”:试过的验证码按时段记。"""

    def get_form_class(self) -> Callable[..., Form]:
        return partial(super().get_form_class(), at=timezone.now())


class Authenticate(_AtThisMoment, AuthenticateView):
    """登录的第二步;验证码连错同口令连错一样锁定。"""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if actions.is_locked(self.stage.login.user, at=timezone.now()):
            return locked_out(request)
        return super().post(request, *args, **kwargs)


class Reauthenticate(_AtThisMoment, ReauthenticateView):
    """会话里补做第二步,或者改账号设置前再做一次;同样锁定。"""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if actions.is_locked(request.user, at=timezone.now()):
            return locked_out(request)
        return super().post(request, *args, **kwargs)


authenticate, reauthenticate = Authenticate.as_view(), Reauthenticate.as_view()


def _note(action: str, words: str, user: User, **detail: object) -> None:
    actions.account_event(action, words, user, at=timezone.now(), **detail)


@receiver(account_signals.user_logged_in)
def _signed_in(request: HttpRequest, user: User, response: HttpResponse | None = None, **rest: object) -> None:
    if response is not None:
        devices.remember(request, response, user)
    _note("org.signin", "登录", user)


@receiver(user_logged_out)
def _signed_out(request: HttpRequest, user: User | None, **rest: object) -> None:
    if user is not None:
        _note("org.signout", "退出", user)


@receiver(user_locked_out)
def _locked(request: HttpRequest, username: str, **rest: object) -> None:
    """Once, when the limit is reached; unknown names are not written down, they may be mistyped passwords."""
    reached = getattr(request, "axes_failures_since_start", None) == settings.AXES_FAILURE_LIMIT
    if reached and (user := User.objects.filter(username=username).first()):
        _note("org.locked", "的口令连续输错，已锁定", user)


@receiver(account_signals.password_changed)
def _password_changed(request: HttpRequest, user: User, **rest: object) -> None:
    actions.own_password(user, at=timezone.now())


@receiver(mfa_signals.authenticator_added)
def _added(request: HttpRequest, user: User, authenticator: Authenticator, **rest: object) -> None:
    request.session[access.TWO_STEP] = authenticator.pk
    if authenticator.type == Authenticator.Type.TOTP:
        _note("org.mfa_on", "启用验证器", user)


@receiver(mfa_signals.authenticator_reset)
def _reset(request: HttpRequest, user: User, authenticator: Authenticator, **rest: object) -> None:
    request.session[access.TWO_STEP] = authenticator.pk
    _note("org.codes", "重新生成恢复码", user)


@receiver(mfa_signals.authenticator_removed)
def _removed(request: HttpRequest, user: User, authenticator: Authenticator, **rest: object) -> None:
    if authenticator.type == Authenticator.Type.TOTP:
        _note("org.mfa_off", "停用验证器", user)


@receiver(mfa_signals.authenticator_used)
def _used(request: HttpRequest, user: User, authenticator: Authenticator, **rest: object) -> None:
    request.session[access.TWO_STEP] = authenticator.pk
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        _note("org.code_used", "用掉一个恢复码", user)


@receiver(mfa_signals.authentication_failed)
def _code_failed(request: HttpRequest, user: User, **rest: object) -> None:
    _note(actions.CODE_FAILED, "的验证码输错", user)
