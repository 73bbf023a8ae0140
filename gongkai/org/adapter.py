"""登录的规矩和说法:不开放注册,账号由管理员建立;错了用我们的话说;改完口令回到自己的账号页。"""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse

from . import devices


class AccountAdapter(DefaultAccountAdapter):
    """No self-registration."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": "用户名或者口令不对，请核对后再输。",
        "incorrect_password": "口令不对，请核对后再输。",
        "enter_current_password": "现在的口令不对，请核对后再输。",
    }

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Too many failures from one address or with one name: see ``devices.refusal``."""
        if why := devices.refusal(request, credentials):
            raise ValidationError(why)
        super().pre_authenticate(request, **credentials)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        devices.failed(request, credentials)

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("desk:me")


class MFAAdapter(DefaultMFAAdapter):
    """Our words for the second step."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "验证码不对，或者已经用过。请输入验证器现在显示的六位数，或者一个没有用过的恢复码。",
    }
