"""重写由代码生成的文档:``docs/law-index.md``、``docs/reference/{commands,law,rights,types}.md``。

``pages()`` 给出每一页应有的内容;测试拿它同仓库里的文件比,不一致就说明该跑 ``make docs``。
"""

from __future__ import annotations

import argparse
import importlib
import inspect
import io
import os
import pkgutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.web.settings")

NOTE = "<!-- 由 scripts/docs.py 生成,请勿手改;改了代码后跑 make docs。 -->\n\n"


def law_modules() -> list:
    import gongkai.law

    names = sorted(
        info.name
        for info in pkgutil.walk_packages(gongkai.law.__path__, "gongkai.law.")
        if not info.name.endswith("__main__")
    )
    return [importlib.import_module(name) for name in names]


def law_index() -> str:
    """Article → the function that carries it out."""
    law_modules()
    from gongkai.law.sources import INDEX, cite, laws

    order = list(laws())
    text = (
        NOTE
        + "# 条文索引\n\n哪一条由哪个函数执行。左栏是文中引用的写法。\n\n| 条文 | 写法 | 函数 |\n|---|---|---|\n"
    )

    def place(ref: str) -> tuple:
        key, _, rest = ref.partition(":")
        return (order.index(key), [int(part) for part in rest.split(".")] if rest else [])

    for ref in sorted(INDEX, key=place):
        functions = "、".join(f"`{name}`" for name in sorted(set(INDEX[ref])))
        text += f"| {cite(ref)} | `{ref}` | {functions} |\n"
    return text


def law_reference() -> str:
    """Every public function and class of the law core, with the first line of its docstring."""
    text = NOTE + "# 法律核心\n\n`gongkai/law` 的公开函数和类。只用标准库,可以单独使用。\n"
    for module in law_modules():
        members = [
            (name, member)
            for name, member in vars(module).items()
            if not name.startswith("_")
            and getattr(member, "__module__", None) == module.__name__
            and (inspect.isfunction(member) or inspect.isclass(member))
        ]
        if not members:
            continue
        text += f"\n## `{module.__name__}`\n\n{first_line(module)}\n\n"
        for name, member in members:
            kind = "()" if inspect.isfunction(member) else ""
            source = getattr(member, "source", "")
            basis = f"(依据{source})" if isinstance(source, str) and source else ""
            text += f"- `{name}{kind}` {first_line(member)}{basis}\n"
    return text


def first_line(thing: object) -> str:
    return (inspect.getdoc(thing) or "").split("\n", 1)[0].strip()


def commands() -> str:
    """Every management command with its arguments."""
    import django

    django.setup()
    from django.core.management import get_commands, load_command_class

    text = NOTE + "# 命令\n\n都用 `gongkai 命令` 运行;`gongkai 命令 --help` 有同样的说明。\n"
    ours = sorted(name for name, app in get_commands().items() if app.startswith("gongkai."))
    for name in ours:
        command = load_command_class(get_commands()[name], name)
        parser = command.create_parser("gongkai", name)
        text += f"\n## `gongkai {name}`\n\n{command.help}\n"
        text += arguments(parser)
    return text


SHARED = {
    "--help",
    "--version",
    "--verbosity",
    "--settings",
    "--pythonpath",
    "--traceback",
    "--no-color",
    "--force-color",
    "--skip-checks",
}


def arguments(parser: argparse.ArgumentParser, indent: str = "") -> str:
    rows = ""
    for action in parser._actions:
        if SHARED & set(action.option_strings):
            continue
        if isinstance(action, argparse._SubParsersAction):
            for name, sub in action.choices.items():
                about = next((item.help for item in action._choices_actions if item.dest == name), "") or ""
                rows += f"{indent}- `{name}` {about}\n" + arguments(sub, indent + "  ")
            continue
        label = ", ".join(action.option_strings) or (
            action.metavar if isinstance(action.metavar, str) else action.dest
        )
        rows += f"{indent}- `{label}` {(action.help or '').replace(argparse.SUPPRESS, '')}\n"
    return "\n" + rows if rows and not indent else rows


def record_types() -> str:
    """Every record type with its duty, what it must have and its own elements."""
    import django

    django.setup()
    from gongkai.law import duties
    from gongkai.records import types
    from gongkai.records.models import Description

    labels = {field.name: field.verbose_name for field in Description._meta.get_fields()}
    labels |= {"body": "正文", "attachments": "附件"}
    text = NOTE + "# 信息类型\n\n一类一个文件 `gongkai/records/data/types/<键>.toml`;加一类就是加一个文件。\n\n"
    text += "| 键 | 名称 | 法定公开事项 | 依据 | 必备 | 专门要素 |\n|---|---|---|---|---|---|\n"
    for kind in types.all():
        duty = duties.get(kind.duty)
        needed = "、".join(str(labels[name]) for name in kind.required) + (
            "、法制审核" if kind.legal_review else ""
        )
        special = "、".join(field.label + ("" if field.required else "(选填)") for field in kind.fields)
        text += f"| `{kind.key}` | {kind.label} | {duty.short} | {duty.basis} | {needed} | {special} |\n"
    return text


def rights() -> str:
    """Every action with the roles that may do it, by app."""
    import django

    django.setup()
    from gongkai.desk import tables
    from gongkai.law.agencies import DISTRICT_ROLES, Role

    text = (
        NOTE
        + "# 权限\n\n动作 × 岗位,合自各应用的 `data/rights.csv`。带 * 的岗位及于全区,其余的及于本单位、下级单位和并入本单位的单位。\n"
    )
    names = [role.label + ("*" if role in DISTRICT_ROLES else "") for role in Role]
    app = ""
    for action, roles in tables.rights().items():
        if app != (app := action.partition(".")[0]):
            text += (
                f"\n## {tables.actions()[app][0]}\n\n| 动作 | {' | '.join(names)} |\n|---|{'---|' * len(names)}\n"
            )
        text += f"| `{action}` | {' | '.join('可' if role in roles else '' for role in Role)} |\n"
    return text


def pages() -> dict[Path, str]:
    return {
        ROOT / "docs" / "law-index.md": law_index(),
        ROOT / "docs" / "reference" / "law.md": law_reference(),
        ROOT / "docs" / "reference" / "commands.md": commands(),
        ROOT / "docs" / "reference" / "types.md": record_types(),
        ROOT / "docs" / "reference" / "rights.md": rights(),
    }


if __name__ == "__main__":
    out = io.StringIO()
    for path, text in pages().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        print(path.relative_to(ROOT), file=out)
    print(out.getvalue(), end="")
