"""一件信息上,政策这一层能办的步骤:进它的发布包,或者建立一个。"""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse

from gongkai.org import access
from gongkai.org.models import User
from gongkai.records.models import Record
from gongkai.records.review import Step

from .actions.packages import INTERPRETATION
from .models import Package

#: 可以有解读的信息:文件类的。
PAPERS = ("normative", "document")


def record_steps(record: Record, user: User) -> Iterator[Step]:
    """The way to the record's package, or a button that starts one."""
    package = Package.objects.filter(Q(policy=record) | Q(parts__record=record)).first()
    if package is not None:
        if access.may(user, "policies.view", record.agency):
            yield Step("package", "同步发布", reverse("desk:policies_package", args=[package.pk]), True, main=True)
        return
    if record.type == INTERPRETATION or record.type not in PAPERS:
        return
    if access.may(user, "policies.write", record.agency):
        url = reverse("desk:policies_start", args=[record.pk])
        yield Step("package", "附上解读，同步发布", url, True, post=True)
