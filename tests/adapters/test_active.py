"""打开就会自己动的文件:按内容认,改什么扩展名、前面垫什么都一样。"""

from __future__ import annotations

import pytest

from gongkai.adapters.files import ACTIVE, ALLOWED, Kind, active_content, kind_of
from gongkai.law.errors import RuleBroken
from gongkai.records.sealed_files import typed

from .test_files import sheet, zipped

pytestmark = pytest.mark.once
SVG = "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'></svg>"
PICTURES = (
    SVG,
    "\ufeff" + SVG,
    "<?xml version='1.0'?>\n<!-- 图 -->\n" + SVG,
    "<!-- " + "注" * 9000 + " -->" + SVG,
    '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "svg11.dtd">\n' + SVG,
    '<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x "y">]>' + SVG,
    "<s:svg xmlns:s='http://www.w3.org/2000/svg'/>",
    "\n" * 70000 + SVG.upper(),
    SVG.encode("utf-16"),
    SVG.encode("utf-16-le"),
)
PAGES = (
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//x></SCRIPT>",
    "各镇：\n<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<x onclick=alert(1)>",
    '<a href="javascript:1">通知</a>',
    "<iframe src=javascript:1>",
    "<hta:application id=x><script>1</script>",
    "<html><table><tr><td>1,2</td></tr></table></html>",
)
SCRIPTS = (
    "#!/bin/sh\nls",
    "\ufeff#! /usr/bin/env python3\n",
    "<?php system($_GET[1]);",
    "<?= 1 ?>",
    "通知\n<?php eval(1);?>",
    '<%@ page import="java.io.*" %>',
    "@echo off\r\ndel *",
    "Windows Registry Editor Version 5.00\r\n".encode("utf-16"),
    "[InternetShortcut]\r\nURL=file:///c:/x",
    "On Error Resume Next\r\nx = 1",
    'var x = new ActiveXObject("WScript.Shell")',
    "(function(){ return 1 })()",
    "名称,数\n=cmd|' /C calc'!A0,1\n",
    "a,b\n\"@SUM(1+9)*cmd|' /C calc'!A0\",2\n",
)
PROGRAMS = (
    b"MZ\x90\x00\x03\x00\x00\x00",
    b"MZ This program",
    b"\x7fELF hello",
    b"\xca\xfe\xba\xbe\x00\x00",
    b"\x00asm\x01",
)


@pytest.mark.parametrize(
    ("contents", "kind"),
    [(PICTURES, Kind.SVG), (PAGES, Kind.HTML), (SCRIPTS, Kind.SCRIPT), (PROGRAMS, Kind.EXE)],
)
def test_what_acts_by_itself_is_told_by_its_content_and_refused(contents, kind):
    for content in contents:
        data = content.encode() if isinstance(content, str) else content
        assert kind_of(data) is kind, content[:80]
        with pytest.raises(RuleBroken, match="不能收"):
            typed("说明.txt", data)
    assert kind in ACTIVE and kind not in ALLOWED


@pytest.mark.parametrize(
    "text",
    [
        "若<a 且 b>c，则不予补贴。",
        "#!重要!#各镇：",
        "MZ乡镇简称表\n甲镇",
        "名称,数\n=合计,3\n=小计,4\n",
        "-5|3!,2\n1,2\n",
        "本办法所称PowerShell - 工具，网址<http://a.gov.cn/?on=1>。",
        "附图见<svg>标记的说明。",
    ],
)
def test_a_paper_that_only_speaks_of_such_things_is_taken(text):
    assert kind_of(text.encode()) in (Kind.TXT, Kind.CSV)
    assert typed("说明.txt", text.encode()) if kind_of(text.encode()) is Kind.TXT else True


def test_macros_and_programs_carried_inside_are_named():
    macros = zipped({"word/document.xml": "<w/>", "word/vbaProject.bin": "x"})
    with pytest.raises(RuleBroken, match="里面有宏，不能收"):
        typed("通知.docx", macros)
    assert active_content(zipped({"资料/说明.pdf.JS": "x"}), Kind.ZIP) == "里面有会执行的“说明.pdf.JS”"
    assert (
        active_content(zipped({"资料/说明.txt": "x"}), Kind.ZIP) is None
        and active_content(sheet(), Kind.XLSX) is None
    )


@pytest.mark.parametrize("name", ["说明.js", "说明.pdf.HTA", "照片.svg ", "表.xlsm"])
def test_a_name_that_would_run_when_saved_is_refused(name):
    with pytest.raises(RuleBroken, match="扩展名"):
        typed(name, "各镇人民政府：".encode())
