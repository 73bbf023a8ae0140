"""阵地(网站和账号)、检查和问题、报表和转发。"""

from .barriers import Barrier
from .findings import Entry, Finding, FindingQuerySet
from .outlets import Column, Move, Outlet, OutletQuerySet, Post
from .papers import Relay, Release, SiteReport, Whitelisted
from .rounds import Check, Evidence, Round, Sample, Visit

__all__ = [
    "Barrier",
    "Check",
    "Column",
    "Entry",
    "Evidence",
    "Finding",
    "FindingQuerySet",
    "Move",
    "Outlet",
    "OutletQuerySet",
    "Post",
    "Relay",
    "Release",
    "Round",
    "Sample",
    "SiteReport",
    "Visit",
    "Whitelisted",
]
