"""工作台清单的筛选:决策卷、各轮征求意见、会议。"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from gongkai.desk.forms import Filter
from gongkai.desk.moments import local_day
from gongkai.law.decisions import Category
from gongkai.org.fields import agency_filter
from gongkai.records.models import Record

from .models import Consultation, Dossier, Meeting
from .terms import Phase


def _choices(term: Any) -> list[tuple[str, str]]:
    return [("", "全部"), *term.choices()]


class DossierFilter(Filter):
    """决策卷的筛选;``list`` 是哪一张清单,换清单时别的条件留着。"""

    list = forms.SlugField(required=False, widget=forms.HiddenInput)
    q = forms.CharField(label="事项里的词", required=False, max_length=60)
    lead = agency_filter("牵头单位")
    category = forms.ChoiceField(label="类别", required=False, choices=_choices(Category))

    @property
    def is_set(self) -> bool:
        return any(value for name, value in self.cleaned_data.items() if name != "list")

    def narrow(self, rows: QuerySet[Dossier]) -> QuerySet[Dossier]:
        """The rows that fit everything asked for."""
        if words := self.value_of("q"):
            rows = rows.filter(title__icontains=words)
        rows = self.narrowed(rows, "lead", "category")
        return rows


class RoundFilter(Filter):
    """各轮征求意见的筛选。"""

    q = forms.CharField(label="公告里的词", required=False, max_length=60)
    lead = agency_filter("承办单位")
    now = forms.ChoiceField(label="现在", required=False, choices=_choices(Phase))

    def narrow(self, rows: QuerySet[Consultation], at: datetime) -> QuerySet[Consultation]:
        """The rows that fit everything asked for, by where they stand at that moment."""
        if words := self.value_of("q"):
            rows = rows.filter(record__title__icontains=words)
        if lead := self.value_of("lead"):
            rows = rows.filter(dossier__lead=lead)
        if now := self.value_of("now"):
            rows = rows.filter(_in_phase(Phase.from_value(now), at))
        return rows


def _in_phase(phase: Phase, at: datetime) -> Q:
    """The condition of ``Consultation.phase``."""
    public = Record.objects.public(at).values("pk")
    shown, over, done = Q(record__in=public), Q(end_on__lt=local_day(at)), Q(feedback__in=public)
    return {
        Phase.PREPARING: ~shown,
        Phase.OPEN: shown & ~over,
        Phase.SUMMING: shown & over & (Q(feedback=None) | ~done),
        Phase.DONE: shown & over & done,
    }[phase]


class MeetingFilter(Filter):
    """会议的筛选。"""

    agency = agency_filter("开会的机关")
    kind = forms.ChoiceField(
        label="会议", required=False, choices=[("", "全部"), *(Meeting._meta.get_field("kind").choices or ())]
    )
    year = forms.IntegerField(label="年份", required=False, min_value=1949, max_value=2999)
    lacking = forms.BooleanField(label="会后没有公开的", required=False)

    def narrow(self, rows: QuerySet[Meeting], at: datetime) -> QuerySet[Meeting]:
        """The rows that fit everything asked for; a meeting that is secret by law lacks nothing."""
        for name, column in (("agency", "agency"), ("kind", "kind"), ("year", "held_on__year")):
            if value := self.value_of(name):
                rows = rows.filter(**{column: value})
        if self.value_of("lacking"):
            public = Q(record__in=Record.objects.public(at).values("pk"))
            rows = rows.filter(~public | Q(record=None), secret_basis="", held_on__lt=local_day(at))
        return rows
