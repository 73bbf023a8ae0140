"""登记后台任务:说清隔多久还是每天几点,收的参数同给的对得上,一个名字一件。"""

from datetime import time, timedelta

import pytest

from gongkai.org import jobs


def test_registering():
    for rhythm in ({}, {"every": timedelta(1), "daily": time(1)}):
        with pytest.raises(TypeError):
            jobs.periodic("x", "x", **rhythm)
    for rhythm, job in (
        ({"every": timedelta(1)}, lambda *, on, at: None),
        ({"daily": time(1)}, lambda *, at: None),
    ):
        with pytest.raises(TypeError):
            jobs.periodic("x", "x", **rhythm)(job)


def test_a_name_is_taken_once(monkeypatch):
    monkeypatch.setattr(jobs, "_periodic", {})
    monkeypatch.setattr(jobs, "_followers", {})
    for register in (jobs.periodic("n", "x", daily=time(1)), jobs.follower("n", "x")):
        job = register(lambda *, on, at: None)
        assert register(job) is job
        with pytest.raises(ValueError):
            register(lambda *, on, at: "别的")


def test_when_in_words():
    assert jobs.Periodic("n", "x", print, daily=time(2, 5)).when == "每天02:05"
    assert jobs.Periodic("n", "x", print, every=timedelta(minutes=5)).when == "每5分钟"
