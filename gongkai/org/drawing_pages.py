"""公开抽选的表单和公众看的一页:约定、种子、抽出的次序、怎样重算。"""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongkai.desk.forms import Plain, moment_field
from gongkai.law.drawing import digest

from .drawings import Drawing


def source_fields() -> tuple[forms.Field, forms.Field]:
    """The two fields of an agreement (``draw_source``, ``draw_at``), for the form of what is drawn for."""
    hint = "写到谁都找得到同一个数，如某日某期某种彩票的开奖号码。不填的由机器取种子封存，先公布散列，抽选时公布种子。"
    return (
        forms.CharField(label="抽选用哪个公开数", max_length=200, required=False, help_text=hint),
        moment_field("这个数什么时候产生", required=False, help_text="在报名截止以后。"),
    )


class AgreeForm(Plain):
    """补一次约定。"""

    draw_source, draw_at = source_fields()


class DrawForm(Plain):
    """照约定抽;约定公开数的填两遍,填错了不能重来。"""

    number = forms.CharField(label="公布的数", max_length=64)
    again = forms.CharField(label="再填一遍", max_length=64, help_text="填错了结果不能重来。")

    def __init__(self, *args: Any, drawing: Drawing | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if drawing is None or not drawing.source:
            self.fields.clear()

    def clean_again(self) -> str:
        again = self.cleaned_data["again"]
        if again != self.cleaned_data.get("number"):
            raise forms.ValidationError("两遍填的不一样，请照公布的再填。")
        return again


def drawing_page(request: HttpRequest, drawing: Drawing, title: str, back: str) -> HttpResponse:
    """One drawing as the public may check it; of who signed up only the numbers."""
    rows = [
        (place, number, digest(number, drawing.seed), place <= drawing.seats)
        for place, number in enumerate(drawing.order, 1)
    ]
    context = {"drawing": drawing, "drawn_for": title, "back": back, "rows": rows}
    return render(request, "org/public/drawing.html", context)
