"""密文列:写库时加密,读出来是原文;按内容查不了,也不该查。"""

from __future__ import annotations

import json
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


class SealedJSONField(SealedTextField):
    """A dict or a list that lies sealed in the database; an empty one as it is. Otherwise like ``SealedTextField``."""

    def get_prep_value(self, value: Any) -> Any:
        if value is None or hasattr(value, "resolve_expression"):
            return value
        text = json.dumps(value, ensure_ascii=False)
        return vault().seal(text) if value else text

    def from_db_value(self, value: str | None, expression: object, connection: object) -> Any:
        text = super().from_db_value(value, expression, connection)
        return json.loads(text) if text is not None else None

    def to_python(self, value: Any) -> Any:
        return json.loads(value) if isinstance(value, str) else value

    def value_to_string(self, obj: models.Model) -> str:
        return json.dumps(self.value_from_object(obj), ensure_ascii=False)
