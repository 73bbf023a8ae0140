"""政府信息公开工作年度报告:格式、事实、校验(law.md 第3节)。

>>> report = from_row({"org": "明湖区", "year": 2023, "cells": {"一、本年新收": 3, "二、上年结转": 0,
...                    "(七)总计": 2, "四、结转下年度": 0}})
>>> [finding.id for finding in check(report)]
['E3']
"""

from .check import check, check_all, check_rows, is_sound
from .correct import Change, corrected
from .exchange import from_row, to_row
from .facts import Report
from .finding import Finding, Severity, rules
from .form import Form, form, form_of
from .layout import Cell, Grid, grids
from .outside import check_recount, check_rollup, due_on
from .value import Kind, Value

__all__ = [
    "Cell",
    "Change",
    "Finding",
    "Form",
    "Grid",
    "Kind",
    "Report",
    "Severity",
    "Value",
    "check",
    "check_all",
    "check_recount",
    "check_rollup",
    "check_rows",
    "corrected",
    "due_on",
    "form",
    "form_of",
    "from_row",
    "grids",
    "is_sound",
    "rules",
    "to_row",
]
