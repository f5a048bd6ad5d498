"""Every override stands on one list, with who, when, why and the case behind it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from visits import Clock, Counter, approval_figures, build_shop, code_of, opened

from counter_app import cli
from counter_app.db import backup, connection
from counter_app.db.verify import verify
from counter_app.domain.errors import CounterError, UserError
from counter_app.services import approvals, overrides, phone_codes, posting, reversal, setup, slips
from counter_app.services.desk import SystemClock
from counter_app.services.phone_codes import ReadOut


@pytest.fixture(scope="module")
def first_day(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shop") / "first"
    build_shop(folder)
    return folder


@pytest.fixture
def counter(first_day: Path, tmp_path: Path) -> Iterator[Counter]:
    with opened(first_day, tmp_path / "shop") as there:
        there.open_drawer(500_000)
        yield there


@pytest.mark.req("S3-29")
def test_what_went_another_way_is_listed_with_its_case(counter: Counter) -> None:
    today = counter.desk.today()
    approval_figures(counter.owner, price_drop_bp=1)
    sheet = phone_codes.make_sheet(counter.owner, "1234").value
    unsigned = counter.visit(counter.simple_sale(tender="wechat"))
    unsigned.go("return", "agree", "in_person", "fit")
    unsigned.plan(signature_waived="顾客赶车", refund_way="cash", refund_way_reason="微信已注销")
    question = approvals.request(counter.clerk, unsigned.case_id).value
    approvals.decide(counter.clerk, [question.id], "approve", ReadOut(1, sheet.codes[0]), "电话同意")
    unsigned.waive("相机坏了")
    figures = unsigned.view.proposal.figures_hash
    posted = posting.post(counter.clerk, unsigned.case_id, counter.request(), figures).value
    number = posted.documents[-1].number
    slips.print_record(counter.clerk, number, "receipt", paper="80mm")
    slips.print_record(counter.clerk, number, "receipt", paper="80mm")
    reversal.reverse(counter.as_staff(3), number, "录错", counter.request(), by=(1, "1234"))
    found = overrides.listed(counter.owner, today, today)
    kinds = {one.kind: one for one in found}
    assert {"no_signature", "other_route", "by_code", "reversal", "reprint"} <= set(kinds)
    assert all(one.case_id == unsigned.case_id for one in found)
    assert (kinds["by_code"].who, kinds["by_code"].why) == ("王店长", "电话同意")
    assert kinds["no_signature"].why == "顾客赶车"
    assert {words.zh for words in kinds["by_code"].reasons} == {words.zh for words in question.reasons}
    assert kinds["reversal"].why == "录错"
    mine = overrides.listed(counter.owner, today, today, who="李店员")
    assert {one.who for one in mine} == {"李店员"}
    assert [one.kind for one in overrides.listed(counter.owner, today, today, kinds=("by_code",))] == [
        "by_code"
    ]
    summed = {one.who: one for one in overrides.by_clerk(found)}
    assert summed["王店长"].times == sum(1 for one in found if one.who == "王店长")
    assert sum(one.times for one in summed.values()) == len(found)


def test_an_approval_despite_a_signal_is_listed_with_the_signal(counter: Counter) -> None:
    today = counter.desk.today()
    approval_figures(counter.owner, serial_returns=1, serial_sum_fen=1)
    counter.visit(counter.simple_sale()).go("return", "agree", "in_person", "fit").post()
    visit = counter.visit(counter.simple_sale()).go("return", "agree", "in_person", "fit")
    question = approvals.request(counter.clerk, visit.case_id).value
    approvals.approve_now(counter.clerk, question.id, *counter.boss, "认得")
    found = overrides.listed(counter.owner, today, today, kinds=("despite_signal",))
    assert [(one.case_id, one.who) for one in found] == [(visit.case_id, "赵主管")]
    assert "非质量" in found[0].reasons[0].zh


def test_only_who_approves_reads_the_list_and_only_a_span_that_can_be(counter: Counter) -> None:
    today = counter.desk.today()
    for desk, first, last, said in (
        (counter.clerk, today, today, "staff.right.missing"),
        (counter.owner, today, today - timedelta(days=1), "overrides.span"),
        (counter.owner, today - timedelta(days=500), today, "overrides.span"),
    ):
        with pytest.raises(UserError) as caught:
            overrides.listed(desk, first, last)
        assert code_of(caught.value) == said
    assert overrides.listed(counter.as_staff(3), today, today) == ()


def test_a_restore_stands_among_the_overrides_with_what_went_with_it(
    first_day: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Refunds paid out since the backup are gone from the data: the data themselves say so."""
    folder = tmp_path / "shop"
    with opened(first_day, folder) as there:
        there.open_drawer(500_000)
        made = backup.back_up(folder, at=there.clock.moment)
        there.visit(there.simple_sale()).go("return", "agree", "in_person", "fit").post()

    def restored(path: Path, *by: str) -> list[tuple[str, str, str]]:
        assert cli.main(["--data", str(folder), "restore", str(path), *by]) == 0
        capsys.readouterr()
        db = connection.open_database(folder)
        there = Counter(setup.open_desk(db, folder, SystemClock()), Clock())
        day = there.desk.today()
        found = overrides.listed(there.owner, day - timedelta(days=1), day, kinds=("restored",))
        assert verify(db, folder) == []
        with pytest.raises(CounterError, match=r"guard\."):
            db.execute_sql("DELETE FROM policy_version WHERE kind = 'restored:data'")
        db.close()
        return [(one.who, one.why, one.reasons[0].zh) for one in found]

    ((who, file, lost),) = restored(made.path, "--staff", "99")
    assert (who, file) == ("", made.path.name) and "1 件售后、2 张单据不在了" in lost
    (kept,) = (one for one in backup.backups(folder) if one.label == "before-restore")
    (who, file, lost), first = restored(kept.path, "--staff", "1")
    assert (who, file) == ("王店长", kept.path.name) and "0 件售后、0 张单据" in lost
    assert first[1] == made.path.name, "the state before the first restore tells of it all the same"
    third = restored(made.path)
    assert [file for _who, file, _lost in third] == [made.path.name, kept.path.name, made.path.name]
    assert third[1][0] == "王店长"


def test_a_restore_of_which_nothing_is_left_but_the_witness_is_counted(
    first_day: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The data that told of the first restore are damaged beyond reading when the second comes."""
    folder = tmp_path / "shop"
    with opened(first_day, folder) as there:
        made = backup.back_up(folder, at=there.clock.moment)
    assert cli.main(["--data", str(folder), "restore", str(made.path)]) == 0
    (folder / connection.FILE_NAME).write_bytes(b"no database" * 4096)
    assert cli.main(["--data", str(folder), "restore", str(made.path)]) == 0
    capsys.readouterr()
    db = connection.open_database(folder)
    there = Counter(setup.open_desk(db, folder, SystemClock()), Clock())
    day = there.desk.today()
    (found,) = overrides.listed(there.owner, day - timedelta(days=1), day, kinds=("restored",))
    db.close()
    assert [reason.zh for reason in found.reasons][1] == "另有 1 次更早的恢复没有留下记录"
