"""控制台命令 ``gongkai``:全部管理命令。"""

import os
import sys


def demo_environment(arguments: list[str]) -> None:
    """演示环境的设置要在读设置之前定下:资料目录、不强制两步验证、页面注明演示。"""
    folder = "var/demo"
    for number, argument in enumerate(arguments):
        if argument == "--data" and number + 1 < len(arguments):
            folder = arguments[number + 1]
        elif argument.startswith("--data="):
            folder = argument.partition("=")[2]
    os.environ["GONGKAI_DATA"] = os.path.abspath(folder)
    os.environ.setdefault("GONGKAI_DEMO", "1")
    os.environ.setdefault("GONGKAI_REQUIRE_MFA", "0")


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.web.settings")
    if sys.argv[1:2] == ["demo"]:
        demo_environment(sys.argv[2:])
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
