"""督查考核里单子一步的页面:都用同一张,说出针对哪一件、办完回哪里。"""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Model
from django.http import HttpRequest, HttpResponse

from gongkai.desk.submitting import Act, form_step


def step_page(
    request: HttpRequest,
    form: forms.BaseForm,
    act: Act,
    title: str,
    button: str,
    home: Model | str,
    *,
    label: str = "",
    **context: Any,
) -> HttpResponse:
    """Show the form of a step on the page that all steps share; when it is filled in rightly, act (``form_step``).

    Args:
        home: what the step is about, or the address of a list; the way back, and where to go when it is done.
        label: the name of the way back; that of the thing if not given.
        context: what else the page shows: ``quote``, ``wide``.
    """
    more = {"title": title, "button": button, "trail": label or home}
    return form_step(request, form, act, "supervision/desk/step.html", back=home, **more | context)
