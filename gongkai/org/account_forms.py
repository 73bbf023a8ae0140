"""本人的口令和两步验证的表单,由 allauth 按 ``settings`` 里的名称取用。"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from allauth.account.forms import ChangePasswordForm, ReauthenticateForm
from allauth.mfa import app_settings
from allauth.mfa.base.forms import AuthenticateForm as CodeForm
from allauth.mfa.base.forms import ReauthenticateForm as CodeAgainForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django.core.exceptions import ValidationError

from gongkai.desk import limits
from gongkai.desk.forms import describe

from . import devices
from .once import claim


class OwnPasswordForm(ChangePasswordForm):
    """本人修改口令。"""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in (
            ("oldpassword", "现在的口令"),
            ("password1", "新口令"),
            ("password2", "再输一次新口令"),
        ):
            self.fields[name].label = label
            self.fields[name].help_text = ""
            self.fields[name].widget.attrs.pop("placeholder", None)
        self.fields["password1"].help_text = "至少十二位，不要用常见的词和自己的名字。"
        describe(self)

    def clean_oldpassword(self) -> str:
        """A session left open is no place to guess at its password."""
        whose = str(self.user.pk)
        if limits.so_far("own-password", whose) >= devices.PER_DEVICE:
            raise ValidationError("现在的口令输错太多次，请过15分钟再试；忘了的请管理员重设。")
        try:
            return str(super().clean_oldpassword())
        except ValidationError:
            limits.add("own-password", whose, seconds=devices.SPAN)
            raise

    def clean(self) -> dict[str, Any] | None:
        data = super().clean()
        new = self.cleaned_data.get("password1")
        if new and new == self.cleaned_data.get("oldpassword"):
            self.add_error("password1", "新口令同现在的一样，请换一个。")
        return data


class PasswordAgainForm(ReauthenticateForm):
    """改动账号设置前再输一次口令。"""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].label = "口令"
        self.fields["password"].widget.attrs.pop("placeholder", None)


class _Code:
    """The six digits of the second step, in our words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        code = self.fields["code"]
        code.label = "验证码"
        code.widget.attrs.pop("placeholder", None)
        code.widget.attrs |= {"autocomplete": "one-time-code", "autocapitalize": "off", "spellcheck": "false"}


class _CodeOnce(_Code):
    """A code that was tried before within its time counts as a wrong one, whichever process or machine it is tried in."""

    def __init__(self, *args: Any, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._at = at

    def clean_code(self) -> str:
        code = "".join(sign for sign in self.cleaned_data["code"] if sign.isalnum())[:40]
        # 先占再验:先验的话,几处同时用的都验得过。同样的六位以后还会再来,所以连同它还能用的各个时段;
        # 从早到晚一个个占,同时来的只有一个占得全
        now, tolerance = int(self._at.timestamp()) // app_settings.TOTP_PERIOD, app_settings.TOTP_TOLERANCE
        periods = range(now - tolerance, now + tolerance + 1)
        if not all(claim("code", f"{self.user.pk}:{period}:{code}", at=self._at) for period in periods):
            self.cleaned_data["code"] = ""
        return super().clean_code()


class SignInCodeForm(_CodeOnce, CodeForm):
    """登录时的验证码或者恢复码。"""


class AgainCodeForm(_CodeOnce, CodeAgainForm):
    """改动账号设置前再输一次验证码。"""


class ActivateForm(_Code, ActivateTOTPForm):
    """启用验证器。"""
