"""工作台的表单。"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from gongkai.desk.forms import CHOOSE, Filter, Plain, long_text, moment_field, seen_field
from gongkai.law import indicators, site_report
from gongkai.law.indicators import Answer, Effect, Indicator, Subject
from gongkai.law.outlets import ONLINE, Platform, State, Step
from gongkai.org import access
from gongkai.org.drawing_pages import DrawForm
from gongkai.org.fields import agency_filter
from gongkai.org.models import Agency, User
from gongkai.records.forms import day_field

from .models import Check, Outlet
from .terms import ColumnKind, FindingState, Origin

_SITE_ONLY = ("is_own", "serves_nobody", "id_code", "icp", "police")
_ACCOUNT_ONLY = ("handle", "subject", "certified_until", "updated_on")


class Seen(Plain):
    """带着看过的那一稿的记号。"""

    seen = seen_field()


class EmptyForm(Seen):
    """只要确认的一步。"""


class ReasonForm(Seen):
    """一步的说明。"""

    reason = long_text("说明", rows=3, most=2000)


class OutletFilter(Filter):
    """台账的筛选。"""

    q = forms.CharField(label="名称里的词", required=False, max_length=40)
    platform = forms.ChoiceField(label="平台", required=False, choices=[("", "全部"), *Platform.choices()])
    state = forms.ChoiceField(label="状态", required=False, choices=[("", "全部"), *State.choices()])
    agency = agency_filter("主办单位")
    late = forms.BooleanField(label="超过更新期限的", required=False)


class NewOutletForm(Plain):
    """登记一个:先定在哪里、谁办。"""

    platform = forms.ChoiceField(label="平台", choices=[("", CHOOSE), *Platform.choices()])
    agency = forms.ModelChoiceField(Agency.objects.none(), label="主办单位", empty_label=CHOOSE)
    name = forms.CharField(label="全称", max_length=80, help_text="同认证的名称一致。")
    url = forms.CharField(label="网址", max_length=300, required=False, help_text="网站必填；账号填主页的链接。")
    purpose = long_text(
        "为什么开设", rows=3, required=False, hint="报批以前要写；已经在运行的可以不写。", most=1000
    )

    def __init__(self, *args: Any, user: User, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = access.agencies_of(user, "inspections.register").current(on)  # type: ignore[attr-defined]


class OutletForm(Seen):
    """基本情况;网站和账号各有各的几项。"""

    name = forms.CharField(label="全称", max_length=80)
    url = forms.CharField(label="网址", max_length=300, required=False)
    id_code = forms.RegexField(
        r"^(\d{10}|bm\d{8})$",
        label="网站标识码",
        required=False,
        help_text="十位数字，部门网站是 bm 加八位数字。",
        error_messages={"invalid": "标识码是十位数字，或者 bm 加八位数字。"},
    )
    icp = forms.CharField(label="ICP备案号", max_length=40, required=False)
    police = forms.CharField(label="公安备案号", max_length=40, required=False)
    is_own = forms.BooleanField(label="就是本软件办的这个网站（自查由数据库直接算，不去访问）", required=False)
    serves_nobody = forms.BooleanField(label="主办单位没有对外服务职能（不评办事服务）", required=False)
    handle = forms.CharField(label="账号（微信号、ID）", max_length=60, required=False)
    subject = forms.CharField(label="认证主体", max_length=80, required=False)
    certified_until = day_field("认证到期日", required=False)
    updated_on = day_field("最近更新", required=False, help_text="导入推文以后自动改到最近一条。")
    filing = forms.CharField(label="报送系统备案号", max_length=40, required=False)
    head = forms.CharField(label="分管负责人", max_length=40, required=False)
    keeper = forms.CharField(label="责任编辑", max_length=80, required=False, help_text="至少两人，用顿号分开。")
    security = forms.CharField(label="安全联系人", max_length=40, required=False)
    phone = forms.CharField(label="联系电话", max_length=30, required=False)
    opened_on = day_field("开通之日", required=False)
    purpose = long_text("为什么开设", rows=3, required=False, most=1000)

    def __init__(self, *args: Any, outlet: Outlet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in _ACCOUNT_ONLY if outlet.kind is Subject.SITE else _SITE_ONLY:
            del self.fields[name]


class MoveForm(Seen):
    """走一步。"""

    note = long_text("说明", rows=3, required=False, most=2000)
    paper = forms.CharField(label="文书号、回执号", max_length=80, required=False)

    def __init__(self, *args: Any, step: Step, papered: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if papered:
            self.fields["paper"].required = True


class ClosingForm(Seen):
    """关停公告的五样;名称和平台取自台账。"""

    basis = forms.CharField(label="依据", max_length=300, help_text="如“机构改革，职能并入区文旅局”。")
    stop_on = day_field("停止发布之日")
    cancel_on = day_field("启动注销之日")
    instead = forms.CharField(
        label="替代渠道", max_length=200, help_text="以后到哪里看，如“微信公众号‘明湖发布’”。"
    )


class ColumnForm(Plain):
    """一个栏目。"""

    name = forms.CharField(label="栏目", max_length=80)
    url = forms.CharField(label="网址", max_length=300)
    kind = forms.ChoiceField(label="类别", choices=ColumnKind.choices())
    level = forms.IntegerField(label="几级栏目", min_value=1, max_value=5, initial=1)
    days = forms.IntegerField(label="本地口径多少天更新", min_value=1, max_value=400, required=False)
    exempt = forms.CharField(
        label="不考核更新的理由", max_length=100, required=False, help_text="如“年度类”“一次性专题”；考核的留空。"
    )


class PostsForm(Plain):
    """导出表。"""

    file = forms.FileField(
        label="导出表",
        help_text="CSV 或者 XLSX，第一行是列名：名称、日期、标题；可以有平台、链接、种类、来源。",
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx"}),
    )


class RoundForm(Plain):
    """建立一轮。"""

    year = forms.IntegerField(label="年份", min_value=2015, max_value=2100)
    quarter = forms.TypedChoiceField(label="季度", coerce=int, choices=[(n, f"第{n}季度") for n in range(1, 5)])
    on = day_field("检查日（监测时间点）")
    site_percent = forms.IntegerField(label="网站抽查比例（%）", min_value=1, max_value=100)
    account_percent = forms.IntegerField(label="政务新媒体抽查比例（%）", min_value=1, max_value=100)
    draw_source = forms.CharField(
        label="抽样用哪个公开数",
        max_length=200,
        required=False,
        help_text="写到谁都找得到同一个数，如某日某期某种彩票的开奖号码。不填的由机器取种子封存，先记下散列，抽样时公布。",
    )
    draw_at = moment_field(
        "这个数什么时候产生", required=False, help_text="抽样框现在就定下，这个数要在以后产生。"
    )
    passes = long_text(
        "一定打得开的网址",
        rows=2,
        required=False,
        most=1000,
        hint="一行一个。访问别的网站以前先试这些：打不开，就是本机的网络有问题，这一轮不访问。",
    )
    fails = long_text(
        "一定不存在的网址",
        rows=2,
        required=False,
        most=1000,
        hint="一行一个。不答“不存在”的，说明中间有人改了应答。",
    )

    def canaries(self) -> list[dict[str, str]]:
        """The pages that are tried before any other."""
        pairs = (("passes", "ok"), ("fails", "dead"))
        return [{"url": url, "expect": said} for name, said in pairs for url in self.cleaned_data[name].split()]


class SampleForm(DrawForm):
    """照约定抽样。"""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen"] = seen_field()


class CheckForm(Seen):
    """一个阵地的检查表:每项三种回答和事实;``shown`` 的次序就是页面的次序。"""

    note = long_text("检查人的话", rows=2, required=False, most=1000)
    bonus = forms.DecimalField(
        label="加分", min_value=Decimal(0), max_value=Decimal(30), max_digits=4, decimal_places=1, required=False
    )
    screenshot = forms.FileField(
        label="截图",
        required=False,
        help_text="PNG 或者 JPEG，不超过5 MB；作为不符合各项的证据。",
        widget=forms.ClearableFileInput(attrs={"accept": "image/png,image/jpeg"}),
    )
    barriers = forms.FileField(
        label="无障碍检测结果",
        required=False,
        help_text="axe-core 导出的 JSON，不超过20 MB，可以是几个网页的。一条违反的规则成为一个疑似问题；工具定不了的请人核对。",
        widget=forms.ClearableFileInput(attrs={"accept": ".json,application/json"}),
    )
    done = forms.BooleanField(label="这一个查完了", required=False)

    def __init__(self, *args: Any, outlet: Outlet, checks: dict[str, Check], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.indicators = [one for one in indicators.indicators_for(outlet.kind) if one.effect is not Effect.BONUS]
        self.checks = checks
        if outlet.kind is not Subject.SITE:
            del self.fields["bonus"], self.fields["barriers"]
        for indicator in self.indicators:
            said = checks.get(indicator.code)
            self.fields[f"a-{indicator.code}"] = forms.ChoiceField(
                label=indicator.label,
                required=False,
                choices=[("", "没有看"), *Answer.choices()],
                initial=said.answer if said else "",
            )
            self.fields[f"n-{indicator.code}"] = forms.CharField(
                label=f"{indicator.label}：事实",
                required=False,
                max_length=1000,
                initial=said.note if said else "",
                widget=forms.Textarea(attrs={"rows": 2, "cols": 26}),
            )

    def shown(self) -> Iterator[tuple[str, list[tuple[Indicator, Any, Any, Check | None]]]]:
        """Groups of (indicator, its answer, its facts, what was said)."""
        groups: dict[str, list[tuple[Indicator, Any, Any, Check | None]]] = {}
        for indicator in self.indicators:
            row = (
                indicator,
                self[f"a-{indicator.code}"],
                self[f"n-{indicator.code}"],
                self.checks.get(indicator.code),
            )
            groups.setdefault(indicator.group, []).append(row)
        yield from groups.items()

    def rest(self) -> list[Any]:
        """The fields below the table."""
        return [self[name] for name in ("note", "bonus", "screenshot", "barriers", "done") if name in self.fields]

    def answers(self) -> dict[str, tuple[str, str]]:
        """What was chosen."""
        data = self.cleaned_data
        return {
            one.code: (data[f"a-{one.code}"], data[f"n-{one.code}"])
            for one in self.indicators
            if data[f"a-{one.code}"]
        }


class FindingFilter(Filter):
    """问题的筛选。"""

    q = forms.CharField(label="编号或者事实里的词", required=False, max_length=40)
    state = forms.ChoiceField(
        label="状态", required=False, choices=[("", "没有办结的"), ("all", "全部"), *FindingState.choices()]
    )
    origin = forms.ChoiceField(label="来源", required=False, choices=[("", "全部"), *Origin.choices()])
    agency = agency_filter("责任单位")
    late = forms.BooleanField(label="超期的", required=False)


class FindingForm(Plain):
    """登记一个问题。"""

    outlet = forms.ModelChoiceField(Outlet.objects.none(), label="网站或者账号", empty_label=CHOOSE)
    code = forms.ChoiceField(label="指标")
    text = long_text("事实", rows=3, hint="什么时候、在哪里、看到什么；引原文。", most=2000)
    url = forms.CharField(label="网址", max_length=500, required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Outlet.objects.filter(access.within(user, "inspections.check"), state__in=ONLINE).select_related(
            "agency"
        )
        self.fields["outlet"].queryset = rows  # type: ignore[attr-defined]
        both = {
            one.code: one
            for subject in Subject
            for one in indicators.indicators_for(subject)
            if one.effect is not Effect.BONUS
        }
        self.fields["code"].choices = [
            ("", CHOOSE),
            *((code, f"{code} {one.label}") for code, one in both.items()),
        ]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        outlet, code = data.get("outlet"), data.get("code")
        if outlet and code and code not in {one.code for one in indicators.indicators_for(outlet.kind)}:
            self.add_error("code", f"指标{code}不查{outlet.get_platform_display()}，请另选一项。")
        return data


class NoticeForm(Seen):
    """通知整改。"""

    due_on = day_field("哪一天以前改好", required=False, help_text="不填的按通常的天数。")


class RulingForm(Seen):
    """处理异议。"""

    upheld = forms.TypedChoiceField(
        label="异议",
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        choices=[("yes", "成立，撤销这个问题"), ("no", "不成立，照样整改")],
    )
    ruling = long_text("意见", rows=3, most=2000)


class RecheckForm(Seen):
    """复查。"""

    passed = forms.TypedChoiceField(
        label="复查",
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        choices=[("yes", "改好了"), ("no", "没有改好，退回整改")],
    )
    note = long_text("看到什么", rows=3, most=2000)


class FromLetterForm(FindingForm):
    """把找错的来信转成问题。"""


class ReleaseForm(Plain):
    """布置统一转发。"""

    title = forms.CharField(label="标题", max_length=120)
    text = long_text("统一的口径", rows=5, most=3000)
    url = forms.URLField(label="原文网址", max_length=300, assume_scheme="https")
    due_at = moment_field("最迟什么时候转发")
    platforms = forms.MultipleChoiceField(
        label="哪些平台的账号",
        choices=[one for one in Platform.choices() if one[0] != "site"],
        widget=forms.CheckboxSelectMultiple,
    )


class RelayForm(Plain):
    """登记转发。"""

    posted_at = moment_field("什么时候转发的")
    url = forms.CharField(label="链接", max_length=300, required=False)
    changed = forms.CharField(label="改了口径的，写改了什么、为什么", max_length=200, required=False)


class WhitelistForm(Plain):
    """加一个可以转载的来源。"""

    name = forms.CharField(label="来源", max_length=80)
    note = forms.CharField(label="说明", max_length=100, required=False)


class SiteReportForm(Seen):
    """年度报表里要人填的各项。"""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in site_report.fields().values():
            if field.by_person:
                self.fields[field.key] = _blank(field)

    def values(self) -> dict[str, Any]:
        """What was filled in."""
        data = {key: value for key, value in self.cleaned_data.items() if key != "seen"}
        return {key: value == "yes" if value in ("yes", "no") else value for key, value in data.items()}


def _blank(field: site_report.Field) -> forms.Field:
    if field.kind == "number":
        return forms.IntegerField(label=field.label, min_value=0, max_value=10**12, required=False)
    if field.kind == "yes":
        return forms.ChoiceField(
            label=field.label, choices=[("", CHOOSE), ("yes", "是"), ("no", "否")], required=False
        )
    return forms.CharField(label=field.label, max_length=300, required=False)
