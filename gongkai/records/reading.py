"""成批读出别的单位页面的命令:一行一个 JSON 对象进,一行一个出,顺序相同;读不出的一行给 ``{}``,从不停下。"""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from django.core.management.base import BaseCommand, CommandError

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Way:
    """一种读法:说明,和读一行的函数;``file`` 的读法读一个文件,函数得到 ``{"path": …}``。"""

    about: str
    read: Callable[[Row], dict[str, Any]]
    file: bool = False


def answers(lines: Iterable[str], read: Callable[[Row], dict[str, Any]]) -> Iterator[tuple[dict[str, Any], str]]:
    """For each line that is not blank: what was read of it, and why nothing was, where nothing was."""
    for line in lines:
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            if not isinstance(row, dict):
                raise TypeError("不是一个 JSON 对象")
            name = "_id" if "_id" in row else "id"
            yield ({name: row[name]} if name in row else {}) | read(row), ""
        except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
            yield {}, str(error) or type(error).__name__


class ReadingCommand(BaseCommand):
    """``gongkai 名称 读法 --text-file ROWS.jsonl [--json]``;``ways`` 是读法的名称 → ``Way``。"""

    ways: ClassVar[Mapping[str, Way]] = {}
    requires_system_checks: ClassVar[list[str]] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        names = parser.add_subparsers(dest="way", required=True, metavar="|".join(self.ways))
        for name, way in self.ways.items():
            arguments = names.add_parser(name, help=way.about)
            if way.file:
                arguments.add_argument("file", type=Path, metavar="FILE", help="要读的文件")
            else:
                arguments.add_argument(
                    "--text-file", type=Path, required=True, metavar="ROWS.jsonl", help="一行一个 JSON 对象"
                )
            arguments.add_argument("--json", action="store_true", help="一行输出一个 JSON 对象")

    def handle(self, *, way: str, text_file: Path | None = None, file: Path | None = None, **options: Any) -> None:
        indent = None if options["json"] else 2
        if file is not None:
            answer = self.ways[way].read({"path": file})
            self.stdout.write(json.dumps(answer, ensure_ascii=False, default=str, indent=indent))
            return
        assert text_file is not None
        try:
            with text_file.open(encoding="utf-8", errors="replace") as lines:
                for number, (answer, trouble) in enumerate(answers(lines, self.ways[way].read), start=1):
                    if trouble:
                        self.stderr.write(f"第{number}行读不出来:{trouble}")
                    self.stdout.write(json.dumps(answer, ensure_ascii=False, default=str, indent=indent))
        except OSError as error:
            raise CommandError(f"打不开 {text_file}:{error.strerror}") from None
