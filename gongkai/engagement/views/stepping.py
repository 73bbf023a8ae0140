"""回应关切里单子一步的页面:都用同一张,说出针对哪一件、办完回哪里。"""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse

from gongkai.desk.submitting import Act, form_step


def step_page(
    request: HttpRequest,
    form: forms.BaseForm,
    act: Act,
    title: str,
    button: str,
    home: str,
    *,
    back: str = "",
    **context: Any,
) -> HttpResponse:
    """Show the form of a step on the page that all steps share; when it is filled in rightly, act (``form_step``).

    Args:
        home: the address of what the step is about, or of its list: the way back.
        back: where to go when it is done, if not there.
        context: the name of ``home`` (``trail``), a ``hint``; ``letter`` or ``asked``, shown above the form.
    """
    more = {"title": title, "button": button, "home": home}
    return form_step(request, form, act, "engagement/desk/step.html", back=back or home, **more | context)
