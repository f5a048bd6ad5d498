"""Long work in a child process, short waiting in a thread."""

from __future__ import annotations

import sys

import pytest

from counter_app.domain.errors import SurroundingsError, UserError
from counter_app.ui import texts
from counter_app.ui.jobs import ChildJob, SynchronousPool, Waiting, verb_command

STEPS = (
    "import json, sys\n"
    "for at in range(1, 6): print(json.dumps({'done': at, 'total': 5}), flush=True)\n"
    "print('a library talks'); print(json.dumps({'path': 'x.xlsx'}))\n"
)


@pytest.fixture
def run(qtbot):
    jobs = []

    def start(program: str) -> ChildJob:
        job = ChildJob([sys.executable, "-c", program])
        jobs.append(job)
        return job

    yield start
    for job in jobs:
        job.cancel()
        assert job.wait()


def test_progress_and_result_of_a_verb_arrive(run, qtbot) -> None:
    job = run(STEPS)
    seen: list[tuple[int, int]] = []
    job.progress.connect(lambda done, total: seen.append((done, total)))
    with qtbot.waitSignal(job.ended, timeout=20_000), qtbot.waitSignal(job.finished) as finished:
        job.start()
    assert finished.args == [{"path": "x.xlsx"}]
    assert seen[-1] == (5, 5)
    assert not job.is_running()


def test_what_a_verb_said_is_passed_on_as_it_is(run, qtbot) -> None:
    job = run("import sys; print('这个文件是空的。', file=sys.stderr); sys.exit(2)")
    with qtbot.waitSignal(job.failed, timeout=20_000) as failed:
        job.start()
    error = failed.args[0]
    assert isinstance(error, UserError) and texts.sentence(error) == "这个文件是空的。"


def test_a_crash_is_told_as_a_failure_of_the_surroundings(run, qtbot) -> None:
    job = run("raise RuntimeError('boom')")
    with qtbot.waitSignal(job.failed, timeout=20_000) as failed:
        job.start()
    error = failed.args[0]
    assert isinstance(error, SurroundingsError) and "boom" in texts.sentence(error)


def test_work_can_be_cancelled_at_any_time(run, qtbot) -> None:
    job = run('import sys; print(\'{"done": 1, "total": 9}\', flush=True); sys.stdin.read()')
    with qtbot.waitSignal(job.progress, timeout=20_000):
        job.start()
    assert job.seconds_left() is not None
    with qtbot.waitSignal(job.cancelled, timeout=20_000):
        job.cancel()
    assert not job.is_running()


def test_a_program_that_is_not_there_is_named(qtbot) -> None:
    job = ChildJob(["/no/such/program"])
    with qtbot.waitSignal(job.failed) as failed:
        job.start()
    assert failed.args[0].code == "ui.job.not_started"


def test_the_child_is_this_very_program(tmp_path) -> None:
    command = verb_command(tmp_path, "export", "--month", "2026-11")
    assert command[0] == sys.executable and command[1].endswith("main.py")
    assert command[2:] == [
        "export",
        "--data",
        str(tmp_path),
        "--language",
        "en",
        "--month",
        "2026-11",
        "--progress",
    ]


def test_a_short_call_gives_its_answer_or_its_error(qtbot) -> None:
    pool = SynchronousPool()
    good = Waiting(lambda: 42)
    with qtbot.waitSignal(good.done) as done:
        good.start(pool)
    assert done.args == [42]

    def refuse() -> object:
        raise UserError("ui.printer.none")

    bad = Waiting(refuse)
    with qtbot.waitSignal(bad.failed) as failed:
        bad.start(pool)
    assert failed.args[0].code == "ui.printer.none"


def test_an_answer_from_a_thread_reaches_the_main_thread(qtbot) -> None:
    from PySide6.QtCore import QObject, QThread

    class Asker(QObject):
        def __init__(self) -> None:
            super().__init__()
            self.on_main = None

        def answered(self, _value: object) -> None:
            self.on_main = QThread.currentThread() is self.thread()

    asker, call = Asker(), Waiting(lambda: QThread.currentThread())
    call.done.connect(asker.answered)
    with qtbot.waitSignal(call.ended, timeout=10_000):
        call.start()
    qtbot.waitUntil(lambda: asker.on_main is not None)
    assert asker.on_main is True
