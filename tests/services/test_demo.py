"""The invented shop: sound, the same for the same seed, through every end of the chart, refused where a shop is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from counter_app import cli
from counter_app.db import connection, ledger
from counter_app.db.models import Case, Claim, GoodsMove, Walk
from counter_app.db.verify import verify
from counter_app.domain.errors import UserError
from counter_app.services import (
    claim_views,
    gifts,
    holdings,
    month,
    recalls,
    scrapping,
    setup,
    staff,
    stock_counts,
)
from counter_app.services.demo import days
from counter_app.services.demo.days import Demo
from counter_app.services.demo.invented import table
from counter_app.services.demo.times import ZONE, closing
from counter_app.services.desk import Desk
from counter_app.services.standing import stand_of
from counter_app.verbs.walk import walked

UNTIL = date(2026, 11, 20)
CASES = 75


class StandingClock:
    """Stands at one moment."""

    def __init__(self, moment: Any) -> None:
        self.moment = moment

    def now(self) -> Any:
        return self.moment


@dataclass(frozen=True)
class Shop:
    """A demonstration that was made, opened again."""

    desk: Desk
    made: Demo


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    folder = tmp_path_factory.mktemp("demo") / "星河 电器"
    db = connection.open_database(folder, create=True)
    made = days.fill(db, folder, CASES, 2, UNTIL)
    db.close()
    db = connection.open_database(folder)
    opened = setup.open_desk(db, folder, StandingClock(closing(UNTIL)))
    owner = staff.sign_in(opened, made.crew[0].id, made.crew[0].pin)
    yield Shop(setup.signed_in(opened, owner), made)
    db.close()


def rows(desk: Desk, sql: str, *values: object) -> list[tuple[Any, ...]]:
    return list(desk.db.execute_sql(sql, values).fetchall())


def test_a_demonstration_leaves_a_sound_database(shop: Shop) -> None:
    assert verify(shop.desk.db, shop.desk.folder) == []


def test_a_demonstration_walks_to_every_end_of_the_chart(shop: Shop) -> None:
    assert shop.made.cases == CASES
    assert shop.made.ends == shop.made.all_ends
    assert shop.made.answers > shop.made.all_answers // 2


def test_a_demonstration_shows_the_whole_life_of_cases(shop: Shop) -> None:
    states = {state for (state,) in rows(shop.desk, "SELECT DISTINCT state FROM case_file")}
    assert {"closed", "executing", "refused", "withdrawn"} <= states
    assert any(state.startswith("waiting_") for state in states)
    prefixes = {prefix for (prefix,) in rows(shop.desk, "SELECT DISTINCT prefix FROM document")}
    assert {"TH", "TK", "HH", "ZJ", "SJ", "WX", "BC", "TS", "GZ"} <= prefixes
    decisions = {said for (said,) in rows(shop.desk, "SELECT DISTINCT decision FROM approval")}
    assert {"approve", "reject"} <= decisions
    for what, sql in {
        "photos": "SELECT COUNT(*) FROM attachment",
        "signatures": "SELECT COUNT(*) FROM signature WHERE strokes IS NOT NULL",
        "signatures on paper": "SELECT COUNT(*) FROM signature WHERE on_paper = 1",
        "waived evidence": "SELECT COUNT(*) FROM evidence_waiver",
        "overruled tests": "SELECT COUNT(*) FROM walk_step WHERE act = 'override'",
        "steps back": "SELECT COUNT(*) FROM walk_step WHERE act = 'back'",
        "proofs": "SELECT COUNT(*) FROM proof",
        "owed": "SELECT COUNT(*) FROM settlement s WHERE NOT EXISTS"
        " (SELECT 1 FROM proof p WHERE p.settlement_id = s.id)",
        "reprints": "SELECT COUNT(*) FROM print_record WHERE reprint = 1",
        "mixed tenders": "SELECT COUNT(*) FROM (SELECT sale_id FROM sale_tender GROUP BY 1 HAVING COUNT(*) > 1)",
        "weighed goods": "SELECT COUNT(*) FROM sale_line WHERE quantity_milli % 1000 <> 0",
        "gifts": "SELECT COUNT(*) FROM sale_line WHERE gift_of_id IS NOT NULL",
        "serials": "SELECT COUNT(*) FROM sale_line WHERE serial <> ''",
        "no receipt": "SELECT COUNT(*) FROM sale WHERE proof = 'none'",
        "several walks": "SELECT COUNT(*) FROM walk WHERE seq > 1",
        "shifts closed": "SELECT COUNT(*) FROM shift WHERE closed_at IS NOT NULL",
    }.items():
        assert rows(shop.desk, sql)[0][0] > 0, what
    assert rows(shop.desk, "SELECT COUNT(*) FROM shift WHERE closed_at IS NULL") == [(1,)]


def test_every_walk_stands_where_its_steps_lead(shop: Shop) -> None:
    walks = list(Walk.select())
    assert len(walks) >= CASES
    for row in walks:
        standing = stand_of(shop.desk, row.id)
        assert list(standing.result.path) == row.path
        assert standing.result.at == row.at_node


def test_the_headless_walk_goes_the_same_way(shop: Shop) -> None:
    compared = 0
    for row in Walk.select().join(Case).where(Walk.state == "ended"):
        trail = stand_of(shop.desk, row.id).trail
        tests = [one.test for one in trail.kept if one.test is not None]
        if len({test.node for test in tests}) < len(tests) or any(one.offers for one in trail.kept):
            continue  # the file of a headless walk says once what a test said; offers weigh facts of their day
        answers: dict[str, list[str]] = {}
        for node, answer in trail.given:
            answers.setdefault(node, []).append(answer)
        told = walked(
            {
                "answers": answers,
                "overrides": {
                    test.node: {"answer": test.answer, "by": "示例", "reason": "当时所见"} for test in tests
                },
                "facts": {"today": UNTIL.isoformat()},
            }
        )
        assert told["path"] == row.path
        compared += 1
    assert compared > CASES // 4


def test_the_month_of_a_demonstration_goes_to_excel(shop: Shop, tmp_path: Path) -> None:
    done = month.export(shop.desk, month.period("2026-10"), tmp_path / "十月.xlsx", "zh")
    assert done.rows > 0
    book = load_workbook(tmp_path / "十月.xlsx", read_only=True)
    assert len(book.sheetnames) > 5


def test_everybody_signs_in_with_the_pin_that_was_told(shop: Shop) -> None:
    for one in shop.made.crew:
        assert staff.sign_in(shop.desk, one.id, one.pin).name == one.name
    assert rows(shop.desk, "SELECT COUNT(*) FROM setting WHERE key LIKE 'pin.%'") == [(0,)]


def test_nobody_in_a_demonstration_has_a_number_of_a_real_operator(shop: Shop) -> None:
    phones = [phone for (phone,) in rows(shop.desk, "SELECT phone FROM person WHERE phone <> ''")]
    assert len(phones) > CASES // 2
    assert {phone[:3] for phone in phones} == {table()["people"]["phone_prefix"]}


def made_of(folder: Path, seed: int) -> tuple[Any, ...]:
    """What tells two demonstrations apart: everything but what hangs on the shop's secret salt, as the head of the
    seals does that is printed on shift sheets."""
    db = connection.open_database(folder, create=True)
    try:
        made = days.fill(db, folder, 10, seed, UNTIL, months=1)
        told = [
            db.execute_sql(sql).fetchall()
            for sql in (
                "SELECT number, state, opened_at, closed_at, summary, customer_masked FROM case_file ORDER BY id",
                "SELECT number, IIF(prefix = 'JB', '', content_hash), posted_at FROM document ORDER BY id",
                "SELECT name, phone FROM person ORDER BY id",
                "SELECT path FROM walk ORDER BY id",
            )
        ]
        heads = [ledger.head(db, "money").hash, ledger.head(db, "stock").hash]
    finally:
        db.close()
    return made.dead_ends, told, heads


def test_the_same_seed_gives_the_same_shop(tmp_path: Path) -> None:
    first = made_of(tmp_path / "a", 5)
    assert made_of(tmp_path / "b", 5) == first
    assert made_of(tmp_path / "c", 6) != first


def test_a_shop_is_never_filled_over(shop: Shop, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(UserError) as refused:
        days.fill(shop.desk.db, shop.desk.folder, 10, 1, UNTIL)
    assert refused.value.code == "demo.not_empty"
    assert cli.main(["demo", "--cases", "3", "--data", str(shop.desk.folder), "--language", "zh"]) == cli.BAD
    assert "已有店铺" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--cases", "0"], "1 到"),
        (["--cases", "many"], "参数|写法|invalid"),
        (["--until", "昨天"], "不是日期"),
        (["--months", "99"], "月数"),
    ],
)
def test_a_demonstration_that_cannot_be_made_says_why(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    given = ["demo", *arguments, "--data", str(tmp_path / "new"), "--language", "zh"]
    assert cli.main(given) == cli.BAD
    told = capsys.readouterr().err
    assert len(told.splitlines()) == 1
    assert any(word in told for word in words.split("|"))


def test_the_verb_tells_how_far_it_is_and_who_works_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = [
        "demo",
        "--cases",
        "3",
        "--seed",
        "4",
        "--until",
        "2026-11-20",
        "--months",
        "1",
        "--language",
        "zh",
    ]
    assert cli.main([*given, "--data", str(tmp_path / "a")]) == 0
    said = capsys.readouterr().out
    assert "3 个售后单" in said
    assert all(one["name"] in said and one["pin"] in said for one in table()["staff"])
    assert cli.main([*given, "--data", str(tmp_path / "b"), "--progress"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert lines[-1] == {"done": 3, "total": 3}


def test_the_stock_room_of_the_demonstration_has_a_few_of_everything(shop: Shop) -> None:
    desk = shop.desk
    assert {one.kind for one in claim_views.claims(desk)} == {"supplier", "courier"}
    assert any(one.closed_at for one in Claim.select()) or claim_views.figures(desk, "supplier").got_fen
    assert scrapping.list_scrapped(desk)
    assert recalls.recalls(desk)
    assert any(one.state == "posted" for one in stock_counts.counts(desk))
    assert GoodsMove.select().count() > 5
    assert all(flow.closing >= 0 for flow in gifts.flows(desk, UNTIL.replace(day=1), UNTIL))
    told = {one.place: one for one in holdings.places(desk)}
    assert all(one.quantity_milli >= 0 for one in told.values())


@pytest.mark.parametrize("hour", [7, 14])
def test_a_demonstration_that_is_made_in_the_middle_of_a_day_holds_nothing_that_is_still_to_come(
    tmp_path: Path, hour: int
) -> None:
    now = datetime(UNTIL.year, UNTIL.month, UNTIL.day, hour, 30, tzinfo=ZONE)
    db = connection.open_database(tmp_path, create=True)
    assert days.fill(db, tmp_path, 8, 3, UNTIL, 1, now=now).cases == 8
    ((last, step),) = db.execute_sql(
        "SELECT (SELECT max(at) FROM case_event), (SELECT max(posted_at) FROM document)"
    ).fetchall()
    db.close()
    assert max(last, step) <= now.timestamp() * 1000
