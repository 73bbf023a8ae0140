"""公众一侧:把没有找到答案的问题送给单位。"""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from gongkai.desk.forms import CHOOSE, Plain
from gongkai.org.models import Agency


class SendForm(Plain):
    """送给单位的一问。"""

    agency = forms.ModelChoiceField(
        Agency.objects.none(),
        label="送给哪个单位",
        empty_label=CHOOSE,
        to_field_name="code",
        help_text="不知道归谁管的，选区政府办公室，由它转给该答的单位。",
    )
    text = forms.CharField(
        label="要问的事",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="请不要写身份证号、银行卡号和别人的私事。",
    )
    name = forms.CharField(label="怎样称呼您", max_length=40, required=False)
    phone = forms.CharField(label="联系电话", max_length=30, required=False)
    email = forms.EmailField(
        label="电子邮箱", required=False, help_text="称呼、电话、邮箱都可以不填；填了的加密保存，只用来答复您。"
    )
    consents = forms.BooleanField(label="同意把这一问和答复公开，给别人参考（不公开您是谁）", required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = Agency.objects.current(today)  # type: ignore[attr-defined]

    def contact(self) -> dict[str, str]:
        """What was given of the person."""
        return {key: self.cleaned_data[key] for key in ("name", "phone", "email")}
