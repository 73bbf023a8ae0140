"""表单的一步:办成了说一句话、去下一页;办不成的原样留着,写明为什么。只有一个按钮的一步:办不成的说一句,回原处。"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url

from gongkai.law.errors import LawError

#: Does a step with the cleaned data; gives the sentence to show afterwards, or the answer itself.
Act = Callable[[dict[str, Any]], str | HttpResponse]


def form_step(
    request: HttpRequest,
    form: forms.BaseForm,
    act: Act,
    template: str = "desk_step.html",
    *,
    back: str | Model = "",
    **context: Any,
) -> HttpResponse:
    """Show a form; when it is filled in rightly, act.

    Args:
        act: what to do. What it refuses (``LawError``, ``PermissionDenied``) becomes the form's error, with
            everything typed kept.
        template: the page of the form, given ``form`` and ``context``; status 422 when there is an error. The page that
            all steps share shows ``title``, ``button`` and, if given, ``hint``, ``trail``, ``danger``.
        back: where to go then, as ``redirect`` takes it; its address is the page's ``home`` (“返回，不办”) and what it is
            called the ``trail``, unless the context names others.
    """
    if form.is_valid():
        try:
            done = act(form.cleaned_data)
        except (LawError, PermissionDenied) as error:
            form.add_error(None, str(error))
        else:
            if isinstance(done, HttpResponse):
                return done
            messages.success(request, done)
            return redirect(back)
    if back:
        context.setdefault("home", resolve_url(back))
    if isinstance(back, Model):
        context.setdefault("trail", str(back))
    return render(request, template, context | {"form": form}, status=422 if form.errors else 200)


def button_step(
    request: HttpRequest, act: Callable[[], str | HttpResponse], *, back: str | Model, **address: Any
) -> HttpResponse:
    """Do what a button without a form asks for.

    Args:
        act: what to do; gives the sentence to show, or the answer itself. What the law refuses is shown instead.
        back: where to go then, as ``redirect`` takes it with ``address``.
    """
    try:
        done = act()
    except LawError as error:
        messages.error(request, str(error))
    else:
        if isinstance(done, HttpResponse):
            return done
        messages.success(request, done)
    return redirect(back, **address)
