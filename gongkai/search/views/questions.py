"""把没有找到答案的问题送给单位。看答复、看公开的问答在 ``questions``。

不用会话、不放 Cookie:没有可以冒用的身份,不需要防跨站令牌;限次见 ``org.public_step``。
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt

from gongkai.adapters.plaintext import line
from gongkai.org.once import Answer
from gongkai.org.public_step import public_step
from gongkai.questions import actions

from ..public_forms import SendForm
from ..unit_questions import UNIT


@csrf_exempt
@cache_control(no_store=True)
def send(request: HttpRequest) -> HttpResponse:
    """把问题送给单位,当场给编号和查询码。"""
    at = timezone.now()
    text = line(request.GET.get("q", ""))[:1000]
    initial = {"agency": request.GET.get("agency", "")[:40], "text": text}
    form = SendForm(request.POST or None, today=timezone.localdate(), initial=initial)

    def act() -> Answer:
        given = form.cleaned_data
        question, code = actions.ask(
            UNIT, given["agency"], given["text"], contact=form.contact(), consents=given["consents"], at=at
        )
        return {"number": question.number, "code": code, "agency": str(question.agency), "text": question.text}

    return public_step(request, "question", form, act, "search/send.html", "search/sent.html", at=at)
