"""The print queue against a real CUPS: what comes out is the slip, and what CUPS tells is what the shop reads."""

from __future__ import annotations

import math
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from print_server import PrintServer, Queue, print_server
from print_shop import ALL, build_posted, only_job, posted_shop, sheet, to_printer
from visits import Counter

from counter_app.db.models import PrintJob, PrintRecord
from counter_app.documents import raster
from counter_app.services import print_cups, print_queue, print_rules, print_work, printing
from counter_app.services.print_rules import Rule
from counter_app.verbs import print_jobs

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows has no CUPS; see tests/ui/test_print_painted.py"
)
NAMES = count(1)
HOUSE = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("printing")
    build_posted(folder)
    return folder


@pytest.fixture(scope="module")
def server() -> Iterator[PrintServer]:
    with print_server() as running:
        before = print_cups.use_server(str(running.socket))
        yield running
        print_cups.use_server(before)


@pytest.fixture
def counter(template: Path, tmp_path: Path) -> Iterator[Counter]:
    with posted_shop(template, tmp_path / "shop") as found:
        yield found


@pytest.fixture
def queue(server: PrintServer, counter: Counter) -> Queue:
    """A printer of this test's own, where everything of the shop goes."""
    made = server.queue(f"q{next(NAMES)}")
    to_printer(counter, made.name)
    return made


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """However slow this machine is, a job is followed to its end; only the test's own time limit ends it."""
    monkeypatch.setattr(print_jobs, "_WATCH_S", math.inf)


def printed(counter: Counter) -> int:
    """Let a worker print until nothing is on its way any more; how many jobs it handed over."""
    return print_jobs.rounds(counter.desk, print_cups.Cups(), threading.Event(), 0.0)


def until(holds: Callable[[], bool]) -> None:
    """What CUPS does in processes of its own is seen when it is done, however long that takes."""
    nobody = threading.Event()
    while not holds():
        nobody.wait(0.05)


def pictures(pdf: bytes) -> list[bytes]:
    return [page.png() for page in raster.pages(pdf, 50)]


@pytest.mark.parametrize(("kind", "media"), [("return_form", "media=A4"), ("receipt", "media=Custom.80x")])
def test_what_comes_out_of_the_printer_is_the_slip(
    counter: Counter, queue: Queue, kind: str, media: str
) -> None:
    slip = sheet(counter, kind)
    print_queue.enqueue(counter.clerk, slip, "one")
    assert printed(counter) == 1
    assert only_job(counter).state == "printed"
    (paper,) = queue.printed()
    assert pictures(paper.read_bytes()) == pictures(printing.as_it_stands(counter.clerk, slip))
    assert media in queue.options()
    assert "print-scaling=none" in queue.options()
    assert PrintRecord.select().count() == 1


def test_paper_tray_and_copies_reach_the_printer(counter: Counter, queue: Queue) -> None:
    print_rules.set_rule(
        counter.owner,
        "kinds",
        "return_form",
        Rule(paper="A5", tray="side", copies={"customer": 2, "finance": 0}),
    )
    print_queue.enqueue(counter.clerk, sheet(counter), "one")
    printed(counter)
    (paper,) = queue.printed()
    assert len(pictures(paper.read_bytes())) == 3
    assert "media=A5" in queue.options() and "media-source=side" in queue.options()


def test_the_program_prints_from_a_process_of_its_own(
    counter: Counter, queue: Queue, server: PrintServer
) -> None:
    print_queue.enqueue(counter.clerk, sheet(counter), "one")
    told = verb(counter, server, "print", "--progress")
    assert told.splitlines()[-1] == '{"sent": 1}'
    assert printed(counter) == 0, "what that process did not see the end of is followed here"
    assert len(queue.printed()) == 1
    assert only_job(counter).state == "printed"


def test_two_windows_print_every_job_once(counter: Counter, queue: Queue, server: PrintServer) -> None:
    for wish in range(6):
        print_queue.enqueue(counter.clerk, sheet(counter, "receipt"), f"wish {wish}")
    workers = [verb_started(counter, server, "print") for _ in range(2)]
    for worker in workers:
        out, err = worker.communicate()
        assert worker.returncode == 0, out + err
    assert printed(counter) == 0, "what those processes did not see the end of is followed here"
    assert len(queue.printed()) == 6
    assert {job.state for job in print_queue.jobs(counter.desk, ALL)} == {"printed"}
    assert PrintRecord.select().count() == 6


def test_a_printer_that_is_not_installed_is_named(counter: Counter, queue: Queue) -> None:
    to_printer(counter, "Nowhere")
    print_queue.enqueue(counter.clerk, sheet(counter), "one")
    assert printed(counter) == 0
    trouble = only_job(counter).trouble
    assert trouble is not None and (trouble.code, trouble.params) == ("print.missing", {"name": "Nowhere"})


