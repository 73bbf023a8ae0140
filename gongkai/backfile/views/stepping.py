"""档案数字化里单子一步的页面:都用同一张,不进别处的缓存。"""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse

from gongkai.desk.responses import private
from gongkai.desk.submitting import Act, form_step


def step_page(request: HttpRequest, form: forms.BaseForm, act: Act, **context: Any) -> HttpResponse:
    """Show the form of a step on the page that all steps share; when it is filled in rightly, act (``form_step``).

    Args:
        context: ``back``, and what the page shows: ``title``, ``button``, ``hint``.
    """
    return private(form_step(request, form, act, **context))
