"""密文列:写库时加密,读出来是原文;按内容查不了,也不该查。"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import FieldError
from django.db import models

from gongkai.adapters.vault import is_token

from .vault import vault


class SealedTextField(models.TextField):
    """Text that lies sealed in the database (``org.vault``) and is read in clear.

    Rows from before the column was sealed are read as they are; saving seals them. It cannot be searched: an
    index over it would hold what is hidden here.
    """

    def get_prep_value(self, value: Any) -> Any:
        text = super().get_prep_value(value)
        return vault().seal(text) if text else text

    def from_db_value(self, value: str | None, expression: object, connection: object) -> str | None:
        return vault().unseal(value) if value and is_token(value) else value

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name != "isnull":
            raise FieldError(f"“{self.name}”是密文，不能按内容查找。")
        return super().get_lookup(lookup_name)
