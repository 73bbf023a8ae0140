"""``gongkai keys``:看、换个人信息的密钥。"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from gongkai.adapters.vault import VaultError
from gongkai.law.errors import RuleBroken
from gongkai.org import actions, keyring
from gongkai.org.vault import vault


class Command(BaseCommand):
    help = "个人信息的密钥:status 看各密钥加密着多少处;rotate 换一把新的并全部重新加密;reseal 接着没有做完的;retire 删旧的。"

    def add_arguments(self, parser: Any) -> None:
        choices = parser.add_subparsers(dest="what", required=True)
        choices.add_parser("status", help="有哪几把,各加密着多少处")
        choices.add_parser("rotate", help="加一把新的,以后都用它;原有的逐处重新加密,网站开着也能做")
        choices.add_parser("reseal", help="接着重新加密,中断以后用")
        retire = choices.add_parser("retire", help="旧的都不用了以后删去它们;以前的备份各有自己的一份")
        retire.add_argument("--stopped", action="store_true", help="网站和后台都停着,不用等三小时")

    def handle(self, *, what: str, stopped: bool = False, **options: Any) -> None:
        try:
            if what == "status":
                self.status()
            elif what == "retire":
                gone = actions.retire(at=timezone.now(), stopped=stopped)
                self.stdout.write(f"已删去旧密钥 {'、'.join(gone)}。请随即做一份备份。")
            else:
                if what == "rotate":
                    key_id = actions.new_key(at=timezone.now())
                    self.stdout.write(f"已换用新密钥 {key_id}。请把 vault.key 随即备份。")
                self.reseal()
        except (RuleBroken, VaultError) as error:
            raise CommandError(str(error)) from None

    def status(self) -> None:
        current = vault().current
        for key_id, number in keyring.census().items():
            state = "现在用的" if key_id == current else "旧的"
            self.stdout.write(f"{key_id} {state}:加密着{number}处")

    def reseal(self) -> None:
        done = actions.reseal(at=timezone.now(), progress=self.progress)
        if self.stderr.isatty():
            self.stderr.write("")
        for place in done.unopened:
            self.stderr.write(f"打不开,没有动:{place}")
        self.stdout.write(f"重新加密了{done.done}处。三小时以后可以删旧密钥:gongkai keys retire。")

    def progress(self, place: str, done: int) -> None:
        """One line that grows on a terminal."""
        if self.stderr.isatty():
            self.stderr.write(f"\r{place}：{done}处 ", ending="")
            self.stderr.flush()
