"""公众订阅的表单:一类一个勾,敏感的条件另有一个勾;工作台的几张表。"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from gongkai.desk.forms import Filter, Plain
from gongkai.law.errors import RuleBroken

from . import topics
from .actions.common import tidy
from .carriers import open_ways
from .terms import State, Way
from .topics import Choice, Topic

_HINT = {Way.MAIL: "邮箱", Way.SMS: "手机号码", Way.DINGTALK: "浙政钉账号", Way.WECHAT: "微信订阅号里给您的编号"}


class ContactForm(Plain):
    """经什么渠道、发到哪里。"""

    way = forms.ChoiceField(label="怎样告诉您", widget=forms.RadioSelect)
    address = forms.CharField(
        label="您的地址",
        required=False,
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ways = open_ways()
        words = {one: one.label for one in ways} | {
            Way.STATION: "站内信（不留联系方式，给您一个查询码，自己来看）"
        }
        self.fields["way"].choices = [(one.value, words[one]) for one in ways]  # type: ignore[attr-defined]
        self.initial.setdefault("way", Way.MAIL.value)
        kinds = "、".join(_HINT[one] for one in ways if one in _HINT)
        self.fields["address"].help_text = f"{kinds}。加密保存，只用来发您订的消息，退订就清除；选站内信的不用填。"
        self.fields["address"].widget.attrs["aria-describedby"] = "id_address_hint"

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        way = Way.from_value(given["way"]) if given.get("way") else None
        if way and way is not Way.STATION:
            try:
                given["address"] = tidy(way, given.get("address", ""))
            except RuleBroken as error:
                self.add_error("address", str(error))
        return given

    @property
    def chosen_way(self) -> Way:
        return Way.from_value(self.cleaned_data["way"])


class OwnForm(ContactForm):
    """自己的一件事有进展时告诉我。"""

    consents = forms.BooleanField(label="我同意用这个地址接收这件事的通知")


@dataclass(frozen=True, slots=True)
class Part:
    """表单里的一类:勾、条件、单独同意的勾。"""

    topic: Topic
    want: BoundField
    criteria: list[BoundField]
    sensitive: BoundField | None


class SubscribeForm(ContactForm):
    """订阅页:每一类各勾各的。"""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = topics.offered()
        for topic in self.offered:
            base = _name(topic)
            self.fields[base] = forms.BooleanField(
                label=f"订阅“{topic.label}”，同意用我的地址接收", required=False
            )
            for criterion in topic.criteria:
                self.fields[f"{base}-{criterion.key}"] = forms.MultipleChoiceField(
                    label=f"{criterion.label}（不选就是全部）",
                    required=False,
                    choices=criterion.options(),
                    widget=forms.CheckboxSelectMultiple,
                )
            if topic.asks_sensitive:
                names = "、".join(criterion.label for criterion in topic.criteria if criterion.sensitive)
                self.fields[f"{base}-sensitive"] = forms.BooleanField(
                    label=f"我单独同意为此处理我选的“{names}”（敏感个人信息，加密保存）", required=False
                )

    @property
    def contact(self) -> list[BoundField]:
        return [self["way"], self["address"]]

    @property
    def parts(self) -> Iterator[Part]:
        for topic in self.offered:
            base = _name(topic)
            sensitive = self[f"{base}-sensitive"] if topic.asks_sensitive else None
            yield Part(topic, self[base], [self[f"{base}-{each.key}"] for each in topic.criteria], sensitive)

    def choices(self) -> list[Choice]:
        """What was ticked."""
        given = self.cleaned_data
        return [
            Choice(
                one.key,
                {each.key: given[f"{_name(one)}-{each.key}"] for each in one.criteria},
                consents=True,
                consents_sensitive=bool(given.get(f"{_name(one)}-sensitive")),
            )
            for one in self.offered
            if given.get(_name(one))
        ]


def _name(topic: Topic) -> str:
    return "topic-" + topic.key.replace(".", "-")


class InboxForm(Plain):
    """凭查询码看站内信。"""

    code = forms.CharField(
        label="查询码",
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text="订阅时给您的十二位字母和数字，大小写、连字符不论。",
    )


class OutboxFilter(Filter):
    """发件箱的筛选。"""

    state = forms.ChoiceField(label="到了哪一步", required=False, choices=[("", "全部"), *State.choices()])
    way = forms.ChoiceField(label="渠道", required=False, choices=[("", "全部"), *Way.choices()])
    topic = forms.ChoiceField(label="订阅的事", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.base_fields["topic"].choices = [  # type: ignore[attr-defined]
            ("", "全部"),
            *((one.key, one.label) for one in topics.topics().values()),
        ]
        super().__init__(*args, **kwargs)


class PauseForm(Plain):
    """暂停一个通道、不再推送一件。"""

    why = forms.CharField(label="为什么", max_length=150)


class GatewayForm(Plain):
    """网关的网址。"""

    url = forms.CharField(
        label="网址",
        required=False,
        max_length=200,
        help_text="以 https:// 开头；空着就是不再用这个渠道。存下以后给出一个新密钥，只显示一次。",
    )


class RestoreForm(Plain):
    """恢复停用的地址。"""

    way = forms.ChoiceField(label="渠道", choices=[one for one in Way.choices() if one[0] != Way.STATION])
    address = forms.CharField(
        label="地址",
        max_length=254,
        help_text="由本人告诉您；只用来找到它，不另存。",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class RetryForm(Plain):
    """再发一条。"""

    checked = forms.BooleanField(
        label="已经向通道核实，这一条确实没有发出", required=False, help_text="“未知”的要勾；“没有发出”的不用。"
    )
