"""公众交的一张表:限次、一张只收一次、当场给回执;不用会话、不放 Cookie。

凭据(编号和查询码)在表单里,没有可以冒用的身份,所以不需要防跨站令牌。
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from gongkai.adapters.plaintext import line
from gongkai.desk import limits
from gongkai.desk.responses import private
from gongkai.law.errors import LawError

from .once import Answer, once, receipt, receipt_of

HOUR = 3600
BUSY = "您在短时间内提交的次数太多，这一次没有收下，您填的内容还在下面。请过一会儿再提交。"
WRONG = "编号或者查询码不对。请核对后再查。"


def unasked_file(form: forms.BaseForm, request: HttpRequest) -> str:
    """What to say where a file came with a form that does not take it, or more than it takes; empty if none did.

    A file that is left out without a word is worse than a form that is refused: whoever sent it thinks it was read.
    """
    fields = {form.add_prefix(name): field for name, field in form.fields.items()}
    for key, found in request.FILES.lists():
        field, name = fields.get(key), line(found[0].name)[-60:]
        if not isinstance(field, forms.FileField):
            return (
                f"这张表不收文件，《{name}》没有收下，整张表也没有提交。请去掉文件再提交；要交材料的，写信时附上。"
            )
        if len(found) > 1 and not getattr(field.widget, "allow_multiple_selected", False):
            return f"“{field.label}”一次收一个文件，选了{len(found)}个，都没有收下。请合成一个再交。"
    return ""


def public_step(
    request: HttpRequest,
    what: str,
    form: forms.Form,
    act: Callable[[], Answer],
    template: str,
    receipt_template: str,
    *,
    at: datetime,
    times: int = 10,
    **context: Any,
) -> HttpResponse:
    """Show a public form; take it in once; lead to its receipt.

    Args:
        what: names the form for the limit and the receipt, as ``opinion``.
        act: takes the valid form in; gives what the receipt shows, as JSON can hold it.
        receipt_template: the page of the receipt, given ``receipt`` (what ``act`` gave) and ``context``.
        times: how many an address may send in an hour.

    Returns:
        200 the form or the receipt, 302 to the receipt, 400 an error in the form, 429 too many; never kept on the way.
    """
    if request.method == "GET" and (shown := receipt_of(request, what, at=at)):
        return private(render(request, receipt_template, context | {"receipt": shown}))
    if fault := unasked_file(form, request):
        if not form.is_bound:
            return private(render(request, template, context | {"form": form, "fault": fault}, status=400))
        form.add_error(None, fault)
    if form.is_valid():
        if not limits.within(request, what, times=times, seconds=HOUR):
            return private(render(request, template, context | {"form": form, "fault": BUSY}, status=429))
        try:
            answer = once(request, what, act, at=at)
        except LawError as error:
            form.add_error(None, str(error))
        else:
            return private(redirect(f"{request.path}?{urlencode({'receipt': receipt(what, answer, at=at)})}"))
    status = 400 if form.errors else 200
    return private(render(request, template, context | {"form": form}, status=status))