@pytest.mark.parametrize(
    ("stop", "go", "code"),
    [("cupsdisable", "cupsenable", "print.stopped"), ("cupsreject", "cupsaccept", "print.rejecting")],
)
def test_a_queue_that_is_held_keeps_the_job_here_until_it_goes_on(
    counter: Counter, queue: Queue, stop: str, go: str, code: str
) -> None:
    queue.server.do(stop, queue.name)
    print_queue.enqueue(counter.clerk, sheet(counter), "one")
    assert printed(counter) == 0
    job = only_job(counter)
    assert (job.state, job.trouble and job.trouble.code) == ("waiting", code)
    queue.server.do(go, queue.name)
    counter.clock.forward(seconds=5)
    assert printed(counter) == 1
    assert len(queue.printed()) == 1


def test_a_printer_that_vanishes_in_the_middle_leaves_a_question(counter: Counter, queue: Queue) -> None:
    queue.mode("break")
    print_queue.enqueue(counter.clerk, sheet(counter), "one")
    assert printed(counter) == 1
    job = only_job(counter)
    assert (job.state, job.trouble and job.trouble.code) == ("unclear", "print.interrupted")
    assert [file.stat().st_size for file in queue.papers.glob("*.half")] == [900]
    queue.mode("print")
    print_queue.retry(counter.clerk, job.id)
    printed(counter)
    assert only_job(counter).state == "printed"
    assert "补打" in raster.page_texts(queue.printed()[0].read_bytes())[0]


def test_an_empty_tray_is_said_and_printing_goes_on_by_itself(counter: Counter, queue: Queue) -> None:
    queue.mode("empty")
    print_queue.enqueue(counter.clerk, sheet(counter), "one")
    cups = print_cups.Cups()
    print_work.work(counter.desk, cups)
    until(lambda: print_work.follow(counter.desk, cups) is None and only_job(counter).asks)
    job = only_job(counter)
    assert (job.state, job.trouble and job.trouble.code) == ("sent", "print.no_paper")
    queue.put_paper_in()
    printed(counter)
    assert (only_job(counter).state, only_job(counter).trouble) == ("printed", None)


def test_a_printer_taken_out_of_the_system_meanwhile_leaves_a_question(
    counter: Counter, queue: Queue
) -> None:
    queue.mode("empty")
    print_queue.enqueue(counter.clerk, sheet(counter), "one")
    cups = print_cups.Cups()
    print_work.work(counter.desk, cups)
    until(lambda: cups.look(PrintJob.get().ref).trouble is not None)
    queue.server.do("lpadmin", "-x", queue.name)
    print_work.follow(counter.desk, cups)
    job = only_job(counter)
    assert (job.state, job.trouble and job.trouble.code) == ("unclear", "print.unclear")


def test_a_job_that_waits_in_the_system_can_go_to_another_printer(counter: Counter, queue: Queue) -> None:
    other = queue.server.queue(f"{queue.name}-other")
    queue.mode("empty")
    print_queue.enqueue(counter.clerk, sheet(counter), "one")
    cups = print_cups.Cups()
    print_work.work(counter.desk, cups)
    until(lambda: cups.look(PrintJob.get().ref).trouble is not None)
    print_queue.ask_back(counter.clerk, only_job(counter).id, other.name)
    printed(counter)
    assert (len(queue.printed()), len(other.printed())) == (0, 1)
    assert only_job(counter).state == "printed"


def test_without_a_print_server_the_job_waits(counter: Counter, queue: Queue, tmp_path: Path) -> None:
    print_queue.enqueue(counter.clerk, sheet(counter), "one")
    before = print_cups.use_server(str(tmp_path / "nobody.sock"))
    try:
        assert printed(counter) == 0
        assert print_cups.Cups().printers() == ()
    finally:
        print_cups.use_server(before)
    assert only_job(counter).state == "waiting"
    assert not PrintRecord.select().exists()


def verb_started(counter: Counter, server: PrintServer, *words: str) -> subprocess.Popen[str]:
    environment = dict(os.environ, COUNTER_ENVIRONMENT="own", CUPS_SERVER=str(server.socket))
    name, *rest = words
    return subprocess.Popen(
        [sys.executable, str(HOUSE / "main.py"), name, "--data", str(counter.desk.folder), *rest],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def verb(counter: Counter, server: PrintServer, *words: str) -> str:
    done = verb_started(counter, server, *words)
    out, err = done.communicate()
    assert done.returncode == 0, err
    return out
