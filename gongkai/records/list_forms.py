"""工作台信息清单的筛选和排序。"""

from __future__ import annotations

from datetime import date, datetime

from django import forms
from django.db.models import DateField, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.http import QueryDict

from gongkai.desk.forms import Filter
from gongkai.desk.moments import end_of
from gongkai.desk.sorting import Order
from gongkai.law.calendar import DAY
from gongkai.law.openness import Openness
from gongkai.org import access
from gongkai.org.models import Agency, User

from . import types
from .models import Edition, Record
from .terms import OPEN_STAGES, Stage
from .worklists import in_hands_of

#: 没有成文日期的、没有最迟公开日的,排在最后。
EARLIEST, LATEST = Value(date(1, 1, 1)), Value(date(9999, 12, 31))
ANNOTATED = {
    "made_or_first": Coalesce("made_on", EARLIEST, output_field=DateField()),
    "due_or_last": Coalesce("publication_due_on", LATEST, output_field=DateField()),
}
ORDERS = {
    "recent": Order("最近变动的在前", ("updated_at", "pk"), False),
    "still": Order("最久没有动的在前", ("updated_at", "pk"), True),
    "title": Order("按标题", ("title", "pk"), True),
    "agency": Order("按发布机构", ("agency_id", "pk"), True),
    "newest": Order("新成文的在前", ("made_or_first", "pk"), False),
    "oldest": Order("早成文的在前", ("made_or_first", "pk"), True),
    "due": Order("先到公开期限的在前", ("due_or_last", "pk"), True),
}
COLUMNS = (
    ("标题", ("title",)),
    ("发布机构", ("agency",)),
    ("状态", ()),
    ("在谁手上", ()),
    ("成文", ("newest", "oldest")),
    ("最迟公开", ("due",)),
    ("最近变动", ("recent", "still")),
)
#: 在办的按环节,办完的按公众看不看得到。
STATES = [
    *((stage.value, stage.label) for stage in Stage if stage in OPEN_STAGES),
    ("public", "已公开"),
    ("scheduled", "定时发布"),
    ("withdrawn", "已撤下"),
    ("withheld", "不主动公开"),
]
#: 一个姓名至多认这么多人。
NAMESAKES = 10


def _day(label: str) -> forms.DateField:
    return forms.DateField(label=label, required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))


class RecordFilter(Filter):
    """信息清单的筛选。"""

    q = forms.CharField(label="标题、文号或者索引号", required=False, max_length=80)
    agency = forms.ModelChoiceField(
        Agency.objects.none(), label="发布机构", to_field_name="code", required=False, empty_label="全部"
    )
    type = forms.ChoiceField(label="信息类型", required=False)
    state = forms.ChoiceField(label="状态", required=False, choices=[("", "全部"), *STATES])
    holder = forms.CharField(label="在谁手上（姓名）", required=False, max_length=40)
    made_from, made_to = _day("成文自"), _day("成文至")
    public_from, public_to = _day("公开自"), _day("公开至")

    def __init__(self, data: QueryDict, *, user: User) -> None:
        super().__init__(data)
        self.fields["agency"].queryset = access.agencies_of(user, "records.view")  # type: ignore[attr-defined]
        kinds = [(one.key, one.label) for one in types.all()]
        self.fields["type"].choices = [("", "全部"), *kinds]  # type: ignore[attr-defined]
        self.full_clean()

    @property
    def folded(self) -> bool:
        """Whether one of the conditions that are folded away is filled in, or filled in wrongly."""
        names = ("type", "holder", "made_from", "made_to", "public_from", "public_to")
        return any(self.value_of(name) or name in self.errors for name in names)

    def narrow(self, rows: QuerySet[Record], at: datetime) -> QuerySet[Record]:
        """Apply what is filled in properly. Every word of ``q`` must stand in the title or in a number."""
        for word in (self.value_of("q") or "").split()[:5]:
            rows = rows.filter(
                Q(title__icontains=word) | Q(doc_number__icontains=word) | Q(index_number__icontains=word)
            )
        rows = self.narrowed(rows, "agency", "type")
        if state := self.value_of("state"):
            rows = _in_state(rows, state, at)
        if name := self.value_of("holder"):
            rows = _held_by(rows, name)
        if day := self.value_of("made_from"):
            rows = rows.filter(made_on__gte=day)
        if day := self.value_of("made_to"):
            rows = rows.filter(made_on__lte=day)
        if self.value_of("public_from") or self.value_of("public_to"):
            rows = rows.public(at)
        if day := self.value_of("public_from"):
            rows = rows.filter(published_at__gt=end_of(day - DAY))
        if day := self.value_of("public_to"):
            rows = rows.filter(published_at__lte=end_of(day))
        return rows


def _in_state(rows: QuerySet[Record], state: str, at: datetime) -> QuerySet[Record]:
    if state == "public":
        return rows.public(at).filter(withdrawn="")
    if state == "scheduled":
        return rows.filter(published_at__gt=at, withdrawn="", openness=Openness.ACTIVE)
    if state == "withdrawn":
        return rows.exclude(withdrawn="")
    if state == "withheld":
        return rows.withheld()
    return rows.filter(pk__in=Edition.objects.filter(stage=state).values("record"))


def _held_by(rows: QuerySet[Record], name: str) -> QuerySet[Record]:
    """Rows that wait for a person of that name: drafts of the own, and what the person may review now."""
    held = Q(pk__in=())
    for person in User.objects.filter(name__icontains=name, is_active=True).order_by("pk")[:NAMESAKES]:
        held |= in_hands_of(person)
    return rows.filter(held)
