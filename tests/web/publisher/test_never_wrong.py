"""不管谁、按什么次序、在哪一步断了:公众目录里的文件可以没有,有就必须与当场给的一样,撤下的一个字节也不留。"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from gongkai.adapters.publictree import Manifest, PublicTree
from gongkai.law.errors import LawError
from gongkai.org import actions as org
from gongkai.records import actions, store
from gongkai.records.models import Record, Relation
from gongkai.sections import actions as sections
from gongkai.sections.models import Section
from gongkai.sections.terms import BlockKind
from gongkai.web.publisher import pages, publisher, rendering
from tests.conftest import examples
from tests.records.office import AT, Office
from tests.sections.office import draft, listing, publish_draft
from tests.web.publisher.reader import Reader
from tests.web.publisher.test_files import PDF

KINDS = ("repealed", "retracted", "confidential", "moved")
PICK = st.integers(0, 99)


class Crash(BaseException):
    """断电。"""


class Machine(RuleBasedStateMachine):
    """``world`` 由测试给:一个空的资料目录和可以替换函数的工具。"""

    world = None

    def __init__(self):
        super().__init__()
        self.patch, folder, conf = self.world
        self.now = AT
        self.patch.setattr(timezone, "now", lambda: self.now)
        self.number = 0
        conf.GONGKAI_DATA = folder()
        conf.FILES_ROOT = conf.GONGKAI_DATA / "files"
        publisher._round.__init__()
        self.version = 0
        self.patch.setattr(publisher, "version", lambda: f"v{self.version}")
        self.steps: int | None = None
        self.between = None
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.reader = Reader()

    @initialize()
    def open_office(self):
        self.office = Office()
        self.office.publish()
        self.office.publish(
            "normative",
            title="明湖区临时救助办法",
            doc_number="明政办发〔2024〕7号",
            effective_on="2024-09-01",
            expires_on="2024-09-03",
        )
        code = self.office.agency.code
        draft(
            self.office,
            "unit",
            listing(agency=code),
            (BlockKind.AGENCY, {"agency": code}),
            (BlockKind.TILES, {"duties": ["normative", "other"]}),
        )
        draft(self.office, "topic", listing(type="document", validity="in_force"), topic=True)
        self.open_section(0)
        self.open_section(1)
        publisher.check(self.now)
        publisher.fill(self.now)

    def teardown(self):
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    def record(self, pick: int) -> Record:
        rows = list(Record.objects.order_by("pk"))
        return rows[pick % len(rows)]

    def attempt(self, action):
        """One action by the desk, in its own transaction; what the law refuses changes nothing."""
        try:
            with transaction.atomic():
                action()
        except LawError:
            pass

    # --- 工作台 ---

    @rule(wait=st.sampled_from([0, 0, 20, 100, 1000]), attached=st.booleans())
    def publish(self, wait, attached):
        self.number += 1
        edition = self.office.draft(title=f"明湖区关于第{self.number}件事的通知", at=self.now)
        if attached:
            actions.attach(edition, f"附件{self.number}.pdf", PDF, by=self.office.clerk, at=self.now)
        options = {"publish_at": self.now + timedelta(minutes=wait)} if wait else {}
        self.office.sign(self.office.fresh(edition), at=self.now, **options)

    @rule(pick=PICK, year=st.sampled_from([2022, 2023, 2024]))
    def correct(self, pick, year):
        self.number += 1

        def action():
            edition = actions.revise(self.record(pick), change_note="更正", by=self.office.clerk, at=self.now)
            values = {"title": f"明湖区更正第{self.number}件", "made_on": f"{year}-03-01"}
            actions.save(edition, values, revision=edition.revision, by=self.office.clerk, at=self.now)
            self.office.sign(self.office.fresh(edition), at=self.now)

        self.attempt(action)

    @rule(pick=PICK, to=PICK, kind=st.sampled_from(KINDS), ahead=st.booleans())
    def withdraw(self, pick, to, kind, ahead):
        on = (self.now + timedelta(days=1 if ahead and kind == "repealed" else 0)).date()
        self.attempt(
            lambda: actions.withdraw(
                self.record(pick),
                kind,
                reason="核对",
                basis="决定",
                on=on,
                by=self.office.office,
                at=self.now,
                successor=self.record(to) if kind in ("moved", "repealed") else None,
            )
        )

    @rule(pick=PICK)
    def lift(self, pick):
        self.attempt(lambda: actions.lift(self.record(pick), reason="恢复", by=self.office.office, at=self.now))

    @rule(pick=PICK, to=PICK, kind=st.sampled_from(["amends", "interprets", "related"]))
    def relate(self, pick, to, kind):
        self.attempt(
            lambda: actions.relate(self.record(pick), self.record(to), kind, by=self.office.clerk, at=self.now)
        )

    @rule()
    def unrelate(self):
        if one := Relation.objects.first():
            self.attempt(lambda: actions.unrelate(one, by=self.office.clerk, at=self.now))

    @rule()
    def rename_the_agency(self):
        self.number += 1
        self.office.agency.name = f"明湖区第{self.number}办公室"
        org.save_agency(self.office.agency, by=None, at=self.now)

    def section(self, pick: int) -> Section:
        return Section.objects.order_by("pk")[pick % 2]

    @rule(pick=PICK)
    def open_section(self, pick):
        """Open it, or publish what was changed in its draft."""
        self.attempt(lambda: publish_draft(self.office, self.section(pick), at=self.now))

    @rule(pick=PICK)
    def close_section(self, pick):
        self.attempt(lambda: sections.close(self.section(pick), "核对", by=self.office.office, at=self.now))

    @rule(
        pick=PICK, to=PICK, what=st.sampled_from(["name", "condition", "picked", "fewer"]), publish=st.booleans()
    )
    def edit_section(self, pick, to, what, publish):
        """Change the draft: the public sees nothing of it until it is published."""
        self.number += 1
        section, by = self.section(pick), {"by": self.office.office, "at": self.now}

        def action():
            if what == "name":
                sections.save(section, f"第{self.number}个名称", "简介", revision=section.revision, **by)
            elif what == "fewer":
                sections.remove(section, section.blocks.first(), revision=section.revision, **by)
            elif what == "picked":
                settings = {"records": [self.record(to).pk]}
                sections.put(section, None, BlockKind.PICKED, "", False, settings, revision=section.revision, **by)
            else:
                kind, settings = listing(type="document", year=2022 + to % 3)
                sections.put(section, None, kind, "", False, settings, revision=section.revision, **by)
            if publish:
                publish_draft(self.office, section, at=self.now)

        if what != "fewer" or section.blocks.count() > 1:
            self.attempt(action)

    # --- 发布程序 ---

    @rule(limit=st.sampled_from([3, 30]))
    def fill(self, limit):
        publisher.fill(self.now, limit=limit)

    @rule(pick=PICK, kind=st.sampled_from(KINDS[1:3]))
    def fill_while_something_is_withdrawn(self, pick, kind):
        """The change comes after the page was written and before it is put in place."""
        honest = rendering.render
        waiting = [lambda: self.withdraw(pick, pick, kind, False)]

        def render(address):
            content = honest(address)
            if waiting:
                waiting.pop()()
            return content

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(publisher, "render", render)
            publisher.fill(self.now, limit=30)

    @rule(pick=PICK, close=st.booleans())
    def fill_while_a_section_changes(self, pick, close):
        honest = rendering.render
        waiting = [self.close_section if close else self.open_section]

        def render(address):
            content = honest(address)
            if waiting:
                waiting.pop()(pick)
            return content

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(publisher, "render", render)
            publisher.fill(self.now, limit=30)

    @rule(steps=st.integers(0, 40), what=st.sampled_from(["fill", "check", "clock"]))
    def crash(self, steps, what):
        """The power fails at one of the steps that touch the disk."""
        left = [steps]

        def fragile(owner, name):
            honest = getattr(owner, name)

            def step(*args, **kwargs):
                if left[0] == 0:
                    raise Crash
                left[0] -= 1
                return honest(*args, **kwargs)

            return owner, name, step

        with pytest.MonkeyPatch.context() as patch:
            for owner, name in [
                (PublicTree, "write"),
                (PublicTree, "link"),
                (PublicTree, "place"),
                (PublicTree, "drop"),
                (PublicTree, "switch"),
                (PublicTree, "remove"),
                (Manifest, "note"),
                (Manifest, "done"),
                (Manifest, "want"),
                (Manifest, "forget"),
                (Manifest, "forget_all"),
                (Manifest, "set"),
            ]:
                patch.setattr(*fragile(owner, name))
            try:
                with transaction.atomic():
                    getattr(publisher, what)(self.now)
            except Crash:
                publisher._round.__init__()

    @rule(pick=PICK)
    def the_desk_crashes_before_it_commits(self, pick):
        try:
            with transaction.atomic():
                self.withdraw(pick, pick, "retracted", False)
                raise Crash
        except Crash:
            pass

    @rule(pick=PICK)
    def the_desk_crashes_before_a_section_is_published(self, pick):
        try:
            with transaction.atomic():
                self.edit_section(pick, pick, "picked", True)
                raise Crash
        except Crash:
            pass

    @rule()
    def new_templates(self):
        self.version += 1
        publisher.fit()

    @rule(minutes=st.sampled_from([1, 15, 45, 59]), times=st.sampled_from([1, 1, 20]))
    def time_passes(self, minutes, times):
        for _ in range(times):
            self.now += timedelta(minutes=minutes)
            publisher.clock(self.now)

    @rule()
    def the_job_counts_what_was_due(self):
        actions.open_due(self.now)

    @rule()
    def check(self):
        publisher.check(self.now)

    @rule()
    def somebody_tampers(self):
        for name, _ in list(publisher.tree().files())[:1]:
            (publisher.tree().current / name).unlink()
            (publisher.tree().current / name).write_bytes(b"tampered")
        publisher._round.__init__()
        publisher.check(self.now)

    # --- 任何时候 ---

    @invariant()
    def what_is_there_is_right(self):
        if not hasattr(self, "office"):
            return
        public = publisher.tree()
        for name, _ in list(public.files()):
            if name.startswith("files/"):
                pk = int(name.split("/")[1])
                allowed = pages.files_of(self.now, pk=pk)
                assert allowed.get("/" + name), name
                assert (public.current / name).read_bytes() == store.read(allowed["/" + name])
                continue
            address = "/" if name == "index.html.gz" else "/" + name.removesuffix(".gz").removesuffix(".html")
            address += "/" if name.endswith(".html.gz") and address != "/" else ""
            served = self.reader(address)
            wanted = rendering.render(address)
            assert wanted is not None, f"{name} 已经没有了"
            if served.from_file:
                assert served.text == wanted.decode(), name


def test_a_file_may_be_missing_but_never_wrong(db, tmp_path_factory, monkeypatch):
    from django.conf import settings as conf

    conf.ALLOWED_HOSTS = ["localhost"]
    Machine.world = (monkeypatch, lambda: tmp_path_factory.mktemp("data"), conf)
    run_state_machine_as_test(Machine, settings=settings_of(max_examples=examples(12), stateful_step_count=20))


def settings_of(**given):
    """Without looking for the shortest failure: each step is many pages."""
    return settings(
        **given, suppress_health_check=list(HealthCheck), deadline=None, phases=(Phase.explicit, Phase.generate)
    )
