"""证照提醒的表单。"""

from __future__ import annotations

from django import forms

from gongkai.desk.forms import Plain
from gongkai.law import certificates
from gongkai.law.certificates import Pattern
from gongkai.notices.forms import ContactForm

from .fields import day


class ReminderForm(ContactForm):
    """到日子告诉我。"""

    ends_on = day("到期日期", help_text="照证上写的填。")
    issued_on = day("发证日期", help_text="不知道到期日的，固定期限的证可以填它。")
    consents = forms.BooleanField(label="我同意用这个地址接收这个证照的到期提醒")

    field_order = ("ends_on", "issued_on", "way", "address", "consents")


class LookForm(Plain):
    """凭编号和查询码改、停。"""

    number = forms.CharField(label="编号", max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    code = forms.CharField(label="查询码", max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    ends_on = day("新的到期日期", help_text="续办好了的填新证的；只看、只停的不用填。")


def kinds() -> list[certificates.Kind]:
    """The kinds of certificate for which one may be reminded."""
    return [one for one in certificates.kinds().values() if one.pattern is not Pattern.NONE]
