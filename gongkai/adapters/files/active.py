"""打开就会自己动的文件:程序、脚本、矢量图、宏。扩展名改成什么都一样,只看内容。"""

from __future__ import annotations

import re

#: 程序:Windows、Linux、macOS 的,安卓的,Java 的,网页里的;快捷方式、安装包里的也算。
PROGRAMS = (
    b"\x7fELF",
    b"\xfe\xed\xfa\xce",
    b"\xfe\xed\xfa\xcf",
    b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe",
    b"dex\n0",
    b"\x00asm",
    b"L\x00\x00\x00\x01\x14\x02\x00",
    b"MSCF\x00\x00\x00\x00",
)
#: 文字以前可以有的:字节序标记、空白、注释、声明、文档类型。
_BEFORE = re.compile(r"(?:[\ufeff\x00-\x20]|<!--(?:(?!-->)[\s\S]){0,65536}-->|<\?xml[^>]{0,400}\?>)*", re.I)
_DOCTYPE = re.compile(r"<!doctype\s+(?!html\b)\w[^>\[]{0,600}(?:\[[^\]]{0,4000}\])?\s*>", re.I)
_SVG = re.compile(r"<(?:[a-z]\w{0,20}:)?svg[\s/>]", re.I)
_SCRIPT = re.compile(
    r"#!\s{0,8}[/A-Za-z]|@echo\s+off\b|<\?(?:php\b|=)|<%[@=!\s]|<(?:[\w-]{1,20}:)?stylesheet\b[^<>]{0,2000}XSL/Transform"
    r"|Windows Registry Editor Version|REGEDIT4\b|\[(?:InternetShortcut|Desktop Entry|autorun)\]"
    r"|(?:Set-ExecutionPolicy|On\s+Error\s+Resume\s+Next)\b|powershell(?:\.exe)?\s+-[A-Za-z]"
    r"|\(?\s{0,8}(?:async\s+)?function\b[\w\s*]{0,80}\(|\(\s{0,8}\)\s{0,8}=>|['\"]use strict['\"]"
    r"|(?:var|let|const)\s+[\w$]{1,80}\s{0,8}=",
    re.I,
)
#: 正文里任何地方有这些,就是服务器或者浏览器要执行的。
_ANYWHERE = re.compile(
    r"<\?php\s|\bnew\s+ActiveXObject\s{0,8}\(|\bWScript\.(?:Shell|CreateObject)\b|<script\s+[^<>]{0,200}runat\s*=",
    re.I,
)
#: 表格软件打开就去执行的公式(动态数据交换)。
_COMMAND = re.compile(r"(?:^|[,;\t\"'])[=+\-@][^,;\t\r\n|]{0,80}\|[^,;\t\r\n!]{0,400}![A-Za-z$]", re.M)
_MACROS = re.compile(r"(?:^|/)(?:vbaProject\.bin|macrosheets/.{1,200}|activeX\d{0,4}\.bin)$", re.I)
_OLD_MACROS = "_VBA_PROJECT".encode("utf-16-le")
#: Office 文件自己的部件,里面的扩展名不是人起的。
_OFFICE = re.compile(r"(?:word|xl|ppt|docProps|customXml|_rels)/|OFD\.xml$|Doc_\d{1,4}/")
#: 双击就会执行的扩展名。
_RUNS = re.compile(
    r"\.(?:exe|com|scr|bat|cmd|pif|msi|msp|cpl|dll|jar|apk|lnk|url|reg|inf|hta|js|jse|vbs|vbe|wsf|wsh|ps1|psm1|sh"
    r"|command|desktop|php\d?|phtml|jsp|jspx|asp|aspx|cgi|py|pl|svg|svgz|s?html?|xht|xhtml|mht|mhtml|chm|swf|docm|dotm|xlsm"
    r"|xltm|xlam|xll|pptm|potm|ppam|iso|img|vhdx?)$",
    re.I,
)


def is_svg(text: str) -> bool:
    """Whether the text begins as a vector picture, which may hold scripts.

    >>> is_svg("<?xml version='1.0'?><!-- 图 --><svg onload='alert(1)'/>"), is_svg("附图见<svg>标记的说明。")
    (True, False)
    """
    start = _after(text)
    if drawn := _DOCTYPE.match(start):
        start = _after(start[drawn.end() :])
    return _SVG.match(start) is not None


def is_script(text: str) -> bool:
    """Whether the text is a script: by its first words, or by what only a server or a spreadsheet would run.

    >>> is_script("#!/bin/sh\\nrm -rf ~"), is_script("=cmd|' /C calc'!A0,甲镇"), is_script("#!重要!#各镇:")
    (True, True, False)
    """
    return bool(_SCRIPT.match(_after(text)) or _ANYWHERE.search(text) or _COMMAND.search(text))


def _after(text: str) -> str:
    found = _BEFORE.match(text)
    return text[found.end() :] if found else text


def runs(name: str) -> bool:
    """Whether a file of this name is executed, or shown with its scripts, when it is double-clicked.

    >>> runs("说明.pdf.JS"), runs("说明.pdf"), runs("说明.exe . ")
    (True, False, True)
    """
    return _RUNS.search(name.strip(" .\u3000")) is not None


def carried(data: bytes, names: tuple[str, ...]) -> str | None:
    """What an archive or an Office file carries that would run; None if nothing.

    Args:
        names: of its parts, if it is an archive.
    """
    if any(_MACROS.search(name) for name in names):
        return "里面有宏"
    if data.startswith(b"\xd0\xcf\x11\xe0") and _OLD_MACROS in data:
        return "里面有宏"
    found = next((name for name in names if not _OFFICE.match(name) and runs(name)), None)
    return f"里面有会执行的“{found.rpartition('/')[2][-60:]}”" if found else None
