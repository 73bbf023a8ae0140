"""公众的表单带几个文件:按内容认类型,选过的加密存着,别处填错了不用重新选。"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django import forms

from gongkai.adapters.files import clean_name
from gongkai.adapters.files.limits import MIB
from gongkai.desk.forms import Plain
from gongkai.law.errors import LawError, RuleBroken

from . import held
from .sealed_files import typed

#: Files at most, and bytes of one.
MOST, LARGEST = 3, 10 * MIB
FEWER = "请合成一个文件，或者只留最要紧的；您写的都在。"
BUSY = "您在短时间内交来的文件太多"

#: (文件名, 内容)。
Brought = tuple[str, bytes]


class ManyFiles(forms.FileInput):
    """选几个文件的控件。"""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """几个文件一起选。"""

    def __init__(self, **options: Any) -> None:
        super().__init__(allow_empty_file=True, widget=ManyFiles(attrs={"multiple": True}), **options)

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        given = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(one, initial) for one in given if one]


class BringingForm(Plain):
    """带文件的表单。``brought()`` 是全部文件,先前选好的也在里面;一个不合,整张都不收,写明是哪一个。

    Args:
        at: now.
        may_hold: asked once files came: whether this visitor may still bring some.
    """

    file = FilesField(
        label="文件",
        required=False,
        help_text=f"可以不附。至多{MOST}个，一个不超过{LARGEST // MIB} MB，PDF、Word、Excel、图片、纯文本都行。加密保存，不公开。",
    )
    drop = forms.BooleanField(label="", required=False)
    held = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, at: datetime, may_hold: Callable[[], bool], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.at, self.may_hold, self.kept = at, may_hold, list[held.Kept]()

    def clean(self) -> dict[str, Any]:
        """Put the files by, whatever else is wrong in the form."""
        data = super().clean() or {}
        try:
            before = [] if data.get("drop") else held.opened(data.get("held", ""), at=self.at)
            self.kept = self._held(before)
        except LawError as error:
            self.add_error("file", str(error))
        self._show_kept()
        return data

    def _held(self, before: list[held.Kept]) -> list[held.Kept]:
        self.kept = before
        given = self.files.getlist(self.add_prefix("file")) if hasattr(self.files, "getlist") else []
        if len(before) + len(given) > MOST:
            raise RuleBroken(f"一次至多{MOST}个文件，现在有{len(before) + len(given)}个，都没有收下", fix=FEWER)
        if not given:
            return before
        if not self.may_hold():
            raise RuleBroken(BUSY, fix="请过一会儿再交；您写的都在。")
        found = []
        for one in given:
            content = one.read()
            one.seek(0)
            kind = typed(str(one.name)[-100:], content, most=LARGEST)
            found.append(("", clean_name(str(one.name), kind)[0], content))
        return held.hold(found, before, most=MOST, fix=FEWER)

    def _show_kept(self) -> None:
        """When the form is shown again: say what is there already, with a way to leave it out."""
        if hasattr(self.data, "setlist"):
            self.data.setlist(self.add_prefix("held"), [held.sealed(self.kept, at=self.at)])
            self.data.pop(self.add_prefix("drop"), None)
        names = "、".join(f"《{name}》" for _, name, _ in self.kept)
        self["drop"].label = f"不附先前选好的{names}"

    def visible_fields(self) -> list[forms.BoundField]:
        """Without the question what to leave out, as long as nothing is there."""
        return [one for one in super().visible_fields() if one.name != "drop" or self.kept]

    def brought(self) -> list[Brought]:
        """(文件名, 内容) of every file. Raises RuleBroken if one is gone."""
        return [(name, content) for _, name, content in held.contents(self.kept)]
