"""我的账号。"""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from .. import access
from ..models import LogEntry

RECENT = 10


@access.desk("org.desk")
def me(request: HttpRequest) -> HttpResponse:
    """我的账号:岗位、口令、两步验证、近来的登录。"""
    wrapped = {one.type: one.wrap() for one in Authenticator.objects.filter(user=request.user)}
    codes = wrapped.get(Authenticator.Type.RECOVERY_CODES)
    return render(
        request,
        "org/me.html",
        {
            "memberships": request.user.memberships.select_related("agency"),
            "totp": Authenticator.Type.TOTP in wrapped,
            "codes_left": len(codes.get_unused_codes()) if codes else None,
            "recent": LogEntry.objects.about(request.user).select_related("by")[:RECENT],
        },
    )
