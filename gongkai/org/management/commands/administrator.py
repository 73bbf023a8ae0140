"""``gongkai administrator``:建第一个管理员。"""

from __future__ import annotations

import getpass
import os
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from gongkai.law.agencies import AgencyKind, Role
from gongkai.org import actions
from gongkai.org.models import Agency, User
from gongkai.org.site import current


class Command(BaseCommand):
    help = (
        "建一个管理员;单位表是空的,就先按 site.toml 建主办单位。口令按提示输入,或者用环境变量 GONGKAI_PASSWORD。"
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("username", help="用户名")
        parser.add_argument("--name", required=True, help="姓名")

    def handle(self, *, username: str, name: str, **options: Any) -> None:
        if User.objects.filter(username=username).exists():
            raise CommandError(f"用户名“{username}”已经有了。")
        password = os.environ.get("GONGKAI_PASSWORD") or getpass.getpass("口令:")
        try:
            validate_password(password)
        except ValidationError as error:
            raise CommandError("口令不合要求:" + "".join(error.messages)) from None
        at = timezone.now()
        agency = Agency.objects.order_by("order", "code").first()
        if agency is None:
            agency = actions.save_agency(
                Agency(code="A01", name=current().organiser, kind=AgencyKind.DEPARTMENT), by=None, at=at
            )
        user = actions.add_person(username, name, password, by=None, at=at)
        actions.grant(user, agency, Role.ADMINISTRATOR, by=None, at=at)
        self.stdout.write(f"已建管理员{name}({username})。登录后请先设置两步验证。")
