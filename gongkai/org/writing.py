"""写库以前的最后一道:每个文字列都去掉写不进订阅、公文的字符,无论是表单、导入还是接口写的。"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from django.db import models
from django.db.models.signals import pre_save

from gongkai.adapters.plaintext import clean, clean_deep

from .models import LogEntry
from .sealed import SealedJSONField


def connect() -> None:
    """Hear of every save; rows of other packages (sessions, second steps) are left alone."""
    pre_save.connect(_clean_texts, dispatch_uid="org.writing")


def _clean_texts(sender: type[models.Model], instance: models.Model, **kwargs: Any) -> None:
    for name, how in _texts(sender):
        value = instance.__dict__.get(name)
        if value:
            setattr(instance, name, how(value))


@cache
def _texts(model: type[models.Model]) -> tuple[tuple[str, Callable[[Any], Any]], ...]:
    """The text columns of one of our tables, and how each is cleaned: a short column stays on one line."""
    # 操作记录在算散列以前就清过(actions.journal),写的时候不能再动
    if not model.__module__.startswith("gongkai.") or model is LogEntry:
        return ()
    return tuple((field.attname, how) for field in model._meta.concrete_fields if (how := _how(field)))


def _how(field: models.Field[Any, Any]) -> Callable[[Any], Any] | None:
    if isinstance(field, models.JSONField | SealedJSONField):
        return clean_deep
    if isinstance(field, models.TextField):
        return clean
    return _one_line if isinstance(field, models.CharField) else None


def _one_line(text: str) -> str:
    return clean(str(text)).replace("\n", " ")
