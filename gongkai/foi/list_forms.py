"""案件清单的筛选。"""

from __future__ import annotations

from django import forms
from django.http import QueryDict

from gongkai.desk.forms import Filter
from gongkai.law import replies
from gongkai.law.receipt import Channel
from gongkai.org import access
from gongkai.org.models import Agency, User

from .terms import ApplicantKind, State


class CaseFilter(Filter):
    """案件清单的筛选。"""

    q = forms.CharField(label="受理编号或者所需信息", required=False, max_length=60)
    agency = forms.ModelChoiceField(Agency.objects.none(), label="机关", required=False, empty_label="全部")
    state = forms.ChoiceField(label="环节", required=False)
    due = forms.ChoiceField(
        label="期限",
        required=False,
        choices=[
            ("", "全部"),
            ("overdue", "已经逾期未答复"),
            *((str(n), f"{n}个工作日内到期") for n in (3, 5)),
            ("late", "逾期答复的"),
        ],
    )
    awaits = forms.ChoiceField(
        label="等着办",
        required=False,
        choices=[
            ("", "全部"),
            ("secrecy", "待保密审查"),
            ("legal", "待法制审核"),
            ("sign", "待签发"),
            ("escalated", "多次催办没有进展"),
        ],
    )
    outcome = forms.ChoiceField(label="处理结果", required=False)
    channel = forms.ChoiceField(label="渠道", required=False, choices=[("", "全部"), *Channel.choices()])
    applicant_kind = forms.ChoiceField(
        label="申请人类别", required=False, choices=[("", "全部"), *ApplicantKind.choices()]
    )
    year = forms.IntegerField(label="收到年份", required=False, min_value=2008, max_value=2100)
    mine = forms.BooleanField(label="我承办的", required=False)

    def __init__(self, data: QueryDict, *, user: User) -> None:
        super().__init__(data)
        self.fields["agency"].queryset = access.agencies_of(user, "foi.view")  # type: ignore[attr-defined]
        self.fields["state"].choices = [("", "全部"), ("open", "全部在办的"), *State.choices()]  # type: ignore[attr-defined]
        self.fields["outcome"].choices = [("", "全部")] + [  # type: ignore[attr-defined]
            (key, one.label) for key, one in replies.outcomes().items()
        ]
        self.full_clean()
