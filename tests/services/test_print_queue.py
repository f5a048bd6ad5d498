"""The print queue: what is posted is printed once, a missing printer stops nobody, and what is unclear is asked."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from print_shop import ALL, Papers, build_posted, only_job, posted_shop, sheet, to_printer
from racing import together
from visits import Counter
from window_racing import start

from counter_app.db import connection
from counter_app.db.models import CaseEvent, Document, PrintJob, PrintRecord
from counter_app.documents import raster
from counter_app.domain.errors import SurroundingsError, UserError
from counter_app.services import print_queue, print_rules, print_work, printing, settings
from counter_app.services.print_routes import Seen
from counter_app.services.print_rules import Rule


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("printing")
    build_posted(folder)
    return folder


@pytest.fixture
def counter(template: Path, tmp_path: Path) -> Iterator[Counter]:
    with posted_shop(template, tmp_path / "shop") as found:
        yield found


def refused(act, *given: object) -> str:
    with pytest.raises(UserError) as told:
        act(*given)
    return told.value.code


def pages(pdf: bytes) -> list[str]:
    """The text of every page; the names of copies stand upright in the margin, a sign a line."""
    return ["".join(text.split()) for text in raster.page_texts(pdf)]


# --- a slip, from the wish to the paper ------------------------------------------------------------------


def test_a_slip_is_counted_when_the_printer_has_it_and_not_before(counter: Counter) -> None:
    papers = Papers(fate="there")
    print_queue.enqueue(counter.clerk, sheet(counter), "one")
    assert only_job(counter).state == "waiting"
    assert not PrintRecord.select().exists()
    assert print_work.work(counter.desk, papers).sent == 1
    assert only_job(counter).state == "sent"
    record = PrintRecord.get()
    assert (record.slip, record.copy, record.reprint, record.by_id) == (
        "return_form",
        "stub,customer,finance",
        False,
        2,
    )
    papers.fate = "done"
    print_work.work(counter.desk, papers)
    assert only_job(counter).state == "printed"
    assert PrintRecord.select().count() == 1


def test_the_paper_holds_the_copies_that_were_set(counter: Counter) -> None:
    papers = Papers()
    print_rules.set_rule(
        counter.owner, "kinds", "return_form", Rule(copies={"customer": 2, "stub": 0}, tray="side")
    )
    print_queue.enqueue(counter.clerk, sheet(counter), "one")
    print_work.work(counter.desk, papers)
    ((_, pdf, title, paper, tray),) = papers.given
    texts = pages(pdf)
    assert [("客户联" in text, "财务联" in text) for text in texts] == [
        (True, False),
        (True, False),
        (False, True),
    ]
    assert (title, paper.name, tray) == (sheet(counter).number, "A4", "side")
    assert (paper.width_mm, paper.height_mm) == (pytest.approx(210, abs=1), pytest.approx(297, abs=1))


@pytest.mark.req("S3-37")
def test_the_second_time_it_is_a_reprint_and_the_case_tells(counter: Counter) -> None:
    papers = Papers()
    for wish in ("one", "two"):
        print_queue.enqueue(counter.clerk, sheet(counter), wish)
        print_work.work(counter.desk, papers)
    first, second = (raster.page_texts(pdf)[0] for _, pdf, *_ in papers.given)
    assert "补打" not in first and "补打" in second
    assert [row.reprint for row in PrintRecord.select().order_by(PrintRecord.id)] == [False, True]
    assert CaseEvent.select().where(CaseEvent.kind == "printed").count() == 2


def test_one_wish_is_one_print_however_often_it_is_told(counter: Counter) -> None:
    for _ in range(3):
        print_queue.enqueue(counter.clerk, sheet(counter), "one")
    assert len(print_queue.jobs(counter.desk)) == 1


def test_finance_copies_come_out_of_their_own_printer_and_are_no_reprints(counter: Counter) -> None:
    papers = Papers()
    to_printer(counter, "Counter")
    print_rules.set_rule(
        counter.owner, "groups", print_rules.FINANCE, Rule(printer="Back office", paper="A5")
    )
    print_queue.enqueue(counter.clerk, sheet(counter), "one")
    print_work.work(counter.desk, papers)
    assert [(name, paper.name) for name, _, _, paper, _ in papers.given] == [
        ("Counter", "A4"),
        ("Back office", "A5"),
    ]
    texts = ["".join(pages(pdf)) for _, pdf, *_ in papers.given]
    assert ["财务联" in text for text in texts] == [False, True]
    assert not any("补打" in text for text in texts)
    assert [row.reprint for row in PrintRecord.select()] == [False, False]
    print_queue.enqueue(counter.clerk, sheet(counter), "two")
    print_work.work(counter.desk, papers)
    assert [row.reprint for row in PrintRecord.select().order_by(PrintRecord.id)] == [
        False,
        False,
        True,
        True,
    ]
    assert all("补打" in "".join(raster.page_texts(pdf)) for _, pdf, *_ in papers.given[2:])


def test_the_customers_copy_speaks_a_second_language_where_that_is_set(counter: Counter) -> None:
    papers = Papers()
    print_rules.set_rule(
        counter.owner, "kinds", "return_form", Rule(also="en", copies={"stub": 0, "finance": 0})
    )
    print_queue.enqueue(counter.clerk, sheet(counter), "one")
    print_work.work(counter.desk, papers)
    chinese, english = raster.page_texts(papers.given[0][1])
    assert "退换货单" in chinese and "Return / Exchange Form" in english


def test_a_slip_without_any_copy_is_not_silently_nothing(counter: Counter) -> None:
    print_rules.set_rule(
        counter.owner, "kinds", "return_form", Rule(copies={"stub": 0, "customer": 0, "finance": 0})
    )
    assert refused(print_queue.enqueue, counter.clerk, sheet(counter), "one") == "print.no_copies"


def test_nobody_prints_who_is_not_signed_in(counter: Counter) -> None:
    nobody = replace(counter.desk, staff=None)
    assert refused(print_queue.enqueue, nobody, sheet(counter), "one") == "staff.sign_in_first"


# --- what prints by itself -------------------------------------------------------------------------------


def test_nothing_prints_by_itself_unless_it_is_set(counter: Counter) -> None:
    assert print_queue.take_posted(counter.desk).value == 0
    assert print_queue.jobs(counter.desk, ALL) == ()


def test_what_is_posted_prints_by_itself_once(counter: Counter) -> None:
    papers = Papers()
    to_printer(counter, "Counter", silent=True)
    assert print_work.work(counter.desk, papers).sent >= 2
    first = len(papers.given)
    assert {title for _, _, title, *_ in papers.given} >= {
        row.number for row in Document.select() if row.prefix == "TK"
    }
    print_work.work(counter.desk, papers)
    assert len(papers.given) == first
    visit = counter.visit(counter.simple_sale())
    visit.go("return", "agree", "in_person", "fit")
    posted = visit.post()
    print_work.work(counter.desk, papers)
    assert {title for _, _, title, *_ in papers.given[first:]} <= {one.number for one in posted.documents}
    assert len(papers.given) > first


def test_a_posting_whose_window_was_killed_is_printed_at_the_next_start(counter: Counter) -> None:
    print_queue.take_posted(counter.desk)
    to_printer(counter, "Counter", silent=True)
    visit = counter.visit(counter.simple_sale())
    visit.go("return", "agree", "in_person", "fit")
    posted = visit.post()
    # The next day another window looks for the first time since.
    counter.clock.forward(days=1)
    print_queue.take_posted(counter.desk)
    assert {job.number for job in print_queue.jobs(counter.desk)} <= {one.number for one in posted.documents}
    assert "receipt" in {job.slip for job in print_queue.jobs(counter.desk)}


def test_a_shop_that_begins_to_print_by_itself_prints_nothing_of_the_past(counter: Counter) -> None:
    counter.clock.forward(days=1)
    to_printer(counter, "Counter", silent=True)
    assert print_queue.take_posted(counter.desk).value == 0


def test_two_windows_take_up_a_posting_once(counter: Counter) -> None:
    to_printer(counter, "Counter", silent=True)
    said = together(*(start(counter.desk.folder, 2, "print_queue.take_posted") for _ in range(2)))
    assert sorted(said) == ["done", "done before"]
    jobs = print_queue.jobs(counter.desk)
    assert jobs and len({(job.key, job.copies) for job in jobs}) == len(jobs)


# --- printers in trouble ---------------------------------------------------------------------------------


def test_a_missing_printer_stops_nobody_and_is_tried_again(counter: Counter) -> None:
    papers = Papers(wrong=SurroundingsError("print.missing", name="Counter"))
    print_queue.enqueue(counter.clerk, sheet(counter), "one")
    print_work.work(counter.desk, papers)
    job = only_job(counter)
    assert (job.state, job.trouble and job.trouble.code, job.asks, job.tries) == (
        "waiting",
        "print.missing",
        True,
        1,
    )
    assert print_queue.asking(counter.desk) == 1
    assert not print_queue.is_pending(counter.desk)
    papers.wrong = None
    counter.clock.forward(seconds=4)
    assert print_work.work(counter.desk, papers).sent == 0
    counter.clock.forward(seconds=1)
    assert print_work.work(counter.desk, papers).sent == 1
    assert PrintRecord.select().count() == 1
    assert print_queue.asking(counter.desk) == 0


def test_the_tries_become_rarer_and_end_with_a_question(counter: Counter) -> None:
    papers = Papers(wrong=SurroundingsError("print.offline", name="Counter"))
    print_queue.enqueue(counter.clerk, sheet(counter), "one")
    waits = []
    while (row := PrintJob.get()).state == "waiting":
        waits.append((row.next_at - counter.desk.instant()) // 1000)
        counter.clock.forward(seconds=waits[-1])
        print_work.work(counter.desk, papers)
    assert waits[:5] == [0, 5, 15, 60, 300]
    assert set(waits[5:]) == {300}
    assert 3600 < sum(waits) < 2 * 3600
    assert only_job(counter).state == "failed"
    papers.wrong = None
    print_queue.retry(counter.clerk, only_job(counter).id)
    assert print_work.work(counter.desk, papers).sent == 1


def test_another_printer_takes_over(counter: Counter) -> None:
    papers = Papers(wrong=SurroundingsError("print.missing", name="Counter"))
    to_printer(counter, "Counter", tray="side")
    print_queue.enqueue(counter.clerk, sheet(counter), "one")
    print_work.work(counter.desk, papers)
    papers.wrong = None
    print_queue.retry(counter.clerk, only_job(counter).id, "Office")
    print_work.work(counter.desk, papers)
    # A tray is one printer's.
    assert [(name, tray) for name, *_, tray in papers.given] == [("Office", "")]


def test_a_job_in_the_systems_queue_is_taken_back_before_it_goes_elsewhere(counter: Counter) -> None:
    papers = Papers(fate="there")
    print_queue.enqueue(counter.clerk, sheet(counter), "one")
    print_work.work(counter.desk, papers)
    job = only_job(counter)
    assert refused(print_queue.retry, counter.clerk, job.id) == "print.job.busy"
    print_queue.ask_back(counter.clerk, job.id, "Office")
    print_work.follow(counter.desk, papers)
    assert papers.taken_back == ["/1"]
    assert (only_job(counter).state, only_job(counter).printer) == ("waiting", "Office")


def test_another_window_may_write_while_the_printer_is_asked_about_many_jobs(counter: Counter) -> None:
    class Busy(Papers):
        """While it is asked, another window of the shop writes."""

        def look(self, ref: str) -> Seen:
            with closing(sqlite3.connect(counter.desk.folder / connection.FILE_NAME)) as other, other:
                assert other.execute("UPDATE setting SET at = at + 1").rowcount
            return super().look(ref)

    for wish in ("one", "two", "three"):
        print_queue.enqueue(counter.clerk, sheet(counter), wish)
    papers = Busy(fate="there")
    assert print_work.work(counter.desk, papers).sent == 3
    papers.fate = "done"
    print_work.follow(counter.desk, papers)
    assert {job.state for job in print_queue.jobs(counter.desk, ALL)} == {"printed"}


def test_what_the_system_finished_meanwhile_is_not_taken_back(counter: Counter) -> None:
    papers = Papers(fate="there")
    print_queue.enqueue(counter.clerk, sheet(counter), "one")
    print_work.work(counter.desk, papers)
    print_queue.ask_back(counter.clerk, only_job(counter).id, "Office")
    papers.fate = "done"
    print_work.work(counter.desk, papers)
    assert (only_job(counter).state, len(papers.given)) == ("printed", 1)


def test_a_job_taken_back_for_good_is_over(counter: Counter) -> None:
    papers = Papers(fate="there")
    print_queue.enqueue(counter.clerk, sheet(counter), "one")
    print_work.work(counter.desk, papers)
    print_queue.ask_back(counter.clerk, only_job(counter).id)
    print_work.work(counter.desk, papers)
    assert (only_job(counter).state, len(papers.given)) == ("cancelled", 1)


@pytest.mark.parametrize(
    ("fate", "state", "code"),
    [("aborted", "unclear", "print.interrupted"), ("gone", "unclear", "print.unclear"), ("cancelled", "failed", "print.cancelled_there")],
)  # fmt: skip
def test_what_became_of_it_is_asked_when_nobody_knows(
    counter: Counter, fate: str, state: str, code: str
) -> None:
    print_queue.enqueue(counter.clerk, sheet(counter), "one")
    print_work.work(counter.desk, Papers(fate=fate))
    job = only_job(counter)
    assert (job.state, job.trouble and job.trouble.code, job.asks) == (state, code, True)


def test_the_paper_came_out_after_all(counter: Counter) -> None:
    print_queue.enqueue(counter.clerk, sheet(counter), "one")
    print_work.work(counter.desk, Papers(fate="gone"))
    print_queue.came_out(counter.clerk, only_job(counter).id)
    assert only_job(counter).state == "printed"
    assert PrintRecord.select().count() == 1


def test_a_paper_that_may_be_out_already_comes_again_as_a_reprint(counter: Counter) -> None:
    papers = Papers(fate="gone")
    print_queue.enqueue(counter.clerk, sheet(counter), "one")
    print_work.work(counter.desk, papers)
    print_queue.retry(counter.clerk, only_job(counter).id)
    print_work.work(counter.desk, papers)
    assert "补打" in raster.page_texts(papers.given[1][1])[0]
    assert [row.reprint for row in PrintRecord.select().order_by(PrintRecord.id)] == [False, True]


def test_a_printer_that_breaks_off_is_asked_about_and_counted(counter: Counter) -> None:
    print_queue.enqueue(counter.clerk, sheet(counter), "one")
    print_work.work(counter.desk, Papers(breaks=SurroundingsError("print.interrupted", name="Counter")))
    assert (only_job(counter).state, PrintRecord.select().count()) == ("unclear", 1)


def test_a_printer_that_refuses_has_printed_nothing(counter: Counter) -> None:
    print_queue.enqueue(counter.clerk, sheet(counter), "one")
    print_work.work(
        counter.desk, Papers(breaks=SurroundingsError("print.refused", name="Counter", detail="no"))
    )
    assert (only_job(counter).state, PrintRecord.select().count()) == ("waiting", 0)


def test_a_cancelled_job_does_not_print(counter: Counter) -> None:
    papers = Papers()
    print_queue.enqueue(counter.clerk, sheet(counter), "one")
    print_queue.cancel(counter.clerk, only_job(counter).id)
    assert print_work.work(counter.desk, papers).sent == 0
    assert print_queue.jobs(counter.desk) == ()


# --- workers that die, and two of them -------------------------------------------------------------------


def test_a_worker_killed_before_it_sent_leaves_a_job_that_prints_later(counter: Counter) -> None:
    papers = Papers()
    print_queue.enqueue(counter.clerk, sheet(counter), "one")
    assert print_work.claim(counter.desk) is not None
    assert print_work.work(counter.desk, papers).sent == 0
    counter.clock.forward(minutes=1)
    assert print_queue.is_pending(counter.desk)
    assert print_work.work(counter.desk, papers).sent == 1
    assert PrintRecord.select().count() == 1


def test_a_worker_killed_while_it_sent_leaves_a_question(counter: Counter) -> None:
    print_queue.enqueue(counter.clerk, sheet(counter), "one")
    row = print_work.claim(counter.desk)
    row.state = "sending"
    row.save()
    counter.clock.forward(minutes=3)
    print_work.work(counter.desk, Papers())
    job = only_job(counter)
    assert (job.state, job.trouble and job.trouble.code) == ("unclear", "print.unclear")


def test_jobs_of_before_the_clock_was_set_back_do_not_wait_for_the_day_they_were_written(
    counter: Counter,
) -> None:
    print_queue.enqueue(counter.clerk, sheet(counter), "one")
    print_queue.enqueue(counter.clerk, sheet(counter), "two")
    assert print_work.claim(counter.desk) is not None
    counter.clock.forward(days=-1)
    assert print_queue.is_pending(counter.desk) and print_queue.is_due(counter.desk)
    papers = Papers()
    assert print_work.work(counter.desk, papers).sent == 2
    assert len(papers.given) == 2
    assert not print_queue.is_pending(counter.desk)


def test_a_worker_that_comes_back_after_its_lease_sends_nothing_twice(counter: Counter) -> None:
    papers = Papers()
    print_queue.enqueue(counter.clerk, sheet(counter), "one")
    late = print_work.claim(counter.desk)
    counter.clock.forward(minutes=1)
    print_work.work(counter.desk, papers)
    assert print_work._do(counter.desk, papers, late) == 0
    assert len(papers.given) == 1


def test_a_slip_that_is_gone_is_said_and_not_tried_for_ever(counter: Counter) -> None:
    wanted = sheet(counter)
    print_queue.enqueue(counter.clerk, replace(wanted, number="TH01-20990101-0001"), "one")
    print_work.work(counter.desk, Papers())
    assert only_job(counter).state == "failed"


def test_old_finished_jobs_are_tidied_away_and_open_ones_stay(counter: Counter) -> None:
    print_queue.enqueue(counter.clerk, sheet(counter), "one")
    print_work.work(counter.desk, Papers())
    print_queue.enqueue(counter.clerk, sheet(counter), "two")
    counter.clock.forward(days=29)
    assert print_queue.tidy(counter.desk) == 0
    counter.clock.forward(days=2)
    assert print_queue.tidy(counter.desk) == 1
    assert only_job(counter).state == "waiting"
    assert PrintRecord.select().count() == 1
    counter.sound()


def test_a_days_sheet_prints_in_the_name_of_who_may_see_it(counter: Counter) -> None:
    papers = Papers()
    (register,) = printing.sheets_of_day(counter.owner, counter.desk.today(), ("register",))
    print_queue.enqueue(counter.owner, register, "one", day=counter.desk.today())
    print_work.work(counter.desk, papers)
    assert only_job(counter).state == "printed"
    assert "售后登记表" in raster.page_texts(papers.given[0][1])[0]


def test_a_test_page_names_its_printer_and_is_no_print_of_a_slip(counter: Counter) -> None:
    papers = Papers()
    settings.set_setting(counter.owner, "printer.receipt", "Roll")
    print_queue.enqueue_test(counter.clerk, "Roll", "one")
    print_work.work(counter.desk, papers)
    ((name, pdf, _, paper, _),) = papers.given
    assert (name, paper.name) == ("Roll", "80mm")
    assert "打印测试页" in raster.page_texts(pdf)[0]
    assert not PrintRecord.select().exists()
