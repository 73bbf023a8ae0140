"""没有写完的文件:写的进程死了一天以上的清掉,正在写的、别的文件不动。"""

import os
from datetime import timedelta
from pathlib import Path

import pytest

from gongkai.records import jobs, store
from gongkai.search import attachments
from gongkai.search import jobs as search_jobs
from tests.records.office import AT

DAY = timedelta(days=1)


def left(path, age):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x")
    os.utime(path, ((AT - age).timestamp(),) * 2)
    return path


def half_made(root):
    """By name whether it goes: an old leftover, one that is being written, a whole file of any age, a folder."""
    kept = left(root / "ab" / ("ab" + "0" * 62), 30 * DAY)
    fresh = left(root / "ab" / ".new-fresh", DAY - timedelta(minutes=1))
    old = left(root / "ab" / ".new-old", DAY + timedelta(minutes=1))
    other = left(root / "cd" / ".new-older", 90 * DAY)
    (root / "ef" / ".new-folder").mkdir(parents=True)
    os.utime(root / "ef" / ".new-folder", ((AT - 90 * DAY).timestamp(),) * 2)
    return {old, other}, {kept, fresh}


def test_the_nightly_jobs_clear_each_store(settings):
    runs = (
        (jobs.sweep, settings.FILES_ROOT),
        (jobs.sweep, settings.CASE_FILES_ROOT),
        (search_jobs.sweep, attachments.folder()),
    )
    for run, root in runs:
        gone, kept = half_made(Path(root))
        assert run(on=AT.date(), at=AT) == "清掉2个没有写完的文件"
        assert not any(path.exists() for path in gone) and all(path.exists() for path in kept)
        assert run(on=AT.date(), at=AT) == "没有要清的"


def test_without_any_folder_there_is_nothing_to_do():
    assert jobs.sweep(on=AT.date(), at=AT) == search_jobs.sweep(on=AT.date(), at=AT) == "没有要清的"


def test_what_a_dead_writer_leaves_is_what_is_cleared(settings, monkeypatch):
    """Killed between writing and renaming, with no chance to tidy up."""
    root = Path(settings.FILES_ROOT)
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(store.os, "replace", _killed)
        patch.setattr(Path, "unlink", lambda *a, **k: None)
        store.keep(b"half")
    (half,) = root.glob("??/.new-*")
    os.utime(half, ((AT - 2 * DAY).timestamp(),) * 2)
    assert store.sweep(root, AT) == 1 and not half.exists()


def test_a_content_that_comes_again_is_kept_from_now_on(settings):
    """Nothing pointed at the old file any more, and the sweep was about to take it while it came in once more."""
    path = store.path_of(store.keep(b"again"))
    os.utime(path, ((AT - 9 * DAY).timestamp(),) * 2)
    store.keep(b"again")
    assert path.stat().st_mtime > AT.timestamp() - 9 * DAY.total_seconds()


def _killed(*_):
    raise KeyboardInterrupt
